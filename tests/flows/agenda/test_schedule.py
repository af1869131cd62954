"""The agenda in motion: the week's budget, pauses, days off, zones, and how a journey ends."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.card import is_card
from bot.coaching.rules.due import UNCOUNTED
from bot.flows.agenda.schedule import free_day
from bot.flows.context.person import person_called
from bot.flows.due.due import BATCH, plan
from bot.store.port import Conflict
from tests.conftest import World
from tests.flows.replies.test_typed import NEXT_TUESDAY, TUESDAY, failing, row_of
from tests.flows.talk import ask_and_say_yes, begin, did_it, live_on, run_of
from tests.stored import commitments_for, key


async def rows_of(world: World, who: str, kind: Kind | None = None) -> list[Nudge]:
    """Return somebody's rows by due time."""
    rows = await world.bot.ports.store.nudges_of(*key(await run_of(world, who)))
    return [row for row in rows if kind in (None, row.kind)]


async def test_at_most_three_messages_a_week_and_the_least_urgent_yields(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)
    for _ in range(4):
        await world.click("Sanne", "debrief.skip")
    await world.click("Sanne", "transfer.make")
    await world.fill("Sanne", first="one call", second="me", day="2026-01-21")
    debrief = await row_of(world, "Sanne", Kind.DEBRIEF)
    run = await run_of(world, "Sanne")
    for day in (21, 22, 23):  # more than fits
        await world.bot.ports.store.save(
            replace(
                debrief,
                id=f"more-{day}",
                version=0,
                kind=Kind.CHECK,
                subject=commitments_for(world.bot.ports.store, debrief.id)[0].id,
                occurrence=f"more-{day}",
                state=NudgeState.PLANNED,
                sent_at=None,
                attempt=0,
                fence=0,
                answer=None,
                local_date=date(2026, 1, day),
                due_at=debrief.due_at + timedelta(days=day - 20),
                expires_at=debrief.expires_at + timedelta(days=day - 20),
            )
        )
    await world.driver.travel("2026-02-02T08:00")
    zone = ZoneInfo("Europe/Amsterdam")
    sent = [row for row in await rows_of(world, "Sanne") if row.sent_at and row.kind not in UNCOUNTED and is_card(row)]
    weeks = Counter(row.sent_at.astimezone(zone).isocalendar().week for row in sent if row.sent_at)
    assert max(weeks.values()) == 3
    checks = [row for row in await rows_of(world, "Sanne", Kind.CHECK) if row.occurrence.startswith("more-")]
    assert {row.state for row in checks} == {NudgeState.SENT}  # they stand on other cards
    assert run.state is EnrollmentState.ACTIVE


