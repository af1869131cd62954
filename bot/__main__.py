"""The command line: python -m bot, or pitstop."""

import asyncio
import csv
import json
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import uvicorn
from dotenv import dotenv_values
from starlette.applications import Starlette
from tabulate import tabulate

from bot.app import practicing, serving
from bot.clock import SystemClock
from bot.settings import NotConfigured, Settings, read_settings
from bot.store.port import LogEntry, LogFilter, Unusable
from bot.store.sqlite.open import open_store
from bot.words.files.lint import lint
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import BrokenWordsError

LOOPBACK = "127.0.0.1"
PAGE = 200  # log entries read at a time
GRACE = 3  # seconds that open requests get when the process is told to stop
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins like this
COLUMNS = ("at", "name", "item", "week", "kind", "question", "scope", "text")


def _environment() -> Mapping[str, str]:
    """Return the environment, with a .env file below it."""
    below = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**below, **os.environ}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Pitstop, the service coach for IT managers, in Slack."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    for noisy in ("apscheduler", "httpx", "slack_bolt", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@main.command()
def serve() -> None:
    """Talk to the real Slack: web, agenda and delivery in one process."""
    settings = _settings(slack=True)
    _run(lambda: serving(settings), settings.host, settings.port)


@main.command()
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
def practice(show: bool) -> None:
    """Practice without an account: a local Slack in the browser, with a clock that travels."""
    settings = _settings(slack=False)
    page = f"http://{LOOPBACK}:{settings.port}/practice"
    listening = _listen(LOOPBACK, settings.port)
    click.echo(f"Pitstop practices at {page}  (stop with Ctrl-C)")
    if show:
        threading.Timer(1.0, webbrowser.open, (page,)).start()
    _run(lambda: practicing(settings), LOOPBACK, settings.port, listening)


@main.command()
@click.option("--content", is_flag=True, help="Look at the words only.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(content: bool, as_json: bool, folder: Path | None) -> None:
    """Check the words (file, line, reason), and the configuration when there is one."""
    problems = [str(problem) for problem in lint(load(prompts_folder(folder)))]
    environ = _environment()
    if not content and any(name.startswith("SLACK_") for name in environ):
        try:
            read_settings(environ, slack=True)
        except NotConfigured as missing:
            problems.append(str(missing))
    if as_json:
        click.echo(json.dumps(problems, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problems) if problems else "All good.")
    sys.exit(1 if problems else 0)


@main.command()
def migrate() -> None:
    """Make the database, or bring it up to date; a copy is kept first."""
    settings = _settings(slack=False)
    asyncio.run(_with_store(settings, _nothing))
    click.echo("The database is up to date.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print as CSV.")
@click.option("--person", help="Only this person (name or member id).")
@click.option("--item", help="Only this item (its slug).")
@click.option("--week", type=int, help="Only this journey week.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, newest first.")
def log(as_json: bool, as_csv: bool, person: str | None, item: str | None, week: int | None, limit: int | None) -> None:
    """Show what members shared with coach or team, newest first. Every look is audited; private words never show."""
    if as_json and as_csv:
        raise click.UsageError("Choose --json or --csv.")
    settings = _settings(slack=False)
    which = LogFilter(item=item, week=week)
    entries = asyncio.run(_with_store(settings, lambda store: _collected(store, which, person, limit)))
    rows = [_row(entry) for entry in entries]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(COLUMNS), extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    elif rows:
        table = [{**{name: row[name] for name in COLUMNS}, "at": row["at"][:16]} for row in rows]
        click.echo(tabulate(table, headers="keys", maxcolwidths=[None] * (len(COLUMNS) - 1) + [60]))
    else:
        click.echo("Nothing has been shared yet.")


def _row(entry: LogEntry) -> dict[str, Any]:
    return {**asdict(entry), "at": entry.at.isoformat()}


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


async def _collected(store: Any, which: LogFilter, person: str | None, limit: int | None) -> list[LogEntry]:
    found: list[LogEntry] = []
    async for entry in _entries(store, which):
        if person is None or person in (entry.member, entry.name):
            found.append(entry)
        if limit is not None and len(found) >= limit:
            break
    return found


async def _entries(store: Any, which: LogFilter) -> AsyncIterator[LogEntry]:
    before: tuple[datetime, str] | None = None
    clock = SystemClock()
    while True:
        stem = f"operator-{clock.now().timestamp():.6f}"
        page = await store.operator_log(which, before=before, limit=PAGE, at=clock.now(), audit_id=stem)
        for entry in page:
            yield entry
        if len(page) < PAGE:
            return
        before = (page[-1].at, page[-1].id)


async def _nothing(_: Any) -> None:
    return None


async def _with_store(settings: Settings, work: Callable[[Any], Any]) -> Any:
    try:
        store = open_store(settings.database_url)
    except Unusable as unusable:
        raise click.ClickException(str(unusable)) from None
    try:
        return await work(store)
    finally:
        await store.close()


def _settings(*, slack: bool) -> Settings:
    try:
        return read_settings(_environment(), slack=slack)
    except NotConfigured as missing:
        raise click.ClickException(str(missing)) from None


def _listen(host: str, port: int) -> socket.socket:
    """Return the bound socket; a port in use is said before anything starts."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Port {port} on {host} cannot be used: {error.strerror}. Set PORT to another one, e.g. PORT={port + 1}."
        ) from None
    return listening


def _run(make: Callable[[], Starlette], host: str, port: int, listening: socket.socket | None = None) -> None:
    listening = listening or _listen(host, port)
    try:
        app = make()
    except (Unusable, NotConfigured, BrokenWordsError, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE, server_header=False)
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        sys.exit(1)


if __name__ == "__main__":
    main()
