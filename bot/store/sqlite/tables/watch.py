"""When somebody listened, and what may have been missed meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from bot.store.port.watch import Gap
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import moment


class Watch(Part):
    """Marks about the installation as a whole, and the gaps that are still to be read up on."""

    async def mark(self, name: str) -> str | None:
        """Return what was noted under a name about the installation as a whole."""
        found = self._reading.rows("mark", name=name)
        value: str | None = found[0]["value"] if found else None
        return value

    async def set_mark(self, name: str, value: str) -> None:
        """Note something about the installation as a whole; durable, so it also proves that writing works."""
        await self._writer.write(lambda connection: changed(connection, "set_mark", name=name, value=value))

    async def open_gaps(self, since: datetime, until: datetime) -> int:
        """Note that nobody listened in a span, for each person with a direct conversation and a run not LEFT."""
        span = {"since": moment(since), "until": moment(until)}
        return await self._writer.write(lambda connection: changed(connection, "open_gaps", **span))

    async def gaps_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have a gap whose not_before has come."""
        return [row["workspace"] for row in self._reading.rows("gaps_in", now=moment(now))]

    async def gaps(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Gap]:
        """Return gaps of an active workspace whose not_before has come, the longest due first."""
        return [
            Gap(
                id=row["id"],
                workspace=row["workspace"],
                member=row["member"],
                since=datetime.fromisoformat(row["since"]),
                until=datetime.fromisoformat(row["until"]),
                attempt=row["attempt"],
            )
            for row in self._reading.rows("gaps", workspace=workspace, now=moment(now), limit=limit)
        ]

    async def close_gap(self, workspace: str, gap: str) -> None:
        """Forget a gap: what was missed has been read."""
        await self._writer.write(lambda connection: changed(connection, "close_gap", workspace=workspace, gap=gap))

    async def try_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Count an attempt that begins, also for who dies in it; nobody else looks before then."""
        later = moment(not_before)
        await self._writer.write(
            lambda connection: changed(connection, "try_gap", workspace=workspace, gap=gap, not_before=later)
        )

    async def put_off_gap(self, workspace: str, gap: str, *, not_before: datetime) -> None:
        """Look again later; counts no attempt."""
        later = moment(not_before)
        await self._writer.write(
            lambda connection: changed(connection, "put_off_gap", workspace=workspace, gap=gap, not_before=later)
        )
