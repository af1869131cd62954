"""What messages say of their reader, held against what the reader did and what is stored."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from bot.coaching.language import Language
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.pulse import PulseAnswer, Wave
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind
from bot.store.port import Store
from tests.conftest import shipped_words
from tests.flows.decisions.test_claims import CLAIMS, State
from tests.stored import commitments_of, stored

WEEK = re.compile(r"\bweek (\d+)\b", re.IGNORECASE)


def state_of(store: Store, run: Enrollment, card: Sequence[Nudge], rows: Sequence[Nudge]) -> State:
    """Return what the records of a reader hold, as far as a message may speak of it."""
    items = {row.item for row in card if row.item}
    came = [row.sent_at for row in rows if row.kind is Kind.NUDGE and row.item in items and row.sent_at is not None]
    waves = {each.wave for each in stored(store, PulseAnswer, "wave", enrollment=run.id)}
    made = [each for row in card for each in stored(store, Reflection, nudge=row.id)]
    habits = [each for each in stored(store, Reply, enrollment=run.id) if each.kind is ReplyKind.KEEP and each.text]
    return State(
        was_away=run.resumed_at is not None and any(sent < run.resumed_at for sent in came),
        has_habit=bool(habits),
        before=Wave.BEFORE in waves,
        after=Wave.AFTER in waves,
        has_words=any(each.shared or each.tried for each in made),
    )


def untrue(told: str, card: Sequence[Nudge], state: State) -> Iterator[str]:
    """Yield what a message claims and the records do not hold."""
    for pattern, is_true in CLAIMS:
        if re.search(pattern, told.lower()) and not any(is_true(row.kind, state) for row in card):
            yield f"{pattern!r} in {told!r}"


def other_weeks(told: str, weeks: Collection[int]) -> set[int]:
    """Return the weeks that a text names and that are none of these."""
    return {int(found) for found in WEEK.findall(told)} - set(weeks)


def days_named(told: str, language: Language, year: int) -> set[date]:
    """Return the days that a text names in full."""
    names = _names(language, year)
    return {names[found] for found in _any_of(language, year).findall(re.sub(r"[*_]", "", told))}


@cache
def _names(language: Language, year: int) -> Mapping[str, date]:
    days = (date(year, 1, 1) + timedelta(days=each) for each in range(366))
    return {shipped_words().day(day, language): day for day in days}


@cache
def _any_of(language: Language, year: int) -> re.Pattern[str]:
    names = "|".join(map(re.escape, _names(language, year)))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


def days_known(store: Store, member: str, run: Enrollment, rows: Sequence[Nudge]) -> set[date]:
    """Return the days of which somebody's records tell: what is planned, what was promised, the end of a pause."""
    days = {row.local_date for row in rows} | {each.due_on for each in commitments_of(store, member)}
    return days | ({run.paused_until} if run.paused_until else set()) | {run.starts_on}
