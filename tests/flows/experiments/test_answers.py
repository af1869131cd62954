"""The experiment: done, later, not for me, its page, and the one reminder."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask, begin, did_it, live_on, press, submitted
from tests.remembered import remembered
from tests.stored import commitments_for

TUESDAY = "2026-01-13T10:00"  # the first nudge
WHEN = "Done. On {day} January I will ask you four short questions about it."
THURSDAY = "2026-01-15T15:00"
STALE = "This button no longer works."
MOVED_ON = "Something changed since you opened this form"


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
    assert world.driver.labels(nudge) == ["I'll do it", "Done already", "Later", "Not for me", "How to"]
    await world.play(
        "Sanne",
        (
            "press nudge.done",
            content.title("people-before-systems/nudge"),
            WHEN.format(day="Wednesday 14"),
            "not: Later",
        ),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE
    await pressed_again(
        world, "Sanne", "nudge.done", "nudge.no", "nudge.another", "nudge.skip", "nudge.later", "nudge.plan"
    )
    await world.play("Sanne", (f"travel {THURSDAY}", f"not: {content.title('people-before-systems/follow-up')}"))


async def test_done_closes_an_open_plan_too(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.plan", "Your plan"),
        ("send first=the stand-up is over | second=ring Purchasing", "Your plan for Wednesday 14 January"),
        ("press nudge.done", WHEN.format(day="Wednesday 14"), "not: Change the plan"),
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
        assert "This button is for somebody else." in await press(world, "Arjun", f"nudge.{button}", row.id)
    form = await submitted(world, "Arjun", "later.set", row.id, when="tomorrow")
    errors = await world.bot.handle(form)
    assert errors is not None
    assert errors.errors == {"when": "This button is for somebody else."}
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
    await world.play("Sanne", ("press nudge.later", "Put it off"))
    await world.driver.command("Sanne", CHANNEL, "leave")
    assert "You left the journey, so I kept nothing." in (await world.fill("Sanne", when="tomorrow"))["when"]
    await world.play("Sanne", ("close",), ("press nudge.done", "You left the journey, so I kept nothing."))
    assert await world.row("Sanne", Kind.NUDGE) == row
    assert "aren't taking part" in await ask(world, "Sanne", "later")


# --- later ------------------------------------------------------------------------------------------------------


async def test_later_brings_it_back_as_a_new_message(world: World) -> None:
    people = {
        "Sanne": ("when=tomorrow", "Wednesday 14 January.", "2026-01-14T10:00"),
        "Robin": ("when=tomorrow | day=2026-02-17", "Wednesday 14 January.", "2026-01-14T10:00"),
        "Grace": ("when=next_week", "Tuesday 20 January.", "2026-01-20T10:00"),
        "Iris": ("when=pick | day=2026-01-24", "Saturday 24 January.", "2026-01-24T10:00"),  # as they wish
    }
    await nudged(world, *people, zone="Europe/Amsterdam")
    for who, (choice, told, _) in people.items():
        await world.play(
            who,
            ("press nudge.later", content.title("people-before-systems/item"), "When shall I come back with it?"),
            (f"send {choice}", f"Put off. It comes back on {told}", "not: I'll do it"),
        )
    await pressed_again(world, "Sanne", "nudge.done", "nudge.later", "nudge.no")
    for who, (_, _, comes) in people.items():
        await world.driver.travel(comes)
        old, new = [row for row in await world.rows(who, Kind.NUDGE) if row.state is NudgeState.SENT]
        assert (old.answer, new.answer) == (Answer.LATER, None)
        assert await world.stands(new) != await world.stands(old)
        texts = (await world.screen(who)).values()
        for title in ("people-before-systems/nudge", "people-before-systems/nudge/again-1"):  # in other words
            assert [text.count(content.title(title)) for text in texts].count(1) == 1
    await world.play(
        "Iris", ("press nudge.later", "Put it off"), ("send when=tomorrow", "Put off once more, to Monday 26 January.")
    )


async def test_a_day_it_cannot_come_back_on_is_said_in_the_form(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("press nudge.later", "Put it off"))
    for day, error in (
        (None, "Pick the day when it should come back."),
        (date(2026, 1, 12), "That day has passed."),
        (date(2026, 1, 13), "That day has passed."),  # ten o'clock is over
        (date(2026, 3, 15), "more than 60 days away"),
    ):
        assert error in (await world.fill("Sanne", when="pick", day=day))["day"]
    assert (await world.row("Sanne", Kind.NUDGE)).answer is None
    assert await world.fill("Sanne", when="pick", day=date(2026, 3, 14)) == {}


async def test_what_became_of_an_experiment_that_was_put_off_is_asked_after_it_came_back(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("press nudge.later", "Later"), ("send when=next_week", "Tuesday 20 January"))
    asked = (await world.rows("Sanne", Kind.UNDONE))[0]
    assert (asked.item, asked.local_date) == ("people-before-systems", date(2026, 1, 22))
    await world.play(
        "Sanne",
        (
            "travel 2026-01-20T10:00",
            content.title("people-before-systems/nudge/again-1"),
            "You put this off to today",
            f"not: {content.title('people-before-systems/undone')}",
        ),
        ("press nudge.done",),
        ("travel 2026-01-21T10:00", content.title("people-before-systems/debrief")),
        ("travel 2026-01-23T18:00", f"not: {content.title('people-before-systems/undone')}"),
    )


async def test_two_later_forms_put_it_off_once(world: World) -> None:
    await nudged(world)
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play("Sanne", ("press nudge.later", "Put it off"), ("send when=tomorrow", "Put off."))
    other = await submitted(world, "Sanne", "later.set", row.id, when="next_week")  # from another screen
    errors = await world.bot.handle(other)
    assert errors is not None
    assert MOVED_ON in errors.errors["when"]
    assert len([row for row in await world.rows("Sanne", Kind.NUDGE) if row.item == "people-before-systems"]) == 2


async def test_later_by_command_takes_the_newest_open_one(world: World) -> None:
    await begin(world, "Sanne", "Grace", language="nl")
    assert "er valt niets uit te stellen" in await ask(world, "Sanne", "later")  # nothing came yet
    await world.driver.travel(TUESDAY)
    await world.driver.command("Sanne", "dm", "straks")
    await world.play("Sanne", ("send when=tomorrow", "Uitgesteld. Op woensdag 14 januari kom ik ermee terug."))
    assert "er valt niets uit te stellen" in await ask(world, "Sanne", "later")  # answered
    assert "You aren't taking part" in await ask(world, "Iris", "later", "dm")
    assert "Je doet hier niet mee." in await ask(world, "Iris", "straks", "dm")


async def test_later_by_command_offers_to_go_on_tomorrow_in_the_midst_of_a_debrief(world: World) -> None:
    await begin(world, "Sanne")
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T12:00")
    await world.driver.say("Sanne", "dm", "I had expected less")
    await world.play(
        "Sanne",
        ("type later", "You still have questions open.", "Go on tomorrow"),
        ("press debrief.tomorrow", "We'll pick this up on your next working day.", "not: Go on tomorrow"),
    )
    assert not [each for each in (await world.screen("Sanne")).values() if "Go on tomorrow" in each]
    assert "nothing to put off" in await ask(world, "Sanne", "later", "dm")
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
    assert "nothing to put off" in await ask(world, "Sanne", "later", "dm")


# --- not for me -------------------------------------------------------------------------------------------------


async def test_not_for_me_shows_one_alternative_after_another_and_lets_go(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        (
            "press nudge.no",
            content.some_of("people-before-systems/not-for-me"),
            content.title("people-before-systems/alternatives/1"),
            "Show me another",
            f"not: {content.title('people-before-systems/nudge')}",
        ),
        ("press nudge.another", content.title("people-before-systems/alternatives/2")),
        ("press nudge.another", content.title("people-before-systems/alternatives/3")),
        (
            "press nudge.another",
            content.title("people-before-systems/alternatives/4"),
            "Skip this one",
            "not: Show me another",
        ),
        ("press nudge.skip", "We'll skip that one.", f"not: {content.some_of('people-before-systems/not-for-me')}"),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.SKIPPED
    await pressed_again(world, "Sanne", "nudge.skip", "nudge.done", "nudge.plan", "nudge.no")
    await world.play(
        "Sanne",
        (f"travel {THURSDAY}", f"not: {content.title('people-before-systems/follow-up')}"),
        (
            "travel 2026-01-20T10:00",
            f"not: {content.title('people-before-systems/debrief')}",
        ),  # nothing to look back on
    )


async def test_a_doubled_click_on_another_skips_no_alternative(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", ("press nudge.no", content.title("people-before-systems/alternatives/1")))
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play("Sanne", ("press nudge.another", content.title("people-before-systems/alternatives/2")))
    assert STALE in await press(world, "Sanne", "nudge.another", f"{row.id}:0")
    assert STALE in await press(world, "Sanne", "nudge.no", row.id)
    assert (await world.row("Sanne", Kind.NUDGE)).alternative == 1


@pytest.mark.parametrize(
    ("deeds", "seen"),
    [
        ((("press nudge.done", content.title("people-before-systems/alternatives/2"), "Done."),), Answer.DONE),
        (
            (
                ("press nudge.plan",),
                (
                    "send first=it rains | second=call",
                    content.title("people-before-systems/alternatives/2"),
                    "If it rains",
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
        ("press nudge.another", content.title("people-before-systems/alternatives/2")),
        *deeds,
    )
    row = await world.row("Sanne", Kind.NUDGE)
    assert (row.answer, row.alternative) == (seen, 1)
    comes = {
        Answer.DONE: content.title("people-before-systems/debrief"),
        Answer.PLANNED: content.title("people-before-systems/day-of"),
    }
    await world.play("Sanne", ("travel 2026-01-14T15:00", comes[seen]))


async def test_not_for_me_after_a_plan_drops_the_plan(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        ("press nudge.plan",),
        ("send first=a | second=b", "Change the plan"),
        ("press nudge.no", content.title("people-before-systems/alternatives/1"), "not: Change the plan"),
        ("press nudge.plan", content.some_of("people-before-systems/plan/if")),
    )
    form = await world.form("Sanne")
    assert [world.driver.preset(form, each) for each in ("first", "second")] == [None, None]  # the dropped plan
    await world.play("Sanne", ("send first=c | second=d", "If c"))
    row = await world.row("Sanne", Kind.NUDGE)
    states = [plan.state for plan in commitments_for(world.bot.ports.store, row.id)]
    assert sorted(states) == [CommitmentState.DROPPED, CommitmentState.OPEN]


# --- the page ---------------------------------------------------------------------------------------------------


async def test_the_page_tells_how_and_changes_nothing(world: World) -> None:
    await nudged(world, language="nl")
    row = await world.row("Sanne", Kind.NUDGE)
    await world.play(
        "Sanne",
        ("press nudge.kit", "Zo doe je dat", content.some_of("people-before-systems/kit", content.NL), "Sluiten"),
        ("close",),
    )
    assert await world.row("Sanne", Kind.NUDGE) == row


async def test_an_item_without_a_page_has_no_button_for_one(world: World, tmp_path: Path) -> None:
    prompts = copytree(prompts_folder(), tmp_path / "prompts")
    (prompts / "journeys" / "twelve-weeks" / "people-before-systems" / "kit.yaml").unlink()
    world.bot.ports = replace(world.bot.ports, words=FileWords(prompts))
    await nudged(world)
    assert "How to" not in world.driver.labels(await world.latest("Sanne"))
    assert STALE in await press(world, "Sanne", "nudge.kit", (await world.row("Sanne", Kind.NUDGE)).id)
    assert await world.driver.modal("Sanne") is None


# --- the reminder -----------------------------------------------------------------------------------------------


async def test_a_nudge_without_an_answer_is_reminded_of_once(world: World) -> None:
    await nudged(world)
    await world.play("Sanne", (f"travel {THURSDAY}", content.title("people-before-systems/follow-up")))
    assert world.driver.labels(await world.latest("Sanne")) == ["Done", "I'll pick a day", "Not for me"]
    await world.play("Sanne", ("travel 2026-01-19T10:00", f"not: {content.title('people-before-systems/follow-up')}"))


async def test_the_reminders_done_closes_both(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    reminder = await world.row("Sanne", Kind.FOLLOW_UP)
    await world.play("Sanne", ("press follow.done", WHEN.format(day="Friday 16"), "not: I'll pick a day"))
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE
    for button in ("follow.done", "follow.plan", "follow.no"):
        assert STALE in await press(world, "Sanne", button, reminder.id)
        assert "somebody else" in await press(world, "Marit", button, reminder.id)


async def test_the_reminders_not_for_me_shows_the_alternatives_there(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        (
            "press follow.no",
            content.some_of("people-before-systems/not-for-me"),
            content.title("people-before-systems/alternatives/1"),
            "Show me another",
        ),
    )
    assert content.title("people-before-systems/alternatives/1") in await world.text(
        "Sanne"
    )  # in the newest message, not only far above
    await world.play("Sanne", ("press nudge.skip", "We'll skip that one."))
    assert all("Show me another" not in text for text in (await world.screen("Sanne")).values())


async def test_the_reminders_plan_is_the_nudges(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        ("press follow.plan", content.some_of("people-before-systems/plan")),
        ("send first=lunch is over | second=walk to Sales", "If lunch is over", "not: I'll pick a day"),
    )
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.PLANNED


async def test_a_nudge_answered_above_closes_its_reminder_below(world: World) -> None:
    await nudged(world)
    await world.driver.travel(THURSDAY)
    await world.play(
        "Sanne",
        ("press nudge.later", "Put it off"),
        ("send when=tomorrow", "It comes back on Friday 16 January.", "not: I'll pick a day"),
    )
    assert all("I'll pick a day" not in text for text in (await world.screen("Sanne")).values())


# --- the first message, the check, the boosters -----------------------------------------------------------------


async def test_the_welcome_is_confirmed_once(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    row = await world.row("Sanne", Kind.WELCOME)
    told = world.driver.texts((await world.direct("Sanne"))[0])
    for words in ("dinsdag 10:00", "donderdag 15:00", "Europe/Amsterdam", "Jij en Marit kunnen dit lezen"):
        assert words in told
    await world.play("Sanne", ("press welcome.ok", "Mooi. Tot dan.", "not: Klopt"))
    assert "Deze knop werkt niet meer." in await press(world, "Sanne", "welcome.ok", row.id)
    assert "is for somebody else" in await press(world, "Marit", "welcome.ok", row.id)


async def test_boosters_bring_the_habit_back_once_and_are_answered(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun")
    habits = {"Sanne": ("coach", "count to five"), "Grace": ("private", "hush-hush")}
    await live_on(world, "2026-03-24T16:00", "Sanne", "Grace", "Arjun")
    for who, (scope, habit) in habits.items():
        await world.play(who, ("press keep.write",), (f"send text={habit} | scope={scope}", "Chosen."))
    await world.play(
        "Sanne", ("travel 2026-04-28T17:00", content.title("boosters/week-16"), "You wanted to keep this", "five")
    )
    assert "Only you can read it, so I won't repeat it here." in await world.text("Grace")
    assert "habit to keep" not in await world.text("Arjun")  # chose none
    await world.play("Grace", ("press reply.read", "hush-hush"), ("close",))
    await world.nowhere("hush-hush")
    rows = {who: await world.row(who, Kind.BOOSTER) for who in ("Sanne", "Grace")}
    await world.play("Sanne", ("press booster.done", "Good. That's how a habit survives", "not: Not this time"))
    await world.play("Grace", ("press booster.skip", "Not this time. That's fine.", "not: Done"))
    for who, row in rows.items():
        for button in ("booster.done", "booster.skip"):
            assert STALE in await press(world, who, button, row.id)
    await world.play("Sanne", ("travel 2026-06-23T17:00", content.title("boosters/week-24"), "not: count to five"))
