"""Accounts that change, are switched off and on, and the app that is thrown out and comes back."""

from dataclasses import replace

import pytest

from bot.chat.port import Person, PersonChanged, Removed
from bot.coaching.calendar import local_hour
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from tests.conftest import World
from tests.content import said
from tests.flows.replies.test_typed import row_of
from tests.flows.talk import ask, begin, common, member_of, moved, run_of
from tests.stored import key


async def hours_ahead(world: World, who: str, zone: str) -> set[str]:
    """Return at which hours of a zone somebody's nudges are planned."""
    rows = await world.bot.ports.store.nudges_of(*key(await run_of(world, who)))
    ahead = [row for row in rows if row.state is NudgeState.PLANNED and row.kind is Kind.NUDGE]
    return {f"{local_hour(row.due_at, zone):%H:%M}" for row in ahead}


async def changed(world: World, who: str, **known: object) -> None:
    """Let the platform tell of somebody."""
    person = Person(
        **{  # type: ignore[arg-type]
            "external_id": await world.driver.person(who),
            "name": who,
            "zone": "Europe/Amsterdam",
            "is_bot": False,
            "deactivated": False,
            **known,
        }
    )
    about = await common(world, who)
    event = PersonChanged(
        workspace=about["workspace"], person=person.external_id, event_id="", at=about["at"], known=person
    )
    await world.bot.handle(event)


