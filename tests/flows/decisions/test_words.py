"""What becomes of one's own words, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Quote
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.words import W, Words
from bot.flows.context.decision import Decision
from bot.flows.experiments import commitment, commitment_words
from bot.flows.handling.words import OwnWords
from bot.flows.replies import edit, share
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, form, given, press, saved, sent, situation, wrong
from tests.store.scene import a_commitment, a_reply, an_enrollment

POST = sent("post", Kind.TEAM_REFLECTION, member=None, enrollment=None)
LEFT = an_enrollment("anna", state=EnrollmentState.LEFT)
EARLIER = TUESDAY - timedelta(days=1)


def own(words: W, *others: Any, **changes: Any) -> OwnWords[W]:
    """Return anna's words under her first experiment."""
    about = situation(sent("n"), *others)
    made = OwnWords(
        member=about.member,
        enrollment=about.enrollment,
        cohort=about.cohort,
        journey=about.journey,
        nudge=about.nudge,
        words=words,
        agenda=about.agenda,
        next_post=POST,
        is_confirmed=True,
    )
    return replace(made, **changes)


def a_text(**changes: Any) -> Reply:
    """Return what anna said."""
    return a_reply("r", **{"nudge": "n", "item": ITEM, "text": "a", **changes})


def a_plan(**changes: Any) -> Commitment:
    """Return what anna planned."""
    return a_commitment("p", **{"nudge": "n", "item": ITEM, "first": "a", "second": "b", **changes})


# --- in the channel ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [a_text(), a_plan()])
@pytest.mark.parametrize(
    ("changes", "around", "edition", "refuses"),
    [
        ({}, {}, 0, ""),
        ({"kept_out_at": EARLIER}, {}, 0, ""),
        ({}, {"enrollment": LEFT}, 0, "share-left"),
        ({"cohort": "old"}, {}, 0, "share-moved"),  # written in the team they came from
        ({"edition": 1}, {}, 0, "share-changed"),
        ({"scope": Scope.PRIVATE}, {}, 0, "share-private"),
        ({}, {"next_post": None}, 0, "channel-no-post"),
    ],
)
def test_a_press_shares_the_version_it_saw(
    words: Words, changes: dict[str, Any], around: dict[str, Any], edition: int, refuses: str
) -> None:
    about = own(replace(words, **changes), **around)
    decision = share.share(given(), about, press("words.share", f"{words.id}:{edition}"))
    if refuses:
        assert not decision.records
        assert (decision.refuses, decision.again) == (refuses, (words.id,))
    else:
        fresh = saved(decision)[words.id]
        assert (fresh.shared_at, fresh.kept_out_at, decision.withdraws) == (TUESDAY, None, False)


def test_what_answers_a_coach_is_not_shared() -> None:
    decision = share.share(given(), own(a_text(answers="said")), press("words.share", "r:0"))
    assert decision.refuses == "share-answer"


def test_shared_already_it_is_only_shown() -> None:
    about = own(a_text(shared_at=EARLIER), next_post=None)
    assert share.share(given(), about, press("words.share", "r:0")) == Decision(again=("r",))


@pytest.mark.parametrize(
    ("changes", "goes"),
    [({}, True), ({"shared_at": EARLIER}, True), ({"kept_out_at": EARLIER}, False)],
)
def test_it_is_taken_out_whatever_version_stands_there(changes: dict[str, Any], goes: bool) -> None:
    decision = share.unshare(given(), own(a_text(**changes, edition=3)), press("words.unshare", "r:1"))
    if goes:
        assert decision.withdraws
        assert (saved(decision)["r"].shared_at, saved(decision)["r"].kept_out_at) == (None, TUESDAY)
    else:
        assert decision == Decision(again=("r",))


@pytest.mark.parametrize(
    ("words", "around", "box"),
    [
        (a_text(), {}, ()),
        (a_text(shared_at=EARLIER), {"next_post": None}, ("yes",)),
        (a_text(), {"next_post": None}, None),
        (a_text(answers="said"), {}, None),
    ],
)
def test_a_form_offers_the_channel_where_there_is_a_post(words: Reply, around: dict[str, Any], box: Any) -> None:
    found = share.share_field(given(), own(words, **around))
    assert (found[0].chosen if found else None) == box


# --- a reply ----------------------------------------------------------------------------------------------------


def amended(about: OwnWords[Reply], subject: str = "r:0:", **values: Any) -> Decision:
    """Send the form of a reply in; what is not said stays."""
    reply = about.words
    stands = {"text": reply.text, "scope": reply.scope, "nudge": reply.nudge}
    return edit.changed(given(), about, form("reply.changed", subject, **{**stands, **values}))


