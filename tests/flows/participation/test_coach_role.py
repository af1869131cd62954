"""Being asked to coach, and answering."""

from dataclasses import replace

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import ReplyKind
from tests.conftest import CHANNEL, World
from tests.content import NL, labels, name, said, shown
from tests.driver import Json
from tests.flows.talk import begin, direct_text, form_text, member_of, press
from tests.stored import replies_to


async def state_of(world: World, who: str) -> CoachState | None:
    """Return where somebody stands as a coach of the only cohort."""
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    cohort = await store.cohort_in(workspace.id, await world.driver.channel("Marit", CHANNEL))
    member = await member_of(world, who)
    role = await store.coach(cohort.workspace, cohort.id, member.id) if cohort and member else None
    return role.state if role else None


async def consent(world: World, who: str) -> str:
    await world.driver.command(who, CHANNEL, "join")
    return await form_text(world, who)


async def test_a_coach_is_asked_and_says_yes(world: World) -> None:
    await world.start(by="Grace", coaches=("Marit", "Sanne"))
    asked = await world.text("Marit")
    for words in (said("coach-ask-heading"), said("coach-ask-other", name="Grace"), "it-managers", name()):
        assert words in asked
    assert "Marit, Sanne" in await world.text("Iris", CHANNEL)
    active = shown("coach-active-said")
    await world.play("Marit", ("press coach.accept", said("coach-manager-missing"), f"not: {active}"))
    await world.click("Marit", "coach.accept", manager="yes")
    told = await direct_text(world, "Marit")
    assert active in told
    assert said("coach-decline-button") not in told
    assert await state_of(world, "Marit") is CoachState.ACTIVE
    assert await state_of(world, "Sanne") is CoachState.INVITED
    manager = said("reader-line-manager", name="Marit")
    assert f"{manager}), Sanne" in await world.text("Iris", CHANNEL)
    assert f"{manager}), Sanne" in await consent(world, "Iris")
    assert said("coach-manager-said-yes") in await direct_text(world, "Marit")
    await world.click("Marit", "coach.manages")
    assert said("coach-manager-said-no") in await direct_text(world, "Marit")
    assert "Marit, Sanne" in await world.text("Iris", CHANNEL)


async def test_who_would_rather_not_is_named_nowhere_any_more(world: World) -> None:
    await world.start(coaches=("Sanne",), language="nl")
    assert "Sanne" in await world.text("Iris", CHANNEL)
    await world.play(
        "Sanne", ("press coach.decline", said("coach-declined-said", NL), f"not: {said('coach-accept-button', NL)}")
    )
    assert await state_of(world, "Sanne") is CoachState.DECLINED
    invitation = await world.text("Iris", CHANNEL)
    assert said("invitation-no-coach", NL) in invitation
    assert "Sanne" not in invitation
    assert said("invitation-no-coach", NL) in await consent(world, "Iris")


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("coach.accept", "coach.accept", CoachState.ACTIVE),
        ("coach.accept", "coach.decline", CoachState.ACTIVE),
        ("coach.decline", "coach.accept", CoachState.DECLINED),
    ],
)
async def test_the_first_answer_counts(world: World, first: str, second: str, state: CoachState) -> None:
    await world.start()
    ask = await world.latest("Marit")
    again = world.driver.button(ask, second)
    await world.driver.click("Marit", ask, first, **({"manager": "no"} if first == "coach.accept" else {}))
    await world.driver.press("Marit", **again, channel=ask["channel"], ts=ask["ts"])
    assert said("press-stale") in await world.text("Marit")
    assert await state_of(world, "Marit") is state


async def test_nobody_becomes_coach_with_somebody_elses_button(world: World) -> None:
    await world.start()
    await world.join("Grace")
    value = world.driver.button(await world.latest("Marit"), "coach.accept")["value"]
    assert said("press-foreign") in await press(world, "Grace", "coach.accept", value)
    assert said("press-foreign") in await press(world, "Iris", "coach.accept", value)  # a stranger
    assert await state_of(world, "Grace") is None
    assert await state_of(world, "Marit") is CoachState.INVITED


async def asked_of(world: World, who: str) -> list[Json]:
    """Return the messages of the agenda in somebody's conversation."""
    return [each for each in await world.direct(who) if world.driver.nudge_of(each)]


async def test_a_coach_of_two_teams_is_asked_twice(world: World) -> None:
    await world.start()
    await world.driver.let_in("service-desk")
    await world.start(channel="service-desk")
    first, second = await asked_of(world, "Marit")
    await world.driver.click("Marit", first, "coach.accept", manager="no")
    first, second = await asked_of(world, "Marit")
    assert world.driver.labels(first) == labels("coach-manager-yes", "digest-open-button")
    assert len(world.driver.labels(second)) == 2


async def test_a_coach_writes_under_what_was_shared(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.driver.travel("2026-01-13T10:00")
    await world.do("Sanne", "say eerst geluisterd")
    await world.driver.command("Marit", "dm", "log")
    await world.play("Marit", ("press log.answer", "eerst geluisterd"), ("send text=What did you hear?",))
    nudge = await world.row("Sanne", Kind.NUDGE)
    word = await world.latest("Sanne")
    assert word["thread_ts"] == (await world.stands(nudge) if world.driver.has_threads else None)
    told = world.driver.texts(word)
    for words in (
        said("coach-word-label", NL, name="Marit"),
        "What did you hear?",
        said("coach-word-note", NL),
    ):
        assert words in told
    (answer,) = [each for each in replies_to(world.bot.ports.store, nudge.id) if each.kind is ReplyKind.COACH]
    await world.bot.ports.store.save(replace(answer, text=None))
    await world.settle()
    assert said("coach-word-gone", NL) in await world.text("Sanne")


async def test_who_named_themselves_is_not_told_that_somebody_else_did(world: World) -> None:
    await world.start(by="Marit", coaches=("Marit",))
    asked = await world.text("Marit")
    assert said("coach-ask-self") in asked
    assert said("coach-ask-other") not in asked
