"""Five people live the whole journey through practice over HTTP, and every message that appears is checked."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.coaching.calendar import next_workday
from bot.coaching.journey import Journey, Text
from bot.coaching.language import Language
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Scope
from bot.coaching.rules.card import in_order
from bot.flows.messages.experiment import WORDINGS
from bot.store.port.readers import LogFilter
from bot.words.files.locate import prompts_folder
from tests.conftest import T0, World
from tests.driver import BOT, Json
from tests.long_form import short_on
from tests.stored import commitment

pytestmark = [pytest.mark.journey, *short_on("teams", "the six people of test_words_stay live in Slack")]

MONDAY = date(2026, 1, 12)
ITEMS = (
    "people-before-systems",
    "ask-your-partner",
    "experience-top-service",
    "watch-a-perfect-team",
    "find-a-service-manager",
)
PRIVATE = "alleen-voor-mij"  # a word that may stand in nobody's messages
COACHED = "for-my-coach"
SHARED = "for-the-team"
MOST_A_WEEK = 3
NOT_COUNTED = (Kind.WELCOME, Kind.COACH_WORD, Kind.COACH_ASK)


@dataclass
class Person:
    """Somebody in the cohort, with what appeared so far."""

    name: str
    zone: str
    language: Language
    scope: str
    word: str
    acts: Callable[["Life", "Person", Nudge, Json], Awaitable[None]]
    shares: bool = False  # whether they let what they type and plan into the channel
    seen: set[str] = field(default_factory=set)
    stood: tuple[str, ...] = ()  # what stood in their conversation when they looked last
    looked_back: set[str] = field(default_factory=set)
    got: list[tuple[Nudge, str]] = field(default_factory=list)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))


def terms(platform: str, language: Language) -> dict[str, str]:
    """Return what a platform calls things, as the driver reads it."""
    text = (prompts_folder() / "platforms" / platform / f"{language}.ftl").read_text()
    return dict(re.findall(r"^-(\w+) = (.+)$", text.replace("@Pitstop", "/coach"), re.MULTILINE))


class Life:
    """Twelve weeks, lived event by event."""

    def __init__(self, world: World, people: list[Person]) -> None:
        self.world = world
        self.people = people
        self.terms = {each: terms(world.driver.platform, each) for each in Language}
        self.journey: Journey = world.bot.ports.words.journeys()["twelve-weeks"]

    async def look(self, person: Person) -> None:
        """Check and answer what is new in a person's conversation."""
        if (stands := await self.world.posted(person.name)) == person.stood:
            return
        person.stood = stands
        for message in await self.world.direct(person.name):
            if message["ts"] in person.seen or message["user"] != BOT or message["ephemeral"]:
                continue
            person.seen.add(message["ts"])
            row = await self.world.nudge_shown(message)
            if row is None:  # a confirmation of a reply says who may read it, in the person's language
                scope = self.world.bot.ports.words.say(f"scope-{person.scope}", person.language)
                assert scope in self.world.driver.texts(message)
                await self.share(person, message)
                continue
            for each in await self.card(person, row):
                self.check(person, each, message)
                await self.check_day(person, each, message)
                person.got.append((each, self.world.driver.texts(message) if each.id == row.id else ""))
                await person.acts(self, person, each, message)
            for standing in await self.world.direct(person.name):
                if standing["ts"] == message["ts"]:
                    await self.share(person, standing)

    async def card(self, person: Person, row: Nudge) -> list[Nudge]:
        """Return a message of the agenda with those that stand below it."""
        rows = await self.world.rows(person.name)
        return [row, *in_order(each for each in rows if each.card == row.id and each.id != row.id)]

    async def share(self, person: Person, message: Json) -> None:
        """Let the words of a message into the channel, where this person does."""
        if person.shares and self.says("words-share-button", person.language) in self.world.driver.labels(message):
            await self.world.driver.click(person.name, message, "words.share")

    def says(self, key: str, language: Language) -> str:
        """Return a phrase."""
        return self.world.bot.ports.words.on(self.world.driver.platform).say(key, language)

    def check(self, person: Person, row: Nudge, message: Json) -> None:
        """The message says what the content files say, in the person's language, at the person's hour."""
        shown = self.world.driver.texts(message)
        other = Language.NL if person.language is Language.EN else Language.EN
        for text in self.authored(row):
            states = (text, *text.also)
            stand = [
                self.plain(self.said(each.body, person.language), row.week) in self.plain(shown, row.week)
                for each in states
            ]
            assert any(stand), (row.kind, shown)
            for each in states:
                assert self.plain(self.said(each.body, other), row.week) not in self.plain(shown, row.week)
        if row.card not in (None, row.id):
            return
        sent = person.local(self.world.driver.shown_at(message))
        if row.kind in (Kind.WELCOME, Kind.PULSE) and row.week == 0:
            return
        assert sent.weekday() < 5, (person.name, row.kind, sent)
        hour = time(15, 0) if row.kind in (Kind.REFLECTION, Kind.FOLLOW_UP, Kind.CLOSING, Kind.DAY_OF) else time(10, 0)
        assert (sent.hour, sent.minute) == (hour.hour, hour.minute), (person.name, row.kind, sent)

    async def check_day(self, person: Person, row: Nudge, message: Json) -> None:
        """A question of the day asks about what was promised; a look back is one of the authored ones."""
        shown = self.plain(self.world.driver.texts(message), row.week)
        if row.kind is Kind.DAY_OF:
            promised = commitment(self.world.bot.ports.store, row.subject or "")
            assert promised is not None
            bodies = [self.said(self.journey.items[promised.item].day_of.body, person.language)]
            if promised.kind is CommitmentKind.TRANSFER:
                bodies = [self.says(f"transfer-day-{place}", person.language) for place in range(1, WORDINGS + 1)]
                assert promised.scope is Scope.PRIVATE or self.plain(promised.first, row.week) in shown
            assert any(self.plain(body, row.week) in shown for body in bodies)
            assert person.local(row.sent_at or row.due_at).date() == promised.due_on
        if row.kind is Kind.REFLECTION:
            bodies = [
                self.said(text.body, person.language) for text in (*self.journey.reflections, *self.journey.quiet)
            ]
            (body,) = [body for body in bodies if self.plain(body, row.week) in shown]
            assert body not in person.looked_back
            person.looked_back.add(body)

    def authored(self, row: Nudge) -> list[Text]:
        """Return the authored texts that must stand in a message of this kind."""
        item = self.journey.items.get(row.item or "")
        if item is not None:
            by_kind = {
                Kind.NUDGE: [item.nudge],
                Kind.FOLLOW_UP: [item.follow_up],
                Kind.UNDONE: [item.undone],
                Kind.DAY_OF: [],
                Kind.DEBRIEF: [item.debrief, item.questions[row.question]] if row.question < 4 else [item.debrief],
                Kind.CHECK: [item.check],
            }
            if row.kind in by_kind:
                return by_kind[row.kind]
        if row.kind is Kind.REFLECTION:
            return []  # one of many: check_day
        return [self.journey.texts[row.prompt]]

    def said(self, body: Mapping[Language, str], language: Language) -> str:
        """Return an authored text with this platform's own terms in it."""
        return re.sub(r"\{ -(\w+) \}", lambda term: self.terms[language][term[1]], body[language])

    @staticmethod
    def plain(text: str, week: int) -> str:
        """Return the words alone: Markdown, line ends and placeholders make no difference."""
        text = re.sub(r"\{\s*\$week\s*\}", str(week), text)
        return re.sub(r"[\s*_`~“”‘’\"'\\>•-]+", "", text).lower()


