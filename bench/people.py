"""Files full of enrolled people, filled by SQL through the product's own schema and statements."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.payloads import direct, nudge, person
from bench.slack import TEAM
from bot.coaching.calendar import week_of
from bot.coaching.journey import Slot
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Scope
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, item_key
from bot.coaching.records.workspace import Workspace
from bot.flows.agenda.rezone import ZONES
from bot.store.open import open_store
from bot.store.port import Record
from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.file.lock import Lock
from bot.store.sqlite.file.migrations import SCHEMA
from bot.store.sqlite.file.open import PATIENCE, opened, shut
from bot.store.sqlite.rows import TABLES
from bot.store.sqlite.sealing.ring import LANE, Connection
from bot.store.sqlite.sealing.sealed import owners
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

JOURNEY = "twelve-weeks"
WORKSPACE = "bench"
COHORT_OF = 50  # people
EVERY_DAY = Hours(workdays=(0, 1, 2, 3, 4, 5, 6))  # a benchmark may run on a Sunday

SUBJECTS = """
INSERT INTO screen_subject (subject, screen, workspace)
SELECT shown.value, screen.id, screen.workspace FROM screen, json_each(screen.subjects) AS shown
"""

Values = dict[str, Any]


def fill(
    file: Path, people: int, now: datetime, nudge_of: Callable[[int], Values], *, special: Values | None = None
) -> None:
    """Make a file with so many enrolled people and one nudge each; `nudge_of` tells what is special about the n-th.

    `special` is what is special about their workspace.
    """
    connection = begin(file)
    zone = _zone_of_ten(now)
    insert(connection, _workspace(), [special or {}])
    insert(connection, _cohort(now, zone), map(_as_cohort, range(0, people, COHORT_OF)))
    insert(connection, _member(zone), map(_as_member, range(people)))
    for number in range(people):  # they wrote before: they have their keys
        connection.ring.seal("words", WORKSPACE, owners(LANE, person(number)), "")
    insert(connection, _enrollment(now), map(_as_enrollment, range(people)))
    nudges = [_as_nudge(n) | nudge_of(n) for n in range(people)]
    stands = {row["id"]: (row.pop("conversation"), row.pop("message")) for row in nudges if "message" in row}
    insert(connection, _nudge(now, zone), nudges)
    item = _nudge(now, zone).item or ""
    standing = (n for n in range(people) if nudge(n) in stands)
    insert(connection, _screen(), (_as_screen(n, item, *stands[nudge(n)]) for n in standing))
    connection.execute(SUBJECTS)
    end(connection)


def begin(file: Path) -> Connection:
    """Make a file, and return a connection that fills it quickly."""
    asyncio.run(_made(file))
    connection = opened(file, schema=SCHEMA, patience=PATIENCE, lock=Lock(home=home_of(file)))
    keys = connection.ring.keystore._connection
    keys.execute("PRAGMA synchronous = OFF")
    keys.execute("BEGIN")
    for setting in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -200000"):  # nothing to lose yet
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    return connection


def end(connection: Connection) -> None:
    """Keep what was filled in, and let go of the file."""
    connection.execute("COMMIT")
    connection.ring.keystore._connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    shut(connection)


def copied(template: Path, file: Path) -> None:
    """Put a filled file in a place, with what opens it."""
    for side in ("", ".keys", ".secret"):
        shutil.copy(f"{template}{side}", f"{file}{side}")


async def _made(file: Path) -> None:
    """Make a file whose moments were worked out with today's zone data: else the bot begins by working them out."""
    store = open_store(file)
    await store.set_mark(ZONES, version("tzdata"))
    await store.close()


def insert(connection: Connection, record: Record, special: Iterable[Values]) -> None:
    """Write many records that are like one, each with what is special about it."""
    table = TABLES[type(record)]
    change = table.change(record)
    connection.executemany(change.sql, (table.closed(change.values | each, connection.ring) for each in special))


def _zone_of_ten(now: datetime) -> str:
    """Return a zone in which it is about ten in the morning: inside everybody's hours, whenever this runs."""
    ahead = (10 - now.hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"


def _cohort_of(number: int) -> str:
    return f"c{number - number % COHORT_OF:07}"


def _as_cohort(first: int) -> Values:
    return {"id": _cohort_of(first), "channel": f"C{first}"}


def _as_member(number: int) -> Values:
    return {"id": f"m{number:07}", "external_id": person(number), "direct": direct(number)}


def _as_enrollment(number: int) -> Values:
    return {"id": f"e{number:07}", "member": f"m{number:07}", "cohort": _cohort_of(number)}


def _as_nudge(number: int) -> Values:
    return {
        "id": nudge(number),
        "member": f"m{number:07}",
        "enrollment": f"e{number:07}",
        "cohort": _cohort_of(number),
    }


def _as_screen(number: int, item: str, conversation: str, message: str) -> Values:
    name = nudge(number)
    subjects = json.dumps([name, item_key(f"e{number:07}", item)])
    return {
        "id": name,
        "about": name,
        "person": person(number),
        "conversation": conversation,
        "message": message,
        "subjects": subjects,
    }


def _screen() -> Screen:
    return Screen(id="", workspace=WORKSPACE, kind=ScreenKind.NUDGE, about="", subjects=(), state=ScreenState.CURRENT)


def _workspace() -> Workspace:
    return Workspace(id=WORKSPACE, platform="slack", external_id=TEAM, name="Bench", bot="UBOT")


def _cohort(now: datetime, zone: str) -> Cohort:
    return Cohort(
        id="",
        workspace=WORKSPACE,
        channel="",
        channel_name="it-managers",
        journey=JOURNEY,
        language=Language.EN,
        pace=1,
        hours=EVERY_DAY,
        zone=zone,
        country=None,
        starts_on=_monday(now),
        started_by="m0000000",
        started_at=now,
    )


def _member(zone: str) -> Member:
    return Member(
        id="", workspace=WORKSPACE, external_id="", name="Somebody", language=Language.EN, zone=zone, hours=EVERY_DAY
    )


def _enrollment(now: datetime) -> Enrollment:
    return Enrollment(
        id="", workspace=WORKSPACE, cohort="", member="", scope=Scope.COACH, starts_on=_monday(now), joined_at=now
    )


def _nudge(now: datetime, zone: str) -> Nudge:
    journey = FileWords(prompts_folder()).journeys()[JOURNEY]
    step = next(step for step in journey.steps if step.kind is Kind.NUDGE and step.slot is not Slot.JOIN)
    return Nudge(
        id="",
        workspace=WORKSPACE,
        cohort="",
        enrollment="",
        member="",
        kind=step.kind,
        prompt=step.prompt,
        occurrence="week-1",
        item=step.item,
        week=step.week,
        local_date=now.date(),
        local_time=Hours().first_time,
        zone=zone,
        due_at=now,
        expires_at=now + timedelta(hours=4),
    )


def _monday(now: datetime) -> date:
    return week_of(now.date())


def count(file: Path, question: str) -> int:
    """Return the one number a question has for an answer."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)
    try:
        answer: int = connection.execute(question).fetchone()[0]
    finally:
        connection.close()
    return answer
