"""What a debrief shows, step by step, and what stands below the confirmation of an answer."""

from datetime import timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.flows.messages.debrief import debrief
from bot.flows.messages.receipt import next_question
from tests.flows.decisions.looks import buttons, line, notes, shown
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, given, planned, sent
from tests.store.scene import a_commitment, a_reply

HOUR = timedelta(hours=1)
QUESTION = ["debrief.write", "debrief.skip", "debrief.tomorrow", "debrief.stop"]
UNKEPT = ["debrief.next", "debrief.tomorrow", "debrief.stop"]
CHANGE = ["transfer.make", "transfer.skip"]
PUT_OFF = sent("d", Kind.DEBRIEF, answer=Answer.LATER, question=1)
AHEAD = planned("later", Kind.DEBRIEF, subject="d")
CAME = sent("later", Kind.DEBRIEF, subject="d", sent_at=TUESDAY + 24 * HOUR)


def a_debrief(**changes: Any) -> Nudge:
    """Return a debrief that was sent."""
    return sent("d", Kind.DEBRIEF, **changes)


def change(**changes: Any) -> Commitment:
    """Return the one change that answers the debrief."""
    return a_commitment("t", kind=CommitmentKind.TRANSFER, item=ITEM, **{"nudge": "d", **changes})


@pytest.mark.parametrize(
    ("row", "others", "shows", "said"),
    [
        (a_debrief(), [], QUESTION, ""),
        (a_debrief(question=3), [], QUESTION, ""),
        (a_debrief(question=1, item=AT_HOME), [], UNKEPT, ""),
        (a_debrief(question=4), [], CHANGE, ""),
        (a_debrief(answer=Answer.SKIPPED), [], [], "debrief-left"),
        (a_debrief(answer=Answer.SKIPPED, item=AT_HOME), [], [], "debrief-left"),
        (PUT_OFF, [AHEAD], [], "debrief-later-said"),
        (PUT_OFF, [CAME], [], "debrief-later-said"),  # it goes on in the later message
        (CAME, [PUT_OFF], QUESTION, ""),
    ],
)
def test_where_a_debrief_stands(row: Nudge, others: list[Nudge], shows: list[str], said: str) -> None:
    about = shown(row, *others)
    looks = debrief(given(), about)
    assert [each for each in buttons(looks) if each != "nudge.kit"] == shows
    assert notes(looks) == [line(said)] if said else not any(line(f"debrief-{key}") in notes(looks) for key in _SAID)


_SAID = ("left", "later-said")


@pytest.mark.parametrize(
    ("made", "shows", "said"),
    [
        (change(), ["plan.change", "plan.delete"], "transfer-asked"),
        (change(state=CommitmentState.DROPPED), [], "day-skipped-said"),
        (change(state=CommitmentState.DROPPED, deleted_at=TUESDAY), [], "promise-deleted"),
        (change(deleted_at=TUESDAY), [], "promise-deleted"),
        (change(nudge="another"), CHANGE, ""),
    ],
)
def test_the_change_that_was_chosen(made: Commitment, shows: list[str], said: str) -> None:
    looks = debrief(given(), shown(a_debrief(question=4), promises=[made]))
    assert [each for each in buttons(looks) if each != "nudge.kit"] == shows
    assert notes(looks)[-1:] == ([line(said)] if said else [])


def answer(name: str, hours: int, **changes: Any) -> Reply:
    """Return an answer to the debrief."""
    return a_reply(name, kind=ReplyKind.DEBRIEF, received_at=TUESDAY + hours * HOUR, **{"nudge": "d", **changes})


@pytest.mark.parametrize(
    ("others", "answers", "asks"),
    [
        ([], [answer("a", 1)], True),
        ([], [answer("a", 1), answer("newer", 2)], False),
        ([], [answer("a", 1), answer("newer", 2, nudge="another")], True),
        ([CAME], [answer("a", 1)], False),  # a newer message asks
        ([CAME], [answer("a", 48)], True),
        ([AHEAD], [answer("a", 1)], True),
    ],
)
def test_the_next_question_stands_below_the_newest_answer(
    others: list[Nudge], answers: list[Reply], asks: bool
) -> None:
    about = shown(a_debrief(question=1), *others)
    first = next(each for each in answers if each.id == "a")
    assert buttons(next_question(given(), about, first, answers)) == (QUESTION if asks else [])
