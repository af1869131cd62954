"""The if-then plan, the question on its day, and the one change brought back to work."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.reply import Scope
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.talk import ask_and_say_yes, begin, did_it, form_text, live_on, member_of, press, run_of, submitted
from tests.remembered import remembered
from tests.stored import commitments_of, replies_to

WHEN = "Done. On Thursday 15 January I will ask you four short questions about it."
TUESDAY = "2026-01-13T10:00"  # the first nudge
STALE = "This button no longer works."
MOVED_ON = "Something changed since you opened this form"
FOREIGN = "This button is for somebody else."
LEFT = "You left the journey"
PLAN = "send first=the stand-up is over | second=ring Purchasing"


@remembered
async def nudged(world: World, **values: str) -> None:
    await begin(world, "Sanne", **values)
    await world.driver.travel(TUESDAY)


async def planned(world: World, day: str = "", **values: str) -> None:
    """Let Sanne get her first nudge and make a plan for it."""
    await nudged(world, **values)
    await world.do("Sanne", "press nudge.plan")
    await world.do("Sanne", PLAN + (f" | day={day}" if day else ""))


async def promises(world: World, who: str = "Sanne") -> list[Commitment]:
    """Return what somebody promised, newest first."""
    member = await member_of(world, who)
    assert member is not None
    return commitments_of(world.bot.ports.store, member.id)


async def refused(world: World, who: str, form: str, subject: str, **values: str) -> dict[str, str]:
    """Send a form in that is open on another screen; return its errors."""
    answer = await world.bot.handle(await submitted(world, who, form, subject, **values))
    return dict(answer.errors) if answer else {}


# --- the plan ---------------------------------------------------------------------------------------------------


async def test_a_plan_is_two_halves_and_a_workday_and_is_shown_back(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        (
            "press nudge.plan",
            "Your plan",
            content.some_of("people-before-systems/plan"),
            "If …",
            "… then I",
            "You and Marit can read this.",
        ),
    )
    assert world.driver.preset(await world.form("Sanne"), "day") == "2026-01-14"
    await world.play(
        "Sanne",
        (
            PLAN,
            "Your plan for Wednesday 14 January",
            "If the stand-up is over",
            "then I ring Purchasing",
            "not: Show me",
        ),
    )
    assert world.driver.labels(await world.latest("Sanne")) == [
        "Change the plan",
        "Done already",
        "Not for me",
        "How to",
        "Share with the team",
        "Delete",
    ]


@pytest.mark.parametrize("now", ["2026-01-16T16:00", "2026-01-18T12:00"])  # a Friday, a Sunday
async def test_the_day_offered_is_one_on_which_the_person_works(world: World, now: str) -> None:
    await nudged(world)
    await world.driver.travel(now)
    await world.do("Sanne", "press nudge.plan")
    assert world.driver.preset(await world.form("Sanne"), "day") == "2026-01-19"


async def test_a_private_plan_opens_for_its_owner_and_stands_nowhere(world: World) -> None:
    await planned(world, scope="private")
    plan = (await promises(world))[0]
    nudge = await world.text("Sanne")
    assert "Your plan for Wednesday 14 January. Only you can read it, so I won't repeat it here." in nudge
    await world.play("Sanne", ("press plan.read", "If the stand-up is over", "then I ring Purchasing"), ("close",))
    for who in ("Marit", "Iris"):  # the coach; a stranger
        assert STALE in await press(world, who, "plan.read", plan.id)
        assert await world.driver.modal(who) is None
    assert STALE in await press(world, "Sanne", "plan.read", "no-such-plan")
    await world.play(
        "Sanne",
        ("travel 2026-01-14T15:00", content.title("people-before-systems/day-of"), "Show me", "not: stand-up"),
        ("press plan.read", "If the stand-up is over"),
        ("close",),
    )
    await world.nowhere("stand-up is over", "ring Purchasing")


async def test_the_coachs_plan_is_quoted_as_it_was_written(world: World) -> None:
    await nudged(world, language="nl", scope="coach")
    await world.play(
        "Sanne",
        ("press nudge.plan", "Jouw plan", "Als …", "… dan"),
        ("send first=*lunch* <!channel> | second=loop ik langs", "Als *lunch* <!channel>", "dan loop ik langs"),
    )


async def test_what_cannot_be_kept_is_said_in_the_form(world: World) -> None:
    await nudged(world)
    await world.do("Sanne", "press nudge.plan")
    row = await world.row("Sanne", Kind.NUDGE)
    for given, field, error in (
        ({"first": "a", "second": "b", "day": "2026-01-12"}, "day", "That day has passed. Pick today or later."),
        ({"first": "a", "second": "b", "day": "2026-03-15"}, "day", "That's more than 60 days away."),
        ({"second": "b", "day": "2026-01-14"}, "first", "When will you do it?"),  # as a platform sends spaces
        ({"first": "a", "day": "2026-01-14"}, "second", "What will you do?"),
    ):
        errors = await refused(world, "Sanne", "plan.make", row.id, **given)
        assert set(errors) == {field}
        assert error in errors[field]
    assert await promises(world) == []
    assert await world.fill("Sanne", first="a", second="b", day="2026-03-14") == {}  # the form is still open


async def test_a_plan_can_be_changed_and_sent_in_twice_is_one(world: World) -> None:
    await planned(world)
    row = await world.row("Sanne", Kind.NUDGE)
    before = (await promises(world), await world.rows("Sanne"))
    same = {"first": "the stand-up is over", "second": "ring Purchasing", "day": "2026-01-14"}
    assert await refused(world, "Sanne", "plan.make", row.id, **same) == {}
    assert (await promises(world), await world.rows("Sanne")) == before
    await world.play(
        "Sanne",
        ("press nudge.plan_change", content.some_of("people-before-systems/plan/if"), "ring Purchasing"),
        ("send second=write to Purchasing", "then I write to Purchasing", "Wednesday 14 January"),
        ("press nudge.plan_change",),
        ("send day=2026-01-16", "Your plan for Friday 16 January"),
    )
    (plan,) = await promises(world)
    assert (plan.second, plan.due_on) == ("write to Purchasing", date(2026, 1, 16))
    states = [(row.local_date.day, row.state) for row in await world.rows("Sanne", Kind.DAY_OF)]
    assert sorted(states) == [(14, NudgeState.CANCELLED), (16, NudgeState.PLANNED)]


async def test_a_changed_plan_keeps_the_scope_it_has(world: World) -> None:
    await planned(world, scope="coach")
    run = await run_of(world, "Sanne")
    await world.bot.ports.store.save(replace(run, scope=Scope.PRIVATE))
    await world.play(
        "Sanne",
        ("press nudge.plan_change", "You and Marit can read this."),
        ("send second=write to Purchasing", "write to Purchasing", "not: I won't repeat it here"),
    )
    assert (await promises(world))[0].scope is Scope.COACH


async def test_a_plan_of_an_answered_or_foreign_nudge_is_not_kept(world: World) -> None:
    await nudged(world)
    row = await world.row("Sanne", Kind.NUDGE)
    given = {"first": "a", "second": "b", "day": "2026-01-14"}
    assert FOREIGN in (await refused(world, "Marit", "plan.make", row.id, **given))["day"]
    await world.do("Sanne", "press nudge.done")
    assert MOVED_ON in (await refused(world, "Sanne", "plan.make", row.id, **given))["day"]
    assert STALE in await press(world, "Sanne", "nudge.plan_change", row.id)
    assert await promises(world) == []
    await world.driver.command("Sanne", CHANNEL, "leave")
    assert LEFT in (await refused(world, "Sanne", "plan.make", row.id, **given))["day"]


async def test_during_a_pause_a_plan_is_kept_and_its_question_waits(world: World) -> None:
    await nudged(world)
    await ask_and_say_yes(world, "Sanne", "pause 26 January", "dm")
    await world.play(
        "Sanne",
        ("press nudge.plan",),
        (PLAN, "Your plan for"),
        ("travel 2026-01-25T12:00", f"not: {content.title('people-before-systems/day-of')}"),
    )
    assert len(await promises(world)) == 1


# --- its day ----------------------------------------------------------------------------------------------------


async def test_on_the_day_in_the_afternoon_it_is_asked_and_done(world: World) -> None:
    await planned(world)
    await world.play(
        "Sanne",
        ("travel 2026-01-14T14:59", "not: Today"),
        (
            "travel 2026-01-14T15:00",
            content.title("people-before-systems/day-of"),
            "If the stand-up is over",
            "Another day",
        ),
    )
    row = await world.row("Sanne", Kind.DAY_OF)
    await world.play(
        "Sanne",
        (
            "press day.done",
            WHEN,
            "not: Another day",
        ),
    )
    assert (await promises(world))[0].state is CommitmentState.DONE
    assert (await world.row("Sanne", Kind.NUDGE)).answer is Answer.DONE
    for button in ("day.done", "day.drop", "day.move"):
        assert STALE in await press(world, "Sanne", button, row.id)
        assert FOREIGN in await press(world, "Marit", button, row.id)
    assert MOVED_ON in (await refused(world, "Sanne", "day.moved", row.id, day="2026-01-16"))["day"]
    assert FOREIGN in (await refused(world, "Marit", "day.moved", row.id, day="2026-01-16"))["day"]
    assert (await promises(world))[0].state is CommitmentState.DONE


async def test_a_plan_can_be_moved_and_is_asked_again_on_the_new_day(world: World) -> None:
    await planned(world, language="nl")
    await world.driver.travel("2026-01-14T15:00")
    await world.do("Sanne", "press day.move")
    assert world.driver.preset(await world.form("Sanne"), "day") == "2026-01-15"
    for wrong, error in (("2026-01-13", "Die dag is al geweest."), ("2026-03-17", "meer dan 60 dagen")):
        assert error in (await world.fill("Sanne", day=wrong))["day"]
    await world.play(
        "Sanne",
        ("send day=2026-01-19", "Verzet naar maandag 19 januari.", "not: Andere dag"),
        (
            "travel 2026-01-19T15:00",
            content.title("people-before-systems/day-of/again-1", content.NL),
            "Jouw plan voor maandag 19 januari",
        ),
        ("press day.done", "Gedaan. Op dinsdag 20 januari stel ik je er vier korte vragen over."),
    )
    (plan,) = await promises(world)
    assert plan.state is CommitmentState.DONE


async def test_a_plan_can_be_dropped_without_blame(world: World) -> None:
    await planned(world)
    await world.play(
        "Sanne",
        ("travel 2026-01-14T15:00",),
        ("press day.drop", "Dropped. Sometimes real life wins.", "We'll skip that one."),
        ("travel 2026-01-20T10:00", f"not: {content.title('people-before-systems/debrief')}"),
    )
    assert (await promises(world))[0].state is CommitmentState.DROPPED


async def test_the_question_comes_that_afternoon_or_the_first_working_morning_after(world: World) -> None:
    await begin(world, "Sanne", "Robin", "Iris", zone="Europe/Amsterdam")
    for who, now, day in (
        ("Sanne", "2026-01-13T10:00", "2026-01-13"),
        ("Iris", "2026-01-13T10:01", "2026-01-17"),  # a day off
        ("Robin", "2026-01-13T16:00", "2026-01-13"),  # the hour is over
    ):
        await world.driver.travel(now)
        await world.play(who, ("press nudge.plan",), (f"{PLAN} | day={day}", "Your plan for"))
    assert content.title("people-before-systems/day-of") in await world.text("Sanne")
    await world.play("Robin", ("travel 2026-01-14T10:00", "It was planned for Tuesday 13 January.", "Drop it"))
    await world.play("Iris", ("travel 2026-01-19T10:00", "It was planned for Saturday 17 January.", "Another day"))


async def test_what_settles_the_plan_elsewhere_settles_its_question(world: World) -> None:
    await planned(world)
    await world.driver.travel("2026-01-14T15:00")
    row = await world.row("Sanne", Kind.DAY_OF)
    await world.play(
        "Sanne",
        ("press nudge.plan_change",),
        ("send day=2026-01-15", "Moved to Thursday 15 January."),
    )
    assert STALE in await press(world, "Sanne", "day.done", row.id)
    await world.play("Sanne", ("press nudge.no", "Dropped. Sometimes real life wins", "not: Another day"))
    await world.play("Sanne", ("press nudge.plan",), ("send first=a | second=b | day=2026-01-14", "If a"))
    await world.play("Sanne", ("press nudge.done", WHEN))
    assert "Another day" not in "".join((await world.screen("Sanne")).values())


async def test_done_on_the_nudge_shows_the_question_of_the_day_done(world: World) -> None:
    await planned(world)
    await world.driver.travel("2026-01-14T15:00")
    await world.play("Sanne", ("press nudge.done", WHEN, "not: Another day"))


async def test_after_leaving_the_day_is_asked_of_nobody(world: World) -> None:
    await planned(world)
    await world.driver.travel("2026-01-14T15:00")
    row = await world.row("Sanne", Kind.DAY_OF)
    await world.driver.command("Sanne", CHANNEL, "leave")
    await world.play("Sanne", ("press day.done", LEFT), ("press day.move", LEFT))
    assert LEFT in (await refused(world, "Sanne", "day.moved", row.id, day="2026-01-20"))["day"]
    assert (await promises(world))[0].state is CommitmentState.OPEN


async def test_a_plan_far_ahead_takes_the_question_what_became_of_it_along(world: World) -> None:
    await planned(world, "2026-01-21")
    asked = (await world.rows("Sanne", Kind.UNDONE))[0]
    assert asked.local_date == date(2026, 1, 23)
    await world.play(
        "Sanne",
        ("travel 2026-01-20T12:00", f"not: {content.title('people-before-systems/undone')}"),
        ("travel 2026-01-21T15:00", content.title("people-before-systems/day-of")),
        ("press day.move",),
        ("send day=2026-01-26", "Moved to Monday 26 January."),
    )
    asked = (await world.rows("Sanne", Kind.UNDONE))[0]
    assert (asked.state, asked.reason) == (NudgeState.CANCELLED, "put off past its weeks")


# --- where no words are kept ------------------------------------------------------------------------------------


async def test_at_home_only_the_day_is_kept(world: World) -> None:
    """The partner's item: no text field, no typed word, nothing for the coach."""
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel("2026-01-27T10:00")
    await world.play(
        "Sanne",
        ("press nudge.plan", content.some_of("ask-your-partner/plan"), "I only keep the day.", "not: If …"),
        ("send ", "On Wednesday 28 January. I'll ask that day whether you did it, and nothing else.", "not: Show me"),
    )
    (plan,) = await promises(world)
    assert (plan.first, plan.second, plan.scope) == ("", "", Scope.PRIVATE)
    made_up = {"first": "he", "second": "she", "day": "2026-01-28"}
    assert await refused(world, "Sanne", "plan.make", plan.nudge, **made_up) == {}
    assert await promises(world) == [plan]
    await world.driver.open_home("Sanne")
    home = await world.driver.home("Sanne")
    assert home is not None
    await world.driver.click("Sanne", home, "plan.read")
    assert "On Wednesday 28 January. I'll ask that day" in await form_text(world, "Sanne")
    await world.do("Sanne", "close")
    await world.play(
        "Sanne",
        (
            "travel 2026-01-28T15:00",
            content.title("ask-your-partner/day-of"),
            "I keep nothing you type",
            "not: Show me",
        ),
        ("say she wants more time", "I didn't keep it"),
        ("press day.done", "for you alone: nothing you type is kept", "not: ust type"),
    )
    await world.nowhere("more time")
    member = await member_of(world, "Sanne")
    assert member is not None
    assert "more time" not in str(await world.bot.ports.store.export(member.workspace, member.id))


