"""Which workspace of ours a team or a tenant is, and on which platform: remembered for when the file fails."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.coaching.workspace import Workspace, WorkspaceState
from bot.store.port import Conflict, Store

log = logging.getLogger(__name__)

Meet = Callable[[], Awaitable[Workspace | None]]


class Workspaces:
    """The workspaces of this process, on all platforms."""

    def __init__(self, store: Callable[[], Store]) -> None:
        """Take what tells the store of the moment; nobody is known yet."""
        self._store = store
        self._ids: dict[tuple[str, str], str] = {}
        self._platforms: dict[str, str] = {}

    async def of(self, platform: str, external_id: str, meet: Meet) -> str | None:
        """Return our id of what a platform calls so; `meet` tells who a stranger is, None for one we do not serve."""
        if (platform, external_id) not in self._ids:
            known = await self._store().workspace_of(platform, external_id) or await self._met(await meet())
            if known is None:
                return None
            self._note(known)
        return self._ids[platform, external_id]

    def platform_of(self, workspace: str) -> str | None:
        """Return on which platform a workspace is; None for one that is not known here yet."""
        return self._platforms.get(workspace)

    async def learn(self) -> None:
        """Remember all there are in the file."""
        for each in await self._store().workspaces():
            self._note(each)

    async def let_in(self, workspace: str) -> None:
        """Note that what we are shown opens the door, also when it did not before."""
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
            await store.save(stranger)
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
