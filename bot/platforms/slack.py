"""The home in Slack: everything that imports its SDK, so that who does not use it does not pay for it."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from starlette.routing import BaseRoute

from bot.chat.slack.outgoing.connector import Pace
from bot.chat.slack.outgoing.send import SlackChat
from bot.chat.slack.serve import PLATFORM, SlackError, slack
from bot.chat.slack.settings import SlackSettings
from bot.chat.slack.socket_mode import wait_after
from bot.coaching.records.workspace import Workspace
from bot.platforms.host import Host
from bot.settings import NotConfigured, Settings
from bot.store.port import Store, StoreError
from bot.words.port import Words

SAID = 4  # characters of a stranger's id

log = logging.getLogger(__name__)


class SlackPlatform:
    """One installation in Slack, and the workspace its token is for."""

    platform = PLATFORM

    def __init__(self, it: Host, settings: SlackSettings, *, pace: Pace | None = None) -> None:
        """Take whom it is the home of, and the pace when it is not Slack's own; nothing is opened before the start."""
        self._it = it
        self._settling: asyncio.Task[None] | None = None
        # Our id of a Slack team, remembered the first time; None when the token is another team's.
        self.workspace_of = partial(it.workspaces.of, PLATFORM, meet=self._meet)
        self._slack = slack(
            settings,
            it.ports.clock,
            self.workspace_of,
            it.accept,
            it.handle,
            it.busy,
            on_ack=it.counts.acknowledged,
            pace=pace,
            team_of=self._team_of,
        )
        self.chat, self.handle = self._slack.chat, self._slack.handle
        self.chat.on_failure = partial(it.counts.failed, PLATFORM)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The address of events; none in Socket Mode."""
        return self._slack.routes

    @property
    def is_open(self) -> bool | None:
        """Whether the line of Socket Mode is open; None over HTTP, where nobody can tell."""
        return self._slack.is_open

    async def settle_in(self) -> None:
        """Remember the workspace the token is for; a token that works again brings it back.

        While Slack cannot be asked it is asked again beside all else, later each time.
        """
        wait = await self._settled_in(1)
        if wait is not None:
            self._settling = asyncio.create_task(self._settle_later(wait))

    async def start(self) -> None:
        """Open the line of Socket Mode, if that is how we listen; raises NotConfigured."""
        try:
            await self._slack.start()
        except SlackError as refused:
            raise NotConfigured(
                f"Slack does not let Pitstop in ({refused}). Look at SLACK_APP_TOKEN: it must be this app's, with the "
                "scope connections:write."
            ) from None

    async def stop(self) -> None:
        """Hang up and close the connections."""
        if self._settling is not None:
            self._settling.cancel()
            await asyncio.gather(self._settling, return_exceptions=True)
        await self._slack.stop()

    async def _settle_later(self, wait: float) -> None:
        attempt = 1
        while wait:
            await asyncio.sleep(wait)
            attempt += 1
            try:
                wait = await self._settled_in(attempt) or 0.0
            except StoreError:
                log.exception("not noted that slack lets us in; it is tried again")
                wait = wait_after(attempt, 0.0, self._it.ports.chance())

    async def _settled_in(self, attempt: int) -> float | None:
        """Return the seconds until Slack is to be asked again; None when it answered."""
        try:
            told = await self._slack.identity()
            if (workspace := await self.workspace_of(told.team)) is not None:
                await self._it.workspaces.let_in(workspace)
        except SlackError as refused:
            log.error("slack does not let us in error=%s", refused)  # noqa: TRY400 - the code says it all
            return None if refused.is_final else wait_after(attempt, refused.seconds, self._it.ports.chance())
        return None

    async def _team_of(self, workspace: str) -> str | None:
        known = await self._it.ports.store.workspace(workspace)
        return known.external_id if known else None

    async def _meet(self, team: str) -> Workspace | None:
        told = await self._slack.identity()
        if told.team != team:
            log.warning("a request of a team that is not ours team=%s", beginning(team))
            return None
        ours = [each for each in await self._it.ports.store.workspaces() if each.platform == PLATFORM]
        others = [each.name for each in ours if each.external_id != team]  # who came at the same moment met it already
        if others:  # what waits for their people would be sent with a token that does not know them
            raise NotConfigured(
                f"SLACK_BOT_TOKEN is for the workspace {told.team_name}, and this database is of {', '.join(others)}.\n"
                "  Set the token of that workspace, or PITSTOP_DATABASE_URL to a file of its own for this one."
            )
        return Workspace(
            id=self._it.ports.new_id(),
            platform=PLATFORM,
            external_id=team,
            name=told.team_name,
            bot=told.bot,
            practice=self._it.practicing,
        )


def beginning(name: str) -> str:
    """Return what the log may hold of a name that is somebody else's: enough to ask Slack about, no more."""
    return f"{name[:SAID]}…" if len(name) > SAID else "…"


def join(it: Host, settings: Settings) -> None:
    """Let a bot live in Slack, as its settings say; before it starts."""
    it.live_in(SlackPlatform(it, told_in(settings)))


def chat_alone(settings: Settings, _store: Store, _words: Words) -> SlackChat:
    """Return Slack's chat alone, for who only has something to show."""
    return SlackChat(told_in(settings))


def told_in(settings: Settings) -> SlackSettings:
    """Return what of the settings is Slack's."""
    return SlackSettings(
        bot_token=settings.slack_bot_token,
        app_token=settings.slack_app_token or None,
        signing_secret=settings.slack_signing_secret or None,
        api_url=settings.slack_api_url,
    )
