"""Who is away, and what ended: what is let go of after a while."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import WORDS_KEPT
from bot.store.port.retention import Away, Ended
from bot.store.sqlite.erase import AT_ONCE
from bot.store.sqlite.queries import Part, changed, rows
from bot.store.sqlite.rows import TABLES, moment
from bot.store.sqlite.tables.screens import mark

_FADED = ("fade_replies", "fade_commitments")


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

    async def fade(self, ended_before: datetime, *, days: int = WORDS_KEPT.days) -> int:
        """Blank the words of runs that ended before then, of teams that keep them so long; return how many went."""
        at = moment(ended_before)
        if not self._reading.rows("anything_to_fade", ended_before=at, days=days):
            return 0
        return await self._writer.write(lambda connection: _fade(connection, at, days), erases=True)

    async def words_days(self) -> Sequence[int]:
        """Return for how many days the teams there are keep words after the end."""
        return [row["days"] for row in self._reading.rows("words_days")]

    async def long_gone(self, ended_before: datetime) -> Sequence[tuple[str, str]]:
        """Return, by workspace and id, the members whom nothing holds since then."""
        return [
            (row["workspace"], row["member"])
            for row in self._reading.rows("long_gone", ended_before=moment(ended_before))
        ]


def _fade(connection: sqlite3.Connection, ended_before: str, days: int) -> int:
    by_workspace: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(connection, "to_fade", ended_before=ended_before, days=days):
        by_workspace[row["workspace"]].add(row["id"])
    for workspace, words in by_workspace.items():
        mark(connection, workspace, words, AT_ONCE, withdraws=True)
    faded = sum(changed(connection, name, ended_before=ended_before, days=days) for name in _FADED)
    return faded + changed(connection, "fade_inbox", ended_before=ended_before)
