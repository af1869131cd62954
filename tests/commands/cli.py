"""The command line as an operator uses it: as a process of its own, or within this one."""

import asyncio
import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.nudge import Kind, Nudge
from bot.store.port import Record
from bot.store.sqlite.file.open import open_store
from tests.ready import ready
from tests.waiting import IN_THE_END

ROOT = Path(__file__).resolve().parents[2]
OURS = ("PITSTOP_", "SLACK_", "TEAMS_", "PORT", "HOST", "PYTHONPATH")
SECRET = "nobody else's business"
KEY = "k" * 43  # PITSTOP_SECRET_KEY


def environment(**values: str) -> dict[str, str]:
    """This machine's environment without anything of ours, and these values."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**rest, "PYTHONPATH": str(ROOT), "PITSTOP_SECRET_KEY": KEY, **values}


def bot(folder: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` in a folder, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(**values),
        capture_output=True,
        text=True,
        timeout=IN_THE_END,
        check=False,
    )


def run(*arguments: str, **values: str) -> Result:
    """Run a command within this process: the same, without the second it takes to start one."""
    return CliRunner().invoke(main, arguments, env={"PITSTOP_SECRET_KEY": KEY, **values})


async def beside(*arguments: str, **values: str) -> Result:
    """Run a command in a thread of its own, while this process serves what it asks."""
    return await asyncio.to_thread(run, *arguments, **values)


def shipped(record: Record) -> Record:
    """Let people of the scene walk a journey that there is."""
    if isinstance(record, Cohort):
        return replace(record, journey="twelve-weeks")
    if isinstance(record, Nudge):
        kind = record.kind if record.kind in (Kind.NUDGE, Kind.FOLLOW_UP) else Kind.NUDGE
        item = "people-before-systems"
        prompt = "reflections/team" if record.kind is Kind.TEAM_REFLECTION else f"{item}/{kind.replace('_', '-')}"
        return replace(record, item=item, prompt=prompt)
    return record


def fill(file: Path, *records: Record) -> None:
    """Put records into a database, as the bot would."""

    async def put() -> None:
        store = open_store(ready(file))
        await store.save(*map(shipped, records))
        await store.close()

    asyncio.run(put())


def audit(file: Path) -> list[tuple[str, str, int]]:
    """Who was noted to have read whose words, and how many."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT actor, subject, count FROM audit_named ORDER BY seq").fetchall()


@contextlib.contextmanager
def port_held() -> Iterator[str]:
    """A port for a process to listen on, which nobody else is given meanwhile: bound here, and listened on there."""
    with socket.socket() as holding:
        holding.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holding.bind(("127.0.0.1", 0))
        yield str(holding.getsockname()[1])
