"""Six people live the whole journey through practice over HTTP, and every message that appears is checked.

In the short form four of them live five weeks: home was talked about, and who is silent is left alone.
"""

from collections import Counter
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.coaching.calendar import next_workday, week_of
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.due import MOST_A_WEEK, UNCOUNTED
from bot.store.port.readers import LogFilter
from tests.conftest import T0, World
from tests.driver import BOT
from tests.flows.talk import member_of, run_of
from tests.journey.life import Life
from tests.journey.six import (
    AT_HOME,
    COACHED,
    HALF_SPEED,
    PAUSED_UNTIL,
    PRIVATE,
    SHARED,
    Person,
    diligent,
    half_speed,
    joking,
    refusing,
    silent,
)
from tests.long_form import LONG, short_on
from tests.stored import commitments_of
from tests.unlocked import plainly

pytestmark = [pytest.mark.journey, *short_on("teams", "the six people of test_words_stay live in Slack")]

MONDAY = date(2026, 1, 12)
ITEMS = (
    "people-before-systems",
    "ask-your-partner",
    "experience-top-service",
    "watch-a-perfect-team",
    "find-a-service-manager",
)
SLOW_CHANNEL = "service-desk"
# In the long form the last booster came, and no words are deleted for their age.
END = T0 + (timedelta(weeks=24, days=1) if LONG else timedelta(weeks=4, days=4))


async def begin(world: World, people: list[Person]) -> None:
    """Start a journey at full speed, and one at half where somebody is on it, and let everybody join theirs."""
    assert await world.start() == {}
    await world.coach()
    if any(person.pace > 1 for person in people):
        await world.driver.let_in(SLOW_CHANNEL)
        assert await world.start(channel=SLOW_CHANNEL, pace="2") == {}
        await world.coach()
    for person in people:
        if person.pace == 1:
            await world.join(person.name, scope=person.scope, language=person.language, zone=person.zone)
            continue
        await world.driver.command(person.name, SLOW_CHANNEL, "join")
        values = {"scope": person.scope, "language": person.language, "zone": person.zone}
        assert await world.fill(person.name, **values) == {}
        await world.settle()


async def test_six_people_live_twelve_weeks(world: World) -> None:
    """Every message comes from the content, once, at its hour, is true, and words go where their author was asked."""
    people = [
        Person("Sanne", "Europe/Amsterdam", Language.NL, "private", PRIVATE, diligent),
        Person("Grace", "America/New_York", Language.EN, "coach", SHARED, diligent, shares=True),
        Person("Arjun", "Asia/Kolkata", Language.EN, "coach", COACHED, joking, jokes=True),
        Person("Robin", "Europe/Amsterdam", Language.NL, "coach", SHARED, refusing, shares=True),
        Person("Iris", "Europe/Amsterdam", Language.EN, "coach", COACHED, silent, types=False),
        Person("Marit", "Europe/Amsterdam", Language.EN, "coach", HALF_SPEED, half_speed, pace=2),
    ]
    _, grace, arjun, _, iris, marit = people
    if not LONG:
        people = [each for each in people if each not in (grace, marit)]
    life = Life(world, people)
    await begin(world, people)
    for _ in range(600):
        for person in people:
            await life.look(person)
        ahead = (await world.driver.state())["next_event"]
        if ahead is None or datetime.fromisoformat(ahead) > END:
            break
        await world.driver.travel("event")
    for person in people:
        await life.look(person)
        rows = {row.id: row for row in await world.rows(person.name)}
        person.got = [(rows[row.id], text) for row, text in person.got]  # with what was answered since
        _in_order(person)
        _no_repeat(person)
        _rhythm(person)
        await _nothing_promised_dropped(world, person)
    await _left_alone(world, iris)
    _nothing_of_home(world)
    await _nothing_private_astray(world, people)
    await _mondays(life)
    await _log(world)
    if LONG:
        for person in people:
            _to_the_end(person)
        await _paused(world, arjun)
        await _ended(life)
        everywhere = {"typed", "debrief", "check", "keep", "note"}
        assert set(life.filed) == everywhere, "words were typed in every place there is"


def _kinds(person: Person) -> list[tuple[Kind, int]]:
    return [(row.kind, row.week) for row, _ in person.got]


def _in_order(person: Person) -> None:
    """The steps come in the journey's weeks, on the person's own days."""
    kinds = _kinds(person)
    weeks = [week for kind, week in kinds if kind not in (Kind.DAY_OF, Kind.CHECK)]
    assert weeks == sorted(weeks)
    assert kinds[:2] == [(Kind.WELCOME, 0), (Kind.PULSE, 0)]
    if person.acts is silent:
        return
    for number, item in enumerate(ITEMS):
        week = 2 * number + 1
        tuesday = MONDAY + timedelta(weeks=(week - 1) * person.pace, days=1)
        tuesday += timedelta(weeks=1 if person.paused_on and tuesday > PAUSED_UNTIL else 0)
        if tuesday > END.date():
            break
        nudge = next(row for row, _ in person.got if row.kind is Kind.NUDGE and row.item == item)
        assert (nudge.week, person.local(nudge.due_at).date()) == (week, tuesday), (person.name, item)
        debriefs = [row for row, _ in person.got if row.kind is Kind.DEBRIEF and row.item == item]
        assert len(debriefs) == (item in person.did), (person.name, item)
        for debrief in debriefs:
            done = [row for row, _ in person.got if row.item == item and row.kind is Kind.NUDGE and row.answered_at]
            done_on = max(person.local(row.answered_at).date() for row in done if row.answered_at)
            after = next_workday(done_on + timedelta(days=1), range(5), frozenset())
            assert person.local(debrief.due_at).date() == after, (person.name, item)
    if person.acts is diligent:
        assert not {Kind.FOLLOW_UP, Kind.UNDONE} & {kind for kind, _ in kinds}


