"""Typed requests over HTTP: held, asked about, done by a press, kept as an answer by another, or a note in the end."""

import pytest

from bot.coaching.intents import Intent
from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import ReplyKind, Scope
from tests.conftest import World
from tests.content import said, title
from tests.flows.experiments.test_plan import promises
from tests.flows.replies.test_not_kept import at_home, in_the_file
from tests.flows.replies.test_typed import held, replies
from tests.flows.talk import BY_MARIT, begin, direct_text, home_text, run_of, the_log
from tests.remembered import remembered

TUESDAY = "2026-01-13T10:00"
ALONE = "please leave me alone"


@remembered
async def nudged(world: World) -> None:
    """Bring Sanne to her first nudge."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)


async def came_since(world: World, before: int) -> int:
    """Return how many of the bot's own messages came to Sanne since there were so many."""
    return len([row for row in await world.rows("Sanne") if row.sent_at]) - before


async def test_a_request_is_asked_about_and_no_keeps_it_as_the_answer(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne", (f"say {ALONE}", said("asked-stop"), said("intent-stop-button"), said("intent-keep-button"))
    )
    reply = await held(world, "Sanne")
    assert reply is not None
    assert (reply.kind, reply.intent, reply.scope) == (ReplyKind.HELD, Intent.STOP, Scope.PRIVATE)
    assert await replies(world, "Sanne") == []
    await world.driver.open_home("Sanne")
    assert ALONE not in await home_text(world, "Sanne")
    await world.driver.command("Marit", "dm", "log")
    assert ALONE not in world.driver.texts(await the_log(world))
    await world.play(
        "Sanne",
        (
            "press intent.keep",
            said("card-noted", about=title("people-before-systems/item")),
            f"not: {said('intent-stop-button')}",
        ),
    )
    (kept,) = await replies(world, "Sanne")
    assert (kept.id, kept.text, kept.scope, kept.intent) == (reply.id, ALONE, Scope.COACH, None)
    assert await held(world, "Sanne") is None


async def test_a_single_stop_acts_at_once_and_can_be_undone(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne", ("say Stop!", said("asked-stop-done"), said("intent-undo-button"), said("intent-leave-button"))
    )
    sent = await came_since(world, 0)
    await world.driver.travel("2026-02-20T12:00")
    assert await came_since(world, sent) == 0
    assert "a note" not in await direct_text(world, "Sanne")
    await world.driver.say("Sanne", "dm", "stop")
    await world.play("Sanne", ("press intent.undo", said("request-stop")))
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE
    await world.driver.travel("2026-03-06T12:00")
    assert await came_since(world, sent) > 0


async def test_an_unanswered_stop_holds_everything_until_it_is_answered(world: World) -> None:
    await nudged(world)
    sent = await came_since(world, 0)
    await world.do("Sanne", f"say {ALONE}")
    await world.driver.travel("2026-01-15T00:30")
    note = (await replies(world, "Sanne"))[0]
    assert (note.text, note.kind, note.scope, note.intent) == (ALONE, ReplyKind.TYPED, Scope.PRIVATE, Intent.STOP)
    assert said("asked-stop-lapsed") in await direct_text(world, "Sanne")
    await world.driver.travel("2026-01-29T12:00")
    assert await came_since(world, sent) == 0
    assert (await run_of(world, "Sanne")).stands_still
    await world.click("Sanne", "intent.keep")
    await world.driver.travel("2026-02-06T12:00")
    assert await came_since(world, sent) > 0


async def test_whoever_goes_on_has_answered(world: World) -> None:
    await nudged(world)
    sent = await came_since(world, 0)
    await world.do("Sanne", f"say {ALONE}")
    await world.driver.command("Sanne", "dm", "resume")
    assert await held(world, "Sanne") is None
    await world.driver.travel("2026-01-22T12:00")
    assert await came_since(world, sent) > 0
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE


async def test_yes_stop_stops_and_the_words_go(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne", (f"say {ALONE}",), ("press intent.stop", said("asked-stop-done"), f"not: {said('intent-keep-button')}")
    )
    assert (await run_of(world, "Sanne")).stands_still
    assert not in_the_file(world, ALONE)
    await world.play("Sanne", ("press intent.leave", said("leave-done")))
    assert (await run_of(world, "Sanne")).state is EnrollmentState.LEFT


async def test_a_pause_is_offered_with_its_form(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("say bit of a rest please, maybe two or three weeks", said("asked-pause")),
        ("press intent.pause", said("pause-until")),
        ("send until=2026-02-02",),
    )
    assert (await run_of(world, "Sanne")).state is EnrollmentState.PAUSED
    assert said("request-pause-set") in await direct_text(world, "Sanne")


