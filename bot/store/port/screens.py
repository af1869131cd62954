"""What stands before people, and what of it is to be brought up to date."""

from collections.abc import Awaitable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.coaching.records.screen import Asks, Hold, Screen, Step


class Screens(Protocol):
    """Screens, from wanted to closed."""

    async def screen(self, workspace: str, screen: str) -> Screen | None: ...
    async def screen_at(self, workspace: str, conversation: str, message: str) -> Screen | None:
        """Return the screen that is this message."""
        ...

    async def page_screen(self, workspace: str, person: str) -> Screen | None:
        """Return a person's own page, as far as it stands."""
        ...

    async def drop_page(self, workspace: str, person: str) -> None:
        """Forget a person's own page: the conversation in which it stood is not there any more."""
        ...

    async def screens_showing(self, workspace: str, subjects: Collection[str]) -> Sequence[Screen]:
        """Return the screens that show one of these subjects and are not closed."""
        ...

    async def mark_screens(
        self, workspace: str, subjects: Collection[str], hold: Hold, *, withdraws: bool = False, forced: bool = False
    ) -> Sequence[Screen]:
        """Mark what shows these subjects as stale, as a save does; return what the holder holds of it.

        With `forced` it is shown again even if it looks as it was shown last.
        """
        ...

    async def held_screens(self, workspace: str, holder: str) -> Sequence[Screen]:
        """Return what a holder was to bring up to date when it was cut off; what it was posting is left, in doubt."""
        ...

    async def claim_screens(self, hold: Hold, *, room: Mapping[str, int], limit: int) -> Sequence[Screen]:
        """Let a holder have what is due and nobody holds, withdrawals first, the longest waiting first.

        `room` says how many at most of a workspace; those it does not name have no bound but `limit`. What was being
        posted under a lease that is over comes back as UNCERTAIN. Only active workspaces count.
        """
        ...

    async def screens_due(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces in which something is due; cheap when there is none."""
        ...

    def settle_screen(
        self, screen: Screen, step: Step, *, at: datetime, lets_go: bool = False
    ) -> Awaitable[Screen | None]:
        """Move a screen on, if its holder still holds it, and let go of it; one that is CLOSED is forgotten.

        What was changed since `screen` was read is not current: it stays held, and is returned as it is now. Else None.
        With `lets_go` it is due instead, and nobody holds it. What is written once this has returned comes after it.
        """
        ...

    async def place_screen(self, screen: Screen, conversation: str, message: str) -> bool:
        """Note where a screen stands before it is shown there; False when its holder does not hold it any more."""
        ...

    async def drop_screen(self, workspace: str, screen: str) -> None:
        """Forget a screen, whoever holds it: nobody has it before them any more."""
        ...

    async def ask(self, screen: Screen, asks: Asks | None, hold: Hold) -> Sequence[Screen]:
        """Let a screen ask the questions of a form, or none, and mark it; return what the holder holds of it."""
        ...

    async def asking_screens(self, workspace: str, person: str) -> Sequence[Screen]:
        """Return the screens before a person that ask the questions of a form."""
        ...

    async def keep_route(self, workspace: str, screen: str, route: str, until: datetime) -> None:
        """Remember where a press on a screen can be answered, until then."""
        ...
