from types import MappingProxyType

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackObjectFormationError

from bot.chat.failure import Failure, not_yet
from bot.chat.port import Ambiguous, Blame, RetryAfter, Undeliverable
from bot.chat.slack.outgoing.outcome import failed, refused

REFUSALS = [
    # error, HTTP status, Retry-After, what it means
    ("ratelimited", 429, "7", RetryAfter(seconds=7, error="ratelimited")),
    ("ratelimited", 429, None, RetryAfter(seconds=30, error="ratelimited")),
    ("ratelimited", 429, "soon", RetryAfter(seconds=30, error="ratelimited")),
    ("ratelimited", 429, "-1", RetryAfter(seconds=30, error="ratelimited")),
    ("ratelimited", 429, "9" * 30, RetryAfter(seconds=3600, error="ratelimited")),
    ("", 429, "2", RetryAfter(seconds=2, error="ratelimited")),  # a proxy's page
    ("request_timeout", 408, None, RetryAfter(seconds=5, error="request_timeout")),
    ("team_added_to_org", 200, None, RetryAfter(seconds=600, error="team_added_to_org")),
    ("user_disabled", 200, None, Undeliverable(error="user_disabled", blame=Blame.PERSON)),
    ("is_archived", 200, None, Undeliverable(error="is_archived", blame=Blame.CONVERSATION)),
    ("channel_not_found", 200, None, Undeliverable(error="channel_not_found", blame=Blame.CONVERSATION)),
    ("not_in_channel", 200, None, Undeliverable(error="not_in_channel", blame=Blame.CONVERSATION)),
    ("token_revoked", 200, None, Undeliverable(error="token_revoked", blame=Blame.WORKSPACE)),
    ("account_inactive", 200, None, Undeliverable(error="account_inactive", blame=Blame.WORKSPACE)),
    ("invalid_blocks", 200, None, Undeliverable(error="invalid_blocks", blame=Blame.MESSAGE)),
    ("msg_blocks_too_long", 200, None, Undeliverable(error="msg_blocks_too_long", blame=Blame.MESSAGE)),
    # a scope is missing: the token lives, other calls go on
    ("missing_scope", 200, None, Undeliverable(error="missing_scope", blame=Blame.MESSAGE)),
    # not in this channel: that says nothing about the account
    ("user_not_in_channel", 200, None, Undeliverable(error="user_not_in_channel", blame=Blame.MESSAGE)),
    ("never_heard_of", 200, None, Undeliverable(error="never_heard_of", blame=Blame.MESSAGE)),
    ("internal_error", 200, None, Ambiguous(error="internal_error")),
    ("fatal_error", 500, None, Ambiguous(error="fatal_error")),
    ("is_archived", 503, None, Ambiguous(error="is_archived")),  # who answers 5xx has not decided
    ("", 502, None, Ambiguous(error="http_502")),
    ("", 200, None, Ambiguous(error="http_200")),  # no JSON
]


@pytest.mark.parametrize(("code", "status", "retry_after", "expected"), REFUSALS)
def test_a_refusal_means(code: str, status: int, retry_after: str | None, expected: Failure) -> None:
    assert refused(code, status=status, retry_after=retry_after) == expected


class Answer:
    """As much of slack_sdk's response as an error carries."""

    def __init__(self, status: int, data: object, headers: dict[str, str] | None = None) -> None:
        self.status_code = status
        self.data = data
        self.headers = headers or {}


class Raw:
    """aiohttp's response, which slack_sdk hands on when the body was not JSON."""

    status = 200
    headers = MappingProxyType({"Content-Type": "application/json"})


KEY = aiohttp.client_reqrep.ConnectionKey("slack.com", 443, True, None, None, None, None, None)

EXCEPTIONS = [
    (SlackApiError("", Answer(200, {"ok": False, "error": "is_archived"})), "is_archived", Undeliverable),
    (SlackApiError("", Answer(429, {"error": "ratelimited"}, {"Retry-After": "3"})), "ratelimited", RetryAfter),
    (SlackApiError("", Answer(502, "<html>")), "http_502", Ambiguous),
    (SlackApiError("", Answer(200, {"ok": False, "error": {"odd": 1}})), "http_200", Ambiguous),
    (SlackApiError("", Raw()), "http_200", Ambiguous),
    (SlackObjectFormationError("too long"), "invalid_blocks", Undeliverable),
    # nothing was said
    (aiohttp.ClientConnectorError(KEY, ConnectionRefusedError(111, "no")), "ClientConnectorError", RetryAfter),
    (aiohttp.ConnectionTimeoutError(), "ConnectionTimeoutError", RetryAfter),
    # it may have been heard
    (TimeoutError(), "timeout", Ambiguous),
    (aiohttp.SocketTimeoutError(), "timeout", Ambiguous),
    (aiohttp.ServerDisconnectedError(), "ServerDisconnectedError", Ambiguous),
    (ConnectionResetError(), "ConnectionResetError", Ambiguous),
    (AttributeError("'list' object has no attribute 'get'"), "AttributeError", Ambiguous),
]


@pytest.mark.parametrize(("error", "code", "kind"), EXCEPTIONS)
def test_an_exception_means(error: Exception, code: str, kind: type) -> None:
    failure = failed(error)
    assert (type(failure), failure.error) == (kind, code)


def test_doubt_about_what_shows_nothing_is_tried_again() -> None:
    assert not_yet(Ambiguous(error="timeout")) == RetryAfter(seconds=5, error="timeout")
    gone = Undeliverable(error="user_disabled", blame=Blame.PERSON)
    assert not_yet(gone) == gone
