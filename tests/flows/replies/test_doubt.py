"""Words typed while the message they answer is on its way, or in doubt: theirs, or asked where nobody can tell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.rules.delivery import LEASE
from bot.practice.faults import Fault
from tests.conftest import World
from tests.content import said, title, whole
from tests.flows.delivery.test_sent_evidence import put
from tests.flows.replies.test_typed import NEXT_TUESDAY, held, replies
from tests.flows.talk import begin, did_it
from tests.remembered import remembered

LOST = Fault(status=500, accept=True)  # it stands there, and nobody was told
REFUSED = Fault(status=500)  # it does not, and nobody was told
in_slack = pytest.mark.slack("no bot can look back in a conversation of Teams")


@remembered
async def before_debrief(world: World) -> None:
    """Let Sanne do her experiment, and the minute come before its debrief."""
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T09:59")


async def debrief_of(world: World) -> Nudge:
    return (await world.rows("Sanne", Kind.DEBRIEF))[0]


async def sent_in_doubt(world: World, fault: Fault) -> Nudge:
    """Let the answer to the debrief's sending be lost; return its row."""
    world.line.faults["chat.postMessage"] = [fault]
    await world.driver.travel(NEXT_TUESDAY)
    row = await debrief_of(world)
    assert row.state is NudgeState.UNCERTAIN
    return row


@in_slack
async def test_words_belong_to_a_message_in_doubt_that_is_there_since_it_was_posted(world: World) -> None:
    await before_debrief(world)
    row = await sent_in_doubt(world, LOST)
    await world.driver.say("Sanne", "dm", "silence")
    (reply,) = await replies(world, "Sanne")
    assert (reply.nudge, reply.kind, reply.question) == (row.id, ReplyKind.DEBRIEF, 1)
    settled = await debrief_of(world)
    assert (settled.state, settled.question) == (NudgeState.SENT, 1)
    stands = await world.stands(settled)
    assert settled.sent_at == datetime.fromtimestamp(float(stands), UTC)
    assert said("debrief-count", number=2, total=4) in await world.text("Sanne")
    await world.driver.travel("2026-01-20T12:00")
    assert len([each for each in await world.direct("Sanne") if world.driver.nudge_of(each) == row.id]) == 1


@in_slack
async def test_words_belong_to_a_message_whose_sender_died_before_it_was_noted(world: World) -> None:
    await before_debrief(world)
    await world.driver.travel(NEXT_TUESDAY)
    row = await debrief_of(world)
    later = world.bot.ports.clock.now() + LEASE
    await put(world, replace(row, state=NudgeState.SENDING, sent_at=None, fence=row.fence + 1, lease_until=later))
    await world.driver.say("Sanne", "dm", "silence")
    (reply,) = await replies(world, "Sanne")
    assert (reply.nudge, reply.question) == (row.id, 1)
    assert ((await debrief_of(world)).state, (await debrief_of(world)).sent_at) == (NudgeState.SENT, row.sent_at)


@in_slack
async def test_words_are_no_answer_to_a_message_that_came_after_them(world: World) -> None:
    await before_debrief(world)
    row = await sent_in_doubt(world, REFUSED)
    await world.driver.say("Sanne", "dm", "about the reminder")
    (reply,) = await replies(world, "Sanne")
    assert (reply.nudge != row.id, reply.kind) == (True, ReplyKind.TYPED)
    await world.driver.travel("2026-01-20T12:00")
    settled = await debrief_of(world)
    assert (settled.state, settled.question) == (NudgeState.SENT, 0)
    assert said("debrief-count", number=1, total=4) in await world.text("Sanne")


async def test_where_nobody_can_tell_the_person_is_asked(world: World) -> None:
    await before_debrief(world)
    row = await sent_in_doubt(world, LOST)
    world.line.faults["conversations.history"] = [Fault(status=500)] * 9
    await world.driver.say("Sanne", "dm", "silence")
    words = await held(world, "Sanne")
    assert words is not None
    assert (words.kind, words.scope) == (ReplyKind.HELD, Scope.PRIVATE)
    assert whole("held-debrief", about=title("people-before-systems/item"), number=1) in world.driver.labels(
        await world.latest("Sanne")
    )
    await world.click("Sanne", whole("held-debrief", about=title("people-before-systems/item"), number=1))
    (reply,) = await replies(world, "Sanne")
    assert (reply.id, reply.nudge, reply.kind, reply.question) == (words.id, row.id, ReplyKind.DEBRIEF, 1)
    world.line.faults.clear()
    await world.driver.travel("2026-01-20T12:00")
    assert ((await debrief_of(world)).state, (await debrief_of(world)).question) == (NudgeState.SENT, 1)


async def test_what_came_with_a_message_in_doubt_may_be_meant_as_well(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T11:00")
    await world.driver.say("Sanne", "dm", "I called Wim")
    await did_it(world, "Sanne", at="2026-01-14T12:00")
    world.line.faults["chat.postMessage"] = [LOST]
    await world.driver.travel("2026-01-15T10:00")  # a debrief, and below it the week's review
    debrief, review = [(await world.rows("Sanne", kind))[0] for kind in (Kind.DEBRIEF, Kind.REFLECTION)]
    assert (debrief.state, review.card) == (NudgeState.UNCERTAIN, debrief.id)
    world.line.faults["conversations.history"] = [Fault(status=500)] * 9
    await world.driver.say("Sanne", "dm", "it was a good week")
    buttons = world.driver.labels(await world.latest("Sanne"))
    assert buttons[:3] == [
        whole("held-debrief", about=title("people-before-systems/item"), number=1),
        said("reflection-label"),
        title("people-before-systems/item"),
    ]
    await world.click("Sanne", said("reflection-label"))
    world.line.faults.clear()
    await world.driver.travel("2026-01-15T12:00")
    (reply, _) = await replies(world, "Sanne")
    assert (reply.text, reply.nudge) == ("it was a good week", review.id)
    assert (await debrief_of(world)).question == 0


@in_slack
async def test_after_the_weeks_at_home_words_to_a_message_in_doubt_are_kept(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne", at="2026-02-02T12:00")
    await world.driver.travel("2026-02-03T10:00")
    await world.click("Sanne", "debrief.stop")  # what was said at home
    await world.driver.travel("2026-02-10T09:59")
    world.line.faults["chat.postMessage"] = [LOST]
    await world.driver.travel("2026-02-10T10:00")
    nudge = next(row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "experience-top-service")
    assert nudge.state is NudgeState.UNCERTAIN
    await world.driver.say("Sanne", "dm", "I called the garage")
    (reply,) = await replies(world, "Sanne")
    assert (reply.text, reply.nudge) == ("I called the garage", nudge.id)
