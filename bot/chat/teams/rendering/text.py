"""Plain text as Teams takes it."""

import re

_JOINERS = "\u200d\ufe0e\ufe0f"  # what may not be left dangling behind a cut
_JOINED = "\u2060"  # shows nothing, and parts what would have a meaning together
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but a tab and the end of a line
_MARKS = re.compile(r"\*\*|`")
# A client turns {{DATE(…)}} and {{TIME(…)}} into a moment, wherever it stands.
_FUNCTION = re.compile(r"\{(?=\{)")


def cut(text: str, longest: int) -> str:
    """Return text of at most `longest` characters, with … where something is missing; never empty."""
    whole = clean(text).strip()
    if len(whole) > longest:
        whole = whole[: longest - 1].rstrip().rstrip(_JOINERS) + "…"
    return whole or "…"


def clean(text: str) -> str:
    """Return text without what no client shows: control characters and halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole)


def unmarked(text: str) -> str:
    """Return text for a notification, which shows the signs of Markdown as they are, without them."""
    return _MARKS.sub("", text)


def plain(text: str, longest: int) -> str:
    """Return cut text for a place where Teams interprets nothing but its own functions."""
    return _FUNCTION.sub("{" + _JOINED, cut(text, longest))
