"""Files as Teams takes them: offered with a card, held until the person says yes, put into their own OneDrive."""

import asyncio
import logging
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.chat.payload import part, text
from bot.chat.port import MessageRef, Outcome, Place, Sent
from bot.chat.teams.outgoing.activities import Activities
from bot.chat.teams.outgoing.connector import Connector
from bot.chat.teams.protocols import Say
from bot.chat.teams.rendering.text import cut
from bot.chat.teams.settings import LOOPBACK, TeamsSettings

log = logging.getLogger(__name__)

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
HELD = 3_600.0  # seconds that an offered file is kept
_BYTES = 64 * 1024 * 1024  # that all offered files may take
_REMEMBERED = 1_000  # files that were taken
_COMMENT, _NAME = 1_000, 200
# Where OneDrive takes files, of the public cloud and of GCC.
_HOSTS = (".sharepoint.com", ".sharepoint.us")

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A file that waits for a yes."""

    workspace: str
    conversation: str  # only who is in it may say yes
    name: str
    content: bytes
    until: float


class Offers:
    """The files that wait, in memory alone: none outlives the process, an hour, or too many others."""

    def __init__(self) -> None:
        """Begin with none."""
        self._offers: OrderedDict[str, Offer] = OrderedDict()
        self._taken: OrderedDict[str, None] = OrderedDict()

    def put(self, token: str, offer: Offer, now: float) -> None:
        """Hold a file."""
        self._offers[token] = offer
        self._taken.pop(token, None)
        for name in [name for name, each in self._offers.items() if each.until <= now]:
            del self._offers[name]
        while len(self._offers) > 1 and sum(len(each.content) for each in self._offers.values()) > _BYTES:
            self._offers.popitem(last=False)

    def take(self, token: str, workspace: str, conversation: str, now: float) -> Offer | None:
        """Return a file to whom it was offered, once; None when it is gone."""
        found = self._offers.get(token)
        if found is None or (found.workspace, found.conversation) != (workspace, conversation):
            return None
        del self._offers[token]
        if now >= found.until:
            return None
        self._taken[token] = None
        if len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)
        return found

    def was_taken(self, token: str) -> bool:
        """Tell whether a file was returned already, and not put back."""
        return token in self._taken


class Handover:
    """Offers files, and hands them over when the person says yes."""

    def __init__(self, settings: TeamsSettings, connector: Connector, activities: Activities, say: Say) -> None:
        """Begin with nothing offered."""
        self._settings = settings
        self._connector = connector
        self._activities = activities
        self._say = say
        self._offers = Offers()

    async def offer(self, place: Place, name: str, content: bytes, comment: str) -> Outcome:
        """Ask in a conversation whether a file is wanted."""
        token = uuid.uuid4().hex
        outcome = await self._activities.post(place, offered(token, name, len(content), comment))
        if isinstance(outcome, Sent):
            now = asyncio.get_running_loop().time()
            conversation = place.conversation
            offer = Offer(
                workspace=place.workspace, conversation=conversation, name=name, content=content, until=now + HELD
            )
            self._offers.put(token, offer, now)
        return outcome

    async def answer(self, ref: MessageRef, value: Mapping[str, Any], locale: str) -> Outcome:
        """Hand over an offered file, or let it go, by what the invoke of that card says; the card goes away."""
        token, wanted, upload = answer_of(value)
        now = asyncio.get_running_loop().time()
        if self._offers.was_taken(token):  # the same answer, brought again
            return Sent(ref=ref)
        offer = self._offers.take(token, ref.workspace, ref.conversation, now)
        if not wanted:
            return await self._activities.remove(ref)
        place = Place(workspace=ref.workspace, conversation=ref.conversation)
        if offer is None:
            await self._activities.remove(ref)
            return await self._tell(place, "teams-file-gone", locale)
        address = text(upload, "uploadUrl")
        if not may_upload(self._settings, address):
            log.warning("an upload address outside the allow-list was refused workspace=%s", ref.workspace)
            return await self._tell(place, "teams-file-failed", locale)
        if await self._connector.upload(ref.workspace, address, offer.content) is not None:
            self._offers.put(token, offer, now)
            return await self._tell(place, "teams-file-failed", locale)
        await self._activities.remove(ref)
        return await self._activities.post(place, handed_over(upload, offer.name))

    async def _tell(self, place: Place, key: str, locale: str) -> Outcome:
        words = self._say(key, locale)
        return await self._activities.post(place, {"type": "message", "text": words, "textFormat": "plain"})


def offered(token: str, name: str, size: int, comment: str) -> Json:
    """Return the question whether a file is wanted."""
    about = {
        "description": cut(comment, _COMMENT),
        "sizeInBytes": size,
        "acceptContext": {"file": token},
        "declineContext": {"file": token},
    }
    return {"type": "message", "attachments": [{"contentType": CONSENT, "name": cut(name, _NAME), "content": about}]}


def handed_over(upload: Mapping[str, Any], name: str) -> Json:
    """Return the card of a file that is there now."""
    about = {"uniqueId": text(upload, "uniqueId"), "fileType": text(upload, "fileType")}
    card = {"contentType": INFO, "name": cut(text(upload, "name") or name, _NAME)}
    return {"type": "message", "attachments": [{**card, "contentUrl": text(upload, "contentUrl"), "content": about}]}


def answer_of(value: Mapping[str, Any]) -> tuple[str, bool, Mapping[str, Any]]:
    """Return which file was answered for, whether it is wanted, and where it may be put."""
    return text(part(value, "context"), "file"), text(value, "action") == "accept", part(value, "uploadInfo")


def may_upload(settings: TeamsSettings, address: str) -> bool:
    """Tell whether a person's file may be put at this address."""
    try:
        where = urlsplit(address)
        host = where.hostname or ""
    except ValueError:
        return False
    if not address.isascii() or not address.isprintable() or "\\" in address or "@" in where.netloc:
        return False
    if settings.is_local:
        return where.scheme in {"http", "https"} and (host in LOOPBACK or f"[{host}]" in LOOPBACK)
    return where.scheme == "https" and host.endswith(_HOSTS)
