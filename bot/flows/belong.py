"""To which nudge typed words belong: the one they answer, else the newest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.port import Said
from bot.coaching.at_home import NOTED_WITHIN
from bot.coaching.cohort import CoachState
from bot.coaching.commitment import CommitmentKind
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, Nudge
from bot.flows.compose.debrief import root_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, keeps_words, scene_of
from bot.flows.scene import root_of as experiment_root

RECENT = timedelta(days=14)  # nudges this fresh may be meant by a typed reply
LOOKED_THROUGH = 20  # messages, or replies, among which the one that is meant is looked for
ANSWERABLE = frozenset({Kind.NUDGE, Kind.DEBRIEF, Kind.CHECK, Kind.KEEP})


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Where typed words belong."""

    nudge: Nudge
    asks: bool = True  # whether they may answer its question; under a coach's word they answer the coach
    answers: str | None = None  # id of the coach's word that they answer
    is_unread: bool = False  # they answer the word of somebody who is no coach any more: nobody else's to read
    is_quiet: bool = False  # an older run's experiment that keeps no words
    is_work: bool = False  # a change at work, also where it follows from an experiment that keeps no words
    several: bool = False  # whether something else that is open might have been meant


async def belongs_to(ports: Ports, event: Said, run: Run) -> Meant | None:
    """Return what a typed reply belongs to: the message it answers, else the newest; None when nothing was sent."""
    answered = event.thread or event.quotes
    if answered is not None:
        rooted = await _rooted(ports, event, answered)
        if rooted is not None and await _not_left(ports, run, [rooted]):
            return await behind(ports, rooted)
        if rooted is not None and rooted.enrollment is not None:
            older = await scene_of(ports, rooted)
            newest = next(iter(await ports.store.sent_to(run.member.id, limit=1)), rooted)
            if not older.keeps_words:
                return Meant(nudge=newest, asks=False, is_quiet=True)
    sent = await ports.store.sent_to(run.member.id, limit=LOOKED_THROUGH)
    recent = await _not_left(ports, run, [row for row in sent if _was_there(row, event)])
    if not recent:
        return None
    meant = await behind(ports, recent[0])
    fresh = ports.now - RECENT
    others = (row for row in recent[1:] if row.id != meant.nudge.id and _is_open(row, run))
    return replace(meant, several=any(row.sent_at is not None and row.sent_at > fresh for row in others))


async def _not_left(ports: Ports, run: Run, rows: Sequence[Nudge]) -> Sequence[Nudge]:
    """Return those of a person's messages whose run was not left."""
    if run.enrollment.state is not EnrollmentState.LEFT and all(row.enrollment == run.enrollment.id for row in rows):
        return rows
    runs = {
        each.id for each in await ports.store.enrollments_of(run.member.id) if each.state is not EnrollmentState.LEFT
    }
    return [row for row in rows if row.enrollment in runs]


def _was_there(row: Nudge, event: Said) -> bool:
    """Whether a message could be seen when the words were typed: they may be read long after."""
    return row.sent_at is not None and row.sent_at <= event.at + NOTED_WITHIN


def _is_open(row: Nudge, run: Run) -> bool:
    item = run.journey.items.get(row.item) if row.item else None
    return row.answer is None and row.kind in ANSWERABLE and keeps_words(item, row.kind)


async def _rooted(ports: Ports, event: Said, answered: str) -> Nudge | None:
    """Return the nudge that a message is, or a reply to it, or the confirmation of one."""
    row = await ports.store.nudge_at(event.workspace, event.conversation, answered)
    if row is not None:
        return await _word_below(ports, event, row) or row
    reply = await ports.store.reply_from(event.workspace, f"{event.conversation}/{answered}")
    if reply is None:
        known = await ports.store.screen_at(event.workspace, event.conversation, answered)
        reply = await ports.store.reply(known.about) if known else None
    return await ports.store.nudge(reply.nudge) if reply else None


async def _word_below(ports: Ports, event: Said, row: Nudge) -> Nudge | None:
    """Return the newest word of a coach that stood in the thread of a message; None when there was none."""
    if row.enrollment is None:
        return None
    for each in reversed(await ports.store.nudges_of(row.enrollment)):
        if each.kind is Kind.COACH_WORD and _was_there(each, event):
            word = await ports.store.reply(each.subject or "")
            if word is not None and word.nudge == row.id:
                return each
    return None


async def behind(ports: Ports, row: Nudge) -> Meant:
    """Return what is meant under a reminder, a question of the day, a resumed debrief or a coach's word."""
    if row.kind is Kind.DEBRIEF:
        return Meant(nudge=await root_of(ports, row))
    if row.kind is Kind.COACH_WORD:
        word = await ports.store.reply(row.subject or "")
        about = await ports.store.nudge(word.nudge) if word else None
        role = await ports.store.coach(row.cohort, word.author) if word else None
        reads = word is not None and role is not None and role.state is CoachState.ACTIVE
        return Meant(
            nudge=about or row,
            asks=False,
            answers=word.id if word and reads else None,
            is_unread=not reads,
            is_work=True,
        )
    if row.kind is Kind.DAY_OF:
        promise = await ports.store.commitment(row.subject or "")
        about = await ports.store.nudge(promise.nudge) if promise else None
        is_change = promise is not None and promise.kind is CommitmentKind.TRANSFER
        return Meant(nudge=about or row, asks=not is_change, is_work=is_change)
    if row.kind is Kind.FOLLOW_UP:
        return Meant(nudge=await experiment_root(ports, await scene_of(ports, row)) or row)
    return Meant(nudge=row)
