"""Settings, pause, next, status and help, as people use them."""

from datetime import date, datetime, time

import pytest

from bot.chat.port import Command, Submitted
from bot.coaching.calendar import local_day
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.participation import pause
from bot.flows.settings import settings
from bot.flows.settings.settings import hours_errors, hours_in
from tests.conftest import CHANNEL, T0, World
from tests.content import NL, labels, name, said, shown, title, whole
from tests.flows.talk import (
    BY_MARIT,
    ask,
    ask_and_say_yes,
    begin,
    common,
    form_text,
    home_text,
    member_of,
    moved,
    press,
    run_of,
    submitted,
)

# --- help -------------------------------------------------------------------------------------------------------


async def test_a_stranger_is_helped_in_both_languages(world: World) -> None:
    told = await ask(world, "Iris", "")
    assert whole("help-pause-usage") in told
    assert whole("help-pause-usage", NL) in told


async def test_a_dutch_word_is_answered_in_dutch_only(world: World) -> None:
    told = await ask(world, "Iris", "hulp")
    assert whole("help-pause-usage", NL) in told
    assert whole("help-pause-usage") not in told


async def test_a_member_is_helped_in_their_own_language(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    told = await ask(world, "Sanne", "help")
    assert said("help-title", NL) in told
    assert said("help-title") not in told


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("statsu", shown("help-unknown-near", near="status")), ("xyzzy <!channel>", said("help-unknown"))],
)
async def test_an_unknown_word_gets_the_nearest_verb_and_help(world: World, typed: str, answer: str) -> None:
    told = await ask(world, "Iris", typed)
    assert typed in told  # as it was typed, quoted
    assert answer in told
    assert whole("help-export-usage") in told


# --- status -----------------------------------------------------------------------------------------------------


async def test_a_stranger_hears_that_a_journey_runs_here_and_nothing_of_who_joined(world: World) -> None:
    assert shown("status-nothing-here") in await ask(world, "Iris", "status")
    await begin(world, "Sanne")
    told = await ask(world, "Iris", "status")
    assert name() in told
    assert "Sanne" not in told
    assert "1" not in told
    await world.click("Iris", "cohort.join", CHANNEL)
    assert said("form-consent-title") in await form_text(world, "Iris")


async def test_status_tells_where_the_asker_stands(world: World) -> None:
    await begin(world, "Sanne")
    told = await ask(world, "Sanne", "status")
    assert f"{said('status-week', week=1, weeks=12)} · {title('people-before-systems/item')}" in told
    assert said("next-moment", day="Tuesday 13 January", time="10:00") in told
    assert BY_MARIT in told
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    assert said("status-paused-until", day="Tuesday 3 February") in await ask(world, "Sanne", "status")


@pytest.mark.parametrize(
    ("scope", "says"),
    [("private", said("promise-plan-private")), ("coach", said("promise-plan-label", day="Wednesday 14 January"))],
)
async def test_status_names_an_open_plan_and_shows_its_words_in_a_form(world: World, scope: str, says: str) -> None:
    """An answer to a command is not shown again: words that are taken back would stay in it."""
    await begin(world, "Sanne", scope=scope)
    await world.driver.travel("2026-01-13T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-14")
    told = await ask(world, "Sanne", "status", "dm")
    assert says in told
    assert "Wim" not in told
    await world.click("Sanne", "plan.read")
    assert "ask Wim" in await form_text(world, "Sanne")


async def test_a_coach_sees_which_cohorts_they_coach(world: World) -> None:
    await world.start()
    assert said("status-coach") not in await ask(world, "Marit", "status")  # asked, but has not said yes
    await world.coach()
    told = await ask(world, "Marit", "status", "dm")
    assert f"{said('status-coach')}\n  {world.driver.named(CHANNEL)}" in told


# --- next -------------------------------------------------------------------------------------------------------


