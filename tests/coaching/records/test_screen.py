"""Which screens a saved record touches: a table, record by record."""

from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.records.screen import base_subjects, item_key, pending_key, touched, typing_key
from tests.store.scene import (
    T0,
    a_coach,
    a_cohort,
    a_commitment,
    a_member,
    a_nudge,
    a_pulse,
    a_reflection,
    a_reply,
    a_workspace,
    an_enrollment,
    an_opt_in,
)

SENT = NudgeState.SENT
ITEM = item_key("run-anna", "ask")
TYPING = typing_key("run-anna", "ask")
PENDING = pending_key("run-anna")
UNSENT = sorted(set(NudgeState) - {SENT, NudgeState.UNCERTAIN})
ENDED = (NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED)


def sent(**changes: Any) -> Nudge:
    return a_nudge("n", state=SENT, sent_at=T0, **changes)


@pytest.mark.parametrize(
    ("record", "subjects"),
    [
        # What comes next is on the page of its person.
        # With what is sent, or pressed, another message may be what typed words answer.
        # An experiment is shown by its own message, and by its reminder once it is answered; when it comes, or may have
        # come, the weeks may begin in which typed words are not kept.
        (sent(), {"n", PENDING, "anna", ITEM, TYPING}),
        (sent(answer="done"), {"n", PENDING, "anna", ITEM}),
        (a_nudge("n", state=NudgeState.UNCERTAIN), {"anna", TYPING}),
        (sent(item=None), {"n", PENDING, "anna"}),
        (sent(kind=Kind.FOLLOW_UP), {"n", PENDING, "anna", ITEM}),  # words answer its experiment again
        (sent(kind=Kind.UNDONE), {"n", PENDING, "anna", ITEM}),
        (a_nudge("n", kind=Kind.FOLLOW_UP), {"anna"}),
        (sent(kind=Kind.DAY_OF, subject="plan"), {"n", PENDING, "anna", ITEM}),
        (sent(kind=Kind.REFLECTION, item=None), {"n", PENDING, "anna"}),
        (sent(kind=Kind.TEAM_SHARE, member=None, enrollment=None, item=None, subject="post"), {"n"}),
        # The experiment says when its debrief comes; its later message says whether the first still waits, sent or not.
        (sent(kind=Kind.DEBRIEF), {"n", PENDING, "anna", ITEM}),
        (sent(kind=Kind.DEBRIEF, subject="root"), {"n", PENDING, "anna", "root", ITEM}),
        (a_nudge("n", kind=Kind.DEBRIEF, subject="root"), {"anna", "root", ITEM}),
        (a_nudge("n", kind=Kind.DEBRIEF), {"anna", ITEM}),
        # With its end, and with one that never comes, those weeks may end.
        (sent(kind=Kind.DEBRIEF, answer="skipped"), {"n", PENDING, "anna", ITEM, TYPING}),
        *[(a_nudge("n", kind=Kind.DEBRIEF, state=state), {"anna", ITEM, TYPING}) for state in ENDED],
        # What was put off says until when.
        (a_nudge("n", occurrence="after-before"), {"anna", "before"}),
        (sent(occurrence="after-before"), {"n", PENDING, "anna", ITEM, TYPING, "before"}),
        (a_nudge("n", occurrence="resume-before"), {"anna"}),
        *[(a_nudge("n", state=state), {"anna"}) for state in UNSENT],
        # Words are shown by their receipt, their author's page, and, in a debrief, by its message.
        (a_reply("r"), {"r", "anna"}),
        (a_reply("r", text=None, deleted_at=T0), {"r", "anna"}),
        (a_reply("r", scope=Scope.PRIVATE), {"r", "anna"}),
        (a_reply("r", kind=ReplyKind.DEBRIEF, question=1), {"r", "anna", "n-anna"}),
        (a_reply("r", kind=ReplyKind.CHECK), {"r", "anna"}),
        (a_reply("r", kind=ReplyKind.KEEP), {"r", "anna"}),
        (a_reply("r", kind=ReplyKind.COACH, author="carl"), {"r", "carl"}),
        # A plan is shown where it was made, on its day, by the reminder of its item, and on the page.
        (a_commitment("p"), {"p", "anna", "n-anna", ITEM}),
        (a_commitment("p", item="other"), {"p", "anna", "n-anna", item_key("run-anna", "other")}),
        # A coach is named in the invitation, and has the log's button on their own page.
        (a_coach(), {"c", "carl"}),
        # What is new is shown nowhere yet.
        (an_enrollment("anna"), set()),
        (an_enrollment("anna", version=3), {"run-anna", "anna"}),
        (a_cohort(), set()),
        (a_cohort(version=1), {"c"}),
        (a_member("anna"), set()),
        (a_member("anna", version=1), {"anna", "anna/settings"}),
        # And these no message shows, but by way of others.
        (a_workspace(version=1), set()),
        (an_opt_in("anna"), set()),
        (a_pulse("overall"), {"run-anna/pulse"}),
        (a_reflection("f"), set()),
        ("no record of ours", set()),
    ],
)
def test_a_record_touches_what_shows_it(record: object, subjects: set[str]) -> None:
    assert touched([record]) == subjects


