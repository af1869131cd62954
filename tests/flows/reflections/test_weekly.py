"""The weekly look back, one's own and the cohort's: empty weeks, crowded ones, and no private word."""

from dataclasses import replace
from datetime import timedelta

from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.pulse import QUESTIONS, PulseAnswer, Wave
from bot.coaching.records.reflection import A_POST, MOST_POSTS
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.due.due import plan
from tests.conftest import CHANNEL, World
from tests.content import said, title, whole
from tests.driver import BOT, Json
from tests.flows.agenda.test_schedule import rows_of
from tests.flows.replies.test_typed import TUESDAY, row_of
from tests.flows.talk import begin, form_text, live_on, press, run_of

THURSDAY = "2026-01-15T16:00"
MONDAY = "2026-01-19T12:00"


async def posts(world: World) -> list[Json]:
    """Return what the bot said to the whole channel after the invitation."""
    spoken = await world.driver.messages("Iris", CHANNEL)
    return [post for post in spoken if post["user"] == BOT and not post["ephemeral"]][1:]


async def team_rows(world: World, kind: Kind = Kind.TEAM_REFLECTION) -> list[Nudge]:
    """Return the posts planned for the channel."""
    run = await run_of(world, "Sanne")
    return [row for row in await world.bot.ports.store.posts_of(run.workspace, run.cohort) if row.kind is kind]


# --- one's own --------------------------------------------------------------------------------------------------


async def test_an_empty_week_is_met_kindly_once_and_then_with_silence(world: World) -> None:
    await begin(world, "Sanne")
    await live_on(world, "2026-03-06T12:00", "Sanne")
    rows = await rows_of(world, "Sanne", Kind.REFLECTION)
    sent = [row for row in rows if row.state is NudgeState.SENT]
    assert len(sent) == 1
    assert "a second quiet week" in {row.reason for row in rows}
    await world.driver.travel("2026-03-17T12:00")
    await world.driver.say("Sanne", "dm", "something, at last")
    await world.driver.travel("2026-03-19T16:00")
    assert "something, at last" in await world.text("Sanne")


async def test_the_look_back_shows_own_words_and_counts_the_private_ones(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.done")
    for number in range(8):
        world.practice.clock.leap(timedelta(seconds=2))
        await world.driver.say("Sanne", "dm", f"thought {number} " + "x" * 700)
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", scope="private") == {}
    await world.driver.travel(THURSDAY)
    text = await world.text("Sanne")
    assert said("reflection-tried", count=1) in text
    assert "thought 0" in text
    assert said("reflection-more", count=1) in text
    assert said("reflection-private", count=1) in text
    assert "thought 7" not in text
    await world.click("Sanne", "reflection.read")
    assert "thought 7" in await form_text(world, "Sanne")
    reflection = await row_of(world, "Sanne", Kind.REFLECTION)
    assert said("press-foreign") in await press(world, "Marit", "reflection.read", reflection.id)
    assert said("press-stale") in await press(world, "Marit", "reflection.read", "x")


async def test_private_notes_that_were_all_shared_meanwhile_open_no_empty_form(world: World) -> None:
    await begin(world, "Sanne", scope="private")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "for me alone")
    await world.click("Sanne", "nudge.done")
    await world.driver.travel(THURSDAY)
    reflection = await row_of(world, "Sanne", Kind.REFLECTION)
    await world.click("Sanne", "reply.change")
    assert await world.fill("Sanne", scope="coach") == {}
    assert said("press-stale") in await press(world, "Sanne", "reflection.read", reflection.id)
    assert await world.driver.modal("Sanne") is None


