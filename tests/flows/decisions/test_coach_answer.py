"""A coach answers a person, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.rules.reading import Viewer
from bot.flows.coach import answer as coach_answer
from bot.flows.context.person import PersonContext
from bot.store.port.readers import AroundLine
from tests.flows.decisions.told import MONDAY_BEFORE, STRANGER, TUESDAY, begun, form, given, person, said, told
from tests.store.scene import a_cohort, a_commitment, a_gate, a_grant, a_member, a_reply

NOW = given()
VIEWER = Viewer(at=TUESDAY, person="carl", coaches=frozenset({"c"}), grants=[a_grant("anna")], gate=a_gate())
COACH = person(member=a_member("carl"), coached=[a_cohort()])


def around(record: Reply | Commitment, **changes: Any) -> AroundLine:
    """Return a line of the log, of anna, in her run."""
    run = begun()
    found = AroundLine(
        viewer=VIEWER,
        record=record,
        enrollment=run.enrollment,
        member=run.member,
        cohort=run.cohort,
        word=None,
        said=(),
    )
    return replace(found, **changes)


def a_line(**changes: Any) -> coach_answer.Shared:
    """Return a line as carl may see it."""
    found = coach_answer.shared(NOW, COACH, around(a_reply("r1"), **changes))
    assert found is not None
    return found


WORD = a_reply("word", author="carl", kind=ReplyKind.COACH)


@pytest.mark.parametrize(
    ("about", "found", "is_seen"),
    [
        (COACH, around(a_reply("r1")), True),
        (COACH, around(a_commitment("k1")), True),
        (COACH, around(a_commitment("k1", first="", second="")), False),
        (COACH, around(a_reply("r1", scope=Scope.PRIVATE)), False),
        (COACH, around(a_reply("r1", text=None)), False),
        (COACH, around(WORD), False),
        (COACH, around(a_reply("r1", answers="word"), word=WORD), True),
        (COACH, around(a_reply("r1", answers="word"), word=replace(WORD, author="bram")), False),
        (COACH, around(a_reply("r1", answers="word")), False),
        (replace(COACH, coached=[a_cohort("other")]), around(a_reply("r1")), False),
        (person(), around(a_reply("r1")), False),
        (STRANGER, around(a_reply("r1")), False),
    ],
)
def test_who_may_see_a_line(about: PersonContext, found: AroundLine, is_seen: bool) -> None:
    assert (coach_answer.shared(NOW, about, found) is not None) == is_seen


def test_a_line_is_read_whole_and_the_look_is_noted() -> None:
    decision = coach_answer.read_whole(NOW, a_line(), Language.EN)
    (look,) = decision.records
    assert isinstance(look, AuditEntry)
    assert len(look.seen) == look.count
    assert (look.actor, look.subject, look.action) == ("carl", "anna", Action.READ)
    assert "words of r1" in repr(decision.opens)
    assert coach_answer.read_whole(NOW, None, Language.EN).refuses == "log-gone"


LEFT = begun().enrollment.left(MONDAY_BEFORE)
OFF = a_member("anna", state=MemberState.DEACTIVATED)


@pytest.mark.parametrize("changes", [{"enrollment": LEFT}, {"member": OFF}], ids=["left", "switched off"])
def test_who_cannot_be_written_to_is_not_answered(changes: dict[str, Any]) -> None:
    about = a_line(**changes)
    assert coach_answer.to_answer(NOW, about, Language.EN).refuses == "log-gone"
    wrong = coach_answer.answered(NOW, about, form("log.write", "r1", text="Well done"), Language.EN).wrong
    assert wrong is not None
    assert wrong.errors == {"text": told("log-gone")}


def test_an_answer_is_asked_for_below_what_it_is_about() -> None:
    opens = coach_answer.to_answer(NOW, a_line(), Language.EN).opens
    assert opens is not None
    assert (opens.subject, "words of r1" in repr(opens)) == ("r1", True)
    assert coach_answer.to_answer(NOW, None, Language.EN).refuses == "log-gone"


def test_an_answer_is_on_its_way_at_once() -> None:
    decision = coach_answer.answered(given(), a_line(), form("log.write", "r1", text=" Well done "), Language.EN)
    answer, row, look = decision.records
    assert isinstance(answer, Reply)
    assert isinstance(row, Nudge)
    assert isinstance(look, AuditEntry)
    assert (answer.kind, answer.author, answer.text) == (ReplyKind.COACH, "carl", "Well done")
    assert (row.kind, row.subject, row.due_at) == (Kind.COACH_WORD, answer.id, TUESDAY)
    assert (look.action, said(decision)) == (Action.ANSWER, told("log-answered", name="Anna"))


@pytest.mark.parametrize(
    ("before", "is_one"),
    [
        ({}, True),
        ({"received_at": TUESDAY - timedelta(minutes=6)}, False),
        ({"text": "Well said"}, False),
        ({"author": "bram"}, False),
    ],
)
def test_the_same_words_twice_are_one_answer(before: dict[str, Any], is_one: bool) -> None:
    earlier = replace(WORD, text="Well done", received_at=TUESDAY)
    about = a_line(said=[replace(earlier, **before)])
    decision = coach_answer.answered(NOW, about, form("log.write", "r1", text="Well done"), Language.EN)
    assert (not decision.records) == is_one
    assert said(decision) == told("log-answered", name="Anna")


def test_an_answer_has_at_least_a_word() -> None:
    wrong = coach_answer.answered(NOW, a_line(), form("log.write", "r1", text="  "), Language.EN).wrong
    assert wrong is not None
    assert wrong.errors == {"text": told("log-answer-empty")}


def test_an_answer_to_words_that_are_gone_stays_readable_to_the_coach() -> None:
    wrong = coach_answer.answered(NOW, None, form("log.write", "r1", text="Too late"), Language.EN).wrong
    assert wrong is not None
    assert wrong.errors == {"text": told("log-gone")}
    assert "Too late" in repr(wrong.instead)
