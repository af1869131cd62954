"""The keys that Teams signs with: fetched when they are needed, kept for a day, and never at a stranger's bidding."""

import asyncio
import logging
from typing import Any

import httpx

from bot.chat.payload import text
from bot.chat.teams.incoming.token import KeySet, key_set
from bot.chat.teams.settings import TeamsSettings
from bot.chat.teams.tls import trust

log = logging.getLogger(__name__)

FRESH = 24 * 60 * 60  # seconds for which nobody asks for them again
AGAIN = 60  # seconds between two fetches while there are keys, whatever they are asked for
SOON = 5  # the same while there are none
SECONDS = 4  # for a fetch: whoever waits for it is to be answered within five


class NoKeys(Exception):
    """There are none, and none can be had right now: nothing can be told of any token."""


class Keys:
    """The keys of one issuer."""

    def __init__(
        self, settings: TeamsSettings, *, fresh: float = FRESH, again: float = AGAIN, soon: float | None = None
    ) -> None:
        """Hold no keys yet; the settings say where they are."""
        self._settings = settings
        self._fresh = fresh
        self._again = again
        # A practice Teams starts together with us, and is there a moment later than we are.
        self._soon = (0 if settings.is_local else SOON) if soon is None else soon
        self._known: KeySet | None = None
        self._fetched_at = 0.0
        self._tried_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    @property
    def is_fetching(self) -> bool:
        """Whether they are being fetched."""
        return self._fetching is not None and not self._fetching.done()

    def start(self) -> None:
        """Begin to fetch the keys, so that they are there before anybody needs them."""
        self._begin(self._soon)

    async def stop(self) -> None:
        """Break off what is being fetched."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait([self._fetching])

    async def having(self, key_id: str) -> KeySet | None:
        """Return the keys, when the one of this id is among them; raises NoKeys."""
        if self._known is None:
            await self._ended(self._begin(self._soon))
        elif _now() - self._fetched_at > self._fresh:
            self._begin(self._again)  # nobody waits for it: those we have are good meanwhile
        if self._known is None:
            raise NoKeys
        if key_id not in self._known.keys:
            await self._ended(self._begin(self._again))
        return self._known if key_id in self._known.keys else None

    def _begin(self, pause: float) -> asyncio.Task[None] | None:
        """Return the fetch under way, begun now unless the last one was less than so many seconds ago."""
        if not self.is_fetching and (self._tried_at is None or _now() - self._tried_at >= pause):
            self._tried_at = _now()
            self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _ended(self, fetching: asyncio.Task[None] | None) -> None:
        if fetching is not None:
            await asyncio.wait([fetching])

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                self._known = await self._published()
            self._fetched_at = _now()
            log.debug("keys fetched count=%d", len(self._known.keys))
        except Exception as error:  # whatever it is, those we have stay
            log.warning("keys not fetched error=%s", type(error).__name__)

    async def _published(self) -> KeySet:
        # Made in a thread: it reads the machine's certificates, which takes longer than an acknowledgement.
        checked = await asyncio.to_thread(trust)
        client = httpx.AsyncClient(verify=checked, timeout=SECONDS, trust_env=not self._settings.is_local)
        async with client:
            metadata = await _json(client, self._settings.metadata_url)
            address = text(metadata, "jwks_uri")
            if not address.startswith("https://") and not (
                self._settings.is_local and self._settings.may_call(address)
            ):
                raise ValueError("the keys are at an unsafe address")
            return key_set(metadata, await _json(client, address))


async def _json(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    response = (await client.get(address)).raise_for_status()
    said = response.json()
    if not isinstance(said, dict):
        raise TypeError("not an object")
    return said


def _now() -> float:
    return asyncio.get_running_loop().time()
