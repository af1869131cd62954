"""The desk of the real bot: where it is, and by which cookie."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.coaching.records.member import Member
from bot.coaching.records.session import LINK_LASTS, SignIn
from bot.coaching.records.workspace import Workspace
from bot.commands.server import listen
from bot.flows.desk.tokens import hashed, new_token
from bot.runtime.app import Bot, serving
from bot.settings import Settings
from tests.ready import ready
from tests.serving import serving as on_a_port

HERE = "https://pitstop.example.com"
TOKEN = new_token("w")


@asynccontextmanager
async def served(folder: Path, public_url: str) -> AsyncIterator[tuple[str, Bot]]:
    """Run the real bot, on no platform; yield its address on this machine, and the bot."""
    settings = Settings(database_url=f"sqlite:///{ready(folder / 'pitstop.db')}", public_url=public_url)
    app = serving(settings, [])
    async with on_a_port(app, listen("127.0.0.1", 0)) as address:
        yield address, app.state.bot


async def asked_for(bot: Bot) -> None:
    """Let somebody have a link."""
    now = bot.ports.now
    await bot.ports.save(
        Workspace(id="w", platform="slack", external_id="T1", name="Example", bot="B1"),
        Member(id="anna", workspace="w", external_id="U1", name="Anna"),
        SignIn(id=hashed(TOKEN), workspace="w", member="anna", made_at=now, ends_at=now + LINK_LASTS),
    )
    await bot.workspaces.learn()


async def test_over_https_the_cookie_is_ours_alone(tmp_path: Path) -> None:
    async with served(tmp_path, HERE) as (address, bot), aiohttp.ClientSession() as session:
        await asked_for(bot)
        form, entrance = {"token": TOKEN}, f"{address}/desk/in"
        async with session.post(entrance, data=form, headers={"Origin": address}) as refused:
            assert refused.status == 403, "its origin is the public one"
        async with session.post(entrance, data=form, headers={"Origin": HERE}, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/desk")
            name, *rest = answer.headers["Set-Cookie"].split("; ")
        assert name.startswith("__Host-pitstop=w.")
        assert {each.lower() for each in rest} == {"httponly", "path=/", "samesite=lax", "secure"}
        async with session.get(f"{address}/desk/me", headers={"Cookie": name}) as mine:
            assert mine.status == 200
            assert "Anna" in await mine.text()
        plain = name.removeprefix("__Host-")
        async with session.get(f"{address}/desk/me", headers={"Cookie": plain}) as refused:
            assert refused.status == 403, "a cookie that any page below the domain could set is none"


@pytest.mark.parametrize("public_url", ["", HERE])
async def test_people_are_picked_in_practice_alone(tmp_path: Path, public_url: str) -> None:
    async with served(tmp_path, public_url) as (address, _), aiohttp.ClientSession() as session:
        for method in (session.get, session.post):
            async with method(f"{address}/practice/desk") as answer:
                assert answer.status == 404
        async with session.get(f"{address}/desk") as answer:
            assert answer.status == (403 if public_url else 404), "without an address there is no desk"
            assert "/practice" not in await answer.text()