async def test_the_agenda_follows_a_zone_nobody_confirmed_and_no_other(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    await world.bot.ports.store.save(replace(sanne, zone_confirmed=False))
    await moved(world, "Sanne", "Asia/Tokyo")
    assert await hours_ahead(world, "Sanne", "Asia/Tokyo") == {"10:00"}
    await world.click("Grace", "welcome.ok")  # she confirms New York
    await moved(world, "Grace", "Asia/Tokyo")
    assert await hours_ahead(world, "Grace", "America/New_York") == {"10:00"}
    await changed(world, "Sanne", zone="Mars/Olympus", name="")
    fresh = await member_of(world, "Sanne")
    assert fresh is not None
    assert (fresh.zone, fresh.name) == ("Asia/Tokyo", sanne.name)
    await changed(world, "Sanne", name="Sanne B.", zone=None)
    assert (await member_of(world, "Sanne") or fresh).name == "Sanne B."
    await changed(world, "Iris")  # a stranger stays one
    assert await member_of(world, "Iris") is None


async def test_a_day_whose_hour_has_passed_in_the_new_zone_moves_to_the_next(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T09:30")
    await moved(world, "Sanne", "Asia/Tokyo")  # where it is half past five already
    rows = await world.bot.ports.store.nudges_of(*key(await run_of(world, "Sanne")))
    assert next(str(row.local_date) for row in rows if row.kind is Kind.NUDGE) == "2026-01-14"


async def test_a_run_that_was_left_does_not_move(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Sanne", "leave")
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    await world.bot.ports.store.save(replace(sanne, zone_confirmed=False))
    await changed(world, "Sanne", zone="Asia/Tokyo")
    assert await hours_ahead(world, "Sanne", "Asia/Tokyo") == set()


@pytest.mark.slack("Teams tells nobody of a switched-off account; see what follows")
async def test_a_deactivated_member_hears_nothing_and_comes_back_without_a_second_welcome(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.profile("Sanne", deleted=True)
    before = len(await world.driver.messages("Sanne", "dm"))
    await world.driver.travel("2026-01-19T12:00")
    assert len(await world.driver.messages("Sanne", "dm")) == before
    await world.driver.profile("Sanne", deleted=False)
    await world.driver.travel("2026-01-27T12:00")
    texts = [world.driver.texts(each) for each in await world.direct("Sanne")]
    assert len(texts) > before
    assert len([text for text in texts if text == texts[0]]) == 1


@pytest.mark.teams("Slack tells of a switched-off account, and of its return")
async def test_who_was_switched_off_and_is_back_goes_on_with_a_word(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.profile("Sanne", deleted=True)
    before = await world.direct("Sanne")
    await world.driver.travel("2026-01-19T12:00")
    assert await world.direct("Sanne") == before
    assert (await run_of(world, "Sanne")).stands_still
    await world.driver.profile("Sanne", deleted=False)
    await world.driver.travel("2026-01-20T12:00")
    assert await world.direct("Sanne") == before
    await ask(world, "Sanne", "resume")
    await world.driver.travel("2026-01-28T12:00")
    assert await world.stands(await row_of(world, "Sanne", Kind.NUDGE)) == (await world.latest("Sanne"))["ts"]
    texts = [world.driver.texts(each) for each in await world.direct("Sanne")]
    assert texts.count(texts[0]) == 1


async def test_who_acts_is_there_again_also_when_the_news_of_it_was_lost(world: World) -> None:
    await begin(world, "Sanne")
    for act in ("say", "command"):
        member = await member_of(world, "Sanne")
        assert member is not None
        await world.bot.ports.store.save(replace(member, state=MemberState.DEACTIVATED))
        if act == "say":
            await world.driver.say("Sanne", "dm", "I am back")
        else:
            await ask(world, "Sanne", "status")
        assert (await member_of(world, "Sanne") or member).state is MemberState.ACTIVE


@pytest.mark.slack("in Teams nobody throws the app out of a whole workspace: people and teams do it for themselves")
async def test_an_uninstalled_workspace_hears_nothing_until_somebody_types_the_command_again(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.act("uninstall")
    (workspace,) = await world.bot.ports.store.workspaces()
    assert workspace.state is WorkspaceState.UNINSTALLED
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-01-14T12:00")
    assert len(await world.direct("Sanne")) == before
    removed = Removed(workspace=workspace.id, person="", event_id="EvTwice", at=world.practice.clock.now())
    await world.bot.handle(removed)
    assert await world.bot.ports.store.workspaces() == [workspace]
    await world.driver.act("install")
    assert said("status-week", week=1, weeks=12) in await ask(world, "Sanne", "status")
    (workspace,) = await world.bot.ports.store.workspaces()
    assert workspace.state is WorkspaceState.ACTIVE
    await world.driver.travel("2026-01-27T12:00")
    assert await world.stands(await row_of(world, "Sanne", Kind.NUDGE)) == (await world.direct("Sanne"))[-1]["ts"]


async def test_words_alone_do_not_bring_a_workspace_back(world: World) -> None:
    await begin(world, "Sanne")
    (workspace,) = await world.bot.ports.store.workspaces()
    await world.bot.ports.store.save(replace(workspace, state=WorkspaceState.UNINSTALLED))
    await world.driver.say("Sanne", "dm", "Still on its way when the app was taken out")
    (workspace,) = await world.bot.ports.store.workspaces()
    assert workspace.state is WorkspaceState.UNINSTALLED


@pytest.mark.slack("the practice Slack takes a token back; what Teams answers then is in tests/chat/teams")
async def test_a_token_taken_back_marks_the_workspace(world: World) -> None:
    await begin(world, "Sanne")
    world.practice.world.is_token_good = False  # and nobody tells us
    await world.driver.travel("2026-01-13T12:00")
    (workspace,) = await world.bot.ports.store.workspaces()
    assert workspace.state is WorkspaceState.UNINSTALLED


@pytest.mark.slack("in Teams nobody throws the app out of a whole workspace: people and teams do it for themselves")
async def test_people_come_back_after_weeks_without_a_second_welcome_and_without_a_pile(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    welcome = {who: world.driver.texts((await world.direct(who))[0]) for who in ("Sanne", "Arjun")}
    await world.driver.travel("2026-01-13T12:00")
    before = {who: len(await world.direct(who)) for who in welcome}
    await world.driver.act("uninstall")
    await world.driver.profile("Arjun", deleted=True)
    await world.driver.travel("2026-02-04T12:00")
    await world.driver.act("install")
    await world.driver.profile("Arjun", deleted=False)
    await ask(world, "Sanne", "status")
    await world.settle()
    await world.driver.travel("2026-02-04T23:00")
    for who, told in welcome.items():
        texts = [world.driver.texts(each) for each in await world.direct(who)]
        assert len(texts) - before[who] <= 1
        assert texts.count(told) == 1
    await world.driver.travel("2026-02-18T12:00")
    for who, told in welcome.items():  # and the journey goes on
        texts = [world.driver.texts(each) for each in await world.direct(who)]
        assert len(texts) - before[who] >= 2
        assert texts.count(told) == 1
