"""What comes of a journey, as its messages show it."""

from typing import Any

import pytest

from bot.chat.port import Body, Facts, Message, Note
from bot.coaching.language import Language
from bot.coaching.records.commitment import CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.pulse import Wave
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.words import Words
from bot.flows.messages import harvest
from bot.store.port.words import Places
from tests.flows.decisions.looks import buttons, line, notes, quotes, shown
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, given, planned, sent
from tests.store.scene import a_commitment, a_pulse, a_reflection, a_reply

POST = planned("monday", Kind.TEAM_REFLECTION)
PLACES = Places(shares=(), next_posts={"c": POST}, coaches={})
OTHER: dict[str, Any] = {"item": None}
BOOSTER = sent("b", Kind.BOOSTER, prompt="boosters/week-16", week=16, **OTHER)
LATER_BOOSTER = sent("b", Kind.BOOSTER, prompt="boosters/week-24", week=24, **OTHER)
LOOK_BACK = sent("l", Kind.REFLECTION, prompt="reflections/personal", week=2, **OTHER)
CLOSING = sent("c", Kind.CLOSING, prompt="closing/closing", week=12, **OTHER)


@pytest.mark.parametrize("answer", [None, Answer.NOTICED, Answer.UNNOTICED])
def test_a_check_asks_once(answer: Answer | None) -> None:
    row = sent("q", Kind.CHECK, subject="t", answer=answer)
    looks = harvest.check(given(), shown(row, promises=[a_commitment("other"), a_commitment("t", item=ITEM)]))
    by_answer = {None: ["check.yes", "check.no"], Answer.UNNOTICED: ["smaller.make"]}
    assert buttons(looks) == by_answer.get(answer, [])
    assert len(quotes(looks)) == 1
    assert answer is None or line(f"check-{answer}-said", day="Monday 19 January") in notes(looks)


@pytest.mark.parametrize("answer", [None, Answer.DONE, Answer.SKIPPED])
def test_the_habit_is_asked_for_once(answer: Answer | None) -> None:
    looks = harvest.keep(given(), shown(sent("k", Kind.KEEP, prompt="keep/keep", answer=answer, week=11, **OTHER)))
    assert buttons(looks) == ([] if answer else ["keep.write", "keep.skip"])


@pytest.mark.parametrize(
    ("row", "kept", "first", "shown_words"),
    [
        (BOOSTER, [], [], []),
        (BOOSTER, [{}], [], ["I ask first"]),
        (BOOSTER, [{"scope": Scope.PRIVATE}], ["reply.read"], []),
        (BOOSTER, [{"enrollment": "an-older-run"}], [], []),
        (BOOSTER, [{"enrollment": "an-older-run"}, {}], [], ["I ask first"]),
        (LATER_BOOSTER, [{}], [], []),  # it is about the first one alone
    ],
)
def test_the_habit_stands_beside_the_first_booster(
    row: Nudge, kept: list[dict[str, Any]], first: list[str], shown_words: list[str]
) -> None:
    habits = [a_reply(f"h{place}", kind=ReplyKind.KEEP, text="I ask first", **each) for place, each in enumerate(kept)]
    looks = harvest.booster(given(), shown(row, habits=habits))
    assert (buttons(looks), quotes(looks)) == ([*first, "booster.done", "booster.skip"], shown_words)


@pytest.mark.parametrize(
    ("words", "asked", "quoted", "said"),
    [
        ([], [], 0, []),
        ([a_reply("r")], ["words.share", "words.keep_out"], 1, [line("reflection-may")]),
        ([a_reply("r", kept_out_at=TUESDAY)], ["words.share"], 1, [line("reflection-may"), line("channel-kept-out")]),
        ([a_reply("r", scope=Scope.PRIVATE)], ["reflection.read"], 0, [line("reflection-private", count=1)]),
        ([a_reply("r", answers="w")], [], 1, []),
    ],
)
def test_a_look_back_asks_for_each_text(words: list[Words], asked: list[str], quoted: int, said: list[str]) -> None:
    about = shown(LOOK_BACK, made=a_reflection("m", tried=0), words=words, places=PLACES)
    looks = harvest.reflection(given(), about)
    assert (buttons(looks), len(quotes(looks)), notes(looks)) == (asked, quoted, said)