def _to_the_end(person: Person) -> None:
    """The last weeks bring the habit, the questions again and the closing; then come the boosters."""
    if person.acts is silent:
        return
    kinds = _kinds(person)
    assert (Kind.KEEP, 11) in kinds
    assert (Kind.PULSE, 12) in kinds
    assert (Kind.CLOSING, 12) in kinds
    boosters = [week for kind, week in kinds if kind is Kind.BOOSTER]
    assert boosters == [16, 24] or (person.pace > 1 and boosters in ([], [16]))
    if person.acts is diligent:
        assert len([1 for kind, _ in kinds if kind is Kind.CHECK]) == 5
    if person.acts is half_speed:
        assert len([1 for kind, _ in kinds if kind is Kind.FOLLOW_UP]) == 5


def _no_repeat(person: Person) -> None:
    """Nobody reads the same authored text twice."""
    whole = [text for row, text in person.got if row.kind is not Kind.DAY_OF and text]
    assert len(whole) == len(set(whole)), person.name


def _rhythm(person: Person) -> None:
    """At most three cards a week and one a working day; what was not done is asked about once."""
    cards = [row for row, _ in person.got if row.kind not in UNCOUNTED and row.card in (None, row.id)]
    days = [(person.local(row.sent_at or row.due_at).date(), row) for row in cards]
    weeks = Counter(week_of(day) for day, _ in days)
    assert max(weeks.values()) <= MOST_A_WEEK, (person.name, weeks)
    once = Counter(day for day, row in days if not row.is_promised)
    assert max(once.values()) == 1, (person.name, once)
    undone = Counter(row.item for row, _ in person.got if row.kind is Kind.UNDONE)
    assert max(undone.values(), default=1) == 1, (person.name, undone)


async def _nothing_promised_dropped(world: World, person: Person) -> None:
    """The day of every plan and change came, with its question."""
    member = await member_of(world, person.name)
    assert member is not None
    asked = {row.subject for row, _ in person.got if row.kind is Kind.DAY_OF}
    made = commitments_of(world.bot.ports.store, member.id)
    assert {each.id for each in made if each.due_on < END.date()} == asked, person.name
    assert bool(made) == (person.acts is diligent)


async def _paused(world: World, person: Person) -> None:
    """A pause ends on its day, and nothing comes before."""
    run = await run_of(world, person.name)
    assert person.paused_on is not None
    assert run.state is not EnrollmentState.PAUSED
    assert run.resumed_at is not None
    assert person.local(run.resumed_at).date() == PAUSED_UNTIL
    came = [row.sent_at for row, _ in person.got if row.sent_at is not None]
    assert not [each for each in came if person.paused_on < each < run.resumed_at]


def _nothing_of_home(world: World) -> None:
    """No word that was typed in the weeks at home is kept."""
    with closing(plainly(Path(world.database_url.removeprefix("sqlite:///")))) as connection:
        assert not [line for line in connection.iterdump() if AT_HOME in line]


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


async def _left_alone(world: World, person: Person) -> None:
    """Who gives no sign for three weeks gets a line that says so, and then nothing more."""
    rows = [row for row in await world.rows(person.name) if row.sent_at is not None]
    came = {person.local(row.due_at).date() for row in rows if row.kind not in UNCOUNTED}
    (line,) = [row for row in rows if row.kind is Kind.SILENCE]
    on = person.local(line.due_at).date()
    assert max(came) < on, person.name
    assert timedelta(weeks=3) <= on - min(came) < timedelta(weeks=4), person.name


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
    assert len(moments) >= 3
    texts = [life.world.driver.texts(post) for post in parents]
    assert len(texts) == len(set(texts))
    authored = [
        life.said(text.body, Language.EN) for text in (*life.journey.team_reflections, *life.journey.team_quiet)
    ]
    for text in texts[1:-1] if LONG else texts[1:]:
        assert len([body for body in authored if life.plain(body, 0) in life.plain(text, 0)]) == 1, text
    assert shares
    assert any(SHARED in life.world.driver.texts(share) for share in shares)


async def _ended(life: Life) -> None:
    """The closing comes on the Monday after everybody's last week: a pause moves it, silence does not."""
    closings = [row for each in life.people if each.pace == 1 for row, _ in each.got if row.kind is Kind.CLOSING]
    monday = week_of(max(row.local_date for row in closings)) + timedelta(weeks=1)
    posts = [each for each in await life.world.driver.messages("Iris", "it-managers") if not each["ephemeral"]]
    last = [each for each in posts if each["user"] == BOT and each["thread_ts"] in (None, each["ts"])][-1]
    closing = life.journey.texts["closing/team"].title[Language.EN]
    assert life.plain(closing, 13) in life.plain(life.world.driver.texts(last), 13)
    assert life.world.driver.shown_at(last).date() == monday


async def _log(world: World) -> None:
    """The log holds what was said for coach and team, and nothing private."""
    entries = await world.bot.ports.store.operator_log(
        LogFilter(), before=None, limit=5_000, at=world.practice.clock.now(), audit_id="test"
    )
    said = [entry.text for entry in entries]
    assert any(COACHED in text for text in said)
    assert any(SHARED in text for text in said)
    assert not any(PRIVATE in text for text in said)
