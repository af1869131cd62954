"""A team's page: figures that the channel was told, and the next post as it will stand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Facts, Message, Quote
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.pulse import FEWEST_ANSWERS, Tally, Wave
from bot.coaching.records.reflection import A_POST, MOST_POSTS, Reflection
from bot.coaching.records.session import Session
from bot.coaching.words import left_out
from bot.desk import chart
from bot.flows.desk.cohort.figures import PulseRow, figures, pulse
from bot.flows.desk.cohort.page import preview
from bot.flows.desk.entry import Visitor
from bot.flows.messages import composed
from bot.flows.reflections.weekly import built, share_posts
from bot.store.port.shown import ShownPost
from tests.content import said
from tests.flows.decisions.told import TUESDAY, begun, given, person, planned
from tests.store.scene import a_cohort, a_member, a_reflection, a_reply

COHORT = a_cohort(journey="twelve-weeks")
ROW = planned(
    "post", Kind.TEAM_REFLECTION, member=None, enrollment=None, item=None, week=3, occurrence="monday", due_at=TUESDAY
)
CARL = Visitor(
    session=Session(id="s", workspace="w", member="carl", made_at=TUESDAY, seen_at=TUESDAY, ends_at=TUESDAY),
    member=a_member("carl"),
    about=person(begun(), member=a_member("carl"), coached=[COHORT]),
)
PEOPLE: Mapping[str, Member] = {"anna": a_member("anna"), "carl": a_member("carl")}


def told(week: int, tried: int = 0, **people: int) -> Reflection:
    """Return what a post was built from: so many people tried; answers to the pulse by "<wave>_<value>"."""
    answers = [
        Tally(wave=Wave(wave), question="promise", value=int(value), people=count)
        for (wave, value), count in ((name.split("_"), count) for name, count in people.items())
    ]
    return a_reflection(f"made-{week}", None, week=week, tried=tried, pulse=tuple(answers))


@pytest.mark.parametrize(
    ("posts", "shown"),
    [
        ([], []),
        ([told(2, FEWEST_ANSWERS - 1)], []),
        ([told(2, FEWEST_ANSWERS), told(3, 0), told(4, 9)], [(2, 5), (4, 9)]),
        ([told(4, 9), told(2, 6), told(4, 8)], [(2, 6), (4, 8)]),  # made once more after a restore
    ],
)
def test_how_many_tried_is_shown_where_the_channel_was_told(posts: list[Reflection], shown: list[Any]) -> None:
    assert figures(posts) == shown


@pytest.mark.parametrize(
    ("posts", "spreads"),
    [
        ([], []),
        ([told(2, before_3=2, before_4=2)], []),  # four people
        ([told(2, before_3=2, before_4=3)], [("before", {3: 2, 4: 3})]),
        ([told(2, before_3=5), told(3)], [("before", {3: 5})]),
        ([told(2, before_3=5), told(12, before_3=5, after_4=6)], [("before", {3: 5}), ("after", {4: 6})]),
        ([told(2, before_3=5), told(12, before_3=5, after_4=4)], [("before", {3: 5})]),
        ([told(12, before_3=1, after_4=6)], [("after", {4: 6})]),
    ],
)
def test_the_pulse_is_shown_from_five_answers_on_as_it_was_told_last(
    posts: list[Reflection], spreads: list[tuple[str, dict[int, int]]]
) -> None:
    rows = pulse(given(), Language.EN, posts)
    assert [(each.wave, each.people) for row in rows for each in row.spreads] == spreads
    assert [row.label for row in rows] == ([said("pulse-question-promise")] if spreads else [])


def a_row(**people: int) -> PulseRow:
    """Return one question that was answered so."""
    (row,) = pulse(given(), Language.EN, [told(2, **people)])
    return row


@pytest.mark.parametrize("people", [1, 5, 12, 200])
def test_there_is_a_dot_for_each_person_and_none_leaves_its_column(people: int) -> None:
    found = chart.pulse_chart(a_row(before_1=people, before_5=5, after_3=5))
    (first, last, later) = found.dots
    assert [round(each.length / each.step) + 1 for each in (first, last, later)] == [people, 5, 5]
    assert (first.y, last.y) == (chart.HEIGHT - chart.BOTTOM, chart.TOP), "the lowest value is at the bottom"
    edge = chart.LEFT + (chart.WIDTH - chart.LEFT) / 2
    assert first.x - first.size / 2 > chart.LEFT
    assert first.x + first.length + first.size / 2 < edge < later.x
    assert [wave for _, wave in found.times] == ["before", "after"]
    assert [(each.value, each.is_named) for each in found.rungs] == [
        (1, True),
        (2, False),
        (3, False),
        (4, False),
        (5, True),
    ]


def test_the_tallest_bar_is_the_week_in_which_most_tried() -> None:
    low, high = chart.bars([(2, 5), (4, 10)])
    assert (high.y, high.height, low.y + low.height) == (0, chart.TALLEST, chart.TALLEST)
    assert low.height == chart.TALLEST / 2
    assert chart.bars([]) == []


# --- the post -----------------------------------------------------------------------------------------------------


def texts(count: int, **changes: Any) -> list[Any]:
    """Return replies of anna that she let into the channel."""
    before = TUESDAY - timedelta(hours=1)
    return [a_reply(f"r{number}", text=f"text {number}", shared_at=before, **changes) for number in range(count)]


def sent_for_real(words: list[Any]) -> list[Message]:
    """Return the post of these words and its thread, as they are when they stand in the channel."""
    made = replace(built(given(), ROW, shared=words), id="real")
    rows = [ROW, *share_posts(given(), ROW, made)]
    around = {"cohort": COHORT, "made": made, "words": words, "authors": PEOPLE}
    return [composed(given(), ShownPost(nudge=replace(row, state=NudgeState.SENT), **around)) for row in rows]


@pytest.mark.parametrize("count", [0, 1, A_POST, A_POST + 1, A_POST * MOST_POSTS + 2])
def test_the_post_is_shown_as_it_will_be_sent(count: int) -> None:
    words = texts(count)
    found = preview(given(), CARL, COHORT, ROW, words, [], PEOPLE, {each.id: "" for each in words})
    post, *thread = sent_for_real(words)
    quotes = [part for each in thread for part in each.parts if isinstance(part, Quote)]
    assert found.parts == post.parts
    assert [(each.label, each.text) for each in found.lines] == [(each.label, each.text) for each in quotes]
    assert (len(found.lines), found.more) == (min(count, A_POST * MOST_POSTS), max(0, count - A_POST * MOST_POSTS))
    assert not any(isinstance(part, Facts) for part in found.parts), "no figure before it is fixed"


def test_what_the_coach_may_not_read_is_counted_and_not_shown() -> None:
    words = texts(3)
    found = preview(given(), CARL, COHORT, ROW, words, [], PEOPLE, {"r1": ""})
    assert ([each.text for each in found.lines], found.hidden) == (["text 1"], 2)
    assert "text 0" not in repr(found)


def test_what_was_left_out_stands_beside_it_with_who_did_that() -> None:
    words = [left_out(each, by, TUESDAY) for each, by in zip(texts(2), ("carl", ""), strict=True)]
    found = preview(given(), CARL, COHORT, ROW, [], words, PEOPLE, {each.id: "" for each in words})
    assert [(each.label, each.text, each.by) for each in found.left_out] == [
        ("Anna", "text 0", "Carl"),
        ("Anna", "text 1", ""),
    ]
    assert found.lines == []


def test_the_post_speaks_the_teams_language_and_its_day_the_readers() -> None:
    dutch = replace(COHORT, language=Language.NL)
    found = preview(given(), CARL, dutch, ROW, [], [], PEOPLE, {})
    assert (found.language, found.day, found.hour) == (Language.NL, "Tuesday 13 January", "10:00")
