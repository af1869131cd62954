"""What channels are called: Teams tells a bot their ids, and their names only when it asks."""

from collections import OrderedDict

from microsoft_teams.api.clients.conversation import ConversationClient
from microsoft_teams.api.clients.team import TeamClient

from bot.chat.teams.outgoing.connector import Connector, segment
from bot.coaching.records.conversation_reference import ConversationReference

_KNOWN = 1_000  # channels whose names are remembered


class Names:
    """Asks for the names of a team's channels, and remembers them for as long as the process lives."""

    def __init__(self, connector: Connector) -> None:
        """Take the line to Teams."""
        self._connector = connector
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def of(self, workspace: str, team: str, reach: ConversationReference) -> str:
        """Return what people call a channel of a team, asked where it is reached; empty when nobody tells."""
        if (workspace, reach.conversation) not in self._known and team:
            await self._ask(workspace, team, reach)
        return self._known.get((workspace, reach.conversation), "")

    async def _ask(self, workspace: str, team: str, reach: ConversationReference) -> None:
        channel = reach.conversation

        async def look(conversations: ConversationClient) -> dict[str, str]:
            teams = TeamClient(conversations.service_url, conversations.http)
            named = {each.id: each.name or "" for each in await teams.get_conversations(segment(team)) if each.id}
            if not named.get(channel, ""):  # the first channel of a team goes by the name of the team
                named[channel] = (await teams.get_by_id(segment(team))).name or ""
            return named

        found = await self._connector.call("team", workspace, channel, reach.address, look, personal=False)
        for each, name in found.items() if isinstance(found, dict) else ():
            if name:  # the first channel's is told by the team alone, and only when somebody asks there
                self._known[workspace, each] = name
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)
