"""A plan's two halves inside the sentence that already begins them: "If …", "then I …"."""

import re

from bot.coaching.language import Language

_IF = re.compile(r"(?:if|when|whenever|als|wanneer|zodra)\b[\s,:…]+(?=\S)", re.IGNORECASE)
_THEN = re.compile(r"(?:then|dan)\b[\s,:…]+(?=\S)", re.IGNORECASE)
_WHO = {  # who acts, where the sentence of that language says so itself
    Language.EN: re.compile(r"(?:I(?:\s+will|\s+shall|['’]ll)?|ik)\s+(?=\S)", re.IGNORECASE),
}


def bare(first: str, second: str, language: Language) -> tuple[str, str]:
    """Return both halves as they stand inside the sentence of that language, whatever language they are in.

    A word with which the sentence itself begins a half is left out; a half that is nothing else stays as it is.
    """
    after = _without(_THEN, second)
    return _without(_IF, first), _without(_WHO[language], after) if language in _WHO else after


def _without(leading: re.Pattern[str], half: str) -> str:
    """Return a half without its leading word; nothing is cut from within it."""
    text = half.lstrip(" …")
    found = leading.match(text)
    return text[found.end() :] if found else half
