"""Who is away, and what ended: what is let go of after a while."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.coaching.records.cohort import Cohort
from bot.store.port.retention import Away, Ended
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import TABLES, moment


class Retention(Part):
    """Letting go of what was kept long enough."""

    async def note_away(self, at: datetime) -> None:
        """Note since when accounts are switched off and the app is removed; who is back is forgotten there."""

        def work(connection: sqlite3.Connection) -> None:
            changed(connection, "note_back")
            changed(connection, "note_away_people", at=moment(at))
            changed(connection, "note_away_workspaces", at=moment(at))

        await self._writer.write(work)

    async def away_since(self, before: datetime) -> Sequence[Away]:
        """Return who has been away since before a moment, the longest first."""
        return [
            Away(workspace=row["workspace"], member=row["member"] or None, since=datetime.fromisoformat(row["since"]))
            for row in self._reading.rows("away_since", before=moment(before))
        ]

    async def never_joined(self, met_before: datetime) -> Sequence[tuple[str, str]]:
        """Return, by workspace and id, who was met before, took part in nothing and has not been heard since."""
        found = self._reading.rows("never_joined", met_before=moment(met_before))
        return [(row["workspace"], row["member"]) for row in found]

    async def teams(self) -> Sequence[Cohort]:
        """Return the teams of all workspaces, the oldest first."""
        return [TABLES[Cohort].record(row) for row in self._reading.rows("teams")]

    async def ended(self) -> Sequence[Ended]:
        """Return the runs that ended, by team and day, the oldest first."""
        return [
            Ended(
                workspace=row["workspace"],
                channel=row["channel"],
                ended_at=datetime.fromisoformat(row["ended_at"]),
                words_days=row["words_days"],
                runs=row["runs"],
            )
            for row in self._reading.rows("fades")
        ]
