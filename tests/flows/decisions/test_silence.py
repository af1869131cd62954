"""Three weeks without a sign: one line, then nothing until the person is back, or their weeks are over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.chat.port import Edited, HomeOpened, Incoming, Said
from bot.coaching.language import Language
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.pause import is_silent
from bot.flows.agenda.upcoming import still
from bot.flows.context.person import ParticipationContext
from bot.flows.due.back import back_again, lets_go_on
from bot.flows.due.card import card
from bot.flows.participation.account import shut_away
from tests import content
from tests.flows.decisions.told import TUESDAY, begun, command, course, form, given, person, planned, press, saved, sent
from tests.store.scene import a_member, an_enrollment

NOW = TUESDAY + timedelta(weeks=4)
JOINED = TUESDAY - timedelta(days=1)
CARDS = [sent(f"s{place}", Kind.FOLLOW_UP, sent_at=TUESDAY + timedelta(days=place * 4)) for place in range(7)]
DUE = planned("due", Kind.NUDGE, item="ask-your-partner", due_at=NOW, expires_at=NOW + timedelta(hours=4))
DUE = replace(DUE, local_date=NOW.date())
STANDS = {"state": EnrollmentState.PAUSED, "paused_on": NOW.date()}
SILENT = an_enrollment("anna", joined_at=JOINED, silent_on=NOW.date(), **STANDS)
LATER = NOW + timedelta(weeks=1)


def ruled(*rows: Nudge, now: datetime = NOW, **changes: Any) -> dict[str, Any]:
    """Return what becomes of the nudge that is due."""
    run = course(*rows, DUE, **({"enrollment": an_enrollment("anna", joined_at=JOINED)} | changes))
    return saved(card(given(now), person(run), run, {}))


def heard(days: int) -> dict[str, Any]:
    """Return that anna did something so many days ago."""
    return {"member": a_member("anna", heard_at=NOW - timedelta(days=days))}


def resumed(days: int) -> dict[str, Any]:
    """Return that a pause which anna asked for was over so many days ago."""
    return {"enrollment": an_enrollment("anna", joined_at=JOINED, resumed_at=NOW - timedelta(days=days))}


@pytest.mark.parametrize(
    ("rows", "changes", "is_held"),
    [
        (CARDS, {}, True),
        (CARDS, heard(28), True),
        (CARDS, heard(20), False),  # 20 days, and five cards since
        (CARDS[:2], {}, False),  # in one week of three something came
        ([CARDS[0], CARDS[1], CARDS[6]], {}, False),
        ([CARDS[0], CARDS[3], CARDS[6]], {}, True),
        (CARDS[4:], {}, False),  # what came first is 12 days old
        (CARDS, resumed(8), False),
        ([replace(row, kind=Kind.COACH_WORD) for row in CARDS], {}, False),  # of themselves, no card came
        (CARDS, {"enrollment": an_enrollment("anna", joined_at=JOINED, state=EnrollmentState.COMPLETED)}, False),
    ],
    ids=range(10),
)
def test_one_line_comes_in_place_of_the_card(rows: list[Nudge], changes: dict[str, Any], is_held: bool) -> None:
    records = ruled(*rows, **changes)
    run = records.get("run-anna")
    assert (isinstance(run, Enrollment) and run.silent_on == date(2026, 2, 10) and run.stands_still) == is_held
    kinds = {row.kind: row.state for row in records.values() if isinstance(row, Nudge)}
    assert kinds == ({Kind.SILENCE: NudgeState.READY} if is_held else {Kind.NUDGE: NudgeState.READY})


def test_the_closing_comes_on_its_day_all_the_same() -> None:
    run = course(*CARDS, replace(DUE, kind=Kind.CLOSING), enrollment=an_enrollment("anna", joined_at=JOINED))
    records = saved(card(given(NOW), person(run), run, {}))
    assert records["due"].state is NudgeState.READY
    assert records["run-anna"].state is EnrollmentState.COMPLETED


def test_three_weeks_are_counted_by_the_days_of_the_person() -> None:
    cards = [datetime(2026, 1, 13, 9, 0, 30, tzinfo=UTC) + timedelta(days=7 * week) for week in range(3)]
    joined = cards[0] - timedelta(days=40)  # long before anything came
    on_the_day = datetime(2026, 2, 3, 9, 0, 0, tzinfo=UTC)  # half a minute sooner in the day
    assert is_silent(joined, cards, on_the_day, "Europe/Amsterdam")
    assert not is_silent(joined, cards, on_the_day - timedelta(days=1), "Europe/Amsterdam")
    assert not is_silent(cards[0], cards, on_the_day, "Europe/Amsterdam")


def test_then_everything_keeps_its_place() -> None:
    waits = ruled(*CARDS, now=LATER, enrollment=SILENT)
    assert set(waits) == {"due"}
    assert (waits["due"].state, waits["due"].local_date) == (NudgeState.PLANNED, date(2026, 2, 23))


def test_it_is_said_why_nothing_comes() -> None:
    (quiet,), (shut_out,) = (
        still(given(NOW), course(enrollment=replace(SILENT, silent_on=day))) for day in (NOW.date(), None)
    )
    assert content.said("status-silent") in quiet.text
    assert quiet.text != shut_out.text


def test_who_shuts_us_out_then_is_not_waited_for_by_a_sign() -> None:
    run = saved(shut_away(given(LATER), person(course(*CARDS, DUE, enrollment=SILENT))))["run-anna"]
    assert (run.silent_on, run.paused_on, run.stands_still) == (None, NOW.date(), True)


OF = {"workspace": "w", "person": "U-anna", "event_id": "e", "at": NOW}
WORDS = {"conversation": "D-anna", "message": "1", "thread": None, "text": "hello"}


@pytest.mark.parametrize(
    ("did", "goes_on"),
    [
        (Said(**OF, **WORDS), True),  # type: ignore[arg-type]
        (Edited(**OF, **WORDS), True),  # type: ignore[arg-type]
        (command("status"), True),
        (command("join"), True),
        (command("pause"), True),
        (command("gibberish"), True),
        (press("nudge.done", "n"), True),
        (press("command.run", "status"), True),
        (form("plan.make", "n"), True),
        (command("resume"), False),  # says so itself
        (command("verder"), False),
        (press("resume.now", "run-anna"), False),
        (press("command.run", "verder"), False),
        (command("leave"), False),  # the end of it
        (command("forget"), False),
        (press("erase.open", ""), False),
        (form("erase.yes", ""), False),
        (HomeOpened(**OF), False),  # type: ignore[arg-type]  # looks, and decides there
    ],
    ids=str,
)
def test_what_lets_it_go_on_by_itself(did: Incoming, goes_on: bool) -> None:
    assert lets_go_on(did) == goes_on


def on_hold(weeks: int) -> ParticipationContext:
    """Return the run of anna, silent from the beginning and on hold since so many weeks after the first nudge."""
    run = begun()
    since = TUESDAY + timedelta(weeks=weeks)
    came = [
        replace(row, state=NudgeState.SENT, sent_at=row.due_at) if row.due_at < since else row for row in run.agenda
    ]
    held = replace(run.enrollment, silent_on=since.date(), state=EnrollmentState.PAUSED, paused_on=since.date())
    return replace(run, agenda=came, enrollment=held)


def came_back(run: ParticipationContext, now: datetime) -> tuple[Enrollment, dict[str, Nudge]]:
    """Return a run to which its person came back, with its messages as they are then, by id."""
    records = saved(back_again(given(now), person(run)))
    rows = {row.id: row for row in run.agenda} | {name: row for name, row in records.items() if isinstance(row, Nudge)}
    going = records["run-anna"]
    assert isinstance(going, Enrollment)
    return going, rows


@pytest.mark.parametrize("after", [1, 2, 5, 8])
def test_who_is_back_goes_on_with_the_next_step_and_nothing_comes_in_a_pile(after: int) -> None:
    now = TUESDAY + timedelta(weeks=3 + after, hours=3)
    going, rows = came_back(on_hold(3), now)
    assert (going.state, going.silent_on, going.resumed_at) == (EnrollmentState.ACTIVE, None, now)
    (line,) = [row for row in rows.values() if row.kind is Kind.BACK]
    assert (line.state, line.prompt) == (NudgeState.READY, "back")
    ahead = sorted((row for row in rows.values() if row.state is NudgeState.PLANNED), key=lambda row: row.due_at)
    assert min(row.due_at for row in ahead) > now
    weeks = [row.week for row in ahead if row.week <= 12]
    assert weeks == sorted(weeks)
    days = [row.local_date for row in ahead if row.kind is Kind.NUDGE]
    assert all(late - early >= timedelta(days=13) for early, late in pairwise(days))


def test_after_the_last_week_only_the_closing_comes_and_it_comes_now() -> None:
    now = TUESDAY + timedelta(weeks=15, hours=1)  # week 16: a booster is of that day
    going, rows = came_back(on_hold(3), now)
    assert going.state is EnrollmentState.ACTIVE
    ahead = {row.kind: row for row in rows.values() if row.state is NudgeState.PLANNED}
    assert set(ahead) == {Kind.CLOSING, Kind.BOOSTER}
    assert (ahead[Kind.CLOSING].due_at, ahead[Kind.BOOSTER].week) == (now, 24)
    (line,) = [row for row in rows.values() if row.kind is Kind.BACK]
    assert (line.prompt, line.due_at < now) == ("back-closing", True)
    gone = {row.kind for row in rows.values() if row.state is NudgeState.CANCELLED}
    assert {Kind.NUDGE, Kind.PULSE, Kind.KEEP, Kind.REFLECTION} <= gone


def test_at_night_the_closing_waits_for_the_morning() -> None:
    night = TUESDAY + timedelta(weeks=15, hours=14)
    _, rows = came_back(on_hold(3), night)
    (closing,) = [row for row in rows.values() if row.kind is Kind.CLOSING]
    assert closing.state is NudgeState.PLANNED
    assert closing.due_at > night + timedelta(hours=6)
    assert closing.due_at < night + timedelta(days=4)


def test_a_day_before_the_last_moment_the_journey_still_goes_on() -> None:
    run = on_hold(3)
    closing = next(row for row in run.agenda if row.kind is Kind.CLOSING)
    going, rows = came_back(run, closing.due_at - timedelta(days=1))
    assert rows[closing.id].due_at > closing.due_at + timedelta(weeks=6)
    assert going.shift_weeks > 6


def test_who_waits_for_nothing_is_not_welcomed() -> None:
    assert not back_again(given(), person(begun())).records


@pytest.mark.parametrize("language", list(Language))
def test_the_lines_are_said_in_both_languages(language: Language) -> None:
    words = given().words
    said = {words.say(key, language) for key in ("silence-line", "back-closing", "back-paused", "back-nothing")}
    assert len(said) == 4
