"""Starting a journey, decision by decision."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Place, Submitted
from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.nudge import Kind, Nudge
from bot.flows.context.person import PersonContext
from bot.flows.participation import start
from bot.flows.participation.start import Reached
from tests.flows.decisions.told import MONDAY_BEFORE, STRANGER, command, form, given, person, said, told
from tests.store.scene import a_cohort, a_member

MONDAY = given(MONDAY_BEFORE)
ANNA = person(member=a_member("anna"))
RUNNING = person(member=a_member("anna"), here=a_cohort("c", channel="C-c"))


@pytest.mark.parametrize(
    ("about", "is_direct", "key"),
    [
        (ANNA, False, ""),
        (ANNA, True, "start-in-channel"),
        (STRANGER, False, "start-not-a-person"),
        (RUNNING, False, "start-already"),
    ],
)
def test_where_a_journey_can_begin(about: PersonContext, is_direct: bool, key: str) -> None:
    decision = start.asked_for(MONDAY, about, command("start", is_direct=is_direct))
    assert said(decision) == (told(key) if key else "")
    assert (decision.opens.subject if decision.opens else None) == (None if key else "C-c|desk")


def filled(**values: str) -> Submitted:
    """Return the form as anna sent it in."""
    usual: dict[str, Any] = {
        "journey": "taster",
        "language": "en",
        "pace": "1",
        "first_day": "1",
        "first_time": "10:00",
        "second_day": "3",
        "second_time": "15:00",
        "reflection_day": "0",
        "zone": "Europe/Amsterdam",
        "country": "none",
    }
    return form("cohort.start", "C-c|desk", **(usual | values))


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, set()),
        ({"second_day": "1"}, {"second_day"}),
        ({"first_time": "07:59", "second_time": "18:00"}, {"first_time", "second_time"}),
        ({"zone": "Amsterdan"}, {"zone"}),
        ({"first_time": "noon"}, {"first_time"}),
        ({"country": "GB"}, {"region"}),
        ({"country": "GB", "region": "Engeland"}, set()),
        ({"country": "NL", "region": "England"}, {"region"}),
    ],
)
def test_what_is_wrong_is_said_before_the_platform_is_asked(values: dict[str, str], fields: set[str]) -> None:
    decision = start.refused(MONDAY, ANNA, filled(**values), "new", is_asked=True)
    assert (set(decision.wrong.errors) if decision and decision.wrong else set()) == fields
    assert (decision is None) == (not fields)


def test_who_did_not_ask_for_it_starts_nothing() -> None:
    decision = start.refused(MONDAY, ANNA, filled(), "new", is_asked=False)
    assert decision is not None
    assert decision.wrong is not None
    assert decision.wrong.errors == {"journey": told("form-stale")}
    nobody = start.refused(MONDAY, STRANGER, filled(), "new", is_asked=True)
    assert nobody is not None
    assert (nobody.records, nobody.says, nobody.wrong) == ((), None, None)


def test_where_one_runs_already_it_is_said_in_the_channel() -> None:
    decision = start.refused(MONDAY, RUNNING, filled(), "new", is_asked=True)
    assert decision is not None
    assert (said(decision), decision.where) == (told("start-already"), Place(workspace="w", conversation="C-c"))


def test_handled_twice_nothing_more_becomes_of_it() -> None:
    """Saved by this very form, the cohort has the id that follows from it."""
    decision = start.refused(MONDAY, RUNNING, filled(), "c", is_asked=True)
    assert decision is not None
    assert (decision.records, decision.says, decision.wrong) == ((), None, None)


@pytest.mark.parametrize(
    ("reached", "wrong"),
    [
        (Reached(is_gone=True), ("coaches", "start-coach-gone")),
        (Reached(refused="is_archived"), ("journey", "start-archived")),
        (Reached(refused="not_in_channel"), ("journey", "start-invite-me")),
    ],
)
def test_what_the_platform_refuses_is_said_in_the_form(reached: Reached, wrong: tuple[str, str]) -> None:
    decision = start.set_up(MONDAY, ANNA, filled(), "new", reached)
    assert decision.wrong is not None
    assert (decision.wrong.errors, decision.records) == ({wrong[0]: told(wrong[1])}, ())


def test_a_journey_begins_with_its_invitation_its_posts_and_its_coaches() -> None:
    reached = Reached(coaches=[a_member("carl"), a_member("bram")])
    decision = start.set_up(MONDAY, ANNA, filled(country="NL"), "new", reached)
    cohort, *rest = decision.records
    assert isinstance(cohort, Cohort)
    assert (cohort.id, cohort.channel, cohort.channel_name, cohort.country) == ("new", "C-c", "desk", "NL")
    assert (cohort.starts_on, cohort.started_by) == (MONDAY_BEFORE.date(), "anna")
    assert [each.member for each in rest if isinstance(each, Coach)] == ["carl", "bram"]
    posts = [each for each in rest if isinstance(each, Nudge)]
    kinds = Counter(each.kind for each in posts)
    assert (kinds[Kind.INVITATION], kinds[Kind.COACH_ASK], kinds[Kind.TEAM_REFLECTION]) == (1, 2, 1)
    assert {each.due_at for each in posts if each.kind in (Kind.INVITATION, Kind.COACH_ASK)} == {MONDAY_BEFORE}
    alone = start.set_up(MONDAY, ANNA, filled(), "new", Reached())
    assert not [each for each in alone.records if isinstance(each, Coach)]
    assert replace(cohort, country=None) == alone.records[0]
