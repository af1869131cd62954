"""A Slack of its own in the browser."""

import os
import sys
import threading
import webbrowser

import click

from bot.commands.by_platform import LACKING, is_installed
from bot.commands.environment import refusing, settings
from bot.commands.server import listen, run
from bot.commands.terminal import announce
from bot.store.open import file_of, set_aside

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
def practice(show: bool) -> None:
    """Practice without an account: a local Slack in the browser, with a clock that travels."""
    if not is_installed("teams"):
        raise click.ClickException(f"Practice plays Teams beside Slack. {LACKING}")
    from bot.practice.app import practicing  # noqa: PLC0415  it brings the platforms' libraries along

    how = settings()
    with refusing():
        aside = set_aside(file_of(how.database_url))
    if aside is not None:
        click.echo(f"An earlier version made the practice workspace: it is set aside as {aside}, and a new one begins.")
    page = f"http://{LOOPBACK}:{how.port}/practice"
    listening = listen(LOOPBACK, how.port)

    def say() -> None:
        announce(f"Pitstop practices at {page}  (stop with Ctrl-C)")
        if show and _has_screen():
            threading.Timer(1.0, webbrowser.open, (page,)).start()

    run(lambda: practicing(how), listening, say)


def _has_screen() -> bool:
    """Whether a browser would open in a window of its own, not in this terminal."""
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
