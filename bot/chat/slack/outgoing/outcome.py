"""What Slack's answer, or the lack of one, means for what we tried."""

import asyncio
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackObjectFormationError

from bot.chat.failure import UNREACHED, Failure, pause
from bot.chat.port import Ambiguous, Blame, RetryAfter, Undeliverable

# A blame marks the person, conversation or workspace for all that follows: a code stands under one only when
# it says exactly that. The rest, also what we do not know, is blamed on the message alone.
BLAMES: Mapping[str, Blame] = {
    # the account is gone, or can never be written to
    "user_not_found": Blame.PERSON,
    "users_not_found": Blame.PERSON,
    "user_disabled": Blame.PERSON,
    "user_not_visible": Blame.PERSON,
    "cannot_dm_bot": Blame.PERSON,
    # archived, deleted, closed to us, or we are not in it
    "channel_not_found": Blame.CONVERSATION,
    "is_archived": Blame.CONVERSATION,
    "not_in_channel": Blame.CONVERSATION,
    "restricted_action": Blame.CONVERSATION,
    "restricted_action_read_only_channel": Blame.CONVERSATION,
    "restricted_action_non_threadable_channel": Blame.CONVERSATION,
    "restricted_action_thread_only_channel": Blame.CONVERSATION,
    "method_not_supported_for_channel_type": Blame.CONVERSATION,
    # it is not there any more
    "message_not_found": Blame.ABSENT,
    # the token is dead
    "invalid_auth": Blame.WORKSPACE,
    "not_authed": Blame.WORKSPACE,
    "token_revoked": Blame.WORKSPACE,
    "token_expired": Blame.WORKSPACE,
    "account_inactive": Blame.WORKSPACE,
    "access_denied": Blame.WORKSPACE,
    "team_access_not_granted": Blame.WORKSPACE,
    "team_not_found": Blame.WORKSPACE,
    "org_login_required": Blame.WORKSPACE,
    "ekm_access_denied": Blame.WORKSPACE,
    "enterprise_is_restricted": Blame.WORKSPACE,
}

# Refused for now, before anything was done; seconds to wait when Slack names none.
LATER: Mapping[str, float] = {
    "ratelimited": 30.0,
    "rate_limited": 30.0,
    "message_limit_exceeded": 300.0,
    "request_timeout": 5.0,  # our request did not arrive whole
    "team_added_to_org": 600.0,  # the workspace is being moved
    "external_channel_migrating": 300.0,
}

# Slack's own pages say that some of it may have happened.
DOUBTFUL = frozenset({"fatal_error", "internal_error", "service_unavailable"})

# What Slack says of a token that will not do, however often it is tried.
TOKEN_REFUSED = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)

GONE = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
SPENT_TRIGGERS = frozenset(
    {
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
        "trigger_expired",
        "trigger_exchanged",
    }
)
CLOSED = "not_found"  # what was to be shown anew is on nobody's screen
NOT_DRAWN = "invalid_blocks"  # a block is not known where this goes, or not built as it should be
OPEN_ALREADY = "duplicate_external_id"  # this very opening was shown before

_TOO_MANY = 429
_SERVER = 500


def refused(code: str, *, status: int = 200, retry_after: str | None = None) -> Failure:
    """Return what a refusal means: Slack's error code, the HTTP status and the Retry-After header."""
    if status == _TOO_MANY or code in LATER:
        return RetryAfter(seconds=pause(retry_after, LATER.get(code, 30.0)), error=code or "ratelimited")
    if status >= _SERVER or code in DOUBTFUL or not code:
        return Ambiguous(error=code or f"http_{status}")
    return Undeliverable(error=code, blame=BLAMES.get(code, Blame.MESSAGE))


def failed(error: Exception) -> Failure:
    """Return what an exception of slack_sdk or aiohttp means."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, SlackObjectFormationError):
        return Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE)
    # No connection came about, so nothing was said. A connection that breaks later leaves doubt.
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return RetryAfter(seconds=UNREACHED, error=type(error).__name__)
    if isinstance(error, asyncio.TimeoutError):
        return Ambiguous(error="timeout")
    return Ambiguous(error=type(error).__name__)


def _answered(error: SlackApiError) -> Failure:
    response = error.response
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    headers = getattr(response, "headers", None) or {}
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return refused(code if isinstance(code, str) else "", status=status, retry_after=headers.get("Retry-After"))