async def plans(life: Life, person: Person, row: Nudge, message: Json) -> None:
    """Makes a plan, does it on its day, answers all questions, brings one change back, keeps a habit."""
    world = life.world
    driver = world.driver
    if row.kind is Kind.WELCOME:
        await driver.click(person.name, message, "welcome.ok")
    elif row.kind is Kind.PULSE:
        await driver.click(person.name, message, "pulse.open")
        assert await world.fill(person.name, promise="4", overall="7") == {}
    elif row.kind is Kind.NUDGE:
        await driver.click(person.name, message, "nudge.plan")
        kept = {"first": f"het woensdag is {person.word}", "second": "bel ik"}
        words = {} if row.item == "ask-your-partner" else kept
        assert await world.fill(person.name, day=row.local_date + timedelta(days=1), **words) == {}
    elif row.kind is Kind.DAY_OF:
        await driver.click(person.name, message, "day.done")
    elif row.kind is Kind.DEBRIEF:
        await debriefs(life, person, row)
    elif row.kind is Kind.CHECK:
        await driver.click(person.name, message, "check.yes")
    elif row.kind is Kind.KEEP:
        await driver.click(person.name, message, "keep.write")
        assert await world.fill(person.name, text=f"eerst luisteren {person.word}") == {}


async def debriefs(life: Life, person: Person, row: Nudge) -> None:
    """Answers the four questions, typed and in the form in turn, and makes a transfer of it."""
    world = life.world
    if row.item == "ask-your-partner":
        for _ in range(4):
            await world.click(person.name, "debrief.next")
    else:
        await world.click(person.name, "debrief.write")
        assert await world.fill(person.name, text=f"verwachting {row.item} {person.word}") == {}
        if person.scope == "private":
            await world.click(person.name, "debrief.skip")
            await world.click(person.name, "debrief.write")
            assert await world.fill(person.name, text=f"gebeurd {row.item} {person.word}") == {}
        else:
            await world.driver.say(person.name, "dm", f"happened {row.item} {person.word}")
            await world.click(person.name, "debrief.skip")
        await world.click(person.name, "debrief.write")
        assert await world.fill(person.name, text=f"overgenomen {row.item} {person.word}") == {}
    await world.click(person.name, "transfer.make")
    day = row.local_date + timedelta(days=6)
    filled = await world.fill(person.name, first=f"één belletje {person.word}", second="ik zelf", day=day)
    assert filled == {}


