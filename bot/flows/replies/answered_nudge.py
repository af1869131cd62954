"""What typed words answer: the message they stand below, else the pending question, else nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Said
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.rules.at_home import NOTED_WITHIN
from bot.flows.context.nudge import Participation, newest_of, noted_within, nudge_context_in
from bot.flows.context.pending import (
    ASKING,
    When,
    asked_at,
    asked_last,
    came_by_itself,
    invites,
    is_over,
    waits_for_words,
)
from bot.flows.given import Given
from bot.store.port.heard import Heard

MOST_OFFERED = 4  # places of which somebody is asked to choose one, the newest: they fit in one row


@dataclass(frozen=True, kw_only=True)
class Meant:
    """Where typed words belong."""

    nudge: Nudge
    asks: bool = True  # whether they may answer its question; under a coach's word they answer the coach
    answers: str | None = None  # id of the coach's word that they answer
    is_unread: bool = False  # they answer the word of somebody who is no coach any more: nobody else's to read
    is_quiet: bool = False  # an older run's experiment that keeps no words
    is_work: bool = False  # a change at work, also where it follows from an experiment that keeps no words
    is_note: bool = False  # they answer nothing, and are a note of the week
    word: Nudge | None = None  # what brought the coach's word that they answer
    among: tuple[str, ...] = ()  # ids of the messages that may be meant, where the person is to say which


def belongs_to(given: Given, event: Said, heard: Heard, run: Participation) -> Meant | None:
    """Return what typed words answer: what they stand below, else what asked last; None without a place for them."""
    rows = _not_left(heard, heard.nudges)
    rooted = _rooted(event, heard)
    if rooted is not None and _not_left(heard, [rooted]):
        return behind(rooted, heard)
    when = When(at=event.at, noted_within=noted_within(given, event.workspace))
    note = _note(rows, when)
    if rooted is not None and note is not None and not nudge_context_in(given, heard, run, rooted).keeps_words:
        return replace(note, is_note=False, asks=False, is_quiet=True)
    if rooted is not None or event.thread or event.quotes:  # below what is over, or asked nothing: no other's answer
        return note
    last = asked_last(rows, when)
    if last is not None and is_over(given, run, asked_at(last, when) or when.at, when.at):
        last = None
    among = _among(given, when, heard, run, rows, last)
    if among and note is not None:
        meant = behind(last, heard) if last is not None else note
        return replace(meant, among=tuple(each.id for each in among))
    return behind(last, heard) if last is not None else note


def _note(rows: Sequence[Nudge], when: When) -> Meant | None:
    """Return the place of a free note: the week of the newest message that was there, else of the first to come."""
    there = [row for row in rows if row.sent_at is not None and row.sent_at <= when.at + when.noted_within]
    newest = max(there, key=lambda row: (row.sent_at, row.due_at)) if there else next(iter(rows), None)
    return Meant(nudge=newest, asks=False, is_note=True) if newest is not None else None


def _among(
    given: Given, when: When, heard: Heard, run: Participation, rows: Sequence[Nudge], last: Nudge | None
) -> list[Nudge]:
    """Return the messages that may be meant where nobody but the person can tell; empty when it is clear.

    One may be there, or not, and nobody knows; one of ours came between a question and its answer; or one was noted as
    sent just after the words were typed.
    """
    unsure = [row for row in rows if row.id in heard.unsure and row.kind in ASKING and row.due_at <= when.at]
    if unsure:
        newest = sorted(unsure, key=lambda row: row.due_at, reverse=True)
        return _each_once([*newest, *([last] if last is not None else [])], heard)[:MOST_OFFERED]
    if last is None or not came_by_itself(last, when):
        return []
    crossed = last.sent_at is not None and when.at < last.sent_at
    before = [
        row
        for row in sorted(rows, key=lambda row: row.due_at, reverse=True)
        if row.id != last.id
        and (asked := asked_at(row, when)) is not None
        and not is_over(given, run, asked, when.at)
        and not behind(row, heard).is_unread
        and (waits_for_words(run, rows, row) or (crossed and invites(run, rows, row)))
    ]
    found = _each_once([last, *before], heard)[:MOST_OFFERED]
    return found if len(found) > 1 else []


def _each_once(rows: Iterable[Nudge], heard: Heard) -> list[Nudge]:
    """Return messages without those that lead to the same place as one before; a coach's word is a place of its own."""
    found: dict[str, Nudge] = {}
    for row in rows:
        meant = behind(row, heard)
        place = row if meant.word is not None else meant.nudge
        found.setdefault(place.id, place)
    return list(found.values())


def _not_left(heard: Heard, rows: Sequence[Nudge]) -> Sequence[Nudge]:
    """Return those of a person's messages whose run was not left."""
    runs = {each.id for each, _ in heard.runs if each.state is not EnrollmentState.LEFT}
    return [row for row in rows if row.enrollment in runs]


def _was_there(row: Nudge, event: Said) -> bool:
    """Whether a message could be seen when the words were typed: they may be read long after."""
    return row.sent_at is not None and row.sent_at <= event.at + NOTED_WITHIN


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
        word=row,
    )


def _by_id(heard: Heard, nudge: str | None) -> Nudge | None:
    return next((row for row in heard.nudges if row.id == nudge), None) if nudge else None
