"""The question whether somebody may read, and the news about it: what they say at the moment they are looked at."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Body, Note
from bot.coaching.language import Language, Markdown
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reading import EndedBy, GateKind, ReadGrant
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.agenda.reading_news import CHANGED, GONE, NEW_COACH, OPENED, STOPPED
from bot.flows.context.decision import Decision
from bot.flows.messages import reading
from bot.flows.messages.reading import CHOICES
from bot.flows.reading.answers import answered, asked_again
from tests.conftest import shipped_words
from tests.flows.decisions.looks import buttons, shown
from tests.flows.decisions.readers import CARL, DORA, EARLIER, coached, who_reads
from tests.flows.decisions.told import TUESDAY, given, press, saved, sent, situation, told
from tests.store.scene import a_cohort, a_gate, a_grant, an_enrollment

GRANT, UNTIL = a_grant("anna"), a_grant("anna", id="old", until_at=TUESDAY)
TEXT = a_grant("anna", id="text", text="r")
MANAGER = told("reader-line-manager", name="Carl")
ALL = list(CHOICES)
INVITED, OVER = [coached(state=CoachState.INVITED)], [coached(state=CoachState.LEFT)]


def row(prompt: str = NEW_COACH, **changes: Any) -> Nudge:
    """Return the question about carl, or the news of him, as anna has it before her."""
    kind = Kind.READING_ASK if prompt in (NEW_COACH, CHANGED) else Kind.READING_NEWS
    return sent("ask", kind, **{"prompt": prompt, "item": None, "subject": "coach-carl", **changes})


def body(key: str, **values: Any) -> Markdown:
    """Return a sentence as it is said in English."""
    return shipped_words().body(key, Language.EN, **values)


def says(who: WhoReads, nudge: Nudge, **changes: Any) -> tuple[list[str], list[Markdown]]:
    """Return the buttons, and the sentences below the heading."""
    made = (reading.ask if nudge.kind is Kind.READING_ASK else reading.news)(given(), shown(nudge, who=who, **changes))
    return buttons(made), [part.text for part in made.parts if isinstance(part, Body | Note)]


ASKED = {
    "nothing stands": (who_reads(), None, ALL, "reading-ask-about"),
    "let in elsewhere before it was read": (who_reads(GRANT), None, ALL, "reads-since"),
    "what was let in until a change": (who_reads(UNTIL), None, ALL, "reads-until"),
    "one text": (who_reads(TEXT), None, ALL, "reads-some"),
    "a yes": (who_reads(GRANT), Answer.ALLOWED, ["reading.change"], "reads-since"),
    "a yes to earlier ones": (who_reads(EARLIER), Answer.ALLOWED, ["reading.change"], "reads-earlier-too"),
    "a no": (who_reads(), Answer.REFUSED, ["reading.change"], "reads-none"),
    "a yes that was stopped on their own page": (who_reads(), Answer.ALLOWED, ["reading.change"], "reads-none"),
    "the gate is shut": (who_reads(GRANT, gate=None), Answer.ALLOWED, ["reading.change"], "reading-gate-shut"),
    "not said yes yet": (
        who_reads(coaches=[coached(state=CoachState.INVITED)]),
        None,
        ALL,
        "reading-not-said-yes",
    ),
    "a line manager": (who_reads(coaches=[coached(is_line_manager=True)]), None, ALL, "reading-ask-manager"),
    "who declined": (who_reads(coaches=[coached(state=CoachState.DECLINED)]), None, [], "reading-coach-left"),
    "who stepped down": (who_reads(coaches=[coached(state=CoachState.LEFT)]), Answer.ALLOWED, [], "reading-coach-left"),
    "who was taken away": (who_reads(coaches=[coached(state=CoachState.REMOVED)]), None, [], "reading-coach-left"),
    "who is erased": (who_reads(coaches=[]), None, [], "reading-ask-over"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_question_says_what_stands(name: str) -> None:
    who, answer, pressable, key = ASKED[name]
    named = MANAGER if name == "a line manager" else "Carl"
    found, lines = says(who, row(answer=answer))
    assert found == pressable
    assert body(key, name=named, day="Tuesday 6 January" if key == "reads-since" else "Tuesday 13 January") in lines


def test_a_question_names_who_asks_and_what_they_said_of_themselves() -> None:
    who = who_reads(coaches=[coached(is_line_manager=True)])
    asks = body("reading-ask-coach", names=MANAGER)
    assert asks in says(who, row())[1]


def test_of_what_changed_only_those_are_named_who_were_let_in_before() -> None:
    who = who_reads(UNTIL, coaches=[coached(), coached(DORA)])
    found, lines = says(who, row(CHANGED, subject="gate"))
    assert (found, body("reading-ask-changed", names="Carl") in lines) == (ALL, True)
    assert says(replace(who, grants=[]), row(CHANGED, subject="gate"))[0] == []


def test_where_it_was_not_read_who_reads_nobody_is_asked_about() -> None:
    assert reading.asked_about(row(), None) == []


def test_who_has_moved_to_another_team_is_not_asked_any_more() -> None:
    moved = an_enrollment("anna", cohort="c2")
    for prompt in (NEW_COACH, GONE):
        assert says(who_reads(), row(prompt), enrollment=moved) == ([], [body("reading-elsewhere")])


GATE = a_gate(recorded_at=TUESDAY)
NEWS = {
    "gone": (who_reads(coaches=[coached(state=CoachState.LEFT)]), GONE, ["reading-gone", "reading-nobody"]),
    "gone, and another one reads": (
        who_reads(a_grant("anna", "dora"), coaches=[coached(state=CoachState.REMOVED), coached(DORA)]),
        GONE,
        ["reading-gone", "reads-since"],
    ),
    "gone, and shut": (
        who_reads(coaches=[coached(state=CoachState.LEFT)], gate=None),
        GONE,
        ["reading-gone", "reading-gate-shut"],
    ),
    "back since": (who_reads(), GONE, ["reading-back", "reading-nobody"]),
    "erased": (who_reads(coaches=[]), GONE, ["reading-gone-nobody", "reading-nobody"]),
    "opened": (who_reads(GRANT, gate=GATE), OPENED, ["reading-opened", "reads-since"]),
    "opened, nobody let in": (who_reads(), OPENED, ["reading-opened", "reading-nobody"]),
    "opened, and stopped since": (who_reads(GRANT, gate=None), OPENED, ["reading-stopped-since"]),
    "stopped": (who_reads(GRANT, gate=None), STOPPED, ["reading-stopped"]),
    "stopped, and opened since": (who_reads(GRANT), STOPPED, ["reading-opened-again", "reads-since"]),
}


@pytest.mark.parametrize("name", NEWS)
def test_news_is_true_when_it_is_read(name: str) -> None:
    who, prompt, keys = NEWS[name]
    reader = "Dora" if "another" in name else "Carl"
    day = "Tuesday 13 January" if who.gate == GATE else "Tuesday 6 January"
    values = {"name": reader, "day": day}
    expected = [body(key, **(values | ({"name": "Carl"} if key == "reading-gone" else {}))) for key in keys]
    assert says(who, row(prompt)) == ([], expected)


def test_who_agreed_stands_beside_the_news_and_never_within_a_sentence() -> None:
    agreed = who_reads(gate=a_gate(who_agreed="*the council*"))
    news = reading.news(given(), shown(row(OPENED), who=agreed))
    (facts,) = [part.rows for part in news.parts if hasattr(part, "rows")]
    assert facts[0][1] == "*the council*"
    silent = who_reads(gate=a_gate(kind=GateKind.PRACTICE, who_agreed=""))
    assert not [part for part in reading.news(given(), shown(row(OPENED), who=silent)).parts if hasattr(part, "rows")]


# --- the press ------------------------------------------------------------------------------------------------------


def decided(button: str, who: WhoReads, nudge: Nudge | None = None, **changes: Any) -> Decision:
    """Press one of the answers."""
    return answered(given(), situation(nudge or row(), who=who, **changes), press(button, "ask"))


def standing(decision: Decision, who: WhoReads) -> list[tuple[str, bool]]:
    """Return whom anna lets read once this is saved: coach, and whether earlier texts too."""
    after = {each.id: each for each in who.grants} | {
        each.id: each for each in decision.records if isinstance(each, ReadGrant)
    }
    return [(each.coach, each.includes_earlier) for each in after.values() if each.is_whole]


YES, TOO, NO = CHOICES
PRESSED = {
    "yes": (YES, who_reads(), [("carl", False)], Answer.ALLOWED, False),
    "earlier ones too": (TOO, who_reads(), [("carl", True)], Answer.ALLOWED, False),
    "no": (NO, who_reads(), [], Answer.REFUSED, False),
    "yes, and it stood": (YES, who_reads(GRANT), [("carl", False)], Answer.ALLOWED, False),
    "earlier ones too, later": (TOO, who_reads(GRANT), [("carl", True)], Answer.ALLOWED, False),
    "no more earlier ones": (YES, who_reads(EARLIER), [("carl", False)], Answer.ALLOWED, True),
    "a no ends all of it": (NO, who_reads(GRANT, UNTIL, TEXT), [], Answer.REFUSED, True),
    "a yes after a change": (YES, who_reads(UNTIL), [("carl", False)], Answer.ALLOWED, False),
    "not said yes yet": (YES, who_reads(coaches=INVITED), [("carl", False)], Answer.ALLOWED, False),
    "while the gate is shut": (YES, who_reads(gate=None), [("carl", False)], Answer.ALLOWED, False),
}


@pytest.mark.parametrize("name", PRESSED)
def test_a_press_is_what_lets_somebody_read(name: str) -> None:
    button, who, after, answer, withdraws = PRESSED[name]
    decision = decided(button, who)
    assert standing(decision, who) == after
    assert (saved(decision)["ask"].answer, decision.withdraws) == (answer, withdraws)
    assert {each.ended_by for each in decision.records if isinstance(each, ReadGrant) and each.ended_at} <= {
        EndedBy.MEMBER
    }


def test_of_grants_what_ends_is_saved_before_what_begins() -> None:
    ended, begun = [each for each in decided(YES, who_reads(EARLIER)).records if isinstance(each, ReadGrant)]
    assert (ended.ended_at, begun.ended_at, begun.from_at) == (TUESDAY, None, TUESDAY)


def test_what_changed_is_answered_for_all_who_were_let_in_before() -> None:
    both = [coached(), coached(DORA), coached(CARL, CoachState.LEFT, id="another")]
    who = who_reads(UNTIL, a_grant("anna", "dora", until_at=TUESDAY), coaches=both[:2])
    assert standing(decided(YES, who, row(CHANGED)), who) == [("carl", False), ("dora", False)]
    assert all(each.ended_at for each in decided(NO, who, row(CHANGED)).records if isinstance(each, ReadGrant))


SAID = row(answer=Answer.ALLOWED)
AGAIN = {  # button, who reads, the message; what is refused, and whether anything is saved
    "a double yes": (YES, who_reads(GRANT), SAID, "", False),
    "a double yes to earlier ones": (TOO, who_reads(EARLIER), SAID, "", False),
    "another yes on an old screen": (TOO, who_reads(GRANT), SAID, "press-stale", False),
    "a yes after a no elsewhere": (YES, who_reads(), row(answer=Answer.REFUSED), "press-stale", False),
    "a no counts at any time": (NO, who_reads(GRANT), SAID, "", True),
    "a double no": (NO, who_reads(), row(answer=Answer.REFUSED), "", False),
    "the coach has left": (YES, who_reads(coaches=OVER), row(), "reading-coach-gone", False),
    "the coach is erased": (TOO, who_reads(coaches=[]), row(), "reading-coach-gone", False),
    "moved to another team": (YES, who_reads(), replace(row(), cohort="c0"), "press-stale", False),
}


@pytest.mark.parametrize("name", AGAIN)
def test_what_is_over_is_said_and_shown(name: str) -> None:
    button, who, nudge, refuses, saves = AGAIN[name]
    decision = decided(button, who, nudge)
    assert (decision.refuses, bool(decision.records)) == (refuses, saves)
    assert decision.again == (() if saves else ("ask",))


def test_a_change_asks_once_more_and_ends_nothing() -> None:
    about = situation(SAID, cohort=a_cohort(), who=who_reads(GRANT))
    decision = asked_again(given(), about, press("reading.change", "ask"))
    assert [each.answer for each in decision.records if isinstance(each, Nudge)] == [None]
    assert len(decision.records) == 1
    open_still = replace(about, nudge=row())
    assert asked_again(given(), open_still, press("reading.change", "ask")).again == ("ask",)
