"""Who may read which text, right by right."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from bot.coaching.records.audit import OPERATOR
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.rules.reading import Text, Viewer, deciding, gate_of_practice, may_look, may_read
from tests.store.scene import a_commitment, a_gate, a_grant, a_reply, a_workspace, at

TEXT = Text(id="r", member="anna", author="anna", cohort="c", scope=Scope.COACH, written_at=at(10))
CARL = Viewer(at=at(20), person="carl", coaches=frozenset({"c"}), grants=[a_grant("anna")], gate=a_gate())
KEEPER = replace(CARL, person=OPERATOR, coaches=frozenset())


def granted(**changes: Any) -> Viewer:
    """Return carl with one grant of anna."""
    return replace(CARL, grants=[a_grant("anna", **changes)])


LOOKS: list[tuple[str, Viewer, Text, bool]] = [
    ("the coach, what is shared with them", CARL, TEXT, True),
    ("the author", Viewer(at=at(20), person="anna"), TEXT, True),
    ("the author, what is private", Viewer(at=at(20), person="anna"), replace(TEXT, scope=Scope.PRIVATE), True),
    ("the author, what is held", Viewer(at=at(20), person="anna"), replace(TEXT, is_unfiled=True), True),
    ("who it was written to", Viewer(at=at(20), person="anna"), replace(TEXT, author="carl"), True),
    ("the coach, their own word", replace(CARL, grants=[]), replace(TEXT, author="carl"), True),
    ("another member", Viewer(at=at(20), person="bram", gate=a_gate()), TEXT, False),
    ("the coach, what is private", CARL, replace(TEXT, scope=Scope.PRIVATE), False),
    ("the coach, what is held", CARL, replace(TEXT, is_unfiled=True), False),
    ("the coach, what has no words", CARL, replace(TEXT, has_words=False), False),
    ("the author, what has no words", Viewer(at=at(20), person="anna"), replace(TEXT, has_words=False), False),
    ("the coach of another cohort", replace(CARL, coaches=frozenset({"d"})), TEXT, False),
    ("who coaches no more", replace(CARL, coaches=frozenset()), TEXT, False),
    ("the coach whom anna granted nothing", replace(CARL, grants=[]), TEXT, False),
    ("the coach whom bram granted", replace(CARL, grants=[a_grant("bram")]), TEXT, False),
    ("the coach, granted in another cohort", granted(cohort="d"), TEXT, False),
    ("the coach, while the gate is shut", replace(CARL, gate=None), TEXT, False),
    ("the coach, written after the grant", granted(from_at=at(10)), TEXT, True),
    ("the coach, written before the grant", granted(from_at=at(11)), TEXT, False),
    ("the coach, before it and let in", granted(from_at=at(11), includes_earlier=True), TEXT, True),
    ("the coach, before the gate", replace(CARL, gate=a_gate(recorded_at=at(11))), TEXT, False),
    (
        "the coach, before the gate and let in",
        replace(granted(includes_earlier=True), gate=a_gate(recorded_at=at(11))),
        TEXT,
        True,
    ),
    ("the coach, before a new wording", granted(until_at=at(11)), TEXT, True),
    ("the coach, since a new wording", granted(until_at=at(10)), TEXT, False),
    ("the coach, since a new wording, earlier let in", granted(until_at=at(10), includes_earlier=True), TEXT, False),
    ("the coach, granted this text", granted(text="r"), TEXT, True),
    ("the coach, granted another text", granted(text="r2"), TEXT, False),
    ("the coach whose word it answers", replace(CARL, grants=[]), replace(TEXT, answers="carl"), True),
    ("another coach, whom it does not answer", CARL, replace(TEXT, answers="dora"), False),
    ("the coach whose word it answered, and is gone", CARL, replace(TEXT, answers=""), False),
    (
        "the coach whose word it answers, while the gate is shut",
        replace(CARL, gate=None),
        replace(TEXT, answers="carl"),
        False,
    ),
    ("who coaches no more and was answered", replace(CARL, coaches=frozenset()), replace(TEXT, answers="carl"), False),
    ("the coach, a run that ended", CARL, replace(TEXT, run_ended_at=at(15)), True),
    ("the coach, once the words are to be gone", CARL, replace(TEXT, run_ended_at=at(20) - timedelta(days=90)), False),
    ("the operator, what a coach may read", KEEPER, TEXT, True),
    ("the operator, what is private", KEEPER, replace(TEXT, scope=Scope.PRIVATE), False),
    ("the operator, what nobody was granted", replace(KEEPER, grants=[]), TEXT, False),
    ("the operator, what answers a coach", KEEPER, replace(TEXT, answers="carl"), False),
    ("the operator, while the gate is shut", replace(KEEPER, gate=None), TEXT, False),
    ("the channel, what was let into it", Viewer(at=at(20), channel="c"), replace(TEXT, is_shared=True), True),
    ("the channel, what was not", Viewer(at=at(20), channel="c"), TEXT, False),
    ("another channel", Viewer(at=at(20), channel="d"), replace(TEXT, is_shared=True), False),
    (
        "the channel, what is private and let in",
        Viewer(at=at(20), channel="c"),
        replace(TEXT, is_shared=True, scope=Scope.PRIVATE),
        True,
    ),
]


@pytest.mark.parametrize(("viewer", "text", "may"), [look[1:] for look in LOOKS], ids=[look[0] for look in LOOKS])
def test_who_may_read(viewer: Viewer, text: Text, may: bool) -> None:
    assert may_read(viewer, text) is may


def test_each_right_that_is_taken_away_shuts_the_text() -> None:
    """Of all combinations of what a coach needs, one alone lets them read."""
    open_to = []
    for coaches, grants, gate, scope in product(
        (frozenset({"c"}), frozenset[str]()), ([a_grant("anna")], []), (a_gate(), None), Scope
    ):
        viewer = replace(CARL, coaches=coaches, grants=grants, gate=gate)
        if may_read(viewer, replace(TEXT, scope=scope)):
            open_to.append((bool(coaches), bool(grants), gate is not None, scope))
    assert open_to == [(True, True, True, Scope.COACH)]


@pytest.mark.parametrize(
    ("viewer", "may"),
    [
        (CARL, True),
        (replace(CARL, gate=None), False),
        (replace(CARL, coaches=frozenset({"d"})), False),
        (KEEPER, False),
    ],
)
def test_who_may_open_a_log(viewer: Viewer, may: bool) -> None:
    assert may_look(viewer, "c") is may


def test_what_decides_is_taken_from_the_record_alone() -> None:
    word = a_reply("word", author="carl", kind=ReplyKind.COACH)
    assert deciding(a_reply("r", received_at=at(10)), None, None) == TEXT
    assert deciding(a_reply("r", answers="word"), word, None).answers == "carl"
    assert deciding(a_reply("r", answers="word"), None, None).answers == ""
    assert deciding(a_reply("r", kind=ReplyKind.HELD), None, None).is_unfiled
    assert not deciding(a_reply("r", text=None), None, None).has_words
    assert deciding(a_reply("r", shared_at=at(11)), None, at(12)).is_shared
    plan = deciding(a_commitment("k", made_at=at(5)), None, at(12))
    assert (plan.author, plan.written_at, plan.run_ended_at, plan.answers) == ("anna", at(5), at(12), None)


def test_a_grant_that_ended_says_when_and_why() -> None:
    ended: ReadGrant = a_grant("anna").ended(at(5), EndedBy.COACH)
    assert (ended.ended_at, ended.ended_by, ended.is_whole) == (at(5), EndedBy.COACH, False)
    assert [
        each.is_whole for each in (a_grant("anna"), a_grant("anna", text="r"), a_grant("anna", until_at=at(5)))
    ] == [
        True,
        False,
        False,
    ]


def test_only_a_practice_workspace_begins_with_a_gate() -> None:
    assert gate_of_practice(a_workspace(), at(0)) == []
    assert [each.workspace for each in gate_of_practice(a_workspace(practice=True), at(0))] == ["w"]
