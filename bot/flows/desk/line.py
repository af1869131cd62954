"""A line of the log as the desk shows it: whose, about what, the question that it answers, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coaching.calendar import local_day, local_hour
from bot.coaching.language import Language, Markdown
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.reply import ReplyKind
from bot.flows.coach.page import asked, line_text
from bot.flows.context.given import Given
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
    words = given.words
    item = words.journeys()[cohort.journey].items.get(entry.item) if entry.item else None
    about = words.title_of(item.theme, language, week=entry.week) if item else ""
    kind = f"log-kind-{'answer' if entry.answers else entry.kind}"
    is_coach = entry.kind == ReplyKind.COACH
    return ShownLine(
        id=entry.id,
        at=entry.at,
        day=words.day(local_day(entry.at, zone), language),
        hour=f"{local_hour(entry.at, zone):%H:%M}",
        person=entry.member,
        name=entry.name,
        about=about or words.say("about-week", language, week=entry.week),
        kind=words.say(kind, language, question=entry.question or 0),
        questions=[each.text for each in asked(given, item, entry, language)],
        above=entry.word or "",
        text=line_text(given, entry, language),
        is_coach=is_coach,
        is_new=since is not None and entry.at > since and not is_coach,
    )
