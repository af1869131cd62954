"""The languages the product speaks."""

from enum import StrEnum
from typing import NewType

Markdown = NewType("Markdown", str)  # our own authored words; values put into it are escaped


class Language(StrEnum):
    """A language every text exists in."""

    EN = "en"
    NL = "nl"
