"""The coach's log, and answering a person through the bot."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.chat.port import Press
from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.coach import answer
from bot.flows.coach.page import DEEPEST, Page, page_from
from bot.store.port.readers import LogFilter
from tests.conftest import CHANNEL, World, shipped_words
from tests.content import NL, said, whole
from tests.flows.talk import ask, begin, did_it, form_text, member_of, press, run_of, submitted, the_log, with_trigger
from tests.stored import audit_of, commitments_of, replies_to

NUDGED = "2026-01-13T17:00"  # in Amsterdam; the nudge has come in New York too


async def share(world: World, who: str, *texts: str) -> None:
    """Say things under the first nudge."""
    for text in texts:
        await world.driver.say(who, "dm", text)


async def replies(world: World, who: str) -> Sequence[Reply]:
    member = await member_of(world, who)
    assert member is not None
    return await world.bot.ports.store.replies_of(member.workspace, member.id, limit=50)


async def looks(world: World, who: str) -> Sequence[AuditEntry]:
    member = await member_of(world, who)
    assert member is not None
    return audit_of(world.bot.ports.store, member.id)


async def read(world: World) -> str:
    return world.driver.texts(await the_log(world, CHANNEL))


# --- who may read -----------------------------------------------------------------------------------------------


async def test_the_log_is_for_coaches_who_said_yes(world: World) -> None:
    assert said("log-not-coach", platform=world.driver.platform) in await ask(world, "Iris", "log")
    await world.start()
    await world.join("Sanne", language="nl")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "only for the coach")
    told = await ask(world, "Marit", "log")
    assert said("log-invited") in told
    assert "only for the coach" not in told
    assert said("log-not-coach", NL, world.driver.platform) in await ask(world, "Sanne", "log")
    assert await looks(world, "Sanne") == []
    await world.coach()
    assert "only for the coach" in await ask(world, "Marit", "log")


async def test_a_coach_reads_what_was_shared_and_never_what_is_private(world: World) -> None:
    await begin(world, "Sanne", scope="private")
    await world.join("Grace", scope="coach")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "my secret")
    told = await ask(world, "Marit", "log")
    assert said("log-empty") in told
    assert "Sanne" not in told
    await share(world, "Grace", "for everyone <!channel>", "😀")
    await world.click("Grace", said("nudge-plan-button"))
    await world.fill("Grace", first="it rains", second="I call")
    told = await ask(world, "Marit", "log")
    assert "for everyone <!channel>" in told
    assert whole("promise-plan-text", first="it rains", second="call") in told
    assert "my secret" not in told
    assert "Sanne" not in told
    assert [(look.action, look.count) for look in await looks(world, "Grace")] == [(Action.READ, 3)]


async def test_a_plan_of_which_only_the_day_is_kept_is_not_in_the_log(world: World) -> None:
    """The partner item: that there is a plan says nothing a coach needs to know."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-27T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    assert await world.fill("Sanne") == {}
    assert said("log-empty") in await ask(world, "Marit", "log")
    member = await member_of(world, "Sanne")
    assert member is not None
    plan = commitments_of(world.bot.ports.store, member.id)[0]
    assert said("log-gone") in await press(world, "Marit", "log.answer", plan.id)


async def test_a_note_that_answers_nothing_stands_in_the_log_as_one(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "so far so good")  # before the first week
    told = await ask(world, "Marit", "log")
    assert "so far so good" in told
    assert f"· {shipped_words().say('log-kind-note', Language.EN)}" in told


async def test_an_answer_stands_with_its_question_and_what_is_new_apart_from_what_was_seen(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "the first thing")
    told = await ask(world, "Marit", "log")
    assert said("log-new") not in told  # the first look: all of it is
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T10:00")
    await world.click("Sanne", "debrief.write")
    assert await world.fill("Sanne", text="the second thing") == {}
    told = await ask(world, "Marit", "log")
    question = shipped_words().journeys()["twelve-weeks"].items["people-before-systems"].questions[0]
    asked = shipped_words().body_of(question, Language.EN, week=1).split("**")[0].strip()
    assert asked
    new, seen = said("log-new", day="Tuesday 13 January"), said("log-seen")
    parts = [told.index(each) for each in (new, asked, "the second thing", seen, "the first thing")]
    assert parts == sorted(parts)
    assert world.driver.labels(await the_log(world, CHANNEL)).count(said("log-answer-button")) == 2
    await world.click("Marit", "log.show", CHANNEL)  # the same look, narrowed: what was new still is
    assert said("log-new", day="Tuesday 13 January") in await read(world)


