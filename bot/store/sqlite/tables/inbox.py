"""What comes in: kept until it is handled, one at a time in each lane, once."""

import json
import sqlite3
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.store.port.inbox import Arrival, Receipt
from bot.store.sqlite.queries import Part, changed, rows
from bot.store.sqlite.rows import moment
from bot.store.sqlite.sealing.ring import LANE, ring_of
from bot.store.sqlite.sealing.sealed import owners, where

BODY = "inbox"  # what bodies are bound to, in whichever of the two tables they stand


class Inbox(Part):
    """The rows that hold what is still to be handled, and the ids of what was."""

    def arrive(self, arrival: Arrival, *, lease_until: datetime, jumps: bool = False) -> Awaitable[Receipt]:
        """Keep what came in, unless it came before, and take it when nothing of its lane is unfinished."""
        values = {
            "id": arrival.id,
            "workspace": arrival.workspace,
            "platform": arrival.platform,
            "lane": arrival.lane,
            "received_at": moment(arrival.at),
            "lease_until": moment(lease_until),
            "jumps": jumps,
            "echo": arrival.echo or None,
        }
        since = moment(arrival.at - timedelta(seconds=arrival.echo_for))
        return self._writer.write(lambda connection: _keep(connection, values, since, arrival.body))

    async def extend(self, arrivals: Sequence[Arrival], *, lease_until: datetime) -> int:
        """Extend the leases of what is still being handled, in one write; return of how many."""
        held = json.dumps([(arrival.workspace, arrival.id, arrival.attempt) for arrival in arrivals])
        lease = moment(lease_until)
        return await self._writer.write(lambda connection: changed(connection, "extend", held=held, lease_until=lease))

    def finish(self, arrival: Arrival, *, at: datetime, lease_until: datetime) -> Awaitable[Arrival | None]:
        """Note that it was handled, let go of its body, and take and return the next of its lane."""
        return self._end("finish", arrival, at=at, lease_until=lease_until)

    async def give_up(self, arrival: Arrival, *, at: datetime, reason: str, lease_until: datetime) -> Arrival | None:
        """Bury what cannot be handled, body kept for the operator; take and return the next of its lane."""
        return await self._end("give_up", arrival, at=at, lease_until=lease_until, reason=reason)

    async def put_back(self, arrival: Arrival, *, not_before: datetime, reason: str, is_failure: bool = False) -> bool:
        """Let it be taken again from a moment on; its lane waits. False when the fence is stale."""
        values = _fenced(arrival) | {"not_before": moment(not_before), "reason": reason, "is_failure": is_failure}
        return await self._writer.write(lambda connection: changed(connection, "put_back", **values) == 1)

    async def note_suspect(self, arrival: Arrival) -> int:
        """Count that this process may be about to die of it; return how many may have died of it before."""
        values = _fenced(arrival)
        noted = await self._writer.write(lambda connection: rows(connection, "note_suspect", **values))
        return sum(row["deaths"] for row in noted)

    async def withdraw(self, arrival: Arrival) -> None:
        """Forget that it came: it was not accepted, and may be sent in again."""
        values = _fenced(arrival)
        await self._writer.write(lambda connection: _let_go(connection, "withdraw", values))

    async def left_lying(self, now: datetime, *, lease_until: datetime, limit: int) -> Sequence[Arrival]:
        """Take what nobody handles: the head of each lane, if it waits or its taker's lease is over; oldest first."""
        values = {"now": moment(now), "lease_until": moment(lease_until), "limit": limit}
        if not self._reading.rows("anything_lying", now=values["now"]):  # an idle sweep waits for no writer
            return []
        taken = await self._writer.write(lambda connection: rows(connection, "take_lying", **values))
        return [_arrival(row) for row in sorted(taken, key=lambda row: (row["received_at"], row["place"]))]

    async def first_sight(self, workspace: str, person: str, event_id: str, at: datetime) -> bool:
        """Return True the first time an id is seen, and note it; it goes when the person is erased."""

        def see(connection: sqlite3.Connection) -> bool:
            who = ring_of(connection).name(workspace, LANE, person) if person else ""
            return changed(connection, "see", id=event_id, workspace=workspace, person=who, at=moment(at)) == 1

        return await self._writer.write(see)

    async def seen(self, workspace: str, event_id: str) -> bool:
        """Return whether an id was noted before, or came in."""
        return bool(self._reading.rows("seen", workspace=workspace, id=event_id))

    async def forget_sights(self, before: datetime) -> int:
        """Forget what was handled, or noted, and came before then; no platform repeats it for so long."""
        at = moment(before)
        names = ("forget_before", "forget_sights_before")
        return await self._writer.write(lambda connection: sum(changed(connection, each, before=at) for each in names))

    def _end(
        self, how: str, arrival: Arrival, *, at: datetime, lease_until: datetime, **more: str
    ) -> Awaitable[Arrival | None]:
        values = _fenced(arrival) | more
        values["at"] = ended_at = moment(at)
        lease = moment(lease_until)

        def end(connection: sqlite3.Connection) -> Arrival | None:
            if not _let_go(connection, how, values):
                return None
            lane = {"workspace": arrival.workspace, "lane": arrival.lane}
            taken = rows(connection, "take_next", **lane, at=ended_at, lease_until=lease)
            return _arrival(taken[0]) if taken else None

        return self._writer.write(end)


def _keep(connection: sqlite3.Connection, values: dict[str, object], since: str, body: str) -> Receipt:
    if values["echo"] and rows(connection, "echoed", **values, since=since):
        return Receipt.KNOWN
    kept = rows(connection, "arrive", **values)
    if not kept:
        return Receipt.OTHER if rows(connection, "sounds_other", **values) else Receipt.KNOWN
    sealed = _sealed(connection, values, body)
    changed(connection, "keep_body", id=values["id"], workspace=values["workspace"], body=sealed)
    return Receipt(kept[0]["state"])


def _sealed(connection: sqlite3.Connection, arrival: Mapping[str, object], body: str) -> bytes:
    """Return a body as it is stored, wherever it waits: for whoever it came from."""
    workspace, lane, arrived = str(arrival["workspace"]), str(arrival["lane"]), str(arrival["id"])
    return ring_of(connection).seal(body, workspace, owners(LANE, lane), where(BODY, "body", arrived))


def opened(row: sqlite3.Row, sealed: bytes) -> str:
    """Return the body of an arrival; empty when its person was forgotten."""
    return ring_of(row).open(sealed, row["workspace"], owners(LANE, row["lane"]), where(BODY, "body", row["id"])) or ""


def _let_go(connection: sqlite3.Connection, how: str, values: dict[str, object]) -> bool:
    if not changed(connection, how, **values):
        return False
    changed(connection, "drop_body", workspace=values["workspace"], id=values["id"])
    return True


def _fenced(arrival: Arrival) -> dict[str, object]:
    return {
        "workspace": arrival.workspace,
        "id": arrival.id,
        "attempt": arrival.attempt or 1,
    }  # as it was brought: taken on arrival


def _arrival(row: sqlite3.Row) -> Arrival:
    return Arrival(
        id=row["id"],
        workspace=row["workspace"],
        platform=row["platform"],
        lane=row["lane"],
        body=opened(row, row["words"]),
        at=datetime.fromisoformat(row["received_at"]),
        attempt=row["attempt"],
        failures=row["failures"],
    )
