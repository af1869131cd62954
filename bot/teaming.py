"""Teams beside Slack: everything that imports its SDK, so that who does not use it does not pay for it."""

import uuid
from contextlib import suppress
from dataclasses import replace

from bot.app import Bot
from bot.chat.port import FormErrors, Submitted
from bot.chat.teams.send import TeamsChat
from bot.chat.teams.serve import Teams, teams
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.clock import Clock
from bot.coaching.language import Language
from bot.coaching.reach import Reach
from bot.coaching.workspace import Workspace
from bot.flows.receive import busy
from bot.platforms import Platforms
from bot.settings import Settings
from bot.store.port import Conflict
from bot.words.port import Value

PLATFORM = "teams"


class _Tenants:
    """Which workspace of ours a tenant is, and back."""

    def __init__(self, it: Bot, settings: TeamsSettings) -> None:
        self._it = it
        self._settings = settings

    async def workspace_of(self, tenant: str) -> str | None:
        """Return our id of a tenant, remembered the first time; None for one that may not use the bot."""
        if tenant not in self._it.known:
            known = await self._it.ports.store.workspace_of(PLATFORM, tenant) or await self._met(tenant)
            if known is None:
                return None
            self._it.known[tenant] = known.id
            self._it.platforms[known.id] = PLATFORM
        return self._it.known[tenant]

    async def tenant_of(self, workspace: str) -> str | None:
        """Return the tenant id of a workspace."""
        known = await self._it.ports.store.workspace(workspace)
        return known.external_id if known else None

    async def _met(self, tenant: str) -> Workspace | None:
        if not self._settings.is_ours(tenant):
            return None
        store = self._it.ports.store
        with suppress(Conflict):  # two requests at once met it
            await store.save(
                Workspace(
                    id=uuid.uuid4().hex,
                    platform=PLATFORM,
                    external_id=tenant,
                    name="Teams",
                    bot=f"28:{self._settings.client_id}",
                    practice=self._it.practicing,
                )
            )
        return await store.workspace_of(PLATFORM, tenant)


class _Reaches:
    """How conversations are reached, asked of the store as it is now: in practice another takes its place."""

    def __init__(self, it: Bot) -> None:
        self._it = it

    async def of(self, workspace: str, conversation: str) -> Reach | None:
        """Return how a conversation is reached."""
        return await self._it.ports.store.reach_of(workspace, conversation)

    async def to(self, workspace: str, person: str) -> Reach | None:
        """Return how a person is reached."""
        return await self._it.ports.store.reach_to(workspace, person)

    async def any(self, workspace: str) -> Reach | None:
        """Return how anybody of a workspace is reached."""
        return await self._it.ports.store.reach_any(workspace)


def join(it: Bot, settings: Settings) -> None:
    """Let a bot live in Teams too, as its settings say."""
    told = TeamsSettings(
        client_id=settings.teams_client_id,
        client_secret=settings.teams_client_secret,
        tenants=settings.teams_tenants,
        metadata_url=settings.teams_metadata_url,
    )
    join_teams(it, told, it.ports.clock)


def join_teams(it: Bot, settings: TeamsSettings, clock: Clock) -> Teams[TeamsChat]:
    """Let a bot live in Teams too, and return its second home; before it starts."""
    tenants, reaches = _Tenants(it, settings), _Reaches(it)

    async def still_busy(form: Submitted) -> FormErrors:
        return await busy(it.ports, form)

    def say(key: str, locale: str, **values: Value) -> str:
        language = Language.NL if locale.lower().startswith("nl") else Language.EN
        return it.ports.words.on(PLATFORM).say(key, language, **values)

    def platform_of(workspace: str) -> str:
        return it.platforms.get(workspace, "slack")

    home = teams(
        settings,
        clock,
        tenants.workspace_of,
        it.inbox.accept,
        it.handle,
        still_busy,
        say=say,
        reach_of=reaches.of,
        reach_to=reaches.to,
        reach_any=reaches.any,
        tenant_of=tenants.tenant_of,
        on_ack=it.metrics.acknowledged,
    )
    home.chat.on_failure = it.metrics.failed
    it.teams = home
    chat = Platforms({"slack": it.slack.chat, PLATFORM: home.chat}, platform_of)
    it.ports = replace(it.ports, chat=chat, platform_of=platform_of)
    return home
