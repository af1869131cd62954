"""One page of the coach's log: what was shared, and what it can be filtered by."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.chat.port import Body, Button, Buttons, Choice, Heading, Message, Option, Part, Quote
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.member import Member
from bot.coaching.records.reply import ReplyKind
from bot.flows.context.given import Given
from bot.flows.messages.parts import button, note, short
from bot.flows.ports import Ports
from bot.store.port.readers import LogChoices, LogEntry, LogFilter

PAGE = 8  # lines on one screen
DEEPEST = 20  # pages back that a button remembers
LONGEST_LINE = 500  # characters of one line; the rest is a button away
ALL = "all"  # the option that does not filter
MOST_OPTIONS = 99
PLANS = frozenset(CommitmentKind)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Which part of the log a button leads to."""

    cohort: str
    which: LogFilter = field(default_factory=LogFilter)
    above: tuple[tuple[datetime, str], ...] = ()  # the last line of each page above, moment and id

    def carried(self) -> str:
        """Return the page as a button's value."""
        above = [(moment.isoformat(), line) for moment, line in self.above[-DEEPEST:]]
        which = self.which
        return json.dumps([self.cohort, which.member, which.item, which.week, above], separators=(",", ":"))


def page_from(value: str) -> Page | None:
    """Return the page a button's value stands for, or None when it is none of ours."""
    try:
        cohort, member, item, week, above = json.loads(value)
        return Page(
            cohort=str(cohort),
            which=LogFilter(member=member, item=item, week=week),
            above=tuple((datetime.fromisoformat(moment), str(line)) for moment, line in above),
        )
    except (ValueError, TypeError):
        return None


@dataclass(frozen=True, kw_only=True)
class Log:
    """A page as a coach sees it, and what of other people stands on it."""

    message: Message
    texts: Mapping[str, str] = field(default_factory=dict)  # by id of the reply or commitment
    people: Collection[str] = ()  # member ids of who is offered to choose from


async def log_page(ports: Ports, coach: Member, cohort: Cohort, page: Page, language: Language) -> Log:
    """Return one page of what was shared; that it was read is noted in the same transaction."""
    words = ports.words
    entries = await ports.store.read_log(
        coach.workspace,
        coach.id,
        cohort.id,
        page.which,
        before=page.above[-1] if page.above else None,
        limit=PAGE,
        at=ports.now,
        audit_id=ports.new_id(),
    )
    title = words.say("log-title", language, channel=cohort.channel_name)
    choices = await ports.store.log_choices(coach.workspace, coach.id, cohort.id)
    menus = _menus(ports, cohort, choices, page, language)
    parts: list[Part] = [Heading(title), note(ports, language, "log-note")]
    if not menus:
        return Log(message=Message(fallback=title, parts=(*parts, Body(words.body("log-empty", language)))))
    parts += [*menus, Buttons((button(ports, language, "log.show", page.carried()),))]
    if not entries:
        parts.append(Body(words.body("log-no-more" if page.above else "log-none-such", language)))
    for entry in entries:
        parts += _entry(ports, coach, cohort, entry, language)
    turns = _turns(ports, page, entries, language)
    return Log(
        message=Message(fallback=title, parts=(*parts, *([Buttons(turns)] if turns else []))),
        texts={entry.id: entry.text for entry in entries},
        people=frozenset(choices.people),
    )


def _entry(given: Given, coach: Member, cohort: Cohort, entry: LogEntry, language: Language) -> list[Part]:
    words = given.words
    journey = words.journeys()[cohort.journey]
    item = journey.items.get(entry.item) if entry.item else None
    about = words.title_of(item.theme, language, week=entry.week) if item else None
    head = note(
        given,
        language,
        "log-line",
        day=words.day(local_day(entry.at, coach.zone or cohort.zone), language),
        name=entry.name,
        about=about or words.say("about-week", language, week=entry.week),
        kind=words.say(f"log-kind-{'answer' if entry.answers else entry.kind}", language, question=entry.question or 0),
    )
    above = [Quote(short(entry.word), label=words.say("log-your-word", language))] if entry.word else []
    text = _line_text(given, entry, language)
    buttons: list[Button] = []
    if len(text) > LONGEST_LINE:
        buttons.append(button(given, language, "log.read", entry.id))
    if entry.kind != ReplyKind.COACH:
        buttons.append(button(given, language, "log.answer", entry.id))
    return [head, *above, Quote(short(text, LONGEST_LINE)), *([Buttons(tuple(buttons))] if buttons else [])]


def _line_text(given: Given, entry: LogEntry, language: Language) -> str:
    if entry.kind not in PLANS:
        return entry.text
    first, _, second = entry.text.partition("\n")
    return given.words.say(f"promise-{entry.kind}-text", language, first=first, second=second)


def _turns(given: Given, page: Page, entries: Sequence[LogEntry], language: Language) -> tuple[Button, ...]:
    buttons = []
    if page.above:
        newer = replace(page, above=page.above[:-1])
        buttons.append(button(given, language, "log.newer", newer.carried()))
    if len(entries) == PAGE:
        last = entries[-1]
        older = replace(page, above=(*page.above, (last.at, last.id)))
        buttons.append(button(given, language, "log.older", older.carried()))
    return tuple(buttons)


def _menus(given: Given, cohort: Cohort, choices: LogChoices, page: Page, language: Language) -> list[Part]:
    """Return what the log can be filtered by; only what occurs in what was shared is ever offered."""
    if not choices.people:
        return []
    words, which = given.words, page.which
    journey = words.journeys()[cohort.journey]
    named = sorted(choices.people.items(), key=lambda pair: pair[1].casefold())
    themes = [
        (slug, words.title_of(item.theme, language, week=0))
        for slug, item in journey.items.items()
        if slug in choices.items
    ]
    numbered = [(str(week), words.say("about-week", language, week=week)) for week in sorted(choices.weeks)]
    return [
        _menu(given, language, "log.person", named, which.member),
        _menu(given, language, "log.item", themes, which.item),
        _menu(given, language, "log.week", numbered, None if which.week is None else str(which.week)),
    ]


def _menu(given: Given, language: Language, name: str, found: list[tuple[str, str]], chosen: str | None) -> Choice:
    key = name.replace(".", "-")
    everything = Option(ALL, given.words.say(f"{key}-all", language))
    options = (everything, *(Option(value, label) for value, label in found[:MOST_OPTIONS]))
    return Choice(id=name, label=given.words.say(f"{key}-menu", language), options=options, chosen=chosen or ALL)
