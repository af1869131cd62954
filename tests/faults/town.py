"""A practice platform with many people in this process, and the bot beside it as real processes."""

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from starlette.types import ASGIApp

from bot.coaching.records.conversation_reference import ConversationReference
from bot.commands.server import IDLE
from tests.faults.weather import Kinds, Weather
from tests.unlocked import plainly

KEY = "k" * 43  # PITSTOP_SECRET_KEY


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a message stands that people see."""

    conversation: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Town(ABC):
    """The workspace, where it is served, and the file that the bot keeps; each platform has its own kind."""

    platform: ClassVar[str]
    posting: ClassVar[str]  # the method by which the bot posts
    copies: ClassVar[int]  # of one message that may stand there at most: more than one where nothing is looked up
    tenant: ClassVar[str]  # the platform's id of the workspace
    bot: ClassVar[str]
    coach: ClassVar[str]
    channel: ClassVar[str]

    weather: Weather
    port: int  # of the practice platform
    bot_port: int
    file: Path
    people: tuple[str, ...]

    @property
    def bot_url(self) -> str:
        """Where the bot listens."""
        return f"http://127.0.0.1:{self.bot_port}"

    @property
    def looks_back(self) -> bool:
        """Whether the bot can look up what became of a message."""
        return self.copies == 1

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a process of the bot is told."""
        return {
            "HOST": "127.0.0.1",
            "PORT": str(self.bot_port),
            "PITSTOP_SECRET_KEY": KEY,
            "PITSTOP_DATABASE_URL": f"sqlite:///{self.file}",
            **self.access(),
            **more,
        }

    @abstractmethod
    def access(self) -> Mapping[str, str]:
        """Return what the bot is told of the platform."""

    @abstractmethod
    def direct_of(self, person: str) -> str:
        """Return the id of a person's conversation with the bot."""

    @abstractmethod
    def reach_of(self, person: str) -> ConversationReference | None:
        """Return how a person is reached, where the bot must have been told."""

    @abstractmethod
    def posted(self, method: str, arguments: Mapping[str, Any]) -> str | None:
        """Return the nudge that a call posts; None for every other call."""

    @abstractmethod
    def visible(self) -> dict[str, list[Standing]]:
        """Return where each nudge is seen, by its id."""

    @abstractmethod
    def kinds(self, patience: float) -> Kinds:
        """Return everything that goes wrong there, for a caller who waits so many seconds for an answer."""

    @abstractmethod
    def let_go(self, person: str) -> None:
        """Remove the history of a person's conversation with the bot, on a platform where people can."""

    def ask(self, question: str, *values: object) -> list[sqlite3.Row]:
        """Read the bot's file as an outsider does."""
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def in_plain(self) -> sqlite3.Connection:
        """Return a copy of the bot's file in which words stand as they were said."""
        copy = plainly(self.file, secrets=[KEY])
        copy.row_factory = sqlite3.Row
        return copy


@asynccontextmanager
async def served(app: ASGIApp, port: int) -> AsyncIterator[None]:
    """Serve a practice platform on a port."""
    quiet = {"log_level": "critical", "timeout_graceful_shutdown": 1, "timeout_keep_alive": IDLE}
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, **quiet))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
        if serving.done():
            serving.result()
    try:
        yield
    finally:
        server.should_exit = True
        await serving
