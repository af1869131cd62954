"""Where the bot lives: what a platform is to it, and one `Chat` over all of them, each asked about its workspaces."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from starlette.routing import BaseRoute

from bot.chat.port import (
    Chat,
    Form,
    History,
    Message,
    MessageRef,
    Opening,
    Outcome,
    Person,
    Place,
    RetryAfter,
    Said,
    Sent,
    Undeliverable,
)
from bot.store.port.inbox import Arrival


class Hands(Chat, Protocol):
    """What is said and shown on one platform."""

    async def close(self) -> None:
        """Close the connections."""
        ...


class Home(Protocol):
    """A platform that the bot lives on."""

    @property
    def platform(self) -> str:
        """Its name."""
        ...

    @property
    def chat(self) -> Chat:
        """What the bot says and shows there."""
        ...

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The addresses at which it reaches us."""
        ...

    @property
    def handle(self) -> Callable[[Arrival], Awaitable[dict[str, Any] | None]]:
        """Handle what was kept; return what a form is to show when it was not accepted."""
        ...

    async def settle_in(self) -> None:
        """Remember whom we serve there; who let us in again is served again."""
        ...

    async def start(self) -> None:
        """Begin to listen; raises NotConfigured when it does not let us."""
        ...

    async def stop(self) -> None:
        """Close the connections."""
        ...


class Platforms:
    """The hands of every platform, by workspace."""

    def __init__(self, homes: Mapping[str, Home], platform_of: Callable[[str], str]) -> None:
        """Take the homes by platform, those to come too, and what tells a workspace's platform."""
        self._homes = homes
        self._platform_of = platform_of

    async def send(self, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        """Post a message."""
        return await self._of(place.workspace).send(place, message, by=by)

    def looks_back(self, workspace: str) -> bool:
        """Return whether what stands in a conversation can be read there."""
        return self._of(workspace).looks_back(workspace)

    async def find(self, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        """Return the message that carries the key; raises Unanswered."""
        return await self._of(place.workspace).find(place, key, since=since)

    async def heard(self, place: Place, *, since: datetime) -> History:
        """Return everything a person typed since then; raises Unanswered."""
        return await self._of(place.workspace).heard(place, since=since)

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what came in."""
        return self._of(workspace).told(workspace, body)

    async def stands(self, ref: MessageRef) -> bool:
        """Return whether a message is still there; raises Unanswered."""
        return await self._of(ref.workspace).stands(ref)

    async def read(self, ref: MessageRef, *, thread: str | None) -> Said | None:
        """Return what a person typed in one message; raises Unanswered."""
        return await self._of(ref.workspace).read(ref, thread=thread)

    async def whisper(self, place: Place, person: str, message: Message) -> Outcome:
        """Show a message to one person only."""
        return await self._of(place.workspace).whisper(place, person, message)

    async def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Outcome:
        """Answer privately."""
        return await self._of(workspace).respond(workspace, aside, message, replace=replace)

    async def update(self, ref: MessageRef, message: Message, *, route: str = "") -> Outcome:
        """Show this instead of what is there."""
        return await self._of(ref.workspace).update(ref, message, route=route)

    async def delete(self, ref: MessageRef) -> Outcome:
        """Take a message of ours away."""
        return await self._of(ref.workspace).delete(ref)

    def room(self, workspace: str) -> int | None:
        """Return how many messages may be updated now."""
        return self._of(workspace).room(workspace)

    async def open_direct(self, workspace: str, person: str) -> str | Undeliverable | RetryAfter:
        """Return the conversation between the bot and a person."""
        return await self._of(workspace).open_direct(workspace, person)

    def has_views(self, workspace: str) -> bool:
        """Return whether a form is a view."""
        return self._of(workspace).has_views(workspace)

    async def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Sent | Opening:
        """Open a form."""
        return await self._of(workspace).open_form(workspace, trigger, form, on_top=on_top)

    async def fill_form(self, ref: MessageRef, form: Form) -> Outcome:
        """Show a form in the message that stands there for it."""
        return await self._of(ref.workspace).fill_form(ref, form)

    async def close_form(self, workspace: str, opening: str, ref: MessageRef | None, notice: Form) -> Outcome:
        """Show a notice instead of a form that was opened."""
        return await self._of(workspace).close_form(workspace, opening, ref, notice)

    async def show_home(self, workspace: str, person: str, message: Message, *, ref: MessageRef | None) -> Outcome:
        """Show the person's own page."""
        return await self._of(workspace).show_home(workspace, person, message, ref=ref)

    async def person(self, workspace: str, person: str) -> Person | None:
        """Return what the platform knows of somebody; raises Unanswered."""
        return await self._of(workspace).person(workspace, person)

    async def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Hand over a file."""
        return await self._of(place.workspace).send_file(place, name, content, comment)

    def _of(self, workspace: str) -> Chat:
        return self._homes[self._platform_of(workspace)].chat
