"""An author saves a text, and whoever looks at the practice page sees it at once."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from bot.flows.ports import Ports
from bot.flows.screens.show import show
from bot.practice.slack.server import Practice
from bot.practice.slack.world import TEAM, Post

log = logging.getLogger(__name__)

EVERY = 0.5  # seconds between two looks
MOST = 10  # messages shown again in one conversation: the newest


class Watcher:
    """Shows the newest messages and everybody's page again whenever the words change."""

    def __init__(self, practice: Practice, ports: Callable[[], Ports], problems: Callable[[], object]) -> None:
        """Watch the words of the ports; `problems` returns what equals until the linter says something else."""
        self._practice = practice
        self._ports = ports
        self._problems = problems
        self._shown = ports().words.journeys()
        self._told = problems()

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception:
                log.exception("could not show the changed words")

    async def look(self) -> None:
        """Show what changed since the last look."""
        edition = self._ports().words.journeys()  # another object once the files were read again
        if edition is not self._shown:
            self._shown = edition
            await self._show_again()
        if (problems := self._problems()) != self._told:
            self._told = problems
            self._practice.changed()

    async def _show_again(self) -> None:
        ports, world = self._ports(), self._practice.world
        ports = replace(ports, holder=ports.new_id(), held=[])
        newest = [key for posts in list(world.posts.values()) for key in islice(_keys(reversed(posts.values())), MOST)]
        workspace = await ports.store.workspace_of("slack", TEAM)
        people = [await ports.store.member_of(workspace.id, each) for each in list(world.homes)] if workspace else []
        if workspace is not None:
            await ports.again(workspace.id, *newest, *(member.id for member in people if member is not None))
            await show(ports.at(workspace.id), ports.held)


def _keys(posts: Iterator[Post]) -> Iterator[str]:
    """Yield the key that each message of the bot carries."""
    for post in posts:
        if post.metadata is not None:
            yield post.metadata["event_payload"]["nudge"]
