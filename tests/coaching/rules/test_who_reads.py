"""Who reads what one person shares in a cohort, and why nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.reply import Scope
from bot.coaching.rules.reading import Text
from bot.coaching.rules.who_reads import Unread, WhoReads
from tests.flows.decisions.readers import CARL, DORA, EARLIER, coached, who_reads
from tests.store.scene import T0, a_gate, a_grant, a_member, at

TEXT = Text(id="r", member="anna", author="anna", cohort="c", scope=Scope.COACH, written_at=T0)
GRANT = a_grant("anna")
LATE = a_gate(recorded_at=at(1))
NOW = at(5)
BOTH = [coached(), coached(DORA)]

TOLD = {  # who reads; the names of the readers, or why nobody reads
    "let in by a grant": (who_reads(GRANT), ["Carl"]),
    "one of two": (who_reads(GRANT, coaches=BOTH), ["Carl"]),
    "both, in the order of naming": (who_reads(a_grant("anna", "dora"), GRANT, coaches=BOTH), ["Carl", "Dora"]),
    "this one text": (who_reads(a_grant("anna", text="r", from_at=at(2), includes_earlier=True)), ["Carl"]),
    "another text": (who_reads(a_grant("anna", text="x")), Unread.GRANT),
    "no grant": (who_reads(), Unread.GRANT),
    "only from later on": (who_reads(replace(GRANT, from_at=at(2))), Unread.GRANT),
    "earlier ones too": (who_reads(replace(EARLIER, from_at=at(2))), ["Carl"]),
    "until a change before it": (who_reads(replace(GRANT, until_at=T0)), Unread.GRANT),
    "until a change after it": (who_reads(replace(GRANT, until_at=at(2))), ["Carl"]),
    "the gate is shut": (who_reads(GRANT, gate=None), Unread.GATE),
    "older than the gate": (who_reads(GRANT, gate=LATE), Unread.GRANT),
    "older than the gate, and let in": (who_reads(EARLIER, gate=LATE), ["Carl"]),
    "no coach": (who_reads(GRANT, coaches=[]), Unread.COACH),
    "no coach, and shut": (who_reads(coaches=[], gate=None), Unread.COACH),
    "they coach themselves": (who_reads(coaches=[coached(a_member("anna"))]), Unread.COACH),
    "asked to coach": (who_reads(GRANT, coaches=[coached(state=CoachState.INVITED)]), Unread.ASKED),
    "asked to coach, not let in": (who_reads(coaches=[coached(state=CoachState.INVITED)]), Unread.GRANT),
    "declined": (who_reads(GRANT, coaches=[coached(state=CoachState.DECLINED)]), Unread.COACH),
    "stepped down": (who_reads(GRANT, coaches=[coached(state=CoachState.LEFT)]), Unread.COACH),
    "taken away": (who_reads(GRANT, coaches=[coached(state=CoachState.REMOVED)]), Unread.COACH),
}


@pytest.mark.parametrize("name", TOLD)
def test_who_reads_a_text_or_why_nobody_does(name: str) -> None:
    who, expected = TOLD[name]
    readers = [person.name for _, person in who.readers(TEXT, NOW)]
    assert (readers or who.unread(TEXT)[0]) == expected


def test_why_nobody_reads_names_whom_it_is_about() -> None:
    asked = [coached(state=CoachState.INVITED), coached(DORA, CoachState.INVITED)]
    assert [person for _, person in who_reads(GRANT, coaches=asked).unread(TEXT)[1]] == [CARL]
    assert [person for _, person in who_reads(coaches=asked).unread(TEXT)[1]] == [CARL, DORA]


LETS = [
    # the grant, the gate, whether carl was let read a text of T0, whatever the gate is at this moment
    (GRANT, None, True),
    (GRANT, a_gate(), True),
    (GRANT, LATE, False),
    (EARLIER, LATE, True),
    (replace(GRANT, from_at=at(1)), None, False),
    (replace(EARLIER, from_at=at(1)), None, True),
    (replace(GRANT, until_at=T0), None, False),
    (replace(GRANT, until_at=at(1)), None, True),
    (a_grant("anna", text="r"), None, True),
    (a_grant("anna", text="x"), None, False),
    (a_grant("anna", "dora"), None, False),
]


@pytest.mark.parametrize(("grant", "gate", "lets"), LETS)
def test_whether_a_coach_was_let_read_a_text(grant, gate, lets) -> None:
    assert who_reads(grant, gate=gate).lets("carl", TEXT) is lets


def test_what_is_whole_is_for_all_from_now_on() -> None:
    older = replace(GRANT, id="old", until_at=T0 + timedelta(days=1))
    who = who_reads(older, a_grant("anna", id="text", text="r"))
    assert who.whole("carl") is None
    assert replace(who, grants=[*who.grants, GRANT]).whole("carl") == GRANT
    assert [each.id for each in who.granted_to("carl")] == ["old", "text"]
    assert WhoReads().role("nobody") is None
