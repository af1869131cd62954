"""What each request to the desk passes, as tables; and what stands in an address."""

from datetime import UTC, datetime

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request

from bot.coaching.language import Language
from bot.desk.desk import language_of
from bot.desk.guard import MOST, MOST_KNOWN, WINDOW, RateLimit, is_from_here, origin_of
from bot.desk.render import _markdown
from bot.flows.desk.place import place_from, place_of
from bot.flows.desk.tokens import hashed, new_token, workspace_of

HERE = "https://pitstop.example.com"


@pytest.mark.parametrize(
    ("origin", "site", "is_ours"),
    [
        (HERE, "same-origin", True),
        (HERE, None, True),  # a browser that tells no more
        ("null", "same-origin", True),  # our pages send no referrer: so says a browser of their forms
        (None, "same-origin", True),
        (HERE, "cross-site", False),
        (HERE, "same-site", False),
        (HERE, "none", False),  # typed into the address bar: no form is
        ("null", None, False),
        (None, None, False),
        ("https://evil.example", "same-origin", False),
        ("http://pitstop.example.com", None, False),
        (f"{HERE}.evil.example", None, False),
        (f"{HERE}:8443", None, False),
    ],
)
def test_a_deed_comes_from_a_page_of_ours(origin: str | None, site: str | None, is_ours: bool) -> None:
    said = {"origin": origin, "sec-fetch-site": site}
    headers = Headers({name: value for name, value in said.items() if value is not None})
    assert is_from_here(headers, HERE) is is_ours


def test_an_origin_is_said_as_browsers_say_it() -> None:
    assert origin_of("HTTPS://Pitstop.Example.com") == HERE
    assert origin_of("http://127.0.0.1:8080") == "http://127.0.0.1:8080"


def test_a_person_has_so_many_requests_a_minute_and_others_have_theirs() -> None:
    now = [0.0]
    limit = RateLimit(lambda: now[0])
    assert all(limit.allows("one") for _ in range(MOST))
    assert not limit.allows("one")
    assert limit.allows("another")
    now[0] = WINDOW - 0.1
    assert not limit.allows("one")
    now[0] = WINDOW
    assert limit.allows("one")


def test_of_too_many_people_those_longest_silent_are_forgotten() -> None:
    limit = RateLimit(lambda: 0.0)
    assert all(limit.allows("first") for _ in range(MOST))
    assert all(limit.allows(str(number)) for number in range(MOST_KNOWN))
    assert limit.allows("first")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("", Language.EN),
        ("nl", Language.NL),
        ("nl-NL,nl;q=0.9,en;q=0.8", Language.NL),
        ("de-DE,de;q=0.9,nl;q=0.8,en;q=0.7", Language.NL),
        ("fr", Language.EN),
        (";;;,,=", Language.EN),
    ],
)
def test_a_browser_is_answered_in_its_language(said: str, language: Language) -> None:
    headers = [(b"accept-language", said.encode())]
    assert language_of(Request({"type": "http", "headers": headers})) is language


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**so** _much_", "<p><strong>so</strong> <em>much</em></p>\n"),
        ("`/coach desk`", "<p><code>/coach desk</code></p>\n"),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>\n"),
        ("<div>\nno", "<p>&lt;div&gt;\nno</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://evil.example/x)", "<p>![x](https://evil.example/x)</p>\n"),
        ("<https://evil.example>", "<p>&lt;https://evil.example&gt;</p>\n"),
        (r"\*as it is\*", "<p>*as it is*</p>\n"),
    ],
)
def test_authored_markdown_makes_neither_tags_nor_links(text: str, made: str) -> None:
    assert _markdown(text) == made


def test_a_place_in_an_address_leads_back_to_it() -> None:
    moment = datetime(2026, 1, 12, 8, 0, 0, 5, tzinfo=UTC)
    assert place_from(place_of(moment, "r1")) == (moment, "r1")
    assert place_from(place_of(moment, "a|b")) == (moment, "a|b")


@pytest.mark.parametrize("value", ["", "|", "x|r1", "2026-01-12T08:00:00+00:00|", "2026-01-12T08:00:00|r1", "9" * 99])
def test_what_is_no_place_is_none(value: str) -> None:
    assert place_from(value) is None


def test_a_token_names_its_workspace_and_nobody_has_the_same() -> None:
    one, other = new_token("w1"), new_token("w1")
    assert one != other
    assert workspace_of(one) == "w1"
    assert hashed(one) != hashed(one, of="form")
    assert one not in hashed(one)


@pytest.mark.parametrize(
    "token", ["", "w1", "w1.", ".abc", "w1." + "0" * 63, "W1." + "0" * 64, "w1." + "0" * 64 + "\n"]
)
def test_what_is_no_token_names_no_workspace(token: str) -> None:
    assert workspace_of(token) == ""
