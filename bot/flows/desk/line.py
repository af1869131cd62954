"""A line of the log as the desk shows it: whose, about what, the question that it answers, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.coaching.calendar import on_clock
from bot.coaching.journey import Item
from bot.coaching.language import Language, Markdown
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.reply import ReplyKind
from bot.flows.coach.page import asked, line_text
from bot.flows.given import Given
from bot.store.port.readers import LogEntry


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """One line of the log."""

    id: str
    at: datetime
    day: str
    hour: str
    person: str  # member id
    name: str
    about: str
    kind: str
    questions: Sequence[Markdown]  # that it answers, where it was asked
    above: str  # the reader's own word that it answers; empty: none
    text: str
    is_coach: bool  # written by a coach: there is nothing to answer
    is_new: bool = False  # since the reader looked last


def line_shown(
    given: Given, language: Language, zone: str, cohort: Cohort, entry: LogEntry, *, since: datetime | None = None
) -> ShownLine:
    """Return a line as its reader sees it; what came after `since` is new."""
    return lines_shown(given, language, zone, cohort, [entry], since=since)[0]


def lines_shown(
    given: Given,
    language: Language,
    zone: str,
    cohort: Cohort,
    entries: Sequence[LogEntry],
    *,
    since: datetime | None = None,
) -> list[ShownLine]:
    """Return the same of several; what many of them have in common is worked out once."""
    words = given.words
    day_of = cache(lambda day: words.day(day, language))
    about_of = cache(lambda item, week: _about(given, language, cohort, item, week))
    kind_of = cache(lambda kind, question: words.say(f"log-kind-{kind}", language, question=question))
    asked_of: dict[tuple[object, ...], list[Markdown]] = {}
    shown = []
    for entry in entries:
        which = entry.kind, entry.item, entry.week, entry.question, entry.answers is None
        if which not in asked_of:
            item = _item(given, cohort, entry.item)
            asked_of[which] = [each.text for each in asked(given, item, entry, language)]
        clock = on_clock(entry.at, zone)
        is_coach = entry.kind == ReplyKind.COACH
        shown.append(
            ShownLine(
                id=entry.id,
                at=entry.at,
                day=day_of(clock.date()),
                hour=f"{clock.hour:02}:{clock.minute:02}",
                person=entry.member,
                name=entry.name,
                about=about_of(entry.item, entry.week),
                kind=kind_of("answer" if entry.answers else entry.kind, entry.question or 0),
                questions=asked_of[which],
                above=entry.word or "",
                text=line_text(given, entry, language),
                is_coach=is_coach,
                is_new=since is not None and entry.at > since and not is_coach,
            )
        )
    return shown


def _item(given: Given, cohort: Cohort, item: str | None) -> Item | None:
    return given.words.journeys()[cohort.journey].items.get(item) if item else None


def _about(given: Given, language: Language, cohort: Cohort, item: str | None, week: int) -> str:
    found = _item(given, cohort, item)
    theme = given.words.title_of(found.theme, language, week=week) if found else ""
    return theme or given.words.say("about-week", language, week=week)