async def test_a_pause_holds_everything_and_ends_by_itself(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-02-02T20:00")
    assert len(await world.direct("Sanne")) == before
    await world.driver.travel("2026-02-03T12:00")
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE
    assert (await row_of(world, "Sanne", Kind.NUDGE)).week == 1


async def test_what_is_due_in_a_pause_waits_for_its_end(world: World) -> None:
    await begin(world, "Sanne")
    run = await run_of(world, "Sanne")
    paused = replace(run, state=EnrollmentState.PAUSED, paused_until=date(2026, 1, 31))  # a Saturday
    await world.bot.ports.store.save(paused)  # the rows stay where they are
    await world.driver.travel("2026-01-14T08:00")
    (row,) = [row for row in await rows_of(world, "Sanne", Kind.NUDGE) if row.week == 1]
    assert (row.local_date, row.state) == (date(2026, 2, 2), NudgeState.PLANNED)


async def test_two_ends_of_one_pause_are_one(world: World) -> None:
    await begin(world, "Sanne")
    run = await run_of(world, "Sanne")
    await world.bot.ticker.stop()
    await world.bot.ports.store.save(replace(run, state=EnrollmentState.PAUSED, paused_until=date(2026, 1, 12)))
    assert await plan(failing(world, save=[Conflict()])) == 0
    assert await plan(world.bot.ports) == 1
    far = replace(await run_of(world, "Sanne"), state=EnrollmentState.PAUSED, paused_until=date(2026, 1, 13))
    await world.bot.ports.store.save(far)
    assert await plan(world.bot.ports) == 0


async def test_nothing_comes_on_a_holiday_or_at_the_weekend(world: World) -> None:
    await world.start(country="NL")
    await world.join("Sanne")
    await live_on(world, "2026-04-07T20:00", "Sanne")
    days = [row.local_date for row in await rows_of(world, "Sanne") if row.state is NudgeState.SENT and row.week]
    assert days
    assert all(day.weekday() < 5 for day in days)
    assert date(2026, 4, 6) not in days  # Easter Monday


async def test_nothing_is_asked_about_what_was_left(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.no")
    await world.driver.travel(NEXT_TUESDAY)
    (row,) = [row for row in await rows_of(world, "Sanne", Kind.UNDONE) if row.week == 2]
    assert (row.state, row.reason) == (NudgeState.CANCELLED, "already answered")
    assert not await rows_of(world, "Sanne", Kind.DEBRIEF)


async def test_a_plan_ahead_and_a_snooze_silence_the_reminder(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-20")
    await world.click("Arjun", "nudge.later")
    assert await world.fill("Arjun", when="next_week") == {}
    await world.driver.travel("2026-01-15T20:00")
    for who in ("Sanne", "Arjun"):
        reminders = await rows_of(world, who, Kind.FOLLOW_UP)
        assert reminders[0].state is NudgeState.CANCELLED, who


async def test_a_journey_is_completed_after_its_last_week_and_boosters_still_come(world: World) -> None:
    await begin(world, "Sanne")
    await live_on(world, "2026-04-03T08:00", "Sanne")
    run = await run_of(world, "Sanne")
    assert run.state is EnrollmentState.COMPLETED
    assert run.ended_at is not None
    await world.driver.travel("2026-07-10T12:00")
    assert [row.week for row in await rows_of(world, "Sanne", Kind.BOOSTER) if row.sent_at] == [16, 24]


async def test_an_invitation_that_waited_too_long_is_not_posted(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    run = await run_of(world, "Sanne")
    cohort = run.cohort
    invitation = next(row for row in await ports.store.posts_of(run.workspace, cohort) if row.kind is Kind.INVITATION)
    old = replace(
        invitation,
        id="old",
        version=0,
        occurrence="old",
        state=NudgeState.PLANNED,
        sent_at=None,
        expires_at=ports.clock.now(),
    )
    await ports.store.save(old)
    assert await plan(ports) == 1
    assert (await ports.store.nudge(run.workspace, "old") or old).state is NudgeState.EXPIRED


async def test_a_thread_waits_for_its_first_post_and_goes_with_it(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    run = await run_of(world, "Sanne")
    cohort = run.cohort
    posts = await ports.store.posts_of(run.workspace, cohort)
    parent = next(row for row in posts if row.kind is Kind.TEAM_REFLECTION)
    now = ports.clock.now()
    share = replace(
        parent, id="share", version=0, kind=Kind.TEAM_SHARE, occurrence="x-share-0", subject=parent.id, due_at=now
    )
    await ports.store.save(share, replace(share, id="stray", occurrence="y-share-0", subject=None, expires_at=now))
    assert await plan(ports) == 1  # the stray one, whose time is over
    assert (await ports.store.nudge(run.workspace, "share") or parent).state is NudgeState.PLANNED
    await ports.store.settle(parent, NudgeState.CANCELLED, at=now)
    assert await plan(ports) == 1
    assert (await ports.store.nudge(run.workspace, "share") or parent).reason == "its thread never began"


async def test_what_cannot_be_planned_holds_nobody_up_and_ends_with_its_window(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    world.practice.clock.leap(timedelta(days=1, hours=1, minutes=10))
    assert await plan(failing(world, around_member=[RuntimeError("no")])) == 0
    assert "cannot plan" in caplog.text
    (nudge,) = [row for row in await rows_of(world, "Sanne", Kind.NUDGE) if row.week == 1]
    assert nudge.state is NudgeState.PLANNED
    world.practice.clock.leap(timedelta(hours=5))
    assert await plan(failing(world, around_member=[RuntimeError("no")])) == 1
    (nudge,) = [row for row in await rows_of(world, "Sanne", Kind.NUDGE) if row.week == 1]
    assert (nudge.state, nudge.reason) == (NudgeState.EXPIRED, "cannot plan: RuntimeError")
    world.practice.clock.leap(timedelta(days=2))
    assert await plan(failing(world, save=[Conflict()])) == 0


async def test_a_free_day_is_one_on_which_nothing_else_comes(world: World) -> None:
    await begin(world, "Sanne")
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    course = (await person_called(ports, run.workspace, run.member)).course
    assert course is not None
    for day, free in ((date(2026, 1, 14), date(2026, 1, 14)), (date(2026, 1, 15), date(2026, 1, 16))):
        assert free_day(ports.given(), course, course.agenda, day) == free


async def test_a_crowded_moment_is_decided_in_one_tick(world: World) -> None:
    await begin(world, "Sanne")
    await world.bot.ticker.stop()
    ports = world.bot.ports
    (row,) = await rows_of(world, "Sanne", Kind.CLOSING)
    now = ports.clock.now()
    many = [
        replace(
            row,
            id=f"more-{number}",
            version=0,
            kind=Kind.COACH_WORD,
            occurrence=f"more-{number}",
            due_at=now,
            expires_at=now + timedelta(hours=1),
        )
        for number in range(BATCH + 1)
    ]
    await ports.store.save(*many)
    assert await plan(ports) == BATCH + 1
    assert await plan(ports) == 0
