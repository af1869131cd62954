"""What the message of an experiment shows, state by state."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import AFTER, Answer, Kind, Nudge
from bot.coaching.records.reply import Scope
from bot.flows.context.nudge import at_home
from bot.flows.messages import experiment
from bot.flows.messages.parts import footer
from tests.flows.decisions.looks import buttons, line, notes, quotes, shown
from tests.flows.decisions.told import AT_HOME, ITEM, TUESDAY, given, planned, sent
from tests.store.scene import a_commitment

OPEN = ["nudge.plan", "nudge.done", "nudge.later", "nudge.no"]
ALTERNATIVES = ["nudge.plan", "nudge.done", "nudge.another", "nudge.skip"]
# What is typed is about home until the next item comes.
NEXT = planned("next", Kind.NUDGE, item="another", due_at=TUESDAY + timedelta(days=14))


def plan(**changes: Any) -> Commitment:
    """Return a plan that answers the nudge."""
    return a_commitment("p", item=ITEM, **{"nudge": "n", "due_on": date(2026, 1, 15), **changes})


@pytest.mark.parametrize(
    ("answer", "alternative", "shows"),
    [
        (None, None, OPEN),
        (Answer.NOT_FOR_ME, 0, ALTERNATIVES),
        (Answer.NOT_FOR_ME, 99, [each for each in ALTERNATIVES if each != "nudge.another"]),
        (Answer.SKIPPED, None, []),
        (Answer.DONE, None, []),
    ],
)
def test_the_buttons_follow_the_answer(answer: Answer | None, alternative: int | None, shows: list[str]) -> None:
    about = shown(sent(answer=answer, alternative=alternative))
    assert about.item is not None
    if alternative == 99:
        about = about.at(replace(about.nudge, alternative=len(about.item.alternatives) - 1))
    kit = ["nudge.kit"] if about.item.kit and answer is None else []
    assert buttons(experiment.nudge(given(), about)) == [*shows, *kit]


@pytest.mark.parametrize(
    ("nudge", "others", "key"),
    [
        (sent(answer=Answer.SKIPPED), [], "nudge-left"),
        (sent(answer=Answer.DONE), [], "nudge-done-said"),
        (sent(answer=Answer.DONE, item=AT_HOME), [], "nudge-done-forgets"),
        (sent(answer=Answer.DONE), [sent("home", item=AT_HOME), NEXT], "nudge-done-short"),
    ],
)
def test_nobody_is_asked_to_type_what_is_not_kept(nudge: Nudge, others: list[Nudge], key: str) -> None:
    day = "Monday 19 January"  # four working days after it came
    assert notes(experiment.nudge(given(), shown(nudge, *others))) == [line(key, day=day)]


def test_one_that_was_put_off_says_when_it_comes_back() -> None:
    back = planned("back", Kind.NUDGE, occurrence=f"{AFTER}n", local_date=date(2026, 1, 20))
    looks = experiment.nudge(given(), shown(sent(answer=Answer.LATER), sent("other"), back))
    assert notes(looks) == [line("nudge-later-said", day="Tuesday 20 January")]


@pytest.mark.parametrize(
    ("made", "shows", "words"),
    [
        (plan(), ["plan.delete"], 1),
        (plan(scope=Scope.PRIVATE), ["plan.read", "plan.delete"], 0),
        (plan(first="", second=""), [], 0),
        (plan(first="", second="", deleted_at=TUESDAY), [], 0),
    ],
)
def test_a_plan_stands_below_what_it_answers(made: Commitment, shows: list[str], words: int) -> None:
    others = (plan(state=CommitmentState.DROPPED), plan(nudge="other"))
    looks = experiment.nudge(given(), shown(sent(answer=Answer.PLANNED), promises=(*others, made)))
    found = [each for each in buttons(looks) if each.startswith("plan.")]
    assert (found, len(quotes(looks))) == (shows, words)
    assert buttons(looks)[:3] == ["nudge.plan_change", "nudge.done", "nudge.no"]


def test_a_reminder_that_was_answered_looks_like_its_nudge() -> None:
    asks = shown(sent("f", Kind.FOLLOW_UP), sent("n"))
    assert buttons(experiment.follow_up(given(), asks)) == ["follow.done", "follow.plan", "follow.no"]
    answered = replace(asks, nudge=replace(asks.nudge, answer=Answer.DONE), agenda=[sent("n", answer=Answer.DONE)])
    assert experiment.follow_up(given(), answered) == experiment.nudge(given(), answered.at(answered.agenda[0]))


@pytest.mark.parametrize(
    ("row", "made", "said"),
    [
        ({}, {}, ""),
        ({"answer": Answer.DONE}, {}, "day-done-said"),
        ({"answer": Answer.DONE}, {"kind": CommitmentKind.TRANSFER}, "transfer-day-done-said"),
        ({}, {"state": CommitmentState.DROPPED}, "day-skipped-said"),
        ({}, {"state": CommitmentState.MOVED, "due_on": date(2026, 1, 20)}, "day-later-said"),
    ],
)
def test_the_question_of_a_day(row: dict[str, Any], made: dict[str, Any], said: str) -> None:
    promised = plan(**{"due_on": TUESDAY.date(), **made})
    about = shown(sent("day", Kind.DAY_OF, subject="p", **row), promises=[plan(id="other"), promised])
    looks = experiment.day_of(given(), about)
    day = given().words.day(promised.due_on, about.language)
    asked = [each for each in buttons(looks) if each.startswith("day.")]
    assert asked == ([] if said else ["day.done", "day.move", "day.drop"])
    assert (line(said, day=day) in notes(looks)) if said else notes(looks) == [footer(given(), about).text]


@pytest.mark.parametrize(
    ("nudge", "others", "key"),
    [
        (sent(), [], "footer-keeps"),
        (sent(), [sent("home", item=AT_HOME), NEXT], "footer-forgets"),
        (sent(item=AT_HOME), [NEXT], "footer-forgets"),
        (
            planned("n", Kind.NUDGE, item=AT_HOME),
            [NEXT],
            "footer-forgets",
        ),  # read once there
        (sent(), [planned("home", Kind.NUDGE, item=AT_HOME), NEXT], "footer-keeps"),
        (sent("d", Kind.DEBRIEF, item=AT_HOME), [], "footer-forgets-here"),
        (sent("c", Kind.CHECK, item=AT_HOME), [], "footer-keeps"),
    ],
)
def test_the_footer_says_whether_typed_words_are_kept(nudge: Nudge, others: list[Nudge], key: str) -> None:
    about = shown(nudge, *others)
    assert at_home(given(), about) == (key == "footer-forgets")
    scope = given().words.say(f"scope-{about.enrollment.scope}", about.language)
    assert footer(given(), about).text == line(key, week=nudge.week, scope=scope, day="Monday 19 January")
