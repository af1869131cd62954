"""What typed words answer, worked out from what a person was shown and pressed, and from the calendar.

The message that came last is meant, or the one pressed since. Where it came by itself while another still waits for
words, two may be meant, and the person is to be asked. Four working days after it asked, a question asks no more.
No flow is asked for any of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.records.nudge import Kind, Nudge

HOME = "ask-your-partner"  # what is typed in its weeks is not kept
QUESTIONS = 4
STILL_ASKS = 4  # working days
OF_AN_ITEM = frozenset({Kind.NUDGE, Kind.FOLLOW_UP, Kind.UNDONE, Kind.DAY_OF})
ASKS = OF_AN_ITEM | {Kind.DEBRIEF, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.REFLECTION}
# After these an experiment invites words; a plan, and what was let go, do not.
INVITING = frozenset(
    {"nudge.done", "nudge.no", "nudge.another", "day.done", "follow.done", "undone.done", "undone.another"}
)
STEPS = frozenset({"debrief.next", "debrief.skip", "debrief.write"})  # to the next of the four questions


@dataclass(eq=False)
class Thing:
    """What may be answered: an experiment, its four questions, a check, the habit, a booster or a review."""

    kind: Kind
    row: str  # its message
    prompt: str
    item: str | None
    asked: datetime
    number: int = 0  # questions answered
    waits: bool = False  # whether it holds a question of its own that nobody answered


@dataclass(frozen=True)
class Place:
    """Where words are to go."""

    thing: Thing | None = None  # None: they answer nothing
    among: Sequence[Thing] = ()  # those of which the person is to choose one
    is_home: bool = False

    @property
    def kind(self) -> str:
        """As what they are kept."""
        thing = self.thing
        if thing is None:
            return "held" if self.among else "note"
        if thing.kind is Kind.DEBRIEF:
            return "debrief" if thing.waits else "typed"
        if thing.kind is Kind.KEEP:
            return "keep" if thing.waits else "typed"
        return "check" if thing.kind is Kind.CHECK and thing.number == 0 else "typed"

    @property
    def question(self) -> int | None:
        """Which of the four questions they answer."""
        return self.thing.number + 1 if self.thing is not None and self.kind == "debrief" else None


@dataclass
class Asked:
    """All that one person was asked, and what they did about it."""

    zone: str
    things: dict[tuple[str, str | None], Thing] = field(default_factory=dict)
    last: Thing | None = None
    came: bool = False  # the last one by itself, and nobody pressed anything since
    home_began: bool = False
    home_ended: bool = False  # the next experiment was there
    presses: list[str] = field(default_factory=list)

    def thing(self, row: Nudge, *, is_change: bool = False) -> Thing:
        """Return what a message asks about."""
        kind = Kind.NUDGE if row.kind in OF_AN_ITEM and not is_change else row.kind
        kind = Kind.DEBRIEF if is_change else kind
        name = (str(kind), row.item if kind in (Kind.NUDGE, Kind.DEBRIEF) else row.id)
        fresh = Thing(kind, row.id, row.prompt, row.item, row.due_at)
        return self.things.setdefault(name, fresh)

    def shown(self, rows: Sequence[Nudge], changes: Sequence[str], at: datetime) -> None:
        """Note a card, from its top to its end; `changes` names those that ask about a change at work.

        What leads it is what words answer, if nothing below waits for words; a review leads where nothing else does.
        """
        card: list[Thing] = []
        for row in rows:
            if row.kind not in ASKS:
                continue
            thing = self.thing(row, is_change=row.id in changes)
            thing.asked, self.came = at, True
            card.append(thing)
            if row.kind in (Kind.CHECK, Kind.KEEP):
                thing.waits = True
            elif row.kind is Kind.DEBRIEF:
                thing.waits = row.item != HOME and thing.number < QUESTIONS
            elif row.kind is Kind.NUDGE:
                self.home_began = self.home_began or row.item == HOME
                self.home_ended = self.home_began and row.item != HOME
        if card:
            self.last = next((each for each in card if each.kind is not Kind.REFLECTION), card[0])

    def pressed(self, row: Nudge, button: str, at: datetime, *, is_change: bool = False) -> None:
        """Note a press, or a form that was sent in after it; about a change at work nothing more is asked."""
        self.presses.append(button)
        if is_change:
            return
        thing = self.thing(row)
        if button in STEPS:
            thing.number += 1
            thing.asked = at
            thing.waits = thing.number < QUESTIONS and row.item != HOME
            if thing.number < QUESTIONS:
                self.last, self.came = thing, False
        elif button in INVITING or button == "check.yes":
            thing.asked, self.last, self.came = at, thing, False
        elif button in ("debrief.stop", "keep.write", "keep.skip"):
            thing.waits, thing.number = False, QUESTIONS
        elif button == "check.no":
            thing.waits, thing.number = False, 1

    def chosen(self, thing: Thing, at: datetime) -> None:
        """Note that the person said what was meant."""
        thing.asked, self.last, self.came = at, thing, False

    def answered(self, thing: Thing, at: datetime) -> None:
        """Note that words were filed there."""
        if thing.kind is Kind.DEBRIEF and thing.waits:
            thing.number += 1
            thing.waits = thing.number < QUESTIONS
            thing.asked, self.last, self.came = at, thing, False
        elif thing.kind in (Kind.KEEP, Kind.CHECK):
            thing.waits = False

    def expected(self, at: datetime) -> Place:
        """Return where words go that are typed now."""
        if self.is_home(at):
            return Place(is_home=True)
        last = self.last
        if last is None or self.lapsed(last, at):
            return Place()
        others = [each for each in self.things.values() if each is not last and each.waits]
        others = [each for each in others if not self.lapsed(each, at)]
        return Place(among=[last, *others]) if self.came and others else Place(thing=last)

    def is_home(self, at: datetime) -> bool:
        """Whether what is typed is about home: till the next experiment, or the end of its questions."""
        debrief = self.things.get((str(Kind.DEBRIEF), HOME))
        goes_on = debrief is not None and debrief.number < QUESTIONS and not self.lapsed(debrief, at)
        return self.home_began and (not self.home_ended or goes_on)

    def last_day(self, asked: datetime) -> date:
        """Return the last day on which a question asks."""
        return (self.until(asked) - timedelta(days=1)).date()

    def until(self, asked: datetime) -> datetime:
        """Return from when on a question asks no more."""
        day, left = asked.astimezone(ZoneInfo(self.zone)).replace(hour=0, minute=0, second=0, microsecond=0), STILL_ASKS
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day + timedelta(days=1)

    def lapsed(self, thing: Thing, at: datetime) -> bool:
        """Whether a question was left alone for so long that it asks no more."""
        return at.astimezone(ZoneInfo(self.zone)) >= self.until(thing.asked)
