"""Six people, each with a way of their own: diligent, silent, joking, refusing, at half speed, careful about home."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind, Nudge
from tests.driver import Json
from tests.journey.asked import HOME, QUESTIONS, Asked

if TYPE_CHECKING:
    from tests.journey.life import Life

PRIVATE = "alleen-voor-mij"  # a word that may stand in nobody's messages
COACHED = "between-two"
HALF_SPEED = "at-half-speed"
SHARED = "for-the-team"
AT_HOME = "huilde-thuis"  # a word that may be kept nowhere
SAID = {
    Language.EN: ("we talked about the queue {}", "Wim from Purchasing rang back {}", "nobody saw a screen {}"),
    Language.NL: ("we hadden het over de rij {}", "Wim van Inkoop belde terug {}", "niemand keek naar een scherm {}"),
}
# Half a day, half a command, or none at all: answers, of which nothing is acted on.
JOKES = (
    "maandag over 2 weken",
    "1,5 week",
    "until 12/4",
    "pause for lunch with a customer",
    "stop the ticket reflex",
    "leave the desk and listen",
    "klaar met die tickets",
    "later today I call Wim",
)
HALF = {
    Language.EN: (
        "pause until 12/4",
        "pause maandag over 2 weken",
        "pause 1,5 week",
        "pause for lunch with a customer",
        "stop the ticket reflex",
        "later until 12/4",
        "resume when the queue is empty",
        "next monday",
        "later 31 february",
    ),
    Language.NL: (
        "pauze maandag over 2 weken",
        "pauze 1,5 week",
        "stop de ticketreflex",
        "later tot 12/4 ofzo",
        "pauze tot de lunch met een klant",
        "verder als de rij leeg is",
        "volgende maandag over 2 weken",
    ),
}
PAUSED_IN_WEEK, PAUSED_UNTIL = 7, date(2026, 3, 4)


class Acts(Protocol):
    """What somebody does about one message of a card."""

    async def __call__(self, life: "Life", person: "Person", row: Nudge, message: Json) -> None:
        """Do it."""


@dataclass(eq=False)
class Person:
    """Somebody on the journey, with what appeared so far."""

    name: str
    zone: str
    language: Language
    scope: str
    word: str
    acts: Acts
    pace: int = 1
    types: bool = True
    jokes: bool = False
    shares: bool = False  # whether they let what they type and plan into the channel
    seen: set[str] = field(default_factory=set)
    stood: tuple[str, ...] = ()  # what stood in their conversation when they looked last
    looked_back: set[str] = field(default_factory=set)
    got: list[tuple[Nudge, str]] = field(default_factory=list)
    did: set[str] = field(default_factory=set)  # items
    told: dict[str, str] = field(default_factory=dict)  # what they typed since their last review, and was kept
    paused_on: datetime | None = None
    said: int = 0  # how often they typed
    half_said: int = 0
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing asked."""
        self.asked = Asked(self.zone)

    def local(self, moment: datetime) -> datetime:
        """Return a moment on this person's clock."""
        return moment.astimezone(ZoneInfo(self.zone))

    def words(self) -> str:
        """Return what this person types next."""
        number = self.said
        self.said += 1
        if self.jokes:
            return f"{JOKES[number % len(JOKES)]} {self.word if number % 2 else ''}".strip()
        said = SAID[self.language]
        return said[number % len(said)].format(f"{self.word} {number}")


