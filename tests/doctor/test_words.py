"""What people walk is held against the words."""

import pytest

from bot.coaching.journey import Journey
from bot.doctor.finding import State
from bot.doctor.words import walked, words
from bot.store.open import UnderWay
from bot.words.files.load import load
from tests.words.conftest import written


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """A journey of one item."""
    [source] = load(written(tmp_path_factory.mktemp("few") / "prompts").root).journeys
    assert source.journey is not None
    return source.journey


def row(journey: str = "small", kind: str = "nudge", item: str | None = "listen", prompt: str = "") -> UnderWay:
    """One text that people walk."""
    return UnderWay(journey=journey, kind=kind, item=item, prompt=prompt or f"{item}/{kind}")


@pytest.mark.parametrize(
    ("walks", "told"),
    [
        (row(), ""),
        (row(kind="reflection", item=None, prompt="reflections/personal"), ""),  # one of several, picked when due
        (row(kind="day_of", prompt="listen/day_of"), ""),  # named after its kind, not after a file
        (row(journey="gone"), "the journey “gone”"),
        (UnderWay(journey="gone", kind=None, item=None, prompt=None), "the journey “gone”"),  # nobody joined yet
        (row(item="gone"), "“gone” of the journey “small”"),
        (row(kind="welcome", item=None, prompt="hello"), "the text “hello” of the journey “small”"),
    ],
)
def test_what_people_walk_and_the_words_lack_is_named(journey: Journey, walks: UnderWay, told: str) -> None:
    found = list(walked([walks, walks], {"small": journey}, {"small": journey}))
    assert [each.state for each in found] == ([State.BAD] if told else [])
    assert all(each.told.startswith(f"People walk {told}, which is not in the words any more") for each in found)


def test_what_was_kept_is_no_harm_yet(journey: Journey) -> None:
    [found] = walked([row()], {}, {"small": journey})
    assert found.state is State.ATTENTION
    assert "They go on with its last good text." in found.told


def test_errors_of_the_words_are_counted_and_the_first_is_told() -> None:
    assert words([]).state is State.GOOD
    found = words([f"prompts/b.ftl:{line} x" for line in (2, 1)])
    assert (found.state, found.told) == (State.BAD, "2 errors; the first: prompts/b.ftl:1 x")
