"""Joining a journey, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Body, Submitted
from bot.coaching.language import Language
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import Enrollment, EnrollmentState, OptIn
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Kind, Nudge
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.participation import join
from bot.flows.participation.consent import How, card_key
from bot.store.port.people import AroundCohort
from tests.conftest import shipped_words
from tests.content import longest
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    begun,
    command,
    form,
    given,
    person,
    press,
    said,
    told,
)
from tests.store.scene import a_coach, a_cohort, a_member, a_workspace

MONDAY = given(MONDAY_BEFORE)
COHORT = a_cohort(journey="twelve-weeks", hours=Hours(first_day=2), country="NL", starts_on=MONDAY_BEFORE.date())
OFFER = AroundCohort(cohort=COHORT, workspace=a_workspace(), coaches=[(a_coach(), a_member("carl"))])
ENDED = replace(OFFER, cohort=replace(COHORT, state=CohortState.ENDED))
NEW = person(member=a_member("anna"))


def run(state: EnrollmentState = EnrollmentState.ACTIVE, cohort: str = "c", **changes: Any) -> ParticipationContext:
    """Return a run of anna in a state, in this cohort or in another."""
    return begun(enrollment=replace(begun().enrollment, state=state, **changes), cohort=a_cohort(cohort))


WAYS: list[tuple[str, PersonContext, AroundCohort, str]] = [
    ("who is new", NEW, OFFER, ""),
    ("who left", person(run(EnrollmentState.LEFT)), OFFER, ""),
    ("who has been through", person(run(EnrollmentState.COMPLETED)), OFFER, ""),
    ("who is in it", person(run()), OFFER, "join-already"),
    ("who pauses", person(run(EnrollmentState.PAUSED, paused_until=MONDAY_BEFORE.date())), OFFER, "join-already"),
    ("who is nobody", STRANGER, OFFER, "start-not-a-person"),
    ("anybody, once it ended", NEW, ENDED, "join-ended"),
]


@pytest.mark.parametrize(("about", "offer", "key"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_who_may_join(about: PersonContext, offer: AroundCohort, key: str) -> None:
    for incoming in (press("cohort.join", "c"), command("join")):
        decision = join.asked_to_join(MONDAY, about, incoming, offer)
        assert (decision.opens is None) == bool(key)
        assert said(decision) == (told(key) if key else "")
        assert not decision.records


def test_a_run_that_stands_still_goes_on() -> None:
    decision = join.asked_to_join(MONDAY, person(run(EnrollmentState.PAUSED)), press("cohort.join", "c"), OFFER)
    enrollment = decision.records[0]
    assert isinstance(enrollment, Enrollment)
    assert enrollment.state is EnrollmentState.ACTIVE
    assert said(decision)


@pytest.mark.parametrize(("is_direct", "key"), [(False, "join-nothing-here"), (True, "join-in-channel")])
def test_where_nothing_runs_there_is_nothing_to_join(is_direct: bool, key: str) -> None:
    assert said(join.asked_to_join(MONDAY, NEW, command("join", is_direct=is_direct), None)) == told(key)


@pytest.mark.parametrize(
    ("typed", "own", "cohort", "title"),
    [
        ("join", None, Language.EN, Language.EN),
        ("join", None, Language.NL, Language.NL),  # the word is said in both
        ("meedoen", None, Language.EN, Language.NL),
        ("meedoen", Language.EN, Language.NL, Language.EN),
    ],
)
def test_the_card_speaks_the_persons_language(
    typed: str, own: Language | None, cohort: Language, title: Language
) -> None:
    about = person(member=a_member("anna", language=own))
    offer = replace(OFFER, cohort=replace(COHORT, language=cohort))
    card = join.asked_to_join(MONDAY, about, command(typed), offer).opens
    assert card is not None
    assert card.title == MONDAY.words.say("form-consent-title", title)


def consent(**values: str) -> Submitted:
    """Return a consent card as anna sent it in."""
    subject = How("c", card_key(MONDAY, OFFER)).subject
    return form("consent.give", subject, **({"scope": "coach", "language": "nl", "zone": "Europe/Amsterdam"} | values))


def test_who_agrees_is_in_with_all_that_is_planned() -> None:
    decision = join.agreed(given(MONDAY_BEFORE), NEW, consent(), OFFER)
    fresh, enrollment, opt_in, *rows = decision.records
    assert fresh == replace(
        a_member("anna"),
        language=Language.NL,
        zone="Europe/Amsterdam",
        zone_confirmed=True,
        country="NL",
        hours=COHORT.hours,
    )
    assert isinstance(enrollment, Enrollment)
    assert isinstance(opt_in, OptIn)
    assert (enrollment.id, enrollment.scope, enrollment.starts_on) == ("new-1", "coach", MONDAY_BEFORE.date())
    assert (opt_in.enrollment, opt_in.scope, opt_in.language) == ("new-1", "coach", Language.NL)
    assert {row.enrollment for row in rows if isinstance(row, Nudge)} == {"new-1"}
    assert [row.kind for row in rows if isinstance(row, Nudge)][:2] == [Kind.WELCOME, Kind.PULSE]


def test_who_joins_anew_keeps_their_hours() -> None:
    before = person(run(EnrollmentState.LEFT))
    fresh = join.agreed(given(MONDAY_BEFORE), before, consent(), OFFER).records[0]
    assert before.member is not None
    assert fresh == replace(before.member, language=Language.NL, zone="Europe/Amsterdam", zone_confirmed=True)


def test_handled_twice_nothing_more_becomes_of_it() -> None:
    """Saved by this very form, the run has the id that follows from it."""
    decision = join.agreed(given(MONDAY_BEFORE), person(run(id="new-1")), consent(), OFFER)
    assert (decision.records, decision.wrong) == ((), None)


@pytest.mark.parametrize(
    ("about", "offer", "values", "wrong"),
    [
        (NEW, None, {}, ("scope", told("form-stale"))),
        (NEW, replace(OFFER, cohort=replace(COHORT, workspace="w2")), {}, ("scope", told("form-stale"))),
        (STRANGER, OFFER, {}, ("scope", told("form-stale"))),
        (NEW, ENDED, {}, ("scope", told("join-ended"))),
        (person(run()), OFFER, {}, ("scope", told("join-already"))),
        (person(run(cohort="other")), OFFER, {}, ("scope", told("join-elsewhere"))),  # since the card was opened
        (
            NEW,
            OFFER,
            {"zone": "Amsterdan", "language": "en"},
            ("zone", told("zone-near", among="Amsterdam")),
        ),
    ],
)
def test_what_is_refused_stays_on_the_screen(
    about: PersonContext, offer: Any, values: dict[str, str], wrong: tuple[str, str]
) -> None:
    decision = join.agreed(given(MONDAY_BEFORE), about, consent(**values), offer)
    assert decision.wrong is not None
    assert (dict([wrong]), decision.records) == (decision.wrong.errors, ())


def test_the_card_says_who_coaches_what_they_said_of_themselves_and_whether_they_may_read() -> None:
    manager = replace(OFFER, coaches=[(a_coach(is_line_manager=True), a_member("carl"))])
    shut = replace(OFFER, is_open=False)
    cards = []
    for offer in (OFFER, manager, shut):
        opened = join.asked_to_join(MONDAY, NEW, command("join"), offer).opens
        assert opened is not None
        cards.append((opened.subject, [str(part.text) for part in opened.parts if isinstance(part, Body)]))
    assert len({subject for subject, _ in cards}) == 3  # who agrees to one of them agrees to no other
    named = longest(told("reader-line-manager", name="Carl"))
    assert [any(named in text for text in texts) for _, texts in cards] == [False, True, False]
    waits = str(shipped_words().body("reading-gate-shut", Language.EN))
    assert [waits in texts for _, texts in cards] == [False, False, True]
