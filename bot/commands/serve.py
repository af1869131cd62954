"""Talking to the real Slack, in one process or in several."""

import asyncio
import signal
from functools import partial
from importlib import import_module

import click

from bot.app import Duty, Join, serving, working
from bot.commands.server import REFUSALS, listen, run, told
from bot.commands.surroundings import settings
from bot.settings import Settings


@click.command()
def serve() -> None:
    """Talk to the real Slack: web, agenda and delivery in one process."""
    _listening(Duty.SERVE)


@click.command()
def web() -> None:
    """Take in what people do in Slack, and answer; the agenda is another process's."""
    _listening(Duty.WEB)


@click.command()
def worker() -> None:
    """Keep the agenda and send; what people do is taken in by another process."""
    how = settings(slack=True)
    try:
        asyncio.run(_worked(how))
    except (*REFUSALS, ValueError) as refusal:
        raise click.ClickException(told(refusal)) from None


def _listening(duty: Duty) -> None:
    how = settings(slack=True)
    listening = listen(how.host, how.port)
    said = f"Pitstop is on duty at http://{how.host}:{how.port}  (stop with Ctrl-C)"
    run(lambda: serving(how, duty, join=_second_home(how)), listening, lambda: click.echo(said))


async def _worked(how: Settings) -> None:
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
    async with working(how, join=_second_home(how)):
        click.echo("Pitstop is at work  (stop with Ctrl-C)")
        await over.wait()


def _second_home(how: Settings) -> Join | None:
    """Return what lets the bot live in Teams too; its SDK takes a second and 80 MB, which only who uses it pays."""
    if not how.teams_client_id:
        return None
    return partial(import_module("bot.teaming").join, settings=how)
