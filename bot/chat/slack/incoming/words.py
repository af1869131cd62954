"""Words in Slack's own mark-up, as a person reads them: people and channels by name, links and emoji as they look."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.chat.payload import Json, part, parts, text

Names = Mapping[str, str]  # of people, by their ids
NOBODY: Names = {}
NAMELESS = "…"  # who or what nobody tells the name of

_MARKED = re.compile(r"<([@#!])([^<>|]*)(?:\|([^<>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_DEPTH = 4  # of an emoji: block, list, section, emoji
_LINKED = frozenset({"from_url", "original_url"})  # an attachment with one is the preview of a link


def said(words: str, names: Names = NOBODY) -> str:
    """Return typed text as it reads: mentions by name, Slack's escapes undone, bare links bare."""
    return as_typed(_MARKED.sub(lambda found: _as_read(found[1], found[2], found[3] or "", names), words))


def as_typed(words: str) -> str:
    """Return text in which nobody is mentioned, as behind a slash command: escapes undone, bare links bare."""
    unlinked = _LINK.sub(lambda found: _link_as_typed(found[1], found[2]), words)
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], unlinked).replace("\0", "")


def spoken(message: Json, about: Mapping[str, str], names: Names = NOBODY) -> str:
    """Return a message's text with its standard emoji as themselves; a workspace's own stay :names:."""
    words = about["text"]
    if ":" in words:
        signs = dict(found for block in parts(message, "blocks") for found in _emoji(block, _DEPTH))
        for name, sign in signs.items():
            words = words.replace(f":{name}:", sign)
    return said(words, names)


def unnamed(payload: Json) -> list[str]:
    """Return the ids of the people whom a message mentions without a name."""
    event = part(payload, "event")
    words = text(event, "text") + text(part(event, "message"), "text")
    found = (each[2] for each in _MARKED.finditer(words) if each[1] == "@" and not each[3])
    return [*dict.fromkeys(filter(None, found))]


def files_of(message: Json) -> int:
    """Return how many files and pictures came with a message."""
    files = parts(message, "files") if "files" in message else []
    shown = [each for each in _beside(message) if text(each, "image_url") and not _LINKED & each.keys()]
    pictures = [each for each in parts(message, "blocks") if text(each, "type") == "image"]
    return len(files) + len(shown) + len(pictures)


def forwards_of(message: Json) -> int:
    """Return how many messages somebody forwarded along."""
    return sum(each.get("is_share") is True for each in _beside(message))


def _beside(message: Json) -> list[Json]:
    return [*parts(message, "attachments")] if "attachments" in message else []


def _as_read(kind: str, named: str, label: str, names: Names) -> str:
    if kind == "@":
        return f"@{(label or names.get(named, '') or NAMELESS).lstrip('@')}"
    if kind == "#":
        return f"#{(label or NAMELESS).lstrip('#')}"
    what, _, rest = named.partition("^")
    if what == "date":
        return label or _day(rest.partition("^")[0])
    if what == "subteam":
        return f"@{(label or NAMELESS).lstrip('@')}"
    return label or f"@{what}"


def _day(seconds: str) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return NAMELESS


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


def _link_as_typed(address: str, label: str | None) -> str:
    if not label:
        return address
    bare = {label, *(f"{scheme}{label}" for scheme in ("http://", "https://", "mailto:", "tel:"))}
    return label if address in bare else f"{label} ({address})"
