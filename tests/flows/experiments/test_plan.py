"""The if-then plan, the question on its day, and the one change brought back to work."""

from dataclasses import replace
from datetime import date

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, NudgeState
from bot.coaching.records.reply import Scope
from tests.conftest import CHANNEL, World
from tests.content import NL, labels, said, some_of, title, whole
from tests.flows.talk import (
    BY_MARIT,
    ask_and_say_yes,
    begin,
    did_it,
    form_text,
    live_on,
    member_of,
    press,
    run_of,
    submitted,
)
from tests.remembered import remembered
from tests.stored import commitments_of, replies_to

WHEN = said("nudge-done-when", day="Thursday 15 January", times=0)
TUESDAY = "2026-01-13T10:00"  # the first nudge
STALE = said("press-stale")
MOVED_ON = said("form-stale")
FOREIGN = said("press-foreign")
LEFT = said("press-left")
PLAN = "send first=the stand-up is over | second=ring Purchasing"
PLANNED = whole("promise-plan-text", first="the stand-up is over", second="ring Purchasing")
OWNED = whole("promise-transfer-text", first="We call back", second="me")


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
            said("form-plan-title"),
            some_of("people-before-systems/plan"),
            whole("plan-if-label"),
            whole("plan-then-label"),
            BY_MARIT,
        ),
    )
    assert world.driver.preset(await world.form("Sanne"), "day") == "2026-01-14"
    await world.play(
        "Sanne",
        (
            PLAN,
            said("promise-plan-label", day="Wednesday 14 January"),
            PLANNED,
            f"not: {said('plan-read-button')}",
        ),
    )
    assert world.driver.labels(await world.latest("Sanne")) == labels(
        "nudge-plan_change-button",
        "nudge-done-button",
        "nudge-no-button",
        "nudge-kit-button",
        "words-share-button",
        "plan-delete-button",
    )


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
    assert said("promise-plan-private", day="Wednesday 14 January") in nudge
    await world.play("Sanne", ("press plan.read", PLANNED), ("close",))
    for who in ("Marit", "Iris"):  # the coach; a stranger
        assert STALE in await press(world, who, "plan.read", plan.id)
        assert await world.driver.modal(who) is None
    assert STALE in await press(world, "Sanne", "plan.read", "no-such-plan")
    await world.play(
        "Sanne",
        ("travel 2026-01-14T15:00", title("people-before-systems/day-of"), said("plan-read-button"), "not: stand-up"),
        ("press plan.read", PLANNED),
        ("close",),
    )
    await world.nowhere("stand-up is over", "ring Purchasing")


async def test_the_coachs_plan_is_quoted_as_it_was_written(world: World) -> None:
    await nudged(world, language="nl", scope="coach")
    await world.play(
        "Sanne",
        ("press nudge.plan", said("form-plan-title", NL), whole("plan-if-label", NL), whole("plan-then-label", NL)),
        (
            "send first=*lunch* <!channel> | second=loop ik langs",
            whole("promise-plan-text", NL, first="*lunch* <!channel>", second="loop ik langs"),
        ),
    )


