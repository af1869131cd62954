"""What is to be sent, and what became of it."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.coaching.records.nudge import FINAL, Kind, Nudge, NudgeState
from bot.coaching.records.screen import Hold, Screen, ScreenKind, ScreenState, base_subjects, touched
from bot.store.port.agenda import CutOff, Free, Queue
from bot.store.sqlite.queries import Part, changed, rows
from bot.store.sqlite.rows import TABLES, moment
from bot.store.sqlite.sealing.ring import ring_of
from bot.store.sqlite.tables.screens import keep_subjects, mark

IN_FLIGHT = (NudgeState.SENDING, NudgeState.UNCERTAIN)
POSTS = frozenset({Kind.TEAM_REFLECTION, Kind.TEAM_SHARE})
DEAD_SHOWN = timedelta(days=7)
LAPSED = "the lease expired"  # the reason noted with a delivery nobody answered for


class Agenda(Part):
    """The rows that hold the schedule, and the guarded moves between their states."""

    async def nudge(self, workspace: str, nudge: str) -> Nudge | None:
        """Return a nudge by id."""
        return self._one(Nudge, "nudge", workspace=workspace, nudge=nudge)

    async def nudges_of(self, workspace: str, enrollment: str) -> Sequence[Nudge]:
        """Return every nudge of an enrollment by due time."""
        return self._all(Nudge, "nudges_of", workspace=workspace, enrollment=enrollment)

    async def posts_of(self, workspace: str, cohort: str) -> Sequence[Nudge]:
        """Return every post for a cohort's channel by due time."""
        return self._all(Nudge, "posts_of", workspace=workspace, cohort=cohort)

    async def last_of_weeks(self, workspace: str, cohort: str, weeks: int) -> date | None:
        """Return the last day for which the runs of a cohort have something planned of the journey's own weeks."""
        last = self._reading.rows("last_of_weeks", workspace=workspace, cohort=cohort, weeks=weeks)[0]["day"]
        return None if last is None else date.fromisoformat(last)

    async def sent_to(self, workspace: str, member: str, *, limit: int) -> Sequence[Nudge]:
        """Return what was sent to a person, newest first."""
        return self._all(Nudge, "sent_to", workspace=workspace, member=member, limit=limit)

    async def count_tried(self, workspace: str, cohort: str, since: datetime, until: datetime) -> int:
        """Count people, not deeds: who answered DONE to an experiment (kind NUDGE) in [since, until)."""
        found = self._reading.rows(
            "count_tried", workspace=workspace, cohort=cohort, since=moment(since), until=moment(until)
        )
        count: int = found[0]["people"]
        return count

    async def next_moment(self, now: datetime) -> datetime | None:
        """Return when the next tick has something to do."""
        text = self._reading.rows("next_moment", now=moment(now))[0]["moment"]
        return None if text is None else datetime.fromisoformat(text)

    async def due_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something PLANNED whose due_at and not_before have come."""
        return [row["workspace"] for row in self._reading.rows("due_in", now=moment(now))]

    async def due(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges of an active workspace whose due_at and not_before have come, the longest due first."""
        return self._all(Nudge, "due", workspace=workspace, now=moment(now), limit=limit)

    async def put_off(self, rows: Sequence[Nudge]) -> int:
        """Look at PLANNED nudges again no sooner than their not_before; return how many nobody changed meanwhile."""
        later = json.dumps(
            [[row.workspace, row.id, row.version, moment(row.not_before)] for row in rows if row.not_before]
        )
        return await self._writer.write(lambda connection: changed(connection, "put_off", later=later))

    async def doubts(self, workspace: str, nudge: str) -> int:
        """Return how often the sending of a nudge ended in doubt."""
        return int(self._reading.rows("doubts", workspace=workspace, nudge=nudge)[0]["doubts"])

    async def late(self, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return READY nudges whose expires_at has passed."""
        return self._all(Nudge, "late", now=moment(now), limit=limit)

    async def ready_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces that have something READY whose moments have come."""
        return [row["workspace"] for row in self._reading.rows("ready_in", now=moment(now))]

    async def claim(
        self, now: datetime, *, workspaces: Sequence[str], lease_until: datetime, free: Free
    ) -> Sequence[Nudge]:
        """Move READY nudges of workspaces to SENDING, one a conversation and in its order; oldest first."""
        values = {"now": moment(now), "lease_until": moment(lease_until)}
        claimed = await self._writer.write(lambda connection: _claim(connection, workspaces, values, free))
        return sorted(map(TABLES[Nudge].record, claimed), key=lambda nudge: (nudge.due_at, nudge.id))

    async def unwanted(self, nudge: Nudge) -> str | None:
        """Return why a claimed nudge must not go out any more; None when it may."""
        found = self._reading.rows("unwanted", workspace=nudge.workspace, nudge=nudge.id, fence=nudge.fence)
        why: str | None = found[0]["why"] if found else "fence"
        return why

    async def ahead(self, now: datetime, *, after: str, limit: int) -> Sequence[Nudge]:
        """Return PLANNED nudges due later than now, by id, those beyond the id `after`."""
        return self._all(Nudge, "ahead", now=moment(now), after=after, limit=limit)

    async def dead(self, *, limit: int) -> Sequence[Nudge]:
        """Return nudges that ended DEAD, newest due first."""
        return self._all(Nudge, "dead", limit=limit)

    async def refused_so_far(self) -> Mapping[str, int]:
        """Return why messages that are tried again were not taken, with how many each."""
        return {row["reason"]: row["number"] for row in self._reading.rows("refused_so_far")}

    async def queue(self, now: datetime) -> Queue:
        """Return how full the queues are."""
        row = dict(self._reading.rows("queue", now=moment(now), dead_since=moment(now - DEAD_SHOWN))[0])
        oldest = [text for text in (row.pop("oldest_planned"), row.pop("oldest_ready")) if text is not None]
        inbox_oldest = row.pop("inbox_oldest")
        return Queue(
            oldest_due=datetime.fromisoformat(min(oldest)) if oldest else None,
            inbox_oldest=None if inbox_oldest is None else datetime.fromisoformat(inbox_oldest),
            **row,
        )

    async def cut_off(self, now: datetime) -> Sequence[CutOff]:
        """Return the workspaces that are not active, with what waits in them."""
        return [CutOff(**row) for row in self._reading.rows("cut_off", now=moment(now))]

    async def doubtful_in(self, now: datetime) -> Sequence[str]:
        """Return the active workspaces with something UNCERTAIN whose not_before has come, or whose lease expired."""
        at = moment(now)
        if self._reading.rows("anything_lapsed", now=at):
            await self._writer.write(lambda connection: _lapse(connection, now))
        return [row["workspace"] for row in self._reading.rows("doubtful_in", now=at)]

    async def doubtful(self, workspace: str, now: datetime, *, limit: int) -> Sequence[Nudge]:
        """Return UNCERTAIN nudges of an active workspace whose not_before has come."""
        return self._all(Nudge, "doubtful", workspace=workspace, now=moment(now), limit=limit)

    async def settle(
        self,
        nudge: Nudge,
        to: NudgeState,
        *,
        at: datetime,
        conversation: str | None = None,
        message: str | None = None,
        not_before: datetime | None = None,
        reason: str | None = None,
        digest: str = "",
        shows: Collection[str] = (),
    ) -> bool:
        """Move a nudge on if it still has the state and fence given; False when the fence is stale."""
        values = {
            "workspace": nudge.workspace,
            "nudge": nudge.id,
            "state": str(nudge.state),
            "fence": nudge.fence,
            "to": str(to),
            "at": moment(at),
            "not_before": None if not_before is None else moment(not_before),
            "reason": reason,
        }
        attempted = nudge.state in IN_FLIGHT

        def work(connection: sqlite3.Connection) -> bool:
            settled = rows(connection, "settle", **values)
            for row in settled:
                if attempted:
                    _note(connection, row, reason=row["reason"], at=values["at"])
                if row["kind"] in POSTS and to in FINAL:  # what was let in says which post it is in, or waits for
                    shared = {
                        each["id"]
                        for each in rows(connection, "shared_in", workspace=nudge.workspace, cohort=row["cohort"])
                    }
                    mark(connection, nudge.workspace, shared, Hold(at=at, until=at))
                moved = TABLES[Nudge].record(row)
                if to is NudgeState.SENT and row["card"] == row["id"]:
                    came = {"workspace": row["workspace"], "nudge": row["id"], "at": values["at"]}
                    below = map(TABLES[Nudge].record, rows(connection, "settle_below", **came))
                    mark(connection, nudge.workspace, touched(below), Hold(at=at, until=at))
                changed(connection, "look_now", workspace=moved.workspace, conversation=moved.member or moved.cohort)
                if to is NudgeState.SENT:
                    _stands(connection, moved, conversation, message, digest, shows, at)
                elif to is not NudgeState.READY:  # what it decides may have begun, or is over
                    mark(connection, moved.workspace, touched([moved]), Hold(at=at, until=at))
            return bool(settled)

        return await self._writer.write(work)


def _stands(
    connection: sqlite3.Connection,
    sent: Nudge,
    conversation: str | None,
    message: str | None,
    digest: str,
    shows: Collection[str],
    at: datetime,
) -> None:
    """Note where a nudge stands, and mark what looks different now that it does."""
    subjects = {*base_subjects(sent), *shows}
    mark(connection, sent.workspace, touched([sent]), Hold(at=at, until=at))
    person = rows(connection, "member", workspace=sent.workspace, member=sent.member)
    screen = Screen(
        id=sent.id,
        workspace=sent.workspace,
        kind=ScreenKind.NUDGE,
        about=sent.id,
        person=person[0]["external_id"] if person else "",
        conversation=conversation or "",
        message=message or "",
        subjects=tuple(sorted(subjects)),
        state=ScreenState.CURRENT if digest else ScreenState.STALE,
        digest=digest,
        due=None if digest else at,
    )
    changed(connection, "drop_screen", workspace=screen.workspace, screen=screen.id)
    change = TABLES[Screen].change(screen)
    connection.execute(change.sql, change.stored(ring_of(connection)))
    keep_subjects(connection, [screen])


def _claim(
    connection: sqlite3.Connection, workspaces: Sequence[str], values: Mapping[str, object], free: Free
) -> list[sqlite3.Row]:
    claimed: list[sqlite3.Row] = []
    for workspace in workspaces:
        if (limit := free(workspace, len(claimed))) > 0:
            claimed += rows(connection, "claim", **values, workspace=workspace, limit=limit)
    return claimed


def _lapse(connection: sqlite3.Connection, at: datetime) -> None:
    lapsed = rows(connection, "lapse", now=moment(at))
    for row in lapsed:
        _note(connection, row, reason=LAPSED, at=moment(at))
    by_workspace: defaultdict[str, list[Nudge]] = defaultdict(list)
    for row in lapsed:
        by_workspace[row["workspace"]].append(TABLES[Nudge].record(row))
    for workspace, nudges in by_workspace.items():
        mark(connection, workspace, touched(nudges), Hold(at=at, until=at))


def _note(connection: sqlite3.Connection, row: sqlite3.Row, *, reason: object, at: object) -> None:
    changed(
        connection,
        "note_delivery",
        id=f"{row['id']}.{row['version']}",  # a nudge's version is counted up by every move
        workspace=row["workspace"],
        nudge=row["id"],
        attempt=row["attempt"],
        fence=row["fence"],
        outcome=row["state"],
        reason=reason,
        at=at,
    )
