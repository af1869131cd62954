"""What an admin or the council settles for a workspace, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.records.workspace import Workspace
from bot.flows.agenda.reading_news import CHANGED, GONE
from bot.flows.agreement.workspace_rules import asked_for, gone_with, rules_form, settled
from bot.flows.context.decision import Decision
from tests.flows.decisions.agreed import ANNA, CARL, OLGA, a_seat, around, lets_read, team
from tests.flows.decisions.told import TUESDAY, form, given, press, said, told, wrong
from tests.store.scene import T0, a_coach, a_member, a_workspace

LANGUAGE = around().language(form("", ""))
MANAGER = a_coach(is_line_manager=True)
CORA = a_member("cora")
BOTH = team((MANAGER, CARL), (a_coach("cora", is_line_manager=False), CORA))
COUNCIL = {"member": OLGA, "is_admin": False, "seats": [(a_seat(), OLGA)]}


def sent_in(
    *, filled_from: Workspace | None = None, outsiders: str = "no", managers: str = "yes", **it: Any
) -> Decision:
    """Return what comes of the form with these answers."""
    about = around(**it)
    subject = rules_form(given(), filled_from or about.workspace, LANGUAGE).subject
    return settled(given(), about, form("rules.save", subject, outsiders=outsiders, managers=managers))


def of(kind: type, decision: Decision) -> list[Any]:
    """Return the records of one kind that a decision saves."""
    return [each for each in decision.records if isinstance(each, kind)]


@pytest.mark.parametrize("who", [{}, COUNCIL])
def test_an_admin_and_the_council_may_settle_it(who: dict[str, Any]) -> None:
    (workspace,) = of(Workspace, sent_in(outsiders="yes", **who))
    assert (workspace.lets_outsiders_join, workspace.lets_line_managers_coach) == (True, True)


@pytest.mark.parametrize(
    ("who", "key"),
    [
        ({"is_admin": False}, "rules-only"),
        ({"is_admin": None}, "admin-not-asked"),
        ({"member": None}, "rules-only"),
        ({"member": CARL, "is_admin": False, "seats": [(a_seat(), OLGA)]}, "rules-only"),
    ],
)
def test_nobody_else_may(who: dict[str, Any], key: str) -> None:
    assert wrong(sent_in(outsiders="yes", **who), "outsiders", key)
    decision = asked_for(given(), around(**who), press("rules.open", ""))
    assert (decision.opens, said(decision)) == (None, told(key))


def test_what_lets_somebody_see_more_is_asked_again_before_anything_more_is_shown() -> None:
    it = {"granting": [lets_read("anna", coaches=("carl", "cora")), lets_read("bert")]}
    for changes, before in (
        ({"outsiders": "yes"}, a_workspace()),
        ({"managers": "yes"}, a_workspace(lets_line_managers_coach=False)),
    ):
        decision = sent_in(**changes, **it, workspace=replace(before, version=4))
        assert {(each.member, each.coach, each.until_at, each.ended_at) for each in of(ReadGrant, decision)} == {
            ("anna", "carl", TUESDAY, None),
            ("anna", "cora", TUESDAY, None),
            ("bert", "carl", TUESDAY, None),
        }
        asked = of(Nudge, decision)
        assert [(row.kind, row.prompt, row.member, row.subject) for row in asked] == [
            (Kind.READING_ASK, CHANGED, "anna", "rules/5"),
            (Kind.READING_ASK, CHANGED, "bert", "rules/5"),
        ]


def test_what_waits_for_an_answer_already_is_not_asked_twice() -> None:
    waiting = lets_read("anna")
    waiting = replace(waiting, grants=[replace(each, until_at=TUESDAY) for each in waiting.grants])
    assert of(Nudge, sent_in(outsiders="yes", granting=[waiting])) == []


def test_what_lets_nobody_see_more_is_settled_at_once() -> None:
    open_to_all = a_workspace(lets_outsiders_join=True)
    decision = sent_in(outsiders="no", workspace=open_to_all, granting=[lets_read()])
    assert of(Workspace, decision)[0].lets_outsiders_join is False
    assert len(decision.records) == 1


def test_where_line_managers_may_not_coach_those_who_do_read_nothing_more() -> None:
    it = {
        "teams": [BOTH],
        "granting": [lets_read("anna", coaches=("carl", "cora")), lets_read("bert", coaches=("cora",))],
    }
    decision = sent_in(managers="no", **it)
    assert of(Coach, decision) == [replace(MANAGER, state=CoachState.REMOVED, ended_at=TUESDAY)]
    (ended,) = of(ReadGrant, decision)
    assert (ended.member, ended.coach, ended.ended_at, ended.ended_by) == ("anna", "carl", TUESDAY, EndedBy.COUNCIL)
    (news,) = of(Nudge, decision)
    assert (news.prompt, news.subject, news.occurrence, news.member) == (GONE, "coach-carl", "coach-carl/0", "anna")
    assert decision.withdraws
    assert [each.person for each in gone_with(around(**it), decision.records, form("", ""))] == [CARL]


def test_both_at_once() -> None:
    it = {"teams": [BOTH], "granting": [lets_read("anna", coaches=("carl", "cora"))]}
    decision = sent_in(outsiders="yes", managers="no", **it)
    grants = {each.coach: each for each in of(ReadGrant, decision)}
    assert (grants["carl"].ended_by, grants["carl"].until_at) == (EndedBy.COUNCIL, None)
    assert (grants["cora"].ended_by, grants["cora"].until_at) == (None, TUESDAY)
    assert len({each.id for each in decision.records}) == len(decision.records)


def test_sent_in_twice_nothing_changes() -> None:
    settled_already = a_workspace(lets_outsiders_join=True)
    decision = sent_in(filled_from=a_workspace(), outsiders="yes", workspace=settled_already)
    assert (decision.records, said(decision)) == ((), told("rules-same"))


def test_handled_once_more_after_it_was_cut_off_it_is_saved() -> None:
    ruled_out = a_workspace(lets_line_managers_coach=False)
    gone = replace(MANAGER, state=CoachState.REMOVED, ended_at=TUESDAY)
    about = around(workspace=ruled_out, teams=[team((gone, CARL))])
    again = replace(form("rules.save", "", outsiders="no", managers="no"), attempt=2)
    decision = settled(given(), about, again)
    assert (decision.records, said(decision)) == ((), told("rules-saved"))
    assert [each.person for each in gone_with(about, (), again)] == [CARL]
    before = replace(gone, ended_at=T0)
    assert gone_with(around(workspace=ruled_out, teams=[team((before, CARL))]), (), again) == []


def test_what_another_one_settled_meanwhile_stays() -> None:
    meanwhile = a_workspace(lets_line_managers_coach=False)
    decision = sent_in(filled_from=a_workspace(), outsiders="yes", managers="yes", workspace=meanwhile)
    (workspace,) = of(Workspace, decision)
    assert (workspace.lets_outsiders_join, workspace.lets_line_managers_coach) == (True, False)


@pytest.mark.parametrize("forged", ["maybe", ""])
def test_what_the_form_does_not_offer_is_not_taken(forged: str) -> None:
    assert wrong(sent_in(outsiders=forged), "outsiders", "form-stale")


def test_the_form_shows_what_holds() -> None:
    decision = asked_for(given(), around(workspace=a_workspace(lets_outsiders_join=True), member=ANNA), press("r", ""))
    chosen = (
        {part.id: part.chosen for part in decision.opens.parts if hasattr(part, "chosen")} if decision.opens else {}
    )
    assert chosen == {"outsiders": "yes", "managers": "yes"}