def test_a_look_back_stays_short() -> None:
    words = [a_reply(f"r{place}", text="long " * 400) for place in range(9)]
    looks = harvest.reflection(given(), shown(LOOK_BACK, made=a_reflection("m", tried=2), words=words, places=PLACES))
    assert [len(each) <= harvest.LONGEST_SHOWN for each in quotes(looks)] == [True] * harvest.MOST_SHOWN
    assert notes(looks)[0] == line("reflection-tried", count=2)
    assert line("reflection-more", count=3) in notes(looks)


def test_a_week_without_anything_has_a_text_of_its_own() -> None:
    quiet, tried = (
        harvest.reflection(given(), shown(LOOK_BACK, made=made)) for made in (None, a_reflection("m", tried=1))
    )
    assert quiet.parts[0] != tried.parts[0] or quiet.parts[1] != tried.parts[1]


@pytest.mark.parametrize(
    ("answers", "rows"),
    [
        ([], 0),
        ([(Wave.BEFORE, "promise")], 0),
        ([(Wave.BEFORE, "promise"), (Wave.AFTER, "matters")], 0),
        ([(Wave.BEFORE, "promise"), (Wave.AFTER, "promise"), (Wave.AFTER, "matters")], 1),
    ],
)
def test_what_was_answered_both_times_is_compared(answers: list[tuple[Wave, str]], rows: int) -> None:
    pulse = [a_pulse(slug, wave=wave) for wave, slug in answers]
    about = shown(CLOSING, pulse=pulse)
    assert len(harvest.before_and_after(given(), about, pulse)) == rows
    told = [part for part in harvest.closing(given(), about).parts if isinstance(part, Note | Facts)]
    assert len(told) == 2 * rows  # the numbers, and how to read them
    assert (line("pulse-before-after-about") in notes(harvest.closing(given(), about))) == (rows > 0)


# --- the end ----------------------------------------------------------------------------------------------------


def a_closing(**changes: Any) -> Message:
    """Return the closing of somebody who did one experiment, made two changes, and saw something noticed."""
    done = sent("n", answer=Answer.DONE, answered_at=TUESDAY)
    found: dict[str, Any] = {
        "promises": [
            a_commitment("dropped", kind=CommitmentKind.TRANSFER, state=CommitmentState.DROPPED, first="not this"),
            a_commitment("secret", kind=CommitmentKind.TRANSFER, scope=Scope.PRIVATE, first="my secret"),
            a_commitment("begun", kind=CommitmentKind.TRANSFER, state=CommitmentState.DONE, first="we call back"),
            a_commitment("open", kind=CommitmentKind.TRANSFER, state=CommitmentState.MOVED, first="we call twice"),
            a_commitment("plan", first="if it rains"),
        ],
        "noticed": [
            a_reply("own", kind=ReplyKind.CHECK, text="she thanked us"),
            a_reply("older", kind=ReplyKind.CHECK, text="another run", enrollment="an-older-run"),
            a_reply("private", kind=ReplyKind.CHECK, text="for me alone", scope=Scope.PRIVATE),
        ],
        "habits": [a_reply("kept", kind=ReplyKind.KEEP, text="I ask first")],
    }
    left = sent("n2", item=AT_HOME, answer=Answer.NOT_FOR_ME)
    return harvest.closing(given(), shown(CLOSING, done, left, **{**found, **changes}))


def test_the_end_opens_with_what_was_the_persons_own() -> None:
    message = a_closing(pulse=[a_pulse("promise"), a_pulse("promise", wave=Wave.AFTER, id="after")])
    tried, numbers = (part for part in message.parts if isinstance(part, Facts))
    theme = given().words.title_of(shown(CLOSING).journey.items[ITEM].theme, Language.EN, week=1)
    assert tried.rows == ((theme, "Tuesday 13 January"),)
    begun, to_begin, noticed, kept = quotes(message)
    assert "we call back" in begun
    assert "we call twice" in to_begin
    assert (noticed, kept) == ("she thanked us", "I ask first")
    for words in ("my secret", "not this", "if it rains", "another run", "for me alone"):
        assert words not in repr(message)
    assert line("closing-private", count=1) in notes(message)
    headings = [line(f"closing-{key}") for key in ("tried", "changed", "to-change", "noticed", "kept")]
    bodies = [part.text for part in message.parts if isinstance(part, Body)]
    assert bodies[:5] == headings
    assert message.parts[-1] == numbers


def test_the_end_of_who_did_nothing_says_nothing_of_it() -> None:
    message = a_closing(agenda=[CLOSING], promises=[], noticed=[], habits=[])
    assert len(message.parts) == 2  # the title and the text
