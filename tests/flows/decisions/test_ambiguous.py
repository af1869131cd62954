"""Words that are held until their author says where they belong, press by press."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Buttons, SelectField
from bot.coaching.intents import Intent
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.context.held import OnHold
from bot.flows.context.nudge import within
from bot.flows.handling.words import OwnWords
from bot.flows.messages.receipt import choices
from bot.flows.messages.receipt import held as asked
from bot.flows.replies.edit import change
from bot.flows.replies.held import kept, note, put
from tests import content
from tests.flows.decisions.looks import line, notes
from tests.flows.decisions.test_typed import WORD, heard
from tests.flows.decisions.told import ITEM, TUESDAY, given, press, sent, situation
from tests.store.scene import a_reply

NOW = TUESDAY + timedelta(days=2)
DEBRIEF = sent("d", Kind.DEBRIEF, question=1)
REVIEW = sent("v", Kind.REFLECTION, item=None, prompt="reflections/personal")
WROTE = sent("w", Kind.COACH_WORD, item=None, subject="word")
CHECK = sent("c", Kind.CHECK, answer=Answer.NOTICED)
HELD = a_reply("r", kind=ReplyKind.HELD, scope=Scope.PRIVATE, nudge="v", text="we talked", version=1)


def on_hold(*rows: Nudge, **changes: Any) -> OnHold:
    """Return words of anna that may be about these messages."""
    known = heard(*rows, words={"word": WORD}, **changes)
    assert known.member is not None
    run = within(given(), known.member, *known.runs[0])
    reply = replace(HELD, among=",".join(each.id for each in rows))
    return OnHold(reply=reply, heard=known, run=run)


@pytest.mark.parametrize(
    ("row", "kind", "question", "changed"),
    [
        (DEBRIEF, ReplyKind.DEBRIEF, 2, {"question": 2, "asked_at": NOW}),
        (replace(DEBRIEF, question=4), ReplyKind.TYPED, None, {"asked_at": NOW}),  # gone on with meanwhile
        (replace(DEBRIEF, answer=Answer.SKIPPED), ReplyKind.TYPED, None, {"asked_at": NOW}),
        (CHECK, ReplyKind.CHECK, None, {"question": 1, "asked_at": NOW}),
        (sent(), ReplyKind.TYPED, None, {"asked_at": NOW}),
        (REVIEW, ReplyKind.TYPED, None, {"asked_at": NOW}),
    ],
)
def test_words_go_where_their_author_says_and_so_do_the_next(
    row: Nudge, kind: ReplyKind, question: int | None, changed: dict[str, Any]
) -> None:
    decision = put(given(NOW), on_hold(REVIEW, row) if row is not REVIEW else on_hold(row), row.id)
    (reply,) = (each for each in decision.records if isinstance(each, Reply))
    assert (reply.nudge, reply.kind, reply.question, reply.item) == (row.id, kind, question, row.item)
    assert (reply.scope, reply.text, reply.received_at) == (Scope.COACH, "we talked", HELD.received_at)
    assert [each for each in decision.records if isinstance(each, Nudge)] == [replace(row, **changed)]
    assert decision.pages


def test_a_debrief_that_is_through_is_offered_by_its_name_and_by_no_question() -> None:
    through, open_still = (choices(given(), on_hold(replace(DEBRIEF, question=place), REVIEW))[0] for place in (4, 3))
    assert through.label == choices(given(), on_hold(sent("d"), REVIEW))[0].label
    assert open_still.label != through.label


def test_an_answer_to_the_coach_is_that_coachs_alone_who_hears_of_it() -> None:
    decision = put(given(NOW), on_hold(sent(), WROTE), "w")
    (reply,) = (each for each in decision.records if isinstance(each, Reply))
    assert (reply.answers, reply.scope, reply.nudge, reply.item) == ("word", Scope.COACH, "n", ITEM)
    kinds = {each.id: each.kind for each in decision.records if isinstance(each, Nudge)}
    assert sorted(kinds.values()) == [Kind.COACH_HEARD, Kind.COACH_WORD]
    (word,) = (each for each in decision.records if isinstance(each, Nudge) and each.id == "w")
    assert (word.question, word.asked_at) == (1, NOW)


def test_they_go_nowhere_that_was_not_offered() -> None:
    held = on_hold(REVIEW)
    elsewhere = replace(held, heard=replace(held.heard, nudges=[REVIEW, DEBRIEF]))
    assert put(given(NOW), elsewhere, "d").refuses == "press-stale"
    assert put(given(NOW), held, "nobody's").refuses == "press-stale"


@pytest.mark.parametrize(
    ("rows", "kind", "among"),
    [
        ([DEBRIEF], ReplyKind.DEBRIEF, None),
        ([REVIEW, DEBRIEF], ReplyKind.HELD, "v,d"),  # it asked for nothing, and may answer either: it is asked which
    ],
)
def test_what_asked_for_nothing_goes_where_it_was_typed(rows: list[Nudge], kind: ReplyKind, among: str | None) -> None:
    held = on_hold(*rows)
    asking = replace(held, reply=replace(held.reply, intent=Intent.PAUSE))
    (reply,) = (each for each in kept(given(NOW), asking).records if isinstance(each, Reply))
    assert (reply.kind, reply.intent, reply.among, reply.text) == (kind, None, among, "we talked")


def test_what_would_have_been_a_note_is_kept_as_one() -> None:
    held = on_hold(REVIEW)
    alone = replace(held, reply=replace(held.reply, among="", intent=Intent.PAUSE))
    (reply,) = kept(given(NOW), alone).records
    assert isinstance(reply, Reply)
    assert (reply.kind, reply.intent, reply.scope) == (ReplyKind.NOTE, None, Scope.COACH)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_note_by_itself_is_for_whom_its_author_chose_to_write(scope: Scope) -> None:
    held = on_hold(REVIEW, DEBRIEF)
    run = replace(held.run, enrollment=replace(held.run.enrollment, scope=scope))
    known = replace(held.heard, runs=[(run.enrollment, run.cohort)])
    (reply,) = note(given(NOW), replace(held, run=run, heard=known)).records
    assert (reply.kind, reply.scope, reply.item) == (ReplyKind.NOTE, scope, None)


def test_each_place_is_offered_once_by_its_name() -> None:
    held = on_hold(WROTE, CHECK, DEBRIEF, sent(), REVIEW)
    message = asked(given(), held.run.at(REVIEW), HELD, choices(given(), held))
    labels = [button.label for part in message.parts if isinstance(part, Buttons) for button in part.buttons]
    assert labels == [
        content.whole("held-coach", name="Carl"),
        content.whole("held-check", about=content.title("people-before-systems/item")),
        content.whole("held-debrief", about=content.title("people-before-systems/item"), number=2),
        content.title("people-before-systems/item"),
        *content.labels("reflection-label", "reply-note-button", "reply-delete-button"),
    ]
    assert notes(message) == [line("card-held", scope="coach")]


def test_the_form_lists_each_place_once_however_often_it_was_asked_about() -> None:
    again = sent("again", occurrence="after-n", sent_at=NOW)
    resumed = sent("resumed", Kind.DEBRIEF, subject="d", sent_at=NOW)
    around = situation(sent(), again, DEBRIEF, resumed)
    about = OwnWords(
        member=around.member,
        enrollment=around.enrollment,
        cohort=around.cohort,
        journey=around.journey,
        nudge=around.nudge,
        agenda=around.agenda,
        words=replace(HELD, nudge="n", kind=ReplyKind.TYPED),
        next_post=None,
        is_confirmed=True,
    )
    form = change(given(NOW), about, press("reply.change", "r")).opens
    assert form is not None
    (where,) = (part for part in form.parts if isinstance(part, SelectField))
    about_it = content.title("people-before-systems/item")
    assert [(option.value, option.label) for option in where.options] == [
        ("n", content.whole("belongs-option", week=1, about=about_it, kind="nudge")),
        ("d", content.whole("belongs-option", week=1, about=about_it, kind="debrief")),
    ]