async def diligent(life: "Life", person: Person, row: Nudge, message: Json) -> None:
    """Makes a plan, does it on its day, answers all questions, brings one change back, keeps a habit."""
    world = life.world
    if row.kind is Kind.WELCOME:
        await life.press(person, row, "welcome.ok", message)
    elif row.kind is Kind.PULSE:
        await life.press(person, row, "pulse.open", message)
        assert await world.fill(person.name, promise="4", overall="7") == {}
    elif row.kind is Kind.NUDGE:
        await life.press(person, row, "nudge.plan", message)
        kept = {"first": f"het woensdag is {person.word}", "second": "bel ik"}
        words = {} if row.item == HOME else kept
        assert await world.fill(person.name, day=row.local_date + timedelta(days=1), **words) == {}
    elif row.kind is Kind.DAY_OF:
        await life.press(person, row, "day.done", message)
        if row.id not in life.changes:
            person.did.add(row.item or "")
    elif row.kind is Kind.DEBRIEF:
        await debriefs(life, person, row)
    elif row.kind is Kind.CHECK:
        await life.press(person, row, "check.yes", message)
    elif row.kind is Kind.KEEP:
        await world.driver.click(person.name, message, "keep.write")
        assert await world.fill(person.name, text=f"eerst luisteren {person.word}") == {}
        person.asked.pressed(row, "keep.write", life.now())


async def debriefs(life: "Life", person: Person, row: Nudge) -> None:
    """Answers the four questions, typed, in the form, or not at all, and makes a change of it."""
    world, asked = life.world, person.asked
    ways = ("write", "type", "skip", "write") if person.scope == "coach" else ("write", "skip", "write", "skip")
    while (number := asked.thing(row).number) < QUESTIONS:
        if row.item == HOME:
            await life.press(person, row, "debrief.next")
        elif ways[number] == "type":
            await life.type(person, f"happened {row.item} {person.word}")
        elif ways[number] == "skip":
            await life.press(person, row, "debrief.skip")
        else:
            await world.click(person.name, "debrief.write")
            assert await world.fill(person.name, text=f"verwachting {number} {row.item} {person.word}") == {}
            asked.pressed(row, "debrief.write", life.now())
    await world.click(person.name, "transfer.make")
    day = row.local_date + timedelta(days=6)
    filled = await world.fill(person.name, first=f"één belletje {person.word}", second="ik zelf", day=day)
    assert filled == {}


async def joking(life: "Life", person: Person, row: Nudge, message: Json) -> None:
    """Presses Done already, now or when asked once more, lets all questions be, and goes away for some days."""
    if row.kind is Kind.NUDGE and row.week % 4 == 1:
        await life.press(person, row, "nudge.done", message)
        person.did.add(row.item or "")
    elif row.kind is Kind.UNDONE:
        await life.press(person, row, "undone.done", message)
        person.did.add(row.item or "")
    elif row.kind is Kind.DEBRIEF:
        await life.press(person, row, "debrief.stop", message)
    elif row.kind is Kind.REFLECTION:
        await life.half(person)
        if row.week == PAUSED_IN_WEEK:
            await life.world.driver.command(person.name, "dm", f"pause until {PAUSED_UNTIL}")
            await life.world.click(person.name, "pause.until")
            person.paused_on = life.now()


async def refusing(life: "Life", person: Person, row: Nudge, message: Json) -> None:
    """Finds it not for them; does an alternative, or lets it go when asked once more."""
    if row.kind is Kind.NUDGE and row.week % 4 == 1:
        await life.press(person, row, "nudge.no", message)
        await life.press(person, row, "nudge.another")
        await life.press(person, row, "nudge.done")
        person.did.add(row.item or "")
    elif row.kind is Kind.UNDONE:
        await life.press(person, row, "undone.drop", message)
    elif row.kind is Kind.DEBRIEF:
        await life.press(person, row, "debrief.stop", message)
    elif row.kind is Kind.REFLECTION:
        await life.half(person)


async def half_speed(life: "Life", person: Person, row: Nudge, message: Json) -> None:
    """Answers on Thursday, when reminded; types what the four questions ask, and leaves the rest."""
    if row.kind is Kind.FOLLOW_UP:
        await life.press(person, row, "follow.done", message)
        person.did.add(row.item or "")
    elif row.kind is Kind.PULSE:
        await life.press(person, row, "pulse.skip", message)


async def silent(life: "Life", person: Person, row: Nudge, message: Json) -> None:
    """Joined, and is busy."""
