"""To which nudge typed words belong: the one they answer, else the newest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.port import Said
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.rules.at_home import NOTED_WITHIN
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation, keeps_words, newest_of, nudge_context_in
from bot.store.port.heard import Heard

RECENT = timedelta(days=14)  # nudges this fresh may be meant by a typed reply
LOOKED_THROUGH = 20  # messages among which the one that is meant is looked for
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


def belongs_to(given: Given, event: Said, heard: Heard, run: Participation) -> Meant | None:
    """Return what a typed reply belongs to: the message it answers, else the newest; None when nothing was sent."""
    rooted = _rooted(event, heard)
    if rooted is not None and _not_left(heard, [rooted]):
        return behind(rooted, heard)
    sent = sorted(
        (row for row in _not_left(heard, heard.nudges) if row.sent_at is not None),
        key=lambda row: (row.sent_at, row.due_at),
        reverse=True,
    )
    if rooted is not None and sent and not nudge_context_in(given, heard, run, rooted).keeps_words:
        return Meant(nudge=sent[0], asks=False, is_quiet=True)
    recent = [row for row in sent[:LOOKED_THROUGH] if _was_there(row, event)]
    if not recent:
        return None
    meant = behind(recent[0], heard)
    fresh = given.now - RECENT
    others = (row for row in recent[1:] if row.id != meant.nudge.id and _is_open(row, run))
    return replace(meant, several=any(row.sent_at is not None and row.sent_at > fresh for row in others))


def _not_left(heard: Heard, rows: Sequence[Nudge]) -> Sequence[Nudge]:
    """Return those of a person's messages whose run was not left."""
    runs = {each.id for each, _ in heard.runs if each.state is not EnrollmentState.LEFT}
    return [row for row in rows if row.enrollment in runs]


def _was_there(row: Nudge, event: Said) -> bool:
    """Whether a message could be seen when the words were typed: they may be read long after."""
    return row.sent_at is not None and row.sent_at <= event.at + NOTED_WITHIN


def _is_open(row: Nudge, run: Participation) -> bool:
    item = run.journey.items.get(row.item) if row.item else None
    return row.answer is None and row.kind in ANSWERABLE and keeps_words(item, row.kind)


def _rooted(event: Said, heard: Heard) -> Nudge | None:
    """Return the nudge that a message is, or a reply to it, or the confirmation of one."""
    row = _by_id(heard, heard.answers)
    if row is None or not heard.answers_message:
        return row
    return _word_below(event, heard, row) or row


def _word_below(event: Said, heard: Heard, row: Nudge) -> Nudge | None:
    """Return the newest word of a coach that stood in the thread of a message; None when there was none."""
    for each in reversed(heard.nudges):
        if each.kind is Kind.COACH_WORD and each.enrollment == row.enrollment and _was_there(each, event):
            below = heard.words.get(each.subject or "")
            if below is not None and below.word.nudge == row.id:
                return each
    return None


def behind(row: Nudge, heard: Heard) -> Meant:
    """Return what is meant under a reminder, a question of the day, a resumed debrief or a coach's word."""
    match row.kind:
        case Kind.DEBRIEF:
            return Meant(nudge=_by_id(heard, row.subject) or row)
        case Kind.COACH_WORD:
            return _of_coach(row, heard)
        case Kind.DAY_OF:
            promise = heard.promises.get(row.subject or "")
            is_change = promise is not None and promise.kind is CommitmentKind.TRANSFER
            about = _by_id(heard, promise.nudge) if promise else None
            return Meant(nudge=about or row, asks=not is_change, is_work=is_change)
        case Kind.FOLLOW_UP | Kind.UNDONE:
            agenda = [each for each in heard.nudges if each.enrollment == row.enrollment]
            return Meant(nudge=newest_of(agenda, row.item) or row)
        case _:
            return Meant(nudge=row)


def _of_coach(row: Nudge, heard: Heard) -> Meant:
    found = heard.words.get(row.subject or "")
    reads = found is not None and found.role is not None and found.role.state is CoachState.ACTIVE
    return Meant(
        nudge=(_by_id(heard, found.word.nudge) if found else None) or row,
        asks=False,
        answers=found.word.id if found and reads else None,
        is_unread=not reads,
        is_work=True,
    )


def _by_id(heard: Heard, nudge: str | None) -> Nudge | None:
    return next((row for row in heard.nudges if row.id == nudge), None) if nudge else None
