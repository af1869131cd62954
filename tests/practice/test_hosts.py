"""No other site reaches a practicing bot by a name of its own that points to this machine."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import World, living

pytestmark = pytest.mark.slack("one app for both platforms")


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[World]:
    """Return a bot that practices."""
    async with living(tmp_path) as world:
        yield world


ADDRESSES = [
    ("GET", "/metrics"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/slack/events"),
    ("GET", "/desk"),
    ("GET", "/practice"),
    ("GET", "/"),
    ("GET", "/nowhere"),
]


async def test_every_address_answers_to_this_machines_name_alone(bot: World) -> None:
    async with aiohttp.ClientSession() as session:
        for method, path in ADDRESSES:
            for host, is_let_in in (("evil.example", False), ("localhost", True)):
                asked = session.request(method, f"{bot.url}{path}", headers={"Host": host}, allow_redirects=False)
                async with asked as answer:
                    said = await answer.text()
                assert (answer.status == 403 and "forbidden_host" in said) is not is_let_in, (path, host)
