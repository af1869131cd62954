"""A terminal shows what people typed, and obeys none of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.terminal import shown
from tests.commands.cli import ROOT

MARK = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1e5 \x1b[31mred\x9b0m", f"1e5 {MARK}[31mred{MARK}0m"),  # colors
        ("pay \u202e000,1\u202c now", f"pay {MARK}000,1{MARK} now"),  # the number would be read backwards
        ("a\u2066b\u2069c\u200ed\u200fe\u061cf", f"a{MARK}b{MARK}c{MARK}d{MARK}e{MARK}f"),
        ("for all\nof us\there", "for all\nof us\there"),
        ("één 👩\u200d💻 naïef עברית", "één 👩\u200d💻 naïef עברית"),  # letters of every script, and joined emoji
        (3, 3),
        (None, None),
    ],
)
def test_what_would_turn_the_letters_around_is_marked(value: object, text: object) -> None:
    assert shown(value) == text


def test_a_disk_too_full_for_a_line_ends_no_process() -> None:
    program = "from bot.commands.terminal import announce; announce('on duty'); print('more'); announce('still')"
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
