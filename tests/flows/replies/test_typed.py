"""What is typed to the bot: kept with the right nudge, confirmed, followed when it changes, gone when taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Deleted, Edited, Message, Outcome, Place, Said
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import ScreenState
from bot.coaching.words import taken_back
from bot.flows.dispatch import receive
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import NL, labels, said, title, whole
from tests.driver import BOT
from tests.flows.talk import (
    BY_MARIT,
    ask,
    begin,
    common,
    did_it,
    direct_text,
    home_text,
    live_on,
    member_of,
    press,
    run_of,
)
from tests.stored import key

TUESDAY = "2026-01-13T10:00"
NEXT_TUESDAY = "2026-01-20T10:00"


async def replies(world: World, who: str) -> Sequence[Reply]:
    """Return what stands of somebody's words, newest first."""
    member = await member_of(world, who)
    assert member is not None
    return await world.bot.ports.store.replies_of(member.workspace, member.id, limit=50)


async def held(world: World, who: str) -> Reply | None:
    """Return what is held of somebody's words; nothing else of it can be read anywhere."""
    run = await run_of(world, who)
    found = await world.bot.ports.store.replies_held(run.joined_at.replace(year=2030), limit=9)
    return next((each for each in found if each.member == run.member), None)


async def row_of(world: World, who: str, kind: Kind, item: str | None = None) -> Nudge:
    """Return the newest sent nudge of a kind."""
    rows = await world.bot.ports.store.nudges_of(*key(await run_of(world, who)))
    return [row for row in rows if row.kind is kind and row.sent_at and item in (None, row.item)][-1]


async def typed(world: World, who: str, text: str, message: str) -> Said:
    """Return words as they would arrive."""
    return Said(
        workspace=(await common(world, who))["workspace"],
        person=await world.driver.person(who),
        event_id=f"Ev{message}",
        at=world.bot.ports.clock.now(),
        conversation=await world.driver.channel(who, "dm"),
        message=message,
        thread=None,
        text=text,
    )


# --- where it belongs -------------------------------------------------------------------------------------------


async def test_words_belong_to_the_nudge_also_days_later_and_in_its_thread(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    await world.driver.say("Sanne", "dm", "we talked")
    assert await world.text("Sanne") == (
        "\n".join(
            (
                whole("card-noted", about=title("people-before-systems/item"), scope=BY_MARIT),
                *labels("reply-change-button", "words-share-button", "reply-delete-button"),
                *labels("out-pause", "out-stop", "out-coach", "intent-unfile-button"),
            )
        )
    )
    await world.driver.travel("2026-01-16T12:00")  # a reminder came in between
    assert world.driver.nudge_of(await world.latest("Sanne"))
    await world.driver.say("Sanne", "dm", "days later")
    await world.driver.say("Sanne", "dm", "in the thread", thread_ts=await world.stands(nudge))
    latest = await world.latest("Sanne")
    assert latest["thread_ts"] == (await world.stands(nudge) if world.driver.has_threads else None)
    found = await replies(world, "Sanne")
    assert [reply.text for reply in found] == ["in the thread", "days later", "we talked"]
    assert {reply.nudge for reply in found} == {nudge.id}
    assert {reply.scope for reply in found} == {Scope.COACH}


async def test_words_under_an_own_message_or_its_confirmation_belong_where_those_do(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    spoken = await world.driver.say("Sanne", "dm", "first")
    card = (await world.latest("Sanne"))["ts"]
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)  # the debrief
    await world.driver.say("Sanne", "dm", "under my own", thread_ts=spoken)
    await world.driver.say("Sanne", "dm", "under the confirmation", thread_ts=card)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    assert {reply.nudge for reply in await replies(world, "Sanne")} == {nudge.id}
    assert (await row_of(world, "Sanne", Kind.DEBRIEF)).question == 0
    stray = await world.driver.say("Sanne", "dm", "status")
    await world.driver.say("Sanne", "dm", "under what is no reply", thread_ts=stray)
    assert (await replies(world, "Sanne"))[0].kind is ReplyKind.NOTE
    assert (await row_of(world, "Sanne", Kind.DEBRIEF)).question == 0, "never an answer to something else"


async def test_where_two_things_may_be_meant_nothing_is_filed_before_a_press(world: World) -> None:
    """Nor read by anybody else; what is chosen is what the next words answer, too."""
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)  # the debrief
    await world.driver.travel("2026-01-22T16:00")  # and the review, which came between
    await world.driver.say("Sanne", "dm", "it was quiet")
    debrief = await row_of(world, "Sanne", Kind.DEBRIEF)
    card = await world.latest("Sanne")
    assert said("card-held", scope="coach") in world.driver.texts(card)
    words = await held(world, "Sanne")
    assert words is not None
    assert (words.kind, words.scope, debrief.question) == (ReplyKind.HELD, Scope.PRIVATE, 0)
    assert await replies(world, "Sanne") == []
    assert "it was quiet" not in await ask(world, "Marit", "log", "dm")
    buttons = world.driver.labels(card)
    assert buttons == [
        said("reflection-label"),
        whole("held-debrief", about=title("people-before-systems/item"), number=1),
        said("reply-note-button"),
        said("reply-delete-button"),
    ]
    await world.click("Sanne", whole("held-debrief", about=title("people-before-systems/item"), number=1))
    (filed,) = await replies(world, "Sanne")
    assert (filed.id, filed.kind, filed.nudge, filed.question) == (words.id, ReplyKind.DEBRIEF, debrief.id, 1)
    assert said(
        "card-noted-answer", number=1, about=title("people-before-systems/item"), scope=BY_MARIT
    ) in await world.text("Sanne")
    assert said("debrief-count", number=2, total=4) in await world.text("Sanne")
    assert "it was quiet" in await ask(world, "Marit", "log", "dm")
    await world.driver.say("Sanne", "dm", "and then")
    assert (await replies(world, "Sanne"))[0].question == 2
    # what is chosen once cannot be chosen again
    assert said("press-stale") in await press(world, "Sanne", "reply.put", f"{words.id}:{debrief.id}")
    assert said("press-stale") in await press(world, "Sanne", "reply.note", words.id)


