"""What every form says of a field that was left empty: what to do, in the language of the form."""

from dataclasses import replace

import pytest

from bot.chat.port import ChecksField, DateField, Form, RadioField, TextField, TimeField
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Kind
from bot.flows.coach import answer, digest_settings, word
from bot.flows.debrief import dialogue
from bot.flows.experiments import change, commitment_words, habit, later, my_changes, plan, planned_day
from bot.flows.participation.consent import How, consent_form
from bot.flows.participation.pause import pause_form
from bot.flows.participation.start_form import start_form
from bot.flows.privacy.erase import erase_form
from bot.flows.replies import edit
from bot.flows.settings.settings import settings_form
from bot.store.port.people import AroundCohort
from tests import content
from tests.flows.decisions.test_coach_answer import a_line
from tests.flows.decisions.test_word import answering
from tests.flows.decisions.test_words import a_plan, a_text, own
from tests.flows.decisions.told import begun, given, person, press, sent, situation
from tests.store.scene import a_cohort, a_commitment, a_member, a_workspace

MAY_BE_EMPTY = (TextField, DateField, TimeField, ChecksField)


def forms(language: Language) -> dict[str, Form | None]:
    """Return every form that asks for something, as anna is asked."""
    anna, now = a_member("anna", language=language), given()
    cohort: Cohort = a_cohort(journey="twelve-weeks")
    nudge, debrief = (situation(sent("n", kind), member=anna) for kind in (Kind.NUDGE, Kind.DEBRIEF))
    asked = replace(
        situation(sent("n", Kind.DAY_OF, subject="p"), member=anna), promises=(a_commitment("p", nudge="n"),)
    )
    kept = situation(sent("k", Kind.KEEP, prompt="keep/keep", item=None), member=anna)
    run = replace(begun(), member=anna)
    moved = planned_day.move_questions(now, asked, "n")
    questions = [
        plan.plan_questions(now, nudge, "n"),
        change.transfer_questions(now, debrief, "n"),
        moved,
        later.later_questions(now, nudge, "n"),
        dialogue.answer_questions(now, debrief, "n:0"),
        habit.keep_questions(now, kept, "k"),
        change.smaller_questions(now, debrief, "n"),
        word.word_questions(now, replace(answering(), member=anna), "n"),
    ]
    opened = [
        edit.change(now, own(a_text(), member=anna), None).opens,  # type: ignore[arg-type]
        *(
            commitment_words.change(now, own(a_plan(kind=kind), member=anna), None).opens  # type: ignore[arg-type]
            for kind in CommitmentKind
        ),
        my_changes.move(now, own(a_plan(kind=CommitmentKind.TRANSFER), member=anna), None).opens,  # type: ignore[arg-type]
        digest_settings.opened(now, person(member=anna, coached=[cohort]), press("digest.open", "")).opens,
        answer.to_answer(now, a_line(), language).opens,
        erase_form(now, language),
        consent_form(
            now,
            person(member=anna),
            anna,
            AroundCohort(cohort=cohort, workspace=a_workspace(), coaches=[]),
            language,
            None,
            How(cohort.id),
        ),
        start_form(now, anna, language, "C|general"),
        settings_form(now, anna, run, language, ""),
        pause_form(now, run),
    ]
    made = [each.form if each else None for each in questions] + opened
    return {f"{place} {form.id if form else ''}": form for place, form in enumerate(made)}


@pytest.mark.parametrize("language", list(Language))
def test_a_field_that_is_left_empty_says_what_to_do(language: Language) -> None:
    for name, form in forms(language).items():
        assert form is not None, name
        for field in form.parts:
            is_open = isinstance(field, RadioField) and field.chosen is None
            if isinstance(field, MAY_BE_EMPTY) or is_open:
                assert not field.required or field.missing, f"{form.id} {field.id}"  # type: ignore[union-attr]


def test_it_is_said_in_the_language_of_the_form() -> None:
    said = {
        (form.id, field.id, language): field.missing
        for language in Language
        for form in forms(language).values()
        if form
        for field in form.parts
        if isinstance(field, (*MAY_BE_EMPTY, RadioField)) and field.missing
    }
    assert said["plan.make", "first", Language.EN] == content.said("plan-if-missing")
    assert said["plan.make", "first", Language.NL] == content.said("plan-if-missing", content.NL)
    assert said["erase.yes", "agreed", Language.EN].startswith(content.said("erase-not-agreed"))
    assert said["erase.yes", "agreed", Language.NL].startswith(content.said("erase-not-agreed", content.NL))
    for (form, field, _), words in said.items():
        assert said[form, field, Language.EN] != said[form, field, Language.NL], words