async def just_does_it(life: Life, person: Person, row: Nudge, message: Json) -> None:
    """Presses Done already, says a word, and lets most questions be."""
    if row.kind is Kind.NUDGE:
        await life.world.driver.click(person.name, message, "nudge.done")
        if row.item != "ask-your-partner":
            await life.world.driver.say(person.name, "dm", f"did {row.item} {person.word}")
    elif row.kind is Kind.DEBRIEF:
        await life.world.driver.click(person.name, message, "debrief.stop")


async def takes_another(life: Life, person: Person, row: Nudge, message: Json) -> None:
    """Finds most of it not for them, and does an alternative."""
    if row.kind is Kind.NUDGE:
        await life.world.driver.click(person.name, message, "nudge.no")
        await life.world.click(person.name, "nudge.another")
        await life.world.click(person.name, "nudge.done")


async def puts_off(life: Life, person: Person, row: Nudge, message: Json) -> None:
    """Answers on Thursday, when reminded."""
    if row.kind is Kind.FOLLOW_UP:
        await life.world.driver.click(person.name, message, "follow.done")
    elif row.kind is Kind.PULSE:
        await life.world.driver.click(person.name, message, "pulse.skip")


async def says_nothing(life: Life, person: Person, row: Nudge, message: Json) -> None:
    """Joined, and is busy."""


async def test_five_people_live_twelve_weeks(world: World) -> None:
    """Every message comes from the content, once, at the right local hour, and no private word goes astray."""
    people = [
        Person("Sanne", "Europe/Amsterdam", Language.NL, "private", PRIVATE, plans),
        Person("Grace", "America/New_York", Language.EN, "coach", SHARED, plans, shares=True),
        Person("Arjun", "Asia/Kolkata", Language.EN, "coach", COACHED, just_does_it),
        Person("Robin", "Europe/Amsterdam", Language.NL, "coach", SHARED, takes_another, shares=True),
        Person("Iris", "Europe/Amsterdam", Language.EN, "coach", COACHED, puts_off),
    ]
    life = Life(world, people)
    assert await world.start() == {}
    await world.coach()
    for person in people:
        await world.join(person.name, scope=person.scope, language=person.language, zone=person.zone)
    end = T0 + timedelta(weeks=25)
    for _ in range(400):
        for person in people:
            await life.look(person)
        if await world.driver.travel("event") > end:
            break
        if (await world.driver.state())["next_event"] is None:
            break
    for person in people:
        await life.look(person)
        rows = {row.id: row for row in await world.rows(person.name)}
        person.got = [(rows[row.id], text) for row, text in person.got]  # with what was answered since
        _in_order(person)
        _no_repeat(person)
        _never_more_than_three_a_week(person)
    await _nothing_private_astray(world, people)
    await _mondays(life)
    await _log(world)


def _kinds(person: Person) -> list[tuple[Kind, int]]:
    return [(row.kind, row.week) for row, _ in person.got]


