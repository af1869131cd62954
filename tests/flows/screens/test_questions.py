"""A form that Slack has no room for is asked in the message that was pressed: filled in there, refused there, kept."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.screen import Screen
from bot.flows import dispatch
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.content import NL, said
from tests.driver import Json
from tests.flows.replies.test_typed import replies
from tests.flows.talk import begin, did_it, member_of
from tests.flows.test_twice import haunt
from tests.stored import commitments_of, key

pytestmark = pytest.mark.slack("in Teams a form is a card of its own: there is no tier for it")

TUESDAY = "2026-01-13T11:00"
FULL = [Fault(status=429, headers={"Retry-After": "30"})] * 99
PLAN = {"first": "it rains", "second": "I call", "day": "2026-01-14"}


def crowded(world: World, *methods: str) -> None:
    """Let Slack take no more calls of these methods, forms to begin with."""
    for method in ("views.open", *methods):
        world.line.faults[method] = list(FULL)


async def quiet(world: World) -> None:
    """Let Slack take calls again, and the time pass in which we leave it alone."""
    world.line.faults.clear()
    await world.passes(timedelta(minutes=1))


async def asked(world: World, who: str = "Sanne", button: str = "nudge.plan", **values: Any) -> Json:
    """Let somebody press for a form at a moment at which none opens; return the message that asks its questions."""
    await begin(world, who, **values)
    await world.driver.travel(TUESDAY)
    crowded(world)
    await world.click(who, button)
    return await message(world, who)


async def message(world: World, who: str = "Sanne", kind: Kind = Kind.NUDGE) -> Json:
    """Return the message of a nudge as it stands now."""
    row = await world.row(who, kind)
    stands = await world.stands(row)
    (found,) = [each for each in await world.direct(who) if each["ts"] == stands]
    return found


async def plans(world: World, who: str = "Sanne") -> list[Commitment]:
    member = await member_of(world, who)
    assert member is not None
    return commitments_of(world.bot.ports.store, member.id)


async def screen(world: World, kind: Kind = Kind.NUDGE) -> Screen:
    found = await world.bot.ports.store.screen(*key(await world.row("Sanne", kind)))
    assert found is not None
    return found


def typed(shown: Json, field: str) -> str | None:
    """Return what a field of a message holds when it is shown."""
    (element,) = [
        each["element"] for each in shown["blocks"] if each["type"] == "input" and each["element"]["action_id"] == field
    ]
    value: str | None = element.get("initial_value") or element.get("initial_date")
    return value


def stored(world: World) -> str:
    """Return everything that the screens' rows hold."""
    with closing(sqlite3.connect(world.database_url.removeprefix("sqlite:///"))) as connection:
        return repr(connection.execute("SELECT * FROM screen").fetchall())


async def still_sent(world: World, shown: Json, **values: Any) -> None:
    """Send questions in that somebody has before them on a screen that is not up to date."""
    post = world.practice.world.post(shown["channel"], shown["ts"])
    assert post is not None
    world.practice.world.put(replace(post, blocks=tuple(shown["blocks"])))
    await world.driver.send("Sanne", shown, **values)


@pytest.mark.parametrize(
    ("language", "send", "cancel"),
    [
        ("en", said("form-plan-submit"), said("form-cancel")),
        ("nl", said("form-plan-submit", NL), said("form-cancel", NL)),
    ],
)
async def test_a_form_is_asked_in_the_message_and_answered_there(
    world: World, language: str, send: str, cancel: str
) -> None:
    shown = await asked(world, language=language)
    assert await world.driver.modal("Sanne") is None
    assert world.driver.fields(shown) == ["first", "second", "day"]
    assert world.driver.labels(shown)[-2:] == [send, cancel]
    await world.driver.send("Sanne", shown, **PLAN)
    (plan,) = await plans(world)
    assert (plan.first, plan.second, plan.due_on.isoformat()) == ("it rains", "I call", "2026-01-14")
    now = await message(world)
    assert world.driver.fields(now) == []
    assert "it rains" in world.driver.texts(now)
    assert world.driver.nudge_of(now) == (await world.row("Sanne", Kind.NUDGE)).id
    assert (await screen(world)).asks is None


