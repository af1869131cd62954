"""A phrase that somebody looks for, and where it stands in a text: case, accents and the kind of space do not count."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 200  # characters of a phrase
MOST_KNOWN = 4096  # characters of which it is remembered what they are compared as
_CONTEXT = 0.3  # of an excerpt stands before what was found
_ALIKE = str.maketrans("‘’ʼ“”„‐–—", "'''\"\"\"---")  # what phones make of quotes and dashes
_VARIANTS = range(0xFE00, 0xFE10)  # which picture an emoji has


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """What somebody typed to look for, whole."""

    typed: str
    folded: str

    def is_in(self, text: str) -> bool:
        """Whether it stands in a text."""
        return self.folded in folded(text)

    def pieces(self, text: str) -> Sequence[tuple[str, bool]]:
        """Return a text cut up where the phrase begins and ends, each piece with whether it is the phrase."""
        found: list[tuple[str, bool]] = []
        done = 0
        for start, end in self._places(text):
            found += [(text[done:start], False), (text[start:end], True)]
            done = end
        return [piece for piece in [*found, (text[done:], False)] if piece[0]]

    def excerpt(self, text: str, longest: int) -> str:
        """Return so many characters of a text, with the first place at which the phrase stands."""
        if len(text) <= longest:
            return text
        first = next((start for start, _ in self._places(text)), 0)
        start = min(max(0, first - int(longest * _CONTEXT)), len(text) - longest)
        cut = text[start : start + longest].strip()
        return f"{'…' if start else ''}{cut}{'…' if start + longest < len(text) else ''}"

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the phrase stands, from character to character; places do not overlap."""
        signs, places = [" "], [0]
        for place, character in enumerate(text):
            for sign in _FOLDED[ord(character)]:
                if sign != " " or signs[-1] != " ":
                    signs.append(sign)
                    places.append(place)
        whole, done, at = "".join(signs), 0, 0
        while (at := whole.find(self.folded, at)) >= 0:
            start, end = places[at], places[at + len(self.folded) - 1] + 1
            while end < len(text) and not _FOLDED[ord(text[end])]:  # accents belong to the letter before them
                end += 1
            if start >= done:  # one letter may stand for two, such as ß
                yield start, end
                done = end
            at += len(self.folded)


def phrase_of(typed: str) -> Phrase | None:
    """Return what was typed as a phrase; None when there is nothing in it to look for."""
    found = folded(typed)
    return Phrase(typed=" ".join(typed.split()), folded=found) if found else None


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return " ".join((text.casefold() if text.isascii() else text.translate(_FOLDED)).split())


class FoldedSigns(dict[int, str]):
    """What characters are compared as, worked out when first met, MOST_KNOWN at a time.

    It is nothing for what is no sign by itself.
    """

    def __missing__(self, code: int) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        apart = unicodedata.normalize("NFKD", chr(code).translate(_ALIKE).casefold()).casefold()
        found = "".join(" " if each.isspace() else each for each in apart if not _is_silent(each))
        return self.setdefault(code, found)


def _is_silent(character: str) -> bool:
    """Whether it is nothing by itself: an accent, a direction, a joiner or a variant."""
    is_accent = unicodedata.combining(character) > 0
    return is_accent or unicodedata.category(character) == "Cf" or ord(character) in _VARIANTS


_FOLDED = FoldedSigns()