def test_several_records_touch_what_each_of_them_does() -> None:
    assert touched([sent(), a_reply("r"), a_workspace()]) == {"n", ITEM, TYPING, PENDING, "r", "anna"}
    assert touched([]) == set()


@pytest.mark.parametrize("state", list(NudgeState))
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_touched_is_empty(kind: Kind, state: NudgeState) -> None:
    post = a_nudge("n", None, kind=kind, state=state, item=None, subject=None, occurrence="")
    assert "" not in touched([post])


@pytest.mark.parametrize(
    ("row", "subjects"),
    [
        (a_nudge("n"), ("n", ITEM)),
        (a_nudge("n", item=None), ("n",)),
        (a_nudge("n", None), ("n",)),
        (a_nudge("n", subject="p"), ("n", "p", ITEM)),
        (a_nudge("n", None, item=None, subject="post"), ("n", "post")),
        (a_nudge("n", item=None, subject=""), ("n",)),
    ],
)
def test_a_message_shows_itself_what_it_is_about_and_its_item(row: Nudge, subjects: tuple[str, ...]) -> None:
    assert base_subjects(row) == subjects


PLAN = a_commitment("p")


@pytest.mark.parametrize(
    ("shown_by", "record"),
    [
        (sent(), sent(answer="done")),  # pressed
        (sent(kind=Kind.FOLLOW_UP), sent(kind=Kind.NUDGE)),  # the reminder of an experiment that was answered
        (sent(), replace(PLAN, nudge="n")),  # planned
        (sent(kind=Kind.DAY_OF, subject="p"), PLAN),  # moved to another day
        (sent(kind=Kind.FOLLOW_UP), PLAN),  # the plan that its reminder shows
        (sent(kind=Kind.DEBRIEF), a_reply("r", kind=ReplyKind.DEBRIEF, nudge="n")),  # the next question
        (sent(kind=Kind.COACH_WORD, subject="r"), a_reply("r", kind=ReplyKind.COACH)),  # the coach's words
        (sent(kind=Kind.DEBRIEF), a_nudge("later", kind=Kind.DEBRIEF, subject="n")),  # put off
        (sent(kind=Kind.DEBRIEF, subject="root"), a_nudge("root", kind=Kind.DEBRIEF, state=SENT)),  # its later message
        (sent(), a_nudge("back", occurrence="after-n")),  # put off to a day that moves
    ],
)
def test_what_a_message_shows_by_itself_is_touched_when_that_changes(shown_by: Nudge, record: Commitment) -> None:
    assert set(base_subjects(shown_by)) & touched([record])