def _in_order(person: Person) -> None:
    """The steps come in the journey's weeks, on the person's own days."""
    kinds = _kinds(person)
    weeks = [week for kind, week in kinds if kind not in (Kind.DAY_OF, Kind.CHECK)]
    assert weeks == sorted(weeks)
    assert kinds[:2] == [(Kind.WELCOME, 0), (Kind.PULSE, 0)]
    for number, item in enumerate(ITEMS):
        week = 2 * number + 1
        (nudge,) = [row for row, _ in person.got if row.kind is Kind.NUDGE and row.item == item]
        tuesday = MONDAY + timedelta(weeks=week - 1, days=1)
        assert (nudge.week, person.local(nudge.due_at).date()) == (week, tuesday), (person.name, item)
        (debrief,) = [row for row, _ in person.got if row.kind is Kind.DEBRIEF and row.item == item]
        assert nudge.answered_at is not None
        done_on = person.local(nudge.answered_at).date()
        assert person.local(debrief.due_at).date() == next_workday(done_on + timedelta(days=1), range(5), frozenset())
    assert (Kind.KEEP, 11) in kinds
    assert (Kind.PULSE, 12) in kinds
    assert (Kind.CLOSING, 12) in kinds
    assert [week for kind, week in kinds if kind is Kind.BOOSTER] == [16, 24]
    if person.acts is plans:
        assert len([1 for kind, _ in kinds if kind is Kind.CHECK]) == 5
        assert Kind.FOLLOW_UP not in [kind for kind, _ in kinds]
    if person.acts is puts_off:
        assert len([1 for kind, _ in kinds if kind is Kind.FOLLOW_UP]) == 5


def _no_repeat(person: Person) -> None:
    """Nobody reads the same authored text twice."""
    whole = [text for row, text in person.got if row.kind is not Kind.DAY_OF and text]
    assert len(whole) == len(set(whole)), person.name


def _never_more_than_three_a_week(person: Person) -> None:
    weeks: dict[date, int] = {}
    for row, _ in person.got:
        if row.kind in NOT_COUNTED or row.card not in (None, row.id):
            continue
        sent = person.local(row.sent_at or row.due_at).date()
        monday = sent - timedelta(days=sent.weekday())
        weeks[monday] = weeks.get(monday, 0) + 1
    assert max(weeks.values()) <= MOST_A_WEEK, (person.name, weeks)


async def _nothing_private_astray(world: World, people: list[Person]) -> None:
    """What is private stands in no message at all; what is the coach's, in no channel and in nobody else's."""
    for viewer in [*(person.name for person in people), "Marit"]:
        state = await world.driver.state(await world.driver.person(viewer))
        for channel, messages in state["messages"].items():
            for message in messages:
                if message["user"] != BOT:
                    continue
                words = world.driver.texts(message)
                assert PRIVATE not in words, (viewer, words)
                if COACHED in words:
                    assert channel == await world.driver.channel(viewer, "dm"), words
                    assert viewer in ("Arjun", "Iris"), words


async def _mondays(life: Life) -> None:
    """The channel hears the invitation, at most one post a week on Monday morning, and the closing."""
    posts = [
        message
        for message in await life.world.driver.messages("Iris", "it-managers")
        if message["user"] == BOT and not message["ephemeral"]
    ]
    parents = [post for post in posts if post["thread_ts"] in (None, post["ts"])]
    shares = [post for post in posts if post["thread_ts"] not in (None, post["ts"])]
    moments = [life.world.driver.shown_at(post).astimezone(ZoneInfo("Europe/Amsterdam")) for post in parents[1:]]
    assert all((each.weekday(), each.hour, each.minute) == (0, 9, 30) for each in moments)
    assert len({each.date() for each in moments}) == len(moments)
    assert 3 <= len(moments) <= 12
    texts = [life.world.driver.texts(post) for post in parents]
    assert len(texts) == len(set(texts))
    authored = [
        life.said(text.body, Language.EN) for text in (*life.journey.team_reflections, *life.journey.team_quiet)
    ]
    for text in texts[1:-1]:
        assert len([body for body in authored if life.plain(body, 0) in life.plain(text, 0)]) == 1, text
    assert shares
    assert any(SHARED in life.world.driver.texts(share) for share in shares)
    closing = life.journey.texts["closing/team"].title[Language.EN]
    assert life.plain(closing, 13) in life.plain(texts[-1], 13)


async def _log(world: World) -> None:
    """The log holds what was said for coach and team, and nothing private."""
    entries = await world.bot.ports.store.operator_log(
        LogFilter(), before=None, limit=500, at=world.practice.clock.now(), audit_id="test"
    )
    said = [entry.text for entry in entries]
    assert any(COACHED in text for text in said)
    assert any(SHARED in text for text in said)
    assert not any(PRIVATE in text for text in said)
