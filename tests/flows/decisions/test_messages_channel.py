"""What a channel sees, and what is said between coach and member, case by case."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Body, Chart, Choice
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import DigestTime
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.pulse import FEWEST_ANSWERS, QUESTIONS, Tally, Wave, large_enough
from bot.coaching.records.reflection import A_POST, MOST_POSTS
from bot.coaching.records.reply import ReplyKind, Scope
from bot.flows.messages import channel, coach
from bot.store.port.shown import ShownPost, ShownToCoach
from tests.flows.decisions.looks import buttons, line, notes, quotes, shown
from tests.flows.decisions.told import AT_HOME, TUESDAY, given, planned, sent
from tests.store.scene import a_coach, a_cohort, a_member, a_reflection, a_reply

COHORT = a_cohort(journey="twelve-weeks")
BEFORE, AFTER = TUESDAY - timedelta(hours=1), TUESDAY + timedelta(hours=1)
CARL = a_member("carl")


def post(kind: Kind, around: dict[str, Any] | None = None, **row: Any) -> ShownPost:
    """Return a post of the cohort."""
    nudge = sent("p", kind, **{"member": None, "enrollment": None, "item": None, "week": 2, **row})
    return ShownPost(nudge=nudge, cohort=COHORT, **(around or {}))


def thread(place: int, count: int = 1, state: NudgeState = NudgeState.SENT, **words: Any) -> ShownPost:
    """Return one message of a thread that was made from so many replies of anna."""
    said = [a_reply(f"r{number}", text=f"text {number}", **{"shared_at": BEFORE, **words}) for number in range(count)]
    made = a_reflection("m", None, shared=tuple(each.id for each in said), made_at=TUESDAY)
    around = {"made": made, "words": said, "authors": {"anna": a_member("anna")}}
    return post(Kind.TEAM_SHARE, around, occurrence=f"m-share-{place}", state=state)


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ({}, True),
        ({"shared_at": None}, False),
        ({"shared_at": AFTER}, False),  # let in once more: for the next post
        ({"answers": "word"}, False),
        ({"kind": ReplyKind.COACH}, False),
    ],
)
def test_a_thread_quotes_what_is_still_let_in(words: dict[str, Any], stands: bool) -> None:
    looks = channel.team_share(given(), thread(0, **words))
    assert (quotes(looks), notes(looks)) == ((["text 0"], []) if stands else ([], [line("team-share-withdrawn")]))
    assert bool(channel.still_shared(thread(0, **words))) == stands


@pytest.mark.parametrize("state", [each for each in NudgeState if each is not NudgeState.SENT])
def test_a_message_nobody_can_take_words_out_of_holds_none(state: NudgeState) -> None:
    assert quotes(channel.team_share(given(), thread(0, state=state))) == []


@pytest.mark.parametrize(
    ("place", "count", "shows", "left"),
    [
        (0, 25, A_POST, 0),
        (2, 25, 5, 0),
        (MOST_POSTS - 1, MOST_POSTS * A_POST + 3, A_POST, 3),
        (MOST_POSTS - 2, MOST_POSTS * A_POST + 3, A_POST, 0),
    ],
)
def test_a_thread_has_room_for_some(place: int, count: int, shows: int, left: int) -> None:
    looks = channel.team_share(given(), thread(place, count))
    assert len(quotes(looks)) == shows
    assert notes(looks) == ([line("team-share-more", count=left)] if left else [])


@pytest.mark.parametrize(("tried", "said"), [(FEWEST_ANSWERS - 1, False), (FEWEST_ANSWERS, True)])
def test_no_numbers_for_a_few(tried: int, said: bool) -> None:
    looks = channel.team_reflection(given(), post(Kind.TEAM_REFLECTION, {"made": a_reflection("m", tried=tried)}))
    assert (line("team-tried", count=tried) in notes(looks)) == said


@pytest.mark.parametrize(
    ("before", "tried", "drawn"),
    [
        ([], 8, None),  # one week is no chart
        ([(2, 5)], 8, [("Week 2", 5), ("Week 4", 8)]),
        ([(2, 5), (3, FEWEST_ANSWERS - 1)], 8, [("Week 2", 5), ("Week 4", 8)]),
        ([(2, 5), (3, 6)], FEWEST_ANSWERS - 1, None),  # this week has no figure
        ([(3, 6), (2, 5)], 8, [("Week 2", 5), ("Week 3", 6), ("Week 4", 8)]),
    ],
)
def test_how_many_tried_is_drawn_week_by_week(
    before: list[tuple[int, int]], tried: int, drawn: list[tuple[str, int]] | None
) -> None:
    told = [a_reflection(f"m{week}", None, week=week, tried=count) for week, count in before]
    around = {"made": a_reflection("m", None, week=4, tried=tried), "before": told}
    looks = channel.team_reflection(given(), post(Kind.TEAM_REFLECTION, around, week=4))
    assert [[*part.rows] for part in looks.parts if isinstance(part, Chart)] == ([drawn] if drawn else [])


def test_a_chart_keeps_within_what_a_platform_draws() -> None:
    told = [a_reflection(f"m{week}", None, week=week, tried=9) for week in range(2, 30)]
    around = {"made": a_reflection("m", None, week=30, tried=9), "before": told}
    for language in Language:
        told_in = replace(post(Kind.TEAM_REFLECTION, around, week=30), cohort=replace(COHORT, language=language))
        (chart,) = [each for each in channel.team_reflection(given(), told_in).parts if isinstance(each, Chart)]
        assert (len(chart.rows), chart.rows[-1]) == (20, ("Week 30", 9))
        assert len(chart.title) <= 50


@pytest.mark.parametrize("shared_at", [None, BEFORE])
def test_mondays_post_tells_of_its_thread(shared_at: Any) -> None:
    around = thread(0, shared_at=shared_at)
    about = post(Kind.TEAM_REFLECTION, {"made": around.made, "words": around.words})
    below = line("team-shared-below") in notes(channel.team_reflection(given(), about))
    assert below == (shared_at is not None)


@pytest.mark.parametrize(
    ("people", "waves", "rows", "said"),
    [
        (FEWEST_ANSWERS - 1, list(Wave), 0, line("team-pulse-few", fewest=FEWEST_ANSWERS)),
        (FEWEST_ANSWERS, [Wave.BEFORE], 1, line("team-pulse-before")),
        (FEWEST_ANSWERS, list(Wave), 1, line("team-pulse-both")),
    ],
)
def test_the_pulse_of_enough_people_is_told(people: int, waves: list[Wave], rows: int, said: str) -> None:
    slug = QUESTIONS[0].slug
    pulse = [Tally(wave=wave, question=slug, value=3, people=people) for wave in waves]
    found = channel.pulse_rows(given(), COHORT, pulse)
    assert len(found) == rows
    assert not found or found[0][1].count("\n") == len(waves) - 1
    told = notes(
        channel.team_closing(
            given(),
            post(Kind.TEAM_CLOSING, {"made": a_reflection("m", None, pulse=tuple(pulse))}, prompt="closing/team"),
        )
    )
    assert told == [said]


def test_an_invitation_names_who_coaches() -> None:
    asked = [(a_coach(), CARL), (a_coach("anna", state=CoachState.DECLINED), a_member("anna"))]
    assert channel.coach_names(given(), COHORT.language, asked) == "Carl"
    looks = channel.invitation(given(), post(Kind.INVITATION, {"coaches": asked}))
    assert buttons(looks) == ["cohort.join"]


@pytest.mark.parametrize(
    ("role", "agenda", "says"),
    [
        (a_coach(), [], "coach-word-note"),
        (a_coach(), [sent("newer", sent_at=AFTER)], "coach-word-note-over"),
        (a_coach(), [sent("home", item=AT_HOME), planned("n", Kind.NUDGE, due_at=AFTER)], "coach-word-note-home"),
        (a_coach(state=CoachState.DECLINED), [], "word-no-coach"),
        (None, [], "word-no-coach"),
    ],
)
def test_a_coachs_word(role: Coach | None, agenda: list[Any], says: str) -> None:
    word = a_reply("said", author="carl", kind=ReplyKind.COACH, text="How did it go?")
    row = sent("w", Kind.COACH_WORD, prompt="coach/word", item=None, subject="said")
    looks = coach.word(given(), shown(row, *agenda, word=word, author=CARL, role=role))
    assert (quotes(looks), notes(looks)) == (["How did it go?"], [line(says, name="Carl")])
    assert buttons(looks) == ([] if says == "word-no-coach" else ["word.answer"])
    gone = coach.word(given(), shown(row))
    assert quotes(gone) == [str(line("coach-word-gone"))]


def to_coach(**around: Any) -> ShownToCoach:
    """Return a message to carl."""
    row = sent("h", Kind.COACH_HEARD, member="carl", enrollment=None, item=None, subject="r")
    empty: dict[str, Any] = {"member": CARL, "role": None, "starter": None, "answer": None, "author": None}
    return ShownToCoach(nudge=row, cohort=COHORT, **{**empty, **around})


@pytest.mark.parametrize(
    ("around", "reads"),
    [
        ({}, True),
        ({"answer": a_reply("r", scope=Scope.PRIVATE)}, False),
        ({"answer": a_reply("r", text=None, deleted_at=TUESDAY)}, False),
        ({"answer": None, "author": None}, False),
        ({"author": None}, False),
    ],
)
def test_news_of_an_answer(around: dict[str, Any], reads: bool) -> None:
    about = to_coach(**{"answer": a_reply("r"), "author": a_member("anna"), **around})
    assert buttons(coach.heard(given(), about)) == (["heard.read"] if reads else [])


@pytest.mark.parametrize("state", [*CoachState, None])
def test_who_was_asked_to_coach(state: CoachState | None) -> None:
    role = a_coach(state=state) if state else None
    looks = coach.ask(given(), to_coach(role=role, starter=a_member("anna")))
    by_state = {CoachState.INVITED: ["coach.accept", "coach.decline"], CoachState.ACTIVE: ["digest.open"]}
    assert buttons(looks) == by_state.get(state or CoachState.DECLINED, [])
    if state is CoachState.INVITED:
        assert notes(looks) == [line("digest-zone", zone="Europe/Amsterdam")]
    else:
        assert notes(looks)[0] == line(f"coach-{state or CoachState.DECLINED}-said")


def test_the_day_of_a_coachs_week_is_offered_once() -> None:
    """Friday at ten before Monday's post, in the cohort's language; who has said so for another team is not asked."""
    looks = coach.ask(given(), to_coach(role=a_coach(state=CoachState.INVITED)))
    offered = {part.id: part.chosen for part in looks.parts if isinstance(part, Choice)}
    assert offered == {"coach.manager": None, "coach.language": "en", "coach.day": "4", "coach.hour": "10:00"}
    known = a_member("carl", digest=DigestTime(day=3))
    looks = coach.ask(given(), to_coach(role=a_coach(state=CoachState.INVITED), member=known))
    assert [part.id for part in looks.parts if isinstance(part, Choice)] == ["coach.manager"]  # asked for each team


def test_answers_are_told_by_how_many_gave_them() -> None:
    slug = QUESTIONS[0].slug
    spread = [Tally(wave=Wave.BEFORE, question=slug, value=value, people=people) for value, people in ((5, 2), (1, 3))]
    ((_, told),) = channel.pulse_rows(given(), COHORT, spread)
    assert told == given().words.say("pulse-before-spread", COHORT.language, spread="1: 3×  5: 2×")


def test_of_a_question_that_few_answered_nothing_is_kept_to_tell() -> None:
    enough = [
        Tally(wave=Wave.BEFORE, question="promise", value=value, people=people) for value, people in ((1, 2), (4, 3))
    ]
    few = [
        Tally(wave=Wave.AFTER, question="promise", value=4, people=4),
        Tally(wave=Wave.BEFORE, question="matters", value=5, people=4),
    ]
    assert large_enough([*few, *enough]) == tuple(enough)


@pytest.mark.parametrize("pace", [1, 2])
def test_the_invitation_says_how_often_it_is_looked_back(pace: int) -> None:
    about = replace(post(Kind.INVITATION), cohort=replace(COHORT, pace=pace))
    looks = channel.invitation(given(), about)
    bodies = [each.text for each in looks.parts if isinstance(each, Body)]
    assert given().words.body("invitation-body", COHORT.language, pace=pace) in bodies
