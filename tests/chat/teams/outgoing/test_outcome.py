import json

import httpx
import pytest

from bot.chat.failure import Failure, not_yet
from bot.chat.port import Ambiguous, Blame, RetryAfter, Undeliverable
from bot.chat.teams.outgoing.bearer import NoToken
from bot.chat.teams.outgoing.outcome import code_of, failed, is_unauthorized, refused

REQUEST = httpx.Request("POST", "https://smba.trafficmanager.net/emea/v3/conversations/x/activities")
PERSON, CONVERSATION, MESSAGE, WORKSPACE = Blame.PERSON, Blame.CONVERSATION, Blame.MESSAGE, Blame.WORKSPACE


def answer(status: int, code: str | None = None, **headers: str) -> httpx.HTTPStatusError:
    body = b"" if code is None else json.dumps({"error": {"code": code, "message": "m"}}).encode()
    response = httpx.Response(status, content=body, headers=headers, request=REQUEST)
    return httpx.HTTPStatusError("", request=REQUEST, response=response)


REFUSALS: list[tuple[int, str, bool, Failure]] = [
    # surely not accepted, for now
    (429, "Throttled", True, RetryAfter(seconds=30, error="Throttled")),
    (412, "PreconditionFailed", True, RetryAfter(seconds=5, error="PreconditionFailed")),
    # blocked, or not installed
    (403, "ForbiddenOperationException", True, Undeliverable(error="ForbiddenOperationException", blame=PERSON)),
    (403, "ConversationBlockedByUser", True, Undeliverable(error="ConversationBlockedByUser", blame=PERSON)),
    (403, "BotNotInConversationRoster", False, Undeliverable(error="BotNotInConversationRoster", blame=CONVERSATION)),
    (403, "MessageWritesBlocked", True, Undeliverable(error="MessageWritesBlocked", blame=PERSON)),
    (403, "BotNotInConversationRoster", True, Undeliverable(error="BotNotInConversationRoster", blame=PERSON)),
    # trouble on the way, or a word that nobody documents: nobody's fault
    (403, "InvalidBotApiHost", True, RetryAfter(seconds=600, error="InvalidBotApiHost")),
    (403, "BotDisabledByAdmin", True, RetryAfter(seconds=600, error="BotDisabledByAdmin")),
    (403, "ServiceError", True, RetryAfter(seconds=600, error="ServiceError")),
    (403, "", True, RetryAfter(seconds=600, error="http_403")),
    (403, "", False, RetryAfter(seconds=600, error="http_403")),
    (404, "", True, RetryAfter(seconds=600, error="http_404")),
    (404, "SomethingNew", False, RetryAfter(seconds=600, error="SomethingNew")),
    (302, "", True, RetryAfter(seconds=600, error="http_302")),
    (407, "", True, RetryAfter(seconds=600, error="http_407")),
    (403, "NotEnoughPermissions", True, Undeliverable(error="NotEnoughPermissions", blame=MESSAGE)),
    # not there
    (404, "ConversationNotFound", True, Undeliverable(error="ConversationNotFound", blame=CONVERSATION)),
    (
        404,
        "ActivityNotFoundInConversation",
        True,
        Undeliverable(error="ActivityNotFoundInConversation", blame=Blame.ABSENT),
    ),
    (404, "MemberNotFoundInConversation", True, Undeliverable(error="MemberNotFoundInConversation", blame=PERSON)),
    # ours to mend
    (401, "Authorization", True, Undeliverable(error="Authorization", blame=WORKSPACE)),
    (400, "BadSyntax", True, Undeliverable(error="BadSyntax", blame=MESSAGE)),
    (413, "MessageSizeTooBig", True, Undeliverable(error="MessageSizeTooBig", blame=MESSAGE)),
    # nobody knows
    (408, "", True, Ambiguous(error="http_408")),
    (500, "ServiceError", True, Ambiguous(error="ServiceError")),
    (502, "", True, Ambiguous(error="http_502")),
    (503, "", True, Ambiguous(error="http_503")),
    (504, "", True, Ambiguous(error="http_504")),
]