async def test_a_look_back_in_a_pause_waits_for_its_end_and_too_late_it_is_left(world: World) -> None:
    await begin(world, "Sanne", "Arjun")
    ports = world.bot.ports
    await world.bot.ticker.stop()
    for who in ("Sanne", "Arjun"):
        (row, *_) = await rows_of(world, who, Kind.REFLECTION)
        now = ports.clock.now()
        late = now if who == "Arjun" else now + timedelta(hours=1)
        await ports.store.save(replace(row, due_at=now - timedelta(minutes=10), expires_at=late))
    run = await run_of(world, "Sanne")
    await ports.store.save(replace(run, state=EnrollmentState.PAUSED, paused_until=row.local_date))
    assert await plan(ports) == 2
    (waits, *_) = await rows_of(world, "Sanne", Kind.REFLECTION)
    assert (waits.state, waits.local_date) == (NudgeState.PLANNED, row.local_date)
    assert (await rows_of(world, "Arjun", Kind.REFLECTION))[0].state is NudgeState.EXPIRED


# --- the cohort's -----------------------------------------------------------------------------------------------


async def test_a_quiet_cohort_is_met_kindly_once_and_then_with_silence(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-02-09T12:00")
    assert len(await posts(world)) == 1
    assert [row.state for row in await team_rows(world)][:3] == [
        NudgeState.SENT,
        NudgeState.CANCELLED,
        NudgeState.CANCELLED,
    ]


async def test_a_quiet_post_that_never_came_does_not_count(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.put_out(CHANNEL)
    await world.driver.travel(MONDAY)
    await world.driver.let_in(CHANNEL)
    await world.driver.travel("2026-01-26T12:00")
    assert len(await posts(world)) == 1


async def test_two_hundred_long_replies_fit_and_none_of_them_is_private(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel(TUESDAY)
    nudge, run = await row_of(world, "Sanne", Kind.NUDGE), await run_of(world, "Sanne")
    now = world.practice.clock.now()
    hostile = "<!channel> & *bold* <x> ```code``` 💥 \u202e " * 400

    def reply(number: int) -> Reply:
        scope = (Scope.COACH, Scope.COACH, Scope.PRIVATE)[number % 3]
        return Reply(
            id=f"reply-{number}",
            workspace=nudge.workspace,
            cohort=nudge.cohort,
            enrollment=run.id,
            member=run.member,
            author=run.member,
            nudge=nudge.id,
            item=nudge.item,
            week=1,
            kind=ReplyKind.TYPED,
            text=f"{'shared' if number % 3 == 0 or number >= 30 else 'unasked'} {number} {hostile}",
            scope=scope,
            shared_at=now if number % 3 == 0 or number >= 30 else None,
            received_at=now + timedelta(seconds=number),
        )

    await world.bot.ports.store.save(*(reply(number) for number in range(220)))
    await world.driver.travel(MONDAY)
    parent, *thread = await posts(world)
    assert world.says("team-shared-below") in world.driver.texts(parent)
    assert len(thread) == MOST_POSTS
    assert {post["thread_ts"] for post in thread} == {parent["ts"]}
    assert all(len(post.get("blocks", ())) <= 50 for post in thread)
    words = "\n".join(map(world.driver.texts, thread))
    assert (
        words.count(whole("team-share-label", name="Sanne", about=title("people-before-systems/item")))
        == MOST_POSTS * A_POST
    )
    assert "unasked" not in words
    assert said("team-share-more", count=150) in words
    assert "And" not in world.driver.texts(thread[0])
    assert said("team-tried") not in world.driver.texts(parent)


async def test_what_a_reply_is_about_stands_with_the_name(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.say("Sanne", "dm", "hello, all")  # to the welcome, about no item
    await world.click("Sanne", "words.share")
    await world.driver.travel(MONDAY)
    _, share = await posts(world)
    assert world.driver.texts(share).startswith("Sanne\n")


async def test_at_half_speed_monday_tells_of_both_weeks(world: World) -> None:
    assert await world.start(pace="2") == {}
    await world.join("Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.done")  # in the first of the two weeks
    await world.driver.travel("2026-01-26T12:00")
    (post,) = [row for row in await team_rows(world) if row.state is NudgeState.SENT]
    made = await world.bot.ports.store.reflection_for(post.workspace, post.id)
    assert made is not None
    assert made.tried == 1


async def test_numbers_only_for_five_or_more(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun", "Iris")
    await world.join("Robin", zone="Europe/Amsterdam")
    ports = world.bot.ports

    async def answers(who: str, wave: Wave, value: int = 4) -> None:
        run = await run_of(world, who)
        await ports.store.save(
            *(
                PulseAnswer(
                    id=f"{who}-{wave}-{question.slug}",
                    workspace=run.workspace,
                    cohort=run.cohort,
                    enrollment=run.id,
                    member=run.member,
                    wave=wave,
                    question=question.slug,
                    value=value,
                )
                for question in QUESTIONS
            )
        )

    for who in ("Sanne", "Grace", "Arjun", "Robin"):
        await answers(who, Wave.BEFORE)
    await world.driver.travel("2026-01-13T20:00")
    for who in ("Sanne", "Grace", "Arjun", "Robin"):
        await world.click(who, "nudge.done")
    await world.driver.travel("2026-01-19T09:29")
    ahead = (await rows_of(world, "Sanne", Kind.NUDGE))[-1]  # she was faster: five deeds, four people
    await ports.store.save(replace(ahead, answer=Answer.DONE, answered_at=ports.clock.now()))
    await answers("Iris", Wave.BEFORE)
    await world.driver.travel(MONDAY)
    (post,) = await posts(world)
    text = world.driver.texts(post)
    assert said("team-pulse-before") in text
    assert "4: 5×" in text
    assert said("team-tried") not in text  # four did
    await world.driver.travel("2026-01-20T20:00")
    for who in ("Sanne", "Grace", "Arjun", "Robin", "Iris"):
        nudge = await row_of(world, who, Kind.NUDGE)
        await ports.store.save(replace(nudge, answer=Answer.DONE, answered_at=ports.clock.now()))
        await answers(who, Wave.AFTER)
    await world.join("Marit", zone="Europe/Amsterdam")  # who answers later is not known by the difference
    await answers("Marit", Wave.BEFORE, 2)
    await world.driver.travel("2026-01-26T12:00")
    assert "2: 1×" not in world.driver.texts((await posts(world))[0])
    assert said("team-tried", count=5) in world.driver.texts((await posts(world))[-1])
    await world.driver.travel("2026-04-06T12:00")
    closing = world.driver.texts((await posts(world))[-1])
    assert said("pulse-before-spread") in closing
    assert "4: 5×" in closing
    assert "2: 1×" not in closing
    assert said("pulse-after-spread") in closing
    run = await run_of(world, "Sanne")
    cohort = await ports.store.cohort(run.workspace, run.cohort)
    assert cohort is not None
    assert cohort.state is CohortState.ENDED


async def test_a_closing_of_few_shows_no_numbers_and_one_without_a_pulse_says_nothing_of_it(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-04-06T12:00")
    assert said("team-pulse-few", fewest=5) in world.driver.texts((await posts(world))[-1])
    await world.start(journey="taster")
    await world.driver.travel("2026-05-04T12:00")
    closing = world.driver.texts((await posts(world))[-1])
    assert said("team-pulse-few") not in closing


async def test_a_closing_that_came_too_late_frees_the_channel_all_the_same(world: World) -> None:
    await begin(world, "Sanne")
    (row,) = await team_rows(world, Kind.TEAM_CLOSING)
    await world.bot.ticker.stop()
    ports = world.bot.ports
    now = ports.clock.now()
    await ports.store.save(replace(row, due_at=now, expires_at=now))
    assert await plan(ports) == 1
    assert (await team_rows(world, Kind.TEAM_CLOSING))[0].state is NudgeState.EXPIRED
    assert await ports.store.cohort_in(row.workspace, await world.driver.channel("Sanne", CHANNEL)) is None
    (late, other, *_) = await team_rows(world)
    await ports.store.save(replace(late, due_at=now, expires_at=now))
    assert await plan(ports) == 1
    assert (await team_rows(world))[0].reason == "the cohort ended"
    cohort = await ports.store.cohort(row.workspace, row.cohort)
    assert cohort is not None
    await ports.store.save(replace(cohort, state=CohortState.ACTIVE), replace(other, due_at=now, expires_at=now))
    assert await plan(ports) == 1
    assert (await team_rows(world))[1].reason == "its window closed"
