"""A coach leaves a line out of the next post or puts it back, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Body, Note
from bot.coaching.language import Language
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.nudge import LEFT_OUT, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.words import Words, is_shared, kept_out, left_out, put_back, shared
from bot.flows.coach.answer import Shared
from bot.flows.desk.cohort.left_out import TOLD_AFTER, Fate, PostLine, leave_out, next_post_of, press_of, restore
from bot.flows.messages import reading
from bot.flows.messages.words import channel_buttons, channel_line
from bot.store.port.words import Places
from tests.conftest import shipped_words
from tests.flows.decisions.looks import shown
from tests.flows.decisions.told import TUESDAY, begun, given, planned, sent
from tests.store.scene import a_cohort, a_commitment, a_member, a_reply

BEFORE = TUESDAY - timedelta(hours=2)
LET_IN = a_reply("r", shared_at=BEFORE)
OUT = left_out(LET_IN, "carl", TUESDAY - timedelta(hours=1))
POST = planned("post", Kind.TEAM_REFLECTION, member=None, enrollment=None, item=None)


def a_notice(state: NudgeState) -> Nudge:
    """Return what tells anna of it."""
    return sent("told", Kind.READING_NEWS, prompt=LEFT_OUT, item=None, subject="r", state=state, reason="put back")


def a_line(words: Words, **changes: Any) -> PostLine:
    """Return a line of anna's as carl may see it."""
    about = Shared(coach=a_member("carl"), cohort=a_cohort(), run=begun(), record=words)
    found = PostLine(about=about, is_posted=False, next_post=POST, last_made=None, notice=None)
    return replace(found, **changes)


OUTS: list[tuple[Words, dict[str, Any], Fate]] = [
    (LET_IN, {}, Fate.OUT),
    (a_commitment("k", shared_at=BEFORE), {}, Fate.OUT),
    (LET_IN, {"last_made": BEFORE}, Fate.OUT),
    (LET_IN, {"is_posted": True}, Fate.POSTED),
    (LET_IN, {"next_post": None}, Fate.NO_POST),
    (kept_out(LET_IN, TUESDAY), {}, Fate.GONE),  # its author was faster
    (a_reply("r"), {}, Fate.GONE),  # it was never let in
    (a_reply("r", kind=ReplyKind.COACH, shared_at=BEFORE), {}, Fate.GONE),
    (OUT, {}, Fate.OUT),  # pressed twice, or in another tab
    (OUT, {"next_post": None, "last_made": TUESDAY}, Fate.OUT),
]


@pytest.mark.parametrize(("words", "around", "fate"), OUTS)
def test_a_line_is_left_out_as_long_as_no_post_has_it(words: Words, around: dict[str, Any], fate: Fate) -> None:
    ruling = leave_out(given(), a_line(words, **around))
    assert ruling.fate is fate
    if fate is not Fate.OUT or words is OUT:
        assert ruling.records == ()
        return
    fresh, notice = ruling.records
    assert fresh == replace(words, left_out_at=TUESDAY, left_out_by="carl"), "nothing else of it changes"
    assert isinstance(fresh, Reply | Commitment)
    assert isinstance(notice, Nudge)
    assert not is_shared(fresh)
    assert (notice.kind, notice.prompt, notice.member, notice.subject) == (
        Kind.READING_NEWS,
        LEFT_OUT,
        "anna",
        words.id,
    )
    assert (notice.due_at, notice.occurrence) == (TUESDAY + TOLD_AFTER, press_of(words))


@pytest.mark.parametrize(
    ("notice", "tells"),
    [
        (None, True),
        (NudgeState.CANCELLED, True),  # it was put back before anybody heard
        (NudgeState.PLANNED, False),
        (NudgeState.READY, False),
        (NudgeState.UNCERTAIN, False),
        (NudgeState.SENT, False),  # the message of then says how it is now
        (NudgeState.EXPIRED, False),
    ],
)
def test_its_author_is_told_once(notice: NudgeState | None, tells: bool) -> None:
    _, *told = leave_out(given(), a_line(LET_IN, notice=a_notice(notice) if notice else None)).records
    assert len(told) == tells
    if notice is NudgeState.CANCELLED:
        (row,) = told
        assert isinstance(row, Nudge)
        assert (row.id, row.state, row.reason, row.due_at) == ("told", NudgeState.PLANNED, None, TUESDAY + TOLD_AFTER)


