"""Pitstop was away, for an hour or for weeks: one message each, at a good hour, and the rest is left."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.overdue import ANSWERS, MISSED
from bot.flows.due.due import plan
from bot.flows.due.overdue import recover
from bot.store.port import Conflict
from tests.conftest import World
from tests.flows.reflections.test_weekly import posts, team_rows
from tests.flows.replies.test_typed import TUESDAY, failing
from tests.flows.talk import ask_and_say_yes, begin, live_on, member_of, run_of
from tests.remembered import remembered

PEOPLE = {"Sanne": "Europe/Amsterdam", "Arjun": "Asia/Kolkata", "Grace": "America/New_York"}


@remembered
async def gather(world: World, *people: str) -> None:
    """Let people of several zones join a journey."""
    await world.start()
    await world.coach()
    for who in people or PEOPLE:
        await world.join(who, zone=PEOPLE[who])


async def away(world: World, since: str, until: str) -> datetime:
    """Let nobody tick in a span of Amsterdam's time; return when somebody is there again."""
    await world.driver.travel(since)
    zone = ZoneInfo("Europe/Amsterdam")
    back = datetime.fromisoformat(until).replace(tzinfo=zone).astimezone(UTC)
    world.practice.clock.set(back)
    await world.settle()
    return back


def came(rows: list[Nudge], since: datetime, until: datetime) -> list[Nudge]:
    """Return what the schedule sent in a span."""
    return [row for row in rows if row.sent_at and since <= row.sent_at < until and row.kind not in ANSWERS]


@pytest.mark.parametrize(
    ("since", "until", "missed"),
    [
        ("2026-01-13T09:30", "2026-01-13T10:30", 0),  # an hour over the nudge
        ("2026-01-13T08:00", "2026-01-14T09:00", 0),  # a day
        ("2026-01-13T08:00", "2026-01-20T12:00", 3),  # a week: nudge, reminder, look back, what became of it
        ("2026-01-13T08:00", "2026-02-04T12:00", 7),  # three weeks
        ("2026-01-13T08:00", "2026-01-17T03:00", 1),  # back in the night of a Saturday
    ],
)
async def test_one_message_each_comes_at_work_and_the_rest_expired(
    world: World, since: str, until: str, missed: int
) -> None:
    await gather(world)
    back = await away(world, since, until)
    overdue = {who: [row for row in await world.rows(who) if row.due_at < back] for who in PEOPLE}
    await world.driver.travel((back + timedelta(days=2)).isoformat())
    for who, zone in PEOPLE.items():
        rows = await world.rows(who)
        caught = came([row for row in rows if row.id in {each.id for each in overdue[who]}], back, back + timedelta(9))
        assert len(caught) <= 1, who
        lost = [row for row in rows if row.reason == MISSED]
        assert all(row.state is NudgeState.EXPIRED for row in lost)
        if who == "Sanne":
            assert len(lost) >= missed
        since_then = came(rows, back, back + timedelta(days=9))
        days = Counter(row.sent_at.astimezone(ZoneInfo(zone)).date() for row in since_then if row.sent_at)
        assert max(days.values(), default=0) <= 1, who
        for row in since_then:
            assert row.sent_at is not None
            clock = row.sent_at.astimezone(ZoneInfo(zone))
            assert 8 <= clock.hour < 18, who
            assert clock.weekday() < 5, who


async def test_after_an_hour_the_nudge_comes_at_once(world: World) -> None:
    await gather(world)
    back = await away(world, "2026-01-13T09:30", "2026-01-13T10:30")
    nudge = await world.row("Sanne", Kind.NUDGE)
    assert nudge.sent_at is not None
    assert timedelta() <= nudge.sent_at - back < timedelta(minutes=1)
    assert not [row for row in await world.rows("Sanne") if row.state is NudgeState.EXPIRED]


async def test_a_nudge_that_comes_late_moves_what_follows_it(world: World) -> None:
    """Back on Monday: the question of Tuesday would ask what came of yesterday."""
    await gather(world, "Sanne")
    await away(world, "2026-01-13T08:00", "2026-01-19T09:00")
    nudge = await world.row("Sanne", Kind.NUDGE)
    assert nudge.local_date == date(2026, 1, 19)
    (reminder,) = [row for row in await world.rows("Sanne", Kind.FOLLOW_UP) if row.week == 1]
    assert (reminder.state, reminder.reason) == (NudgeState.EXPIRED, MISSED)
    (asked,) = [row for row in await world.rows("Sanne", Kind.UNDONE) if row.week == 2]
    assert (asked.local_date, asked.state) == (date(2026, 1, 21), NudgeState.PLANNED)
    await world.driver.travel("2026-01-26T08:00")
    assert (await world.row("Sanne", Kind.UNDONE)).id == asked.id
    week = came(await world.rows("Sanne"), datetime(2026, 1, 19, tzinfo=UTC), datetime(2026, 1, 26, tzinfo=UTC))
    assert [row.kind for row in week] == [Kind.NUDGE, Kind.UNDONE, Kind.REFLECTION]


