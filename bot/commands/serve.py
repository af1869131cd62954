"""Talking to the real Slack and the real Teams, in one process or in several."""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from bot.commands.by_platform import joins
from bot.commands.environment import ENV, environment, settings
from bot.commands.misspelt import misspelt, unread
from bot.commands.server import REFUSALS, ends_on_hanging_up, listen, patiently, run
from bot.commands.terminal import announce
from bot.doctor.start import place
from bot.runtime.app import Bot, Duty, on_duty, real, serving
from bot.runtime.logs import line
from bot.settings import Settings

STOP = "  (stop with Ctrl-C)"

log = logging.getLogger(__name__)


class Refused(click.ClickException):
    """Why a process that keeps a log does not start: a line of that log."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - the log goes there and nowhere else
        """Write it as the log's lines are written."""
        click.echo(line(sys.stderr, logging.ERROR, f"Error: {self.message}"), err=True)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except click.ClickException as refusal:
        raise Refused(refusal.message) from None
    except (*REFUSALS, ValueError) as refusal:
        raise Refused(str(refusal)) from None


@click.command()
def serve() -> None:
    """Talk to the real Slack, Teams or both: web, agenda and delivery in one process."""
    _on_duty(Duty.SERVE)


@click.command()
def web() -> None:
    """Take in what people do, and answer; the agenda is another process's."""
    _on_duty(Duty.WEB)


@click.command()
def worker() -> None:
    """Keep the agenda and send; what people do is taken in by another process."""
    with _refusing():
        how = _noted(settings(talks=True))
        if how.health_port:
            at = place(how.host, how.health_port)
            _listening(how, Duty.WORKER, how.health_port, f"Pitstop is at work, and answers monitoring at {at}{STOP}")
        else:
            asyncio.run(_worked(patiently(lambda: real(how, joins(how), Duty.WORKER))))


def _on_duty(duty: Duty) -> None:
    with _refusing():
        how = _noted(settings(talks=True))
        _listening(how, duty, how.port, f"Pitstop is on duty at {place(how.host, how.port)}{STOP}")


def _noted(how: Settings) -> Settings:
    """Say which variables and lines nobody reads; the process starts all the same."""
    for each in (*misspelt(environment()), *unread(ENV)):
        log.warning("not read: %s", each)
    return how


def _listening(how: Settings, duty: Duty, port: int, said: str) -> None:
    listening = listen(how.host, port)
    run(lambda: serving(how, joins(how), duty), listening, lambda: _say(said))


def _say(said: str) -> None:
    announce(line(sys.stdout, logging.INFO, said))


async def _worked(it: Bot) -> None:
    """Work until told to stop; told twice, drop everything."""
    over = asyncio.Event()
    me, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert me is not None

    def stop() -> None:
        if over.is_set():
            me.cancel()
        over.set()

    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, lambda *_: loop.call_soon_threadsafe(stop))
    ends_on_hanging_up(lambda: loop.call_soon_threadsafe(stop))
    async with on_duty(it):
        _say(f"Pitstop is at work{STOP}")
        await over.wait()
