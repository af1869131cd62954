"""One page of the coach's log: what was shared, and what it can be filtered by."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.chat.port import Body, Button, Buttons, Choice, Heading, Line, Message, Note, Option, Part, Quote, Row
from bot.coaching.calendar import local_day
from bot.coaching.journey import Item
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.member import Member
from bot.coaching.records.reply import ReplyKind
from bot.flows.given import Given
from bot.flows.messages.parts import button, note, promise_text, short
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
    since: datetime | None = None  # when the coach looked last before they opened it; None: to be looked up

    def carried(self) -> str:
        """Return the page as a button's value."""
        above = [(moment.isoformat(), line) for moment, line in self.above[-DEEPEST:]]
        which, member = self.which, _member(self.which)
        since = self.since.isoformat() if self.since else None
        return json.dumps([self.cohort, member, which.item, which.week, above, since], separators=(",", ":"))


def _member(which: LogFilter) -> str | None:
    """Return the one person whose lines are shown; the menu of a message names no more than one."""
    return which.people[0] if which.people else None


def page_from(value: str) -> Page | None:
    """Return the page a button's value stands for, or None when it is none of ours."""
    try:
        cohort, member, item, week, above, since = json.loads(value)
        return Page(
            cohort=str(cohort),
            which=LogFilter(people=(member,) if member else (), item=item, week=week),
            above=tuple((datetime.fromisoformat(moment), str(line)) for moment, line in above),
            since=datetime.fromisoformat(since) if since else None,
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
    words, audit_id = ports.words, ports.new_id()
    if page.since is None:
        page = replace(page, since=await ports.store.looked_before(coach.workspace, coach.id, cohort.id, audit_id))
    entries = await ports.store.read_log(
        coach.workspace,
        coach.id,
        cohort.id,
        page.which,
        before=page.above[-1] if page.above else None,
        limit=PAGE,
        at=ports.now,
        audit_id=audit_id,
    )
    title = words.say("log-title", language, channel=cohort.channel_name)
    choices = await ports.store.log_choices(coach.workspace, coach.id, cohort.id, ports.now)
    menus = _menus(ports, cohort, choices, page, language)
    parts: list[Part] = [Heading(title), note(ports, language, "log-note")]
    if not menus:
        return Log(message=Message(fallback=title, parts=(*parts, Body(words.body("log-empty", language)))))
    parts += [*menus, Buttons((button(ports, language, "log.show", page.carried()),))]
    if not entries:
        parts.append(Body(words.body("log-no-more" if page.above else "log-none-such", language)))
    parts += _lines(ports, coach, cohort, page, entries, language)
    turns = _turns(ports, page, entries, language)
    return Log(
        message=Message(fallback=title, parts=(*parts, *([Buttons(turns)] if turns else []))),
        texts={entry.id: entry.text for entry in entries},
        people=frozenset(choices.people),
    )


def _lines(
    given: Given, coach: Member, cohort: Cohort, page: Page, entries: Sequence[LogEntry], language: Language
) -> list[Part]:
    """Return the entries, with a line between what is new since the coach looked last and what is not."""
    since, zone = page.since, coach.zone or cohort.zone
    told = [_entry(given, zone, cohort, entry, language) for entry in entries]
    new = [entry for entry in entries if since is not None and entry.at > since]  # they come first
    if since is None or all(entry.kind == ReplyKind.COACH for entry in new):
        return [part for each in told for part in each]
    day = given.words.day(local_day(since, zone), language)
    seen: list[Part] = [Line(), note(given, language, "log-seen")] if len(new) < len(entries) else []
    head: list[list[Part]] = [[note(given, language, "log-new", day=day)]]
    return [part for each in (*head, *told[: len(new)], seen, *told[len(new) :]) for part in each]


def _entry(given: Given, zone: str, cohort: Cohort, entry: LogEntry, language: Language) -> list[Part]:
    """Return an entry: whose and about what, with its one button beside it; the question; the words."""
    words = given.words
    item = words.journeys()[cohort.journey].items.get(entry.item) if entry.item else None
    told = words.body(
        "log-line",
        language,
        day=words.day(local_day(entry.at, zone), language),
        name=entry.name,
        about=words.title_of(item.theme, language, week=entry.week)
        if item
        else words.say("about-week", language, week=entry.week),
        kind=words.say(f"log-kind-{'answer' if entry.answers else entry.kind}", language, question=entry.question or 0),
    )
    text = line_text(given, entry, language)
    if entry.kind == ReplyKind.COACH:  # whole: there is nothing to answer
        return [Note(told), Quote(text)]
    rest = [Buttons((button(given, language, "log.read", entry.id),))] if len(text) > LONGEST_LINE else []
    above = [Quote(short(entry.word), label=words.say("log-your-word", language))] if entry.word else []
    head = Row(told, button(given, language, "log.answer", entry.id))
    return [head, *asked(given, item, entry, language), *above, Quote(short(text, LONGEST_LINE)), *rest]


def asked(given: Given, item: Item | None, entry: LogEntry, language: Language) -> list[Note]:
    """Return the question that an entry answers, where it was one."""
    if entry.answers is not None:
        return []
    if entry.kind == ReplyKind.DEBRIEF and item is not None and entry.question:
        asked = item.questions[entry.question - 1 : entry.question]
        return [Note(given.words.body_of(each, language, week=entry.week)) for each in asked]
    is_asked = entry.kind in (ReplyKind.CHECK, ReplyKind.KEEP)
    return [note(given, language, f"log-asked-{entry.kind}")] if is_asked else []


def line_text(given: Given, entry: LogEntry, language: Language) -> str:
    if entry.kind not in PLANS:
        return entry.text
    first, _, second = entry.text.partition("\n")
    return promise_text(given, language, CommitmentKind(entry.kind), first, second)


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
        _menu(given, language, "log.person", named, _member(which)),
        _menu(given, language, "log.item", themes, which.item),
        _menu(given, language, "log.week", numbered, None if which.week is None else str(which.week)),
    ]


def _menu(given: Given, language: Language, name: str, found: list[tuple[str, str]], chosen: str | None) -> Choice:
    key = name.replace(".", "-")
    everything = Option(ALL, given.words.say(f"{key}-all", language))
    options = (everything, *(Option(value, label) for value, label in found[:MOST_OPTIONS]))
    return Choice(id=name, label=given.words.say(f"{key}-menu", language), options=options, chosen=chosen or ALL)
