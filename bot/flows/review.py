"""The coach's log: reading what was shared, page by page."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Choice,
    Command,
    FormErrors,
    Heading,
    Message,
    Option,
    Part,
    Press,
    Quote,
    Style,
    Submitted,
)
from bot.coaching.calendar import local_day
from bot.coaching.cohort import CoachState, Cohort
from bot.coaching.commitment import CommitmentKind
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.nudge import Kind
from bot.coaching.reply import ReplyKind
from bot.coaching.verbs import Verb, read
from bot.flows import lay_aside, respond
from bot.flows.compose.parts import button, note, short
from bot.flows.instead import instead
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.show import refuse
from bot.flows.tell import line, tell
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


# --- opening ----------------------------------------------------------------------------------------------------


async def log(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach log`: for active coaches, what was shared with them."""
    member = await known(ports, command)
    language = await language_of(ports, command, command.conversation, read(command.text).language)
    cohorts = await ports.store.coached_by(member.id) if member else ()
    if member is None or not cohorts:
        key = "log-invited" if member and await _is_invited(ports, member) else "log-not-coach"
        await tell(ports, command, line(ports.words, language, key))
        return
    here = [cohort for cohort in cohorts if cohort.channel == command.conversation]
    if len(cohorts) > 1 and not here:
        await tell(ports, command, _which_cohort(ports, language, tuple(cohorts)))
        return
    cohort = (here or cohorts)[0]
    page = await log_page(ports, member, cohort, Page(cohort=cohort.id), language)
    await lay_aside.shown(ports, member, cohort, await tell(ports, command, page))


async def _is_invited(ports: Ports, member: Member) -> bool:
    for row in await ports.store.sent_to(member.id, limit=50):
        if row.kind is Kind.COACH_ASK:
            role = await ports.store.coach(row.cohort, member.id)
            if role is not None and role.state is CoachState.INVITED:
                return True
    return False


def _which_cohort(ports: Ports, language: Language, cohorts: tuple[Cohort, ...]) -> Message:
    words = ports.words
    options = tuple(Option(cohort.id, cohort.channel_name) for cohort in cohorts[:MOST_OPTIONS])
    told = words.say("log-which", language)
    label = words.say("log-cohort", language)
    return Message(
        fallback=told,
        parts=(
            Body(words.body("log-which", language)),
            Choice(id="log.cohort", label=label, options=options, chosen=options[0].value),
            Buttons((button(ports, language, "log.show", "", style=Style.PRIMARY),)),
        ),
    )


async def log_open(ports: Ports, press: Press) -> None:
    """The log button on a coach's Home."""
    await _turn(ports, press, Page(cohort=press.value))


async def log_show(ports: Ports, press: Press) -> None:
    """Show what the menus above the log were set to."""
    here = page_from(press.value)
    cohort = press.inputs.get("log.cohort") or (here.cohort if here else "")
    week = _chosen(press, "log.week")
    which = LogFilter(
        member=_chosen(press, "log.person"),
        item=_chosen(press, "log.item"),
        week=int(week) if week and week.isdecimal() else None,
    )
    await _turn(ports, press, Page(cohort=cohort, which=which))


async def log_turn(ports: Ports, press: Press) -> None:
    """Newer or older lines."""
    page = page_from(press.value)
    if page is None:
        await refuse(ports, press)
        return
    await _turn(ports, press, page)


async def _turn(ports: Ports, press: Press, page: Page) -> None:
    member = await known(ports, press)
    cohort = await respond.coached(ports, member, page.cohort)
    if member is None or cohort is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    shown = await instead(ports, press, await log_page(ports, member, cohort, page, language))
    await lay_aside.shown(ports, member, cohort, shown)


def _chosen(press: Press, name: str) -> str | None:
    value = press.inputs.get(name, ALL)
    return None if value == ALL else value


# --- a page -----------------------------------------------------------------------------------------------------


async def log_page(ports: Ports, coach: Member, cohort: Cohort, page: Page, language: Language) -> Message:
    """Return one page of what was shared; that it was read is noted in the same transaction."""
    words = ports.words
    entries = await ports.store.read_log(
        coach.id,
        cohort.id,
        page.which,
        before=page.above[-1] if page.above else None,
        limit=PAGE,
        at=ports.clock.now(),
        audit_id=ports.new_id(),
    )
    title = words.say("log-title", language, channel=cohort.channel_name)
    choices = await ports.store.log_choices(coach.id, cohort.id)
    menus = _menus(ports, cohort, choices, page, language)
    parts: list[Part] = [Heading(title), note(ports, language, "log-note")]
    if not menus:
        return Message(fallback=title, parts=(*parts, Body(words.body("log-empty", language))))
    parts += [*menus, Buttons((button(ports, language, "log.show", page.carried()),))]
    if not entries:
        parts.append(Body(words.body("log-no-more" if page.above else "log-none-such", language)))
    for entry in entries:
        parts += _entry(ports, coach, cohort, entry, language)
    turns = _turns(ports, page, entries, language)
    return Message(fallback=title, parts=(*parts, *([Buttons(turns)] if turns else [])))


