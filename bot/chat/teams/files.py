"""Files as Teams takes them: offered with a card, held until the person says yes, put into their own OneDrive."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.chat.teams.payload import part, text
from bot.chat.teams.settings import LOOPBACK, TeamsSettings
from bot.chat.teams.text import cut

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
