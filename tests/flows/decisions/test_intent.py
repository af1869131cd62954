"""Words that seem to ask for something: what is held, what is answered where nothing is kept, and what a press does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import Deleted
from bot.coaching.intents import Intent
from bot.coaching.language import Language
from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.context.decision import Decision
from bot.flows.context.held import OnHold
from bot.flows.context.nudge import within
from bot.flows.handling.words import OwnWords
from bot.flows.messages.receipt import card
from bot.flows.participation.pause import stands_still, unstopped
from bot.flows.replies import held as holding
from bot.flows.replies import offered
from bot.flows.replies.held import over
from bot.flows.replies.typed import reworded_as, taken_away
from bot.store.port.heard import Heard
from bot.store.port.words import NOWHERE
from tests.content import title
from tests.flows.decisions.looks import buttons, menu, shown
from tests.flows.decisions.test_typed import (
    FIRST,
    HOUR,
    LATE,
    UNKEPT,
    WORD,
    WROTE,
    edit,
    heard,
    reply_in,
    taken,
    typed,
)
from tests.flows.decisions.told import (
    AT_HOME,
    ITEM,
    TUESDAY,
    course,
    given,
    person,
    planned,
    press,
    saved,
    sent,
    situation,
    told,
)
from tests.store.scene import MONDAY, T0, a_cohort, a_commitment, a_reply, an_enrollment

HOME = sent("h", item=AT_HOME)
DEBRIEF = sent("d", Kind.DEBRIEF, sent_at=TUESDAY - HOUR, due_at=TUESDAY - HOUR)


def held(intent: Intent = Intent.PAUSE, **changes: Any) -> Reply:
    """Return words of anna that are held under her first nudge."""
    reply = a_reply("r", nudge="n", kind=ReplyKind.HELD, text="my own", scope=Scope.PRIVATE, version=1)
    known = {"source": "D-anna/9", "among": "n", "held_until": LATE, "received_at": TUESDAY + HOUR}
    return replace(reply, intent=intent, **{**known, **changes})


def AT_ONCE(intent: Intent, **changes: Any) -> Reply:  # noqa: N802 - a row of a table
    return replace(held(intent), kind=ReplyKind.REQUEST, **changes)


DONE_AT_ONCE = AT_ONCE(Intent.STOP)
GONE_BY = {"text": None, "deleted_at": LATE}  # once it can be no answer any more


def on_hold(known: Heard, reply: Reply) -> OnHold:
    """Return these words of anna with what is known of her."""
    assert known.member is not None
    return OnHold(reply=reply, heard=known, run=within(given(), known.member, *known.runs[0]))


def runs(decision: Decision) -> list[Enrollment]:
    return [each for each in decision.records if isinstance(each, Enrollment)]


EN = Language.EN
STILL = an_enrollment("anna", starts_on=MONDAY, joined_at=T0, state=EnrollmentState.PAUSED, paused_on=MONDAY)

# --- what is held -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hou op met die berichten", Intent.STOP),
        ("laat me met rust", Intent.STOP),
        ("leave me alone", Intent.STOP),
        ("twee weken op vakantie", Intent.PAUSE),
        ("niet nu", Intent.NOT_NOW),
        ("what was the task again?", Intent.WHAT_NOW),
        ("thank you for the explanation", Intent.THANKS),
        ("remind me tomorrow", Intent.LATER),
    ],
)
@pytest.mark.parametrize("root", [FIRST, DEBRIEF], ids=["nudge", "debrief"])
def test_what_seems_to_ask_for_something_is_held_and_answers_nothing(text: str, intent: Intent, root: Any) -> None:
    decision = taken(typed(text), heard(root))
    reply = reply_in(decision)
    assert (reply.kind, reply.intent, reply.scope, reply.question) == (ReplyKind.HELD, intent, Scope.PRIVATE, None)
    assert (reply.nudge, reply.among, reply.text, reply.shared_at) == (root.id, root.id, text, None)
    assert [type(each).__name__ for each in decision.records] == ["Reply", "Screen"]  # no question is answered


@pytest.mark.parametrize(
    "text",
    [
        "Hold to the plan",
        "Pause for lunch with a customer",
        "stop the ticket reflex",
        "later she told me it was about trust",
        "gelukt",  # on no plan's day
        "he said stop",
    ],
)
def test_what_merely_begins_like_it_is_an_answer(text: str) -> None:
    reply = reply_in(taken(typed(text), heard()))
    assert (reply.kind, reply.intent) == (ReplyKind.TYPED, None)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (TUESDAY + HOUR, datetime(2026, 1, 14, 23, 0, tzinfo=UTC)),  # Tuesday: the end of Wednesday in Amsterdam
        (datetime(2026, 1, 16, 11, 0, tzinfo=UTC), datetime(2026, 1, 19, 23, 0, tzinfo=UTC)),  # Friday: of Monday
        (datetime(2026, 1, 13, 23, 30, tzinfo=UTC), datetime(2026, 1, 15, 23, 0, tzinfo=UTC)),  # Wednesday there
    ],
)
def test_it_is_held_until_the_end_of_the_next_working_day(at: datetime, until: datetime) -> None:
    assert reply_in(taken(typed("leave me alone", at=at), heard())).held_until == until


@pytest.mark.parametrize(("text", "stops"), [("Stop!", True), ("stoppen", True), ("please leave me alone", False)])
def test_a_whole_message_that_says_stop_stops_at_once(text: str, *, stops: bool) -> None:
    decision = taken(typed(text), heard())
    assert [each.stands_still for each in runs(decision)] == [True] * stops
    assert reply_in(decision).kind is (ReplyKind.REQUEST if stops else ReplyKind.HELD)
    assert reply_in(decision).text == text  # it may still turn out to be an answer


SAID = [
    ("Pause", Intent.PAUSE),
    ("later", Intent.LATER),
    ("straks!", Intent.LATER),
    ("Help?", Intent.HELP),
    ("Wat moet ik nu doen?", Intent.WHAT_NOW),
    ("wie leest dit?", Intent.WHO_READS),
    ("Thanks 🙂", Intent.THANKS),
]


@pytest.mark.parametrize(("text", "intent"), SAID)
def test_a_whole_message_of_the_list_is_done_and_may_still_turn_out_to_be_an_answer(text: str, intent: Intent) -> None:
    asked = reply_in(taken(typed(text), heard(DEBRIEF)))
    assert (asked.kind, asked.intent, asked.among, asked.text) == (ReplyKind.REQUEST, intent, "d", text)
    assert asked.held_until is not None
    alone = taken(typed(text, at=LATE + timedelta(days=9)), heard(DEBRIEF))  # nothing is asked any more
    asked = reply_in(alone)
    assert (asked.kind, asked.intent, asked.among, asked.text, asked.held_until) == (
        ReplyKind.REQUEST,
        intent,
        None,
        None,
        None,
    )
    assert alone.scrubs


def test_help_is_shown_to_who_is_in_no_journey() -> None:
    said = taken(typed("help"), Heard(member=None)).says
    assert said is not None
    assert said.fallback == told("help-title")


def test_said_once_more_it_is_done_already() -> None:
    known = heard(runs=[(STILL, a_cohort(journey="twelve-weeks"))])
    assert reply_in(taken(typed("stop"), known)).kind is ReplyKind.REQUEST


def test_what_answers_a_coach_is_the_coachs_unless_it_says_stop() -> None:
    known = heard(FIRST, WROTE, words={"word": WORD})
    assert reply_in(taken(typed("thank you", at=LATE), known)).answers == "word"
    assert reply_in(taken(typed("stop", at=LATE), known)).intent is Intent.STOP


@pytest.mark.parametrize(
    ("known", "text", "key", "shown_buttons"),
    [
        (heard(HOME), "leave me alone", "asked-stop", ["intent.stop", "unkept.keep", "unkept.no"]),
        (heard(HOME), "pause", "asked-pause", ["intent.pause", "unkept.keep", "unkept.no"]),
        (heard(HOME), "stop", "asked-stop-done", ["intent.undo", "intent.leave", "unkept.keep", "unkept.no"]),
        (heard(HOME), "thanks", "asked-thanks", ["unkept.keep", "unkept.no"]),
        (heard(HOME), "help", "help-title", ["unkept.keep", "unkept.no"]),
    ],
)
def test_at_home_an_offer_stores_nothing(known: Heard, text: str, key: str, shown_buttons: list[str]) -> None:
    decision = taken(typed(text), known)
    assert not [each for each in decision.records if isinstance(each, Reply)]
    assert decision.says is not None
    assert decision.says.fallback == told(key)
    assert buttons(decision.says) == shown_buttons
    assert (decision.answered_as, decision.scrubs) == (UNKEPT, True)
    assert len(runs(decision)) == (text == "stop")


# --- changed, or taken back, while it is held ---------------------------------------------------------------------

PRESSED = {"text": None, "deleted_at": LATE}  # the request was done by a press: nothing can be read anew


@pytest.mark.parametrize(
    ("reply", "text", "after"),
    [
        (held(), "we talked", (ReplyKind.TYPED, None, "we talked")),
        (held(), "Stop", (ReplyKind.REQUEST, Intent.STOP, "Stop")),
        (held(Intent.STOP), "niet nu", (ReplyKind.HELD, Intent.NOT_NOW, "niet nu")),
        (held(Intent.STOP), " ", (ReplyKind.HELD, Intent.STOP, None)),
        (AT_ONCE(Intent.THANKS), "thanks to her I know now", (ReplyKind.TYPED, None, "thanks to her I know now")),
        (AT_ONCE(Intent.THANKS, text=None, among=None), "we talked", (ReplyKind.TYPED, None, "we talked")),
        (replace(held(), intent=None, among="n,d"), "stop", (ReplyKind.REQUEST, Intent.STOP, "stop")),
    ],
)
def test_a_change_of_held_words_is_read_anew(reply: Reply, text: str, after: tuple[Any, ...]) -> None:
    decision = reworded_as(given(TUESDAY + HOUR), edit(text), heard(FIRST, reply=reply))
    fresh = reply_in(decision)
    assert (fresh.kind, fresh.intent, fresh.text) == after
    assert (fresh.id, fresh.version, fresh.source, fresh.edition) == ("r", 1, reply.source, reply.edition + 1)
    assert (fresh.held_until is None) == (fresh.kind is ReplyKind.TYPED)
    assert bool(runs(decision)) == (fresh.intent is Intent.STOP and fresh.kind is ReplyKind.REQUEST)
    assert "Screen" not in {type(each).__name__ for each in decision.records}  # its confirmation stands there
    assert decision.withdraws


def test_a_stop_that_is_changed_into_an_answer_is_undone() -> None:
    known = heard(FIRST, reply=DONE_AT_ONCE, runs=[(STILL, a_cohort(journey="twelve-weeks"))])
    decision = reworded_as(given(TUESDAY + HOUR), edit("stop the ticket reflex"), known)
    assert [each.state for each in runs(decision)] == [EnrollmentState.ACTIVE]
    assert (reply_in(decision).kind, reply_in(decision).text) == (ReplyKind.TYPED, "stop the ticket reflex")


def test_what_was_done_by_a_press_is_read_no_more() -> None:
    known = heard(FIRST, reply=held(Intent.PAUSE, kind=ReplyKind.REQUEST, **PRESSED))
    assert list(reworded_as(given(TUESDAY + HOUR), edit("we talked"), known).records) == []


@pytest.mark.parametrize("reply", [held(Intent.STOP), DONE_AT_ONCE, replace(held(), intent=None, among="n,d")])
def test_held_words_that_are_taken_back_are_gone_and_nothing_is_asked(reply: Reply) -> None:
    gone = Deleted(workspace="w", person="U-anna", event_id="g", at=LATE, conversation="D-anna", message="9")
    fresh = reply_in(taken_away(given(), gone, heard(FIRST, reply=reply)))
    assert (fresh.text, fresh.deleted_at is not None) == (None, True)
    assert "intent.keep" not in buttons(card(given(), shown(FIRST), fresh, NOWHERE))


# --- what stands under it ---------------------------------------------------------------------------------------

PAUSED = replace(STILL, paused_until=MONDAY)
DONE = {"kind": ReplyKind.REQUEST, "text": None, "deleted_at": LATE}


OVER = an_enrollment("anna", state=EnrollmentState.COMPLETED)
LAPSED = held(Intent.STOP, kind=ReplyKind.TYPED)


def test_a_note_whose_person_let_the_run_go_on_has_its_receipt() -> None:
    assert "intent.stop" in menu(card(given(), shown(FIRST), LAPSED, NOWHERE))


@pytest.mark.parametrize(
    ("reply", "run", "key", "shown_buttons"),
    [
        (held(Intent.STOP), {}, "asked-stop", ["intent.stop", "intent.keep"]),
        (DONE_AT_ONCE, {"enrollment": STILL}, "asked-stop-done", ["intent.undo", "intent.leave", "intent.keep"]),
        (DONE_AT_ONCE, {}, "request-stop", ["intent.keep"]),
        (held(Intent.STOP), {"enrollment": PAUSED}, "asked-stop", ["intent.stop", "intent.keep"]),
        (held(Intent.STOP, **DONE), {"enrollment": STILL}, "asked-stop-done", ["intent.undo", "intent.leave"]),
        (held(Intent.STOP, **DONE), {}, "request-stop", []),
        (LAPSED, {"enrollment": STILL}, "asked-stop-lapsed", ["intent.stop", "intent.undo", "intent.keep"]),
        (held(Intent.PAUSE), {}, "asked-pause", ["intent.pause", "intent.keep"]),
        (held(Intent.PAUSE, **DONE), {}, "request-pause", ["pause.open"]),
        (held(Intent.PAUSE, **DONE), {"enrollment": PAUSED}, "request-pause-set", []),
        (held(Intent.NOT_NOW), {}, "asked-not-now", ["intent.later", "intent.keep"]),
        (held(Intent.LATER), {}, "asked-later", ["intent.later", "intent.keep"]),
        (held(Intent.HELP), {}, "asked-help", ["intent.help", "intent.keep"]),
        (held(Intent.WHAT_NOW), {}, "asked-what-now", ["intent.next", "intent.keep"]),
        (held(Intent.THANKS), {}, "asked-thanks", ["intent.keep"]),
        (held(Intent.WHO_READS), {}, "asked-who-reads", ["intent.keep"]),
        (AT_ONCE(Intent.PAUSE), {}, "request-pause", ["pause.open", "intent.keep"]),
        (AT_ONCE(Intent.LATER), {}, "request-later", ["intent.later", "intent.keep"]),
        (AT_ONCE(Intent.HELP), {}, "help-title", ["intent.keep"]),
        (AT_ONCE(Intent.HELP, text=None), {}, "help-title", []),  # nothing was asked that it could answer
        (AT_ONCE(Intent.THANKS), {}, "asked-thanks", ["intent.keep"]),
        (AT_ONCE(Intent.THANKS, **GONE_BY), {}, "request-thanks", []),
        (AT_ONCE(Intent.WHO_READS), {}, "asked-who-reads", ["intent.keep"]),
        (AT_ONCE(Intent.WHO_READS, **GONE_BY), {}, "request-who-reads", []),
        (AT_ONCE(Intent.WHAT_NOW), {}, "asked-what-now", ["intent.next", "intent.keep"]),
        (AT_ONCE(Intent.WHAT_NOW), {"enrollment": PAUSED}, "asked-what-now-paused", ["intent.next", "intent.keep"]),
        (AT_ONCE(Intent.WHAT_NOW), {"enrollment": STILL}, "asked-what-now-still", ["intent.next", "intent.keep"]),
        (LAPSED, {"enrollment": OVER}, "asked-stop-over", ["reply.delete"]),
        (held(Intent.PAUSE, text=None, deleted_at=LATE), {}, "card-deleted", []),  # taken back on the platform
    ],
)
def test_the_card_says_what_was_understood_and_what_came_of_it(
    reply: Reply, run: Mapping[str, Any], key: str, shown_buttons: list[str]
) -> None:
    looks = card(given(), shown(FIRST, **run), reply, NOWHERE)
    item = title("people-before-systems/item")
    values = {"about": item, "scope": told("scope-coach"), "day": given().words.day(MONDAY, EN)}
    assert looks.fallback == told(key, **values)
    assert buttons(looks) == shown_buttons
    assert "my own" not in str(looks)  # they are the person's alone


# --- what a press does ------------------------------------------------------------------------------------------


def test_a_request_that_is_done_leaves_no_words() -> None:
    about = person(course(FIRST))
    for name in ("intent.pause", "intent.later", "intent.next", "intent.help"):
        decision = offered.does(given(), about, held(), press(name, "r"))
        done = reply_in(decision)
        assert (done.kind, done.text, done.intent) == (ReplyKind.REQUEST, None, Intent.PAUSE)
        assert decision.opens is not None or decision.says is not None
        assert decision.withdraws


def test_stop_holds_every_run_and_ends_one_whose_weeks_are_over() -> None:
    over = replace(an_enrollment("anna", state=EnrollmentState.COMPLETED), id="run-old")
    about = person(course(FIRST), course(replace(FIRST, id="o"), enrollment=over))
    decision = offered.stop(given(), about, held(Intent.STOP), press("intent.stop", "r"))
    states = {each.id: (each.state, each.stands_still) for each in runs(decision)}
    assert states == {"run-anna": (EnrollmentState.PAUSED, True), "run-old": (EnrollmentState.LEFT, False)}
    again = offered.stop(
        given(), person(course(FIRST, enrollment=STILL)), held(Intent.STOP, **DONE), press("intent.stop", "r")
    )
    assert (list(again.records), again.again) == ([], ("r",))


@pytest.mark.parametrize("reply", [held(Intent.STOP), DONE_AT_ONCE], ids=["held", "done at once"])
def test_a_stop_is_undone(reply: Reply) -> None:
    about = person(course(FIRST, enrollment=STILL))
    decision = offered.undo(given(), about, reply, press("intent.undo", "r"))
    assert [each.state for each in runs(decision)] == [EnrollmentState.ACTIVE]
    assert reply_in(decision).text is None if reply.text else True
    note = reply_in(offered.undo(given(), about, LAPSED, press("intent.undo", "r")))
    assert (note.text, note.intent) == ("my own", None)  # a note stays one
    again = offered.undo(given(), person(course(FIRST)), held(Intent.STOP, **DONE), press("intent.undo", "r"))
    assert (list(again.records), again.again) == ([], ("r",))


def test_where_no_words_are_kept_a_stop_is_said_in_its_place_and_undone_there() -> None:
    about = person(course(FIRST))
    stops = offered.stop(given(), about, None, press("intent.stop", ""))
    assert stops.says is not None
    assert (stops.says.fallback, stops.replaces) == (told("asked-stop-done"), True)
    assert buttons(stops.says) == ["intent.undo", "intent.leave"]
    back = offered.undo(given(), person(course(FIRST, enrollment=STILL)), None, press("intent.undo", ""))
    assert back.says is not None
    assert back.says.fallback == told("request-stop")
    assert offered.stop(given(), person(), None, press("intent.stop", "")).says is None
    assert offered.undo(given(), person(), None, press("intent.undo", "")).says is None


def test_a_stop_that_is_undone_brings_back_the_pause_that_stood_before() -> None:
    until = TUESDAY.date() + timedelta(days=20)
    before = course(FIRST, enrollment=replace(PAUSED, paused_until=until))
    (stopped,) = (each for each in stands_still(given(), [before]) if isinstance(each, Enrollment))
    assert (stopped.paused_until, stopped.paused_before) == (None, until)
    again = stands_still(given(), [replace(before, enrollment=stopped)])
    assert again == []  # said once more, it stands still already
    (back,) = (e for e in unstopped(given(), [replace(before, enrollment=stopped)]) if isinstance(e, Enrollment))
    assert (back.state, back.paused_until, back.paused_before) == (EnrollmentState.PAUSED, until, None)
    late = given(TUESDAY + timedelta(days=30))
    (going,) = (e for e in unstopped(late, [replace(before, enrollment=stopped)]) if isinstance(e, Enrollment))
    assert (going.state, going.paused_before) == (EnrollmentState.ACTIVE, None)  # it would be over


def test_one_answer_to_a_stop_answers_all_of_them() -> None:
    undone = offered.undo(given(), person(course(FIRST)), held(Intent.STOP), press("intent.undo", "r"))
    before = replace(held(Intent.STOP), id="before")
    records = saved(holding.settling(undone, [held(Intent.STOP), before]))
    assert (records["before"].kind, records["before"].intent) == (ReplyKind.TYPED, None)
    assert records["r"].kind is ReplyKind.REQUEST
    assert holding.settling(undone, []) is undone


def test_leaving_for_good_is_the_commands_leaving() -> None:
    decision = offered.leaves(given(), person(course(FIRST, enrollment=STILL)), held(Intent.STOP), press("x", "r"))
    assert [each.state for each in runs(decision)] == [EnrollmentState.LEFT]
    assert reply_in(decision).kind is ReplyKind.REQUEST


@pytest.mark.parametrize(
    ("root", "kind", "question"),
    [(FIRST, ReplyKind.TYPED, None), (replace(DEBRIEF, id="n", question=1), ReplyKind.DEBRIEF, 2)],
)
def test_no_keeps_it_as_the_answer_it_would_have_been(root: Any, kind: ReplyKind, question: int | None) -> None:
    decision = holding.kept(given(), on_hold(heard(root), held()))
    kept = reply_in(decision)
    assert (kept.kind, kept.question, kept.scope, kept.text) == (kind, question, Scope.COACH, "my own")
    assert (kept.id, kept.version, kept.intent, kept.among, kept.held_until) == ("r", 1, None, None, None)
    assert "Screen" not in {type(each).__name__ for each in decision.records}  # the receipt takes the question's place


def test_kept_in_a_run_that_was_left_it_is_a_note() -> None:
    gone = an_enrollment("anna", state=EnrollmentState.LEFT)
    decision = holding.kept(given(), on_hold(heard(FIRST, runs=[(gone, a_cohort(journey="twelve-weeks"))]), held()))
    assert (reply_in(decision).kind, reply_in(decision).scope) == (ReplyKind.TYPED, Scope.PRIVATE)


# --- done, and not done, on the day of a plan -------------------------------------------------------------------

PLAN = a_commitment("plan", nudge="n", item=ITEM, due_on=TUESDAY.date())
TODAY = sent("t", Kind.DAY_OF, subject="plan", sent_at=TUESDAY + timedelta(minutes=5), due_at=TUESDAY)
OPEN = {"promises": {"plan": PLAN}}


@pytest.mark.parametrize(
    ("text", "known", "intent"),
    [
        ("gelukt", heard(FIRST, TODAY, **OPEN), Intent.DONE),
        ("niet gelukt", heard(FIRST, TODAY, **OPEN), Intent.NOT_DONE),
        ("gelukt", heard(FIRST, TODAY, **OPEN, answers="t"), Intent.DONE),
        ("gelukt", heard(FIRST, TODAY, **OPEN, answers="n"), None),  # said under another message
        ("gelukt", heard(FIRST, TODAY), None),  # a plan that is gone
        ("gelukt", heard(FIRST, replace(TODAY, answer=Answer.DONE), **OPEN), None),
        ("gelukt", heard(FIRST, replace(TODAY, local_date=MONDAY), **OPEN), None),  # of another day
        ("gelukt", heard(FIRST, TODAY, sent("d", Kind.DEBRIEF, sent_at=TUESDAY + HOUR), **OPEN), None),  # a newer one
        ("Gelukt, en de klant moest lachen", heard(FIRST, TODAY, **OPEN), None),
    ],
)
def test_on_the_day_of_a_plan_done_and_not_done_are_asked_back(text: str, known: Heard, intent: Intent | None) -> None:
    reply = reply_in(taken(typed(text), known))
    assert reply.intent is intent
    assert reply.nudge == ("t" if intent else reply.nudge)


def test_at_home_the_days_own_button_is_offered() -> None:
    plan = replace(PLAN, nudge="h", item=AT_HOME)
    day = replace(TODAY, item=AT_HOME, prompt=f"{AT_HOME}/day-of")
    decision = taken(typed("niet gelukt"), heard(HOME, day, promises={"plan": plan}))
    assert decision.says is not None
    assert buttons(decision.says) == ["day.drop", "unkept.keep", "unkept.no"]


@pytest.mark.parametrize(
    ("name", "state", "answer"),
    [
        ("intent.done", CommitmentState.DONE, Answer.DONE),
        ("intent.drop", CommitmentState.DROPPED, Answer.SKIPPED),
    ],
)
def test_one_press_counts_it_and_nothing_is_posted(name: str, state: CommitmentState, answer: Answer) -> None:
    about = situation(TODAY, FIRST, promises=[PLAN])
    decision = offered.counted(given(), about, held(Intent.DONE), press(name, "r"))
    records = saved(decision)
    assert (records["plan"].state, records["t"].answer) == (state, answer)
    assert (records["r"].kind, records["r"].text) == (ReplyKind.REQUEST, None)
    assert not [each for each in decision.records if getattr(each, "shared_at", None)]
    settled = situation(replace(TODAY, answer=Answer.DONE), FIRST, promises=[PLAN])
    assert set(saved(offered.counted(given(), settled, held(Intent.DONE), press(name, "r")))) == {"r"}


# --- the menu of a receipt --------------------------------------------------------------------------------------


def words(reply: Reply, root: Any = FIRST, **changes: Any) -> OwnWords[Reply]:
    """Return anna's own reply as it is acted on."""
    around = situation(root)
    own: OwnWords[Reply] = OwnWords(
        member=around.member,
        enrollment=around.enrollment,
        cohort=around.cohort,
        journey=around.journey,
        nudge=root,
        words=reply,
        agenda=[root],
        next_post=None,
        is_confirmed=True,
    )
    return replace(own, **changes)


