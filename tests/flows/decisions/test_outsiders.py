"""Joining from outside, decision by decision."""

from dataclasses import replace

import pytest

from bot.chat.port import Body, Form, PersonChanged
from bot.chat.port import Person as Told
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Origin
from bot.coaching.records.workspace import Workspace
from bot.flows.agreement.outsiders import shuts_out
from bot.flows.participation import join
from bot.flows.participation.account import followed
from bot.store.port.people import AroundCohort
from tests.flows.decisions.test_join import consent
from tests.flows.decisions.told import TUESDAY, begun, command, course, given, person, press, said, saved, told, wrong
from tests.store.scene import a_cohort, a_member, a_workspace, an_enrollment

SHUT, OPEN = a_workspace(), a_workspace(lets_outsiders_join=True)
OUTSIDERS = (Origin.GUEST, Origin.ELSEWHERE)


def offered(workspace: Workspace = SHUT) -> AroundCohort:
    """Return a journey in a workspace."""
    return AroundCohort(cohort=a_cohort(journey="twelve-weeks"), workspace=workspace, coaches=[])


def lines(card: Form | None) -> list[str]:
    """Return what a card says."""
    return [part.text for part in card.parts if isinstance(part, Body)] if card else []


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("workspace", [SHUT, OPEN])
def test_who_comes_from_outside_joins_only_where_that_is_allowed(workspace: Workspace, origin: Origin) -> None:
    anna, offer = person(member=a_member("anna", origin=origin)), offered(workspace)
    assert anna.member is not None
    is_out = origin is not Origin.INSIDE and workspace is SHUT
    assert shuts_out(anna.member, offer.workspace) is is_out
    decision = join.asked_to_join(given(), anna, command("join"), offer)
    assert (said(decision), decision.opens is None) == (told("join-outsider") if is_out else "", is_out)
    body = given().words.body("consent-outsider", Language.EN)
    assert (body in lines(decision.opens)) is (not is_out and origin is not Origin.INSIDE)


def test_everybody_reads_who_else_can_see_the_channels_posts() -> None:
    decision = join.asked_to_join(given(), person(member=a_member("anna")), command("join"), offered())
    assert given().words.body("consent-channel", Language.EN) in lines(decision.opens)


@pytest.mark.parametrize("origin", OUTSIDERS)
def test_a_card_sent_in_after_the_rule_changed_stays_open(origin: Origin) -> None:
    anna = person(member=a_member("anna", origin=origin))
    assert wrong(join.agreed(given(), anna, consent(), offered()), "scope", "join-outsider")


@pytest.mark.parametrize("origin", OUTSIDERS)
def test_who_has_joined_already_stays(origin: Origin) -> None:
    anna = a_member("anna", origin=origin)
    there = person(begun(member=anna, cohort=a_cohort(journey="twelve-weeks")))
    assert said(join.asked_to_join(given(), there, command("join"), offered())) == told("join-already")


@pytest.mark.parametrize("button", ["join.anew", "join.along"])
def test_another_journey_is_joined_anew(button: str) -> None:
    left = an_enrollment("anna", state=EnrollmentState.LEFT, ended_at=TUESDAY)
    anna = person(course(member=a_member("anna", origin=Origin.GUEST), enrollment=left))
    assert said(join.asked_how(given(), anna, press(button, "c"), offered())) == told("join-outsider")


@pytest.mark.parametrize(
    ("before", "told_now", "after"),
    [
        (Origin.INSIDE, Origin.GUEST, Origin.GUEST),
        (Origin.GUEST, Origin.INSIDE, Origin.INSIDE),
        (Origin.ELSEWHERE, Origin.INSIDE, Origin.ELSEWHERE),  # the news do not say of which team somebody is
    ],
)
def test_the_platform_tells_when_somebody_becomes_a_guest_or_a_colleague(
    before: Origin, told_now: Origin, after: Origin
) -> None:
    known = Told(external_id="U-anna", name="Anna", zone=None, is_bot=False, deactivated=False, origin=told_now)
    news = PersonChanged(workspace="w", person="U-anna", event_id="e", at=TUESDAY, known=known)
    anna = a_member("anna", origin=before)
    decision = followed(given(), person(member=anna), news)
    assert saved(decision) == ({} if before is after else {"anna": replace(anna, origin=after)})