async def test_who_declined_is_told_the_log_is_for_coaches(world: World) -> None:
    await world.start()
    await world.click("Marit", "coach.decline")
    assert said("log-not-coach", platform=world.driver.platform) in await ask(world, "Marit", "log")


async def test_a_coach_who_stopped_being_one_turns_no_page(world: World) -> None:
    await begin(world, "Sanne")
    run = await run_of(world, "Sanne")
    page = Page(cohort=run.cohort).carried()
    for who in ("Sanne", "Iris"):
        for button, value in (("log.older", page), ("log.show", page), ("log.open", run.cohort)):
            assert said("press-stale") in await press(world, who, button, value)
    for value in ("", "[]", '["x"]', '["x",1,2,3,[["never","x"]]]', "{"):
        assert said("press-stale") in await press(world, "Marit", "log.newer", value)
    assert said("press-stale") in await press(world, "Marit", "log.show", "")


# --- paging and choosing ----------------------------------------------------------------------------------------


async def test_older_and_newer_lead_through_the_whole_log(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", *(f"thought {number:02}" for number in range(16)))
    told = await ask(world, "Marit", "log")
    assert "thought 15" in told
    assert "thought 08" in told
    assert "thought 07" not in told
    assert said("log-newer-button") not in world.driver.labels(await the_log(world, CHANNEL))
    await world.click("Marit", said("log-older-button"), CHANNEL)
    told = await read(world)
    assert "thought 07" in told
    assert "thought 08" not in told
    await world.click("Marit", said("log-older-button"), CHANNEL)
    assert said("log-no-more") in await read(world)
    assert said("log-older-button") not in world.driver.labels(await the_log(world, CHANNEL))
    await world.click("Marit", said("log-newer-button"), CHANNEL)
    await world.click("Marit", said("log-newer-button"), CHANNEL)
    assert "thought 15" in await read(world)
    shown = await world.screen("Marit")
    assert sum(said("log-title") in text for text in shown.values()) == 1  # turned in place


async def test_the_log_is_chosen_by_person_item_and_week(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "from Sanne")
    await share(world, "Grace", "from Grace")
    await ask(world, "Marit", "log")
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    await world.click("Marit", "log.show", CHANNEL, log_person=sanne.id)
    told = await read(world)
    assert "from Sanne" in told
    assert "from Grace" not in told
    await world.click("Marit", "log.show", CHANNEL, log_person="all", log_item="people-before-systems", log_week="1")
    assert "from Grace" in await read(world)
    run = await run_of(world, "Sanne")
    forged = Press(
        **await with_trigger(world, "Marit"),
        button="log.show",
        value=Page(cohort=run.cohort).carried(),
        inputs={"log.week": "7"},
        ref=None,
        at_home=True,
    )
    await world.bot.handle(forged)
    assert said("log-none-such") in world.driver.texts(await the_log(world))


async def test_a_coach_of_two_teams_is_asked_whose_log(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.let_in("service-desk")
    await world.start(channel="service-desk")
    await world.coach()
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "from it-managers")
    assert said("log-which") in await ask(world, "Marit", "log", "dm")
    run = await run_of(world, "Sanne")
    await world.click("Marit", "log.show", log_cohort=run.cohort)
    assert "from it-managers" in world.driver.texts(await the_log(world))
    assert "service-desk" in await ask(world, "Marit", "log", "service-desk")


async def test_a_long_line_opens_whole_and_the_look_is_noted(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel(NUDGED)
    await share(world, "Sanne", "listening is work " * 300)
    told = await ask(world, "Marit", "log")
    assert len(told) < 1500
    await world.click("Marit", said("log-read-button"), CHANNEL)
    entire = (await form_text(world, "Marit")).replace("\n", "")
    assert entire.count("listening is work") >= 298  # a word may be cut in two where a piece ends
    assert [look.action for look in await looks(world, "Sanne")] == [Action.READ, Action.READ]
    long = (await replies(world, "Sanne"))[0]
    assert said("log-gone") in await press(world, "Grace", "log.read", long.id)


def test_a_button_remembers_the_last_pages_within_the_limit() -> None:
    moment = datetime(2026, 1, 12, 8, 0, 0, 123456, tzinfo=UTC)
    above = tuple((moment, f"{number:032}") for number in range(40))
    which = LogFilter(people=("m" * 32,), item="experience-top-service", week=12)
    page = Page(cohort="c" * 32, which=which, above=above)
    carried = page.carried()
    assert len(carried) <= 2000
    back = page_from(carried)
    assert back is not None
    assert (back.which, back.above) == (page.which, above[-DEEPEST:])


# --- answering --------------------------------------------------------------------------------------------------


async def test_a_coach_answers_through_the_bot_under_the_nudge(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.driver.travel("2026-01-13T10:00")
    nudge = await world.latest("Sanne")
    await share(world, "Sanne", "it went well")
    await ask(world, "Marit", "log")
    await world.click("Marit", "log.answer", CHANNEL)
    assert "it went well" in await form_text(world, "Marit")
    form = await world.form("Marit")
    assert await world.fill("Marit", text="Well done <!channel>") == {}
    await world.settle()
    assert said("log-answered", name="Sanne") in await world.text("Marit")
    landed = await world.latest("Sanne")
    assert landed["thread_ts"] == (nudge["ts"] if world.driver.has_threads else None)
    assert whole("coach-word-label", NL, name="Marit") + "\nWell done <!channel>" in world.driver.texts(landed)
    assert form["id"]
    twice = await submitted(
        world, "Marit", "log.write", (await replies(world, "Sanne"))[0].id, text="Well done <!channel>"
    )
    assert await answer.log_written(world.bot.ports, twice) is None
    words = replies_to(world.bot.ports.store, (await replies(world, "Sanne"))[0].nudge)
    assert [(word.kind, word.scope) for word in words] == [
        (ReplyKind.TYPED, Scope.COACH),
        (ReplyKind.COACH, Scope.COACH),
    ]
    assert Action.ANSWER in [look.action for look in await looks(world, "Sanne")]
    told = await ask(world, "Marit", "log")
    assert said("log-kind-coach") in told
    assert world.driver.labels(await the_log(world, CHANNEL)).count(said("log-answer-button")) == 1


async def test_a_coach_answers_a_plan(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    await world.fill("Sanne", first="it rains", second="I call")
    await ask(world, "Marit", "log")
    await world.click("Marit", "log.answer", CHANNEL)
    assert whole("promise-plan-text", first="it rains", second="call") in await form_text(world, "Marit")
    assert await world.fill("Marit", text="Good plan") == {}
    await world.settle()
    assert "Good plan" in await world.text("Sanne")


@pytest.mark.parametrize("meanwhile", ["narrowed", "deleted", "left", "erased"])
async def test_what_was_taken_back_meanwhile_is_neither_read_nor_answered(world: World, meanwhile: str) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await share(world, "Sanne", "on second thought")
    reply = (await replies(world, "Sanne"))[0]
    await ask(world, "Marit", "log")
    if meanwhile == "narrowed":
        await world.click("Sanne", "reply.change")
        await world.fill("Sanne", scope="private")
    elif meanwhile == "deleted":
        await world.click("Sanne", "reply.delete")
    elif meanwhile == "left":
        await ask(world, "Sanne", "leave")
    else:
        await ask(world, "Sanne", "forget")
        await world.fill("Sanne", agreed=("yes",))
    refused = await world.bot.handle(await submitted(world, "Marit", "log.write", reply.id, text="Too late"))
    assert refused is not None
    assert said("log-gone") in refused.errors["text"]
    assert said("log-gone") in await press(world, "Marit", "log.answer", reply.id)
    await world.settle()
    assert "Too late" not in "".join(map(world.driver.texts, await world.direct("Sanne")))


async def test_an_answer_has_at_least_a_word_and_comes_from_a_coach(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await world.driver.travel("2026-01-13T10:00")
    await share(world, "Sanne", "shared with my coach")
    reply = (await replies(world, "Sanne"))[0]
    empty = await submitted(world, "Marit", "log.write", reply.id, text="  ")
    refused = await answer.log_written(world.bot.ports, empty)
    assert refused is not None
    assert said("log-answer-empty") in refused.errors["text"]
    for who in ("Grace", "Iris"):
        assert said("log-gone") in await press(world, who, "log.answer", reply.id)
        form = await submitted(world, who, "log.write", reply.id, text="I am no coach")
        assert await answer.log_written(world.bot.ports, form) is not None
