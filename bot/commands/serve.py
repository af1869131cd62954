"""Talking to the real Slack and the real Teams, in one process or in several."""

import asyncio
import signal

import click

from bot.commands.by_platform import joins
from bot.commands.environment import ENV, environment, settings
from bot.commands.misspelt import misspelt, unread
from bot.commands.server import REFUSALS, listen, run
from bot.doctor.start import place
from bot.runtime.app import Duty, serving, working
from bot.settings import Settings


@click.command()
def serve() -> None:
    """Talk to the real Slack, Teams or both: web, agenda and delivery in one process."""
    _listening(Duty.SERVE)


@click.command()
def web() -> None:
    """Take in what people do, and answer; the agenda is another process's."""
    _listening(Duty.WEB)


@click.command()
def worker() -> None:
    """Keep the agenda and send; what people do is taken in by another process."""
    how = settings(talks=True)
    try:
        asyncio.run(_worked(how))
    except (*REFUSALS, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None


def _listening(duty: Duty) -> None:
    how = settings(talks=True)
    for each in (*misspelt(environment()), *unread(ENV)):
        click.echo(f"Note: {each}", err=True)
    listening = listen(how.host, how.port)
    said = f"Pitstop is on duty at {place(how.host, how.port)}  (stop with Ctrl-C)"
    run(lambda: serving(how, joins(how), duty), listening, lambda: click.echo(said))


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
    async with working(how, joins(how)):
        click.echo("Pitstop is at work  (stop with Ctrl-C)")
        await over.wait()
