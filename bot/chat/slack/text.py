"""Plain text as Slack takes it."""

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
