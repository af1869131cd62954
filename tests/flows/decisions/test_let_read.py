"""Letting coaches read by a form or from the own page, decision by decision."""

from dataclasses import replace
from typing import Any

import pytest

from bot.chat.port import Buttons, RadioField
from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.records.reply import Scope
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext
from bot.flows.debrief import dialogue
from bot.flows.experiments import commitment_words, habit
from bot.flows.handling.words import OwnWords
from bot.flows.messages.own_page import page
from bot.flows.messages.own_words import Page
from bot.flows.messages.readers import scope_line
from bot.flows.reading.one_text import naming, scope_field
from bot.flows.reading.own_page import changed
from bot.flows.replies import edit
from bot.flows.settings import settings
from bot.flows.settings.changed_fields import carrying
from tests.conftest import shipped_words
from tests.flows.decisions.readers import DORA, EARLIER, coached, who_reads
from tests.flows.decisions.told import (
    MONDAY_BEFORE,
    TUESDAY,
    begun,
    course,
    form,
    given,
    person,
    press,
    sent,
    situation,
    told,
    wrong,
)
from tests.store.scene import a_commitment, a_grant, a_member, a_reply, at

GRANT, TEXT = a_grant("anna"), a_grant("anna", id="text", text="r")
INVITED, LEFT = [coached(state=CoachState.INVITED)], [coached(state=CoachState.LEFT)]
BOTH = [coached(), coached(DORA)]


def grants(decision: Decision) -> list[tuple[str, str, bool]]:
    """Return whom a decision lets read: coach, the one text or nothing, and whether earlier texts too."""
    made = [each for each in decision.records if isinstance(each, ReadGrant) and each.ended_at is None]
    return [(each.coach, each.text, each.includes_earlier) for each in made]


# --- the field ------------------------------------------------------------------------------------------------------

