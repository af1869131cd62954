"""From ready to sent, or to an end that is known: refusals, doubt, and what must not hold up the others."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Blame, Message, Outcome, Place, Undeliverable
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.delivery import MOST_ATTEMPTS
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from bot.runtime.outbox import Outbox
from bot.store.port import Conflict
from tests.conftest import CHANNEL, World
from tests.flows.replies.test_typed import failing, row_of
from tests.flows.talk import begin, member_of, run_of
from tests.stored import key

DUE = "2026-01-13T10:00:00"
POST = "chat.postMessage"
REFUSED = {
    "slack": (
        Fault(
            status=200, headers={"Content-Type": "application/json"}, body=b'{"ok": false, "error": "invalid_blocks"}'
        ),
        "invalid_blocks",
    ),
    "teams": (Fault(status=413, body=b'{"error": {"code": "MessageSizeTooBig"}}'), "MessageSizeTooBig"),
}


async def nudge(world: World, who: str, kind: Kind = Kind.NUDGE) -> Nudge:
    """Return somebody's first nudge, whatever its state."""
    rows = await world.bot.ports.store.nudges_of(*key(await run_of(world, who)))
    return next(row for row in rows if row.kind is kind)


async def the_member(world: World, who: str) -> Member:
    """Return the record of somebody who is there."""
    member = await member_of(world, who)
    assert member is not None
    return member


async def sent_all(ports: Ports) -> None:
    """Send what is ready through these ports, and wait for how it ends."""
    outbox = Outbox(lambda: ports)
    await outbox.pump()
    await outbox.drained()


