"""What a terminal may be shown of what people typed."""

import re
from typing import TypeVar

T = TypeVar("T")

# What a terminal would obey, and what turns the order of the letters around it.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(value: T) -> T | str:
    """Return a value as it is, a text with a mark in place of each character that a terminal would obey."""
    return _OBEYED.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
