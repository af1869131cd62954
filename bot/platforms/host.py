"""What a platform asks of the bot that lives on it."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from bot.chat.port import FormErrors, Incoming, Submitted
from bot.flows.ports import Ports
from bot.platforms.registry import Platform, Workspaces
from bot.store.port.inbox import Arrival


class Accept(Protocol):
    """Keeps what came in until it is handled."""

    def __call__(self, arrival: Arrival, *, awaited: bool = False) -> Coroutine[Any, Any, dict[str, Any] | None]:
        """Return the answer that was awaited; raises CameBefore, TimeoutError, or whatever kept it from being kept."""
        ...


class Counts(Protocol):
    """Counts for monitoring."""

    def acknowledged(self, seconds: float) -> None:
        """Count a request that was acknowledged after so many seconds."""
        ...

    def failed(self, platform: str, method: str, error: str) -> None:
        """Count a call that failed."""
        ...


class Host(Protocol):
    """What a platform asks of the bot that lives on it."""

    practicing: bool
    ports: Ports  # of this moment: in practice they are replaced
    workspaces: Workspaces

    @property
    def accept(self) -> Accept:
        """What keeps what came in."""
        ...

    @property
    def handle(self) -> Callable[[Incoming], Awaitable[FormErrors | None]]:
        """What handles what somebody did, and returns what a form is to show when it was not accepted."""
        ...

    @property
    def busy(self) -> Callable[[Submitted], Awaitable[FormErrors]]:
        """What tells a form that it takes longer than anybody waits."""
        ...

    @property
    def counts(self) -> Counts:
        """What counts for monitoring."""
        ...

    def live_in(self, home: Platform) -> None:
        """Live on one more platform; before the start."""
        ...
