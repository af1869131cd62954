"""Talking to the real Slack and the real Teams, in one process or in several."""

import asyncio
import signal

import click

from bot.commands.by_platform import joins
from bot.commands.environment import settings
from bot.commands.server import REFUSALS, listen, patiently, run
from bot.commands.terminal import announce
from bot.runtime.app import Bot, Duty, on_duty, real, serving


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
        asyncio.run(_worked(patiently(lambda: real(how, joins(how), Duty.WORKER))))
    except (*REFUSALS, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from None


def _listening(duty: Duty) -> None:
    how = settings(talks=True)
    listening = listen(how.host, how.port)
    said = f"Pitstop is on duty at http://{how.host}:{how.port}  (stop with Ctrl-C)"
    run(lambda: serving(how, joins(how), duty), listening, lambda: announce(said))


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
    async with on_duty(it):
        announce("Pitstop is at work  (stop with Ctrl-C)")
        await over.wait()
