"""Answering the experiment, decision by decision."""

import pytest

from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.flows.experiments import answers
from bot.flows.handling.nudge import OfPress
from bot.flows.messages.experiment import item_of
from tests.flows.decisions.told import ITEM, TUESDAY, given, is_outdated, planned, press, saved, sent, situation
from tests.store.scene import a_commitment

ANSWERS = (None, *Answer)
STILL_OPEN = {None, Answer.PLANNED, Answer.NOT_FOR_ME}
DECISIONS: list[tuple[str, OfPress, Kind, set[Answer | None], Answer]] = [
    # button, decision, kind, answers with which it still counts, the answer it gives
    ("nudge.done", answers.done, Kind.NUDGE, STILL_OPEN, Answer.DONE),
    ("nudge.no", answers.not_for_me, Kind.NUDGE, {None, Answer.PLANNED}, Answer.NOT_FOR_ME),
    ("nudge.skip", answers.skip, Kind.NUDGE, {Answer.NOT_FOR_ME}, Answer.SKIPPED),
    ("booster.done", answers.answer_once(Answer.DONE), Kind.BOOSTER, {None}, Answer.DONE),
    ("check.yes", answers.answer_once(Answer.NOTICED), Kind.CHECK, {None}, Answer.NOTICED),
    ("keep.skip", answers.answer_once(Answer.SKIPPED), Kind.KEEP, {None}, Answer.SKIPPED),
]

NAMES = [button for button, *_ in DECISIONS]


@pytest.mark.parametrize("before", ANSWERS)
@pytest.mark.parametrize(
    ("button", "decide", "kind", "counts", "gives"), DECISIONS, ids=[each[0] for each in DECISIONS]
)
def test_a_button_counts_as_long_as_its_message_asks(
    button: str,
    decide: OfPress,
    kind: Kind,
    counts: set[Answer | None],
    gives: Answer,
    before: Answer | None,
) -> None:
    about = situation(sent("n", kind, answer=before))
    decision = decide(given(), about, press(button, "n"))
    if before in counts:
        row = saved(decision)["n"]
        assert (row.answer, row.answered_at) == (gives, TUESDAY)
        assert not decision.refuses
    else:
        assert is_outdated(decision, about)


@pytest.mark.parametrize(
    ("decide", "plan"),
    [(answers.done, CommitmentState.DONE), (answers.not_for_me, CommitmentState.DROPPED)],
)
def test_an_answer_closes_the_open_plan_and_the_reminder(decide: OfPress, plan: CommitmentState) -> None:
    closed = a_commitment("closed", nudge="n", state=CommitmentState.DONE)
    about = situation(
        sent("n", answer=Answer.PLANNED),
        sent("asks", Kind.FOLLOW_UP),
        sent("answered", Kind.FOLLOW_UP, answer=Answer.LATER),
        sent("another", Kind.FOLLOW_UP, item="ask-your-partner"),
        planned("to-come", Kind.FOLLOW_UP),
        promises=[a_commitment("open", nudge="n"), closed, a_commitment("other", nudge="m")],
    )
    records = saved(decide(given(), about, press("nudge", "n")))
    looks_back = {"new-1"} if decide is answers.done else set()
    assert set(records) == {"n", "open", "asks"} | looks_back
    assert (records["open"].state, records["open"].closed_at) == (plan, TUESDAY)
    assert records["asks"].answer is records["n"].answer


@pytest.mark.parametrize(
    ("decide", "gives", "alternative"),
    [
        (answers.follow_done, Answer.DONE, None),
        (answers.follow_no, Answer.NOT_FOR_ME, 0),
        (answers.undone_drop, Answer.SKIPPED, None),
    ],
)
@pytest.mark.parametrize("kind", [Kind.FOLLOW_UP, Kind.UNDONE])
@pytest.mark.parametrize("root", ANSWERS)
@pytest.mark.parametrize("reminder", [None, Answer.DONE])
def test_the_reminder_answers_for_its_nudge(
    decide: OfPress, gives: Answer, alternative: int | None, kind: Kind, root: Answer | None, reminder: Answer | None
) -> None:
    about = situation(sent("r", kind, answer=reminder), sent("n", answer=root))
    decision = decide(given(), about, press("follow", "r"))
    if reminder is None and root in STILL_OPEN:
        records = saved(decision)
        assert (records.pop("new-1").kind if "new-1" in records else None) == (
            Kind.DEBRIEF if gives is Answer.DONE else None
        )
        assert {name: record.answer for name, record in records.items()} == {"n": gives, "r": gives}
        assert records["n"].alternative == alternative
    else:
        assert is_outdated(decision, about)


@pytest.mark.parametrize(
    ("before", "value", "follows"),
    [
        ((Answer.NOT_FOR_ME, 0), "n:0", 1),
        ((Answer.NOT_FOR_ME, 1), "n:0", None),  # pressed twice: the second one is about what is gone
        ((Answer.NOT_FOR_ME, 0), "n", None),
        ((Answer.NOT_FOR_ME, 99), "n:99", None),  # there is no further one
        ((Answer.DONE, 0), "n:0", None),
    ],
)
def test_the_next_alternative(before: tuple[Answer, int], value: str, follows: int | None) -> None:
    about = situation(sent("n", answer=before[0], alternative=before[1]))
    decision = answers.another(given(), about, press("nudge.another", value))
    if follows is None:
        assert is_outdated(decision, about)
    else:
        assert saved(decision)["n"].alternative == follows


def test_the_welcome_confirms_the_zone_once() -> None:
    fresh, before = situation(sent("w", Kind.WELCOME)), situation(sent("w", Kind.WELCOME, answer=Answer.DONE))
    assert saved(answers.welcome_ok(given(), fresh, press("welcome.ok", "w")))["anna"].zone_confirmed
    assert is_outdated(answers.welcome_ok(given(), before, press("welcome.ok", "w")), before)


def test_the_page_of_an_item_opens_where_there_is_one() -> None:
    about = situation(sent("n"))
    decision = answers.kit(given(), about, press("nudge.kit", "n"))
    assert decision.opens is not None
    assert decision.opens.submit is None
    without = [slug for slug, item in about.journey.items.items() if item.kit is None]
    for slug in without:
        assert answers.kit(given(), about.at(sent("n", item=slug)), press("nudge.kit", "n")).refuses
    assert item_of(about).slug == ITEM