@pytest.mark.parametrize(
    ("before", "values", "changes", "withdraws"),
    [
        ({}, {}, None, False),
        ({}, {"text": "b"}, {"text": "b", "edition": 1, "edited_at": TUESDAY}, True),
        ({}, {"scope": "private"}, {"scope": Scope.PRIVATE}, True),
        ({"scope": Scope.PRIVATE}, {"scope": "coach"}, {"scope": Scope.COACH}, False),
        ({}, {"share": ("yes",)}, {"shared_at": TUESDAY}, False),
        ({}, {"text": "b", "share": ("yes",)}, {"text": "b", "shared_at": TUESDAY}, True),
    ],
)
def test_a_reply_is_changed_as_asked(
    before: dict[str, Any], values: dict[str, Any], changes: dict[str, Any] | None, withdraws: bool
) -> None:
    decision = amended(own(a_text(**before)), **values)
    if changes is None:
        assert decision == Decision()
        return
    fresh = saved(decision)["r"]
    assert {name: getattr(fresh, name) for name in changes} == changes
    assert (decision.withdraws, decision.pages) == (withdraws, True)


@pytest.mark.parametrize(
    ("values", "shared_at"),
    [
        ({"share": ("yes",)}, EARLIER),  # as it was
        ({}, None),  # the tick was taken away
        ({"text": "b", "share": ("yes",)}, None),  # ticked before: no press for other words
        ({"scope": "private", "share": ("yes",)}, None),
    ],
)
def test_a_box_that_was_ticked_is_no_press_for_other_words(values: dict[str, Any], shared_at: Any) -> None:
    about = own(a_text(shared_at=EARLIER))
    decision = amended(about, "r:0:yes", **values)
    assert saved(decision).get("r", about.words).shared_at == shared_at


@pytest.mark.parametrize(
    ("stands", "values", "is_done"),
    [
        ({"text": "b"}, {"text": "b"}, True),  # stored, and cut off before it was shown
        ({"text": "b", "shared_at": EARLIER}, {"text": "b", "share": ("yes",)}, True),
        ({"text": "b"}, {"text": "c"}, False),
        ({"text": "b"}, {"text": "b", "scope": "private"}, False),
        ({"text": "b"}, {"text": "b", "share": ("yes",)}, False),
    ],
)
def test_an_older_form_changes_nothing(stands: dict[str, Any], values: dict[str, Any], is_done: bool) -> None:
    decision = amended(own(a_text(edition=1, **stands)), **values)
    assert decision == Decision() if is_done else wrong(decision, "scope", "form-changed")


def test_shared_by_the_form_and_cut_off_it_stays_shared_since_then() -> None:
    assert amended(own(a_text(shared_at=EARLIER)), share=("yes",)) == Decision()


MESSAGES = [
    sent("d", Kind.DEBRIEF),
    sent("home", item=AT_HOME),
    sent("day", Kind.DAY_OF),
    sent("ahead", Kind.DEBRIEF, sent_at=None),
]


@pytest.mark.parametrize(
    ("to", "moves"), [("d", True), ("home", False), ("day", False), ("ahead", False), ("nobody's", False)]
)
def test_a_reply_moves_to_what_keeps_words(to: str, moves: bool) -> None:
    decision = amended(own(a_text(), *MESSAGES), nudge=to)
    if moves:
        assert (saved(decision)["r"].nudge, decision.also) == ("d", ())
    else:
        assert wrong(decision, "nudge", "form-stale")
    assert wrong(amended(own(a_text(answers="said"), *MESSAGES), nudge=to), "nudge", "form-stale")


@pytest.mark.parametrize(("asked", "unasked"), [(2, True), (3, False)])
def test_the_last_answer_of_a_debrief_moved_away_is_asked_again(asked: int, unasked: bool) -> None:
    debrief = sent("d", Kind.DEBRIEF, question=asked)
    answer = a_text(nudge="d", kind=ReplyKind.DEBRIEF, question=2)
    decision = amended(own(answer, debrief, nudge=debrief), nudge="n")
    fresh = saved(decision)["r"]
    assert (fresh.kind, fresh.question, fresh.nudge) == (ReplyKind.TYPED, None, "n")
    assert ("d" in saved(decision)) == unasked
    assert decision.also == ("d",)
    assert not unasked or saved(decision)["d"].question == 1


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (a_text(), ["text", "scope", "share", "nudge"]),
        (a_text(text="x" * 3001), ["scope", "share", "nudge"]),
        (a_text(answers="said"), ["text", "scope"]),
    ],
)
def test_what_may_be_changed_is_asked_for(words: Reply, fields: list[str]) -> None:
    opens = edit.change(given(), own(words, *MESSAGES), press("reply.change", "r")).opens
    assert opens is not None
    assert [getattr(part, "id", "") for part in opens.parts] == fields
    where = [part.options for part in opens.parts if getattr(part, "id", "") == "nudge"]
    assert [[option.value for option in each] for each in where] == ([["n", "d"]] if "nudge" in fields else [])


def test_who_left_changes_nothing_and_deletes() -> None:
    reply, plan = own(a_text(), enrollment=LEFT), own(a_plan(), enrollment=LEFT)
    assert edit.change(given(), reply, press("reply.change", "r")).refuses == "press-left-words"
    assert commitment_words.change(given(), plan, press("plan.change", "p")).refuses == "press-left-words"
    assert wrong(amended(reply, text="b"), "scope", "press-left-words")
    assert wrong(reworded(plan, first="x"), "first", "press-left-words")
    assert saved(edit.delete(given(), reply, press("reply.delete", "r")))["r"].text is None


