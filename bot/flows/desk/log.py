"""The coach's log at the desk: what members share with this coach, narrowed and paged by what its address says."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.coaching.calendar import local_day
from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import Cohort
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, lines_shown
from bot.flows.desk.place import Place, place_from, place_of
from bot.flows.ports import Ports
from bot.store.port.readers import LogChoices, LogFilter

A_PAGE = 25  # lines on one page
A_PART = 1_000  # lines of an export that are read, and noted, at once
LONGEST = 80  # characters of what an address narrows by; nothing of ours is longer
LAST_WEEK = 999


@dataclass(frozen=True, kw_only=True)
class View:
    """What an address asks for: which part of which log."""

    cohort: Cohort
    which: LogFilter = field(default_factory=LogFilter)
    before: Place | None = None  # None: from the newest on

    def query(self, *, before: str = "") -> dict[str, str]:
        """Return what stands in the address of this view, or of the page of it below a place."""
        which = self.which
        week = "" if which.week is None else str(which.week)
        found = {
            "cohort": self.cohort.id,
            "person": which.member or "",
            "item": which.item or "",
            "week": week,
            "before": before,
        }
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, kw_only=True)
class Menu:
    """What a log can be narrowed by: values with their labels, and which is chosen."""

    name: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class Log:
    """A page of the log."""

    view: View
    menus: Sequence[Menu]
    lines: Sequence[ShownLine]
    since: str  # the day on which its reader looked last before; empty: never
    older: str  # the place below; empty when that is all
    has_any: bool  # whether anything is shared at all


def view_of(coached: Sequence[Cohort], asked: Mapping[str, str]) -> View | None:
    """Return what an address asks for; None when it names a log that is not theirs. What is odd does not narrow."""
    named = asked.get("cohort", "")
    cohort = next((each for each in coached if named in ("", each.id)), None)
    if cohort is None:
        return None
    week = asked.get("week", "")
    is_week = week.isascii() and week.isdecimal() and len(week) <= len(str(LAST_WEEK))
    which = LogFilter(
        member=asked.get("person", "")[:LONGEST] or None,
        item=asked.get("item", "")[:LONGEST] or None,
        week=int(week) if is_week else None,
    )
    return View(cohort=cohort, which=which, before=place_from(asked.get("before", "")))


async def page(ports: Ports, visitor: Visitor, view: View) -> Log | None:
    """Return a page of the log, noted as looks in the transaction that reads it; None while the gate is shut."""
    coach, cohort = visitor.member, view.cohort
    if await ports.store.gate(coach.workspace) is None:
        return None
    audit_id = ports.new_id()
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
    choices = await ports.store.log_choices(coach.workspace, coach.id, cohort.id, ports.now)
    lines = lines_shown(ports.given(), visitor.language, visitor.zone, cohort, entries, since=since)
    is_full = len(lines) == A_PAGE
    return Log(
        view=view,
        menus=_menus(ports, visitor, view, choices),
        lines=lines,
        since=_day(ports, visitor, since),
        older=place_of(lines[-1].at, lines[-1].id) if is_full else "",
        has_any=bool(choices.people) or bool(lines),
    )


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
    teams = [(each.id, each.channel_name) for each in visitor.about.coached]
    return [
        *([Menu(name="cohort", options=teams, chosen=view.cohort.id)] if len(teams) > 1 else []),
        Menu(name="person", options=people, chosen=which.member or ""),
        Menu(name="item", options=themes, chosen=which.item or ""),
        Menu(name="week", options=weeks, chosen="" if which.week is None else str(which.week)),
    ]


async def exported(ports: Ports, visitor: Visitor, view: View) -> AsyncIterator[Sequence[ShownLine]]:
    """Yield all that a view shows, from the newest on, part by part; that a part leaves is noted as it is read."""
    coach, before, stem, count = visitor.member, view.before, ports.new_id(), 0
    while True:
        entries = await ports.store.read_log(
            coach.workspace,
            coach.id,
            view.cohort.id,
            view.which,
            before=before,
            limit=A_PART,
            at=ports.now,
            audit_id=f"{stem}-{count}",
            action=Action.DOWNLOAD,
        )
        yield lines_shown(ports.given(), visitor.language, visitor.zone, view.cohort, entries)
        if len(entries) < A_PART:
            return
        before, count = (entries[-1].at, entries[-1].id), count + 1
