"""The token we call Teams with: asked for aside from the event loop, by one at a time, and kept for a few minutes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from microsoft_teams.api.auth import ClientCredentials

from bot.chat.teams.settings import TeamsSettings

log = logging.getLogger(__name__)

KEPT = 240.0  # seconds: shorter than what msal leaves of a token that it hands out
PATIENCE = 10.0  # seconds that a call waits for a token
_STUCK = 120.0  # seconds after which an unanswered question is asked anew, for msal itself waits for ever
LOCAL = "local"  # what a practice Teams is shown

Ask = Callable[[], Awaitable[str]]


class NoToken(Exception):
    """There is no token now."""

    def __init__(self, code: str) -> None:
        """Take a word for why."""
        super().__init__(code)
        self.code = code


class Bearer:
    """A token as long as it is good."""

    def __init__(self, asking: Callable[[], Ask], *, patience: float = PATIENCE) -> None:
        """Take what makes a way to ask: a new one after each token that Teams did not take."""
        self._asking = asking
        self._ask = asking()
        self._patience = patience
        self._kept: tuple[str, float] | None = None
        self._question: tuple[asyncio.Task[str], float] | None = None

    async def token(self) -> str:
        """Return a token; raises NoToken."""
        now = asyncio.get_running_loop().time()
        if self._kept is not None and now < self._kept[1]:
            return self._kept[0]
        try:
            return await asyncio.wait_for(asyncio.shield(self._asked(now)), self._patience)
        except TimeoutError as error:
            raise NoToken("token_timeout") from error

    def forget(self) -> None:
        """Ask anew next time."""
        self._kept, self._question, self._ask = None, None, self._asking()

    def _asked(self, now: float) -> asyncio.Task[str]:
        """Return the question that is under way, or a new one."""
        if self._question is None or self._question[0].done() or now > self._question[1] + _STUCK:
            task = asyncio.create_task(self._answer(self._ask, now))
            task.add_done_callback(_seen)
            self._question = task, now
        return self._question[0]

    async def _answer(self, ask: Ask, now: float) -> str:
        try:
            token = await ask()
        except Exception as error:  # whatever msal or its network raises, there is no token
            log.error("teams gives no token error=%s", type(error).__name__)  # noqa: TRY400 - its text may tell too much
            raise NoToken("no_token") from error
        if ask is self._ask:
            self._kept = token, now + KEPT
        return token


def bearer(settings: TeamsSettings) -> Bearer:
    """Return the token of a registration; for a practice Teams a word that never changes."""
    return Bearer(_local if settings.is_local else lambda: microsoft(settings))


def microsoft(settings: TeamsSettings) -> Ask:
    """Return a way to ask Microsoft, for the tenant of the registration."""
    # What it brings along takes a third of a second, which practice need not spend.
    from microsoft_teams.apps.token_manager import TokenManager  # noqa: PLC0415

    secret = settings.client_secret
    credentials = ClientCredentials(
        client_id=settings.client_id, client_secret=secret, tenant_id=settings.tenants[0].strip()
    )
    manager = TokenManager(credentials)

    async def ask() -> str:
        # Before it asks, the SDK looks up the tenant, and blocks the loop it runs on: so it gets one of its own.
        token = await asyncio.to_thread(asyncio.run, manager.get_bot_token())
        if token is None:
            raise ValueError
        return str(token)

    return ask


def _local() -> Ask:
    async def ask() -> str:
        return LOCAL

    return ask


def _seen(task: asyncio.Task[str]) -> None:
    """Look at what became of a question that nobody waits for any more, so that asyncio need not complain."""
    if not task.cancelled():
        task.exception()
