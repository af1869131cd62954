"""Being asked to coach, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Scope
from bot.flows.agenda.reading_news import NEW_COACH
from bot.flows.context.decision import Decision
from bot.flows.messages.coach import ask
from bot.flows.participation.coach_role import RoleContext, accepted, declined, manages
from tests.flows.decisions.looks import buttons, notes
from tests.flows.decisions.test_messages_channel import to_coach
from tests.flows.decisions.told import TUESDAY, given, press, saved
from tests.store.scene import T0, a_coach, a_cohort, a_grant, a_member, a_workspace, an_enrollment

PRESS = replace(press("coach.accept", "c"), inputs={"coach.manager": "no"})


@pytest.mark.parametrize("answer", [CoachState.ACTIVE, CoachState.DECLINED])
@pytest.mark.parametrize("before", CoachState)
def test_it_is_answered_once(before: CoachState, answer: CoachState) -> None:
    about = RoleContext(member=a_member("carl"), role=a_coach(state=before), cohort=a_cohort())
    decision = (accepted if answer is CoachState.ACTIVE else declined)(given(), about, PRESS)
    if before is CoachState.INVITED:
        role = saved(decision)["coach-carl"]
        assert (role.state, role.answered_at) == (answer, TUESDAY)
    else:
        assert not decision.records
        assert (decision.refuses, decision.again) == ("press-stale", ("c",))


def test_who_was_not_asked_is_refused() -> None:
    stranger = RoleContext()
    for about in (stranger, replace(stranger, member=a_member("carl"), cohort=a_cohort())):
        assert accepted(given(), about, PRESS).refuses == "press-foreign"


# --- the line manager of people here --------------------------------------------------------------------------------

COHORT = a_cohort(journey="twelve-weeks")


def run_of(name: str, **changes: Any) -> Any:
    """Return somebody's run in the team."""
    return an_enrollment(name, **changes), a_member(name), COHORT


def asked(*grants: ReadGrant, runs: Any = (), lets: bool = True, **changes: Any) -> RoleContext:
    """Return carl, who was asked to coach a team with these runs."""
    role = a_coach(**({"state": CoachState.INVITED} | changes))
    workspace = a_workspace(lets_line_managers_coach=lets)
    member = a_member("carl")
    lets = [each for each in grants if each.coach == "carl"]
    return RoleContext(member=member, role=role, cohort=COHORT, workspace=workspace, runs=runs, lets=lets)


def said(about: RoleContext, manager: str = "no") -> Decision:
    """Say yes to coaching, with this answer."""
    return accepted(given(), about, replace(PRESS, inputs={"coach.manager": manager} if manager else {}))


def refusal(decision: Decision, language: Language = Language.EN) -> str:
    """Return the key of why nothing comes of a press; empty when something does."""
    keys = ("coach-manager-missing", "coach-manager-refused")
    told = {given().words.say(key, language): key for key in keys}
    return told[decision.says.fallback] if decision.says else decision.refuses


def test_who_chose_no_language_is_answered_as_they_were_asked() -> None:
    dutch = replace(asked(), cohort=replace(COHORT, language=Language.NL))
    assert refusal(said(dutch, ""), Language.NL) == "coach-manager-missing"


SAID = [
    # the answer, whether line managers may coach, what is refused
    ("no", True, ""),
    ("yes", True, ""),
    ("no", False, ""),
    ("yes", False, "coach-manager-refused"),
    ("", True, "coach-manager-missing"),
    ("", False, "coach-manager-missing"),
    ("perhaps", True, "coach-manager-missing"),
    ("x" * 40_000, True, "coach-manager-missing"),
]


@pytest.mark.parametrize(("manager", "lets", "refuses"), SAID)
def test_whether_they_are_a_line_manager_is_said_before_anybody_coaches(manager: str, lets: bool, refuses: str) -> None:
    decision = said(asked(lets=lets), manager)
    assert refusal(decision) == refuses
    if refuses:
        assert not decision.records
    else:
        assert saved(decision)["coach-carl"].is_line_manager is (manager == "yes")


def questions(decision: Decision) -> list[str | None]:
    """Return who is asked whether carl may read."""
    asks = [each for each in decision.records if isinstance(each, Nudge) and each.kind is Kind.READING_ASK]
    assert {(each.prompt, each.subject) for each in asks} <= {(NEW_COACH, "coach-carl")}
    return [each.member for each in asks]


