"""Next, status and help, decision by decision."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.chat.port import Buttons, Command, Message, Press
from bot.coaching.language import Language
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.context.person import PersonContext
from bot.flows.participation import next_step, status, usage
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    STRANGER,
    TUESDAY,
    begun,
    command,
    course,
    given,
    person,
    planned,
    press,
    said,
    saved,
    sent,
    told,
)
from tests.store.scene import a_cohort, a_member, an_enrollment

MONDAY = given(MONDAY_BEFORE)
FIRST = next(row for row in begun().agenda if row.kind is Kind.NUDGE)
FRIDAY = date(2026, 1, 16)


def buttons(message: Message | None) -> list[tuple[str, str]]:
    """Return the buttons of a message with what they carry."""
    assert message is not None
    shown = [part for part in message.parts if isinstance(part, Buttons)]
    return [(each.id, each.value) for part in shown for each in part.buttons]


PAUSED = begun(enrollment=replace(begun().enrollment, state=EnrollmentState.PAUSED, paused_until=FRIDAY))
STILL = begun(enrollment=replace(begun().enrollment, state=EnrollmentState.PAUSED, paused_on=FRIDAY))
LEFT = begun(enrollment=begun().enrollment.left(TUESDAY))


@pytest.mark.parametrize("incoming", [command("next"), press("next.open", "")], ids=["typed", "on Home"])
@pytest.mark.parametrize(
    ("about", "offers"),
    [
        (person(begun()), [("next.now", FIRST.id)]),
        (person(LEFT, begun()), [("next.now", FIRST.id)]),  # the newest that was not left
        (person(PAUSED), [("resume.now", "run-anna")]),
        (person(STILL), [("resume.now", "run-anna")]),
        (person(course()), []),
    ],
    ids=["going", "joined anew", "paused", "stands still", "nothing planned"],
)
def test_next_offers_what_can_be_done(
    incoming: Command | Press, about: PersonContext, offers: list[tuple[str, str]]
) -> None:
    assert buttons(next_step.next_(MONDAY, about, incoming).says) == offers


@pytest.mark.parametrize("about", [STRANGER, person(), person(LEFT)], ids=["stranger", "in none", "left"])
def test_next_of_nobody(about: PersonContext) -> None:
    assert said(next_step.next_(MONDAY, about, command("next"))) == told("not-in")
    assert next_step.next_(MONDAY, about, press("next.open", "")).refuses == "press-stale"


def test_next_names_the_step_behind_a_look_back() -> None:
    """A look back is nothing that can be asked for sooner."""
    back = planned("back", Kind.REFLECTION, due_at=TUESDAY + timedelta(days=1))
    step = planned("step", Kind.DEBRIEF, due_at=TUESDAY + timedelta(days=2))
    decision = next_step.next_(given(), person(course(sent(), back, step)), command("next"))
    assert buttons(decision.says) == [("next.now", "step")]


CASES: list[tuple[str, dict[str, Any], str]] = [
    # what is special, changes of the run, what becomes of the press
    ("the next step", {}, "goes"),
    ("two weeks a step", {"others": [sent(f"s{count}", enrollment="left") for count in range(3)]}, "goes"),
    ("paused", {"enrollment": PAUSED.enrollment}, "press-stale"),
    ("standing still", {"enrollment": STILL.enrollment}, "press-stale"),
    ("left", {"enrollment": LEFT.enrollment}, "press-stale"),
    ("switched off", {"member": a_member("anna", state=MemberState.DEACTIVATED)}, "press-stale"),
    ("on its way", {"agenda": [replace(FIRST, state=NudgeState.READY)]}, "press-stale"),
    ("another first", {"agenda": [replace(FIRST, id="sooner", due_at=TUESDAY), FIRST]}, "press-stale"),
    ("one came today", {"agenda": [sent("came", sent_at=MONDAY_BEFORE), FIRST]}, "next-one-a-day"),
    ("one is under way", {"agenda": [sent("comes", state=NudgeState.SENDING), FIRST]}, "goes"),  # since tomorrow
]


@pytest.mark.parametrize(("changes", "comes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_step_is_brought_forward(changes: dict[str, Any], comes: str) -> None:
    about = person(begun(**changes))
    decision = next_step.brought_forward(MONDAY, about, press("next.now", FIRST.id))
    if comes == "goes":
        row = saved(decision)[FIRST.id]
        assert (row.state, row.due_at, row.local_date) == (NudgeState.READY, MONDAY_BEFORE, MONDAY_BEFORE.date())
        assert (decision.pages, decision.also, decision.replaces) == (True, ("anna",), True)
    elif comes == "press-stale":
        assert (decision.refuses, decision.records) == ("press-stale", ())
    else:
        assert said(decision).startswith(told(comes, next="")[:20])
        assert not decision.records


def test_a_step_that_is_nobodys_or_no_step_is_not_brought_forward() -> None:
    back = planned("back", Kind.REFLECTION, due_at=TUESDAY + timedelta(days=1))
    for value, about in (("none", person(begun())), ("back", person(course(back))), ("back", STRANGER)):
        assert next_step.brought_forward(MONDAY, about, press("next.now", value)).refuses == "press-stale"


@pytest.mark.parametrize(
    ("about", "shows"),
    [
        (STRANGER, []),
        (PersonContext(here=a_cohort(journey="taster")), [("cohort.join", "c")]),
        (person(begun()), [("settings.open", "")]),
        (person(PAUSED), [("resume.now", "run-anna"), ("settings.open", "")]),
        (person(LEFT, coached=[a_cohort()]), []),
    ],
    ids=["nothing here", "one runs here", "going", "paused", "left, and coaches"],
)
def test_status_tells_where_the_asker_stands(about: PersonContext, shows: list[tuple[str, str]]) -> None:
    says = status.status(MONDAY, about, command("status")).says
    assert buttons(says) == shows
    assert (told("status-coach") in repr(says)) == bool(about.coached)


@pytest.mark.parametrize(
    ("typed", "member", "languages"),
    [
        ("help", None, {Language.EN, Language.NL}),
        ("hulp", None, {Language.NL}),
        ("hulp", Language.EN, {Language.EN}),
        ("xyzzy", Language.NL, {Language.NL}),
    ],
)
def test_help_speaks_the_askers_language_or_both(typed: str, member: Language | None, languages: set[Language]) -> None:
    about = person(member=a_member("anna", language=member))
    for decide in (usage.help_, usage.unknown):
        shown = repr(decide(MONDAY, about, command(typed)).says)
        words = MONDAY.words
        assert {each for each in Language if words.say("help-title", each) in shown} == languages


def test_an_unknown_word_is_quoted_with_the_nearest_verb() -> None:
    assert said(usage.unknown(MONDAY, STRANGER, command("statsu"))) == told("help-unknown-near", near="status")
    assert said(usage.unknown(MONDAY, STRANGER, command("xyzzy"))) == told("help-unknown")


def test_the_newest_run_that_was_not_left_is_the_one_a_person_is_in() -> None:
    older = replace(LEFT, enrollment=replace(an_enrollment("anna", id="older")))
    assert person(LEFT, older).course is older
    assert person(LEFT).course is None