async def test_what_cannot_be_kept_is_said_in_the_form(world: World) -> None:
    await nudged(world)
    await world.do("Sanne", "press nudge.plan")
    row = await world.row("Sanne", Kind.NUDGE)
    for given, field, error in (
        ({"first": "a", "second": "b", "day": "2026-01-12"}, "day", said("day-past")),
        ({"first": "a", "second": "b", "day": "2026-03-15"}, "day", said("day-far")),
        ({"second": "b", "day": "2026-01-14"}, "first", said("plan-if-missing")),  # as a platform sends spaces
        ({"first": "a", "day": "2026-01-14"}, "second", said("plan-then-missing")),
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
        ("press nudge.plan_change", some_of("people-before-systems/plan/if"), "ring Purchasing"),
        (
            "send second=write to Purchasing",
            whole("promise-plan-text", first="the stand-up is over", second="write to Purchasing"),
            "Wednesday 14 January",
        ),
        ("press nudge.plan_change",),
        ("send day=2026-01-16", said("promise-plan-label", day="Friday 16 January")),
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
        ("press nudge.plan_change", BY_MARIT),
        ("send second=write to Purchasing", "write to Purchasing", f"not: {said('promise-plan-private')}"),
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
        (PLAN, said("promise-plan-label")),
        ("travel 2026-01-25T12:00", f"not: {title('people-before-systems/day-of')}"),
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
            title("people-before-systems/day-of"),
            PLANNED,
            said("day-move-button"),
        ),
    )
    row = await world.row("Sanne", Kind.DAY_OF)
    await world.play(
        "Sanne",
        (
            "press day.done",
            WHEN,
            f"not: {said('day-move-button')}",
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
    for wrong, error in (("2026-01-13", said("day-past", NL)), ("2026-03-17", said("day-far", NL))):
        assert error in (await world.fill("Sanne", day=wrong))["day"]
    await world.play(
        "Sanne",
        (
            "send day=2026-01-19",
            said("day-later-said", NL, day="maandag 19 januari"),
            f"not: {said('day-move-button', NL)}",
        ),
        (
            "travel 2026-01-19T15:00",
            title("people-before-systems/day-of/again-1", NL),
            said("promise-plan-label", NL, day="maandag 19 januari"),
        ),
        ("press day.done", said("nudge-done-when", NL, day="dinsdag 20 januari", times=0)),
    )
    (plan,) = await promises(world)
    assert plan.state is CommitmentState.DONE


async def test_a_plan_can_be_dropped_without_blame(world: World) -> None:
    await planned(world)
    await world.play(
        "Sanne",
        ("travel 2026-01-14T15:00",),
        ("press day.drop", said("day-skipped-said"), said("nudge-left", times=0)),
        ("travel 2026-01-20T10:00", f"not: {title('people-before-systems/debrief')}"),
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
        await world.play(who, ("press nudge.plan",), (f"{PLAN} | day={day}", said("promise-plan-label")))
    assert title("people-before-systems/day-of") in await world.text("Sanne")
    await world.play(
        "Robin",
        ("travel 2026-01-14T10:00", said("day-late-body", day="Tuesday 13 January", times=0), said("day-drop-button")),
    )
    await world.play(
        "Iris",
        ("travel 2026-01-19T10:00", said("day-late-body", day="Saturday 17 January", times=0), said("day-move-button")),
    )


async def test_what_settles_the_plan_elsewhere_settles_its_question(world: World) -> None:
    await planned(world)
    await world.driver.travel("2026-01-14T15:00")
    row = await world.row("Sanne", Kind.DAY_OF)
    await world.play(
        "Sanne",
        ("press nudge.plan_change",),
        ("send day=2026-01-15", said("day-later-said", day="Thursday 15 January")),
    )
    assert STALE in await press(world, "Sanne", "day.done", row.id)
    await world.play("Sanne", ("press nudge.no", said("day-skipped-said"), f"not: {said('day-move-button')}"))
    await world.play(
        "Sanne",
        ("press nudge.plan",),
        ("send first=a | second=b | day=2026-01-14", whole("promise-plan-text", first="a", second="b")),
    )
    await world.play("Sanne", ("press nudge.done", WHEN))
    assert said("day-move-button") not in "".join((await world.screen("Sanne")).values())


async def test_done_on_the_nudge_shows_the_question_of_the_day_done(world: World) -> None:
    await planned(world)
    await world.driver.travel("2026-01-14T15:00")
    await world.play("Sanne", ("press nudge.done", WHEN, f"not: {said('day-move-button')}"))


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
        ("travel 2026-01-20T12:00", f"not: {title('people-before-systems/undone')}"),
        ("travel 2026-01-21T15:00", title("people-before-systems/day-of")),
        ("press day.move",),
        ("send day=2026-01-26", said("day-later-said", day="Monday 26 January")),
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
        ("press nudge.plan", some_of("ask-your-partner/plan"), said("plan-forgets"), f"not: {whole('plan-if-label')}"),
        ("send ", said("plan-day-only", day="Wednesday 28 January"), f"not: {said('plan-read-button')}"),
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
    assert said("plan-day-only", day="Wednesday 28 January") in await form_text(world, "Sanne")
    await world.do("Sanne", "close")
    await world.play(
        "Sanne",
        (
            "travel 2026-01-28T15:00",
            title("ask-your-partner/day-of"),
            said("footer-forgets"),
            f"not: {said('plan-read-button')}",
        ),
        ("say she wants more time", said("said-forgotten")),
        ("press day.done", said("nudge-done-when-forgets"), f"not: {said('footer-keeps')}"),
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
            some_of("people-before-systems/transfer"),
            said("transfer-owner-label"),
            said("transfer-day-label"),
        ),
    )
    for given, field, error in (
        ({"day": "2026-01-19"}, "day", said("day-past")),
        ({"day": "2026-03-22"}, "day", said("day-far")),
    ):
        assert error in (await world.fill("Sanne", first="a", second="b", **given))[field]
    row = await world.row("Sanne", Kind.DEBRIEF)
    assert (
        said("transfer-change-missing")
        in (await refused(world, "Sanne", "transfer.save", row.id, second="b", day="2026-01-28"))["first"]
    )
    await world.play(
        "Sanne",
        (
            CHANGE,
            said("promise-transfer-label", day="Wednesday 28 January"),
            "We call back",
            OWNED,
            said("transfer-asks", times=0),
        ),
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
        ("press transfer.make", said("scope-private")),
        (
            CHANGE,
            said("promise-transfer-private", day="Wednesday 28 January"),
            said("plan-read-button"),
            "not: call back",
        ),
        ("press plan.read", said("form-transfer-title"), OWNED),
        ("close",),
        ("travel 2026-01-28T15:00", said("transfer-day-title"), said("plan-read-button"), "not: call back"),
        ("press day.done", said("transfer-day-done-said", times=0)),
        *LEFT_ALONE,
        ("travel 2026-02-25T10:00", title("people-before-systems/check"), said("plan-read-button"), "not: call back"),
        ("press plan.read", "We call back"),
        ("close",),
    )
    await world.nowhere("We call back")


async def test_no_change_this_time_is_fine(world: World) -> None:
    await debriefed(world)
    row = await world.row("Sanne", Kind.DEBRIEF)
    await world.play(
        "Sanne", ("press transfer.skip", said("debrief-left", times=0), f"not: {said('transfer-make-button')}")
    )
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
        ("travel 2026-01-28T15:00", said("transfer-day-title"), said("transfer-day-1"), "We call back"),
        ("press day.done", said("transfer-day-done-said", times=0)),
        *LEFT_ALONE[:2],
        ("travel 2026-02-25T09:59", f"not: {title('people-before-systems/check')}"),
        (
            "travel 2026-02-25T10:00",
            title("people-before-systems/check"),
            "We call back",
            said("check-yes-button"),
            said("check-no-button"),
        ),
    )
    row = await world.row("Sanne", Kind.CHECK)
    await world.play(
        "Sanne",
        ("travel 2026-02-25T12:00",),
        ("press nudge.done",),
        (
            "travel 2026-02-26T10:00",
            said("debrief-count", number=1, total=4),
        ),  # something newer asks, until this is pressed
        (
            "press check.yes",
            said("check-noticed-said", day="Wednesday 4 March", times=0),
            f"not: {said('check-no-button')}",
            said("footer-over"),
        ),
        (
            "say Ine from Sales said thanks",
            said("card-noted", about=whole("held-check", about=title("people-before-systems/item"))),
        ),
        ("say and Wim too", said("card-noted", about=whole("held-check", about=title("people-before-systems/item")))),
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
        ("press transfer.make", said("form-transfer-title", NL)),
        (
            CHANGE,
            said("promise-transfer-label", NL, day="woensdag 28 januari"),
            whole("promise-transfer-text", NL, first="We call back", second="me"),
        ),
        *LEFT_ALONE,
        ("travel 2026-02-25T10:00", title("people-before-systems/check", NL)),
        (
            "press check.no",
            said("check-unnoticed-said", NL, times=0),
            said("smaller-make-button", NL),
            f"not: {said('check-yes-button', NL)}",
        ),
        ("press smaller.make", said("form-smaller-title", NL), said("smaller-label", NL)),
        (
            "send first=Eén belletje voor twaalven | day=2026-02-26",
            "Eén belletje voor twaalven",
            f"not: {said('smaller-make-button', NL)}",
        ),
        ("travel 2026-02-26T15:00", "Eén belletje voor twaalven", said("transfer-day-2", NL)),
        ("press day.done",),
    )
    row = await world.row("Sanne", Kind.CHECK)
    assert row.answer is Answer.UNNOTICED
    assert said("press-stale", NL) in await press(world, "Sanne", "smaller.make", row.id)


async def test_a_change_that_moves_takes_its_check_along(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press transfer.make",),
        (CHANGE,),
        ("travel 2026-01-28T15:00",),
        ("press day.move",),
        (
            "send day=2026-02-05",
            said("day-later-said", day="Thursday 5 February"),
            said("promise-transfer-label", day="Thursday 5 February"),
        ),
    )
    await live_on(world, "2026-02-24T11:00", "Sanne")
    await world.play(
        "Sanne",
        ("travel 2026-02-25T11:00", f"not: {title('people-before-systems/check')}"),
        ("travel 2026-03-06T12:00", title("people-before-systems/check")),
    )


async def test_a_change_that_was_dropped_is_not_asked_about(world: World) -> None:
    await debriefed(world)
    await world.play(
        "Sanne",
        ("press transfer.make",),
        (
            "send first=We call back | second=me | day=2026-01-24",
            said("transfer-asks", times=0),
        ),
        (
            "travel 2026-01-26T10:00",
            said("transfer-late-title"),
            said("day-late-body", day="Saturday 24 January", times=0),
        ),
        ("press day.drop", said("day-skipped-said"), f"not: {said('transfer-make-button')}"),
    )
    assert said("transfer-make-button") not in "".join((await world.screen("Sanne")).values())
    assert STALE in await press(world, "Sanne", "transfer.make", (await world.row("Sanne", Kind.DEBRIEF)).id)
    await world.play("Sanne", ("travel 2026-02-27T10:00", f"not: {title('people-before-systems/check')}"))
    assert (await promises(world))[0].state is CommitmentState.DROPPED
