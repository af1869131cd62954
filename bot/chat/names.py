"""Names as they can be seen."""

import unicodedata

# Letters by their kind that show nothing: the Hangul fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})


def shown_name(*names: str) -> str:
    """Return the first name of which something can be seen, on one line; empty when there is none."""
    return next((" ".join(name.split()) for name in names if any(map(_is_seen, name))), "")


def _is_seen(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter) not in _UNSEEN