async def test_words_that_belong_to_nothing_asked_are_a_note_and_can_be_put_elsewhere(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)
    await world.driver.travel("2026-01-22T16:00")
    await world.driver.say("Sanne", "dm", "just this")
    await world.click("Sanne", "reply.note")
    assert whole("card-noted-note", week=2, scope=BY_MARIT) in await world.text("Sanne")
    (note,) = await replies(world, "Sanne")
    assert (note.kind, note.item, note.scope) == (ReplyKind.NOTE, None, Scope.COACH)
    await world.driver.open_home("Sanne")
    assert "just this" in await home_text(world, "Sanne")
    await world.click("Sanne", "reply.change")
    places = [
        each
        for each in world.driver.texts(await world.form("Sanne")).splitlines()
        if title("people-before-systems/item") in each
    ]
    assert len(places) == len(set(places)), "each place once"
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    assert await world.fill("Sanne", nudge=nudge.id) == {}
    (moved,) = await replies(world, "Sanne")
    assert (moved.nudge, moved.kind, moved.item) == (nudge.id, ReplyKind.TYPED, nudge.item)
    assert said("card-noted", about=title("people-before-systems/item")) in await world.text("Sanne")


async def test_a_days_question_a_coachs_word_and_a_resumed_debrief_lead_to_what_they_are_about(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-14")
    await world.driver.travel("2026-01-14T16:00")
    await world.driver.say("Sanne", "dm", "on the day")
    assert (await replies(world, "Sanne"))[0].nudge == nudge.id
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)
    await world.driver.say("Sanne", "dm", "what I expected")
    debrief = await row_of(world, "Sanne", Kind.DEBRIEF)
    assert debrief.question == 1
    # the coach answers that: what is typed now answers the coach, not the second question
    await ask(world, "Marit", "log", "dm")
    await world.click("Marit", "log.answer")
    assert await world.fill("Marit", text="Well done") == {}
    await world.settle()
    await world.driver.say("Sanne", "dm", "thank you")
    assert said("card-held", scope="coach") in await world.text("Sanne")
    await world.click("Sanne", "reply.put")  # the coach's word, which is the newest
    (thanks, *_) = await replies(world, "Sanne")
    assert (thanks.kind, thanks.nudge, thanks.text) == (ReplyKind.TYPED, debrief.id, "thank you")
    assert (await row_of(world, "Sanne", Kind.DEBRIEF)).question == 1
    # the rest of the debrief, tomorrow
    await world.click("Sanne", "debrief.tomorrow")
    await world.driver.travel("2026-01-21T12:00")
    assert said("debrief-count", number=2, total=4) in await world.text("Sanne")
    await world.driver.say("Sanne", "dm", "what happened")
    (latest, *_) = await replies(world, "Sanne")
    assert (latest.kind, latest.question, latest.nudge) == (ReplyKind.DEBRIEF, 2, debrief.id)
    assert said("debrief-count", number=3, total=4) in await world.text("Sanne")
    for _ in range(2):
        await world.driver.say("Sanne", "dm", "on it goes")
    await world.driver.say("Sanne", "dm", "one more thing")
    (latest, *_) = await replies(world, "Sanne")
    assert (latest.kind, latest.question) == (ReplyKind.TYPED, None)