def _entry(ports: Ports, coach: Member, cohort: Cohort, entry: LogEntry, language: Language) -> list[Part]:
    words = ports.words
    journey = words.journeys()[cohort.journey]
    item = journey.items.get(entry.item) if entry.item else None
    about = words.title_of(item.theme, language, week=entry.week) if item else None
    head = note(
        ports,
        language,
        "log-line",
        day=words.day(local_day(entry.at, coach.zone or cohort.zone), language),
        name=entry.name,
        about=about or words.say("about-week", language, week=entry.week),
        kind=words.say(f"log-kind-{'answer' if entry.answers else entry.kind}", language, question=entry.question or 0),
    )
    above = [Quote(short(entry.word), label=words.say("log-your-word", language))] if entry.word else []
    text = _text(ports, entry, language)
    buttons: list[Button] = []
    if len(text) > LONGEST_LINE:
        buttons.append(button(ports, language, "log.read", entry.id))
    if entry.kind != ReplyKind.COACH:
        buttons.append(button(ports, language, "log.answer", entry.id))
    return [head, *above, Quote(short(text, LONGEST_LINE)), *([Buttons(tuple(buttons))] if buttons else [])]


def _text(ports: Ports, entry: LogEntry, language: Language) -> str:
    if entry.kind not in PLANS:
        return entry.text
    first, _, second = entry.text.partition("\n")
    return ports.words.say(f"promise-{entry.kind}-text", language, first=first, second=second)


def _turns(ports: Ports, page: Page, entries: Sequence[LogEntry], language: Language) -> tuple[Button, ...]:
    buttons = []
    if page.above:
        newer = replace(page, above=page.above[:-1])
        buttons.append(button(ports, language, "log.newer", newer.carried()))
    if len(entries) == PAGE:
        last = entries[-1]
        older = replace(page, above=(*page.above, (last.at, last.id)))
        buttons.append(button(ports, language, "log.older", older.carried()))
    return tuple(buttons)


def _menus(ports: Ports, cohort: Cohort, choices: LogChoices, page: Page, language: Language) -> list[Part]:
    """Return what the log can be filtered by; only what occurs in what was shared is ever offered."""
    if not choices.people:
        return []
    words, which = ports.words, page.which
    journey = words.journeys()[cohort.journey]
    named = sorted(choices.people.items(), key=lambda pair: pair[1].casefold())
    themes = [
        (slug, words.title_of(item.theme, language, week=0))
        for slug, item in journey.items.items()
        if slug in choices.items
    ]
    numbered = [(str(week), words.say("about-week", language, week=week)) for week in sorted(choices.weeks)]
    return [
        _menu(ports, language, "log.person", named, which.member),
        _menu(ports, language, "log.item", themes, which.item),
        _menu(ports, language, "log.week", numbered, None if which.week is None else str(which.week)),
    ]


def _menu(ports: Ports, language: Language, name: str, found: list[tuple[str, str]], chosen: str | None) -> Choice:
    key = name.replace(".", "-")
    everything = Option(ALL, ports.words.say(f"{key}-all", language))
    options = (everything, *(Option(value, label) for value, label in found[:MOST_OPTIONS]))
    return Choice(id=name, label=ports.words.say(f"{key}-menu", language), options=options, chosen=chosen or ALL)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.LOG: log}


async def heard_read(ports: Ports, press: Press) -> None:
    """Show a coach the log of the person who answered them."""
    reply = await ports.store.reply(press.value)
    if reply is None:
        await refuse(ports, press, "log-gone")
        return
    member = await known(ports, press)
    cohort = await respond.coached(ports, member, reply.cohort)
    if member is None or cohort is None:
        await refuse(ports, press)
        return
    language = await language_of(ports, press, None, None)
    page = Page(cohort=cohort.id, which=LogFilter(member=reply.member))
    told = await tell(ports, press, await log_page(ports, member, cohort, page, language))
    await lay_aside.shown(ports, member, cohort, told)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "heard.read": heard_read,
    "log.open": log_open,
    "log.show": log_show,
    "log.newer": log_turn,
    "log.older": log_turn,
    **respond.PRESSES,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {**respond.FORMS}
