"""The pending question: the one thing that typed words answer, which is the last that was sent or pressed and asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat.port import TextField
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.rules.at_home import NOTED_WITHIN
from bot.coaching.rules.card import ORDER
from bot.flows.context.debrief import asks, root_of
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import AgendaContext, Participation, keeps_words, lapses_at, last_day, newest_of
from bot.flows.given import Given

# What asks for words, or invites them. Of a welcome, the eight questions or the closing nobody types an answer.
ASKING = frozenset(
    {
        Kind.NUDGE,
        Kind.FOLLOW_UP,
        Kind.UNDONE,
        Kind.DAY_OF,
        Kind.DEBRIEF,
        Kind.CHECK,
        Kind.KEEP,
        Kind.BOOSTER,
        Kind.REFLECTION,
        Kind.COACH_WORD,
    }
)
_INVITES_AFTER = (None, Answer.NOT_FOR_ME, Answer.DONE)  # what was done with an experiment that still invites words


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a message stands to the pending question."""

    is_pending: bool  # what is typed now answers it, until that day is over
    until: date


@dataclass(frozen=True, kw_only=True)
class When:
    """The moment at which words were typed: what was not there yet does not count, they may be read long after."""

    at: datetime
    noted_within: timedelta  # how much later than it came a message may be noted as sent


def asked_at(row: Nudge, when: When | None = None) -> datetime | None:
    """Return when a message asked last: when it came, or when a press or an answer let it ask again; None if never."""
    if row.sent_at is None or row.kind not in ASKING:
        return None
    if when is None:
        return max(row.sent_at, row.asked_at or row.sent_at)
    came = row.sent_at <= when.at + when.noted_within
    if row.asked_at is None or row.asked_at > when.at + NOTED_WITHIN:  # two clocks tell of a press and of words
        return row.sent_at if came else None
    return max(row.sent_at, row.asked_at) if came else row.asked_at


def asked_last(rows: Iterable[Nudge], when: When | None = None) -> Nudge | None:
    """Return the message that asked last, of those that were there at that moment; of one card the highest.

    What stands below it and waits for words is then another thing that may be meant, and the person is asked.
    """
    asked = [(moment, row) for row in rows if (moment := asked_at(row, when)) is not None]
    return max(asked, key=lambda each: (each[0], each[1].due_at, -_place(each[1]), each[1].id))[1] if asked else None


def _place(row: Nudge) -> int:
    """Return how low a message stands on a card."""
    return ORDER.index(row.kind) if row.kind in ORDER else len(ORDER)


def came_by_itself(row: Nudge, when: When) -> bool:
    """Whether a message asked last because it was sent, and not because its person pressed or answered something."""
    return asked_at(row, when) == row.sent_at


def thing_of(rows: Sequence[Nudge], promises: Mapping[str, Commitment], row: Nudge) -> Nudge:
    """Return what a message asks about: its debrief, the experiment it reminds of or whose day it is; else itself."""
    match row.kind:
        case Kind.DEBRIEF:
            return root_of(rows, row)
        case Kind.FOLLOW_UP | Kind.UNDONE:
            return newest_of([each for each in rows if each.enrollment == row.enrollment], row.item) or row
        case Kind.DAY_OF:
            promise = promises.get(row.subject or "")
            return next((each for each in rows if promise is not None and each.id == promise.nudge), row)
        case _:
            return row


def waits_for_words(run: Participation, rows: Sequence[Nudge], row: Nudge) -> bool:
    """Whether a message holds a question of its own that words answer, and that nobody answered yet."""
    item = run.journey.items.get(row.item) if row.item else None
    if not keeps_words(item, row.kind):
        return False
    match row.kind:
        case Kind.DEBRIEF:
            return item is not None and asks(item, rows, root_of(rows, row))
        case Kind.CHECK:
            return row.answer in (None, Answer.NOTICED) and not row.question
        case Kind.KEEP:
            return row.answer is None
        case Kind.COACH_WORD:
            return not row.question
        case _:
            return False


def invites(run: Participation, rows: Sequence[Nudge], row: Nudge) -> bool:
    """Whether a message asks for words, or invites them, as it was answered so far."""
    item = run.journey.items.get(row.item) if row.item else None
    match row.kind:
        case Kind.NUDGE:
            return keeps_words(item, row.kind) and row.answer in _INVITES_AFTER
        case Kind.FOLLOW_UP | Kind.UNDONE | Kind.DAY_OF | Kind.BOOSTER:
            return keeps_words(item, row.kind) and row.answer is None
        case Kind.REFLECTION:
            return True
        case _:
            return waits_for_words(run, rows, row)


def invites_when_pressed(run: Participation, rows: Sequence[Nudge], row: Nudge) -> bool:
    """Whether a press on a message, which left it so, makes it the one that words answer."""
    match row.kind:
        case Kind.NUDGE | Kind.DEBRIEF | Kind.KEEP | Kind.COACH_WORD:
            return invites(run, rows, row)
        case Kind.CHECK:
            return row.answer is Answer.NOTICED
        case _:
            return False


def is_over(given: Given, run: Participation, asked: datetime, at: datetime) -> bool:
    """Whether what asked at that moment was left alone for so long, at another, that it is pending no more."""
    return at >= lapses_at(given, run, asked)


def also_asking(about: AgendaContext, decision: Decision, pressed_at: datetime) -> Decision:
    """Return a decision of a press or a form which also notes that words answer what was pressed from now on."""
    saved = {record.id: record for record in decision.records if isinstance(record, Nudge)}
    rows = list({**{each.id: each for each in about.agenda}, **saved}.values())
    asking = [row for row in saved.values() if row.sent_at is not None and invites_when_pressed(about, rows, row)]
    opens = decision.opens is not None and any(isinstance(part, TextField) for part in decision.opens.parts)
    if opens:
        promises = {each.id: each for each in about.promises}
        row = thing_of(rows, promises, about.nudge)
        last = asked_last(rows)
        is_last = last is not None and thing_of(rows, promises, last).id == row.id
        asking += [row] if not is_last and invites_when_pressed(about, rows, row) else []
    if not asking:
        return decision
    noted = {row.id: replace(row, asked_at=pressed_at) for row in asking}
    kept = [noted.pop(each.id, each) for each in decision.records]
    return replace(decision, records=[*kept, *noted.values()])


def standing(given: Given, about: AgendaContext) -> Standing:
    """Return how a message stands to the pending question of its run; one that is being sent is there already."""
    now, row = given.now, about.nudge
    rows = about.agenda
    if row.sent_at is None:
        row = replace(row, sent_at=now)
        rows = [row if each.id == row.id else each for each in rows]
    promises = {each.id: each for each in about.promises}
    thing = thing_of(rows, promises, row).id
    moments = [asked_at(each) for each in rows if each.kind in ASKING and thing_of(rows, promises, each).id == thing]
    asked = max((each for each in moments if each is not None), default=now)
    last = asked_last(rows)
    is_last = last is not None and thing_of(rows, promises, last).id == thing
    return Standing(is_pending=is_last, until=last_day(given, about, asked))
