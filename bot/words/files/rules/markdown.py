"""Our Markdown: what a reader sees of it."""

import re
from collections.abc import Iterator

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BLOCK = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-+*]|\d+[.)]|>)[ \t]+")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[”\"’')]*\s+|\n\s*\n")


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
