"""A coach who stops, decision by decision: what ends, who is told, and who is asked to take over."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Origin, PeopleField, Person, RadioField
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.flows.agenda.reading_news import GONE
from bot.flows.context.decision import Decision
from bot.flows.participation.leave import leave, leave_run
from bot.flows.reading.forgotten import gone
from bot.flows.reading.stepping_down import CoachContext, Successor, asked_how, handed_over, removed
from bot.flows.reading.stepping_down import stopped as taken_from
from tests.flows.decisions.told import (
    TUESDAY,
    begun,
    command,
    course,
    form,
    given,
    person,
    press,
    pressable,
    said,
    saved,
    told,
    wrong,
)
from tests.store.scene import a_coach, a_cohort, a_grant, a_member, a_nudge, a_workspace, an_enrollment

COHORT = a_cohort(journey="twelve-weeks")
CARL, DORA = a_member("carl"), a_member("dora")
RUNS = [(an_enrollment(name), a_member(name), COHORT) for name in ("anna", "bram", "carl")]
DIGEST = a_nudge("digest", "carl", kind=Kind.COACH_DIGEST, enrollment=None, item=None)


def coaching(*grants: ReadGrant, **changes: Any) -> CoachContext:
    """Return carl, who coaches a team of three and takes part in it himself."""
    role = a_coach(**{name: changes.pop(name) for name in ("state", "version") if name in changes})
    around: dict[str, Any] = {"member": CARL, "role": role, "cohort": COHORT, "runs": RUNS, "coached": [COHORT]}
    return CoachContext(**{**around, "lets": list(grants), **changes})


def stopped(about: CoachContext, found: Successor | None = None, **values: Any) -> Decision:
    """Send the form in: step down, if nothing else is said."""
    return handed_over(given(), about, form("coach.left", "c", **({"how": "step"} | values)), found)


def news(decision: Decision) -> list[str | None]:
    """Return who is told that carl is gone."""
    rows = [each for each in decision.records if isinstance(each, Nudge) and each.kind is Kind.READING_NEWS]
    assert {(each.prompt, each.subject) for each in rows} <= {(GONE, "coach-carl")}
    return [each.member for each in rows]


WHOLE, TEXT = a_grant("anna"), a_grant("anna", id="text", text="r")
ENDING = {  # what people let carl read; who is told
    "nobody let him": ([], []),
    "one did": ([WHOLE], ["anna"]),
    "one did twice": ([WHOLE, TEXT], ["anna"]),
    "for one text alone": ([TEXT], ["anna"]),
    "until a change": ([replace(WHOLE, until_at=TUESDAY)], ["anna"]),
    "two did": ([WHOLE, a_grant("bram")], ["anna", "bram"]),
    "who has left since": ([a_grant("gone")], []),
}


@pytest.mark.parametrize("name", ENDING)
def test_all_that_a_coach_reads_ends_with_the_role(name: str) -> None:
    grants, members = ENDING[name]
    decision = stopped(coaching(*grants))
    after = saved(decision)
    role = after["coach-carl"]
    assert (role.state, role.ended_at, decision.withdraws) == (CoachState.LEFT, TUESDAY, True)
    ended = [each for each in decision.records if isinstance(each, ReadGrant)]
    assert [(each.id, each.ended_at, each.ended_by) for each in ended] == [
        (each.id, TUESDAY, EndedBy.COACH) for each in grants
    ]
    assert news(decision) == members
    assert said(decision) == told("coach-left-done")


@pytest.mark.parametrize(("others", "stays_away"), [([], True), ([a_cohort("c0")], False)])
def test_the_weekly_digest_stays_away_from_who_coaches_nobody(others: list[Any], stays_away: bool) -> None:
    after = saved(stopped(coaching(digest=DIGEST, coached=[COHORT, *others])))
    assert ("digest" in after) is stays_away
    assert not stays_away or after["digest"].state is NudgeState.CANCELLED


def test_the_same_person_can_be_told_of_twice() -> None:
    """Named anew after a first goodbye, the role is the same row."""
    first, second = stopped(coaching(WHOLE)), stopped(coaching(WHOLE, version=3))
    keys = {each.occurrence for each in (*first.records, *second.records) if isinstance(each, Nudge)}
    assert len(keys) == 2


# --- handing over ---------------------------------------------------------------------------------------------------


def successor(state: CoachState | None = None, **changes: Any) -> Successor:
    """Return dora, as the platform and our records know her."""
    about = {name: changes.pop(name) for name in ("is_bot", "deactivated", "origin") if name in changes}
    known = Person(external_id="U-dora", name="Dora", zone=None, **({"is_bot": False, "deactivated": False} | about))
    ended = {"named_by": "bram", "answered_at": TUESDAY, "ended_at": TUESDAY}
    role = a_coach("dora", state=state, version=4, **ended) if state else None
    around: dict[str, Any] = {"member": DORA, "person": known, "role": role, "workspace": a_workspace()}
    return Successor(**{**around, **changes})


def to_dora(about: CoachContext, to: Successor | None) -> Decision:
    """Hand over to dora."""
    return stopped(about, to, how="hand", to=("U-dora",))


UNFIT = [
    (None, "coach-hand-nobody"),
    (successor(person=None), "coach-hand-nobody"),
    (successor(is_bot=True), "coach-hand-nobody"),
    (successor(deactivated=True), "coach-hand-nobody"),
    (successor(member=CARL), "coach-hand-self"),
    (successor(has_seat=True), "coach-hand-council"),
    (successor(origin=Origin.GUEST), "coach-hand-outside"),
    (successor(origin=Origin.ELSEWHERE), "coach-hand-outside"),
    (successor(state=CoachState.DECLINED), "coach-hand-declined"),
]


@pytest.mark.parametrize(("to", "key"), UNFIT)
def test_who_cannot_take_over_leaves_all_as_it_is(to: Successor | None, key: str) -> None:
    assert wrong(to_dora(coaching(WHOLE), to), "to", key)


def test_to_hand_over_somebody_is_named_and_to_step_down_nobody() -> None:
    assert wrong(stopped(coaching(), how="hand"), "to", "coach-hand-missing")
    assert wrong(stopped(coaching(), how="step", to=("U-dora",)), "to", "coach-step-named")


@pytest.mark.parametrize("state", [None, CoachState.LEFT, CoachState.REMOVED])
def test_who_takes_over_is_asked_and_reads_nothing(state: CoachState | None) -> None:
    decision = to_dora(coaching(WHOLE), successor(state))
    (role,) = [each for each in decision.records if isinstance(each, Coach) and each.member == "dora"]
    assert (role.state, role.named_by, role.named_at) == (CoachState.INVITED, "carl", TUESDAY)
    assert (role.answered_at, role.is_line_manager, role.ended_at) == (None, None, None)
    assert (role.version, role.id == "coach-dora") == ((4, True) if state else (0, False))
    (ask,) = [each for each in decision.records if isinstance(each, Nudge) and each.kind is Kind.COACH_ASK]
    assert (ask.member, ask.cohort) == ("dora", "c")
    assert not [each for each in decision.records if isinstance(each, ReadGrant) and each.ended_at is None]
    assert news(decision) == ["anna"]
    assert said(decision) == told("coach-handed-over", name="Dora")


@pytest.mark.parametrize("state", [CoachState.INVITED, CoachState.ACTIVE])
def test_who_coaches_already_is_not_asked_again(state: CoachState) -> None:
    decision = to_dora(coaching(), successor(state))
    assert [type(each).__name__ for each in decision.records] == ["Coach"]
    assert said(decision) == told("coach-left-done")


def test_who_takes_part_may_take_over_and_guests_where_the_workspace_lets_them_in() -> None:
    lets = a_workspace(lets_outsiders_join=True)
    assert to_dora(coaching(), successor(origin=Origin.GUEST, workspace=lets)).records
    assert to_dora(coaching(), successor(member=a_member("anna"))).records


@pytest.mark.parametrize("state", [each for each in CoachState if each is not CoachState.ACTIVE])
def test_a_second_form_changes_nothing(state: CoachState) -> None:
    for decision in (stopped(coaching(state=state)), to_dora(coaching(state=state), successor())):
        assert (list(decision.records), said(decision)) == ([], told("coach-left-done"))
    named = successor(CoachState.INVITED)
    assert named.role is not None
    cut_off = to_dora(coaching(state=state), replace(named, role=replace(named.role, named_by="carl")))
    assert (list(cut_off.records), said(cut_off)) == ([], told("coach-handed-over", name="Dora"))
    opened = asked_how(given(), coaching(state=state), press("coach.leave", "c"))
    assert (opened.opens, said(opened)) == (None, told("coach-left-done"))


def test_the_form_asks_how_and_chooses_nothing() -> None:
    opened = asked_how(given(), coaching(), press("coach.leave", "c")).opens
    assert opened is not None
    how = next(part for part in opened.parts if isinstance(part, RadioField))
    to = next(part for part in opened.parts if isinstance(part, PeopleField))
    assert (how.chosen, [each.value for each in how.options], to.chosen, to.most) == (None, ["step", "hand"], (), 1)


def test_nobody_stops_for_somebody_else() -> None:
    stranger = CoachContext(member=a_member("anna"))
    assert asked_how(given(), stranger, press("coach.leave", "c")).refuses == "press-foreign"
    assert wrong(stopped(stranger), "how", "form-stale")
    assert taken_from(given(), stranger, CoachState.LEFT, EndedBy.COACH) == []


# --- which is meant -------------------------------------------------------------------------------------------------

OTHER = a_cohort("c2", journey="twelve-weeks", channel_name="ops")
OWN = ("leave.run", "run-anna")
MEANT = {  # runs, teams, where it was typed, what was typed; the form that opens, or the buttons
    "only coaches": ([], [COHORT], None, "leave", "c", []),
    "coaches two": ([], [COHORT, OTHER], None, "leave", None, [("coach.leave", "c"), ("coach.leave", "c2")]),
    "coaches two, typed in one": ([], [COHORT, OTHER], OTHER, "leave", "c2", []),
    "takes part, too": ([course()], [COHORT], None, "leave", None, [OWN, ("coach.leave", "c")]),
    "takes part, typed in a team": ([course()], [COHORT, OTHER], OTHER, "leave", None, [OWN, ("coach.leave", "c2")]),
    "with words behind it": ([course()], [COHORT], None, "leave now", None, None),
    "only coaches, with words": ([], [COHORT], None, "leave now", "c", []),
}


@pytest.mark.parametrize("name", MEANT)
def test_who_coaches_is_asked_what_they_want_to_stop(name: str) -> None:
    runs, coached, here, typed, opens, buttons = MEANT[name]
    decision = leave(given(), person(*runs, coached=coached, here=here), command(typed))
    assert not decision.records
    assert (decision.opens.subject if decision.opens else None) == opens
    if buttons is None:  # a pause may be meant: as for everybody
        assert ("pause.open", "run-anna") in pressable(decision)
    else:
        assert pressable(decision) == buttons


def test_who_does_not_coach_leaves_at_once() -> None:
    assert leave(given(), person(begun()), command("leave")).withdraws
    assert said(leave(given(), person(), command("leave"))) == told("leave-nothing")


def test_the_own_journey_is_left_by_its_button_once() -> None:
    about = person(begun(), coached=[COHORT])
    decision = leave_run(given(), about, press(*OWN))
    assert saved(decision)["run-anna"].state is EnrollmentState.LEFT
    again = person(course(enrollment=an_enrollment("anna", state=EnrollmentState.LEFT)), coached=[COHORT])
    for about, key in ((again, ""), (person(coached=[COHORT]), "press-stale")):
        decision = leave_run(given(), about, press(*OWN))
        assert (list(decision.records), decision.refuses) == ([], key)


# --- by an admin ----------------------------------------------------------------------------------------------------


def taken(about: CoachContext, *, is_admin: bool = True) -> Decision:
    """Press the button that takes carl's role away."""
    return removed(given(), about, press("coach.remove", "coach-carl"), a_member("dora"), is_admin=is_admin)


