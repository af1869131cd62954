"""The practice workspace as tests use it: the real app on a real port, a file of its own, time that begins on a Monday."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bot.app import Bot, practice_of
from bot.practice.server import Practice
from bot.settings import Settings
from tests.driver import Driver, Json

T0 = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Amsterdam
CHANNEL = "it-managers"


@dataclass(frozen=True, kw_only=True)
class World:
    """A running practice workspace with somebody to drive it."""

    driver: Driver
    bot: Bot
    practice: Practice
    url: str
    database_url: str

    async def settle(self) -> None:
        """Let everything due now happen."""
        await self.driver.travel("now")

    async def start(self, *, by: str = "Marit", channel: str = CHANNEL, **values: Any) -> dict[str, str]:
        """Start a journey with the form's own defaults and these values; return the form's errors."""
        await self.driver.command(by, channel, "start")
        form = await self.form(by)
        errors = await self.driver.submit(
            by, form, self.driver.fill(form, {"language": "en", "coaches": ("Marit",), **values})
        )
        await self.settle()
        return errors

    async def coach(self, who: str = "Marit") -> None:
        """Accept being the coach."""
        ask = await self.driver.last(who, "dm")
        assert ask is not None
        await self.driver.click(who, ask, "coach.accept")

    async def join(
        self, who: str, *, scope: str = "coach", language: str = "en", zone: str | None = None
    ) -> None:
        """Join the journey of the channel."""
        await self.driver.command(who, CHANNEL, "join")
        form = await self.form(who)
        values: dict[str, Any] = {"scope": scope, "language": language}
        if zone is not None:
            values["zone"] = zone
        assert await self.driver.submit(who, form, self.driver.fill(form, values)) == {}
        await self.settle()

    async def form(self, who: str) -> Json:
        """Return the form somebody has open."""
        form = await self.driver.modal(who)
        assert form is not None, f"{who} has no form open"
        return form

    async def fill(self, who: str, **values: Any) -> dict[str, str]:
        """Send the open form in with these values; return its errors."""
        form = await self.form(who)
        return await self.driver.submit(who, form, self.driver.fill(form, values))

    async def direct(self, who: str) -> Sequence[Json]:
        """Return what stands in somebody's conversation with the bot."""
        return await self.driver.messages(who, "dm")

    async def latest(self, who: str, channel: str = "dm") -> Json:
        """Return the newest message somebody sees in a conversation."""
        message = await self.driver.last(who, channel)
        assert message is not None, f"{who} sees nothing in {channel}"
        return message

    async def text(self, who: str, channel: str = "dm") -> str:
        """Return the words of the newest message."""
        return self.driver.texts(await self.latest(who, channel))

    async def click(self, who: str, which: str, channel: str = "dm", **state: Any) -> None:
        """Press a button of the newest message that has it."""
        for message in reversed(await self.driver.messages(who, channel)):
            try:
                self.driver.button(message, which)
            except LookupError:
                continue
            await self.driver.click(who, message, which, **state)
            return
        seen = "\n---\n".join(self.driver.texts(each) for each in (await self.driver.messages(who, channel))[-4:])
        raise LookupError(f"{who} sees no {which} in {channel}:\n{seen}")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Run the practicing app for one test."""
    port = free_port()
    settings = Settings(port=port, database_url=f"sqlite:///{tmp_path}/pitstop.db")
    app, bot, practice = practice_of(settings, start=T0, keep=False)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)
    )
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
        if running.done():
            running.result()
    base = f"http://127.0.0.1:{port}"
    async with Driver.at(base) as driver:
        await driver.person("Marit")  # learns the names
        yield World(driver=driver, bot=bot, practice=practice, url=base, database_url=settings.database_url)
    server.should_exit = True
    await running
