"""How conversations are reached, where a platform has more than one address."""

import sqlite3

from bot.coaching.records.conversation_reference import ConversationReference
from bot.store.sqlite.queries import Part, changed


class ConversationReferences(Part):
    """Where to call for each conversation."""

    async def reach_of(self, workspace: str, conversation: str) -> ConversationReference | None:
        """Return how a conversation is reached; None when it was never heard of."""
        return self._reach("reach_of", workspace=workspace, conversation=conversation)

    async def reach_to(self, workspace: str, person: str) -> ConversationReference | None:
        """Return how the conversation of a person and us is reached; None when there is none."""
        return self._reach("reach_to", workspace=workspace, person=person)

    async def reach_any(self, workspace: str) -> ConversationReference | None:
        """Return how some conversation of a workspace is reached: where a new one is asked for."""
        return self._reach("reach_any", workspace=workspace)

    async def person_of(self, workspace: str, account: str) -> str:
        """Return who goes by an account where the platform names somebody by that alone; empty for a stranger."""
        found = self._reading.rows("person_of_account", workspace=workspace, account=account)
        return str(found[0]["person"]) if found else ""

    async def keep_reach(self, workspace: str, person: str, reach: ConversationReference) -> None:
        """Remember how a conversation is reached from now on; `person` is empty for one of several."""
        values = {"workspace": workspace, "conversation": reach.conversation, "person": person}
        more = {"address": reach.address, "account": reach.account}

        def keep(connection: sqlite3.Connection) -> None:
            if person:
                changed(connection, "drop_reach_to", **values)
                changed(connection, "drop_page_elsewhere", **values)
            changed(connection, "keep_reach", **values, **more)

        await self._writer.write(keep)

    def _reach(self, name: str, **values: str) -> ConversationReference | None:
        found = self._reading.rows(name, **values)
        return ConversationReference(**dict(found[0])) if found else None