async def posted(world: World, row: Nudge) -> int:
    """Return how often a nudge stands in its person's conversation."""
    return [world.driver.nudge_of(message) for message in await world.direct("Sanne")].count(row.id)


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (Fault(status=429, headers={"Retry-After": "7"}), NudgeState.READY, "ratelimited"),
        (Fault(status=503), NudgeState.UNCERTAIN, "http_503"),
        (Fault(drop=True), NudgeState.UNCERTAIN, None),
        (Fault(status=500, accept=True), NudgeState.UNCERTAIN, "http_500"),  # it is there, and we do not know
        (Fault(drop=True, accept=True), NudgeState.UNCERTAIN, None),
    ],
)
async def test_whatever_happens_on_the_line_it_is_sent_once(
    world: World, fault: Fault, state: NudgeState, reason: str | None
) -> None:
    await begin(world, "Sanne")
    world.line.faults[POST] = [fault]
    await world.driver.travel(DUE)
    row = await nudge(world, "Sanne")
    assert row.state is state
    assert reason in (None, row.reason)
    if state is NudgeState.READY:
        assert row.not_before is not None
        assert row.not_before >= row.due_at + timedelta(seconds=7)
    await world.driver.travel("2026-01-13T10:05")
    row = await nudge(world, "Sanne")
    assert row.state is NudgeState.SENT
    assert await posted(world, row) == 1
    assert await world.stands(row)


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_a_lost_answer_whose_history_cannot_be_read_is_looked_up_again(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults[POST] = [Fault(status=500, accept=True)]
    world.line.faults["conversations.history"] = [Fault(status=429, headers={"Retry-After": "1"}), Fault(status=500)]
    await world.driver.travel("2026-01-13T10:05")
    row = await nudge(world, "Sanne")
    assert row.state is NudgeState.SENT
    assert await posted(world, row) == 1


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_doubt_that_can_never_be_settled_ends_and_lets_the_next_one_through(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults[POST] = [Fault(status=500)]
    world.line.faults["conversations.history"] = [Fault(status=500)] * 10_000
    await world.driver.travel("2026-01-13T16:00")
    assert (await nudge(world, "Sanne")).state is NudgeState.EXPIRED
    await world.driver.travel("2026-01-27T12:00")
    assert (await row_of(world, "Sanne", Kind.NUDGE)).week == 3


@pytest.mark.slack("no bot can read back what stands in a conversation of Teams")
async def test_a_nudge_whose_place_is_unknown_stays_in_doubt(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults[POST] = [Fault(status=500)]
    await world.driver.travel(DUE)
    member = await the_member(world, "Sanne")
    await world.bot.ports.store.save(replace(member, direct=None))
    world.line.faults["conversations.open"] = [Fault(status=500)]
    await world.driver.travel("2026-01-13T10:05")
    assert (await nudge(world, "Sanne")).state is NudgeState.SENT


async def test_what_is_refused_again_and_again_ends_dead_after_eight_attempts(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    world.line.faults[POST] = [Fault(status=429, headers={"Retry-After": "1"})] * MOST_ATTEMPTS
    await world.driver.travel("2026-01-13T12:00")
    row = await nudge(world, "Sanne")
    assert (row.state, row.attempt) == (NudgeState.DEAD, MOST_ATTEMPTS)
    await world.driver.travel("2026-01-13T18:00")
    assert (await nudge(world, "Grace")).state is NudgeState.SENT


async def test_what_is_refused_until_its_window_closes_expires(world: World) -> None:
    await begin(world, "Sanne")
    world.line.faults[POST] = [Fault(status=429, headers={"Retry-After": "3600"})] * 6
    await world.driver.travel("2026-01-13T16:00")
    assert (await nudge(world, "Sanne")).state is NudgeState.EXPIRED
    assert await posted(world, await nudge(world, "Sanne")) == 0


async def test_a_refusal_of_the_message_alone_marks_nobody(world: World) -> None:
    await begin(world, "Sanne")
    fault, reason = REFUSED[world.driver.platform]
    world.line.faults[POST] = [fault]
    await world.driver.travel("2026-01-13T10:05")
    row = await nudge(world, "Sanne")
    assert (row.state, row.reason) == (NudgeState.DEAD, reason)
    assert (await the_member(world, "Sanne")).state is MemberState.ACTIVE


@pytest.mark.slack("Teams tells nobody of a switched-off account")
async def test_a_deactivated_person_is_marked(world: World) -> None:
    await begin(world, "Sanne")
    world.practice.world.add(replace(world.practice.world.people["U0SANNE"], deleted=True))  # and nobody tells us
    await world.driver.travel("2026-01-13T10:05")
    row = await nudge(world, "Sanne")
    assert (row.state, row.reason) == (NudgeState.DEAD, "user_disabled")
    assert (await the_member(world, "Sanne")).state is MemberState.DEACTIVATED


async def test_a_conversation_that_is_gone_is_opened_anew(world: World) -> None:
    await begin(world, "Sanne")
    member = await the_member(world, "Sanne")
    await world.bot.ports.store.save(replace(member, direct="D0GONE"))
    await world.driver.travel("2026-01-13T10:05")
    stands = await world.bot.ports.store.screen(*key(await nudge(world, "Sanne")))
    assert stands is not None
    assert stands.conversation == member.direct


@pytest.mark.slack("Teams tells the chat of everybody who ever acted, so none has to be opened")
async def test_a_conversation_that_cannot_be_opened_now_is_opened_later(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ports.store.save(replace(await the_member(world, "Sanne"), direct=None))
    world.line.faults["conversations.open"] = [Fault(status=500)]
    await world.driver.travel("2026-01-13T10:05")
    row = await nudge(world, "Sanne")
    assert (row.state, row.attempt) == (NudgeState.SENT, 2)


@pytest.mark.slack("a channel of Teams that is archived is not told from one that is gone")
async def test_in_an_archived_channel_the_journey_waits_and_goes_on_when_it_is_opened(world: World) -> None:
    await begin(world, "Sanne")
    channel = await world.driver.channel("Sanne", CHANNEL)
    before = len([each for each in await world.driver.messages("Iris", CHANNEL) if not each["ephemeral"]])
    await world.driver.act("archive", channel=channel)
    await world.driver.travel("2026-01-20T12:00")
    (cohort,) = {
        (row.workspace, row.cohort) for row in await world.bot.ports.store.nudges_of(*key(await run_of(world, "Sanne")))
    }
    waiting = await world.bot.ports.store.cohort(*cohort)
    assert waiting is not None
    assert waiting.state is CohortState.ACTIVE
    assert (await row_of(world, "Sanne", Kind.UNDONE)).state is NudgeState.SENT  # people go on
    await world.driver.act("archive", channel=channel, archived=False)
    await world.driver.travel("2026-01-26T12:00")
    after = [each for each in await world.driver.messages("Iris", CHANNEL) if not each["ephemeral"]]
    assert len(after) == before + 1


async def test_a_bot_put_out_of_the_channel_posts_again_when_it_is_let_in(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.put_out(CHANNEL)
    await world.driver.travel("2026-01-19T12:00")
    channel = [m for m in await world.driver.messages("Iris", CHANNEL) if not m["ephemeral"]]
    await world.driver.let_in(CHANNEL)
    await world.driver.travel("2026-01-26T12:00")
    assert len([m for m in await world.driver.messages("Iris", CHANNEL) if not m["ephemeral"]]) == len(channel) + 1


async def test_what_cannot_be_said_holds_nobody_up(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    row = await nudge(world, "Sanne")
    await world.bot.ports.store.save(replace(row, item=None))  # its text needs an item
    await world.driver.travel("2026-01-13T18:00")
    assert (await nudge(world, "Grace")).state is NudgeState.SENT
    ended = await nudge(world, "Sanne")
    assert ended.state in (NudgeState.DEAD, NudgeState.EXPIRED)
    assert str(ended.reason).startswith("cannot compose") or ended.state is NudgeState.EXPIRED


async def test_one_that_cannot_be_settled_holds_nobody_up_and_is_found_later(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.bot.ticker.stop()  # the test ticks by itself
    ports = world.bot.ports
    for who in ("Sanne", "Arjun"):
        row = await nudge(world, who)
        now = ports.clock.now()
        await ports.store.save(replace(row, state=NudgeState.READY, due_at=now, expires_at=now + timedelta(hours=4)))
    await sent_all(failing(world, settle=[OSError("disk")]))
    assert "not settled" in caplog.text
    assert Counter([(await nudge(world, who)).state for who in ("Sanne", "Arjun")]) == {
        NudgeState.SENT: 1,
        NudgeState.SENDING: 1,
    }
    world.practice.clock.leap(timedelta(minutes=2))
    await sent_all(ports)
    for who in ("Sanne", "Arjun"):
        assert (await nudge(world, who)).state is NudgeState.SENT


class Refusing:
    """A chat that refuses with one outcome."""

    def __init__(self, world: World, outcome: Outcome) -> None:
        self._chat = world.bot.ports.chat
        self._outcome = outcome

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chat, name)

    async def send(self, _place: Place, _message: Message, **_: Any) -> Outcome:
        return self._outcome


async def test_a_mark_somebody_else_wrote_first_is_left_to_the_next_refusal(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    row = await nudge(world, "Sanne")
    now = ports.clock.now()
    ready = replace(row, state=NudgeState.READY, due_at=now, expires_at=now + timedelta(hours=4))
    await ports.store.save(ready)
    gone = Undeliverable(error="token_revoked", blame=Blame.WORKSPACE)
    broken = replace(failing(world, save=[Conflict()]), chat=Refusing(world, gone))
    await sent_all(broken)
    assert (await nudge(world, "Sanne")).state is NudgeState.DEAD
    (workspace,) = await ports.store.workspaces()
    assert workspace.state is WorkspaceState.ACTIVE


async def test_a_direct_conversation_learned_elsewhere_meanwhile_is_used_all_the_same(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    member = await the_member(world, "Sanne")
    await ports.store.save(replace(member, direct=None))
    row = await nudge(world, "Sanne")
    now = ports.clock.now()
    await ports.store.save(replace(row, state=NudgeState.READY, due_at=now, expires_at=now + timedelta(hours=4)))
    await sent_all(failing(world, save=[Conflict()]))
    assert (await nudge(world, "Sanne")).state is NudgeState.SENT
