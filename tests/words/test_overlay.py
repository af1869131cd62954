"""One's own words over the shipped ones: journeys added, single files replaced, and upgrades that break nothing."""

import shutil
from pathlib import Path

import pytest

from bot.coaching.language import Language
from bot.words.files.layers.overlay import NoOwnWordsError, laid, overrides, version
from bot.words.files.words import LOOK_EVERY, FileWords
from tests.words.conftest import Folder
from tests.words.test_words import MAIN, NUDGE, Seconds


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    """A folder of one's own words with nothing in it."""
    (tmp_path / "own").mkdir()
    return Folder(tmp_path / "own")


def titled(prompts: Folder, title: str) -> str:
    """Return the experiment under another title."""
    return prompts.read(NUDGE).replace("On nudge", title, 1)


def test_a_file_of_ones_own_takes_the_place_of_the_shipped_one(prompts: Folder, own: Folder) -> None:
    own.write(NUDGE, titled(prompts, "Ours"))
    words = FileWords(prompts.root, own=own.root)
    assert words.journeys()["small"].texts["listen/nudge"].title[Language.EN].startswith("Ours")
    assert words.journeys()["small"].texts["listen/undone"].title[Language.EN]


def test_a_journey_of_ones_own_is_added(prompts: Folder, own: Folder) -> None:
    shutil.copytree(prompts.root / "journeys" / "small", own.root / "journeys" / "ours")
    assert set(FileWords(prompts.root, own=own.root).journeys()) == {"small", "ours"}
    assert sorted(path.name for path in (prompts.root / "journeys").iterdir()) == ["small"], "nothing was written there"


def test_phrases_that_ones_own_file_does_not_say_are_the_shipped_ones(prompts: Folder, own: Folder) -> None:
    """An upgrade brings a new phrase into a file that was replaced before it: the process starts all the same."""
    own.write(MAIN, "done-button = Did it, really\n")
    words = FileWords(prompts.root, own=own.root)
    assert words.say("done-button", Language.EN) == "Did it, really"
    assert words.say("done-button", Language.NL) == "Gedaan"
    prompts.write(MAIN, prompts.read(MAIN) + "\nbrand-new = New\n")
    prompts.write("phrases/nl/main.ftl", prompts.read("phrases/nl/main.ftl") + "\nbrand-new = Nieuw\n")
    assert FileWords(prompts.root, own=own.root).say("brand-new", Language.EN) == "New"


def test_a_file_of_ones_own_is_read_again_when_it_is_saved(prompts: Folder, own: Folder) -> None:
    clock = Seconds()
    words = FileWords(prompts.root, own=own.root, monotonic=clock)
    own.write(MAIN, "done-button = Later on\n")
    clock.passed += LOOK_EVERY
    assert words.say("done-button", Language.EN) == "Later on"


@pytest.mark.parametrize(
    ("made_from", "content", "told"),
    [
        ("", "other", (True, False, False)),  # replaces, says the same, stale
        ("now", "other", (True, False, False)),
        ("before", "other", (True, False, True)),
        ("", "same", (True, True, False)),
    ],
)
def test_what_is_replaced_and_stale_is_known(
    prompts: Folder, own: Folder, made_from: str, content: str, told: tuple[bool, bool, bool]
) -> None:
    shipped = (prompts.root / NUDGE).read_bytes()
    from_what = {"": "", "now": f"# made from {version(shipped)}\n", "before": f"# made from {'0' * 12}\n"}[made_from]
    own.write(NUDGE, prompts.read(NUDGE) if content == "same" else from_what + titled(prompts, "Ours"))
    own.write("journeys/ours/note.yaml", "x: y\n")
    own.write(".hidden.yaml", "x: y\n")
    own.write("README.md", "not words\n")
    added, replaced = sorted(overrides(prompts.root, own.root), key=lambda each: each.replaces)
    assert (added.path, added.replaces, added.is_stale) == ("journeys/ours/note.yaml", False, False)
    assert (replaced.replaces, replaced.is_same, replaced.is_stale) == told


def test_a_folder_that_is_not_there_is_named(prompts: Folder, tmp_path: Path) -> None:
    with pytest.raises(NoOwnWordsError, match="nowhere is no folder: PITSTOP_PROMPTS names"):
        FileWords(prompts.root, own=tmp_path / "nowhere")
    with laid(prompts.root, None) as root:
        assert root == prompts.root
