"""What becomes of a message that is due, decision by decision."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext
from bot.flows.due.card import card
from bot.flows.due.due import post_ruled, ruled
from bot.flows.due.overdue import recovered
from tests.flows.decisions.told import TUESDAY, begun, course, given, person, planned, saved, sent
from tests.store.scene import a_commitment, a_member, a_nudge, an_enrollment

NOW = given()
OPEN = TUESDAY + timedelta(hours=4)
DUE = planned("due", Kind.NUDGE, expires_at=OPEN)
DAY = planned("due", Kind.DAY_OF, subject="k", expires_at=OPEN)
REMINDER = planned("due", Kind.FOLLOW_UP, expires_at=OPEN)
MONDAY = TUESDAY - timedelta(days=1)
THREE = [sent(f"s{count}", enrollment="other", sent_at=MONDAY) for count in range(3)]
TODAY = sent("today", enrollment="other")
ASKS = replace(sent("n", sent_at=MONDAY), answer=None)
STILL = an_enrollment("anna", state=EnrollmentState.PAUSED, paused_on=date(2026, 1, 1))

OFF = a_member("anna", state=MemberState.DEACTIVATED)
LEFT = an_enrollment("anna").left(TUESDAY)
DONE = a_commitment("k", state=CommitmentState.DONE)

RULINGS: list[tuple[str, Nudge, dict[str, Any], NudgeState, str | None]] = [
    # what is special, the message, changes of the run, where it goes, why
    ("nothing", DUE, {}, NudgeState.READY, None),
    ("too late", replace(DUE, expires_at=TUESDAY), {}, NudgeState.EXPIRED, "its window closed"),
    ("switched off", DUE, {"member": OFF}, NudgeState.CANCELLED, "account deactivated"),
    ("left", DUE, {"enrollment": LEFT}, NudgeState.CANCELLED, "left"),
    ("the plan was done", DAY, {"promises": [DONE]}, NudgeState.CANCELLED, "the plan is closed"),
    ("the plan is open", DAY, {"promises": [a_commitment("k")]}, NudgeState.READY, None),
    ("three came already", REMINDER, {"others": THREE}, NudgeState.CANCELLED, "enough for one week"),
    ("two came already", REMINDER, {"others": THREE[1:]}, NudgeState.CANCELLED, "enough for one week"),  # and its own
    ("one came already", REMINDER, {"others": THREE[2:]}, NudgeState.READY, None),
    (
        "one came today",
        REMINDER,
        {"others": [replace(THREE[0], sent_at=TUESDAY)]},
        NudgeState.CANCELLED,
        "enough for one week",
    ),
    (
        "one came today, and this day was picked",
        DAY,
        {"promises": [a_commitment("k")], "others": [replace(THREE[0], sent_at=TUESDAY)]},
        NudgeState.READY,
        None,
    ),
]


def of_card(*rows: Nudge, **changes: Any) -> Decision:
    """Return what becomes of what is due in a run of these messages."""
    run = course(*rows, **changes)
    return card(NOW, person(run), run, {})


@pytest.mark.parametrize(
    ("row", "changes", "to", "reason"), [case[1:] for case in RULINGS], ids=[case[0] for case in RULINGS]
)
def test_a_message_gets_its_verdict(row: Nudge, changes: dict[str, Any], to: NudgeState, reason: str | None) -> None:
    later = planned("later", Kind.NUDGE, due_at=TUESDAY + timedelta(days=14), item="ask-your-partner", week=3)
    about = person(course(ASKS, row, later, **changes))
    decision = saved(card(NOW, about, about.courses[0], {}))
    assert set(decision) == {"due"}
    assert (decision["due"].state, decision["due"].reason) == (to, reason)


def test_the_last_of_its_weeks_ends_the_run() -> None:
    records = saved(of_card(DUE))
    assert records["run-anna"].state is EnrollmentState.COMPLETED
    assert records["due"].state is NudgeState.READY


def test_in_a_full_week_an_experiment_waits_for_the_next() -> None:
    records = saved(of_card(DUE, others=THREE))
    assert (records["due"].state, records["due"].local_date) == (NudgeState.PLANNED, date(2026, 1, 19))


@pytest.mark.parametrize(("since", "leaves"), [(date(2026, 1, 1), False), (date(2025, 6, 1), True)])
def test_a_run_that_stands_still_keeps_its_place_for_as_long_as_a_pause_may_last(since: date, leaves: bool) -> None:
    about = person(course(DUE, enrollment=replace(STILL, paused_on=since)))
    records = saved(card(NOW, about, about.courses[0], {}))
    assert ("run-anna" in records) == leaves
    assert records["due"].state is (NudgeState.CANCELLED if leaves else NudgeState.PLANNED)
    assert leaves or records["due"].due_at > TUESDAY + timedelta(days=5)


def test_of_all_that_is_overdue_one_still_comes() -> None:
    late = begun().agenda
    nudge = next(row for row in late if row.kind is Kind.NUDGE)
    reminder = next(row for row in late if row.kind is Kind.FOLLOW_UP)
    after = given(reminder.due_at + timedelta(hours=2))
    about: PersonContext = person(begun())
    records = saved(recovered(after, about))
    assert records[nudge.id].state is NudgeState.PLANNED
    assert records[nudge.id].due_at >= after.now
    assert records[reminder.id].state is NudgeState.EXPIRED
    assert not recovered(given(late[0].due_at - timedelta(days=1)), about).records
    assert Answer.DONE not in {getattr(record, "answer", None) for record in records.values()}


SHARE = a_nudge("share", None, kind=Kind.TEAM_SHARE, subject="post", expires_at=OPEN)
HEARD = a_nudge("heard", "carl", kind=Kind.COACH_HEARD, enrollment=None, subject="r", expires_at=OPEN)
INVITATION = a_nudge("invitation", None, kind=Kind.INVITATION, expires_at=OPEN)


@pytest.mark.parametrize(
    ("row", "under", "has_words", "to", "reason"),
    [
        (SHARE, NudgeState.SENT, True, NudgeState.READY, None),
        (SHARE, NudgeState.SENT, False, NudgeState.CANCELLED, "taken back before it was shown"),
        (SHARE, NudgeState.READY, True, None, None),
        (SHARE, None, True, None, None),
        (SHARE, NudgeState.EXPIRED, True, NudgeState.CANCELLED, "its thread never began"),
        (HEARD, None, True, NudgeState.READY, None),
        (HEARD, None, False, NudgeState.CANCELLED, "taken back before it was told"),
        (INVITATION, None, True, NudgeState.READY, None),
        (replace(INVITATION, expires_at=TUESDAY), None, True, NudgeState.EXPIRED, "its window closed"),
    ],
)
def test_a_post_gets_its_verdict(
    row: Nudge, under: NudgeState | None, has_words: bool, to: NudgeState | None, reason: str | None
) -> None:
    post = a_nudge("post", None, state=under) if under else None
    records = saved(post_ruled(NOW, row, post, has_words=has_words))
    assert {name: (each.state, each.reason) for name, each in records.items()} == ({row.id: (to, reason)} if to else {})


@pytest.mark.parametrize(
    ("changes", "to"),
    [
        ({}, NudgeState.READY),
        ({"enrollment": an_enrollment("anna", state=EnrollmentState.PAUSED)}, NudgeState.READY),
        ({"enrollment": STILL}, NudgeState.READY),
        ({"others": THREE}, NudgeState.READY),
        ({"enrollment": LEFT}, NudgeState.CANCELLED),
        ({"member": OFF}, NudgeState.CANCELLED),
    ],
)
@pytest.mark.parametrize("kind", [Kind.COACH_WORD, Kind.READING_ASK, Kind.READING_NEWS])
def test_what_is_part_of_no_card_comes_also_in_a_pause(kind: Kind, changes: dict[str, Any], to: NudgeState) -> None:
    word = planned("word", kind, expires_at=OPEN)
    assert saved(ruled(NOW, person(course(word, **changes)), word))["word"].state is to