async def test_the_message_keeps_its_own_parts_above_the_questions(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = await message(world)
    crowded(world)
    await world.click("Sanne", "nudge.plan")
    after = await message(world)
    assert after["blocks"][: len(before["blocks"])] == before["blocks"]


async def test_with_no_room_for_updates_either_it_goes_by_the_route_of_the_press(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    crowded(world, "chat.update")
    await world.click("Sanne", "nudge.plan")
    shown = await message(world)
    assert world.driver.fields(shown) == ["first", "second", "day"]
    await world.driver.send("Sanne", shown, **PLAN | {"day": "2026-01-12"})
    assert world.says("day-past") in world.driver.texts(await message(world))
    await world.driver.send("Sanne", await message(world), **PLAN)
    assert world.driver.fields(await message(world)) == []
    assert len(await plans(world)) == 1


async def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(world: World) -> None:
    shown = await asked(world)
    await world.driver.send("Sanne", shown, **PLAN | {"day": "2026-01-12"})
    refused = await message(world)
    assert [typed(refused, name) for name in PLAN] == ["it rains", "I call", "2026-01-12"]
    blocks = [block["block_id"].split(":")[-1] for block in refused["blocks"]]
    kinds = [block["type"] for block in refused["blocks"]]
    (place,) = [place for place, block in enumerate(refused["blocks"]) if block["block_id"].endswith(":day")]
    assert (blocks[place], kinds[place + 1]) == ("day", "context")
    assert world.says("day-past") in world.driver.texts(refused)
    assert await plans(world) == []
    assert "it rains" not in stored(world)
    await world.driver.send("Sanne", refused, day="2026-01-14")
    (plan,) = await plans(world)
    assert (plan.first, plan.second) == ("it rains", "I call")


async def test_the_same_mistake_is_refused_each_time(world: World) -> None:
    shown = await asked(world)
    for _ in range(3):
        await world.driver.send("Sanne", shown, first="it rains", day="2026-01-14")
        shown = await message(world)
        assert world.driver.texts(shown).count(world.says("plan-then-missing")) == 1
        assert typed(shown, "first") == "it rains"
    assert (await screen(world)).asks is not None


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"first": "plan-if-missing", "second": "plan-then-missing"}),
        ({"first": "   ", "second": "I call"}, {"first": "plan-if-missing"}),
        ({"first": "x" * 40_000, "second": "I call"}, {"first": "field-too-long"}),
        ({**PLAN, "day": None}, {"day": "day-missing"}),
    ],
)
async def test_fields_that_slack_would_not_let_go_in_a_form_are_refused(
    world: World, values: dict[str, Any], wrong: dict[str, str]
) -> None:
    await world.driver.send("Sanne", await asked(world), **values)
    assert await plans(world) == []
    asks = (await screen(world)).asks
    assert asks is not None
    assert dict(asks.errors) == {name: world.says(key, most=500) for name, key in wrong.items()}  # type: ignore[arg-type]
    shown = await message(world)
    assert world.driver.fields(shown) == ["first", "second", "day"]
    assert typed(shown, "second") == values.get("second")


async def test_what_is_typed_is_text_and_nothing_else(world: World) -> None:
    words = "<!channel> *now* :tada: <@U0MARIT>"
    await world.driver.send("Sanne", await asked(world), first=words, day="2026-01-14")
    assert typed(await message(world), "first") == words
    await world.driver.send("Sanne", await message(world), second="<!here>")
    assert [(plan.first, plan.second) for plan in await plans(world)] == [(words, "<!here>")]
    raw = json.dumps((await message(world))["blocks"])
    assert raw.count('"type": "mrkdwn", "text": "<!') == 0
    assert world.driver.fields(await message(world)) == []


