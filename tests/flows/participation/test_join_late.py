"""Joining in a later week, and a channel whose posts go on for who is still under way, as people live it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.coaching.calendar import week_of
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Scope
from bot.flows.due.due import plan
from tests.conftest import CHANNEL, World
from tests.content import said, some_of, whole
from tests.driver import Json
from tests.flows.participation.test_join import DESK, cohort_in
from tests.flows.talk import ask, begin, click_home, direct_text, form_text, home_text, run_of


async def in_week(world: World, number: int) -> None:
    """Let the cohort have begun so long ago that this is a week of its journey."""
    cohort = await cohort_in(world)
    monday = week_of(world.practice.clock.now().date()) - timedelta(weeks=number - 1)
    await world.bot.ports.store.save(replace(cohort, starts_on=monday))


async def test_who_joins_in_week_5_is_asked_where_to_begin_and_finds_what_was_before_on_their_page(
    world: World,
) -> None:
    await begin(world)
    await in_week(world, 5)
    await world.click("Sanne", "cohort.join", CHANNEL)
    told = await form_text(world, "Sanne")
    for words in (said("consent-late", week=5, weeks=12), said("begin-first"), said("begin-together", week=5)):
        assert words in told
    form = await world.form("Sanne")
    assert world.driver.preset(form, "begin") is None
    values = {"scope": "private", "language": "en"}
    assert set(await world.driver.submit("Sanne", form, world.driver.fill(form, values))) == {"begin"}
    assert await world.fill("Sanne", **values, begin="together") == {}
    await world.settle()
    await world.driver.travel("2026-01-13T10:05")
    assert [row.week for row in await world.rows("Sanne", Kind.NUDGE) if row.state is NudgeState.SENT] == [5]
    await world.driver.travel("2026-01-14T09:00")
    await world.driver.open_home("Sanne")
    assert said("home-earlier") in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "earlier.send")
    await world.settle()
    sent = [row.item for row in await world.rows("Sanne", Kind.NUDGE) if row.state is NudgeState.SENT]
    assert sent == ["experience-top-service", "people-before-systems"]
    assert whole("about-week", week=5) in await direct_text(world, "Sanne")


async def test_a_channel_has_posts_as_long_as_anybody_is_under_way_and_then_it_ends(world: World) -> None:
    """Its weeks are over after this one, as its posts have it; Sanne joined late and began with week 1."""
    await begin(world, "Sanne")
    store, cohort, now = world.bot.ports.store, await cohort_in(world), world.bot.ports.now
    rows = [row for row in await store.posts_of(cohort.workspace, cohort.id) if row.state is NudgeState.PLANNED]
    closing = next(row for row in rows if row.kind is Kind.TEAM_CLOSING)
    over = [replace(row, state=NudgeState.CANCELLED) for row in rows if row is not closing]
    await store.save(*over, replace(closing, local_date=now.date(), due_at=now, expires_at=now + timedelta(hours=4)))
    assert await plan(world.bot.ports) + await plan(world.bot.ports) == 2
    posts = await store.posts_of(cohort.workspace, cohort.id)
    ahead = [(row.kind, row.local_date) for row in posts if row.state is NudgeState.PLANNED]
    assert ahead == [(Kind.TEAM_REFLECTION, date(2026, 1, 19)), (Kind.TEAM_CLOSING, date(2026, 1, 26))]
    assert {row.state for row in posts if row.week == 13} == {NudgeState.CANCELLED}  # there were no words to post
    assert (await cohort_in(world)).state is CohortState.ACTIVE
    await world.driver.command("Sanne", CHANNEL, "leave")
    await world.driver.travel("2026-01-26T12:00")
    ended = await store.cohort(cohort.workspace, cohort.id)
    assert ended is not None
    assert (ended.state, ended.ended_at is None) == (CohortState.ENDED, False)
    assert some_of("closing/team") in await world.text("Iris", CHANNEL)
    assert (await run_of(world, "Sanne")).cohort == cohort.id


# --- with a journey that is there already -----------------------------------------------------------------------


async def test_a_journey_comes_along_to_another_team_and_its_words_stay_where_they_were_written(world: World) -> None:
    """What was let into the old team's post goes there, and nowhere else."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:05")
    await world.driver.say("Sanne", "dm", "said in the old team")
    await world.click("Sanne", "words.share")
    await world.driver.let_in(DESK)
    await world.start(by="Grace", channel=DESK, coaches=("Grace",))
    await world.coach("Grace")
    await world.driver.command("Sanne", DESK, "join")
    await world.click("Sanne", "join.along", DESK)
    assert said("consent-along") in await form_text(world, "Sanne")
    assert await world.fill("Sanne", scope="coach") == {}
    await world.settle()
    assert said("join-goes-on", week=1) in await direct_text(world, "Sanne")
    run, old = await run_of(world, "Sanne"), await cohort_in(world)
    assert run.cohort == (await cohort_in(world, DESK)).id
    await world.driver.say("Sanne", "dm", "said in the new team")
    store = world.bot.ports.store
    kept = await store.replies_of(run.workspace, run.member, limit=9)
    assert {reply.text: reply.cohort for reply in kept} == {
        "said in the old team": old.id,
        "said in the new team": run.cohort,
    }
    told = {who: await ask(world, who, "log", "dm") for who in ("Marit", "Grace")}
    assert [("old team" in text, "new team" in text) for text in told.values()] == [(False, False), (False, True)]
    await world.click("Sanne", "reply.delete", "dm")  # the newest
    await world.driver.travel("2026-01-19T12:00")
    channels = {name: await world.driver.messages("Iris", name) for name in (CHANNEL, DESK)}
    posts = {
        name: "\n".join([world.driver.texts(post) for post in found] + await threads(world, name, found))
        for name, found in channels.items()
    }
    assert ["said in the old team" in posts[name] for name in (CHANNEL, DESK)] == [True, False]


async def threads(world: World, channel: str, posts: list[Json]) -> list[str]:
    """Return what stands below the posts of a channel."""
    below = [await world.driver.messages("Iris", channel, thread=post["ts"]) for post in posts]
    return [world.driver.texts(each) for found in below for each in found]


async def test_who_left_goes_on_where_they_were(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:05")
    await world.driver.command("Sanne", CHANNEL, "leave")
    first = await run_of(world, "Sanne")
    await world.driver.travel("2026-02-02T08:00")
    await world.driver.command("Sanne", CHANNEL, "join")
    await world.click("Sanne", "join.along", CHANNEL)
    assert said("consent-go-on", week=1) in await form_text(world, "Sanne")
    assert await world.fill("Sanne", scope="private") == {}
    run = await run_of(world, "Sanne")
    assert (run.id, run.state, run.scope) == (first.id, EnrollmentState.ACTIVE, Scope.PRIVATE)
    await world.driver.travel("2026-02-17T12:00")
    came = [row.kind for row in await world.rows("Sanne") if row.state is NudgeState.SENT and row.week == 3]
    assert came == [Kind.NUDGE]  # week 3 of the journey, two weeks on
