"""The command line: python -m bot, or pitstop."""

import asyncio
import csv
import json
import logging
import os
import re
import socket
import sys
import threading
import uuid
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import uvicorn
from dotenv import dotenv_values
from starlette.applications import Starlette
from tabulate import tabulate

from bot.app import practicing, serving
from bot.chat.slack.serve import SlackError
from bot.clock import SystemClock
from bot.practice.keep import UnreadableError
from bot.settings import NotConfigured, Settings, read_settings
from bot.store.port import LogEntry, LogFilter, Store, Unusable
from bot.store.sqlite.open import open_store
from bot.words.files.lint import lint
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import WordsError

T = TypeVar("T")

LOOPBACK = "127.0.0.1"
PAGE = 200  # log entries read at a time
GRACE = 3  # seconds that open requests get when the process is told to stop
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins like this
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal would obey these
REFUSALS = (Unusable, NotConfigured, UnreadableError, WordsError, SlackError)  # their message says what to do
COLUMNS = ("at", "name", "item", "week", "kind", "question", "scope", "text")


def _has_screen() -> bool:
    """Whether a browser would open in a window of its own, not in this terminal."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


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
    listening = _listen(settings.host, settings.port)
    address = f"http://{settings.host}:{settings.port}"
    _run(
        lambda: serving(settings), listening, lambda: click.echo(f"Pitstop is on duty at {address}  (stop with Ctrl-C)")
    )


@main.command()
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
def practice(show: bool) -> None:
    """Practice without an account: a local Slack in the browser, with a clock that travels."""
    settings = _settings(slack=False)
    page = f"http://{LOOPBACK}:{settings.port}/practice"
    listening = _listen(LOOPBACK, settings.port)

    def announce() -> None:
        click.echo(f"Pitstop practices at {page}  (stop with Ctrl-C)")
        if show and _has_screen():
            threading.Timer(1.0, webbrowser.open, (page,)).start()

    _run(lambda: practicing(settings), listening, announce)


@main.command()
@click.option("--content", is_flag=True, help="Look at the words only.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(content: bool, as_json: bool, folder: Path | None) -> None:
    """Check the words (file, line, reason), and the configuration when there is one."""
    try:
        problems = [str(problem) for problem in lint(load(prompts_folder(folder)))]
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    environ = _environment()
    if not content:
        try:
            read_settings(environ, slack=any(name.startswith("SLACK_") for name in environ))
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
    entries = asyncio.run(_with_store(settings, lambda store: _collected(store, person, item, week, limit)))
    rows = [_row(entry) for entry in entries]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(COLUMNS), extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    elif rows:
        table = [{**{name: _shown(row[name]) for name in COLUMNS}, "at": row["at"][:16]} for row in rows]
        widths = [None] * (len(COLUMNS) - 1) + [60]
        click.echo(tabulate(table, headers="keys", maxcolwidths=widths, disable_numparse=True))
    else:
        click.echo("Nothing has been shared yet.")


def _row(entry: LogEntry) -> dict[str, Any]:
    return {**asdict(entry), "at": entry.at.isoformat()}


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _shown(value: object) -> object:
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


async def _collected(
    store: Store, person: str | None, item: str | None, week: int | None, limit: int | None
) -> list[LogEntry]:
    which = LogFilter(item=item, week=week)
    if person is not None and await store.member(person) is not None:
        which, person = replace(which, member=person), None
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


async def _nothing(_: Store) -> None:
    return None


async def _with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
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
    """Return the listening socket; a port in use is said before anything starts."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # who comes before the server is up waits, instead of being refused
    except OSError as error:
        raise click.ClickException(
            f"Port {port} on {host} cannot be used: {error.strerror}. Set PORT to another one, e.g. PORT={port + 1}."
        ) from None
    return listening


def _run(make: Callable[[], Starlette], listening: socket.socket, announce: Callable[[], None]) -> None:
    """Serve until told to stop; what cannot start says so in its own words, without a stack trace."""
    try:
        app = make()
    except (*REFUSALS, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None
    refused: list[Exception] = []
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Any]:
        try:
            async with inner(app) as state:
                announce()
                yield state
        except REFUSALS as refusal:
            refused.append(refusal)
            raise

    app.router.lifespan_context = lifespan
    logging.getLogger("uvicorn.error").addFilter(lambda _: not refused)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE, server_header=False)
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt, SystemExit):  # uvicorn's own way out; ours is below
        server.run(sockets=[listening])
    if refused:
        raise click.ClickException(_told(refused[0]))
    if not server.started:
        sys.exit(1)


def _told(refusal: Exception) -> str:
    if isinstance(refusal, SlackError):
        return f"Slack does not let Pitstop in ({refusal}). Look at SLACK_BOT_TOKEN, SLACK_APP_TOKEN and the network."
    return str(refusal)


if __name__ == "__main__":
    main()
