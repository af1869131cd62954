"""The coach's log at the desk: what members share with this coach, narrowed and paged by what its address says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.coaching.calendar import local_day
from bot.coaching.records.reply import ReplyKind
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, line_shown
from bot.flows.desk.phrase import Phrase
from bot.flows.desk.place import place_of
from bot.flows.desk.search import Sought, found
from bot.flows.desk.view import KINDS, Pairs, View
from bot.flows.ports import Ports
from bot.store.port.readers import LogChoices

A_PAGE = 25  # lines on one page


@dataclass(frozen=True, kw_only=True)
class Menu:
    """What a log can be narrowed by: values with their labels, and which are chosen."""

    name: str
    options: Sequence[tuple[str, str]]
    chosen: Sequence[str]
    is_many: bool = False  # several can be chosen

    @property
    def told(self) -> Sequence[str]:
        """The labels of what is chosen."""
        return [label for value, label in self.options if value in self.chosen]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One of the choices by which the log is narrowed."""

    label: str
    without: Pairs  # the address of the log without it


@dataclass(frozen=True, kw_only=True)
class Log:
    """A page of the log."""

    view: View
    lines: Sequence[ShownLine]
    menus: Sequence[Menu] = ()
    chosen: Sequence[Chosen] = ()
    since: str = ""  # the day on which its reader looked last before; empty: never, or something was looked for
    older: str  # the place below; empty when that is all
    has_any: bool = False  # whether anything is shared at all
    sought: Sought | None = None  # None: nothing was looked for


async def page(ports: Ports, visitor: Visitor, view: View) -> Log | None:
    """Return a page of the log, noted as looks in the transaction that reads it; None while the gate is shut."""
    coach, cohort = visitor.member, view.cohort
    if await ports.store.gate(coach.workspace) is None:
        return None
    phrase = view.phrase
    shown = await (_searched(ports, visitor, view, phrase) if phrase else _newest(ports, visitor, view))
    choices = await ports.store.log_choices(coach.workspace, coach.id, cohort.id, ports.now)
    menus = _menus(ports, visitor, view, choices)
    has_any = bool(choices.people or shown.lines)
    return replace(shown, menus=menus, chosen=_chosen(ports, visitor, view, menus), has_any=has_any)


async def _newest(ports: Ports, visitor: Visitor, view: View) -> Log:
    """Return the lines of a page, with which of them are new."""
    coach, cohort, audit_id = visitor.member, view.cohort, ports.new_id()
    since = await ports.store.looked_before(coach.workspace, coach.id, cohort.id, audit_id)
    entries = await ports.store.read_log(
        coach.workspace,
        coach.id,
        cohort.id,
        view.which,
        before=view.before,
        limit=A_PAGE,
        at=ports.now,
        audit_id=audit_id,
    )
    given = ports.given()
    lines = [line_shown(given, visitor.language, visitor.zone, cohort, each, since=since) for each in entries]
    older = place_of(lines[-1].at, lines[-1].id) if len(lines) == A_PAGE else ""
    return Log(view=view, lines=lines, since=_day(ports, visitor, since), older=older)


async def _searched(ports: Ports, visitor: Visitor, view: View, phrase: Phrase) -> Log:
    """Return the lines in which a phrase was found."""
    lines, sought = await found(ports, visitor, view, phrase)
    return Log(view=view, lines=lines, older=sought.older, sought=sought)


def _day(ports: Ports, visitor: Visitor, moment: datetime | None) -> str:
    return "" if moment is None else ports.words.day(local_day(moment, visitor.zone), visitor.language)


def _menus(ports: Ports, visitor: Visitor, view: View, choices: LogChoices) -> list[Menu]:
    """Return what the log can be narrowed by: what occurs in it, and what is chosen though it does not any more."""
    words, language, which = ports.words, visitor.language, view.which
    items = words.journeys()[view.cohort.journey].items
    people = sorted(choices.people.items(), key=lambda pair: pair[1].casefold())
    themes = [
        (slug, words.title_of(item.theme, language, week=0)) for slug, item in items.items() if slug in choices.items
    ]
    weeks = [(str(week), words.say("about-week", language, week=week)) for week in sorted(choices.weeks)]
    kinds = [
        (str(kind), words.say(f"desk-kind-{kind}", language))
        for kind in KINDS
        if kind in choices.kinds or kind in which.kinds or kind == ReplyKind.COACH
    ]
    teams = [(each.id, each.channel_name) for each in visitor.about.coached]
    week = () if which.week is None else (str(which.week),)
    menus = (
        Menu(name="person", options=people, chosen=which.people, is_many=True),
        Menu(name="kind", options=kinds, chosen=which.kinds, is_many=True),
        Menu(name="item", options=themes, chosen=(which.item,) if which.item else ()),
        Menu(name="week", options=weeks, chosen=week),
    )
    gone = words.say("desk-filter-gone", language)
    return [
        *([Menu(name="cohort", options=teams, chosen=(view.cohort.id,))] if len(teams) > 1 else []),
        *(replace(each, options=(*each.options, *_not_there(each, gone))) for each in menus),
    ]


def _not_there(menu: Menu, label: str) -> list[tuple[str, str]]:
    known = {value for value, _ in menu.options}
    return [(value, label) for value in menu.chosen if value not in known]


def _chosen(ports: Ports, visitor: Visitor, view: View, menus: Sequence[Menu]) -> list[Chosen]:
    """Return what was understood of an address, each with the way to the log without it."""
    found = [
        Chosen(label=label, without=view.without(menu.name, value))
        for menu in menus
        for value, label in menu.options
        if menu.name != "cohort" and value in menu.chosen
    ]
    told = ports.words.say("desk-filter-unanswered", visitor.language)
    is_unanswered = view.which.is_unanswered
    return [*found, *([Chosen(label=told, without=view.without("unanswered", "yes"))] if is_unanswered else [])]