# --- the transfer -----------------------------------------------------------------------------------------------


@remembered
async def debriefed(world: World, **values: str) -> None:
    """Bring Sanne to the transfer of the first item."""
    await begin(world, "Sanne", **values)
    await did_it(world, "Sanne")
    await world.driver.travel("2026-01-20T10:00")
    for _ in range(4):
        await world.do("Sanne", "press debrief.skip")


OTHER = {"first": "x", "second": "y", "day": "2026-01-29"}
LEFT_ALONE = (("travel 2026-02-24T10:00",), ("press nudge.no",), ("press nudge.skip",))  # that week has room
CHANGE = "send first=We call back | second=me | day=2026-01-28"


async def test_the_transfer_is_one_change_one_owner_one_date(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        (
            "press transfer.make",
            content.some_of("people-before-systems/transfer"),
            "Who makes sure of it?",
            "From which day?",
        ),
    )
    for given, field, error in (
        ({"day": "2026-01-19"}, "day", "That day has passed."),
        ({"day": "2026-03-22"}, "day", "more than 60 days"),
    ):
        assert error in (await world.fill("Sanne", first="a", second="b", **given))[field]
    row = await world.row("Sanne", Kind.DEBRIEF)
    assert (
        "What will change?"
        in (await refused(world, "Sanne", "transfer.save", row.id, second="b", day="2026-01-28"))["first"]
    )
    await world.play(
        "Sanne",
        (CHANGE, "One change, one owner, from Wednesday 28 January", "We call back", "Owner: me", "four weeks later"),
    )
    assert (
        MOVED_ON
        in (await refused(world, "Sanne", "transfer.save", row.id, first="x", second="y", day="2026-01-29"))["day"]
    )
    assert (
        FOREIGN
        in (await refused(world, "Marit", "transfer.save", row.id, first="x", second="y", day="2026-01-29"))["day"]
    )
    for button in ("transfer.make", "transfer.skip"):
        assert STALE in await press(world, "Sanne", button, row.id)
        assert FOREIGN in await press(world, "Marit", button, row.id)
    assert len(await promises(world)) == 1