ANNA = run_of("anna")
CONCERNED = {  # grants, runs; who is asked by a no, and by a yes
    "nobody takes part": ((), (), [], []),
    "let in by the card": ([a_grant("anna")], [ANNA], [], ["anna"]),
    "was not named on the card": ([], [ANNA], ["anna"], ["anna"]),
    "lets in another one": ([a_grant("anna", "dora")], [ANNA], ["anna"], ["anna"]),
    "let in in another team": ([a_grant("anna", cohort="c0")], [ANNA], ["anna"], ["anna"]),
    "lets in one text": ([a_grant("anna", text="r")], [ANNA], ["anna"], ["anna"]),
    "keeps to themselves": ([], [run_of("anna", scope=Scope.PRIVATE)], [], []),
    "keeps to themselves by now": ([a_grant("anna")], [run_of("anna", scope=Scope.PRIVATE)], [], ["anna"]),
    "paused": ([], [run_of("anna", state=EnrollmentState.PAUSED)], ["anna"], ["anna"]),
    "is through": ([], [run_of("anna", state=EnrollmentState.COMPLETED)], [], []),
    "is through, and let in": (
        [a_grant("anna")],
        [run_of("anna", state=EnrollmentState.COMPLETED)],
        [],
        ["anna"],
    ),
    "the coach takes part": ([], [run_of("carl"), ANNA], ["anna"], ["anna"]),
}


@pytest.mark.parametrize("name", CONCERNED)
def test_each_member_concerned_is_asked_for_a_press(name: str) -> None:
    grants, runs, by_no, by_yes = CONCERNED[name]
    about = asked(*grants, runs=runs)
    assert (questions(said(about)), questions(said(about, "yes"))) == (by_no, by_yes)


def test_who_let_a_line_manager_in_without_knowing_is_read_by_nobody_until_they_press() -> None:
    grant = a_grant("anna")
    decision = said(asked(grant, runs=[ANNA]), "yes")
    (after,) = [each for each in decision.records if isinstance(each, ReadGrant)]
    assert (after.id, after.until_at, after.ended_at) == (grant.id, grant.from_at, None)
    assert not [each for each in said(asked(grant, runs=[ANNA])).records if isinstance(each, ReadGrant)]


def said_later(manager: str, *grants: ReadGrant, **changes: Any) -> Decision:
    """Say otherwise, as a coach."""
    around = {"state": CoachState.ACTIVE, "is_line_manager": False, "answered_at": T0, "lets": True} | changes
    return manages(given(), asked(*grants, runs=[ANNA], **around), press("coach.manages", f"c:{manager}"))


def test_who_is_a_line_manager_since_reads_nothing_new_until_asked() -> None:
    decision = said_later("yes", a_grant("anna"))
    assert (saved(decision)["coach-carl"].is_line_manager, questions(decision)) == (True, ["anna"])
    assert [each.until_at for each in decision.records if isinstance(each, ReadGrant)] == [TUESDAY]
    back = said_later("no", is_line_manager=True)
    assert [saved(back)["coach-carl"].is_line_manager, len(back.records)] == [False, 1]


LATER = [
    # what is said, the role, what is refused
    ("yes", {"is_line_manager": True}, ""),  # a double press
    ("yes", {"state": CoachState.LEFT}, "press-stale"),
    ("yes", {"state": CoachState.INVITED, "is_line_manager": None}, "press-stale"),
    ("perhaps", {}, "press-stale"),
    ("yes", {"lets": False}, "coach-manager-refused"),
]


@pytest.mark.parametrize(("manager", "changes", "refuses"), LATER)
def test_what_changes_nothing(manager: str, changes: dict[str, Any], refuses: str) -> None:
    decision = said_later(manager, a_grant("anna"), **changes)
    assert (refusal(decision), bool(decision.records)) == (refuses, False)


def test_nobody_says_it_for_a_coach() -> None:
    assert manages(given(), RoleContext(member=a_member("anna")), press("coach.manages", "c:no")).refuses


@pytest.mark.parametrize(("manager", "other"), [(True, "no"), (False, "yes"), (None, "")])
def test_what_a_coach_said_stands_on_the_card(manager: bool | None, other: str) -> None:
    looks = ask(given(), to_coach(role=a_coach(is_line_manager=manager)))
    assert ("coach.manages" in buttons(looks)) is bool(other)
    key = "coach-manager-said-yes" if manager else "coach-manager-said-no"
    told = given().words.body(key, COHORT.language)
    assert (told in notes(looks)) is bool(other)


def test_who_has_the_councils_seat_coaches_nobody() -> None:
    decision = said(replace(asked(), has_seat=True))
    assert (list(decision.records), decision.says is not None) == ([], True)
