"""The own page and what is read from it, decision by decision."""

import pytest

from bot.chat.port import Facts, Quote
from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen, ScreenKind
from bot.flows.participation import own_page
from bot.store.port.audit import Look
from tests.flows.decisions.told import MONDAY_BEFORE, STRANGER, TUESDAY, begun, given, person, press, told
from tests.store.scene import a_member, a_reply

MONDAY = given(MONDAY_BEFORE)
ANNA = a_member("anna", zone="Europe/Amsterdam")
BELOW = f"{TUESDAY.isoformat()}|r1"


@pytest.mark.parametrize(
    ("member", "value", "is_turned"),
    [(ANNA, BELOW, True), (ANNA, "", True), (ANNA, "forged", False), (None, "", False)],
)
def test_the_page_is_turned(member: Member | None, value: str, is_turned: bool) -> None:
    decision = own_page.page_turn(MONDAY, member, None, press("home.older", value))
    assert [each.detail for each in decision.records if isinstance(each, Screen)] == ([value] if is_turned else [])
    assert [each.kind for each in decision.records if isinstance(each, Screen)] == [ScreenKind.PAGE] * is_turned
    assert bool(decision.refuses) != is_turned


@pytest.mark.parametrize(
    ("member", "reply", "opens"),
    [
        (ANNA, a_reply("r1"), True),
        (ANNA, a_reply("r1", text=None), False),
        (ANNA, a_reply("r1", author="carl"), False),
        (ANNA, None, False),
        (None, a_reply("r1"), False),
    ],
)
def test_an_own_note_opens_while_it_stands(member: Member | None, reply: Reply | None, opens: bool) -> None:
    decision = own_page.to_be_read(MONDAY, member, reply, press("reply.read", "r1"))
    assert bool(decision.opens) == opens
    assert bool(decision.refuses) != opens
    if decision.opens is not None:
        assert [part.text for part in decision.opens.parts if isinstance(part, Quote)] == ["words of r1"]


def test_a_text_of_any_length_is_shown_whole() -> None:
    text = "word " * 2000
    assert "".join(piece.text for piece in own_page.whole(text)) == text
    assert len(own_page.whole("short")) == 1


def test_looks_are_told_with_who_looked() -> None:
    def a_look(actor: str, action: Action, known: Member | None) -> Look:
        entry = AuditEntry(
            id="l", workspace="w", cohort="c", actor=actor, subject="anna", action=action, count=1, at=TUESDAY
        )
        return Look(entry=entry, actor=known)

    looks = [
        a_look("anna", Action.EXPORT, ANNA),
        a_look("carl", Action.READ, a_member("carl")),
        a_look("operator", Action.READ, None),
        a_look("gone", Action.READ, None),
    ]
    form = own_page.looks_shown(MONDAY, person(begun(member=ANNA)), looks, press("audit.open", "")).opens
    assert form is not None
    (facts,) = (part for part in form.parts if isinstance(part, Facts))
    assert [value for _, value in facts.rows] == [
        told("audit-own-export", count=1),
        told("audit-read", who="Carl", count=1),
        told("audit-read", who=told("audit-operator"), count=1),
        told("audit-read", who=told("audit-gone"), count=1),
    ]
    assert {when for when, _ in facts.rows} == {"Tuesday 13 January 10:00"}
    empty = own_page.looks_shown(MONDAY, person(member=ANNA), (), press("audit.open", "")).opens
    assert empty is not None
    assert not [part for part in empty.parts if isinstance(part, Facts)]
    assert own_page.looks_shown(MONDAY, STRANGER, (), press("audit.open", "")).refuses
