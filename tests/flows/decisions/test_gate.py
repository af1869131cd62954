"""Recording who agreed that coaches may read, and stopping it, decision by decision."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reading import LONGEST_GROUND, Gate, GateKind
from bot.flows.agenda.reading_news import OPENED, STOPPED
from bot.flows.agreement.gate import agreed, asked_who_agreed, stopped, told_coaches
from bot.flows.agreement.page import reading_page
from bot.flows.context.decision import Decision
from tests.flows.decisions.agreed import ANNA, CARL, OLGA, a_seat, around, lets_read, team
from tests.flows.decisions.told import TUESDAY, form, given, press, said, saved, told, wrong
from tests.store.scene import a_coach, a_gate, a_member

OPEN = {"gates": [a_gate()]}
COUNCIL = {"member": OLGA, "is_admin": False, "seats": [(a_seat(), OLGA)]}
FILLED = {"kind": "agreed", "ground": "works council", "day": "2026-01-12"}


def sent_in(*, around_it: dict[str, Any] | None = None, **values: Any) -> Decision:
    """Return what comes of the form, filled in well but for these values; None leaves a field empty."""
    filled = {name: value for name, value in {**FILLED, **values}.items() if value is not None}
    return agreed(given(), around(**(around_it or {})), form("gate.record", "", **filled), "new")


def the_gate(decision: Decision) -> Gate:
    """Return the gate that a decision saves."""
    gate = saved(decision)["new"]
    assert isinstance(gate, Gate)
    return gate


def test_an_admin_records_who_agreed() -> None:
    decision = sent_in(ground="  works\n council ")
    gate = the_gate(decision)
    assert (gate.kind, gate.who_agreed, gate.agreed_on) == (GateKind.AGREED, "works council", date(2026, 1, 12))
    assert (gate.recorded_by, gate.recorded_at, gate.closed_at, gate.is_by_coach) == ("anna", TUESDAY, None, False)
    assert gate.wording == given().words.wording()
    assert said(decision) == told("gate-recorded")


def test_or_why_nobody_has_to() -> None:
    assert the_gate(sent_in(kind="not_needed", ground="five of us, all here")).kind is GateKind.NOT_NEEDED


def test_who_lets_a_coach_read_is_told_once_however_many_coaches_and_teams_they_have() -> None:
    other = lets_read("anna", id="later", joined_at=TUESDAY)
    granting = [lets_read("anna", coaches=("carl", "cora")), other, lets_read("bert")]
    news = [row for row in sent_in(around_it={"granting": granting}).records if not isinstance(row, Gate)]
    assert [(row.kind, row.prompt, row.subject, row.member, row.enrollment) for row in news] == [
        (Kind.READING_NEWS, OPENED, "new", "anna", "later"),
        (Kind.READING_NEWS, OPENED, "new", "bert", "run-bert"),
    ]


@pytest.mark.parametrize(
    ("around_it", "values", "field", "key"),
    [
        ({"is_admin": False}, {}, "kind", "admin-only"),  # or no longer one
        ({"is_admin": None}, {}, "kind", "admin-not-asked"),
        ({"is_admin": False, "seats": [(a_seat("anna"), ANNA)]}, {}, "kind", "admin-only"),  # the council stops alone
        ({"member": None}, {}, "kind", "admin-only"),  # a bot
        (OPEN, {}, "kind", "gate-stands"),
        ({}, {"kind": None}, "kind", "gate-kind-missing"),
        ({}, {"kind": "practice"}, "kind", "gate-kind-missing"),  # nobody says so of a real workspace
        ({}, {"ground": None}, "ground", "gate-ground-missing"),
        ({}, {"ground": " \n\t "}, "ground", "gate-ground-missing"),
        ({}, {"ground": "\u200b\u202e"}, "ground", "gate-ground-missing"),
        ({}, {"ground": "…"}, "ground", "gate-ground-missing"),
        ({}, {"day": None}, "day", "day-missing"),
        ({}, {"day": "2026-01"}, "day", "day-unread"),
        ({}, {"day": "3 March"}, "day", "day-unread"),
        ({}, {"day": "2026-02-30"}, "day", "day-unread"),
        ({}, {"day": "2026-01-14"}, "day", "gate-day-future"),
    ],
)
def test_what_is_wrong_stays_on_the_screen(
    around_it: dict[str, Any], values: dict[str, Any], field: str, key: str
) -> None:
    assert wrong(sent_in(around_it=around_it, **values), field, key)


def test_today_is_the_admins_own() -> None:
    late = datetime(2026, 1, 13, 23, 30, tzinfo=UTC)
    filled = form("gate.record", "", **{**FILLED, "day": "2026-01-14"})
    in_utrecht, in_york = (
        around(member=a_member("anna", zone=zone)) for zone in ("Europe/Amsterdam", "America/New_York")
    )
    assert agreed(given(late), in_utrecht, filled, "new").records
    assert wrong(agreed(given(late), in_york, filled, "new"), "day", "gate-day-future")


def test_a_ground_has_a_length() -> None:
    assert the_gate(sent_in(ground="x" * LONGEST_GROUND)).who_agreed == "x" * LONGEST_GROUND
    decision = sent_in(ground="x" * 40_000)
    assert decision.wrong is not None
    assert decision.wrong.errors == {"ground": told("field-too-long", most=LONGEST_GROUND)}
    assert not decision.records


@pytest.mark.parametrize("typed", ["<!channel>", "=cmd()", "*bold* <https://a.example|b>", "@everyone"])
def test_a_ground_is_kept_and_shown_as_it_was_typed(typed: str) -> None:
    decision = sent_in(ground=typed)
    assert the_gate(decision).who_agreed == typed
    rows = facts(around(gates=[the_gate(decision)]))
    assert (told("agreement-agreed-by"), typed) in rows


def facts(about: Any) -> list[tuple[str, str]]:
    """Return the labels and values on the page."""
    page = reading_page(given(), about, about.language(form("", "")))
    return [row for part in page.parts for row in getattr(part, "rows", ())]


def test_handled_once_more_after_it_was_cut_off_it_has_happened() -> None:
    decision = sent_in(around_it={"gates": [a_gate(id="new")]})
    assert not decision.records
    assert said(decision) == told("gate-recorded")


def test_after_it_was_stopped_it_is_recorded_anew() -> None:
    assert sent_in(around_it={"gates": [a_gate(closed_at=TUESDAY, closed_by="olga")]}).records


@pytest.mark.parametrize("role", [a_coach("anna"), a_coach("anna", state=CoachState.INVITED)])
def test_of_an_admin_who_coaches_the_record_says_so(role: Any) -> None:
    gate = the_gate(sent_in(around_it={"teams": [team((role, ANNA))]}))
    assert gate.is_by_coach
    stepped_down = around(gates=[gate], people={"anna": ANNA})
    assert (told("agreement-recorded-by"), told("agreement-recorded-by-coach", name="Anna")) in facts(stepped_down)


def test_so_it_does_of_who_began_to_coach_later() -> None:
    later = around(gates=[a_gate(recorded_by="anna")], people={"anna": ANNA}, teams=[team((a_coach("anna"), ANNA))])
    assert (told("agreement-recorded-by"), told("agreement-recorded-by-coach", name="Anna")) in facts(later)


@pytest.mark.parametrize(
    ("around_it", "key"),
    [
        ({"is_admin": False}, "admin-only"),
        ({"is_admin": None}, "admin-not-asked"),
        (OPEN, "gate-stands"),
    ],
)
def test_the_form_opens_for_an_admin_while_nothing_is_recorded(around_it: dict[str, Any], key: str) -> None:
    pressed = press("gate.open", "")
    assert asked_who_agreed(given(), around(), pressed).opens is not None
    decision = asked_who_agreed(given(), around(**around_it), pressed)
    assert (decision.opens, said(decision)) == (None, told(key))


# --- stopping


def test_the_council_stops_all_reading_at_once() -> None:
    about = around(**COUNCIL, **OPEN, granting=[lets_read("anna"), lets_read("bert")])
    decision = stopped(given(), about, press("gate.stop", "gate"))
    closed, *news = decision.records
    assert isinstance(closed, Gate)
    assert (closed.closed_at, closed.closed_by) == (TUESDAY, "olga")
    assert [(row.prompt, row.subject) for row in news if not isinstance(row, Gate)] == [(STOPPED, "gate")] * 2
    assert decision.withdraws
    assert decision.also == ["c"]
    assert said(decision) == told("gate-stopped")


@pytest.mark.parametrize(
    ("around_it", "value", "key"),
    [
        ({"is_admin": True, **OPEN}, "gate", "council-only"),  # an admin without the seat
        ({"member": None, **OPEN}, "gate", "council-only"),
        ({**COUNCIL, "gates": [a_gate(closed_at=TUESDAY)]}, "gate", "gate-stopped-before"),  # pressed twice
        ({**COUNCIL, "gates": [a_gate(closed_at=TUESDAY), a_gate(id="new")]}, "gate", "gate-stopped-before"),
    ],
)
def test_otherwise_nothing_is_stopped(around_it: dict[str, Any], value: str, key: str) -> None:
    decision = stopped(given(), around(**around_it), press("gate.stop", value))
    assert not decision.records
    assert said(decision) == told(key)


@pytest.mark.parametrize("value", ["", "of-another-workspace"])
def test_a_button_of_another_workspace_stops_nothing(value: str) -> None:
    decision = stopped(given(), around(**COUNCIL, **OPEN), press("gate.stop", value))
    assert (decision.records, decision.refuses) == ((), "press-stale")


def test_handled_once_more_after_it_was_cut_off_it_is_stopped() -> None:
    about = around(**COUNCIL, gates=[a_gate(closed_at=TUESDAY, closed_by="olga")])
    decision = stopped(given(), about, replace(press("gate.stop", "gate"), attempt=2))
    assert (decision.records, decision.withdraws, said(decision)) == ([], True, told("gate-stopped"))


def test_every_coach_who_said_yes_is_told_once() -> None:
    asked = a_coach("ivo", state=CoachState.INVITED)
    teams = [team((a_coach(), CARL), (asked, a_member("ivo"))), team((a_coach(), CARL), name="d")]
    assert told_coaches(around(**COUNCIL, teams=teams)) == [CARL]
    gone = replace(CARL, state=MemberState.DEACTIVATED)
    assert told_coaches(around(**COUNCIL, teams=[team((a_coach(), gone))])) == []