async def test_words_after_stopping_a_debrief_are_kept_without_a_question(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel(NEXT_TUESDAY)
    await world.click("Sanne", "debrief.stop")
    await world.driver.say("Sanne", "dm", "after all")
    assert (await replies(world, "Sanne"))[0].kind is ReplyKind.TYPED


async def test_the_habit_to_keep_can_be_typed(world: World) -> None:
    await begin(world, "Sanne")
    await live_on(world, "2026-03-24T12:00", "Sanne")
    await world.driver.say("Sanne", "dm", "I call first")
    keep = await row_of(world, "Sanne", Kind.KEEP)
    assert keep.answer is Answer.DONE
    assert (await replies(world, "Sanne"))[0].kind is ReplyKind.KEEP
    await world.driver.say("Sanne", "dm", "and listen")
    assert (await row_of(world, "Sanne", Kind.KEEP)).version == keep.version


async def test_what_is_typed_about_home_is_answered_and_not_kept(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await world.driver.travel("2026-01-27T10:00")
    assert (await row_of(world, "Sanne", Kind.NUDGE)).item == "ask-your-partner"
    await world.driver.say("Sanne", "dm", "hij vindt mij te druk")
    assert said("said-forgotten", NL) in await world.text("Sanne")
    assert await replies(world, "Sanne") == []


# --- what is no reply -------------------------------------------------------------------------------------------


async def test_strangers_and_those_who_left_are_told_that_nothing_was_kept(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.say("Iris", "dm", "hello?")
    assert said("said-stranger") in await world.text("Iris")
    await world.driver.say("Marit", "dm", "I am the coach")
    assert said("said-stranger") in await world.text("Marit")
    await world.driver.travel(TUESDAY)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    await ask(world, "Sanne", "leave")
    await world.driver.say("Sanne", "dm", "one last thing", thread_ts=await world.stands(nudge))
    assert said("said-left") in await world.text("Sanne")
    assert await replies(world, "Sanne") == []
    await world.join("Sanne")
    await world.driver.say("Sanne", "dm", "again", thread_ts=await world.stands(nudge))  # of a journey that is over
    (reply,) = await replies(world, "Sanne")
    assert reply.enrollment == (await run_of(world, "Sanne")).id


async def test_words_in_the_thread_of_another_journey_belong_to_that_one(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge, run, store = await row_of(world, "Sanne", Kind.NUDGE), await run_of(world, "Sanne"), world.bot.ports.store
    cohort = await store.cohort(run.workspace, run.cohort)
    assert cohort is not None
    newer = replace(run, id="newer", version=0, cohort="other", joined_at=run.joined_at + timedelta(days=1))
    over = replace(run, state=EnrollmentState.COMPLETED)
    await store.save(replace(cohort, id="other", version=0, channel="C0OTHER"), over, newer)
    await world.driver.say("Sanne", "dm", "of the first", thread_ts=await world.stands(nudge))
    (reply,) = await replies(world, "Sanne")
    assert (reply.nudge, reply.enrollment, reply.cohort) == (nudge.id, run.id, run.cohort)


async def test_before_anything_was_sent_words_are_a_note(world: World) -> None:
    await world.start()
    await world.driver.command("Sanne", CHANNEL, "join")
    world.line.faults["chat.postMessage"] = [Fault(status=429, headers={"Retry-After": "60"})]
    assert await world.fill("Sanne", scope="coach", language="en") == {}
    await world.settle()
    assert (await world.direct("Sanne")) == []
    await world.driver.say("Sanne", "dm", "hello")
    assert said("card-noted-note", week=0) in await world.text("Sanne")
    (reply,) = await replies(world, "Sanne")
    assert (reply.kind, reply.text) == (ReplyKind.NOTE, "hello")


@pytest.mark.parametrize("text", ["", " \n ", "\t"])
async def test_files_and_empty_messages_are_answered(world: World, text: str) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", text, files=2)
    assert said("said-files") in await world.text("Sanne")
    await receive(world.bot.ports, await typed(world, "Sanne", text, "1.1"))
    assert said("said-empty") in await world.text("Sanne")
    await world.driver.say("Sanne", "dm", "look at this", files=1)
    assert said("card-beside-files") in await direct_text(world, "Sanne")
    assert (await replies(world, "Sanne"))[0].text == "look at this"
    await world.driver.edit("Sanne", "dm", ts, "this is what I saw")
    assert [reply.text for reply in await replies(world, "Sanne")] == ["this is what I saw", "look at this"]
    assert said("card-noted") in await world.text("Sanne")
    await world.driver.edit("Sanne", "dm", ts, "this is what I found")
    assert [reply.text for reply in await replies(world, "Sanne")] == ["this is what I found", "look at this"]


@pytest.mark.slack("in Teams a word that is a command is one, also without its name")
async def test_exactly_a_verb_is_offered_as_a_button_with_and_without_a_form(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    for word in ("Leave!", "status", "instellingen"):
        await world.driver.say("Sanne", "dm", word)
        assert said("said-command") in await world.text("Sanne")
    assert await replies(world, "Sanne") == []
    await world.click("Sanne", "command.run")
    assert said("form-settings-title") in str((await world.form("Sanne"))["title"])
    await world.driver.close("Sanne", await world.form("Sanne"))
    await world.driver.say("Sanne", "dm", "status")
    await world.click("Sanne", "command.run")
    assert said("status-week", week=1, weeks=12) in await world.text("Sanne")
    await world.driver.say("Sanne", "dm", "stop doing tickets")
    assert (await replies(world, "Sanne"))[0].text == "stop doing tickets"


HOSTILE = (
    "👍🏽🎉",
    "שלום, דיברתי עם רחל",
    "\u202eevil\u202c",
    "<!channel> <@U0SANNE> <https://a.example|click>",
    "*bold* _it_ ~no~ `code` > quote",
    "=cmd() | calc",
    "&lt;b&gt; & <b>",
    "a\u0000b",
    "line\n\n\nline",
    "💥" * 500,
)


async def test_words_are_kept_and_shown_as_they_were_typed(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    for text in HOSTILE:
        world.practice.clock.leap(timedelta(seconds=2))
        await world.driver.say("Sanne", "dm", text)
        assert (await replies(world, "Sanne"))[0].text == text.replace("\0", "")
        assert title("people-before-systems/item") in await world.text("Sanne")
        await world.click("Sanne", "words.share")
    await world.driver.open_home("Sanne")
    assert "💥" in await home_text(world, "Sanne")
    log = await ask(world, "Marit", "log", "dm")
    assert "evil" in log
    await world.driver.travel("2026-01-19T12:00")
    thread = [words for each in await world.driver.messages("Iris", CHANNEL) for words in world.driver.quotes(each)]
    for text in HOSTILE[:-3]:
        assert text in thread


async def test_forty_thousand_characters_are_kept_whole(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    long = "a<&>é " * 2500  # 40,000 as it travels
    await world.driver.say("Sanne", "dm", long)
    assert (await replies(world, "Sanne"))[0].text == long.strip()
    await world.click("Sanne", "reply.change")
    assert world.driver.fields(await world.form("Sanne")) == ["scope", "share", "nudge"]  # too long for a field
    assert await world.fill("Sanne", scope="private") == {}
    assert (await replies(world, "Sanne"))[0].text == long.strip()
    assert said("scope-private") in await world.text("Sanne")


# --- changes on the platform ------------------------------------------------------------------------------------


async def test_edits_and_deletions_are_followed_and_a_deletion_is_final(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", "frist")
    await world.driver.edit("Sanne", "dm", ts, "first")
    (reply,) = await replies(world, "Sanne")
    assert (reply.text, reply.edited_at is not None) == ("first", True)
    await world.driver.act("redeliver")
    assert await replies(world, "Sanne") == [reply]
    await world.driver.delete("Sanne", "dm", ts)
    assert await replies(world, "Sanne") == []
    assert said("card-deleted") in await world.text("Sanne")
    await world.driver.act("redeliver")
    gone = Deleted(
        workspace=reply.workspace,
        person=await world.driver.person("Sanne"),
        event_id="EvAnother",
        at=world.bot.ports.clock.now(),
        conversation=await world.driver.channel("Sanne", "dm"),
        message=ts,
    )
    await world.bot.handle(gone)
    await world.bot.handle(
        Edited(
            workspace=reply.workspace,
            person=await world.driver.person("Sanne"),
            event_id="EvLate",
            at=world.bot.ports.clock.now(),
            conversation=await world.driver.channel("Sanne", "dm"),
            message=ts,
            text="back again",
        )
    )
    stone = await world.bot.ports.store.reply(reply.workspace, reply.id)
    assert stone is not None
    assert (stone.text, stone.deleted_at is not None) == (None, True)


async def test_a_deleted_message_with_a_thread_is_deleted_too(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", "first")
    await world.driver.say("Sanne", "dm", "under it", thread_ts=ts)
    await world.driver.delete("Sanne", "dm", ts)
    assert [reply.text for reply in await replies(world, "Sanne")] == ["under it"]


async def test_edits_that_overtake_each_other_end_with_the_latest(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ts = await world.driver.say("Sanne", "dm", "one")
    (reply,) = await replies(world, "Sanne")
    now = world.bot.ports.clock.now()
    edit = Edited(
        workspace=reply.workspace,
        person=await world.driver.person("Sanne"),
        event_id="Ev3",
        at=now + timedelta(seconds=3),
        conversation=await world.driver.channel("Sanne", "dm"),
        message=ts,
        text="three",
    )
    await world.bot.handle(edit)
    await world.bot.handle(replace(edit, event_id="Ev2", at=now + timedelta(seconds=2), text="two"))
    assert [each.text for each in await replies(world, "Sanne")] == ["three"]
    await world.bot.handle(replace(edit, event_id="Ev4", at=now + timedelta(seconds=4), text=" "))
    assert await replies(world, "Sanne") == []


async def test_a_deletion_that_overtakes_the_words_keeps_them_out(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    spoken = await typed(world, "Sanne", "never mind", "1768294800.5")
    gone = Deleted(
        workspace=spoken.workspace,
        person=spoken.person,
        event_id="EvGone",
        at=spoken.at,
        conversation=spoken.conversation,
        message=spoken.message,
    )
    before = len(await world.direct("Sanne"))
    await world.bot.handle(gone)
    await world.bot.handle(spoken)
    await world.bot.handle(gone)
    assert await replies(world, "Sanne") == []
    assert len(await world.direct("Sanne")) == before


async def test_an_edit_or_deletion_of_what_was_never_kept_changes_nothing(world: World) -> None:
    await begin(world, "Sanne")
    ts = await world.driver.say("Iris", "dm", "hello")
    await world.driver.edit("Iris", "dm", ts, "hello there")
    await world.driver.delete("Iris", "dm", ts)
    place = f"{await world.driver.channel('Iris', 'dm')}/{ts}"
    assert await world.bot.ports.store.reply_from((await common(world, "Iris"))["workspace"], place) is None


async def test_what_quotes_a_reply_follows_it(world: World) -> None:
    """Thursday's look back shows an edit at once, and a deletion; Monday's thread lets go of the words with either."""
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.done")  # no reminder
    ts = await world.driver.say("Sanne", "dm", "Wim was gald")
    await world.click("Sanne", "words.share")
    await world.driver.travel("2026-01-19T12:00")

    async def quoted(who: str, where: str) -> str:
        shown = [m for m in await world.driver.messages(who, where) if m["user"] == BOT]
        return "\n".join(map(world.driver.texts, shown))

    assert "Wim was gald" in await quoted("Sanne", "dm")
    assert "Wim was gald" in await quoted("Iris", CHANNEL)
    await world.driver.edit("Sanne", "dm", ts, "Wim was glad")
    assert "Wim was glad" in await quoted("Sanne", "dm")
    assert "Wim was gald" not in await quoted("Sanne", "dm")
    assert "Wim was g" not in await quoted("Iris", CHANNEL)
    await world.driver.delete("Sanne", "dm", ts)
    for who, where in (("Sanne", "dm"), ("Iris", CHANNEL)):
        assert "Wim was glad" not in await quoted(who, where)
    assert said("team-share-withdrawn") in await quoted("Iris", CHANNEL)


async def test_the_habit_that_was_kept_follows_into_the_booster(world: World) -> None:
    await begin(world, "Sanne")
    await live_on(world, "2026-03-24T12:00", "Sanne")
    ts = await world.driver.say("Sanne", "dm", "I call frist")
    await world.driver.travel("2026-05-01T12:00")
    booster = await row_of(world, "Sanne", Kind.BOOSTER)
    await world.driver.edit("Sanne", "dm", ts, "I call first")
    stands = await world.stands(booster)
    shown = next(m for m in await world.direct("Sanne") if m["ts"] == stands)
    assert "I call first" in world.driver.texts(shown)


# --- when the line or somebody else is in the way ---------------------------------------------------------------


class Failing:
    """A store in which some calls fail: by name, what becomes of each call to come."""

    def __init__(self, store: Any, failures: dict[str, list[BaseException | None]]) -> None:
        self._store = store
        self._failures = failures

    def __getattr__(self, name: str) -> Any:
        waiting = self._failures.get(name)
        failure = waiting.pop(0) if waiting else None
        if failure is None:
            return getattr(self._store, name)

        async def fail(*_: object, **__: object) -> None:
            raise failure

        return fail


def failing(world: World, **failures: list[BaseException | None]) -> Ports:
    """Return the ports with a store that fails so; None lets a call through."""
    store: Any = Failing(world.bot.ports.store, failures)
    return replace(world.bot.ports, store=store)


class Meddling:
    """A chat in which something happens while a confirmation is on its way."""

    def __init__(self, world: World, meanwhile: Any) -> None:
        self._chat = world.bot.ports.chat
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chat, name)

    async def send(self, place: Place, message: Message) -> Outcome:
        meanwhile, self._meanwhile = self._meanwhile, None
        outcome = await self._chat.send(place, message)
        if meanwhile:
            await meanwhile()
        return outcome


async def noted(world: World) -> None:
    """Let what a handler left to be noted with its end be noted, and the clock show what changed meanwhile."""
    await world.bot.ports.store.set_mark("ended", "")
    await world.settle()


async def test_a_reply_taken_back_while_it_is_being_confirmed_is_confirmed_as_deleted(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    ports = world.bot.ports
    spoken = await typed(world, "Sanne", "never mind", "1768294800.7")

    async def goes() -> None:
        reply = await ports.store.reply_from(spoken.workspace, f"{spoken.conversation}/{spoken.message}")
        assert reply is not None
        await ports.save(taken_back(reply, ports.now), withdraws=True)

    await receive(replace(ports, chat=Meddling(world, goes)), spoken)
    await noted(world)
    assert said("card-deleted") in await world.text("Sanne")

    async def changed() -> None:
        reply = await ports.store.reply_from(spoken.workspace, f"{spoken.conversation}/{spoken.message}")
        assert reply is not None
        await ports.store.save(replace(reply, text="in other words"))

    spoken = await typed(world, "Sanne", "in these words", "1768294800.75")
    await receive(replace(ports, chat=Meddling(world, changed)), spoken)
    await noted(world)
    (reply, *_) = await replies(world, "Sanne")
    shown = await ports.store.screen(reply.workspace, reply.id)
    assert shown is not None
    assert (reply.text, shown.state) == ("in other words", ScreenState.CURRENT)

    async def wiped() -> None:
        member = await member_of(world, "Sanne")
        assert member is not None
        await ports.store.erase(member.workspace, member.id, at=ports.clock.now(), audit_id="gone")

    spoken = await typed(world, "Sanne", "me, too", "1768294800.8")
    await receive(replace(ports, chat=Meddling(world, wiped)), spoken)
    await noted(world)
    assert await ports.store.reply_from(spoken.workspace, f"{spoken.conversation}/{spoken.message}") is None


async def test_a_confirmation_that_does_not_arrive_loses_nothing(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    world.line.faults["chat.postMessage"] = [Fault(status=500)]
    ts = await world.driver.say("Sanne", "dm", "kept")
    (reply,) = await replies(world, "Sanne")
    shown = await world.bot.ports.store.screen(reply.workspace, reply.id)
    assert shown is not None
    assert (reply.text, shown.state, shown.message) == ("kept", ScreenState.UNCERTAIN, "")
    await world.driver.delete("Sanne", "dm", ts)
    assert await replies(world, "Sanne") == []
    await world.driver.travel("2026-01-13T13:00")
    assert said("card-deleted") not in await world.text("Sanne"), "it was never confirmed"
    assert await world.bot.ports.store.screen(reply.workspace, reply.id) is None
