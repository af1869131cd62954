"""A backup is brought back days later: nothing comes a second time, and what people got and did since is found."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.overdue import MISSED
from bot.flows.delivery.reconcile import look
from bot.flows.replies.missed_messages import catch_up
from bot.practice.faults import Fault
from bot.store.sqlite.file.open import file_of, open_store
from bot.store.sqlite.file.restore import Restored, restore
from tests.conftest import World
from tests.driver import Json
from tests.flows.delivery.test_send import nudge
from tests.flows.replies.test_typed import replies
from tests.flows.talk import begin
from tests.runtime.posting import FakeChat, HandClock, experiment, file_in, people, ports_of, row

BEFORE = "2026-01-13T09:00"  # an hour before the first nudge
AFTER = "2026-01-21T12:00"  # a nudge, its reminder and a debrief later


async def backed_up(world: World) -> Path:
    """Return a copy of this moment."""
    return Path(await world.bot.ports.store.back_up(world.bot.ports.clock.now(), keep=9))


async def brought_back(world: World, copy: Path) -> Restored:
    """Stop working on the file, restore the copy into it, and go on with it."""
    bot = world.bot
    await bot.inbox.drained()
    async with bot.ticker.resting():
        await bot.ports.store.close()
        restored = restore(copy, file_of(world.database_url), bot.ports.clock.now())
        bot.ports = replace(bot.ports, store=open_store(world.database_url))
    return restored


async def seen_by(world: World, who: str) -> dict[str, Json]:
    """Return the messages of the agenda that stand before a person, by the id of their row; none stands twice."""
    shown = [(world.driver.nudge_of(each), each) for each in await world.direct(who)]
    ids = [(name, each) for name, each in shown if name is not None]
    assert max(Counter(name for name, _ in ids).values(), default=1) == 1, "a message stands there twice"
    return dict(ids)


async def sent(world: World, who: str) -> dict[str, Nudge]:
    """Return the rows of a person that are down as sent, by their id."""
    return {each.id: each for each in await world.rows(who) if each.state is NudgeState.SENT}


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_nothing_comes_twice_and_what_came_is_known_again(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.driver.travel(BEFORE)
    copy = await backed_up(world)
    await world.driver.travel(AFTER)
    got = {who: await seen_by(world, who) for who in ("Sanne", "Arjun")}
    known = {who: await sent(world, who) for who in got}
    assert {row.kind for row in known["Sanne"].values()} >= {Kind.NUDGE, Kind.FOLLOW_UP, Kind.UNDONE}
    restored = await brought_back(world, copy)
    assert restored.looked_for >= len(got["Sanne"])
    await world.driver.travel("2026-01-23T18:00")
    for who, before in got.items():
        after = await seen_by(world, who)
        assert {name: after[name]["ts"] for name in before} == {name: each["ts"] for name, each in before.items()}
        again = await sent(world, who)
        for name, was in known[who].items():
            sent_at, was_sent_at = again[name].sent_at, was.sent_at
            assert sent_at
            assert was_sent_at
            assert abs(sent_at - was_sent_at) < timedelta(minutes=1), "in its own time, not today"


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_what_was_being_sent_when_the_backup_was_made_is_found(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults["chat.postMessage"] = [Fault(status=429, headers={"Retry-After": "7"})]
    await world.driver.travel("2026-01-13T10:00")
    assert (await nudge(world, "Sanne")).state is NudgeState.READY
    copy = await backed_up(world)
    await world.driver.travel("2026-01-13T20:00")
    before = await nudge(world, "Sanne")
    where = await world.stands(before)
    await brought_back(world, copy)
    await world.driver.travel("2026-01-14T20:00")
    after = await nudge(world, "Sanne")
    assert (after.state, await world.stands(after)) == (NudgeState.SENT, where)
    assert before.id in await seen_by(world, "Sanne")


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_after_an_outage_only_what_was_really_missed_still_comes(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(BEFORE)
    copy = await backed_up(world)
    await world.driver.travel(AFTER)
    got = await sent(world, "Sanne")
    seen = await seen_by(world, "Sanne")
    world.practice.clock.set(datetime(2026, 1, 28, 11, 0, tzinfo=UTC))  # nobody was there for the nudge of Tuesday
    await brought_back(world, copy)
    await world.driver.travel("2026-01-28T18:00")
    again = await sent(world, "Sanne")
    assert again.keys() >= got.keys()
    new = (await seen_by(world, "Sanne")).keys() - seen.keys()
    assert [(again[name].kind, again[name].week) for name in new] == [(Kind.NUDGE, 3)]
    missed = {each.id for each in await world.rows("Sanne") if each.reason == MISSED}
    assert not missed & seen.keys(), "what was received does not count as missed"


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_words_typed_since_the_backup_belong_to_what_came_since(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(BEFORE)
    copy = await backed_up(world)
    await world.driver.travel("2026-01-13T11:00")
    await world.driver.say("Sanne", "dm", "I asked Wim")
    (before,) = await replies(world, "Sanne")
    await world.driver.travel("2026-01-14T12:00")
    await brought_back(world, copy)
    assert await replies(world, "Sanne") == []
    assert await catch_up(world.bot.ports) == 0, "it waits until it is known what stood there"
    await world.driver.travel("2026-01-14T12:05")
    await catch_up(world.bot.ports)
    (after,) = await replies(world, "Sanne")
    assert (after.text, after.nudge, after.source) == ("I asked Wim", before.nudge, before.source)
    assert (await nudge(world, "Sanne")).id == after.nudge


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_what_came_late_counts_from_when_it_came_and_not_from_when_it_was_due(world: World) -> None:
    """Words typed between are about what stood there: they are kept, though what was due asks about home."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-27T09:00")
    copy = await backed_up(world)
    world.line.faults["chat.postMessage"] = [Fault(status=429, headers={"Retry-After": "600"})]
    await world.driver.travel("2026-01-27T10:05")
    await world.driver.say("Sanne", "dm", "about the week")
    (before,) = await replies(world, "Sanne")
    await world.driver.travel("2026-01-27T11:00")
    late = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "ask-your-partner")
    assert late.sent_at is not None
    assert late.sent_at > late.due_at + timedelta(minutes=6)
    await brought_back(world, copy)
    await world.driver.travel("2026-01-27T12:00")
    await catch_up(world.bot.ports)
    again = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.id == late.id)
    assert (again.state, again.sent_at) == (NudgeState.SENT, late.sent_at)
    (after,) = await replies(world, "Sanne")
    assert (after.text, after.nudge, after.kind) == ("about the week", before.nudge, before.kind)


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_when_the_history_cannot_be_read_nothing_is_sent_and_after_a_day_it_is_over(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(BEFORE)
    copy = await backed_up(world)
    await world.driver.travel("2026-01-13T11:00")
    await brought_back(world, copy)
    world.line.faults["conversations.history"] = [Fault(status=500)] * 10_000
    calls = len(world.line.calls)
    await world.driver.travel("2026-01-14T10:00")
    assert (await nudge(world, "Sanne")).state is NudgeState.UNCERTAIN
    await world.driver.travel("2026-01-14T11:30")
    found = await nudge(world, "Sanne")
    assert (found.state, found.reason) == (NudgeState.EXPIRED, "in doubt: http_500")
    posted = [arguments for method, arguments in world.line.calls[calls:] if method == "chat.postMessage"]
    assert not [arguments for arguments in posted if found.id in str(arguments)]


@pytest.mark.teams("where a bot can look back it finds what came")
async def test_where_nobody_can_look_back_nothing_comes_twice_and_the_journey_goes_on(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.driver.travel(BEFORE)
    copy = await backed_up(world)
    await world.driver.travel(AFTER)
    got = {who: await seen_by(world, who) for who in ("Sanne", "Arjun")}
    await brought_back(world, copy)
    back_at = world.bot.ports.clock.now()
    await world.driver.travel("2026-01-28T18:00")
    for who, before in got.items():
        after = await seen_by(world, who)
        assert before.keys() <= after.keys()
        assert {name: after[name]["ts"] for name in before} == {name: each["ts"] for name, each in before.items()}
        new = [row for row in await world.rows(who) if row.id in after.keys() - before.keys()]
        assert {row.kind for row in new} == {Kind.REFLECTION, Kind.NUDGE}
        assert all(row.due_at > back_at for row in new), "what was due before may have come: it is let go"


async def test_a_run_whose_last_message_is_known_again_is_completed(tmp_path: Path) -> None:
    clock, store = HandClock(), file_in(tmp_path)
    chat = FakeChat(clock)
    last = {"state": NudgeState.UNCERTAIN, "look_since": clock.now() - timedelta(days=2)}
    more = experiment("more", member="bram", enrollment="run-bram", cohort="c-w", **last)
    await store.save(*people("w", ["anna", "bram"], **last), more)
    chat.shown["D-U-anna"] = ["n-anna"]
    chat.shown["D-U-bram"] = ["n-bram"]
    ports = ports_of(store, chat, clock)
    assert [await look(ports, await row(store, name)) for name in ("anna", "bram", "more")] == [
        NudgeState.SENT,
        NudgeState.SENT,
        NudgeState.PLANNED,  # it has not come, and gets its verdict
    ]
    runs = [await store.enrollment("w", f"run-{name}") for name in ("anna", "bram")]
    assert [run and run.state for run in runs] == [EnrollmentState.COMPLETED, EnrollmentState.ACTIVE]
    await store.close()