async def test_a_nudge_whose_question_was_missed_too_comes_alone(world: World) -> None:
    await gather(world, "Sanne")
    await away(world, "2026-01-13T08:00", "2026-01-21T09:00")
    assert (await world.row("Sanne", Kind.NUDGE)).week == 1
    (asked,) = [row for row in await world.rows("Sanne", Kind.UNDONE) if row.week == 2]
    assert (asked.state, asked.reason) == (NudgeState.EXPIRED, MISSED)
    await world.driver.travel("2026-02-03T12:00")
    assert (await world.row("Sanne", Kind.UNDONE)).week == 4  # the next item goes its way


async def test_a_missed_question_about_a_nudge_that_came_is_asked_after_all(world: World) -> None:
    await gather(world, "Sanne")
    await away(world, "2026-01-19T20:00", "2026-01-21T09:00")
    assert (await world.row("Sanne", Kind.UNDONE)).local_date == date(2026, 1, 21)


async def test_what_is_being_delivered_and_what_is_caught_up_are_one_message(world: World) -> None:
    """The nudge was ready when the process died, its plan's day came up meanwhile."""
    await gather(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-14")
    nudge = await world.row("Sanne", Kind.NUDGE)
    ready = replace(
        nudge,
        id="more",
        version=0,
        occurrence="more",
        kind=Kind.BOOSTER,
        state=NudgeState.READY,
        sent_at=None,
        answer=None,
        due_at=nudge.due_at + timedelta(days=1, hours=3),
        expires_at=nudge.due_at + timedelta(days=1, hours=7),
    )
    world.practice.clock.set(nudge.due_at + timedelta(days=1, hours=6))  # 16:00, the question was due at 15:00
    await world.bot.ports.store.save(ready)
    await world.settle()
    assert (await world.rows("Sanne", Kind.BOOSTER))[0].state is NudgeState.SENT
    (question,) = await world.rows("Sanne", Kind.DAY_OF)
    assert (question.local_date, question.state) == (date(2026, 1, 16), NudgeState.PLANNED)  # Thursday is taken


async def test_in_a_pause_what_was_overdue_waits_for_its_end(world: World) -> None:
    await begin(world, "Sanne")
    run = await run_of(world, "Sanne")
    paused = replace(run, state=EnrollmentState.PAUSED, paused_until=date(2026, 1, 19))
    await world.bot.ports.store.save(paused)  # the rows stay where they are
    world.practice.clock.leap(timedelta(days=1, hours=3))
    await world.settle()
    (nudge,) = [row for row in await world.rows("Sanne", Kind.NUDGE) if row.week == 1]
    assert (nudge.local_date, nudge.state) == (date(2026, 1, 19), NudgeState.PLANNED)
    (asked,) = [row for row in await world.rows("Sanne", Kind.UNDONE) if row.week == 2]
    assert asked.local_date == date(2026, 1, 21)


async def test_nothing_is_caught_up_for_who_left_or_whose_account_is_gone(world: World) -> None:
    await gather(world, "Sanne", "Arjun")
    await world.bot.ticker.stop()
    store = world.bot.ports.store
    await store.save(replace(await run_of(world, "Sanne"), state=EnrollmentState.LEFT))
    arjun = await member_of(world, "Arjun")
    assert arjun is not None
    await store.save(replace(arjun, state=MemberState.DEACTIVATED))
    world.practice.clock.leap(timedelta(days=4))
    assert await plan(world.bot.ports) == 2
    for who, reason in (("Sanne", "left"), ("Arjun", "account deactivated")):
        nudge = (await world.rows(who, Kind.NUDGE))[0]
        assert (nudge.state, nudge.reason) == (NudgeState.CANCELLED, reason)


async def test_an_answer_somebody_waits_for_comes_late_and_not_at_night(world: World) -> None:
    await world.start()
    await world.coach()
    await world.driver.travel("2026-01-13T17:00")
    await world.bot.ticker.stop()  # it dies the moment somebody joins
    await world.driver.command("Sanne", "it-managers", "join")
    form = await world.form("Sanne")
    await world.driver.submit("Sanne", form, world.driver.fill(form, {"scope": "coach", "language": "en"}))
    world.practice.clock.set(datetime(2026, 1, 14, 2, 0, tzinfo=UTC))
    assert await plan(world.bot.ports) == 1
    (welcome,) = await world.rows("Sanne", Kind.WELCOME)
    assert welcome.due_at == datetime(2026, 1, 14, 7, 0, tzinfo=UTC)
    (pulse, _) = await world.rows("Sanne", Kind.PULSE)
    assert pulse.due_at >= welcome.due_at


async def test_a_coach_who_was_asked_at_night_is_asked_in_the_morning(world: World) -> None:
    await world.start(coaches=("Marit",))
    store, ports = world.bot.ports.store, world.bot.ports
    marit = await member_of(world, "Marit")
    assert marit is not None
    (asked, *_) = await store.sent_to(marit.workspace, marit.id, limit=5)
    await world.bot.ticker.stop()
    again = replace(asked, id="again", version=0, occurrence="again", state=NudgeState.PLANNED, sent_at=None)
    await store.save(again)
    world.practice.clock.set(datetime(2026, 1, 14, 2, 0, tzinfo=UTC))
    assert await plan(ports) == 1
    assert (await store.nudge(asked.workspace, "again") or asked).due_at == datetime(2026, 1, 14, 7, 0, tzinfo=UTC)


async def test_the_last_weeks_missed_complete_the_journey(world: World) -> None:
    await gather(world, "Sanne")
    await live_on(world, "2026-03-28T08:00", "Sanne")
    await away(world, "2026-03-30T08:00", "2026-05-20T12:00")
    run = await run_of(world, "Sanne")
    assert run.state is EnrollmentState.COMPLETED
    assert not came(await world.rows("Sanne", Kind.CLOSING), datetime(2026, 5, 1, tzinfo=UTC), run.ended_at or T_END)


T_END = datetime(2027, 1, 1, tzinfo=UTC)


async def test_two_workers_back_at_once_settle_it_once(world: World) -> None:
    await gather(world, "Sanne")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    world.practice.clock.leap(timedelta(days=8))
    row = (await world.rows("Sanne", Kind.NUDGE))[0]
    assert await recover(ports, row)
    before = await world.rows("Sanne")
    assert not await recover(ports, row)  # with what it read before the other
    assert await world.rows("Sanne") == before
    assert await plan(failing(world, save=[Conflict()] * 9, settle=[Conflict()] * 9)) == 0


async def test_a_team_hears_of_its_week_within_the_window_and_not_later(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "it worked")
    await world.click("Sanne", "words.share")
    await away(world, "2026-01-19T09:00", "2026-01-19T12:00")
    assert len(await posts(world)) == 2  # the reflection and its thread
    await away(world, "2026-01-26T09:00", "2026-01-26T17:00")
    states = [(row.state, row.reason) for row in await team_rows(world)][:2]
    assert states == [(NudgeState.SENT, None), (NudgeState.EXPIRED, "its window closed")]


async def test_three_weeks_away_the_channel_gets_no_burst(world: World) -> None:
    await begin(world, "Sanne")
    await away(world, "2026-01-13T08:00", "2026-02-02T10:00")  # twenty minutes after the third was due
    assert len(await posts(world)) == 1


async def test_a_pause_asked_for_keeps_its_word_over_an_outage(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    before = len(await world.direct("Sanne"))
    await away(world, "2026-01-13T08:00", "2026-02-02T12:00")
    assert len(await world.direct("Sanne")) == before
    await world.driver.travel("2026-02-03T12:00")
    assert len(await world.direct("Sanne")) == before + 1


async def test_a_reminder_that_asks_nothing_any_more_leaves_its_place_to_the_look_back(world: World) -> None:
    await gather(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.done")
    await away(world, "2026-01-15T14:00", "2026-01-15T16:00")
    assert (await world.row("Sanne", Kind.REFLECTION)).local_date == date(2026, 1, 15)
    assert (await world.rows("Sanne", Kind.FOLLOW_UP))[0].reason == MISSED


async def test_the_day_before_the_next_experiment_the_last_one_is_left(world: World) -> None:
    await gather(world, "Sanne")
    await away(world, "2026-01-13T08:00", "2026-01-26T09:00")
    assert not [row for row in await world.rows("Sanne", Kind.NUDGE) if row.state is NudgeState.SENT]
    await world.driver.travel("2026-01-27T12:00")
    assert (await world.row("Sanne", Kind.NUDGE)).week == 3
