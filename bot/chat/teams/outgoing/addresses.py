"""At which of Teams' addresses a conversation is reached."""

from collections import OrderedDict

from bot.chat.teams.protocols import ConversationReferences

ADDRESS = "https://smba.trafficmanager.net/teams/"  # of a workspace from which nothing has come in yet
_KNOWN = 10_000  # opened conversations that are remembered


class Addresses:
    """What Teams told along with what came in; failing that, where the conversation was opened or the tenant lives."""

    def __init__(self, reaches: ConversationReferences) -> None:
        """Take what remembers how conversations are reached."""
        self._reaches = reaches
        self._opened: OrderedDict[tuple[str, str], str] = OrderedDict()  # until something comes in
        self._latest: dict[str, str] = {}  # by workspace, the address that was used last

    async def of(self, workspace: str, conversation: str) -> str:
        """Return where a conversation is reached."""
        known = await self._reaches.of(workspace, conversation)
        if known is not None:
            self._latest[workspace] = known.address
            return known.address
        return self._opened.get((workspace, conversation)) or await self.any(workspace)

    async def any(self, workspace: str) -> str:
        """Return where a tenant is reached, when of a conversation nothing is known yet."""
        if workspace not in self._latest:
            known = await self._reaches.any(workspace)
            if known is not None:
                self._latest[workspace] = known.address
        return self._latest.get(workspace, ADDRESS)

    def opened(self, workspace: str, conversation: str, address: str) -> None:
        """Remember where a conversation that we opened is reached."""
        self._opened[workspace, conversation] = address
        self._opened.move_to_end((workspace, conversation))
        if len(self._opened) > _KNOWN:
            self._opened.popitem(last=False)
