"""What stands in a store, read by a table's columns: for what no flow asks."""

from typing import Any, TypeVar

from bot.coaching.records.audit import AuditEntry
from bot.coaching.records.cohort import Coach
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reply import Reply
from bot.store.port import Store
from bot.store.sqlite.rows import TABLES

R = TypeVar("R")


def stored(store: Store, kind: type[R], order: str = "seq", name: str = "", /, **where: str) -> list[R]:
    """Return the records of a kind whose columns have these values; `name` is of the table or view they are in."""
    table = TABLES[kind]
    asked = " AND ".join(f"{column} = :{column}" for column in where) or "true"
    reading: Any = store
    sql = f"SELECT * FROM {name or table.name} WHERE {asked} ORDER BY {order}"  # noqa: S608 - names of our own
    found = reading._reading._connection.execute(sql, where)
    return table.records(found.fetchall())


def key(record: Any) -> tuple[str, str]:
    """Return the workspace and the id under which a record is asked for."""
    return record.workspace, record.id


def commitment(store: Store, commitment: str) -> Commitment | None:
    """Return a commitment by id."""
    return next(iter(stored(store, Commitment, id=commitment)), None)


def commitments_of(store: Store, member: str) -> list[Commitment]:
    """Return a person's commitments, newest first."""
    return stored(store, Commitment, "made_at DESC, seq DESC", member=member)


def commitments_for(store: Store, nudge: str) -> list[Commitment]:
    """Return the commitments that answer a nudge, newest first."""
    return stored(store, Commitment, "made_at DESC, seq DESC", nudge=nudge)


def replies_to(store: Store, nudge: str) -> list[Reply]:
    """Return the replies that stand, oldest first."""
    found = stored(store, Reply, "received_at, seq", nudge=nudge)
    return [reply for reply in found if reply.deleted_at is None and reply.text is not None]


def pulse_of(store: Store, enrollment: str) -> list[PulseAnswer]:
    """Return the answers given in a run, those of before first."""
    return stored(store, PulseAnswer, "wave DESC, question", enrollment=enrollment)


def enrollments_in(store: Store, cohort: str) -> list[Enrollment]:
    """Return the runs of a cohort, in the order of joining."""
    return stored(store, Enrollment, "joined_at, seq", cohort=cohort)


def coaches(store: Store, cohort: str) -> list[Coach]:
    """Return everyone named as coach, in the order of naming."""
    return stored(store, Coach, "named_at, seq", cohort=cohort)


def audit_of(store: Store, subject: str) -> list[AuditEntry]:
    """Return the looks at a person's words, newest first."""
    return stored(store, AuditEntry, "at DESC, seq DESC", "audit_named", subject=subject)


def traces(store: Store) -> list[AuditEntry]:
    """Return everything that is noted, in the order of noting; who was erased stands there under an alias."""
    return stored(store, AuditEntry, "seq", "audit_named")
