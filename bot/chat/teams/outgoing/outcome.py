"""What Teams' answer, or the lack of one, means for what we tried."""

from collections.abc import Mapping

import httpx

from bot.chat.failure import UNREACHED, Failure, pause
from bot.chat.payload import part, text
from bot.chat.port import Ambiguous, Blame, RetryAfter, Undeliverable
from bot.chat.teams.outgoing.bearer import NoToken

GONE = "ActivityNotFoundInConversation"  # said of a card that was to be changed

# A blame marks the person, conversation or workspace for all that follows: a code stands here when it says something
# else than its status does.
BLAMES: Mapping[str, Blame] = {
    GONE: Blame.ABSENT,
    "MemberNotFoundInConversation": Blame.PERSON,
    "NotEnoughPermissions": Blame.MESSAGE,
}
_TIMED_OUT, _BUSY, _TOO_MANY = 408, 412, 429
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _SERVER = 401, 403, 404, 500
_LATER: Mapping[int, float] = {_BUSY: 5.0, _TOO_MANY: 30.0}  # seconds to wait when Teams names none
_NO_TOKEN = 60.0

# Raised before a byte of the request has left.
UNSAID = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


def refused(status: int, code: str = "", *, retry_after: str | None = None, personal: bool = False) -> Failure:
    """Return what a refusal means: the HTTP status, Teams' error code, and the Retry-After header."""
    error = code or f"http_{status}"
    if status in _LATER:
        return RetryAfter(seconds=pause(retry_after, _LATER[status]), error=error)
    if status == _TIMED_OUT or status >= _SERVER:
        return Ambiguous(error=error)
    return Undeliverable(error=error, blame=BLAMES.get(code) or _blame(status, personal=personal))


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
    """Return Teams' own word for what is wrong, or an empty one."""
    try:
        said = answer.json()
    except (ValueError, RecursionError, httpx.StreamError):
        return ""
    return text(part(said, "error"), "code") if isinstance(said, Mapping) else ""


def _blame(status: int, *, personal: bool) -> Blame:
    if status == _UNAUTHORIZED:
        return Blame.WORKSPACE
    if status == _FORBIDDEN:
        return Blame.PERSON if personal else Blame.CONVERSATION
    return Blame.CONVERSATION if status == _NOT_FOUND else Blame.MESSAGE