FIELDS = {  # who reads; what is chosen where the default is the coach, and the line that names them
    "let in": (who_reads(GRANT), Scope.COACH, "scope-coaches", "Carl"),
    "one of two let in": (who_reads(GRANT, coaches=BOTH), Scope.COACH, "scope-coaches", "Carl"),
    "none let in": (who_reads(coaches=BOTH), None, "scope-coaches", "Carl, Dora"),
    "said no": (who_reads(a_grant("anna", "dora")), None, "scope-coaches", "Carl"),
    "a line manager": (
        who_reads(GRANT, coaches=[coached(is_line_manager=True)]),
        Scope.COACH,
        "scope-coaches",
        told("reader-line-manager", name="Carl"),
    ),
    "shut": (who_reads(GRANT, gate=None), Scope.COACH, "scope-coaches-shut", "Carl"),
    "asked to coach": (who_reads(GRANT, coaches=INVITED), Scope.COACH, "scope-coaches", "Carl"),
    "nobody coaches": (who_reads(coaches=[]), Scope.COACH, "scope-coaches-none", ""),
    "they coach themselves": (
        who_reads(coaches=[coached(a_member("anna"))]),
        Scope.COACH,
        "scope-coaches-none",
        "",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_form_names_the_coaches_and_chooses_only_what_stands(name: str) -> None:
    who, chosen, key, names = FIELDS[name]
    field = scope_field(given(), situation(sent(), who=who), Scope.COACH)
    assert (field.chosen, field.hint) == (chosen, shipped_words().say(key, Language.EN, names=names))
    assert scope_field(given(), situation(sent(), who=who), Scope.PRIVATE).chosen is Scope.PRIVATE


def test_where_it_was_not_asked_who_reads_nothing_is_claimed() -> None:
    field = scope_field(given(), situation(sent()), Scope.COACH)
    assert (field.chosen, field.hint) == (Scope.COACH, "")


LINES = {
    "let in": (who_reads(GRANT), "scope-names", "Carl"),
    "none let in": (who_reads(), "scope-unread-grant", "Carl"),
    "shut": (who_reads(GRANT, gate=None), "scope-unread-gate", ""),
    "asked to coach": (who_reads(GRANT, coaches=INVITED), "scope-unread-asked", "Carl"),
    "stepped down": (who_reads(GRANT, coaches=LEFT), "scope-unread-coach", ""),
    "not read": (None, "scope-coach", ""),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_says_who_reads_what_is_written_now(name: str) -> None:
    who, key, names = LINES[name]
    run = situation(sent(), who=who)
    assert scope_line(given(), run, Scope.COACH) == shipped_words().say(key, Language.EN, names=names)
    assert scope_line(given(), run, Scope.PRIVATE) == shipped_words().say("scope-private", Language.EN)


# --- one text -------------------------------------------------------------------------------------------------------


def own(words: Any, who: WhoReads) -> OwnWords[Any]:
    """Return a text of anna with who reads it."""
    around = situation(sent(), who=who)
    shared = {name: getattr(around, name) for name in ("member", "enrollment", "cohort", "journey", "agenda", "who")}
    return OwnWords(**shared, nudge=around.nudge, words=words, next_post=None, is_confirmed=True)


def in_edit(who: WhoReads, later: WhoReads, **values: Any) -> Decision:
    reply = a_reply("r", nudge="n", scope=Scope.PRIVATE)
    opened = edit.change(given(), own(reply, who), press("reply.change", "r")).opens
    assert opened is not None
    return edit.changed(given(), own(reply, later), form("reply.changed", opened.subject, text="words of r", **values))


def in_plan(who: WhoReads, later: WhoReads, **values: Any) -> Decision:
    plan = a_commitment("r", scope=Scope.PRIVATE)
    opened = commitment_words.change(given(), own(plan, who), press("plan.change", "r")).opens
    assert opened is not None
    halves = {"first": plan.first, "second": plan.second}
    return commitment_words.changed(given(), own(plan, later), form("plan.changed", opened.subject, **halves, **values))


def in_debrief(who: WhoReads, later: WhoReads, **values: Any) -> Decision:
    row = sent("n", Kind.DEBRIEF, sent_at=TUESDAY)
    opened = dialogue.write(given(), situation(row, who=who), press("debrief.write", "n:0")).opens
    assert opened is not None
    about = situation(row, who=later)
    return dialogue.answered(given(), about, form("debrief.answer", opened.subject, text="said", **values))


def in_habit(who: WhoReads, later: WhoReads, **values: Any) -> Decision:
    row = sent("k", Kind.KEEP, prompt="keep/keep", item=None)
    opened = habit.write(given(), situation(row, who=who), press("keep.write", "k")).opens
    assert opened is not None
    about = situation(row, who=later)
    return habit.saved(given(), about, form("keep.save", opened.subject, text="said", **values))


FORMS = {"an answer": in_debrief, "a habit": in_habit, "a change": in_edit, "a plan": in_plan}
SENT_IN = {  # who reads; whom choosing the coach lets read this text
    "none let in": (who_reads(), ["carl"]),
    "none of two let in": (who_reads(coaches=BOTH), ["carl", "dora"]),
    "let in for all": (who_reads(EARLIER), []),
    "one of two let in for all": (who_reads(EARLIER, coaches=BOTH), []),
    "asked to coach": (who_reads(coaches=INVITED), ["carl"]),
    "shut, and none let in": (who_reads(gate=None), ["carl"]),
    "nobody coaches": (who_reads(coaches=[]), []),
    "stepped down": (who_reads(coaches=LEFT), []),
}


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("name", SENT_IN)
def test_choosing_the_coach_for_a_text_lets_the_named_ones_read_it(kind: str, name: str) -> None:
    who, coaches = SENT_IN[name]
    decision = FORMS[kind](who, who, scope="coach")
    assert not decision.wrong
    made = grants(decision)
    assert [coach for coach, _, _ in made] == coaches
    assert all(text and earlier for _, text, earlier in made)  # that one text, and also where the gate opens later
    assert grants(FORMS[kind](who, who, scope="private")) == []


@pytest.mark.parametrize("kind", FORMS)
def test_nobody_reads_whom_the_form_did_not_name(kind: str) -> None:
    now = who_reads(coaches=BOTH)
    assert wrong(FORMS[kind](who_reads(), now, scope="coach"), "scope", "scope-readers-changed")
    assert not FORMS[kind](who_reads(), now, scope="private").wrong


def test_an_older_text_is_let_in_beside_what_is_read_from_now_on() -> None:
    later = who_reads(a_grant("anna", from_at=at(60 * 24)))
    assert grants(in_edit(later, later, scope="coach")) == [("carl", "r", True)]


def test_a_text_that_is_shared_already_is_let_in_by_saving_it() -> None:
    reply, who = a_reply("r", nudge="n"), who_reads()
    opened = edit.change(given(), own(reply, who), press("reply.change", "r")).opens
    assert opened is not None
    chosen = next(part.chosen for part in opened.parts if isinstance(part, RadioField) and part.id == "scope")
    assert chosen is None  # it is nobody's choice that it stands so
    sent_in = form("reply.changed", opened.subject, text="words of r", scope="coach")
    assert grants(edit.changed(given(), own(reply, who), sent_in)) == [("carl", "r", True)]
    known = who_reads(TEXT)
    assert not edit.changed(given(), own(reply, known), sent_in).records


def test_what_answers_a_coach_is_for_that_coach_alone() -> None:
    reply, who = a_reply("r", nudge="n", answers="word"), who_reads()
    subject = naming(own(reply, who), "r:0:")
    sent_in = form("reply.changed", subject, text="words of r", scope="coach")
    assert not edit.changed(given(), own(reply, who), sent_in).records


def test_a_form_that_names_nobody_lets_nobody_read() -> None:
    about = situation(sent("n", Kind.DEBRIEF), who=who_reads())
    assert grants(dialogue.answered(given(), about, form("debrief.answer", "n:0", text="said", scope="coach"))) == []


def test_a_second_handling_makes_no_second_grant() -> None:
    """Its id is derived from what came in."""
    first = in_debrief(who_reads(), who_reads(), scope="coach")
    again = in_debrief(who_reads(), who_reads(), scope="coach")
    assert [each.id for each in first.records] == [each.id for each in again.records]


# --- settings -------------------------------------------------------------------------------------------------------

MONDAY = given(MONDAY_BEFORE)
ANNA = a_member("anna", language=Language.EN, zone="Europe/Amsterdam")


def in_settings(was: Scope, chosen: Scope, who: WhoReads, later: WhoReads | None = None) -> Decision:
    """Send the settings in with another scope."""
    run = begun(member=ANNA, who=who)
    run = replace(run, enrollment=replace(run.enrollment, scope=was))
    stands = settings.field_values(MONDAY, ANNA, run)
    values = {name: value for name, value in stands.items() if name != "readers"} | {"scope": chosen}
    about = person(replace(run, who=later or who), grants=list((later or who).grants))
    return settings.settings_saved(MONDAY, about, form("settings.save", carrying("", stands), **values))


P, C = Scope.PRIVATE, Scope.COACH
CHOSEN = {  # the default before and after, who reads; whom it lets read
    "the coach": (P, C, who_reads(), [("carl", "", False)]),
    "the coaches": (P, C, who_reads(coaches=BOTH), [("carl", "", False), ("dora", "", False)]),
    "the coach, let in before": (P, C, who_reads(GRANT), []),
    "the coach, who has not said yes": (P, C, who_reads(coaches=INVITED), [("carl", "", False)]),
    "nobody to choose": (P, C, who_reads(coaches=LEFT), []),
    "the coach is oneself": (P, C, who_reads(coaches=[coached(ANNA)]), []),
    "only me": (C, P, who_reads(GRANT), []),
    "as it was": (C, C, who_reads(), []),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_choosing_the_coach_in_the_settings_lets_the_named_ones_read_from_now_on(name: str) -> None:
    was, chosen, who, made = CHOSEN[name]
    decision = in_settings(was, chosen, who)
    assert (grants(decision), decision.withdraws) == (made, False)
    assert not [each for each in decision.records if isinstance(each, ReadGrant) and each.ended_at]


def test_the_settings_let_nobody_read_whom_they_did_not_name() -> None:
    later = who_reads(coaches=BOTH)
    assert wrong(in_settings(P, C, who_reads(), later), "scope", "scope-readers-changed")
    assert not in_settings(C, C, who_reads(), later).wrong


# --- the own page ---------------------------------------------------------------------------------------------------


def own_page(who: WhoReads, **changes: Any) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the buttons about reading on anna's page, and its sentences."""
    run = begun(member=ANNA, who=who)
    run = replace(run, enrollment=replace(run.enrollment, **changes))
    shown = page(MONDAY, Page(**vars(person(run))), ANNA)
    buttons = [each for part in shown.parts if isinstance(part, Buttons) for each in part.buttons]
    texts = [str(part.text) for part in shown.parts if hasattr(part, "text")]
    return [(each.id, each.value) for each in buttons if each.id.startswith("reading.")], texts


def body(key: str, **values: Any) -> str:
    """Return a sentence as it is said in English."""
    return str(shipped_words().body(key, Language.EN, **values))


LET = [("reading.let", "coach-carl"), ("reading.let-earlier", "coach-carl")]
STOP = [("reading.stop", "coach-carl")]
NOW_ON = [LET[1], *STOP]
PAGES: dict[str, tuple[WhoReads, list[tuple[str, str]], str]] = {
    "let in": (who_reads(GRANT), NOW_ON, body("reads-since", name="Carl", day="Tuesday 6 January")),
    "earlier too": (who_reads(EARLIER), STOP, body("reads-earlier-too", name="Carl")),
    "not let in": (who_reads(), LET, body("reads-none", name="Carl")),
    "one text": (who_reads(TEXT), [*LET, *STOP], body("reads-some", name="Carl")),
    "until a change": (
        who_reads(replace(GRANT, until_at=TUESDAY)),
        [*LET, *STOP],
        body("reads-until", name="Carl", day="Tuesday 13 January"),
    ),
    "shut": (who_reads(GRANT, gate=None), NOW_ON, body("reading-gate-shut")),
    "asked to coach": (who_reads(GRANT, coaches=INVITED), NOW_ON, body("reading-not-said-yes", name="Carl")),
    "nobody coaches": (who_reads(coaches=LEFT), [], body("home-no-readers")),
    "coaches themselves": (who_reads(coaches=[coached(ANNA)]), [], body("home-no-readers")),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_own_page_says_who_reads(name: str) -> None:
    who, buttons, says = PAGES[name]
    found, texts = own_page(who)
    assert (found, says in texts) == (buttons, True)


def test_who_keeps_to_themselves_is_told_what_is_still_read() -> None:
    assert body("home-readers-older") in own_page(who_reads(GRANT), scope=Scope.PRIVATE)[1]
    assert body("home-readers-older") not in own_page(who_reads(), scope=Scope.PRIVATE)[1]


def on_page(button: str, who: WhoReads, role: str = "coach-carl") -> Decision:
    """Press one of the buttons."""
    return changed(MONDAY, person(course(who=who)), press(button, role))


PRESSED = {  # the button, who reads; whom it lets read, and which grants it ends
    "let": ("reading.let", who_reads(), [("carl", "", False)], []),
    "let earlier ones": ("reading.let-earlier", who_reads(), [("carl", "", True)], []),
    "let, not said yes": ("reading.let", who_reads(coaches=INVITED), [("carl", "", False)], []),
    "let earlier ones, later": ("reading.let-earlier", who_reads(GRANT), [("carl", "", True)], []),
    "let, after a change": ("reading.let", who_reads(replace(GRANT, until_at=TUESDAY)), [("carl", "", False)], []),
    "stop": ("reading.stop", who_reads(GRANT, TEXT), [], ["grant-anna-carl", "text"]),
    "stop after they left": ("reading.stop", who_reads(GRANT, coaches=LEFT), [], ["grant-anna-carl"]),
    "stop one of two": ("reading.stop", who_reads(GRANT, a_grant("anna", "dora"), coaches=BOTH), [], [GRANT.id]),
}


@pytest.mark.parametrize("name", PRESSED)
def test_a_press_on_the_own_page_lets_or_stops_at_once(name: str) -> None:
    button, who, made, over = PRESSED[name]
    decision = on_page(button, who)
    ended = [each for each in decision.records if isinstance(each, ReadGrant) and each.ended_at]
    assert (grants(decision), [each.id for each in ended]) == (made, over)
    assert {each.ended_by for each in ended} <= {EndedBy.MEMBER}
    assert decision.withdraws is bool(over)  # screens with the words close


IN_VAIN: list[tuple[Decision, str]] = [
    (on_page("reading.let", who_reads(GRANT)), ""),  # a double press
    (on_page("reading.let", who_reads(EARLIER)), ""),  # on a page of before: it takes nothing back
    (on_page("reading.let-earlier", who_reads(EARLIER)), ""),
    (on_page("reading.stop", who_reads()), ""),
    (on_page("reading.let", who_reads(coaches=LEFT)), "reading-coach-gone"),
    (on_page("reading.let", who_reads(coaches=[coached(ANNA)]), "coach-anna"), "reading-coach-gone"),
    (on_page("reading.let", who_reads(), "coach-of-another-team"), "press-stale"),
    (changed(MONDAY, person(course()), press("reading.let", "coach-carl")), "press-stale"),
    (changed(MONDAY, person(member=ANNA), press("reading.let", "coach-carl")), "press-stale"),
    (changed(MONDAY, PersonContext(), press("reading.let", "coach-carl")), "press-stale"),
]


@pytest.mark.parametrize(("decision", "refuses"), IN_VAIN)
def test_a_press_in_vain_changes_nothing(decision: Decision, refuses: str) -> None:
    assert (list(decision.records), decision.refuses) == ([], refuses)
