"""What is shown at a terminal, or wherever its output goes."""

import os
import re
import sys
from typing import TypeVar

import click

T = TypeVar("T")

# What a terminal would obey, and what turns the order of the letters around it.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(value: T) -> T | str:
    """Return a value as it is, a text with a mark in place of each character that a terminal would obey."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def announce(line: str) -> None:
    """Print a line; where it cannot be written, as on a full disk, go on without any further output.

    What stays in the buffer would fail once more when the process ends, and with it its exit code.
    """
    try:
        click.echo(line)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
