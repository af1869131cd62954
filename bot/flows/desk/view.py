"""What an address of the log asks for: which part of which log, and which search of the session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.reply import ReplyKind
from bot.coaching.records.session import Search
from bot.flows.desk.phrase import Phrase, phrase_of
from bot.flows.desk.place import Place, place_from, place_of
from bot.store.port.readers import ANSWER_KIND, LogFilter

LONGEST = 80  # characters of what an address narrows by; nothing of ours is longer
LAST_WEEK = 999
MOST_PEOPLE = 100  # that an address names
KINDS = (  # that a log can be narrowed to, in the order of the menu
    ReplyKind.TYPED,
    ReplyKind.DEBRIEF,
    ReplyKind.CHECK,
    ReplyKind.KEEP,
    ReplyKind.NOTE,
    CommitmentKind.PLAN,
    CommitmentKind.TRANSFER,
    ANSWER_KIND,
    ReplyKind.COACH,
)

Pairs = Sequence[tuple[str, str]]  # names and values, as they stand in an address


@dataclass(frozen=True, kw_only=True)
class View:
    """What an address asks for."""

    cohort: Cohort
    which: LogFilter = field(default_factory=LogFilter)
    search: Search | None = None
    before: Place | None = None  # None: from the newest on
    is_odd: bool = False  # something in the address made no sense, and does not narrow
    is_forgotten: bool = False  # the address names a search that the session does not know any more

    @property
    def phrase(self) -> Phrase | None:
        """What is looked for; None: nothing."""
        return phrase_of(self.search.words) if self.search else None

    @property
    def is_narrowed(self) -> bool:
        """Whether less than the whole log is asked for; a search apart."""
        return self.which != LogFilter()

    def pairs(self, *, before: str = "") -> Pairs:
        """Return what stands in the address of this view, or of the page of it below a place."""
        which = self.which
        found = [
            ("cohort", self.cohort.id),
            *(("person", each) for each in which.people),
            ("item", which.item or ""),
            ("week", "" if which.week is None else str(which.week)),
            *(("kind", str(each)) for each in which.kinds),
            ("unanswered", "yes" if which.is_unanswered else ""),
            ("search", self.search.id if self.search else ""),
            ("before", before),
        ]
        return [(name, value) for name, value in found if value]

    @property
    def here(self) -> Pairs:
        """What stands in the address of this very page."""
        return self.pairs(before=place_of(*self.before) if self.before else "")

    def without(self, name: str, value: str) -> Pairs:
        """Return the address of the newest page without one of the choices."""
        return [each for each in self.pairs() if each != (name, value)]

    def everything(self) -> "View":
        """Return the same search, if there is one, in the whole log."""
        return replace(self, which=LogFilter(), before=None)

    def unsearched(self) -> "View":
        """Return the part of the log that is looked through."""
        return replace(self, search=None, before=None)


def view_of(coached: Sequence[Cohort], asked: Pairs, searches: Sequence[Search] = ()) -> View | None:
    """Return what an address asks for; None when it names a log that is not theirs.

    Of a name that stands there once only, the last one counts. What makes no sense does not narrow.
    """
    one: Mapping[str, str] = dict(asked)
    cohort = next((each for each in coached if one.get("cohort", "") in ("", each.id)), None)
    if cohort is None:
        return None
    people, kinds = _all(asked, "person"), _all(asked, "kind")
    week, unanswered, before, search = (one.get(name, "") for name in ("week", "unanswered", "before", "search"))
    which = LogFilter(
        people=tuple(each[:LONGEST] for each in people[:MOST_PEOPLE]),
        item=one.get("item", "")[:LONGEST] or None,
        week=int(week) if _is_week(week) else None,
        kinds=tuple(each for each in KINDS if each in kinds),
        is_unanswered=unanswered == "yes",
    )
    view = View(
        cohort=cohort,
        which=which,
        search=next((each for each in searches if each.id == search), None),
        before=place_from(before),
    )
    is_odd = (
        len(people) > MOST_PEOPLE
        or len(which.kinds) < len(kinds)
        or bool(week and which.week is None)
        or unanswered not in ("", "yes")
        or bool(before and view.before is None)
    )
    return replace(view, is_odd=is_odd, is_forgotten=bool(search) and view.search is None)


def _all(asked: Pairs, name: str) -> list[str]:
    """Return all values of a name, each once, in their order."""
    return list(dict.fromkeys(value for each, value in asked if each == name and value))


def _is_week(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= len(str(LAST_WEEK))
