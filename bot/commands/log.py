"""What members shared, as a table, as JSON or as a sheet."""

import json
import sys
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import click
from tabulate import tabulate

from bot.commands.environment import settings, with_store
from bot.commands.person import the_one
from bot.commands.terminal import shown
from bot.flows.privacy.spreadsheet import as_sheet
from bot.runtime.clock import SystemClock
from bot.settings import Settings
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
    how = settings()
    entries, gates = with_store(how, lambda store: _looked(store, person, item, week, limit))
    if item is not None and not entries:
        _refuse_unknown(item, how)
    rows = [_row(entry) for entry in entries]
    for name in gates.shut:
        click.echo(SHUT.format(name=name), err=True)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        sys.stdout.write(as_sheet([COLUMNS, *([row[name] for name in COLUMNS] for row in rows)]))
    elif rows:
        click.echo(_table(rows))
    elif gates.is_any_open or not gates.shut:
        is_narrowed = any(each is not None for each in (person, item, week))
        click.echo("Nothing that was shared matches." if is_narrowed else "Nothing has been shared yet.")
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


def _refuse_unknown(item: str, how: Settings) -> None:
    """End the command where no journey has such an item: a misspelt one must not look like one without words."""
    from bot.commands.own_words import items  # noqa: PLC0415  who names none does not wait for the words

    known = items(how)
    if item not in known:
        near = get_close_matches(item, known, n=1)
        meant = f" Did you mean {near[0]}?" if near else f" There are {', '.join(known)}."
        raise click.ClickException(f"No journey has an item {item!r}.{meant}")


def _table(rows: Sequence[dict[str, Any]]) -> str:
    """Return entries as a table; who shares a name with another one in it is told by id as well."""
    namesakes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        namesakes[row["name"]].add(row["member"])
    table = [{**{name: shown(row[name]) for name in COLUMNS}, "at": _minute(row["at"])} for row in rows]
    for row, told in zip(rows, table, strict=True):
        if len(namesakes[row["name"]]) > 1:
            told["name"] = f"{told['name']} ({row['member']})"
    widths = [None] * (len(COLUMNS) - 1) + [60]
    return tabulate(table, headers="keys", maxcolwidths=widths, disable_numparse=True)


def _minute(at: str) -> str:
    """Return a moment to the minute, with its zone."""
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _row(entry: LogEntry) -> dict[str, Any]:
    row = {**asdict(entry), "at": entry.at.isoformat()}
    del row["answers"], row["word"]  # what answers one coach is for that coach alone
    return row


async def _collected(
    store: Store, person: str | None, item: str | None, week: int | None, limit: int | None
) -> list[LogEntry]:
    which = LogFilter(item=item, week=week)
    if person is not None:
        which = replace(which, people=((await the_one(store, person)).id,))
    page = PAGE if limit is None else min(PAGE, limit)
    found: list[LogEntry] = []
    async for entry in _entries(store, which, page):
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
