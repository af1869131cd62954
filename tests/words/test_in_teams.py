"""What is said in Teams promises nothing that only Slack has."""

import re
from pathlib import Path

import pytest
import yaml

from bot.words.files.locate import prompts_folder

ONLY_SLACKS = re.compile(r"/coach|/invite|slack|app home|workspace|werkruimte|direct messages|privéberichten", re.I)
_PHRASE = re.compile(r"^([a-z][\w-]*) = (.*(?:\n[ \t]+.*)*)", re.MULTILINE)


def phrases(folder: Path) -> dict[str, str]:
    """Return every phrase under a folder, but for those of the practice's own page."""
    texts = [file.read_text() for file in folder.glob("*.ftl") if not file.name.startswith("practice")]
    return {key: words for text in texts for key, words in _PHRASE.findall(text)}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_phrase_speaks_of_slack(language: str) -> None:
    said = phrases(prompts_folder() / "phrases" / language)
    own = (prompts_folder() / "platforms" / "teams" / f"{language}.ftl").read_text()
    said |= dict(_PHRASE.findall(own))
    assert [key for key, words in said.items() if ONLY_SLACKS.search(words)] == []
    assert len(said) > 300


@pytest.mark.parametrize(
    "file",
    sorted((prompts_folder() / "journeys").rglob("*.yaml")),
    ids=lambda file: "-".join(file.with_suffix("").parts[-3:]),
)
def test_no_text_of_a_journey_speaks_of_slack(file: Path) -> None:
    texts = yaml.safe_load(file.read_text())
    assert ONLY_SLACKS.findall(yaml.safe_dump(texts, allow_unicode=True)) == []
