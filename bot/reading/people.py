"""The kinds of people a journey is read as: what each does with a message, one deed after the other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.coaching.calendar import local_day
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.pulse import QUESTIONS
from bot.coaching.records.reply import Scope
from bot.flows.messages.experiment import put_off_before
from bot.reading.run import Run

SOME_WORDS = "…"  # what a person types is theirs
PUT_OFF = MOVED = 2  # times somebody puts an experiment off, or moves its day


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A button that is pressed, and what is filled in where it opens a form."""

    button: str
    values: Mapping[str, str] = field(default_factory=dict)


Deeds = Callable[[Run, Nudge], Iterator[Deed]]


class Person(StrEnum):
    """A kind of person."""

    DILIGENT = "diligent"  # plans, does it on the day, answers everything, makes the change, shares in the channel
    SILENT = "silent"  # answers nothing
    JOKING = "joking"  # puts everything off twice, skips the questions
    REFUSING = "refusing"  # "not for me", the other ways too
    HALF_SPEED = "half-speed"  # two weeks for each; moves the day twice
    PARTNER_SENSITIVE = "partner-sensitive"  # leaves out what is about home; writes for nobody else


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How a kind of person takes part."""

    deeds: Deeds
    pace: int = 1
    scope: Scope = Scope.COACH
    shares: bool = False


def _diligent(run: Run, row: Nudge) -> Iterator[Deed]:
    match row.kind:
        case Kind.WELCOME:
            yield Deed(button="welcome.ok")
        case Kind.PULSE:
            yield Deed(button="pulse.open", values={each.slug: str(each.highest - 1) for each in QUESTIONS})
        case Kind.NUDGE:
            yield _plan(run, row)
        case Kind.DAY_OF:
            yield Deed(button="day.done")
        case Kind.DEBRIEF:
            yield from _answers(run, row)
            yield _change(run, row)
        case Kind.CHECK:
            yield Deed(button="check.yes")
        case Kind.KEEP:
            yield Deed(button="keep.write", values={"text": SOME_WORDS, "scope": run.course.enrollment.scope})
        case Kind.BOOSTER:
            yield Deed(button="booster.done")


def _silent(_run: Run, _row: Nudge) -> Iterator[Deed]:
    yield from ()


def _joking(run: Run, row: Nudge) -> Iterator[Deed]:
    match row.kind:
        case Kind.NUDGE if put_off_before(run.situation(row)) < PUT_OFF:
            yield Deed(button="nudge.later", values={"when": "tomorrow"})
        case Kind.NUDGE:
            yield Deed(button="nudge.done")
        case Kind.DEBRIEF:
            yield from (Deed(button="debrief.skip" if _keeps(run, row) else "debrief.next") for _ in range(4))
            yield Deed(button="transfer.skip")
        case _:
            yield from _no(row)


def _refusing(_run: Run, row: Nudge) -> Iterator[Deed]:
    if row.kind is Kind.NUDGE:
        yield from (Deed(button=name) for name in ("nudge.no", "nudge.another", "nudge.skip"))
    else:
        yield from _no(row)


def _half_speed(run: Run, row: Nudge) -> Iterator[Deed]:
    match row.kind:
        case Kind.NUDGE:
            yield _plan(run, row)
        case Kind.DAY_OF:
            plans = {each.id for each in run.course.promises if each.kind is CommitmentKind.PLAN}
            asked = [each for each in run.course.agenda if each.subject == row.subject and each.sent_at is not None]
            if row.subject in plans and len(asked) <= MOVED:
                yield Deed(button="day.move", values={"day": _in_days(run, 1)})
            else:
                yield Deed(button="day.done")
        case Kind.DEBRIEF:
            yield from _answers(run, row)
            yield _change(run, row)
        case Kind.CHECK:
            yield Deed(button="check.no")
        case _:
            yield from _no(row)


def _partner_sensitive(run: Run, row: Nudge) -> Iterator[Deed]:
    if row.kind is Kind.NUDGE:
        at_work = (Deed(button="nudge.done"),)
        at_home = (Deed(button="nudge.no"), Deed(button="nudge.skip"))
        yield from at_work if _keeps(run, row) else at_home
    elif row.kind is Kind.DEBRIEF:
        yield from _answers(run, row)
        yield Deed(button="transfer.skip")
    else:
        yield from _no(row)


def _no(row: Nudge) -> Iterator[Deed]:
    names = {
        Kind.PULSE: "pulse.skip",
        Kind.UNDONE: "undone.drop",
        Kind.DAY_OF: "day.drop",
        Kind.CHECK: "check.no",
        Kind.KEEP: "keep.skip",
        Kind.BOOSTER: "booster.skip",
    }
    if row.kind in names:
        yield Deed(button=names[row.kind])


def _keeps(run: Run, row: Nudge) -> bool:
    return run.situation(row).keeps_words


def _in_days(run: Run, days: int) -> str:
    return str(local_day(run.now, run.course.zone) + timedelta(days=days))


def _plan(run: Run, row: Nudge) -> Deed:
    """Make the plan that the content gives as an example."""
    item, words, language = run.course.journey.items[row.item or ""], run.words, run.course.language
    first, second = words.body_of(item.plan_if, language), words.body_of(item.plan_then, language)
    return Deed(button="nudge.plan", values={"day": _in_days(run, 1), "first": first, "second": second})


def _change(run: Run, row: Nudge) -> Deed:
    """Make the change that the content gives as an example."""
    item, words, language = run.course.journey.items[row.item or ""], run.words, run.course.language
    first, second = words.body_of(item.transfer_change, language), words.body_of(item.transfer_owner, language)
    return Deed(button="transfer.make", values={"day": _in_days(run, 6), "first": first, "second": second})


def _answers(run: Run, row: Nudge) -> Iterator[Deed]:
    values = {"text": SOME_WORDS, "scope": run.course.enrollment.scope}
    one = Deed(button="debrief.write", values=values) if _keeps(run, row) else Deed(button="debrief.next")
    yield from (one for _ in run.course.journey.items[row.item or ""].questions)


WAYS: Mapping[Person, Ways] = {
    Person.DILIGENT: Ways(deeds=_diligent, shares=True),
    Person.SILENT: Ways(deeds=_silent),
    Person.JOKING: Ways(deeds=_joking),
    Person.REFUSING: Ways(deeds=_refusing),
    Person.HALF_SPEED: Ways(deeds=_half_speed, pace=2),
    Person.PARTNER_SENSITIVE: Ways(deeds=_partner_sensitive, scope=Scope.PRIVATE),
}