@pytest.mark.parametrize(
    ("confirmed", "at_home", "says"),
    [(True, False, False), (False, False, True), (False, True, False)],
)
def test_a_deleted_reply_says_so_where_nothing_else_does(confirmed: bool, at_home: bool, says: bool) -> None:
    pressed = replace(press("reply.delete", "r"), at_home=at_home)
    decision = edit.delete(given(), own(a_text(shared_at=EARLIER), is_confirmed=confirmed), pressed)
    gone = saved(decision)["r"]
    assert (gone.text, gone.deleted_at, gone.shared_at, decision.withdraws) == (None, TUESDAY, None, True)
    assert (decision.says is not None) == says


# --- a plan or a change -----------------------------------------------------------------------------------------


def reworded(about: OwnWords[Commitment], subject: str = "p:0:", **values: Any) -> Decision:
    """Send the form of a plan in; what is not said stays."""
    made = about.words
    stands = {"first": made.first, "second": made.second, "scope": made.scope}
    return commitment_words.changed(given(), about, form("plan.changed", subject, **{**stands, **values}))


@pytest.mark.parametrize(
    ("values", "changes", "withdraws"),
    [
        ({}, None, False),
        ({"first": "x"}, {"first": "x", "second": "b", "edition": 1, "shared_at": None}, True),
        ({"scope": "private"}, {"scope": Scope.PRIVATE, "edition": 0, "shared_at": None}, True),
    ],
)
def test_a_plan_is_changed_as_asked(values: dict[str, Any], changes: dict[str, Any] | None, withdraws: bool) -> None:
    decision = reworded(own(a_plan(shared_at=EARLIER)), "p:0:yes", share=("yes",), **values)
    if changes is None:
        assert decision == Decision()
        return
    fresh = saved(decision)["p"]
    assert {name: getattr(fresh, name) for name in changes} == changes
    assert (decision.withdraws, decision.pages) == (withdraws, True)


def test_half_a_plan_is_none() -> None:
    assert wrong(reworded(own(a_plan()), first=""), "first", "plan-if-missing")
    assert wrong(reworded(own(a_plan()), second=""), "second", "plan-then-missing")


@pytest.mark.parametrize(("values", "is_done"), [({}, True), ({"first": "x"}, False), ({"scope": "private"}, False)])
def test_an_older_form_of_a_plan_changes_nothing(values: dict[str, Any], is_done: bool) -> None:
    decision = reworded(own(a_plan(edition=1)), **values)
    assert decision == Decision() if is_done else wrong(decision, "first", "form-changed")


@pytest.mark.parametrize(
    ("made", "answer", "drops", "asks_again"),
    [
        (a_plan(), Answer.PLANNED, True, True),
        (a_plan(state=CommitmentState.MOVED), Answer.PLANNED, True, True),
        (a_plan(), Answer.DONE, True, False),
        (a_plan(state=CommitmentState.DONE), Answer.PLANNED, False, False),
        (a_plan(kind=CommitmentKind.TRANSFER), Answer.PLANNED, True, False),
    ],
)
def test_what_was_open_is_dropped_with_its_words(
    made: Commitment, answer: Answer, drops: bool, asks_again: bool
) -> None:
    decision = commitment_words.delete(given(), own(made, nudge=sent("n", answer=answer)), press("plan.delete", "p"))
    records = saved(decision)
    gone = records["p"]
    assert (gone.first, gone.second, gone.deleted_at) == ("", "", TUESDAY)
    assert gone.state is (CommitmentState.DROPPED if drops else made.state)
    assert ("n" in records) == asks_again
    assert decision.withdraws
    assert decision.says is not None
    at_home = replace(press("plan.delete", "p"), at_home=True)
    assert commitment_words.delete(given(), own(made), at_home).says is None


@pytest.mark.parametrize(("made", "quotes"), [(a_plan(), True), (a_plan(first="", second=""), False)])
def test_a_plan_is_read_in_a_form(made: Commitment, quotes: bool) -> None:
    opens = commitment.plan_read(given(), own(made), press("plan.read", "p")).opens
    assert opens is not None
    assert opens.submit is None
    assert [isinstance(part, Quote) for part in opens.parts] == [quotes]


# --- after moving to another team -------------------------------------------------------------------------------


def test_what_was_written_in_the_old_team_is_not_changed_and_leaves_its_channel_by_a_press() -> None:
    reply, plan = own(a_text(cohort="old", shared_at=EARLIER)), own(a_plan(cohort="old"))
    assert edit.change(given(), reply, press("reply.change", "r")).refuses == "press-moved-words"
    assert commitment_words.change(given(), plan, press("plan.change", "p")).refuses == "press-moved-words"
    assert wrong(amended(reply, text="b"), "scope", "press-moved-words")
    assert wrong(reworded(plan, first="x"), "first", "press-moved-words")
    assert saved(edit.delete(given(), reply, press("reply.delete", "r")))["r"].text is None
    out = share.unshare(given(), reply, press("words.unshare", "r:0"))
    assert saved(out)["r"].shared_at is None
