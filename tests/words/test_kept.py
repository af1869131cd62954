"""What an author renames or removes stays for those who walk it, also after a restart."""

import shutil
from pathlib import Path

import pytest

from bot.words.files.layers.kept import Kept, completed
from bot.words.files.words import LOOK_EVERY, FileWords
from tests.words.conftest import Folder
from tests.words.test_words import Seconds


def renamed(prompts: Folder) -> None:
    """Let the author give the one item another name."""
    (prompts.root / "journeys" / "small" / "listen").rename(prompts.root / "journeys" / "small" / "hear")
    top = prompts.read("journeys/small/journey.yaml")
    prompts.write("journeys/small/journey.yaml", top.replace("listen", "hear"))
    assert prompts.problems() == []


def rested(prompts: Folder) -> None:
    """Let the author put another journey in the place of the only one."""
    journeys = prompts.root / "journeys"
    (journeys / "small").rename(journeys / "other")
    assert prompts.problems() == []


def versions(folder: Path, journey: str = "small") -> list[str]:
    """Return the versions that are kept of a journey."""
    return sorted(path.name for path in (folder / journey).iterdir())


def test_a_renamed_item_stays_with_its_texts_while_the_process_runs(prompts: Folder) -> None:
    clock = Seconds()
    words = FileWords(prompts.root, monotonic=clock)
    before = words.journeys()["small"]
    renamed(prompts)
    clock.passed += LOOK_EVERY
    now = words.journeys()["small"]
    assert set(now.items) == {"listen", "hear"}
    assert now.items["listen"] == before.items["listen"]
    assert {"listen/nudge", "hear/nudge"} <= now.texts.keys()
    assert {step.item for step in now.steps} == {None, "hear"}, "who joins now walks the new one"


def test_it_stays_after_a_restart_too(prompts: Folder, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "pitstop.db.words")
    before = FileWords(prompts.root, kept=kept).journeys()["small"]
    renamed(prompts)
    assert FileWords(prompts.root, kept=kept).journeys()["small"].items["listen"] == before.items["listen"]
    again = FileWords(prompts.root, kept=kept).journeys()["small"]
    assert again.items["listen"] == before.items["listen"], "also at the restart after that"


def test_a_journey_that_was_removed_goes_on_and_is_not_offered(prompts: Folder, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "pitstop.db.words")
    before = FileWords(prompts.root, kept=kept).journeys()["small"]
    rested(prompts)
    journeys = FileWords(prompts.root, kept=kept).journeys()
    assert {slug: each.is_offered for slug, each in journeys.items()} == {"small": False, "other": True}
    assert journeys["small"].items == before.items


def test_only_versions_that_hold_something_of_their_own_are_kept(prompts: Folder, tmp_path: Path) -> None:
    folder = tmp_path / "pitstop.db.words"
    kept = Kept(folder)
    kept.keep(prompts.root)
    kept.keep(prompts.root)
    assert versions(folder) == ["1"], "unchanged"
    prompts.replace("journeys/small/listen/nudge.yaml", "en: {title: ", "en: {title: Now ")
    kept.keep(prompts.root)
    assert versions(folder) == ["2"], "an edited text takes the place of what it was"
    renamed(prompts)
    kept.keep(prompts.root)
    assert versions(folder) == ["2", "3"]


def test_what_cannot_be_kept_is_logged_and_stops_nobody(
    prompts: Folder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "pitstop.db.words").write_text("a file where a folder should be")
    FileWords(prompts.root, kept=Kept(tmp_path / "pitstop.db.words"))
    assert [record.getMessage() for record in caplog.records] == ["a journey is not kept journey=small: File exists"]


def test_what_can_no_longer_be_read_is_left_out(prompts: Folder, tmp_path: Path) -> None:
    kept = Kept(tmp_path / "pitstop.db.words")
    kept.keep(prompts.root)
    shutil.rmtree(tmp_path / "pitstop.db.words" / "small" / "1" / "small" / "listen")
    assert completed({}, *kept.journeys()) == {}
