"""The works council's seat, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Origin, Person, Row
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.reading import Seat
from bot.flows.agreement.council import Candidate, asked_whom, given_up, seated, shown
from bot.flows.context.decision import Decision
from tests.flows.decisions.agreed import ANNA, CARL, OLGA, a_seat, around, team
from tests.flows.decisions.told import TUESDAY, command, form, given, press, pressable, said, saved, told, wrong
from tests.store.scene import T0, a_coach

OLGA_THERE = Person(external_id="U-olga", name="Olga", zone=None, is_bot=False, deactivated=False)
PICKED = Candidate(person=OLGA_THERE, member=OLGA)
FORM = form("council.give", "", person=("U-olga",))
HELD = {"seats": [(a_seat(), OLGA)]}


def sent_in(candidate: Candidate = PICKED, **changes: Any) -> Decision:
    """Return what comes of the form in which Anna picked Olga."""
    return seated(given(), around(**changes), FORM, candidate, "new")


def test_an_admin_gives_the_seat() -> None:
    decision = sent_in()
    assert saved(decision) == {"new": Seat(id="new", workspace="w", member="olga", named_by="anna", named_at=TUESDAY)}
    assert said(decision) == told("council-given", name="Olga")


def test_to_themselves_too_and_to_several() -> None:
    anna = Person(external_id="U-anna", name="Anna", zone=None, is_bot=False, deactivated=False)
    assert sent_in(Candidate(person=anna, member=ANNA), **HELD).records


@pytest.mark.parametrize(
    ("candidate", "changes", "key"),
    [
        (PICKED, {"is_admin": False}, "admin-only"),
        (PICKED, {"is_admin": None}, "admin-not-asked"),
        (PICKED, {"is_admin": False, "seats": [(a_seat("anna"), ANNA)]}, "admin-only"),  # the council names nobody
        (PICKED, {"member": None}, "admin-only"),
        (Candidate(), {}, "council-no-person"),  # nobody, or left out
        (Candidate(person=OLGA_THERE), {}, "council-no-person"),  # a bot, or switched off
        (PICKED, HELD, "council-stands"),
        (PICKED, {"teams": [team((a_coach("olga"), OLGA))]}, "council-coach"),
        (PICKED, {"teams": [team((a_coach("olga", state=CoachState.INVITED), OLGA))]}, "council-coach"),
    ],
)
def test_otherwise_it_is_not_given_and_it_says_why(candidate: Candidate, changes: dict[str, Any], key: str) -> None:
    assert wrong(sent_in(candidate, **changes), "person", key)


@pytest.mark.parametrize("origin", [Origin.GUEST, Origin.ELSEWHERE])
def test_nobody_from_outside_has_it(origin: Origin) -> None:
    person = Person(external_id="U-olga", name="Olga", zone=None, is_bot=False, deactivated=False, origin=origin)
    assert wrong(sent_in(Candidate(person=person, member=OLGA)), "person", "council-outsider")


@pytest.mark.parametrize("state", [CoachState.DECLINED, CoachState.LEFT, CoachState.REMOVED])
def test_who_coaches_no_more_can_have_it(state: CoachState) -> None:
    assert sent_in(teams=[team((a_coach("olga", state=state), OLGA))]).records


def test_handled_once_more_it_is_given_already() -> None:
    seat = Seat(id="new", workspace="w", member="olga", named_by="anna", named_at=TUESDAY)
    decision = sent_in(seats=[(seat, OLGA)])
    assert not decision.records
    assert said(decision) == told("council-given", name="Olga")


# --- asking for it


def test_everybody_sees_who_has_it_and_an_admin_what_can_be_done() -> None:
    for is_admin, member, ends, opens in (
        (True, ANNA, True, True),
        (False, ANNA, False, False),
        (None, ANNA, False, False),
        (False, OLGA, True, False),  # one's own
        (False, None, False, False),
    ):
        about = around(**HELD, is_admin=is_admin, member=member)
        decision = shown(given(), about, command("council"), named=False)
        rows = [part.button for part in decision.says.parts if isinstance(part, Row)] if decision.says else []
        assert [(each.id, each.value) for each in rows] == ([("council.end", "seat-olga")] if ends else [])
        assert pressable(decision) == ([("council.open", "")] if opens else [])


def test_with_a_name_behind_it_the_form_opens() -> None:
    typed = command("council @olga")
    assert shown(given(), around(), typed, named=True).opens is not None
    assert said(shown(given(), around(is_admin=False), typed, named=True)) == told("admin-only")
    assert said(shown(given(), around(is_admin=None), typed, named=True)) == told("admin-not-asked")


@pytest.mark.parametrize(("is_admin", "says"), [(True, ""), (False, "admin-only"), (None, "admin-not-asked")])
def test_the_form_is_for_admins(is_admin: bool | None, says: str) -> None:
    decision = asked_whom(given(), around(is_admin=is_admin), press("council.open", ""))
    assert (decision.opens is None, said(decision)) == (bool(says), told(says) if says else "")


# --- ending it


@pytest.mark.parametrize(("member", "is_admin"), [(ANNA, True), (OLGA, False)])
def test_an_admin_ends_it_and_so_does_who_has_it(member: Any, *, is_admin: bool) -> None:
    about = around(**HELD, member=member, is_admin=is_admin)
    decision = given_up(given(), about, press("council.end", "seat-olga"), (a_seat(), OLGA))
    seat = saved(decision)["seat-olga"]
    assert seat.ended_at == TUESDAY
    assert said(decision) == told("council-ended", name="Olga")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"is_admin": False, "member": CARL}, "admin-only"),
        ({"is_admin": None, "member": CARL}, "admin-not-asked"),
        ({"is_admin": False, "member": None}, "admin-only"),
        (
            {"is_admin": False, "member": CARL, "seats": [(a_seat(), OLGA), (a_seat("carl"), CARL)]},
            "admin-only",  # the other one of the council
        ),
    ],
)
def test_nobody_else_ends_it(changes: dict[str, Any], key: str) -> None:
    about = around(**{**HELD, **changes})
    decision = given_up(given(), about, press("council.end", "seat-olga"), (a_seat(), OLGA))
    assert not decision.records
    assert said(decision) == told(key)


@pytest.mark.parametrize("found", [None, (a_seat(ended_at=T0), OLGA)])
def test_what_is_no_seat_any_more_or_none_here_is_not_ended(found: Any) -> None:
    decision = given_up(given(), around(**HELD), press("council.end", "seat-olga"), found)
    assert (decision.records, decision.refuses) == ((), "press-stale")


def test_handled_once_more_it_is_ended_already() -> None:
    again = replace(press("council.end", "seat-olga"), attempt=2)
    decision = given_up(given(), around(), again, (a_seat(ended_at=TUESDAY), OLGA))
    assert not decision.records
    assert said(decision) == told("council-ended", name="Olga")
