"""What a person typed, read back from the form Slack keeps it in."""

import re
from collections.abc import Iterator

from bot.chat.payload import Json, parts, text

_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_DEPTH = 4  # block, list, section, emoji


def said(words: str) -> str:
    """Return typed text as it was typed: Slack's escapes undone, bare links bare, mentions as they are."""
    unlinked = _LINK.sub(lambda found: _typed(found[1], found[2]), words)
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], unlinked).replace("\0", "")


def spoken(message: Json) -> str:
    """Return a message's text with its standard emoji as themselves; a workspace's own stay :names:."""
    words = text(message, "text")
    signs = dict(found for block in parts(message, "blocks") for found in _emoji(block, _DEPTH))
    for name, sign in signs.items():
        words = words.replace(f":{name}:", sign)
    return said(words)


def _emoji(node: Json, depth: int) -> Iterator[tuple[str, str]]:
    """Yield each standard emoji's name, as the text has it, with its sign."""
    if text(node, "type") == "emoji" and (sign := _sign(text(node, "unicode"))):
        tone = node.get("skin_tone")
        yield text(node, "name") + (f"::skin-tone-{tone}" if isinstance(tone, int) else ""), sign
    if depth:
        for child in parts(node, "elements"):
            yield from _emoji(child, depth - 1)


def _sign(code: str) -> str:
    try:
        return "".join(chr(int(point, 16)) for point in code.split("-")).encode().decode()
    except (ValueError, OverflowError):
        return ""


def _typed(address: str, label: str | None) -> str:
    if not label:
        return address
    bare = {label, *(f"{scheme}{label}" for scheme in ("http://", "https://", "mailto:", "tel:"))}
    return label if address in bare else f"{label} ({address})"
