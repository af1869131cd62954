"""The home in Teams: everything that imports its SDK, so that who does not use it does not pay for it."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from starlette.routing import BaseRoute

from bot.chat.teams.outgoing.bearer import NoToken, bearer
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.outgoing.send import TeamsChat
from bot.chat.teams.serve import PLATFORM, teams
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.language import Language
from bot.coaching.records.conversation_reference import ConversationReference
from bot.coaching.records.workspace import Workspace, WorkspaceState
from bot.platforms.host import Host
from bot.settings import Settings
from bot.store.port import Store, StoreError
from bot.words.port import Value, Words

log = logging.getLogger(__name__)


class TeamsPlatform:
    """One registration in Teams, and the tenants whose people may talk to it."""

    platform = PLATFORM
    is_open: bool | None = None  # over HTTP nobody can tell

    def __init__(self, it: Host, settings: TeamsSettings, *, pace: Pace | None = None) -> None:
        """Take whom it is the home of, and the pace when it is not Teams' own; nothing is opened before the start."""
        self._it = it
        self._settings = settings
        self._teams, self.chat = teams(
            settings,
            it.ports.clock,
            self.workspace_of,
            it.accept,
            it.handle,
            it.busy,
            say=partial(_say, it.ports.words),
            reaches=_Reaches(lambda: it.ports.store),
            tenant_of=partial(_tenant_of, lambda: it.ports.store),
            on_ack=it.counts.acknowledged,
            pace=pace,
        )
        self.handle = self._teams.handle
        self.chat.on_failure = partial(it.counts.failed, PLATFORM)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The address of messages."""
        return self._teams.routes

    async def workspace_of(self, tenant: str) -> str | None:
        """Return our id of a tenant, remembered the first time; None for one that may not use the bot."""
        called = tenant.strip().lower()
        return await self._it.workspaces.of(PLATFORM, called, self._meet)

    async def settle_in(self) -> None:
        """Remember the tenants, for processes that nobody talks to; a secret that works again brings them back."""
        ours = [await self.workspace_of(tenant) for tenant in self._settings.tenants]
        known = [await self._it.ports.store.workspace(each) for each in ours if each is not None]
        away = [each.id for each in known if each is not None and each.state is WorkspaceState.UNINSTALLED]
        if not away:
            return
        try:
            await bearer(self._settings).token()
        except NoToken as refused:
            log.error("teams does not let us in error=%s", refused.code)  # noqa: TRY400 - the code says it all
            return
        for each in away:
            await self._it.workspaces.let_in(each)

    async def start(self) -> None:
        """Begin to fetch the keys that Teams signs with; in practice we sign ourselves, and do not answer yet."""
        if not self._it.practicing:
            await self._teams.start()

    async def stop(self) -> None:
        """Break off what is under way and close the connections."""
        await self._teams.stop()

    async def _meet(self, tenant: str) -> Workspace | None:
        if not self._settings.is_ours(tenant):
            return None
        return Workspace(
            id=self._it.ports.new_id(),
            platform=PLATFORM,
            external_id=tenant,
            name="Practice" if self._it.practicing else "Teams",
            bot=f"28:{self._settings.client_id}",
            practice=self._it.practicing,
        )


class _Reaches:
    """How conversations are reached, asked of the store as it is now: in practice another takes its place."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    async def of(self, workspace: str, conversation: str) -> ConversationReference | None:
        """Return how a conversation is reached."""
        return await self._store().reach_of(workspace, conversation)

    async def to(self, workspace: str, person: str) -> ConversationReference | None:
        """Return how a person is reached."""
        return await self._store().reach_to(workspace, person)

    async def any(self, workspace: str) -> ConversationReference | None:
        """Return how anybody of a workspace is reached."""
        return await self._store().reach_any(workspace)

    async def who(self, workspace: str, account: str) -> str:
        """Return who goes by an account; empty for a stranger."""
        return await self._store().person_of(workspace, account)

    async def chosen(self, workspace: str, person: str) -> str:
        """Return the language a person chose; empty when they did not, and when the store cannot be asked."""
        with suppress(StoreError):
            member = await self._store().member_of(workspace, person)
            return (member.language if member else None) or ""
        return ""

    async def keep(self, workspace: str, person: str, reach: ConversationReference) -> None:
        """Remember how a conversation is reached from now on."""
        await self._store().keep_reach(workspace, person, reach)


async def _tenant_of(store: Callable[[], Store], workspace: str) -> str | None:
    known = await store().workspace(workspace)
    return known.external_id if known else None


def _say(words: Words, key: str, locale: str, **values: Value) -> str:
    language = Language.NL if locale.lower().startswith("nl") else Language.EN
    return words.on(PLATFORM).say(key, language, **values)


def join(it: Host, settings: Settings) -> None:
    """Let a bot live in Teams, as its settings say; before it starts."""
    it.live_in(TeamsPlatform(it, told_in(settings)))


def chat_alone(settings: Settings, store: Store, words: Words) -> TeamsChat:
    """Return Teams' chat alone, for who only has something to show; how people are reached stands in the store."""
    return TeamsChat(
        told_in(settings),
        reaches=_Reaches(lambda: store),
        say=partial(_say, words),
        tenant_of=partial(_tenant_of, lambda: store),
    )


def told_in(settings: Settings) -> TeamsSettings:
    """Return what of the settings is Teams'."""
    return TeamsSettings(
        client_id=settings.teams_client_id,
        client_secret=settings.teams_client_secret,
        tenants=settings.teams_tenants,
        metadata_url=settings.teams_metadata_url,
    )
