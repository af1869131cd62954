"""What is kept of a message that is too long for a platform."""

from collections.abc import Sequence

from bot.chat.port import Buttons, Choice, Part


def last_controls(parts: Sequence[Part]) -> tuple[int, int]:
    """Return the bounds of the last run of buttons and menus."""
    last = len(parts)
    while last and not isinstance(parts[last - 1], Buttons | Choice):
        last -= 1
    first = last
    while first and isinstance(parts[first - 1], Buttons | Choice):
        first -= 1
    return first, last
