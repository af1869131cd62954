"""What becomes of typed words, of edits and of deletions: a table, without a store, a chat or a clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import Buttons, Deleted, Edited, Said
from bot.coaching.intents import Intent
from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import listening_participation
from bot.flows.messages.receipt import card
from bot.flows.replies.answered_nudge import belongs_to
from bot.flows.replies.typed import reworded_as, taken_away, taken_in
from bot.store.port.heard import CoachWord, Heard
from bot.store.port.words import NOWHERE
from tests.flows.decisions.looks import line, notes, shown
from tests.flows.decisions.told import ITEM, TUESDAY, given, planned, sent
from tests.store.scene import MONDAY, T0, a_coach, a_cohort, a_commitment, a_member, a_nudge, a_reply, an_enrollment

HOME = "ask-your-partner"  # keeps no words
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GONE, UNKEPT, CHANGED = "gone:w/D-anna/9", "unkept:w/D-anna/9", "changed:w/D-anna/9"
WORDLESS = "wordless:w/D-anna/9"
RENAMED = "renamed:w/D-anna/9"


def heard(*nudges: Nudge, **changes: Any) -> Heard:
    """Return what is known of anna and her words: one run, and what was sent to her in it."""
    run = an_enrollment("anna", starts_on=MONDAY, joined_at=T0)
    known = Heard(
        member=a_member("anna", direct="D-anna"),
        runs=[(run, a_cohort(journey="twelve-weeks"))],
        nudges=nudges or (sent("n"),),
    )
    return replace(known, **changes)


def typed(text: str = "we talked", **changes: Any) -> Said:
    """Return words that anna typed an hour after the first nudge."""
    said = Said(
        workspace="w",
        person="U-anna",
        event_id="e",
        at=TUESDAY + HOUR,
        conversation="D-anna",
        message="9",
        thread=None,
        text=text,
    )
    return replace(said, **changes)


def edit(text: str = "we talked at last", **changes: Any) -> Edited:
    """Return a change of those words, a minute later."""
    fresh = {"at": TUESDAY + HOUR + timedelta(minutes=1), "said_at": TUESDAY + HOUR}
    event = Edited(workspace="w", person="U-anna", event_id="f", conversation="D-anna", message="9", text=text, **fresh)
    return replace(event, **changes)


def taken(event: Said, known: Heard) -> Decision:
    return taken_in(given(event.at), event, known)


def reply_in(decision: Decision) -> Reply:
    (reply,) = (each for each in decision.records if isinstance(each, Reply))
    return reply


def told(decision: Decision) -> str:
    assert decision.says is not None
    return decision.says.fallback


# --- where words belong -----------------------------------------------------------------------------------------

WORD = CoachWord(
    word=a_reply("word", author="carl", kind=ReplyKind.COACH, nudge="n"), author=a_member("carl"), role=a_coach()
)
NO_COACH = replace(WORD, role=replace(a_coach(), state=CoachState.DECLINED))
FIRST = sent("n")
DEBRIEF = sent("d", Kind.DEBRIEF, sent_at=TUESDAY + DAY, due_at=TUESDAY + DAY)
RESUMED = sent("d2", Kind.DEBRIEF, subject="d", sent_at=TUESDAY + 2 * DAY, due_at=TUESDAY + 2 * DAY)
REMINDER = sent("f", Kind.FOLLOW_UP, sent_at=TUESDAY + DAY, due_at=TUESDAY + DAY)
DAY_OF = sent("t", Kind.DAY_OF, subject="plan", sent_at=TUESDAY + DAY, due_at=TUESDAY + DAY)
WROTE = sent("w", Kind.COACH_WORD, item=None, subject="word", sent_at=TUESDAY + DAY, due_at=TUESDAY + DAY)
LATE = TUESDAY + 3 * DAY


@pytest.mark.parametrize(
    ("known", "event", "nudge"),
    [
        (heard(FIRST), {}, "n"),
        (heard(FIRST, DEBRIEF), {"at": LATE}, "d"),  # the newest
        (heard(FIRST, DEBRIEF), {"at": TUESDAY + HOUR}, "n"),  # of what was there
        (heard(FIRST, DEBRIEF, answers="n"), {"at": LATE}, "n"),  # what they answer goes first
        (heard(FIRST, DEBRIEF, answers="hers"), {"at": LATE}, "d"),  # but for what is somebody else's
        (heard(FIRST, DEBRIEF, RESUMED), {"at": LATE}, "d"),  # a debrief is one
        (heard(FIRST, REMINDER), {"at": LATE}, "n"),  # a reminder is of its nudge
        (heard(FIRST, DAY_OF, promises={"plan": a_commitment("plan", nudge="n")}), {"at": LATE}, "n"),
        (heard(FIRST, DAY_OF), {"at": LATE}, "t"),  # of a plan that is gone
        (heard(FIRST, WROTE, words={"word": WORD}), {"at": LATE}, "n"),
        (heard(FIRST, WROTE), {"at": LATE}, "w"),  # of a word that is gone
        (heard(FIRST, planned("p", Kind.DEBRIEF, due_at=LATE)), {"at": LATE + DAY}, "n"),
        (heard(planned("p", Kind.NUDGE)), {}, "p"),
        (heard(nudges=[]), {}, None),
    ],
)
def test_words_belong_to_what_they_answer_else_to_the_newest_that_was_there(
    known: Heard, event: Mapping[str, Any], nudge: str | None
) -> None:
    said = typed(**event)
    run, _ = listening_participation(given(said.at), known)
    assert run is not None
    meant = belongs_to(given(said.at), said, known, run)
    assert (meant.nudge.id if meant else None) == nudge


@pytest.mark.parametrize(
    ("is_message", "sent_at", "answers"),
    [(True, TUESDAY + DAY, "word"), (False, TUESDAY + DAY, None), (True, TUESDAY + 9 * DAY, None)],
)
def test_in_the_thread_of_a_message_the_coachs_word_is_answered(
    *, is_message: bool, sent_at: datetime, answers: str | None
) -> None:
    """Not by what answers a reply there, and not by what was typed before it came."""
    wrote = replace(WROTE, sent_at=sent_at)
    known = heard(FIRST, DEBRIEF, wrote, words={"word": WORD}, answers="n", answers_message=is_message)
    reply = reply_in(taken(typed(at=LATE), known))
    assert (reply.nudge, reply.answers) == ("n", answers)


@pytest.mark.parametrize(
    ("word", "scope", "answers", "tells"),
    [
        (WORD, Scope.COACH, "word", 1),
        (NO_COACH, Scope.PRIVATE, None, 0),
        (replace(WORD, role=None), Scope.PRIVATE, None, 0),
        (replace(WORD, author=a_member("carl", state=MemberState.DEACTIVATED)), Scope.COACH, "word", 0),
    ],
)
def test_what_answers_a_coach_is_that_coachs_alone_who_hears_of_it(
    word: CoachWord, scope: Scope, answers: str | None, tells: int
) -> None:
    decision = taken(typed(at=LATE), heard(FIRST, WROTE, words={"word": word}))
    reply = reply_in(decision)
    assert (reply.scope, reply.answers, reply.kind) == (scope, answers, ReplyKind.TYPED)
    heard_of = [each for each in decision.records if isinstance(each, Nudge) and each.kind is Kind.COACH_HEARD]
    assert [(each.member, each.subject) for each in heard_of] == [("carl", reply.id)] * tells


@pytest.mark.parametrize(
    ("state", "sent_at", "text", "tells"),
    [
        (NudgeState.PLANNED, None, "earlier", 0),
        (NudgeState.SENT, LATE - timedelta(minutes=59), "earlier", 0),
        (NudgeState.SENT, LATE - timedelta(minutes=61), "earlier", 1),
        (NudgeState.CANCELLED, None, "earlier", 1),
        (NudgeState.PLANNED, None, None, 1),  # what it told of was taken back
    ],
)
def test_a_coach_hears_of_several_answers_of_an_hour_once(
    state: NudgeState, sent_at: datetime | None, text: str | None, tells: int
) -> None:
    before = a_nudge("told", "carl", kind=Kind.COACH_HEARD, enrollment=None, state=state, sent_at=sent_at)
    known = heard(FIRST, WROTE, words={"word": WORD}, told=[(a_reply("r", answers="word", text=text), before)])
    decision = taken(typed(at=LATE), known)
    assert sum(isinstance(each, Nudge) and each.kind is Kind.COACH_HEARD for each in decision.records) == tells


THURSDAY = TUESDAY + 2 * DAY
REVIEW = sent("v", Kind.REFLECTION, item=None, prompt="reflections/personal", sent_at=THURSDAY, due_at=THURSDAY)
NOTICED = sent("c", Kind.CHECK, answer=Answer.NOTICED, asked_at=THURSDAY)  # pressed after the debrief came
UNDONE = sent("u", Kind.UNDONE, sent_at=THURSDAY + DAY, due_at=THURSDAY + DAY)
ENDS = datetime(2026, 1, 19, 23, 0, tzinfo=UTC)  # midnight in Amsterdam, after four working days
OVER = replace(DEBRIEF, answer=Answer.SKIPPED)


@pytest.mark.parametrize(
    ("known", "event", "nudge", "kind"),
    [
        # pressed after something newer came: the customer's sentence is no answer to the debrief
        (heard(NOTICED, DEBRIEF), {"at": LATE}, "c", ReplyKind.CHECK),
        # an older debrief of which a question was passed over
        (heard(replace(FIRST, kind=Kind.DEBRIEF, asked_at=THURSDAY), DEBRIEF), {"at": LATE}, "n", ReplyKind.DEBRIEF),
        # not pressed yet when the words were typed: they are read long after
        (heard(NOTICED, DEBRIEF), {"at": TUESDAY + DAY + HOUR}, "d", ReplyKind.HELD),
        # what asked last was answered: nothing older answers in its place
        (
            heard(DEBRIEF, replace(NOTICED, answer=Answer.UNNOTICED, sent_at=THURSDAY)),
            {"at": LATE},
            "c",
            ReplyKind.HELD,
        ),
        (heard(OVER, replace(NOTICED, answer=Answer.UNNOTICED, sent_at=THURSDAY)), {"at": LATE}, "c", ReplyKind.TYPED),
        # for four working days
        (heard(DEBRIEF), {"at": ENDS + DAY - HOUR}, "d", ReplyKind.DEBRIEF),
        (heard(DEBRIEF), {"at": ENDS + DAY}, "d", ReplyKind.NOTE),
        # the question about what was not done asks of its experiment once more
        (heard(FIRST, REVIEW, UNDONE), {"at": ENDS + DAY}, "n", ReplyKind.TYPED),
        (heard(FIRST), {"at": ENDS - HOUR}, "n", ReplyKind.TYPED),
        (heard(FIRST), {"at": ENDS}, "n", ReplyKind.NOTE),
        # below a message that is over they are a note to it; never an answer to another
        (heard(OVER, NOTICED, answers="d", answers_message=True), {"at": LATE, "thread": "1"}, "d", ReplyKind.TYPED),
        # below what asked nothing, too
        (heard(DEBRIEF), {"at": LATE, "thread": "stray"}, "d", ReplyKind.NOTE),
        (heard(DEBRIEF), {"at": LATE, "quotes": "stray"}, "d", ReplyKind.NOTE),
        # before anything came: a note all the same
        (heard(planned("p", Kind.NUDGE)), {}, "p", ReplyKind.NOTE),
    ],
)
def test_what_was_sent_or_pressed_last_is_what_words_answer(
    known: Heard, event: Mapping[str, Any], nudge: str, kind: ReplyKind
) -> None:
    reply = reply_in(taken(typed(**event), known))
    assert (reply.nudge, reply.kind) == (nudge, kind)


def test_a_note_is_of_its_week_and_for_whom_its_author_chose() -> None:
    reply = reply_in(taken(typed(at=ENDS), heard(FIRST)))
    assert (reply.item, reply.question, reply.scope) == (None, None, Scope.COACH)


WORDS = {"words": {"word": WORD}}


@pytest.mark.parametrize(
    ("known", "at", "among"),
    [
        (heard(FIRST, DEBRIEF), LATE, ""),  # an experiment invites words, and asks no question
        (heard(DEBRIEF, REVIEW), LATE, "v,d"),  # the review came between a question and its answer
        (heard(DEBRIEF, replace(REVIEW, asked_at=LATE)), LATE, ""),  # and was said to be meant
        (heard(replace(DEBRIEF, asked_at=THURSDAY + HOUR), REVIEW), LATE, ""),  # the question was gone on with
        (heard(OVER, REVIEW), LATE, ""),
        (heard(DEBRIEF, replace(REVIEW, sent_at=ENDS + DAY)), ENDS + DAY + HOUR, ""),  # it asked too long ago
        (heard(DEBRIEF, RESUMED), LATE, ""),  # the same debrief
        (heard(DEBRIEF, replace(WROTE, sent_at=THURSDAY), **WORDS), LATE, "w,d"),
        (heard(replace(WROTE, question=1), REVIEW, **WORDS), LATE, ""),  # the coach was answered
        (heard(WROTE, REVIEW, words={"word": NO_COACH}), LATE, ""),
        (heard(NOTICED, replace(REVIEW, sent_at=LATE)), LATE + HOUR, "v,c"),
        (heard(replace(NOTICED, question=1), replace(REVIEW, sent_at=LATE)), LATE + HOUR, ""),
        # one may be there, or not, and nobody can tell
        (heard(FIRST, replace(DEBRIEF, state=NudgeState.UNCERTAIN, sent_at=None), unsure={"d"}), LATE, "d,n"),
        (heard(replace(DEBRIEF, state=NudgeState.UNCERTAIN, sent_at=None), unsure={"d"}), LATE, "d"),
        (heard(FIRST, replace(DEBRIEF, state=NudgeState.UNCERTAIN, sent_at=None)), LATE, ""),  # looked for: it is not
    ],
)
def test_where_two_things_may_be_meant_the_person_is_asked_before_anything_is_filed(
    known: Heard, at: datetime, among: str
) -> None:
    decision = taken(typed(at=at), known)
    reply = reply_in(decision)
    assert (reply.among or "") == among
    assert (reply.kind is ReplyKind.HELD) == bool(among)
    if among:
        assert (reply.scope, reply.question, reply.item, reply.answers) == (Scope.PRIVATE, None, None, None)
        assert not any(isinstance(each, Nudge) for each in decision.records)


@pytest.mark.parametrize(
    ("looks_back", "first", "seconds", "nudge", "among"),
    [
        # where a message's own id tells when it came, words of a moment before are not about it
        (True, FIRST, -1, "n", ""),
        (True, FIRST, 1, "v", ""),
        # elsewhere it may have stood there before it was noted: nobody can tell
        (False, FIRST, -1, "v", "v,n"),
        (False, FIRST, -61, "n", ""),
        (False, FIRST, 1, "v", ""),
        (False, replace(FIRST, answer=Answer.LATER), -1, "v", ""),
    ],
)
def test_words_typed_as_a_message_comes(
    *, looks_back: bool, first: Nudge, seconds: int, nudge: str, among: str
) -> None:
    at = THURSDAY + timedelta(seconds=seconds)
    there = replace(given(at), looks_back=lambda _workspace: looks_back)
    decision = taken_in(there, typed(at=at), heard(first, REVIEW))
    assert (reply_in(decision).nudge, reply_in(decision).among or "") == (nudge, among)


@pytest.mark.parametrize(("before", "detail"), [(0, ""), (2, ""), (3, "short")])
def test_after_three_confirmations_they_are_short(before: int, detail: str) -> None:
    (screen,) = (each for each in taken(typed(), heard(said_before=before)).records if isinstance(each, Screen))
    assert screen.detail == detail


# --- as what they are kept --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "kind", "question", "answered"),
    [
        (FIRST, ReplyKind.TYPED, None, None),
        (DEBRIEF, ReplyKind.DEBRIEF, 1, replace(DEBRIEF, question=1, asked_at=LATE)),
        (replace(DEBRIEF, question=3), ReplyKind.DEBRIEF, 4, replace(DEBRIEF, question=4, asked_at=LATE)),
        (replace(DEBRIEF, question=4), ReplyKind.TYPED, None, None),
        (replace(DEBRIEF, answer=Answer.SKIPPED), ReplyKind.TYPED, None, None),
        (sent("k", Kind.KEEP), ReplyKind.KEEP, None, sent("k", Kind.KEEP, answer=Answer.DONE, answered_at=LATE)),
        (sent("k", Kind.KEEP, answer=Answer.SKIPPED), ReplyKind.TYPED, None, None),
        (sent("k", Kind.KEEP, answer=Answer.DONE), ReplyKind.TYPED, None, None),  # one habit
        (sent("c", Kind.CHECK), ReplyKind.CHECK, None, sent("c", Kind.CHECK, question=1)),
        (sent("c", Kind.CHECK, question=1), ReplyKind.CHECK, None, None),
        (sent("c", Kind.CHECK, answer=Answer.UNNOTICED), ReplyKind.TYPED, None, None),
    ],
)
def test_words_answer_what_the_message_asks(
    row: Nudge, kind: ReplyKind, question: int | None, answered: Nudge | None
) -> None:
    decision = taken(typed(at=LATE), heard(row))
    reply = reply_in(decision)
    assert (reply.kind, reply.question, reply.item) == (kind, question, ITEM)
    assert [each for each in decision.records if isinstance(each, Nudge)] == ([answered] if answered else [])
    assert (reply.text, reply.scope, reply.source) == ("we talked", Scope.COACH, "D-anna/9")
    assert decision.unless == GONE
    assert decision.says is None


@pytest.mark.parametrize("scope", list(Scope))
def test_a_reply_is_for_whom_its_author_chose(scope: Scope) -> None:
    run = an_enrollment("anna", scope=scope)
    assert reply_in(taken(typed(), heard(runs=[(run, a_cohort(journey="twelve-weeks"))]))).scope is scope


# --- what is not kept -------------------------------------------------------------------------------------------


def closed(state: EnrollmentState, days: int = 0, **team: Any) -> list[Any]:
    run = an_enrollment("anna", state=state, ended_at=TUESDAY - days * DAY)
    return [(run, a_cohort(journey="twelve-weeks", **team))]


AT_HOME = sent("h", item=HOME, prompt=f"{HOME}/nudge")
NEXT = planned("x", Kind.NUDGE, due_at=TUESDAY + 7 * DAY)


@pytest.mark.parametrize(
    ("known", "event", "key"),
    [
        (Heard(member=None), {}, "said-stranger"),
        (heard(runs=[], nudges=[]), {}, "said-stranger"),
        (heard(runs=closed(EnrollmentState.LEFT)), {}, "said-left"),
        (heard(runs=closed(EnrollmentState.COMPLETED, 91)), {}, "said-closed"),
        (heard(runs=closed(EnrollmentState.COMPLETED, 31, words_days=30)), {}, "said-closed"),  # a team that keeps less
        (heard(nudges=[]), {}, "said-nothing-open"),
        (heard(), {"text": " \n"}, "said-empty"),
        (heard(), {"text": "", "files": 1}, "said-files"),
        (heard(), {"text": "", "forwards": 1}, "said-forward"),
        (heard(), {"text": "status"}, "said-command"),
        (heard(), {"text": "doe mee"}, "said-command"),
        (heard(AT_HOME, NEXT), {}, "said-forgotten"),
        (heard(replace(AT_HOME, answer=Answer.DONE), NEXT), {}, "said-forgotten-done"),
    ],
)
def test_what_is_not_kept_is_answered_and_noted(known: Heard, event: Mapping[str, Any], key: str) -> None:
    said = typed(**event)
    decision = taken(said, known)
    assert told(decision) == given().words.say(key, Language.EN)
    noted = UNKEPT if said.text.strip() else WORDLESS
    assert (list(decision.records), decision.answered_as, decision.scrubs) == ([], noted, True)


@pytest.mark.parametrize(
    ("beside", "said_before", "detail"),
    [({"files": 2}, 0, "files"), ({"forwards": 1, "files": 1}, 0, "forward"), ({"files": 1}, 3, "short,files")],
)
def test_of_what_came_with_words_their_receipt_says_that_it_is_not_kept(
    beside: Mapping[str, Any], said_before: int, detail: str
) -> None:
    decision = taken(typed(**beside), heard(said_before=said_before))
    (screen,) = (each for each in decision.records if isinstance(each, Screen))
    assert (reply_in(decision).text, screen.detail, decision.says) == ("we talked", detail, None)
    for kind in (ReplyKind.TYPED, ReplyKind.HELD):
        reply = replace(reply_in(decision), kind=kind, intent=Intent.PAUSE if kind is ReplyKind.HELD else None)
        looks = card(given(), shown(FIRST), reply, NOWHERE, detail=detail.split(","))
        assert line(f"card-beside-{detail.rpartition(',')[2]}") in notes(looks)


@pytest.mark.parametrize("text", ["pause for a week please", "I paused", "done already then"])
def test_a_sentence_with_a_command_in_it_is_a_reply(text: str) -> None:
    assert reply_in(taken(typed(text), heard())).text == text


@pytest.mark.parametrize(
    ("looks_back", "length", "carries"),
    [(True, 20_000, [None, None]), (False, 9_000, ["x" * 9_000, None]), (False, 9_001, [])],
)
def test_words_about_home_are_offered_to_be_kept(*, looks_back: bool, length: int, carries: list[str | None]) -> None:
    decision = taken_in(
        replace(given(), looks_back=lambda _workspace: looks_back), typed("x" * length), heard(AT_HOME, NEXT)
    )
    assert decision.says is not None
    offered = [button for part in decision.says.parts if isinstance(part, Buttons) for button in part.buttons]
    assert [button.carries or None for button in offered] == carries
    assert decision.says.fallback.count("x" * 100) == 0


def test_an_older_runs_home_message_that_is_answered_keeps_nothing() -> None:
    older = an_enrollment("anna", id="older", cohort="c0", joined_at=T0 - DAY, state=EnrollmentState.COMPLETED)
    known = heard()
    runs = [*known.runs, (older, a_cohort("c0", journey="twelve-weeks"))]
    at_home = replace(AT_HOME, enrollment="older", cohort="c0", sent_at=TUESDAY - DAY)
    left = [known.runs[0], (replace(older, state=EnrollmentState.LEFT), runs[1][1])]
    decision = taken(typed(), replace(known, runs=left, nudges=(at_home, FIRST), answers="h", answers_message=True))
    assert told(decision) == given().words.say("said-forgotten-here", Language.EN)


@pytest.mark.parametrize(
    "known",
    [
        heard(reply=a_reply("r")),
        heard(reply=a_reply("r", text=None, deleted_at=T0)),
        heard(noted={GONE}),
        heard(noted={RENAMED}),
    ],
)
def test_words_that_came_before_or_were_taken_back_change_nothing(known: Heard) -> None:
    assert taken(typed(), known) == Decision()


NEWS = {second: f"ahead:w/D-anna/2026-01-13T10:00:{second:09.6f}+00:00" for second in (1.0, 1.1, 1.4)}


@pytest.mark.parametrize(
    ("noted", "waits"),
    [
        (set(), None),
        ({NEWS[1.0]}, NEWS[1.0]),
        ({NEWS[1.0], NEWS[1.1], NEWS[1.4]}, NEWS[1.1]),  # the nearest
        ({NEWS[1.0], NEWS[1.1], f"{NEWS[1.1]} came"}, NEWS[1.0]),  # news of one message is of no other
        ({NEWS[1.1], f"{NEWS[1.1]} came"}, None),
    ],
)
def test_words_under_another_id_are_those_of_which_there_was_news(noted: set[str], waits: str | None) -> None:
    late = typed(said_at=TUESDAY + HOUR + timedelta(seconds=1.15))
    decision = taken(late, heard(ahead=noted))
    if waits is None:
        assert reply_in(decision).text == "we talked"
    else:
        assert decision == Decision(notes=[RENAMED, f"{waits} came"])
    assert (
        reply_in(taken(typed(), heard(ahead=noted))).text == "we talked"
    )  # its own id: news of it would have found it


def test_who_types_is_there_again() -> None:
    away = heard(member=a_member("anna", direct="D-anna", state=MemberState.DEACTIVATED))
    there = replace(away.member, state=MemberState.ACTIVE) if away.member else None
    assert there in taken(typed(), away).records
    assert list(taken(typed("status"), away).records) == [there]


# --- edits and deletions ----------------------------------------------------------------------------------------

KEPT = a_reply("r", nudge="n", source="D-anna/9", text="we talked", version=1)


def changed(event: Edited, known: Heard) -> Decision:
    return reworded_as(given(event.at), event, known)


def test_an_edit_is_followed() -> None:
    decision = changed(edit(), heard(reply=KEPT))
    assert reply_in(decision).text == "we talked at last"
    assert (decision.withdraws, decision.says) == (True, None)


@pytest.mark.parametrize(
    ("event", "known", "scrubs"),
    [
        (edit("we talked"), heard(reply=KEPT), False),  # nothing new
        (edit(), heard(reply=replace(KEPT, edited_at=TUESDAY + DAY)), False),  # an earlier one, held up
        (edit(), heard(reply=replace(KEPT, text=None, deleted_at=TUESDAY)), True),  # deleted stays deleted
        (edit(), heard(reply=replace(KEPT, author="bram")), False),
        (edit(), replace(heard(reply=KEPT), member=None), False),
        (edit(said_at=TUESDAY), heard(), True),  # too old to be news of words that are on their way
        (edit(" "), heard(), True),
    ],
)
def test_an_edit_that_changes_nothing(event: Edited, known: Heard, *, scrubs: bool) -> None:
    assert changed(event, known) == Decision(scrubs=scrubs)


def test_an_edit_to_nothing_is_a_deletion() -> None:
    decision = changed(edit(" "), heard(reply=KEPT))
    assert (reply_in(decision).text, reply_in(decision).deleted_at is not None) == (None, True)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (heard(AT_HOME, NEXT), "edited-forgotten"),
        (heard(runs=closed(EnrollmentState.LEFT)), "said-left-edit"),
        (heard(runs=closed(EnrollmentState.COMPLETED, 91)), "said-closed-edit"),
    ],
)
def test_an_edit_about_home_or_after_the_end_takes_away_what_stood_there(known: Heard, key: str) -> None:
    decision = changed(edit(), replace(known, reply=KEPT))
    assert told(decision) == given().words.say(key, Language.EN)
    assert (reply_in(decision).text, decision.withdraws, decision.answered_as) == (None, True, UNKEPT)
    # cut off before the answer it is answered, and no word is written twice
    again = replace(known, reply=replace(KEPT, text=None))
    assert told(changed(edit(attempt=2), again)) == told(decision)
    assert not changed(edit(attempt=2), again).records
    assert changed(edit(attempt=2), replace(again, noted={UNKEPT})).says is None
    assert changed(edit(), again).says is None


@pytest.mark.parametrize(
    ("edited_at", "is_newer"),
    [(TUESDAY + HOUR, True), (edit().at, False), (TUESDAY + DAY, False)],  # the edit itself, and one held up
)
def test_an_edit_of_an_edit_that_was_not_kept_is_noted_without_its_words(
    edited_at: datetime, *, is_newer: bool
) -> None:
    blank = replace(KEPT, text=None, edited_at=edited_at)
    noted = [replace(blank, edited_at=edit().at)] if is_newer else []
    assert changed(edit(), heard(reply=blank, noted={UNKEPT})) == Decision(records=noted or (), scrubs=True)


def test_an_edit_that_comes_first_is_kept_as_the_words() -> None:
    decision = changed(edit(named_at=TUESDAY + HOUR), heard())
    reply = reply_in(decision)
    assert (reply.text, reply.edited_at) == ("we talked at last", edit().at)
    assert list(decision.notes) == ["ahead:w/D-anna/2026-01-13T10:00:00.000000+00:00"]


def test_an_edit_that_gives_words_to_a_message_without_is_taken_as_the_words() -> None:
    late = edit(at=TUESDAY + 5 * HOUR)
    reply = reply_in(changed(late, heard(noted={WORDLESS})))
    assert (reply.text, reply.edited_at, reply.received_at) == ("we talked at last", None, late.at)
    assert changed(replace(late, text=" "), heard(noted={WORDLESS})) == Decision(scrubs=True)
    assert changed(late, heard(AT_HOME, NEXT, noted={WORDLESS})).records == []


@pytest.mark.parametrize("noted", [UNKEPT, "command-1"])
def test_an_edit_of_what_was_answered_makes_no_reply_of_it(noted: str) -> None:
    decision = changed(edit(asked_as="command-1"), heard(noted={noted}))
    assert decision == Decision(notes=[CHANGED], scrubs=True)


def test_news_under_another_id_is_of_the_nearest_words_of_that_moment() -> None:
    named = TUESDAY + HOUR
    near = [
        replace(KEPT, id="far", said_at=named + timedelta(seconds=0.9)),
        replace(KEPT, id="near", said_at=named - timedelta(seconds=0.2)),
        replace(KEPT, id="unnamed", said_at=None),
    ]
    assert reply_in(changed(edit(named_at=named), heard(near=near))).id == "near"
    assert changed(edit(named_at=named), heard(near=near, noted={UNKEPT})).records == ()


def taken_back(known: Heard, **changes: Any) -> Decision:
    event = Deleted(workspace="w", person="U-anna", event_id="g", at=LATE, conversation="D-anna", message="9")
    return taken_away(given(LATE), replace(event, **changes), known)


def test_what_is_taken_back_leaves_a_tombstone() -> None:
    decision = taken_back(heard(reply=KEPT))
    assert (reply_in(decision).text, reply_in(decision).deleted_at, decision.withdraws) == (None, LATE, True)
    assert reply_in(taken_back(heard(reply=KEPT), person="")).text is None  # nobody says who it was


@pytest.mark.parametrize(
    ("known", "scrubs"),
    [
        (heard(), True),
        (heard(reply=replace(KEPT, text=None, deleted_at=T0)), True),
        (heard(reply=replace(KEPT, author="bram")), False),
    ],
)
def test_a_deletion_that_changes_nothing(known: Heard, *, scrubs: bool) -> None:
    assert taken_back(known) == Decision(scrubs=scrubs)