async def test_cancel_shows_the_message_without_the_questions(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    before = await message(world)
    crowded(world)
    await world.click("Sanne", "nudge.plan")
    shown = await message(world)
    for _ in range(2):
        await world.driver.click("Sanne", shown, "form.cancel")
        assert (await message(world))["blocks"] == before["blocks"]
    assert await plans(world) == []


async def test_pressed_twice_it_counts_once(world: World) -> None:
    shown = await asked(world, button="nudge.later")
    await world.driver.send("Sanne", shown, when="tomorrow")
    assert world.driver.fields(await message(world)) == []
    await still_sent(world, shown, when="tomorrow")
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.LATER
    assert (await screen(world)).asks is None
    assert world.says("press-stale") not in "".join((await world.screen("Sanne")).values())


async def test_pressing_for_the_form_again_keeps_what_is_asked(world: World) -> None:
    shown = await asked(world)
    await world.click("Sanne", "nudge.plan")
    assert (await message(world))["blocks"] == shown["blocks"]  # so what was typed into it stays
    await world.driver.send("Sanne", shown, **PLAN)
    assert len(await plans(world)) == 1


async def test_questions_that_are_not_asked_any_more_are_answered_all_the_same(world: World) -> None:
    """Canceled on the phone, sent on the desktop: the words arrive."""
    shown = await asked(world)
    await world.driver.click("Sanne", shown, "form.cancel")
    await still_sent(world, shown, **PLAN)
    assert [plan.first for plan in await plans(world)] == ["it rains"]


async def test_an_answer_that_comes_too_late_is_refused_with_its_words(world: World) -> None:
    shown = await asked(world)
    await world.click("Sanne", "nudge.done")
    assert world.driver.fields(await message(world)) == []  # answered otherwise: nothing is asked
    await still_sent(world, shown, **PLAN)
    refused = await message(world)
    assert world.says("form-stale") in world.driver.texts(refused)
    assert typed(refused, "first") == "it rains"
    assert await plans(world) == []
    await world.driver.click("Sanne", refused, "form.cancel")
    assert world.driver.fields(await message(world)) == []


async def test_a_form_that_was_opened_later_counts_and_the_words_of_the_older_stay(world: World) -> None:
    shown = await asked(world)
    await quiet(world)
    await world.click("Sanne", "nudge.plan")
    modal = await world.form("Sanne")
    await world.driver.send("Sanne", shown, **PLAN)
    refused = await message(world)
    assert world.says("form-older") in world.driver.texts(refused)
    assert typed(refused, "first") == "it rains"
    assert await world.driver.submit("Sanne", modal, world.driver.fill(modal, PLAN | {"first": "it snows"})) == {}
    assert [plan.first for plan in await plans(world)] == ["it snows"]
    assert world.driver.fields(await message(world)) == []  # one of a kind: answered in the other one


async def test_questions_count_as_the_newest_form_of_their_kind(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    modal = await world.form("Sanne")
    crowded(world)
    await world.click("Sanne", "nudge.plan")
    errors = await world.driver.submit("Sanne", modal, world.driver.fill(modal, PLAN))
    assert list(errors.values()) == [world.says("form-older")]
    await world.driver.send("Sanne", await message(world), **PLAN)
    assert len(await plans(world)) == 1


async def test_another_form_takes_the_place_of_the_one_that_is_asked(world: World) -> None:
    await asked(world)
    await world.click("Sanne", "nudge.later")
    shown = await message(world)
    assert world.driver.fields(shown) == ["when", "day"]
    await world.driver.send("Sanne", shown, when="pick")
    assert world.says("later-day-missing") in world.driver.texts(await message(world))
    await world.driver.send("Sanne", await message(world), day="2026-01-15")
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.LATER


async def test_words_that_the_questions_are_filled_with_leave_when_they_are_taken_back(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", **PLAN)
    crowded(world)
    await world.click("Sanne", "nudge.plan_change")
    assert typed(await message(world), "first") == "it rains"
    assert "it rains" not in stored(world)
    await world.driver.open_home("Sanne")
    home = await world.driver.home("Sanne")
    assert home is not None
    await world.driver.click("Sanne", home, "plan.delete")
    await world.settle()
    assert "it rains" not in json.dumps((await message(world))["blocks"])


async def test_private_words_are_never_asked_for_in_a_message(world: World) -> None:
    await begin(world, "Sanne", scope="private")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", **PLAN)
    crowded(world)
    await world.click("Sanne", "nudge.plan_change")
    assert world.driver.fields(await message(world)) == []
    assert world.says("press-crowded") in await world.text("Sanne")


@pytest.mark.slack("a form that is a message is sent like any other")
async def test_a_form_that_slack_refuses_says_so_and_asks_nobody_to_press_again(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    refusal = b'{"ok": false, "error": "invalid_arguments"}'
    world.line.faults["views.open"] = [Fault(status=200, headers={"Content-Type": "application/json"}, body=refusal)]
    await world.click("Sanne", "nudge.plan")
    assert world.says("form-refused") in await world.text("Sanne")


async def test_a_debrief_is_answered_in_its_message(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T12:00")
    crowded(world)
    await world.click("Sanne", "debrief.write")
    shown = await message(world, kind=Kind.DEBRIEF)
    assert world.driver.fields(shown) == ["text", "scope"]
    await world.driver.send("Sanne", shown, text="we laughed", scope="coach")
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 1
    assert world.driver.fields(await message(world, kind=Kind.DEBRIEF)) == []
    assert [reply.text for reply in await replies(world, "Sanne")] == ["we laughed"]


async def test_where_nothing_can_be_asked_the_person_is_told_when_to_try_again(world: World) -> None:
    await begin(world, "Sanne")
    crowded(world)
    await world.driver.command("Sanne", CHANNEL, "settings")
    assert world.says("command-crowded") in await world.text("Sanne", CHANNEL)
    await world.click("Iris", "cohort.join", CHANNEL)
    assert world.says("press-crowded") in await world.text("Iris", CHANNEL)
    assert "form.send" not in json.dumps(await world.driver.messages("Iris", CHANNEL))


async def test_what_goes_wrong_is_said_in_the_message_and_may_be_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await asked(world)

    async def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setitem(dispatch.FORMS, "plan.make", broken)
        await world.driver.send("Sanne", shown, **PLAN)
    refused = await message(world)
    assert world.says("sorry") in world.driver.texts(refused)
    assert typed(refused, "second") == "I call"
    await world.driver.send("Sanne", refused)
    assert len(await plans(world)) == 1


async def test_who_is_forgotten_is_asked_nothing(world: World) -> None:
    await asked(world)
    await quiet(world)
    await world.driver.command("Sanne", "dm", "forget")
    await world.fill("Sanne", agreed=("yes",))
    await world.settle()
    assert "plan.make" not in stored(world)


@pytest.mark.parametrize("effects", [1, 2, 3, 4, 5])
async def test_cut_off_anywhere_it_ends_as_if_handled_once(world: World, effects: int) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    crowded(world)
    inbox = world.bot.inbox
    died = haunt(world, effects)
    inbox._handle, world.bot.inbox = world.bot.inbox._handle, inbox  # Slack brings to the one it knows
    world.driver.settled = inbox.drained
    await world.click("Sanne", "nudge.plan")
    await world.settle()
    shown = await message(world)
    assert world.driver.fields(shown) == ["first", "second", "day"]
    await world.driver.send("Sanne", shown, first="it rains", day="2026-01-14")
    await world.settle()
    refused = await message(world)
    assert world.driver.texts(refused).count(world.says("plan-then-missing")) == 1
    assert typed(refused, "first") == "it rains"
    await world.driver.send("Sanne", refused, second="I call")
    await world.settle()
    assert [(plan.first, plan.second) for plan in await plans(world)] == [("it rains", "I call")]
    assert world.driver.fields(await message(world)) == []
    assert died


async def test_what_people_answer_on_their_way_can_all_be_asked_in_its_message(world: World) -> None:
    await begin(world, "Sanne")
    crowded(world)
    await through(world, Kind.PULSE, "pulse.open", promise="4", overall="7")
    await world.driver.travel(TUESDAY)
    await through(world, Kind.NUDGE, "nudge.plan", **PLAN)
    await world.driver.say("Sanne", "dm", "look what I did")
    await quiet(world)
    await world.driver.command("Marit", CHANNEL, "log")
    await world.click("Marit", "log.answer", CHANNEL)
    await world.fill("Marit", text="well done")
    await world.settle()
    crowded(world)
    await through(world, Kind.COACH_WORD, "word.answer", text="thank you")
    await world.driver.travel("2026-01-14T15:00")
    await through(world, Kind.DAY_OF, "day.move", day="2026-01-15")
    await world.driver.travel("2026-01-15T15:00")
    await world.click("Sanne", "day.done")
    await world.driver.travel("2026-01-20T12:00")
    for _ in range(4):
        await world.click("Sanne", "debrief.skip")
    await through(world, Kind.DEBRIEF, "transfer.make", first="one call", second="I do", day="2026-01-23")
    assert {plan.first for plan in await plans(world)} == {"it rains", "one call"}
    assert {reply.text for reply in await replies(world, "Sanne")} == {"thank you", "look what I did"}


async def through(world: World, kind: Kind, button: str, **values: Any) -> None:
    """Let Sanne press for a form, fill it in where it is asked, and see the message as it is by then."""
    await world.click("Sanne", button)
    shown = await message(world, kind=kind)
    assert set(world.driver.fields(shown)) >= set(values)
    await world.driver.send("Sanne", shown, **values)
    assert world.driver.fields(await message(world, kind=kind)) == []
