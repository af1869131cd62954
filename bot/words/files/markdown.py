"""Our Markdown: what a reader sees of it, and how a value is kept from being read as it."""

import re
from collections.abc import Iterator

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BLOCK = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-+*]|\d+[.)]|>)[ \t]+")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[”\"’')]*\s+|\n\s*\n")
_SPECIAL = re.compile(r"[\\`*_\[\]()<>&~|]")
_LEADING = re.compile(r"^([-+=#]|\d+[.)])")


def plain(markdown: str) -> str:
    """Return the words a reader sees, a blank line between blocks."""
    text = _LINK.sub(r"\1", _BLOCK.sub("\n", markdown))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)).strip()


def words(markdown: str) -> int:
    """Return how many words a reader reads."""
    return sum(any(character.isalnum() for character in each) for each in plain(markdown).split())


def sentences(markdown: str) -> Iterator[str]:
    """Yield the sentences of a text, each on one line."""
    for sentence in _SENTENCE_ENDS.split(plain(markdown)):
        flat = " ".join(sentence.split())
        if flat:
            yield flat


def escape(value: str) -> str:
    """Return a value that shows as it is inside Markdown, on one line."""
    flat = " ".join(value.split())
    return _LEADING.sub(_backslash_last, _SPECIAL.sub(r"\\\g<0>", flat))


def _backslash_last(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"
