"""What Teams' answer, or the lack of one, means for what we tried."""

import json
from collections.abc import Mapping

import httpx

from bot.chat.failure import UNREACHED, Failure, pause
from bot.chat.payload import part, text
from bot.chat.port import Ambiguous, Blame, RetryAfter, Undeliverable
from bot.chat.teams.outgoing.bearer import NoToken

GONE = "ActivityNotFoundInConversation"  # said of a card that was to be changed

# A blame marks the person, conversation or workspace for all that follows, so only what Microsoft documents as saying
# so has one. Whatever else is said with a 403 or 404, by Teams or by a proxy on the way, is trouble of the line.
BLAMES: Mapping[str, Blame] = {
    GONE: Blame.ABSENT,
    "ConversationNotFound": Blame.CONVERSATION,
    "MemberNotFoundInConversation": Blame.PERSON,
    "NotEnoughPermissions": Blame.MESSAGE,
}
SHUT_OUT = frozenset(  # the person of a personal chat, or whoever decides about a channel, lets us write there no more
    {
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ForbiddenOperationException",  # not installed for this person
        "MessageWritesBlocked",
    }
)
_TIMED_OUT, _BUSY, _TOO_MANY = 408, 412, 429
_UNAUTHORIZED, _SERVER = 401, 500
_ON_THE_WAY = frozenset({*range(300, 400), 403, 404, 407})  # what proxies answer, too
_LATER: Mapping[int, float] = {_BUSY: 5.0, _TOO_MANY: 30.0}  # seconds to wait when Teams names none
_NO_TOKEN = 60.0
_LINE = 600.0  # seconds until it is tried again where something on the way refused it

# Raised before a byte of the request has left.
UNSAID = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def refused(status: int, code: str = "", *, retry_after: str | None = None, personal: bool = False) -> Failure:
    """Return what a refusal means: the HTTP status, Teams' error code, and the Retry-After header."""
    error = code or f"http_{status}"
    if status in _LATER:
        return RetryAfter(seconds=pause(retry_after, _LATER[status]), error=error)
    if status == _TIMED_OUT or status >= _SERVER:
        return Ambiguous(error=error)
    if code in BLAMES:
        return Undeliverable(error=error, blame=BLAMES[code])
    if code in SHUT_OUT:
        return Undeliverable(error=error, blame=Blame.PERSON if personal else Blame.CONVERSATION)
    if status in _ON_THE_WAY:
        return RetryAfter(seconds=_LINE, error=error)
    return Undeliverable(error=error, blame=Blame.WORKSPACE if status == _UNAUTHORIZED else Blame.MESSAGE)


def failed(error: Exception, *, personal: bool = False) -> Failure:
    """Return what an exception of the SDK or of httpx means."""
    if isinstance(error, httpx.HTTPStatusError):
        answer = error.response
        retry_after = answer.headers.get("Retry-After")
        return refused(answer.status_code, code_of(answer), retry_after=retry_after, personal=personal)
    if isinstance(error, NoToken):
        return RetryAfter(seconds=_NO_TOKEN, error=error.code)
    if isinstance(error, UNSAID):
        return RetryAfter(seconds=UNREACHED, error=type(error).__name__)
    if isinstance(error, httpx.InvalidURL):
        return Undeliverable(error="InvalidURL", blame=Blame.MESSAGE)
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Ambiguous(error="timeout")
    return Ambiguous(error=type(error).__name__)


def is_unauthorized(error: Exception) -> bool:
    """Tell whether Teams did not take our token."""
    return isinstance(error, httpx.HTTPStatusError) and error.response.status_code == _UNAUTHORIZED


def code_of(answer: httpx.Response) -> str:
    """Return Teams' own word for what is wrong, or an empty one; a word within its message says more."""
    try:
        said = answer.json()
        if not isinstance(said, Mapping):
            return ""
        about = part(said, "error") or said
        inside = text(about, "subCode") or text(said, "subCode") or _inside(text(about, "message"))
    except (ValueError, RecursionError, httpx.StreamError):
        return ""
    return inside or text(about, "code")


def _inside(message: str) -> str:
    """Return the word that a message holds which is JSON itself; empty for any other."""
    if not message.lstrip().startswith("{"):
        return ""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return ""
    return text(said, "subCode") if isinstance(said, Mapping) else ""