@pytest.mark.parametrize(
    ("reply", "names"),
    [
        (a_reply("r"), ["intent.pause", "intent.stop", "intent.coach", "intent.unfile"]),
        (a_reply("r", answers="word"), ["intent.pause", "intent.stop", "intent.coach"]),  # the coach's, and read
    ],
)
def test_every_receipt_shows_the_way_out(reply: Reply, names: list[str]) -> None:
    assert menu(card(given(), shown(FIRST), reply, NOWHERE)) == names


@pytest.mark.parametrize(
    ("reply", "root", "unasked"),
    [
        (a_reply("r", kind=ReplyKind.TYPED), FIRST, {}),
        (a_reply("r", kind=ReplyKind.DEBRIEF, question=2), replace(DEBRIEF, question=2), {"question": 1}),
        (a_reply("r", kind=ReplyKind.DEBRIEF, question=1), replace(DEBRIEF, question=2), {}),  # a newer one stands
        (
            a_reply("r", kind=ReplyKind.KEEP),
            sent("k", Kind.KEEP, answer=Answer.DONE, answered_at=TUESDAY),
            {"answer": None, "answered_at": None},
        ),
    ],
)
def test_what_is_no_answer_is_a_private_note_and_its_question_is_asked_again(
    reply: Reply, root: Any, unasked: Mapping[str, Any]
) -> None:
    shared = replace(reply, shared_at=TUESDAY)
    decision = offered.unfiled(given(), words(shared, root), press("intent.unfile", "r"))
    note = reply_in(decision)
    assert (note.kind, note.scope, note.question, note.item, note.shared_at) == (
        ReplyKind.TYPED,
        Scope.PRIVATE,
        None,
        None,
        None,
    )
    assert [each for each in decision.records if each.id == root.id] == ([replace(root, **unasked)] if unasked else [])
    again = offered.unfiled(given(), words(note, root), press("intent.unfile", "r"))
    assert list(again.records) == []