async def test_next_tells_the_moment_and_brings_it_forward(world: World) -> None:
    await begin(world, "Sanne")
    assert said("next-moment", day="Tuesday 13 January", time="10:00") in await ask(world, "Sanne", "next")
    await world.click("Sanne", said("next-now-button"), CHANNEL)
    await world.settle()
    assert said("next-coming") in await world.text("Sanne", CHANNEL)
    assert world.driver.labels(await world.latest("Sanne", CHANNEL)) == []  # the button is gone
    assert said("nudge-plan-button") in world.driver.labels(await world.latest("Sanne"))
    assert whole("next-moment", day="Thursday 15 January", time="15:00") in await ask(world, "Sanne", "next")


async def test_one_step_a_day_is_enough(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await ask(world, "Sanne", "next")
    await world.click("Sanne", said("next-now-button"), CHANNEL)
    assert said("next-one-a-day") in await world.text("Sanne", CHANNEL)


async def test_a_doubled_foreign_or_forged_press_brings_nothing_forward(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Sanne", "next")
    offered = await world.latest("Sanne", CHANNEL)
    button = world.driver.button(offered, "next.now")
    where = {"channel": offered["channel"], "ts": offered["ts"]}
    run = await run_of(world, "Sanne")

    assert said("press-foreign") in await press(world, "Iris", "next.now", button["value"])
    assert said("press-stale") in await press(world, "Sanne", "next.now", "no such nudge")
    later = next(row for row in await world.bot.ports.store.nudges_of(run.workspace, run.id) if row.kind is Kind.UNDONE)
    assert said("press-stale") in await press(world, "Sanne", "next.now", later.id)  # not the next one
    await world.driver.press("Sanne", **button, **where)
    await world.settle()
    assert said("press-stale") in await press(world, "Sanne", "next.now", button["value"])  # once is enough
    sent = [row for row in await world.bot.ports.store.nudges_of(run.workspace, run.id) if row.kind is Kind.NUDGE]
    assert [row.state for row in sent].count(NudgeState.SENT) == 1


async def test_next_names_the_step_when_something_else_comes_first(world: World) -> None:
    """In week 2 the debrief is answered on Tuesday; Thursday brings the look back, and only then a step."""
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-20T10:01")
    told = await ask(world, "Sanne", "next")
    assert shown("next-told", next=whole("next-moment", day="Thursday 22 January", time="15:00")) in told
    assert shown("next-step", next=whole("next-moment", day="Tuesday 27 January", time="10:00")) in told


async def test_next_of_a_pause_and_of_nobody(world: World) -> None:
    assert said("not-in") in await ask(world, "Iris", "next")
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    told = await ask(world, "Sanne", "next")
    assert (
        shown(
            "next-paused", day="Tuesday 3 February", next=whole("next-moment", day="Tuesday 3 February", time="10:00")
        )
        in told
    )
    await world.click("Sanne", said("resume-now-button"), CHANNEL)
    assert whole("next-moment", day="Tuesday 13 January", time="10:00") in await world.text("Sanne", CHANNEL)


async def test_next_after_the_last_message_says_that_nothing_is_planned(world: World) -> None:
    await world.start(journey="taster")
    await world.join("Sanne")
    await world.driver.travel("2026-01-20T10:01")
    assert whole("next-moment", day="Thursday 22 January", time="15:00") in await ask(world, "Sanne", "next")
    assert world.driver.labels(await world.latest("Sanne", CHANNEL)) == []  # a look back is no step to hurry
    await world.driver.travel("2026-03-09T09:00")
    assert said("next-none") in await ask(world, "Sanne", "next")
    assert said("next-nothing") in await ask(world, "Sanne", "status")


# --- pause and resume -------------------------------------------------------------------------------------------


async def test_a_pause_moves_everything_and_nothing_comes_in_it(world: World) -> None:
    await begin(world, "Sanne")
    told = await ask_and_say_yes(world, "Sanne", "pause until 3 February")
    assert shown("pause-done", day="Tuesday 3 February") in told
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-02-03T09:59")
    assert len(await world.direct("Sanne")) == before
    await world.driver.travel("2026-02-03T10:00")
    assert said("nudge-plan-button") in world.driver.labels(await world.latest("Sanne"))
    run = await run_of(world, "Sanne")
    assert (run.state, run.shift_weeks) == (EnrollmentState.ACTIVE, 3)


async def test_a_dutch_date_is_understood(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    assert shown("pause-done", NL, day="dinsdag 3 februari") in await ask_and_say_yes(
        world, "Sanne", "pauze tot 3 februari"
    )


@pytest.mark.parametrize(
    ("until", "answer"),
    [
        ("2026-01-01", said("pause-past")),
        ("2026-01-12", said("pause-past")),
        ("12 January 2036", said("pause-far", weeks=26)),
    ],
)
async def test_a_pause_has_a_sensible_end(world: World, until: str, answer: str) -> None:
    await begin(world, "Sanne")
    assert answer in await ask(world, "Sanne", f"pause {until}")
    run = await run_of(world, "Sanne")
    assert run.state is EnrollmentState.ACTIVE
    await world.click("Sanne", "pause.open", CHANNEL)
    assert said("form-pause-title") in await form_text(world, "Sanne")


async def test_a_typed_day_is_said_back_before_anything_stops(world: World) -> None:
    await begin(world, "Sanne")
    assert shown("pause-asked", day="Saturday 17 January") in await ask(world, "Sanne", "stop t/m vrijdag", "dm")
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE
    await world.click("Sanne", said("day-another"))
    assert said("form-pause-title") in await form_text(world, "Sanne")
    await world.driver.close("Sanne", await world.form("Sanne"))
    assert said("pause-which-day") in await ask(world, "Sanne", "pause until 2/3", "dm")
    await world.click("Sanne", "Monday 2 March")
    assert shown("pause-done", day="Monday 2 March") in await world.text("Sanne")
    assert (await run_of(world, "Sanne")).paused_until == date(2026, 3, 2)


async def test_a_typed_day_puts_the_experiment_off_after_a_yes(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T12:00")
    assert shown("later-asked", day="Monday 19 January") in await ask(world, "Sanne", "later monday", "dm")
    await world.click("Sanne", "later.until")
    assert "Monday 19 January" in await world.text("Sanne")
    assert [row.local_date for row in await world.rows("Sanne", Kind.NUDGE) if row.state is NudgeState.PLANNED][:1] == [
        date(2026, 1, 19)
    ]


@pytest.mark.parametrize("typed", ["pause", "pause for a while"])
async def test_a_pause_without_a_date_asks_for_one(world: World, typed: str) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, typed)
    assert "past" not in await form_text(world, "Sanne")
    errors = await world.fill("Sanne", until="2026-01-01")
    assert said("pause-past") in errors["until"]
    errors = await world.fill("Sanne", until="2036-01-01")
    assert whole("pause-far", platform=world.driver.platform, weeks=26) in errors["until"]
    assert await world.fill("Sanne", until="2026-01-19") == {}
    assert "Monday 19 January" in await world.text("Sanne")


async def test_a_second_pause_moves_the_end_both_ways(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 31 March")
    assert shown("pause-moved", day="Tuesday 27 January") in await ask_and_say_yes(world, "Sanne", "pause 27 January")
    run = await run_of(world, "Sanne")
    assert run.shift_weeks == 2


async def test_who_resumes_early_goes_on_where_they_were(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-14T09:00")
    await ask_and_say_yes(world, "Sanne", "pause 31 March")
    await world.driver.travel("2026-01-26T12:00")
    assert whole("next-moment", day="Thursday 29 January", time="15:00") in await ask(world, "Sanne", "resume")
    assert said("resume-not-paused") in await ask(world, "Sanne", "resume")
    run = await run_of(world, "Sanne")
    assert (run.state, run.paused_on, run.paused_until, run.shift_weeks) == (EnrollmentState.ACTIVE, None, None, 2)


async def test_a_day_that_was_promised_stands_again_when_a_pause_ends_before_it(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T12:00")
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-22")

    async def asked_on() -> str:
        (row,) = await world.rows("Sanne", Kind.DAY_OF)
        assert local_day(row.due_at, row.zone) == row.local_date
        return row.local_date.isoformat()

    planned = await asked_on()
    for until, day in (("2 February", "2026-02-02"), ("27 January", "2026-01-27"), ("9 February", "2026-02-09")):
        await ask_and_say_yes(world, "Sanne", f"pause until {until}")
        assert await asked_on() == day
    await ask(world, "Sanne", "resume")
    assert await asked_on() == planned == "2026-01-22"
    await ask_and_say_yes(world, "Sanne", "pause until 26 January")
    await world.driver.travel("2026-01-26T18:00")
    (row,) = [each for each in await world.rows("Sanne", Kind.DAY_OF) if each.state is NudgeState.SENT]
    assert row.local_date.isoformat() == "2026-01-26"


async def test_what_was_put_off_stands_again_when_a_pause_ends_before_it(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T12:00")
    await world.click("Sanne", "nudge.later")
    await world.fill("Sanne", when="next_week")

    async def ahead() -> dict[str, datetime]:
        return {row.id: row.due_at for row in await world.rows("Sanne") if row.state is NudgeState.PLANNED}

    before = await ahead()
    await ask_and_say_yes(world, "Sanne", "pause until 9 March")
    assert not before.items() & (await ahead()).items()
    await ask(world, "Sanne", "resume")
    assert await ahead() == before
    days = {row.id: row.local_date for row in await world.rows("Sanne")}
    await moved(world, "Sanne", "Europe/Lisbon")
    assert {row.id: row.local_date for row in await world.rows("Sanne")} == days


async def test_a_message_about_to_go_out_is_held_back_by_a_pause(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Sanne", "next")
    await world.click("Sanne", said("next-now-button"), CHANNEL)
    run = await run_of(world, "Sanne")
    store = world.bot.ports.store
    waiting = next(row for row in await store.nudges_of(run.workspace, run.id) if row.kind is Kind.FOLLOW_UP)
    await store.settle(waiting, NudgeState.READY, at=T0)
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    held = await store.nudge(waiting.workspace, waiting.id)
    assert held is not None
    assert (held.state, held.reason) == (NudgeState.PLANNED, "paused")
    await world.driver.travel("2026-02-02T23:00")
    assert (await run_of(world, "Sanne")).state is EnrollmentState.PAUSED
    held = await store.nudge(waiting.workspace, waiting.id)
    assert held is not None
    assert held.state is NudgeState.PLANNED
    await world.driver.travel("2026-02-06T20:00")  # and it is not lost for the journey
    held = await store.nudge(waiting.workspace, waiting.id)
    assert held is not None
    assert (held.state, held.local_date) == (NudgeState.SENT, date(2026, 2, 5))


async def test_who_is_in_no_journey_cannot_pause_it(world: World) -> None:
    for typed in ("pause 3 February", "resume"):
        assert said("not-in") in await ask(world, "Iris", typed)
    assert said("not-in", NL) in await ask(world, "Iris", "pauze")


async def test_a_button_or_form_about_somebody_elses_pause_changes_nothing(world: World) -> None:
    await begin(world, "Sanne")
    await world.join("Grace")
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    run = await run_of(world, "Sanne")
    assert said("press-stale") in await press(world, "Grace", "resume.now", run.id)
    assert said("press-stale") in await press(world, "Grace", "pause.open", run.id)
    assert await world.driver.modal("Grace") is None
    for who in ("Grace", "Iris"):
        form = await submitted(world, who, "pause.save", run.id, until="2026-02-10")
        assert await pause.FORMS["pause.save"](world.bot.ports, form) is not None
    assert await run_of(world, "Sanne") == run


async def test_resume_pressed_twice_says_so(world: World) -> None:
    await begin(world, "Sanne")
    await ask_and_say_yes(world, "Sanne", "pause 3 February")
    pressed = await world.latest("Sanne", CHANNEL)
    button = world.driver.button(pressed, "resume.now")
    await world.click("Sanne", said("resume-now-button"), CHANNEL)
    assert title("ask-your-partner/follow-up/also-1") in await world.text("Sanne", CHANNEL)
    await world.driver.press("Sanne", **button, channel=CHANNEL, ts=pressed["ts"])
    assert said("press-stale") in await world.text("Sanne", CHANNEL)


async def test_after_the_last_week_there_is_nothing_to_pause(world: World) -> None:
    await world.start(journey="taster")
    await world.join("Sanne")
    await world.driver.travel("2026-01-29T16:00")
    assert said("status-completed") in await ask(world, "Sanne", "status")
    assert said("pause-completed") in await ask(world, "Sanne", "pause 1 March")


# --- settings ---------------------------------------------------------------------------------------------------


async def test_settings_move_everything_still_to_come(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    assert (
        await world.fill("Sanne", language="nl", first_day="2", first_time="09:30", country="NL", scope="coach") == {}
    )
    assert whole(
        "settings-saved", NL, next=whole("next-moment", NL, day="woensdag 14 januari", time="09:30")
    ) in await world.text("Sanne")
    run = await run_of(world, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    assert (member.country, member.zone_confirmed, run.scope) == ("NL", True, "coach")
    await world.driver.travel("2026-01-14T09:30")
    assert said("nudge-plan-button", NL) in world.driver.labels(await world.latest("Sanne"))


async def test_settings_say_what_is_wrong(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.command("Sanne", CHANNEL, "settings")
    errors = await world.fill("Sanne", zone="Amsterdan", first_time="07:00", second_time="19:00", second_day="0")
    assert said("zone-near", among="Amsterdam") in errors["zone"]
    assert said("settings-hour-quiet") in errors["first_time"]
    assert said("settings-hour-quiet") in errors["second_time"]
    assert said("second-not-after-first") in errors["second_day"]
    member = await member_of(world, "Sanne")
    assert member is not None
    assert member.hours == Hours()


async def test_correcting_the_hours_answers_the_welcome(world: World) -> None:
    await begin(world, "Sanne")
    await world.click("Sanne", "settings.open")
    assert await world.fill("Sanne", first_time="11:00", country="none") == {}
    welcome = (await world.direct("Sanne"))[0]
    assert "Tuesday 11:00" in world.driver.texts(welcome)
    assert world.driver.labels(welcome) == labels("pulse-open-button", "pulse-skip-button")  # of the pulse below it


async def test_who_is_in_no_journey_sets_language_and_zone(world: World) -> None:
    await world.driver.command("Iris", CHANNEL, "instellingen")
    form = await world.form("Iris")
    assert said("settings-language", NL) in world.driver.texts(form)
    assert world.driver.fields(form) == ["language", "zone"]
    assert await world.fill("Iris", language="nl", zone="Europe/Amsterdam") == {}
    assert said("settings-saved-only", NL) in await world.text("Iris")
    await world.driver.open_home("Iris")
    assert said("home-join", NL) in await home_text(world, "Iris")


async def test_settings_of_somebody_who_is_nobody(world: World) -> None:
    await begin(world, "Sanne")
    nobody = {**await common(world, "Sanne"), "person": "U0NOBODY"}
    await world.bot.handle(
        Command(
            **nobody,
            conversation=await world.driver.channel("Sanne", CHANNEL),
            conversation_name=CHANNEL,
            text="settings",
            is_direct=False,
            aside="",
        )
    )
    form = Submitted(**nobody, form="settings.save", subject="", values={"language": "en", "zone": "UTC"})
    assert await settings.FORMS["settings.save"](world.bot.ports, form) is None
    assert await world.bot.ports.store.member_of(nobody["workspace"], "U0NOBODY") is None


def test_what_a_form_leaves_out_stays() -> None:
    hours = hours_in({"first_time": "11:15", "workdays": ("4", "0")}, Hours())
    assert hours == Hours(first_time=time(11, 15), workdays=(0, 4))


@pytest.mark.parametrize(
    ("hours", "fields"),
    [
        (Hours(), set()),
        (Hours(second_day=1), {"second_day"}),  # the same day
        (Hours(second_day=0), {"second_day"}),
        (Hours(workdays=()), {"workdays"}),
        (Hours(first_time=time(7, 59)), {"first_time"}),
        (Hours(first_time=time(8, 0)), set()),
        (Hours(second_time=time(18, 0)), {"second_time"}),
        (Hours(quiet_from=time(12), quiet_until=time(14), second_time=time(20)), set()),  # a siesta
        (Hours(quiet_from=time(9), quiet_until=time(9), first_time=time(3)), set()),  # none at all
    ],
)
def test_hours_that_cannot_be_kept_are_named(hours: Hours, fields: set[str]) -> None:
    assert set(hours_errors(hours)) == fields