@pytest.mark.parametrize(("status", "code", "personal", "expected"), REFUSALS)
def test_a_refusal_says_what_it_means(status: int, code: str, personal: bool, expected: Failure) -> None:
    assert refused(status, code, personal=personal) == expected
    assert failed(answer(status, code or None), personal=personal) == expected


@pytest.mark.parametrize(
    ("given", "expected"), [("9", 9), (None, 30), ("soon", 30), ("-1", 30), ("1e9", 30), ("999999", 3_600), ("٣", 30)]
)
def test_a_wait_is_believed_within_reason(given: str | None, expected: float) -> None:
    assert refused(429, "Throttled", retry_after=given) == RetryAfter(seconds=expected, error="Throttled")


RAISED: list[tuple[Exception, Failure]] = [
    # nothing was said
    (httpx.ConnectError(""), RetryAfter(seconds=5, error="ConnectError")),
    (httpx.ConnectTimeout(""), RetryAfter(seconds=5, error="ConnectTimeout")),
    (httpx.PoolTimeout(""), RetryAfter(seconds=5, error="PoolTimeout")),
    (httpx.ProxyError(""), RetryAfter(seconds=5, error="ProxyError")),
    (NoToken("token_timeout"), RetryAfter(seconds=60, error="token_timeout")),
    (httpx.InvalidURL(""), Undeliverable(error="InvalidURL", blame=MESSAGE)),
    # something may have been
    (httpx.ReadTimeout(""), Ambiguous(error="timeout")),
    (httpx.WriteTimeout(""), Ambiguous(error="timeout")),
    (TimeoutError(), Ambiguous(error="timeout")),
    (httpx.ReadError(""), Ambiguous(error="ReadError")),
    (httpx.WriteError(""), Ambiguous(error="WriteError")),
    (httpx.RemoteProtocolError(""), Ambiguous(error="RemoteProtocolError")),
    (ValueError(), Ambiguous(error="ValueError")),
]


@pytest.mark.parametrize(("error", "expected"), RAISED)
def test_an_exception_says_whether_anything_was_said(error: Exception, expected: Failure) -> None:
    assert failed(error) == expected


def test_doubt_does_no_harm_where_nothing_is_shown_twice() -> None:
    assert not_yet(Ambiguous(error="timeout")) == RetryAfter(seconds=5, error="timeout")
    gone = Undeliverable(error="x", blame=PERSON)
    assert not_yet(gone) is gone


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"error": 1}', b'{"error": {"code": 1}}', b"[" * 100_000])
def test_an_answer_that_says_nothing_has_no_code(body: bytes) -> None:
    assert code_of(httpx.Response(400, content=body)) == ""


@pytest.mark.parametrize(
    "said",
    [
        {"error": {"code": "MessageWritesBlocked", "message": "m"}},
        {"error": {"code": "ServiceError", "message": '{"subCode": "MessageWritesBlocked", "details": "x"}'}},
        {"errorCode": 209, "message": '{\r\n  "subCode": "MessageWritesBlocked"\r\n}'},
        {"subCode": "MessageWritesBlocked"},
    ],
)
def test_the_word_for_what_is_wrong_is_found_wherever_it_stands(said: dict[str, object]) -> None:
    assert code_of(httpx.Response(403, json=said)) == "MessageWritesBlocked"


@pytest.mark.parametrize("message", ["{", "[1]", "{}", '{"subCode": 1}', "{" * 100_000])
def test_a_message_that_is_half_a_word_says_nothing(message: str) -> None:
    assert code_of(httpx.Response(403, json={"error": {"code": "ServiceError", "message": message}})) == "ServiceError"


def test_a_token_that_was_not_taken_is_known() -> None:
    assert is_unauthorized(answer(401))
    assert not is_unauthorized(answer(403))
    assert not is_unauthorized(ValueError())
