"""When somebody listened, and what may have been missed meanwhile."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.store.port.watch import Asked, Gap, Progress
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import moment

ASKED = timedelta(days=6)  # how long a question may stand, a weekend included


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

    async def open_gaps(
        self, since: datetime, until: datetime, *, platform: str = "", asking: Iterable[str] = ()
    ) -> int:
        """Note that nobody listened in a span, for each person with a direct conversation and a run not LEFT."""
        values = {
            "since": moment(since),
            "until": moment(until),
            "platform": platform,
            "asking": json.dumps([*asking]),
            "asked_since": moment(until - ASKED),
        }
        return await self._writer.write(lambda connection: changed(connection, "open_gaps", **values))

    async def gaps_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have a gap whose not_before has come."""
        return [row["workspace"] for row in self._reading.rows("gaps_in", now=moment(now))]

    async def is_looked_up(self, workspace: str, soon: datetime) -> bool:
        """Return whether a message to a person is in doubt there, and its next look comes by then."""
        return bool(self._reading.rows("looked_up_in", workspace=workspace, soon=moment(soon)))

    async def asked_last(self, workspace: str, *, limit: int) -> Sequence[Asked]:
        """Return the people whose conversation had a message of ours last, newest first."""
        found = self._reading.rows("asked_last", workspace=workspace, limit=limit)
        return [Asked(external_id=row["external_id"], direct=row["direct"]) for row in found]

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
                progress=_progress(row["progress"]),
            )
            for row in self._reading.rows("gaps", workspace=workspace, now=moment(now), limit=limit)
        ]

    async def close_gap(self, workspace: str, member: str, *, since: datetime, until: datetime) -> None:
        """Forget a gap that begins then: it was read up to a moment. What it was widened by after that stays."""
        read = {"workspace": workspace, "member": member, "since": moment(since), "until": moment(until)}

        def closed(connection: sqlite3.Connection) -> None:
            if not changed(connection, "close_gap", **read):
                changed(connection, "narrow_gap", **read)

        await self._writer.write(closed)

    async def keep_progress(self, workspace: str, member: str, *, since: datetime, progress: Progress) -> None:
        """Note how far a gap that begins then was read; attempts are counted anew."""
        values = {
            "workspace": workspace,
            "member": member,
            "since": moment(since),
            "progress": json.dumps([moment(progress.until), progress.pages, progress.is_down]),
        }
        await self._writer.write(lambda connection: changed(connection, "keep_progress", **values))

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


def _progress(told: str | None) -> Progress | None:
    if told is None:
        return None
    until, pages, is_down = json.loads(told)
    return Progress(until=datetime.fromisoformat(until), pages=tuple(pages), is_down=is_down)
