import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.chat.teams.incoming.keys import Keys, NoKeys
from bot.chat.teams.settings import TeamsSettings
from tests.chat.slack.conftest import Serve
from tests.chat.teams.incoming.authority import CLIENT, ISSUER, OTHER, TENANT, Authority, published
from tests.waiting import until

BOTH = ["metadata", "keys"]

Made = Callable[..., Keys]


@pytest.fixture
async def keys(settings: TeamsSettings) -> AsyncIterator[Made]:
    """Keys of the authority's, stopped with the test."""
    made: list[Keys] = []

    def make(at: TeamsSettings = settings, **changes: Any) -> Keys:
        made.append(Keys(at, **changes))
        return made[-1]

    yield make
    for each in made:
        await each.stop()


async def fetched(keys: Keys) -> None:
    """Wait for a fetch that nobody waits for."""
    await until(lambda: not keys.is_fetching)


async def test_keys_are_fetched_once_for_all_who_need_them(keys: Made, authority: Authority) -> None:
    ours = keys()
    found = await asyncio.gather(*[ours.having("k1") for _ in range(50)])
    assert {each.issuer for each in found if each} == {ISSUER}
    assert authority.asked == BOTH


async def test_keys_are_there_before_anybody_needs_them(keys: Made, authority: Authority) -> None:
    ours = keys()
    ours.start()
    await fetched(ours)
    assert authority.asked == BOTH
    assert await ours.having("k1")
    assert authority.asked == BOTH


async def test_an_unknown_key_is_looked_for_once_in_a_while_whatever_its_name(keys: Made, authority: Authority) -> None:
    ours = keys()
    assert await ours.having("k1")
    for number in range(200):
        assert await ours.having(f"unknown {number}") is None
    assert authority.asked == BOTH


async def test_a_new_key_is_found_when_a_while_has_passed(keys: Made, authority: Authority) -> None:
    ours = keys(again=0)
    assert await ours.having("k1")
    authority.keys = {"keys": [published(OTHER, "k2")]}
    assert await ours.having("k2")
    assert await ours.having("k1") is None  # and the old one is gone


async def test_many_who_look_for_a_new_key_ask_once(keys: Made, authority: Authority) -> None:
    ours = keys(again=0)
    assert await ours.having("k1")
    authority.asked.clear()
    authority.keys = {"keys": [published(), published(OTHER, "k2")]}
    assert all(await asyncio.gather(*[ours.having("k2") for _ in range(50)]))
    assert authority.asked == BOTH


async def test_old_keys_serve_while_they_are_fetched_anew(keys: Made, authority: Authority) -> None:
    ours = keys(fresh=-1, again=0)
    assert await ours.having("k1")
    authority.asked.clear()
    authority.keys = {"keys": [published(), published(OTHER, "k2")]}
    assert await ours.having("k1")
    assert authority.asked == []  # nobody waited
    await fetched(ours)
    assert authority.asked == BOTH


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500},
        {"status": 302},  # nobody is followed anywhere
        {"status": 404},
        {"metadata": {"issuer": None}},
        {"metadata": {"jwks_uri": None}},
        {"metadata": {"jwks_uri": "http://keys.example/"}},
        {"metadata": {"jwks_uri": "file:///etc/passwd"}},
        {"metadata": {"jwks_uri": "http://127.0.0.1:1/keys"}},
        {"keys": {}},
        {"keys": []},
        {"keys": {"keys": []}},
        {"keys": {"keys": [{"kid": "k1", "kty": "RSA", "n": "", "e": ""}]}},
    ],
    ids=str,
)
async def test_a_failing_refresh_keeps_the_old_keys(keys: Made, authority: Authority, broken: dict[str, Any]) -> None:
    ours = keys(again=0)
    assert await ours.having("k1")
    for name, value in broken.items():
        setattr(authority, name, value)
    assert await ours.having("k2") is None
    assert await ours.having("k1")


async def test_keys_at_an_address_that_could_be_read_in_two_ways_are_not_fetched(
    keys: Made, authority: Authority, settings: TeamsSettings
) -> None:
    ours = keys(again=0)
    assert await ours.having("k1")
    authority.keys = {"keys": [published(OTHER, "k2")]}
    authority.metadata = {"jwks_uri": settings.metadata_url.replace("/openid", "/keys?at=elsewhere")}
    assert await ours.having("k2") is None


async def test_without_keys_nothing_can_be_told_and_nobody_asks_all_the_time(
    keys: Made, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    ours = keys(soon=5)
    authority.status = 503
    for _ in range(100):
        with pytest.raises(NoKeys):
            await ours.having("k1")
    assert authority.asked == ["metadata"]
    assert "keys not fetched error=HTTPStatusError" in caplog.text


async def test_keys_that_a_practice_teams_did_not_give_yet_are_asked_for_at_once(
    keys: Made, authority: Authority
) -> None:
    ours = keys()
    authority.status = 503
    with pytest.raises(NoKeys):
        await ours.having("k1")
    authority.status = 200
    assert await ours.having("k1")


async def test_the_loop_goes_on_while_keys_are_awaited(keys: Made, serve: Serve) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> Response:
        asked.set()
        await answer.wait()
        return JSONResponse({})

    address = await serve(Starlette(routes=[Route("/openid", slow)]))
    ours = keys(TeamsSettings(client_id=CLIENT, client_secret="s", tenants=(TENANT,), metadata_url=f"{address}/openid"))
    waiting = asyncio.create_task(ours.having("k1"))
    await asked.wait()
    assert not waiting.done()
    waiting.cancel()  # whoever hangs up does not stop it for the others
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ours.is_fetching
    answer.set()
    await fetched(ours)


async def test_stopping_breaks_off_what_is_being_fetched(keys: Made) -> None:
    ours = keys()
    ours.start()
    await ours.stop()
    assert not ours.is_fetching
