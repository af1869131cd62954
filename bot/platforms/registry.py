"""Where the bot lives: what a platform is to it, which workspace is where, and what goes through all of them.

No coroutine of its own where something is only handed on: each would be entered anew whenever it goes on.
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from starlette.routing import BaseRoute

from bot.chat.port import (
    Chat,
    Form,
    FormErrors,
    History,
    Incoming,
    Message,
    MessageRef,
    Opening,
    Outcome,
    Person,
    Place,
    RetryAfter,
    Said,
    Sent,
    Submitted,
    Undeliverable,
)
from bot.coaching.records.workspace import Workspace, WorkspaceState
from bot.coaching.rules.reading import gate_of_practice
from bot.flows.dispatch import receive
from bot.flows.ports import Ports
from bot.flows.refusals import busy
from bot.store.port import Conflict, Store
from bot.store.port.inbox import Arrival

log = logging.getLogger(__name__)

T = TypeVar("T")
Going = Coroutine[Any, Any, T]  # what a coroutine of somebody else's returns


class ClosableChat(Chat, Protocol):
    """What is said and shown on one platform."""

    async def close(self) -> None:
        """Close the connections."""
        ...


class Platform(Protocol):
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
    def is_open(self) -> bool | None:
        """Whether its line is open, where a line stays open; None where nobody can tell."""
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


Meet = Callable[[str], Awaitable[Workspace | None]]  # who it is that a platform calls so


class _PlatformOf(dict[str, str]):
    """On which platform each workspace is; the first of ours for what another process met meanwhile."""

    def __init__(self, homes: Iterable[str]) -> None:
        super().__init__()
        self._homes = homes

    def __missing__(self, workspace: str) -> str:
        return next(iter(self._homes), "")


class Workspaces:
    """The workspaces of this process, on all platforms."""

    def __init__(self, store: Callable[[], Store], now: Callable[[], datetime], homes: Iterable[str] = ()) -> None:
        """Take what tells the store and the time of the moment, and the platforms we live on; nobody is known yet."""
        self._store = store
        self._now = now
        self._ids: dict[tuple[str, str], str] = {}
        self._platforms = _PlatformOf(homes)
        self.platform_of: Callable[[str], str] = self._platforms.__getitem__  # by our id of the workspace

    async def of(self, platform: str, external_id: str, meet: Meet) -> str | None:
        """Return our id of what a platform calls so; `meet` tells who a stranger is, None for one we do not serve."""
        if (platform, external_id) not in self._ids:
            known = await self._store().workspace_of(platform, external_id) or await self._met(await meet(external_id))
            if known is None:
                return None
            self._note(known)
        return self._ids[platform, external_id]

    async def learn(self) -> None:
        """Remember all there are in the file."""
        for each in await self._store().workspaces():
            self._note(each)

    async def let_in(self, workspace: str) -> None:
        """Note that what we are shown lets the bot in, also when it did not before."""
        await self._became(workspace, WorkspaceState.ACTIVE)

    async def moved_out(self, platforms: frozenset[str]) -> None:
        """Note that we live on these platforms alone: nothing is sent to what is elsewhere until we are back."""
        for workspace, platform in self._platforms.items():
            if platform not in platforms and await self._became(workspace, WorkspaceState.UNINSTALLED):
                log.warning("not configured any more platform=%s workspace=%s", platform, workspace)

    def forget(self) -> None:
        """Know nobody: the file is another one."""
        self._ids.clear()
        self._platforms.clear()

    async def _met(self, stranger: Workspace | None) -> Workspace | None:
        if stranger is None:
            return None
        store = self._store()
        with suppress(Conflict):  # two requests at once met it
            await store.save(stranger, *gate_of_practice(stranger, self._now()))
        return await store.workspace_of(stranger.platform, stranger.external_id)

    async def _became(self, workspace: str, state: WorkspaceState) -> bool:
        """Return whether it was not so before."""
        known = await self._store().workspace(workspace)
        if known is None or known.state is state:
            return False
        with suppress(Conflict):  # another process starts at the same time
            await self._store().save(replace(known, state=state))
        return True

    def _note(self, known: Workspace) -> None:
        self._ids[known.platform, known.external_id] = known.id
        self._platforms[known.id] = known.platform


class Reception:
    """What came in, on its way from the inbox to its platform, and from there to the flows."""

    def __init__(self, ports: Callable[[], Ports], homes: Mapping[str, Platform]) -> None:
        """Take what tells the ports of the moment, and the homes by platform, those to come too."""
        self._ports = ports
        self._homes = homes

    def at_home(self, arrival: Arrival) -> Awaitable[dict[str, Any] | None]:
        """Let the platform it came from handle what was kept."""
        handled: Awaitable[dict[str, Any] | None] = self._homes[arrival.platform].handle(arrival)
        return handled

    def handle(self, incoming: Incoming) -> Awaitable[FormErrors | None]:
        """Receive what somebody did."""
        return receive(self._ports(), incoming)

    def busy(self, form: Submitted) -> Awaitable[FormErrors]:
        """Return what a form shows when it takes longer than anybody waits."""
        return busy(self._ports(), form)


class Platforms:
    """One chat over all platforms, by workspace."""

    def __init__(self, homes: Mapping[str, Platform], platform_of: Callable[[str], str]) -> None:
        """Take the homes by platform, those to come too, and what tells a workspace's platform."""
        self._homes = homes
        self._platform_of = platform_of

    def send(self, place: Place, message: Message, *, by: float | None = None) -> Going[Outcome]:
        """Post a message."""
        return self._of(place.workspace).send(place, message, by=by)

    def looks_back(self, workspace: str) -> bool:
        """Return whether what stands in a conversation can be read there."""
        return self._of(workspace).looks_back(workspace)

    def find(self, place: Place, key: str, *, since: datetime) -> Going[MessageRef | None]:
        """Return the message that carries the key; raises Unanswered."""
        return self._of(place.workspace).find(place, key, since=since)

    def moment_of(self, ref: MessageRef) -> datetime | None:
        """Return when a message was posted, where its own id tells."""
        return self._of(ref.workspace).moment_of(ref)

    def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> Going[History]:
        """Return a page of what people typed between two moments; raises Unanswered."""
        return self._of(place.workspace).heard(place, since=since, until=until, page=page)

    def told(self, workspace: str, body: str) -> Mapping[str, object]:
        """Return what a person did, of what came in."""
        return self._of(workspace).told(workspace, body)

    def read(self, ref: MessageRef, *, thread: str | None) -> Going[Said | None]:
        """Return what a person typed in one message; raises Unanswered."""
        return self._of(ref.workspace).read(ref, thread=thread)

    def whisper(self, place: Place, person: str, message: Message) -> Going[Outcome]:
        """Show a message to one person only."""
        return self._of(place.workspace).whisper(place, person, message)

    def respond(self, workspace: str, aside: str, message: Message, *, replace: bool = False) -> Going[Outcome]:
        """Answer privately."""
        return self._of(workspace).respond(workspace, aside, message, replace=replace)

    def update(self, ref: MessageRef, message: Message, *, route: str = "") -> Going[Outcome]:
        """Show this instead of what is there."""
        return self._of(ref.workspace).update(ref, message, route=route)

    def delete(self, ref: MessageRef) -> Going[Outcome]:
        """Take a message of ours away."""
        return self._of(ref.workspace).delete(ref)

    def room(self, workspace: str) -> int | None:
        """Return how many messages may be updated now."""
        return self._of(workspace).room(workspace)

    def open_direct(
        self, workspace: str, person: str, *, anew: bool = False
    ) -> Going[str | Undeliverable | RetryAfter]:
        """Return the conversation between the bot and a person."""
        return self._of(workspace).open_direct(workspace, person, anew=anew)

    def has_views(self, workspace: str) -> bool:
        """Return whether a form is a view."""
        return self._of(workspace).has_views(workspace)

    def open_form(self, workspace: str, trigger: str, form: Form, *, on_top: bool = False) -> Going[Sent | Opening]:
        """Open a form."""
        return self._of(workspace).open_form(workspace, trigger, form, on_top=on_top)

    def fill_form(self, ref: MessageRef, form: Form) -> Going[Outcome]:
        """Show a form in the message that stands there for it."""
        return self._of(ref.workspace).fill_form(ref, form)

    def close_form(self, workspace: str, opening: str, ref: MessageRef | None, notice: Form) -> Going[Outcome]:
        """Show a notice instead of a form that was opened."""
        return self._of(workspace).close_form(workspace, opening, ref, notice)

    def show_home(self, workspace: str, person: str, message: Message, *, ref: MessageRef | None) -> Going[Outcome]:
        """Show the person's own page."""
        return self._of(workspace).show_home(workspace, person, message, ref=ref)

    def person(self, workspace: str, person: str) -> Going[Person | None]:
        """Return what the platform knows of somebody; raises Unanswered."""
        return self._of(workspace).person(workspace, person)

    def send_file(self, place: Place, name: str, content: bytes, comment: str) -> Going[Outcome]:
        """Hand over a file."""
        return self._of(place.workspace).send_file(place, name, content, comment)

    def _of(self, workspace: str) -> Chat:
        return self._homes[self._platform_of(workspace)].chat
