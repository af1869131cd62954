"""What people are called who are mentioned by their ids alone."""

import asyncio
from collections.abc import Sequence
from itertools import islice

from bot.chat.payload import part
from bot.chat.slack.incoming.parse import person
from bot.chat.slack.outgoing.connector import Connector

_MOST = 20  # people of one message who are asked for
_KNOWN = 1_000  # names that are remembered


class Names:
    """Asks for the names of people, and remembers them for as long as the process lives."""

    def __init__(self, connector: Connector) -> None:
        """Take what calls Slack; nothing is called yet."""
        self._connector = connector
        self._known: dict[tuple[str, str], str] = {}

    async def of(self, workspace: str, people: Sequence[str]) -> dict[str, str]:
        """Return names by id; whoever Slack tells nothing of now is not among them."""
        asked = [each for each in islice(people, _MOST) if (workspace, each) not in self._known]
        found = await asyncio.gather(*(self._asked(workspace, each) for each in asked))
        if len(self._known) + len(asked) > _KNOWN:
            self._known.clear()
        self._known |= {(workspace, each): name for each, name in zip(asked, found, strict=True) if name}
        return {each: name for each in people if (name := self._known.get((workspace, each), ""))}

    async def _asked(self, workspace: str, who: str) -> str:
        answer = await self._connector.call(workspace, "users.info", {"user": who}, read=True)
        return person(part(answer, "user")).name if isinstance(answer, dict) else ""
