"""What members shared, as a table, as JSON or as a sheet."""

import json
import sys
import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import click
from tabulate import tabulate

from bot.commands.environment import settings, with_store
from bot.commands.terminal import shown
from bot.flows.privacy.spreadsheet import as_sheet
from bot.runtime.clock import SystemClock
from bot.store.port import Store
from bot.store.port.readers import LogEntry, LogFilter

PAGE = 200  # log entries read at a time
SHUT = (
    "{name}: nobody may read yet, because it is not recorded who agreed to it. "
    "An admin types “/coach reading” there (in Teams “@Pitstop reading”) and presses “Record who agreed”."
)
COLUMNS = ("at", "name", "item", "week", "kind", "question", "scope", "text")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print as CSV.")
@click.option("--person", help="Only this person (name or member id).")
@click.option("--item", help="Only this item (its slug).")
@click.option("--week", type=int, help="Only this journey week.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, newest first.")
def log(as_json: bool, as_csv: bool, person: str | None, item: str | None, week: int | None, limit: int | None) -> None:
    """Show what members shared with their coaches, newest first. Every look is audited; private words never show."""
    if as_json and as_csv:
        raise click.UsageError("Choose --json or --csv.")
    entries, gates = with_store(settings(), lambda store: _looked(store, person, item, week, limit))
    rows = [_row(entry) for entry in entries]
    for name in gates.shut:
        click.echo(SHUT.format(name=name), err=True)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        sys.stdout.write(as_sheet([COLUMNS, *([row[name] for name in COLUMNS] for row in rows)]))
    elif rows:
        table = [{**{name: shown(row[name]) for name in COLUMNS}, "at": row["at"][:16]} for row in rows]
        widths = [None] * (len(COLUMNS) - 1) + [60]
        click.echo(tabulate(table, headers="keys", maxcolwidths=widths, disable_numparse=True))
    elif gates.is_any_open or not gates.shut:
        click.echo("Nothing has been shared yet.")
    if gates.shut and not gates.is_any_open:
        sys.exit(1)


@dataclass(frozen=True, kw_only=True)
class Gates:
    """Where it is recorded that coaches may read, and where not."""

    is_any_open: bool
    shut: tuple[str, ...]  # names of workspaces


async def _looked(
    store: Store, person: str | None, item: str | None, week: int | None, limit: int | None
) -> tuple[list[LogEntry], Gates]:
    workspaces = await store.workspaces()
    closed = [each for each in workspaces if await store.gate(each.id) is None]
    gates = Gates(
        is_any_open=len(closed) < len(workspaces),
        shut=tuple(f"{each.name} ({each.platform.title()})" for each in closed),
    )
    return await _collected(store, person, item, week, limit), gates


def _row(entry: LogEntry) -> dict[str, Any]:
    row = {**asdict(entry), "at": entry.at.isoformat()}
    del row["answers"], row["word"]  # what answers one coach is for that coach alone
    return row


async def _collected(
    store: Store, person: str | None, item: str | None, week: int | None, limit: int | None
) -> list[LogEntry]:
    which = LogFilter(item=item, week=week)
    if person is not None and any(each.id == person for each in await store.members_called(person)):
        which, person = replace(which, people=(person,)), None
    page = PAGE if limit is None or person is not None else min(PAGE, limit)
    found: list[LogEntry] = []
    async for entry in _entries(store, which, page):
        if person is None or person == entry.name:
            found.append(entry)
        if len(found) == limit:
            break
    return found


async def _entries(store: Store, which: LogFilter, page: int) -> AsyncIterator[LogEntry]:
    """Yield the log page by page; what is never asked for is never noted as read."""
    before: tuple[datetime, str] | None = None
    clock = SystemClock()
    while True:
        found = await store.operator_log(which, before=before, limit=page, at=clock.now(), audit_id=uuid.uuid4().hex)
        for entry in found:
            yield entry
        if len(found) < page:
            return
        before = (found[-1].at, found[-1].id)