@pytest.mark.parametrize(
    "about",
    [
        words(a_reply("r", answers="word")),
        words(held()),
        words(a_reply("r"), enrollment=an_enrollment("anna", state=EnrollmentState.LEFT)),
    ],
)
def test_what_answers_a_coach_is_held_or_of_a_run_that_was_left_stays_as_it_is(about: OwnWords[Reply]) -> None:
    decision = offered.unfiled(given(), about, press("intent.unfile", "r"))
    assert (list(decision.records), decision.refuses) == ([], "press-stale")


# --- nobody answers ---------------------------------------------------------------------------------------------


GOING = an_enrollment("anna")


@pytest.mark.parametrize(
    ("reply", "run", "after"),
    [
        (held(Intent.PAUSE), GOING, (ReplyKind.TYPED, "my own", None)),
        (held(Intent.STOP), GOING, (ReplyKind.TYPED, "my own", Intent.STOP)),  # and nothing comes: see below
        (held(Intent.STOP), OVER, (ReplyKind.TYPED, "my own", Intent.STOP)),  # and nothing comes after it: see below
        (DONE_AT_ONCE, STILL, (ReplyKind.REQUEST, None, Intent.STOP)),
        (held(text=None, deleted_at=LATE), GOING, (ReplyKind.HELD, None, Intent.PAUSE)),  # taken back meanwhile
    ],
)
def test_unanswered_it_becomes_a_private_note(reply: Reply, run: Enrollment, after: tuple[Any, ...]) -> None:
    note, *others = over(given(), person(course(FIRST, enrollment=run)), reply)
    assert isinstance(note, Reply)
    assert (note.kind, note.text, note.intent) == after
    assert (note.scope, note.held_until, note.shared_at) == (Scope.PRIVATE, None, None)
    stands = [each.stands_still for each in others if isinstance(each, Enrollment)]
    assert stands == [True] * (reply.intent is Intent.STOP and run is GOING)


def test_where_the_weeks_are_over_an_unanswered_stop_ends_what_was_still_to_come() -> None:
    booster = planned("b", Kind.BOOSTER)
    note, *others = over(given(), person(course(FIRST, booster, enrollment=OVER)), held(Intent.STOP))
    assert isinstance(note, Reply)
    assert (note.held_until, note.among) == (None, None)  # nothing holds, and nothing is asked any more
    assert [(each.id, each.state, each.reason) for each in others if isinstance(each, Nudge)] == [
        ("b", NudgeState.CANCELLED, "stop")
    ]


def test_an_unanswered_stop_is_one_in_every_run() -> None:
    newer = replace(GOING, id="run-new")
    note, *others = over(given(), person(course(enrollment=newer), course(FIRST, enrollment=OVER)), held(Intent.STOP))
    assert isinstance(note, Reply)
    assert [(each.id, each.stands_still) for each in others if isinstance(each, Enrollment)] == [("run-new", True)]


def test_of_somebody_who_is_gone_it_is_a_note() -> None:
    (note,) = over(given(), person(), held(Intent.STOP))
    assert isinstance(note, Reply)
    assert note.intent is None