@pytest.mark.parametrize("state", [CoachState.INVITED, CoachState.ACTIVE])
def test_an_admin_takes_a_role_away(state: CoachState) -> None:
    decision = taken(coaching(WHOLE, state=state))
    after = saved(decision)
    assert (after["coach-carl"].state, after["coach-carl"].ended_at) == (CoachState.REMOVED, TUESDAY)
    assert (after[WHOLE.id].ended_by, news(decision), decision.withdraws) == (EndedBy.ADMIN, ["anna"], True)
    assert said(decision) == told("coach-removed-done", name="Carl", channel="desk")


def test_nobody_else_does_and_what_is_over_stays_as_it_ended() -> None:
    assert taken(coaching(WHOLE), is_admin=False).refuses == "press-foreign"
    assert taken(CoachContext()).refuses == "press-stale"
    for state in (CoachState.DECLINED, CoachState.LEFT, CoachState.REMOVED):
        decision = taken(coaching(state=state))
        assert (list(decision.records), said(decision)) == (
            [],
            told("coach-removed-done", name="Carl", channel="desk"),
        )


# --- erased ---------------------------------------------------------------------------------------------------------


def test_who_let_an_erased_coach_read_is_told_without_a_name() -> None:
    lets = [WHOLE, TEXT, a_grant("carl"), a_grant("gone"), a_grant("bram", cohort="c0")]
    rows = gone(given(), CARL, RUNS, lets)
    assert [(each.member, each.prompt, each.subject) for each in rows] == [("anna", GONE, "")]
    assert not any("carl" in str(each) for each in rows)
    assert gone(given(), CARL, RUNS, []) == []