def test_a_coach_who_leaves_out_words_of_their_own_is_told_nothing() -> None:
    own = replace(LET_IN, member="carl", author="carl")
    assert len(leave_out(given(), a_line(own)).records) == 1


@pytest.mark.parametrize(
    ("words", "around", "fate"),
    [
        (OUT, {}, Fate.BACK),
        (OUT, {"last_made": BEFORE}, Fate.BACK),
        (OUT, {"last_made": TUESDAY}, Fate.POSTED),
        (OUT, {"last_made": OUT.left_out_at}, Fate.POSTED),
        (OUT, {"next_post": None}, Fate.NO_POST),
        (LET_IN, {}, Fate.BACK),  # pressed twice, or its author let it in anew
        (kept_out(OUT, TUESDAY), {}, Fate.GONE),
    ],
)
def test_a_line_comes_back_until_the_post_is_made(words: Reply, around: dict[str, Any], fate: Fate) -> None:
    ruling = restore(given(), a_line(words, **around))
    assert ruling.fate is fate
    assert list(ruling.records) == ([LET_IN] if words is OUT and fate is Fate.BACK else [])


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        (NudgeState.PLANNED, True),
        (NudgeState.READY, True),
        (NudgeState.SENDING, False),
        (NudgeState.SENT, False),
        (NudgeState.CANCELLED, False),
    ],
)
def test_who_was_not_told_yet_hears_nothing_of_what_came_back(state: NudgeState, ends: bool) -> None:
    _, *told = restore(given(), a_line(OUT, notice=a_notice(state))).records
    assert [each.state for each in told if isinstance(each, Nudge)] == ([NudgeState.CANCELLED] if ends else [])


def test_a_press_for_the_channel_afterwards_counts_anew() -> None:
    again = shared(OUT, TUESDAY)
    assert (is_shared(OUT), is_shared(put_back(OUT)), is_shared(again)) == (False, True, True)
    assert press_of(again) != press_of(OUT) == press_of(LET_IN)


def test_the_next_post_is_the_first_weekly_one_that_is_planned() -> None:
    closing = replace(POST, id="closing", kind=Kind.TEAM_CLOSING)
    over = replace(POST, id="over", state=NudgeState.SENT)
    assert next_post_of(a_cohort(), [over, closing, POST, replace(POST, id="later")]) == POST
    assert next_post_of(a_cohort(), [over, closing]) is None
    assert next_post_of(a_cohort(state=CohortState.ENDED), [POST]) is None


# --- what its author reads of it ------------------------------------------------------------------------------------

DAY = {"about": "People before systems", "day": "Tuesday 6 January"}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ([OUT], "reading-left-out"),
        ([put_back(OUT)], "reading-left-out-back"),
        ([shared(OUT, TUESDAY)], "reading-left-out-back"),
        ([kept_out(OUT, TUESDAY)], "reading-left-out-over"),
        ([], "reading-left-out-over"),
    ],
)
@pytest.mark.parametrize("author", ["carl", None])
def test_the_message_says_how_it_is_when_it_is_read_and_holds_none_of_the_words(
    words: list[Words], key: str, author: str | None
) -> None:
    row = a_notice(NudgeState.SENT)
    scene = shown(row, words=[replace(each, item="people-before-systems") for each in words])
    made = reading.news(given(), replace(scene, author=a_member(author) if author else None))
    coach = "Carl" if author else shipped_words().say("reading-left-out-coach", Language.EN)
    said = [part.text for part in made.parts if isinstance(part, Body | Note)]
    assert said[0] == shipped_words().body(key, Language.EN, coach=coach, **DAY)
    assert "words of r" not in str(made)


def test_beside_the_words_it_is_said_and_they_can_be_let_in_anew() -> None:
    places = Places(shares=(), next_posts={"c": POST}, coaches={})
    (said,) = channel_line(given(), Language.EN, OUT, places)
    assert said.text == shipped_words().body("channel-left-out", Language.EN)
    assert [each.id for each in channel_buttons(given(), Language.EN, OUT, places, asks=True)] == ["words.share"]
    assert channel_line(given(), Language.EN, replace(kept_out(OUT, TUESDAY), scope=Scope.PRIVATE), places) == []
