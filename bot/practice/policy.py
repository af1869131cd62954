"""What keeps the bot from changing or removing its own messages. Tests set it, on `site.policy`; nothing else does.

Both practices of one process share one policy. That a message is gone, an ephemeral one or a form is closed without
the bot being told are deeds (`wipe`, `reload`), since they befall one person's screen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Removal(StrEnum):
    """Whether the bot may remove its messages; the value is Slack's error."""

    ALLOWED = ""
    EXPORTED = "compliance_exports_prevent_deletion"  # the workspace exports everything, and so deletes nothing
    FORBIDDEN = "cant_delete_message"


@dataclass(kw_only=True)
class Policy:
    """A workspace's settings for messages.

    Slack answers `edit_window_closed` or the removal's error. Teams knows no such settings: there they stand for
    whatever lets it answer a change or a removal with 403, as when a person blocked the bot.
    """

    edit_window: timedelta | None = None  # since the message was posted; None: it may always be changed
    removal: Removal = Removal.ALLOWED

    def may_change(self, posted: datetime, now: datetime) -> bool:
        """Return whether a message posted then may be changed now."""
        return self.edit_window is None or now - posted < self.edit_window

    @property
    def may_remove(self) -> bool:
        """Return whether messages may be removed."""
        return self.removal is Removal.ALLOWED
