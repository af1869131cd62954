"""What an address of the log asks for, and what a session remembers of searches."""

from datetime import UTC, datetime

import pytest

from bot.coaching.records.reply import Scope
from bot.coaching.records.session import MOST_SEARCHES, Search, Session
from bot.flows.desk.phrase import LONGEST
from bot.flows.desk.search import is_found, wrong_with
from bot.flows.desk.view import LONGEST as LONGEST_VALUE
from bot.flows.desk.view import MOST_PEOPLE, View, view_of
from bot.store.port.readers import LogEntry, LogFilter
from tests.store.scene import T0, a_cohort

HERE = a_cohort("c")
THERE = a_cohort("other")
SEARCH = Search(id="s1", words="listen first")
ALL = LogFilter()


def view(*asked: tuple[str, str]) -> View:
    found = view_of([HERE, THERE], asked, [SEARCH])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "which", "is_odd"),
    [
        ([], ALL, False),
        ([("person", "anna"), ("person", "bram")], LogFilter(people=("anna", "bram")), False),
        ([("person", "anna"), ("person", "anna"), ("person", "")], LogFilter(people=("anna",)), False),
        ([("kind", "plan"), ("kind", "typed")], LogFilter(kinds=("typed", "plan")), False),
        ([("kind", "answer")], LogFilter(kinds=("answer",)), False),
        ([("unanswered", "yes")], LogFilter(is_unanswered=True), False),
        ([("item", "map"), ("week", "3")], LogFilter(item="map", week=3), False),
        ([("week", "1"), ("week", "2")], LogFilter(week=2), False),  # the last counts
        ([("kind", "coach"), ("unanswered", "yes")], LogFilter(kinds=("coach",), is_unanswered=True), False),
        ([("nothing", "else")], ALL, False),
        # what makes no sense does not narrow, and is said
        ([("kind", "held"), ("kind", "plan")], LogFilter(kinds=("plan",)), True),
        ([("kind", "request")], ALL, True),
        ([("kind", "PLAN")], ALL, True),
        ([("week", "one")], ALL, True),
        ([("week", "²")], ALL, True),
        ([("week", "99999999999999999999")], ALL, True),
        ([("unanswered", "no")], ALL, True),
        ([("before", "yesterday")], ALL, True),
        ([("person", "x" * 9000)], LogFilter(people=("x" * LONGEST_VALUE,)), False),
        (
            [("person", str(number)) for number in range(500)],
            LogFilter(people=tuple(str(number) for number in range(MOST_PEOPLE))),
            True,
        ),
    ],
)
def test_what_an_address_narrows_the_log_to(asked: list[tuple[str, str]], which: LogFilter, is_odd: bool) -> None:
    found = view(*asked)
    assert (found.which, found.is_odd, found.is_narrowed) == (which, is_odd, which != ALL)
    again = view(*found.here)
    assert (again.which, again.is_odd) == (which, False), "its own address asks for the same"


def test_the_log_of_another_team_is_not_there() -> None:
    assert view(("cohort", "other")).cohort == THERE
    assert view(("cohort", "")).cohort == HERE
    assert view_of([HERE], [("cohort", "other")]) is None
    assert view_of([], []) is None


def test_a_choice_is_taken_away_alone_and_the_search_stays() -> None:
    here = view(("person", "anna"), ("person", "bram"), ("week", "1"), ("unanswered", "yes"), ("search", "s1"))
    assert view(*here.without("person", "anna")).which == LogFilter(people=("bram",), week=1, is_unanswered=True)
    assert view(*here.without("unanswered", "yes")).which == LogFilter(people=("anna", "bram"), week=1)
    assert view(*here.without("week", "1")).search == SEARCH
    assert (here.everything().which, here.everything().search) == (ALL, SEARCH)
    assert (here.unsearched().which, here.unsearched().search) == (here.which, None)


def test_an_address_has_the_place_and_the_search_and_never_its_words() -> None:
    moment = datetime(2026, 1, 12, 8, 0, 0, 123456, tzinfo=UTC)
    here = view(("before", f"{moment.isoformat()}|k1"), ("search", "s1"))
    assert here.before == (moment, "k1")
    assert here.phrase is not None
    assert here.phrase.typed == "listen first"
    assert "listen" not in repr(here.here)
    assert view(*here.here) == here
    assert view(*here.pairs()).before is None


@pytest.mark.parametrize(
    ("search", "is_forgotten"), [("", False), ("s1", False), ("of another", True), ("x" * 9000, True)]
)
def test_a_search_that_the_session_does_not_know_is_said(search: str, is_forgotten: bool) -> None:
    found = view(("search", search))
    assert found.is_forgotten is is_forgotten
    assert (found.search is None) is (search != "s1")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "desk-search-empty"),
        (" \u202e\n", "desk-search-empty"),
        ("x", ""),
        ("x" * LONGEST, ""),
        ("x" * (LONGEST + 1), "desk-search-long"),
        ("x" * 40_000, "desk-search-long"),
        ("👩‍💻", ""),
        ("%", ""),
    ],
    ids=ascii,
)
def test_what_can_be_looked_for(typed: str, told: str) -> None:
    assert wrong_with(typed) == told


def an_entry(kind: str, text: str, name: str = "Sanne") -> LogEntry:
    return LogEntry(
        id="k1",
        at=T0,
        member="sanne",
        name=name,
        item="ask",
        week=1,
        kind=kind,
        question=None,
        text=text,
        scope=Scope.COACH,
        nudge="n",
    )


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (an_entry("typed", "I listen\nfirst"), True),
        (an_entry("typed", "first I listen"), False),
        (an_entry("plan", "a customer calls\nI Listen first"), True),
        (an_entry("plan", "when I listen\nfirst"), False),  # the two halves of a plan are two texts
        (an_entry("transfer", "listen first\n"), True),
        (an_entry("typed", "", name="Listen First"), True),
        (an_entry("typed", "a text of Sanne"), False),
    ],
)
def test_a_line_is_found_by_its_words_and_by_its_name(entry: LogEntry, found: bool) -> None:
    phrase = View(cohort=HERE, search=SEARCH).phrase
    assert phrase is not None
    assert is_found(phrase, entry) is found


def test_a_session_remembers_the_last_searches_each_once_and_none_when_it_ends() -> None:
    session = Session(id="hash", workspace="w", member="anna", made_at=T0, seen_at=T0, ends_at=T0)
    for number in range(MOST_SEARCHES + 2):
        session, made = session.search(f"word {number}", f"id {number}")
        assert made == Search(id=f"id {number}", words=f"word {number}")
    assert [each.id for each in session.searches] == ["id 6", "id 5", "id 4", "id 3", "id 2"]
    session, again = session.search("word 4", "another id")
    assert again.id == "id 4", "an open tab goes on with it"
    assert [each.id for each in session.searches] == ["id 4", "id 6", "id 5", "id 3", "id 2"]
    ended = session.ended(T0)
    assert (ended.searches, ended.ended_at) == ((), T0)
