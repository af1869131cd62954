"""The experiment: done, later, not for me, its page, and the one reminder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.words.files.layers.kept import Kept
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords
from tests.conftest import CHANNEL, World
from tests.content import NL, labels, said, some_of, title, whole
from tests.flows.talk import ask, begin, did_it, live_on, press, submitted
from tests.remembered import remembered
from tests.stored import commitments_for

TUESDAY = "2026-01-13T10:00"  # the first nudge
THURSDAY = "2026-01-15T15:00"
STALE = said("press-stale")
MOVED_ON = said("form-stale")


@remembered
async def nudged(world: World, *people: str, **values: str) -> None:
    """Let people get their first experiment."""
    await begin(world, *(people or ("Sanne",)), **values)
    await world.driver.travel(TUESDAY)


async def pressed_again(world: World, who: str, *buttons: str) -> None:
    """Press buttons that are no longer there: the presser is told kindly, and nothing changes."""
    before = await world.rows(who)
    row = await world.row(who, Kind.NUDGE)
    for button in buttons:
        assert STALE in await press(world, who, button, row.id), button
    assert await world.rows(who) == before


# --- done -------------------------------------------------------------------------------------------------------


async def test_a_nudge_asks_one_thing_and_done_closes_it(world: World) -> None:
    await nudged(world)
    nudge = await world.latest("Sanne")
    assert world.driver.labels(nudge) == labels(
        "nudge-plan-button", "nudge-done-button", "nudge-later-button", "nudge-no-button", "nudge-kit-button"
    )
    await world.play(
        "Sanne",
        (
            "press nudge.done",
            title("people-before-systems/nudge"),
            said("nudge-done-when", day="Wednesday 14 January", times=0),
            f"not: {said('nudge-later-button')}",
        ),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE
    await pressed_again(
        world, "Sanne", "nudge.done", "nudge.no", "nudge.another", "nudge.skip", "nudge.later", "nudge.plan"
    )
    await world.play("Sanne", (f"travel {THURSDAY}", f"not: {title('people-before-systems/follow-up')}"))


async def test_done_closes_an_open_plan_too(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.plan", said("form-plan-title")),
        (
            "send first=the stand-up is over | second=ring Purchasing",
            said("promise-plan-label", day="Wednesday 14 January"),
        ),
        (
            "press nudge.done",
            said("nudge-done-when", day="Wednesday 14 January", times=0),
            f"not: {said('nudge-plan_change-button')}",
        ),
        ("travel 2026-01-14T16:00", "not: Today"),
    )
    row = await world.row("Sanne", Kind.NUDGE)
    (plan,) = commitments_for(world.bot.ports.store, row.id)
    assert plan.state is CommitmentState.DONE
    (day_of,) = await world.rows("Sanne", Kind.DAY_OF)
    assert (day_of.state, day_of.reason) == (NudgeState.CANCELLED, "the plan is closed")


# --- whose button -----------------------------------------------------------------------------------------------


async def test_another_persons_button_or_form_does_nothing(world: World) -> None:
    await nudged(world, "Sanne", "Arjun")
    row = await world.row("Sanne", Kind.NUDGE)
    for button in ("done", "no", "another", "skip", "later", "plan", "kit"):
        assert said("press-foreign") in await press(world, "Arjun", f"nudge.{button}", row.id)
    form = await submitted(world, "Arjun", "later.set", row.id, when="tomorrow")
    errors = await world.bot.handle(form)
    assert errors is not None
    assert errors.errors == {"when": said("press-foreign")}
    assert await world.row("Sanne", Kind.NUDGE) == row
    assert await world.driver.modal("Arjun") is None


async def test_a_button_of_something_else_or_of_nothing_is_stale(world: World) -> None:
    await nudged(world)
    row = await world.row("Sanne", Kind.NUDGE)
    planned = (await world.rows("Sanne", Kind.UNDONE))[0]
    for button, value in (
        ("nudge.done", "no-such-row"),
        ("pulse.skip", row.id),  # another kind
        ("undone.drop", planned.id),  # not sent yet
        ("no.such.button", row.id),
    ):
        assert STALE in await press(world, "Sanne", button, value)
    assert await world.bot.handle(await submitted(world, "Sanne", "later.set", planned.id, when="tomorrow")) is not None
    assert await world.row("Sanne", Kind.NUDGE) == row


async def test_after_leaving_a_button_says_how_to_come_back(world: World) -> None:
    await nudged(world)
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play("Sanne", ("press nudge.later", said("form-later-submit")))
    await world.driver.command("Sanne", CHANNEL, "leave")
    assert said("press-left") in (await world.fill("Sanne", when="tomorrow"))["when"]
    await world.play("Sanne", ("close",), ("press nudge.done", said("press-left")))
    assert await world.row("Sanne", Kind.NUDGE) == row
    assert said("not-in") in await ask(world, "Sanne", "later")


# --- later ------------------------------------------------------------------------------------------------------


async def test_later_brings_it_back_as_a_new_message(world: World) -> None:
    people = {
        "Sanne": ("when=tomorrow", "Wednesday 14 January", "2026-01-14T10:00"),
        "Robin": ("when=tomorrow | day=2026-02-17", "Wednesday 14 January", "2026-01-14T10:00"),
        "Grace": ("when=next_week", "Tuesday 20 January", "2026-01-20T10:00"),
        "Iris": ("when=pick | day=2026-01-24", "Saturday 24 January", "2026-01-24T10:00"),  # as they wish
    }
    await nudged(world, *people, zone="Europe/Amsterdam")
    for who, (choice, told, _) in people.items():
        await world.play(
            who,
            ("press nudge.later", title("people-before-systems/item"), said("later-when")),
            (f"send {choice}", said("nudge-later-said", day=told), f"not: {said('nudge-plan-button')}"),
        )
    await pressed_again(world, "Sanne", "nudge.done", "nudge.later", "nudge.no")
    for who, (_, _, comes) in people.items():
        await world.driver.travel(comes)
        old, new = [row for row in await world.rows(who, Kind.NUDGE) if row.state is NudgeState.SENT]
        assert (old.answer, new.answer) == (Answer.LATER, None)
        assert await world.stands(new) != await world.stands(old)
        texts = (await world.screen(who)).values()
        for path in ("people-before-systems/nudge", "people-before-systems/nudge/again-1"):  # in other words
            assert [text.count(title(path)) for text in texts].count(1) == 1
    await world.play(
        "Iris",
        ("press nudge.later", said("form-later-submit")),
        ("send when=tomorrow", said("nudge-later-again", day="Monday 26 January", times=2)),
    )


async def test_a_day_it_cannot_come_back_on_is_said_in_the_form(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("press nudge.later", said("form-later-submit")))
    for day, error in (
        (None, said("later-day-missing")),
        (date(2026, 1, 12), said("day-past")),
        (date(2026, 1, 13), said("day-past")),  # ten o'clock is over
        (date(2026, 3, 15), said("day-far")),
    ):
        assert error in (await world.fill("Sanne", when="pick", day=day))["day"]
    assert (await world.row("Sanne", Kind.NUDGE)).answer is None
    assert await world.fill("Sanne", when="pick", day=date(2026, 3, 14)) == {}


async def test_what_became_of_an_experiment_that_was_put_off_is_asked_after_it_came_back(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne", ("press nudge.later", said("nudge-later-button")), ("send when=next_week", "Tuesday 20 January")
    )
    asked = (await world.rows("Sanne", Kind.UNDONE))[0]
    assert (asked.item, asked.local_date) == ("people-before-systems", date(2026, 1, 22))
    await world.play(
        "Sanne",
        (
            "travel 2026-01-20T10:00",
            title("people-before-systems/nudge/again-1"),
            said("nudge-back", times=1),
            f"not: {title('people-before-systems/undone')}",
        ),
        ("press nudge.done",),
        ("travel 2026-01-21T10:00", title("people-before-systems/debrief")),
        ("travel 2026-01-23T18:00", f"not: {title('people-before-systems/undone')}"),
    )


async def test_two_later_forms_put_it_off_once(world: World) -> None:
    await nudged(world)
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play(
        "Sanne", ("press nudge.later", said("form-later-submit")), ("send when=tomorrow", said("nudge-later-said"))
    )
    other = await submitted(world, "Sanne", "later.set", row.id, when="next_week")  # from another screen
    errors = await world.bot.handle(other)
    assert errors is not None
    assert MOVED_ON in errors.errors["when"]
    assert len([row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "people-before-systems"]) == 2


async def test_later_by_command_takes_the_newest_open_one(world: World) -> None:
    await begin(world, "Sanne", "Grace", language="nl")
    assert said("later-nothing", NL) in await ask(world, "Sanne", "later")  # nothing came yet
    await world.driver.travel(TUESDAY)
    await world.driver.command("Sanne", "dm", "straks")
    await world.play("Sanne", ("send when=tomorrow", said("nudge-later-said", NL, day="woensdag 14 januari")))
    assert said("later-nothing", NL) in await ask(world, "Sanne", "later")  # answered
    assert said("not-in") in await ask(world, "Iris", "later", "dm")
    assert said("not-in", NL) in await ask(world, "Iris", "straks", "dm")


async def test_later_by_command_offers_to_go_on_tomorrow_in_the_midst_of_a_debrief(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T12:00")
    await world.driver.say("Sanne", "dm", "I had expected less")
    await world.play(
        "Sanne",
        ("type later", said("later-debrief"), said("debrief-tomorrow-button")),
        ("press debrief.tomorrow", said("debrief-later-said"), f"not: {said('debrief-tomorrow-button')}"),
    )
    assert not [each for each in (await world.screen("Sanne")).values() if said("debrief-tomorrow-button") in each]
    assert said("later-nothing") in await ask(world, "Sanne", "later", "dm")
    (resumed,) = [row for row in await world.rows("Sanne", Kind.DEBRIEF) if row.occurrence.startswith("resume-")]
    assert resumed.state is NudgeState.PLANNED


async def test_a_nudge_from_long_ago_can_still_be_put_off(world: World) -> None:
    await nudged(world)
    for row in await world.rows("Sanne", Kind.NUDGE):
        if row.state is NudgeState.PLANNED:  # nothing else came since
            await world.bot.ports.store.save(replace(row, state=NudgeState.CANCELLED))
    await live_on(world, "2026-04-01T10:00", "Sanne")
    await world.driver.command("Sanne", "dm", "later")
    assert await world.fill("Sanne", when="tomorrow") == {}


async def test_after_the_last_week_there_is_nothing_to_put_off(world: World) -> None:
    await nudged(world)
    await live_on(world, "2026-04-20T10:00", "Sanne")  # never answered a thing
    assert said("later-nothing") in await ask(world, "Sanne", "later", "dm")


# --- not for me -------------------------------------------------------------------------------------------------


async def test_not_for_me_shows_one_alternative_after_another_and_lets_go(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        (
            "press nudge.no",
            some_of("people-before-systems/not-for-me"),
            title("people-before-systems/alternatives/1"),
            said("nudge-another-button"),
            f"not: {title('people-before-systems/nudge')}",
        ),
        ("press nudge.another", title("people-before-systems/alternatives/2")),
        ("press nudge.another", title("people-before-systems/alternatives/3")),
        (
            "press nudge.another",
            title("people-before-systems/alternatives/4"),
            said("nudge-skip-button"),
            f"not: {said('nudge-another-button')}",
        ),
        (
            "press nudge.skip",
            said("nudge-left", times=0),
            f"not: {some_of('people-before-systems/not-for-me')}",
        ),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.SKIPPED
    await pressed_again(world, "Sanne", "nudge.skip", "nudge.done", "nudge.plan", "nudge.no")
    await world.play(
        "Sanne",
        (f"travel {THURSDAY}", f"not: {title('people-before-systems/follow-up')}"),
        (
            "travel 2026-01-20T10:00",
            f"not: {title('people-before-systems/debrief')}",
        ),  # nothing to look back on
    )


async def test_a_doubled_click_on_another_skips_no_alternative(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("press nudge.no", title("people-before-systems/alternatives/1")))
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play("Sanne", ("press nudge.another", title("people-before-systems/alternatives/2")))
    assert STALE in await press(world, "Sanne", "nudge.another", f"{row.id}:0")
    assert STALE in await press(world, "Sanne", "nudge.no", row.id)
    assert (await world.row("Sanne", Kind.NUDGE)).alternative == 1


@pytest.mark.parametrize(
    ("deeds", "seen"),
    [
        (
            (("press nudge.done", title("people-before-systems/alternatives/2"), said("nudge-done-short")),),
            Answer.DONE,
        ),
        (
            (
                ("press nudge.plan",),
                (
                    "send first=it rains | second=call",
                    title("people-before-systems/alternatives/2"),
                    whole("promise-plan-text", first="it rains", second="call"),
                ),
            ),
            Answer.PLANNED,
        ),
    ],
)
async def test_an_alternative_is_an_experiment_like_any(
    world: World, deeds: Sequence[tuple[str, ...]], seen: Answer
) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.no",),
        ("press nudge.another", title("people-before-systems/alternatives/2")),
        *deeds,
    )
    row = await world.row("Sanne", Kind.NUDGE)
    assert (row.answer, row.alternative) == (seen, 1)
    comes = {
        Answer.DONE: title("people-before-systems/debrief"),
        Answer.PLANNED: title("people-before-systems/day-of"),
    }
    await world.play("Sanne", ("travel 2026-01-14T15:00", comes[seen]))


async def test_not_for_me_after_a_plan_drops_the_plan(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.plan",),
        ("send first=a | second=b", said("nudge-plan_change-button")),
        (
            "press nudge.no",
            title("people-before-systems/alternatives/1"),
            f"not: {said('nudge-plan_change-button')}",
        ),
        ("press nudge.plan", some_of("people-before-systems/plan/if")),
    )
    form = await world.form("Sanne")
    assert [world.driver.preset(form, each) for each in ("first", "second")] == [None, None]  # the dropped plan
    await world.play("Sanne", ("send first=c | second=d", whole("promise-plan-text", first="c", second="d")))
    row = await world.row("Sanne", Kind.NUDGE)
    states = [plan.state for plan in commitments_for(world.bot.ports.store, row.id)]
    assert sorted(states) == [CommitmentState.DROPPED, CommitmentState.OPEN]


# --- the page ---------------------------------------------------------------------------------------------------


async def test_the_page_tells_how_and_changes_nothing(world: World) -> None:
    await nudged(world, language="nl")
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play(
        "Sanne",
        (
            "press nudge.kit",
            said("nudge-kit-button", NL),
            some_of("people-before-systems/kit", NL),
            said("form-close", NL),
        ),
        ("close",),
    )
    assert await world.row("Sanne", Kind.NUDGE) == row


async def test_an_item_without_a_page_has_no_button_for_one(world: World, tmp_path: Path) -> None:
    prompts = copytree(prompts_folder(), tmp_path / "prompts")
    (prompts / "journeys" / "twelve-weeks" / "people-before-systems" / "kit.yaml").unlink()
    world.bot.ports = replace(world.bot.ports, words=FileWords(prompts))
    await nudged(world)
    assert said("nudge-kit-button") not in world.driver.labels(await world.latest("Sanne"))
    assert STALE in await press(world, "Sanne", "nudge.kit", (await world.row("Sanne", Kind.NUDGE)).id)
    assert await world.driver.modal("Sanne") is None


async def test_who_walks_an_experiment_that_its_author_renamed_goes_on_with_its_last_good_text(
    world: World, tmp_path: Path
) -> None:
    kept, prompts = Kept(tmp_path / "kept"), copytree(prompts_folder(), tmp_path / "prompts")
    world.bot.ports = replace(world.bot.ports, words=FileWords(prompts, kept=kept))
    await nudged(world)
    journey = prompts / "journeys" / "twelve-weeks"
    (journey / "people-before-systems").rename(journey / "people-first")
    top = journey / "journey.yaml"
    top.write_text(top.read_text("utf-8").replace("people-before-systems", "people-first"), "utf-8")
    world.bot.ports = replace(world.bot.ports, words=FileWords(prompts, kept=kept))  # as after a restart
    assert "people-first" in world.bot.ports.words.journeys()["twelve-weeks"].items
    await world.play("Sanne", ("press nudge.done", said("nudge-done-when", day="Wednesday 14 January", times=0)))
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE


# --- the reminder -----------------------------------------------------------------------------------------------


async def test_a_nudge_without_an_answer_is_reminded_of_once(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", (f"travel {THURSDAY}", title("people-before-systems/follow-up")))
    assert world.driver.labels(await world.latest("Sanne")) == labels(
        "follow-done-button", "follow-plan-button", "nudge-no-button"
    )
    await world.play("Sanne", ("travel 2026-01-19T10:00", f"not: {title('people-before-systems/follow-up')}"))


async def test_the_reminders_done_closes_both(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    reminder = await world.row("Sanne", Kind.FOLLOW_UP)
    await world.play(
        "Sanne",
        (
            "press follow.done",
            said("nudge-done-when", day="Friday 16 January", times=0),
            f"not: {said('follow-plan-button')}",
        ),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE
    for button in ("follow.done", "follow.plan", "follow.no"):
        assert STALE in await press(world, "Sanne", button, reminder.id)
        assert said("press-foreign") in await press(world, "Marit", button, reminder.id)


async def test_the_reminders_not_for_me_shows_the_alternatives_there(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        (
            "press follow.no",
            some_of("people-before-systems/not-for-me"),
            title("people-before-systems/alternatives/1"),
            said("nudge-another-button"),
        ),
    )
    assert title("people-before-systems/alternatives/1") in await world.text(
        "Sanne"
    )  # in the newest message, not only far above
    await world.play("Sanne", ("press nudge.skip", said("nudge-left", times=0)))
    assert all(said("nudge-another-button") not in text for text in (await world.screen("Sanne")).values())


async def test_the_reminders_plan_is_the_nudges(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        ("press follow.plan", some_of("people-before-systems/plan")),
        (
            "send first=lunch is over | second=walk to Sales",
            whole("promise-plan-text", first="lunch is over", second="walk to Sales"),
            f"not: {said('follow-plan-button')}",
        ),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.PLANNED


async def test_a_nudge_answered_above_closes_its_reminder_below(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        ("press nudge.later", said("form-later-submit")),
        ("send when=tomorrow", said("nudge-later-said", day="Friday 16 January"), f"not: {said('follow-plan-button')}"),
    )
    assert all(said("follow-plan-button") not in text for text in (await world.screen("Sanne")).values())


# --- the first message, the check, the boosters -----------------------------------------------------------------


async def test_the_welcome_is_confirmed_once(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    row = await world.row("Sanne", Kind.WELCOME)
    told = world.driver.texts((await world.direct("Sanne"))[0])
    for words in ("dinsdag 10:00", "donderdag 15:00", "Europe/Amsterdam", said("scope-names", NL, names="Marit")):
        assert words in told
    await world.play("Sanne", ("press welcome.ok", said("welcome-said", NL), f"not: {said('welcome-ok-button', NL)}"))
    assert said("press-stale", NL) in await press(world, "Sanne", "welcome.ok", row.id)
    assert said("press-foreign") in await press(world, "Marit", "welcome.ok", row.id)


async def test_boosters_bring_the_habit_back_once_and_are_answered(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    habits = {"Sanne": ("coach", "count to five"), "Grace": ("private", "hush-hush")}
    await live_on(world, "2026-03-24T16:00", "Sanne", "Grace", "Arjun")
    for who, (scope, habit) in habits.items():
        await world.play(who, ("press keep.write",), (f"send text={habit} | scope={scope}", said("keep-done-said")))
    await world.play(
        "Sanne", ("travel 2026-04-28T17:00", title("boosters/week-16"), said("booster-kept-label"), "five")
    )
    assert said("booster-kept-private") in await world.text("Grace")
    assert said("form-keep-title") not in await world.text("Arjun")  # chose none
    await world.play("Grace", ("press reply.read", "hush-hush"), ("close",))
    await world.nowhere("hush-hush")
    rows = {who: await world.row(who, Kind.BOOSTER) for who in ("Sanne", "Grace")}
    await world.play("Sanne", ("press booster.done", said("booster-done-said"), f"not: {said('booster-skip-button')}"))
    await world.play(
        "Grace", ("press booster.skip", said("booster-skipped-said"), f"not: {said('follow-done-button')}")
    )
    for who, row in rows.items():
        for button in ("booster.done", "booster.skip"):
            assert STALE in await press(world, who, button, row.id)
    await world.play("Sanne", ("travel 2026-06-23T17:00", title("boosters/week-24"), "not: count to five"))