async def test_a_private_change_opens_for_its_owner_only(world: World) -> None:
    await debriefed(world, scope="private")
    await world.play(
        "Sanne",
        ("press transfer.make", "Only you can read this."),
        (CHANGE, "Your change, from Wednesday 28 January. Only you can read it", "Show me", "not: call back"),
        ("press plan.read", content.said("form-transfer-title"), "We call back", "Owner: me"),
        ("close",),
        ("travel 2026-01-28T15:00", "The day of the change", "Show me", "not: call back"),
        ("press day.done", "In about four weeks I'll ask whether a customer noticed."),
        *LEFT_ALONE,
        ("travel 2026-02-25T10:00", content.title("people-before-systems/check"), "Show me", "not: call back"),
        ("press plan.read", "We call back"),
        ("close",),
    )
    await world.nowhere("We call back")


async def test_no_change_this_time_is_fine(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play("Sanne", ("press transfer.skip", "We'll stop here.", "not: Choose one change"))
    for button in ("transfer.make", "transfer.skip"):
        assert STALE in await press(world, "Sanne", button, row.id)
    assert (
        MOVED_ON
        in (await refused(world, "Sanne", "transfer.save", row.id, first="x", second="y", day="2026-01-29"))["day"]
    )


async def test_its_day_is_asked_and_four_weeks_later_whether_a_customer_noticed(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press transfer.make",),
        (CHANGE,),
        ("travel 2026-01-28T15:00", "The day of the change", "This was going to start today:", "We call back"),
        ("press day.done", "Done. In about four weeks I'll ask whether a customer noticed."),
        *LEFT_ALONE[:2],
        ("travel 2026-02-25T09:59", f"not: {content.title('people-before-systems/check')}"),
        (
            "travel 2026-02-25T10:00",
            content.title("people-before-systems/check"),
            "We call back",
            "Yes, somebody did",
            "Not yet",
        ),
    )
    row = await world.row("Sanne", Kind.CHECK)
    await world.play(
        "Sanne",
        ("travel 2026-02-25T12:00",),
        ("press nudge.done",),
        ("travel 2026-02-26T10:00", "Question 1 of 4"),  # something newer asks, until this is pressed
        (
            "press check.yes",
            "Somebody noticed. Who, and what did they say?",
            "not: Not yet",
            "There is a newer question now.",
        ),
        ("say Ine from Sales said thanks", "Saved with “People before systems, four weeks later”."),
        ("say and Wim too", "Saved with “People before systems, four weeks later”."),
    )
    assert (await world.row("Sanne", Kind.DEBRIEF)).question == 0
    for button in ("check.yes", "check.no"):
        assert STALE in await press(world, "Sanne", button, row.id)
        assert FOREIGN in await press(world, "Marit", button, row.id)
    found = [(reply.kind, reply.text) for reply in replies_to(world.bot.ports.store, row.id)]
    assert found == [("check", "Ine from Sales said thanks"), ("check", "and Wim too")]
    assert (await world.row("Sanne", Kind.CHECK)).answer is Answer.NOTICED


async def test_not_noticed_yet_is_an_answer(world: World) -> None:
    await debriefed(world, language="nl")
    await world.play(
        "Sanne",
        ("press transfer.make", content.said("form-transfer-title", content.NL)),
        (CHANGE, "Eén verandering, één naam, vanaf woensdag 28 januari", "Wie: me"),
        *LEFT_ALONE,
        ("travel 2026-02-25T10:00", content.title("people-before-systems/check", content.NL)),
        (
            "press check.no",
            "Nog niet. Vraag het één klant",
            content.said("smaller-make-button", content.NL),
            "not: Ja, iemand wel",
        ),
        ("press smaller.make", "Een kleinere stap", "Wat kan morgen al?"),
        (
            "send first=Eén belletje voor twaalven | day=2026-02-26",
            "Eén belletje voor twaalven",
            f"not: {content.said('smaller-make-button', content.NL)}",
        ),
        ("travel 2026-02-26T15:00", "Eén belletje voor twaalven", "Dit stond voor vandaag:"),
        ("press day.done",),
    )
    row = await world.row("Sanne", Kind.CHECK)
    assert row.answer is Answer.UNNOTICED
    assert "Deze knop werkt niet meer." in await press(world, "Sanne", "smaller.make", row.id)


async def test_a_change_that_moves_takes_its_check_along(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press transfer.make",),
        (CHANGE,),
        ("travel 2026-01-28T15:00",),
        ("press day.move",),
        ("send day=2026-02-05", "Moved to Thursday 5 February.", "from Thursday 5 February"),
    )
    await live_on(world, "2026-02-24T11:00", "Sanne")
    await world.play(
        "Sanne",
        ("travel 2026-02-25T11:00", f"not: {content.title('people-before-systems/check')}"),
        ("travel 2026-03-06T12:00", content.title("people-before-systems/check")),
    )


async def test_a_change_that_was_dropped_is_not_asked_about(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press transfer.make",),
        ("send first=We call back | second=me | day=2026-01-24", "four weeks later"),
        ("travel 2026-01-26T10:00", "About your one change", "It was planned for Saturday 24 January."),
        ("press day.drop", "Dropped. Sometimes real life wins.", "not: Choose one change"),
    )
    assert "Choose one change" not in "".join((await world.screen("Sanne")).values())
    assert STALE in await press(world, "Sanne", "transfer.make", (await world.row("Sanne", Kind.DEBRIEF)).id)
    await world.play("Sanne", ("travel 2026-02-27T10:00", f"not: {content.title('people-before-systems/check')}"))
    assert (await promises(world))[0].state is CommitmentState.DROPPED
