"""What the consent card says of how long words are kept."""

import pytest

from bot.coaching.language import Language
from bot.flows.participation.consent import How, consent_form
from bot.store.port.people import AroundCohort
from tests import content
from tests.flows.decisions.told import given, person
from tests.store.scene import a_cohort, a_member, a_workspace


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("days", "is_said"), [(90, False), (89, True), (30, True), (1, True)])
def test_a_team_in_which_words_go_sooner_says_so_before_anybody_joins(
    days: int, language: Language, *, is_said: bool
) -> None:
    anna = a_member("anna")
    offer = AroundCohort(cohort=a_cohort(journey="twelve-weeks", words_days=days), workspace=a_workspace(), coaches=[])
    form = consent_form(given(), person(member=anna), anna, offer, language, None, How("c"))
    told = [str(getattr(part, "text", "")) for part in form.parts]
    sooner = content.whole("consent-sooner", language, days=days)
    assert any(sooner in each for each in told) is is_said
    kept = content.said("consent-retention", language)
    assert sum(kept in each for each in told) == 1, "and what holds at most"
