"""Plain text as Slack takes it: cut, escaped, split."""

import re

from slack_sdk.models.blocks import PlainTextObject

_JOINERS = "\u200d\ufe0e\ufe0f"  # what may not be left dangling behind a cut


def cut(text: str, longest: int) -> str:
    """Return text of at most `longest` characters, with … where something is missing; never empty."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    if len(whole) > longest:
        whole = whole[: longest - 1].rstrip().rstrip(_JOINERS) + "…"
    return whole or "…"


def plain(text: str, longest: int, *, emoji: bool = False) -> PlainTextObject:
    """Return text in which Slack interprets nothing, and :names: of emoji only when asked."""
    return PlainTextObject(text=cut(text, longest), emoji=emoji)


def escape(text: str) -> str:
    """Return text with Slack's three control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def split(text: str, longest: int) -> list[str]:
    """Cut text or mrkdwn into pieces of at most `longest` characters, between paragraphs, else lines, else words."""
    pieces = []
    rest = text.strip("\n")
    while len(rest) > longest:
        at = _cut_before(rest, longest)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if rest:
        pieces.append(rest)
    return pieces


def _cut_before(text: str, longest: int) -> int:
    window = text[: longest + 1]
    for border in ("\n\n", "\n", " "):
        at = window.rfind(border)
        if at > 0:
            return at
    # An entity or a link that the cut would go through belongs to the next piece.
    opened = re.search(r"(?:&[a-z]{0,3}|<[^>]*)$", text[:longest])
    return opened.start() if opened and opened.start() > 0 else longest
