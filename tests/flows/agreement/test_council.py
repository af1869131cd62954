"""The works council's seat and the rules of a workspace: in chat, on both platforms."""

from dataclasses import replace

from bot.chat.port import Submitted
from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind
from bot.flows.agreement.direct_word import say_to
from bot.flows.agreement.forward import say_what_is_missing
from bot.flows.dispatch import receive
from bot.practice.faults import Fault
from tests import content
from tests.conftest import World
from tests.flows.agreement.settled import known, promote, seated, shut, the_workspace
from tests.flows.talk import ask, begin, common, form_text


async def holders(world: World) -> list[str]:
    """Return the names of who has the seat."""
    return [person.name for _, person in await world.bot.ports.store.seats((await the_workspace(world)).id)]


async def test_an_admin_gives_the_seat_and_who_gets_it_is_told(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Marit", "council @iris", "dm")
    assert await world.fill("Marit", person=("Iris",)) == {}
    assert [name.split()[0] for name in await holders(world)] == ["Iris"]
    assert content.said("council-given", name="Iris") in await world.text("Marit")
    assert content.said("council-told") in await world.text("Iris")
    page = await ask(world, "Iris", "reading", "dm")
    assert content.said("consent-retention") in page
    assert content.said("agreement-counts") in page
    assert content.said("agreement-counts") not in await ask(world, "Sanne", "reading", "dm")


async def test_a_coach_does_not_get_it_nor_anybody_twice(world: World) -> None:
    await begin(world, "Sanne")
    await seated(world)
    for who, key in (("Marit", "council-coach"), ("Iris", "council-stands")):
        await world.driver.command("Marit", "dm", "council")
        await world.click("Marit", "council.open")
        errors = await world.fill("Marit", person=(who,))
        assert content.said(key) in (errors.get("person") or await form_text(world, "Marit"))
    assert len(await holders(world)) == 1


async def test_when_the_platform_does_not_answer_nothing_is_given(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Marit", "dm", "council")
    await world.click("Marit", "council.open")
    form = await world.form("Marit")
    of_marit, of_iris = [Fault(status=500)], [Fault(), Fault(status=500)]
    for answers, key in ((of_marit, "admin-not-asked"), (of_iris, "council-not-asked")):
        world.line.faults["users.info"] = world.line.faults["member"] = answers
        errors = await world.driver.submit("Marit", form, world.driver.fill(form, {"person": ("Iris",)}))
        assert world.says(key) in (errors.get("person") or await form_text(world, "Marit"))
    assert await holders(world) == []
    sent = Submitted(**await common(world, "Marit"), form="council.give", subject="", values={})
    answer = await receive(world.bot.ports, sent)
    assert answer is not None
    assert [*answer.errors] == ["person"]  # nobody was picked


async def test_an_admin_ends_it_and_who_had_it_is_told(world: World) -> None:
    await begin(world, "Sanne")
    await seated(world)
    await world.driver.command("Marit", "dm", "council")
    await world.click("Marit", "council.end")
    assert await holders(world) == []
    assert content.said("council-over") in await world.text("Iris")


async def test_who_has_the_seat_cannot_say_yes_to_coaching(world: World) -> None:
    await seated(world, "Grace")
    await world.start(coaches=("Grace",))
    await world.click("Grace", "coach.accept")
    assert content.said("council-no-coach") in await world.text("Grace")
    grace = await known(world, "Grace")
    (cohort,) = await world.bot.ports.store.cohorts_of(grace.workspace)
    role = await world.bot.ports.store.coach(grace.workspace, cohort.id, grace.id)
    assert role is not None
    assert role.state is CoachState.INVITED


async def test_the_council_changes_a_rule_and_members_are_asked_again(world: World) -> None:
    await begin(world, "Sanne")
    await seated(world)
    await world.driver.command("Iris", "dm", "reading")
    await world.click("Iris", "rules.open")
    assert await world.fill("Iris", outsiders="yes") == {}
    assert (await the_workspace(world)).lets_outsiders_join
    sanne = await known(world, "Sanne")
    grants = await world.bot.ports.store.grants_of(sanne.workspace, sanne.id)
    assert [each.until_at is None for each in grants] == [False]
    assert len(await world.rows("Sanne", Kind.READING_ASK)) == 1


async def test_a_line_manager_coaches_no_more_where_that_is_ruled_out(world: World) -> None:
    await begin(world, "Sanne")
    marit = await known(world, "Marit")
    store = world.bot.ports.store
    (cohort,) = await store.cohorts_of(marit.workspace)
    role = await store.coach(marit.workspace, cohort.id, marit.id)
    assert role is not None
    await world.bot.ports.save(replace(role, is_line_manager=True))
    await promote(world, "Grace")
    await world.driver.command("Grace", "dm", "reading")
    await world.click("Grace", "rules.open")
    assert await world.fill("Grace", managers="no") == {}
    assert not await store.coached_by(marit.workspace, marit.id)
    assert content.said("rules-coach-gone") in await world.text("Marit")
    sanne = await known(world, "Sanne")
    assert not await store.grants_of(sanne.workspace, sanne.id)


async def test_who_is_out_of_reach_is_not_told_and_nothing_breaks(world: World) -> None:
    await begin(world, "Sanne")
    await shut(world)
    nobody = replace(await known(world, "Sanne"), external_id="nobody", direct=None)
    stood = await world.posted("Sanne")
    await say_to(world.bot.ports, nobody, "council-told")
    await say_what_is_missing(world.bot.ports, nobody, Language.EN)
    assert await world.posted("Sanne") == stood
