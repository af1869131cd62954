"""What encryption costs: the same store with and without it, in one process, in turn."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.report import Figures, Table, alone, ratio
from bot.coaching.language import Language
from bot.coaching.records.audit import OPERATOR
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.workspace import Workspace
from bot.store.port.inbox import Arrival
from bot.store.sqlite import open_store
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.sealing.cipher import FORMAT, Cipher

T0 = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
TEXT = "I asked our neighbors at the service desk what they would change first, and only listened. " * 3
BODY = json.dumps({"text": TEXT, "payload": "x" * 1_500})
PEOPLE = 200
PAGE = 50


class Plain(Cipher):
    """What stands in for encryption where it is left out."""

    def seal(self, plain: bytes, about: bytes) -> bytes:  # noqa: ARG002
        """Return the words as they are."""
        return FORMAT + plain

    def open(self, sealed: bytes, about: bytes) -> bytes:  # noqa: ARG002
        """Return them again."""
        return sealed[1:]


WITH, WITHOUT = "encrypted", "plain"
WAYS: dict[str, type[Cipher]] = {WITHOUT: Plain, WITH: Cipher}


def measure(place: Path, quick: bool) -> Sequence[Table]:
    """Measure both, round by round."""
    figures = Figures()
    rows, rounds, replies = (2_000, 1, 50) if quick else (50_000, 5, 1_000)
    stores = {name: asyncio.run(_filled(place / f"{name}.db", cipher, rows)) for name, cipher in WAYS.items()}
    for number in range(rounds):
        for name, cipher in WAYS.items():
            asyncio.run(_round(stores[name], name, cipher, figures, number, replies, rows))
    kept = {name: file.stat().st_size for name, file in stores.items()}
    told = [
        ("a reply: kept, decided by, saved, confirmed, let go of", "reply", 1e3, "ms"),
        (f"a page of {PAGE} replies", "page", 1e3, "ms"),
        (f"all {rows:,} replies read and opened", "scan", 1e3, "ms"),
    ]
    lines = [
        (
            what,
            f"{figures[WITHOUT, key] * scale:,.2f} {unit}",
            f"{figures[WITH, key] * scale:,.2f} {unit}",
            ratio(figures[WITH, key], figures[WITHOUT, key]),
        )
        for what, key, scale, unit in told
    ]
    mb = 1024 * 1024
    lines.append(
        ("the file", f"{kept[WITHOUT] / mb:.1f} MB", f"{kept[WITH] / mb:.1f} MB", ratio(kept[WITH], kept[WITHOUT]))
    )
    note = "Processor time. The plain one hands the words through. A reply of 280 bytes, with a body of 1,800."
    return [Table(title="Encryption", columns=("what", WITHOUT, WITH, "ratio"), rows=lines, notes=(note,))]


async def _filled(file: Path, cipher: type[Cipher], rows: int) -> Path:
    store = open_store(file, cipher=cipher)
    await store.save(_workspace(), _cohort())
    for first in range(0, PEOPLE, 50):
        people = range(first, first + 50)
        await store.save(*(_member(each) for each in people), *(_run(each) for each in people))
        await store.save(*(_nudge(each) for each in people))
    for first in range(0, rows, 1_000):
        await store.save(*(_reply(f"r{first + each}", (first + each) % PEOPLE, first) for each in range(1_000)))
    for each in range(PEOPLE):
        await _said(store, f"first-{each}", each)  # from then on everybody has their keys
    await store.close()
    return file


async def _round(
    file: Path, name: str, cipher: type[Cipher], figures: Figures, number: int, replies: int, rows: int
) -> None:
    store: Any = open_store(file, cipher=cipher)
    page = partial(store.replies_of, "w", "m7", limit=PAGE)
    await page()
    began = time.process_time()
    for _ in range(replies):
        await page()
    figures.add(name, "page", value=(time.process_time() - began) / replies)
    began = time.process_time()
    found = store._reading._connection.execute("SELECT * FROM reply").fetchall()
    assert len(TABLES[Reply].records(found)) >= rows
    figures.add(name, "scan", value=time.process_time() - began)
    began = time.process_time()
    for each in range(replies):
        await _said(store, f"{number}-{each}", each % PEOPLE)
    figures.add(name, "reply", value=(time.process_time() - began) / replies)
    await store.close()


async def _said(store: Any, name: str, who: int) -> None:
    """Let a reply go its way through the store: kept, decided by, saved, confirmed, let go of."""
    arrival = Arrival(id=f"in-{name}", workspace="w", platform="slack", lane=f"U{who}", body=BODY, at=T0)
    await store.arrive(arrival, lease_until=T0 + timedelta(minutes=1))
    await store.heard("w", f"U{who}")
    await store.save(_reply(f"said-{name}", who, 0))
    await store.confirmed("w", f"said-{name}")
    await store.finish(arrival, at=T0, lease_until=T0)


def _workspace() -> Workspace:
    return Workspace(id="w", platform="slack", external_id="T1", name="Bench", bot="UBOT")


def _cohort() -> Cohort:
    return Cohort(
        id="c",
        workspace="w",
        channel="C1",
        channel_name="it-managers",
        journey="twelve-weeks",
        language=Language.EN,
        pace=1,
        hours=Hours(),
        zone="Europe/Amsterdam",
        country=None,
        starts_on=T0.date(),
        started_by=OPERATOR,
        started_at=T0,
    )


def _member(number: int) -> Member:
    return Member(id=f"m{number}", workspace="w", external_id=f"U{number}", name=f"Person {number}")


def _run(number: int) -> Enrollment:
    return Enrollment(
        id=f"e{number}",
        workspace="w",
        cohort="c",
        member=f"m{number}",
        state=EnrollmentState.ACTIVE,
        scope=Scope.COACH,
        starts_on=T0.date(),
        joined_at=T0,
    )


def _nudge(number: int) -> Nudge:
    return Nudge(
        id=f"n{number}",
        workspace="w",
        cohort="c",
        enrollment=f"e{number}",
        member=f"m{number}",
        kind=Kind.NUDGE,
        prompt="x",
        occurrence="1",
        item="ask",
        week=1,
        local_date=T0.date(),
        local_time=T0.time(),
        zone="Europe/Amsterdam",
        due_at=T0,
        expires_at=T0,
        state=NudgeState.SENT,
        sent_at=T0,
    )


def _reply(name: str, who: int, second: int) -> Reply:
    fresh = Reply(
        id=name,
        workspace="w",
        cohort="c",
        enrollment=f"e{who}",
        member=f"m{who}",
        author=f"m{who}",
        nudge=f"n{who}",
        item="ask",
        week=1,
        kind=ReplyKind.TYPED,
        text=TEXT,
        scope=Scope.COACH,
        received_at=T0,
    )
    return replace(fresh, received_at=T0 + timedelta(seconds=second))


if __name__ == "__main__":
    alone(measure)
