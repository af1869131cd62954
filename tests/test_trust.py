"""Each claim of the papers names what shows it, and that is there; both languages claim the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.retention import RULES

ROOT = Path(__file__).resolve().parents[1]
TRUST = ROOT / "docs" / "trust"
PAPERS = [
    "privacy-notice.md",
    "retention.md",
    "processing-record.md",
    "dpia.md",
    "works-council.md",
    "employer-sees.md",
    "app-listing.md",
    "security.md",
]
ENCRYPTION = "encryption.md"  # the one place that speaks of it
SHOWN = {"en": "shown by", "nl": "blijkt uit"}
YOURS = {"en": "**yours**", "nl": "**aan jullie**"}
CODE = re.compile(r"`([^`]+)`")
OF_ENCRYPTION = re.compile(r"\b(?:encrypt\w*|decrypt\w*|cipher\w*|AES|versleutel\w*|ontsleutel\w*)\b", re.IGNORECASE)
LINK = re.compile(r"\[[^]]*\]\([^)]*\)")
BOTH = pytest.mark.parametrize("language", ["en", "nl"])


def text(language: str, paper: str) -> str:
    return (TRUST / language / paper).read_text("utf-8")


def tables(language: str, paper: str) -> Iterator[list[list[str]]]:
    """Yield each table as rows of cells, the head first."""
    for block in re.findall(r"(?:^\|.*\n)+", text(language, paper), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        yield [rows[0], *rows[2:]]


def evidence(language: str, paper: str) -> list[str]:
    """Return what shows each claim, row by row."""
    return [
        row[-1].replace(YOURS[language], "yours")
        for head, *rows in tables(language, paper)
        for row in rows
        if head[-1] == SHOWN[language]
    ]


def is_there(named: str) -> bool:
    """Whether a test, a command or a target exists."""
    if named.startswith("make "):
        return named.removeprefix("make ") in re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    if named.startswith("python -m bot "):
        return named.split()[3] in main.commands
    return (ROOT / named).is_file() and "def test_" in (ROOT / named).read_text("utf-8")


@BOTH
@pytest.mark.parametrize("paper", [*PAPERS, ENCRYPTION])
def test_every_claim_names_what_shows_it_and_that_exists(language: str, paper: str) -> None:
    found = evidence(language, paper)
    assert found
    for shown in found:
        assert shown == "yours" or CODE.findall(shown), f"{paper}: nothing shows {shown!r}"
        missing = [named for named in CODE.findall(shown) if not is_there(named)]
        assert missing == [], paper


@pytest.mark.parametrize("paper", [*PAPERS, ENCRYPTION])
def test_both_languages_claim_the_same(paper: str) -> None:
    assert evidence("en", paper) == evidence("nl", paper)
    shapes = [[(len(table), len(table[0])) for table in tables(language, paper)] for language in ("en", "nl")]
    assert shapes[0] == shapes[1]


@BOTH
def test_no_paper_is_left_out_and_the_list_leads_to_each(language: str) -> None:
    found = sorted(file.name for file in (TRUST / language).glob("*.md"))
    assert found == sorted([*PAPERS, ENCRYPTION])
    listed = (TRUST / "README.md").read_text("utf-8")
    assert [paper for paper in found if f"({language}/{paper})" not in listed] == []


@BOTH
@pytest.mark.parametrize("paper", PAPERS)
def test_encryption_is_spoken_of_in_one_place_alone(language: str, paper: str) -> None:
    assert OF_ENCRYPTION.findall(LINK.sub("", text(language, paper))) == []
    assert "marked place" in text(language, ENCRYPTION)


@BOTH
def test_the_table_of_retention_tells_the_days_that_the_software_keeps(language: str) -> None:
    (table,) = tables(language, "retention.md")
    told = {int(days) for _, until, _ in table[1:] for days in re.findall(r"\b(\d+) (?:days|dagen)\b", until)}
    assert {kept.days for _, kept, _ in RULES} <= told


@BOTH
def test_security_is_ten_lines(language: str) -> None:
    (table,) = tables(language, "security.md")
    assert len(table) == 11