async def test_what_can_be_shown_or_put_off_is_one_press_away(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("say not now", said("asked-not-now")),
        ("press intent.later", said("later-when")),
        ("close",),
        ("say what was the task again?", title("people-before-systems/item")),
        ("press intent.next", said("next-told")),
        ("say can you explain how this works", said("asked-help")),
        ("press intent.help", said("help-intro", platform=world.driver.platform)),
        ("say who can read what I write here", BY_MARIT, said("asked-who-reads")),
        ("say thanks", said("asked-thanks")),
    )
    assert await replies(world, "Sanne") == []
    await world.driver.travel("2026-01-15T00:30")
    assert {each.scope for each in await replies(world, "Sanne")} == {Scope.PRIVATE}
    assert len(await replies(world, "Sanne")) == 1  # what nothing was pressed under


async def test_a_whole_message_of_the_list_is_done_and_can_still_be_an_answer(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("say Help", said("help-intro", platform=world.driver.platform)),
        ("say who reads this?", BY_MARIT, said("intent-was")),
        ("say what now", title("people-before-systems/item"), said("intent-next-button"), said("intent-was")),
        ("say later", said("request-later"), said("intent-later-button"), said("intent-was")),
        ("press intent.later", said("later-when")),
        ("close",),
        ("say pause", said("request-pause"), said("intent-was")),
        ("press pause.open", said("pause-until")),
        ("close",),
    )
    assert await replies(world, "Sanne") == []
    await world.play("Sanne", ("press intent.keep", title("people-before-systems/item"), BY_MARIT))
    assert [(each.text, each.intent) for each in await replies(world, "Sanne")] == [("pause", None)]
    await world.driver.travel("2026-01-13T10:30")
    await world.play("Sanne", ("say thanks", said("asked-thanks"), said("intent-was")))
    ts = await world.driver.say("Sanne", "dm", "thx")
    await world.driver.edit("Sanne", "dm", ts, "thx to her we know now")
    assert "thx to her we know now" in [each.text for each in await replies(world, "Sanne")]


async def test_a_stop_in_a_pause_that_is_undone_leaves_the_pause_as_it_was(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("say pause", said("request-pause")), ("press pause.open",), ("send until=2026-02-02",))
    until = (await run_of(world, "Sanne")).paused_until
    await world.play("Sanne", ("say stop", said("asked-stop-done")))
    assert (await run_of(world, "Sanne")).stands_still
    await world.click("Sanne", "intent.undo")
    run = await run_of(world, "Sanne")
    assert (run.state, run.paused_until) == (EnrollmentState.PAUSED, until)
    assert until is not None


@pytest.mark.parametrize("words", ["Hold to the plan", "Pause for lunch with a customer", "stop the ticket reflex"])
async def test_a_sentence_that_begins_like_a_command_is_an_answer(world: World, words: str) -> None:
    await nudged(world)
    await world.driver.say("Sanne", "dm", words)
    assert [each.text for each in await replies(world, "Sanne")] == [words]


async def test_at_home_an_offer_stores_nothing_and_still_stops(world: World) -> None:
    await at_home(world)
    await world.play("Sanne", (f"say {ALONE}", said("asked-stop"), said("asked-not-kept"), said("unkept-keep-button")))
    assert not in_the_file(world, ALONE)
    await world.play("Sanne", ("press intent.stop", said("asked-stop-done")))
    assert (await run_of(world, "Sanne")).stands_still
    await world.play("Sanne", ("press intent.undo", said("request-stop")))
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE
    assert not in_the_file(world, ALONE)


async def test_every_receipt_shows_the_way_out(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        (
            "say ik heb het er niet zo op vandaag",
            said("form-pause-submit"),
            said("out-coach"),
            said("intent-unfile-button"),
        ),
        ("press intent.pause", said("pause-until")),
        ("close",),
        ("press intent.unfile", said("scope-private")),
    )
    (note,) = await replies(world, "Sanne")
    assert (note.kind, note.scope) == (ReplyKind.TYPED, Scope.PRIVATE)
    assert said("scope-private") in await direct_text(world, "Sanne")


@pytest.mark.parametrize(
    ("words", "asked", "button", "told", "state"),
    [
        ("it actually worked", "asked-done", "intent.done", said("request-done"), CommitmentState.DONE),
        ("niet gelukt", "asked-not-done", "intent.drop", said("request-not-done"), CommitmentState.DROPPED),
    ],
)
async def test_on_the_day_of_a_plan_one_press_counts_it(
    world: World, words: str, asked: str, button: str, told: str, state: CommitmentState
) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.plan",),
        ("send first=the stand-up is over | second=ring Purchasing | day=2026-01-14",),
        ("travel 2026-01-14T15:05",),
        (f"say {words}", said(asked)),
        (f"press {button}", told),
    )
    assert [each.state for each in await promises(world)] == [state]
    assert await replies(world, "Sanne") == []
    assert not in_the_file(world, words)
