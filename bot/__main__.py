"""The command line: python -m bot, or pitstop."""

import gc
import logging
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module

import click

from bot import __version__
from bot.runtime.logs import set_up

FILES = {  # in bot/commands
    "serve": "serve",
    "web": "serve",
    "worker": "serve",
    "practice": "practice",
    "check": "check",
    "read": "read",
    "doctor": "doctor",
    "log": "log",
    "export": "person",
    "erase": "person",
    "migrate": "file",
    "backup": "file",
    "restore": "file",
    "audit": "audit",
    "retention": "retention",
    "keys": "keys",
    "teams-package": "teams_package",
}


def unsupported(system: str) -> str | None:
    """Return why nothing can run on a system; None where it can."""
    if system == "win32":
        return "Pitstop runs on Linux. On Windows, run it in the Windows Subsystem for Linux (WSL)."
    return None


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for: none makes another one slow to start."""

    def __getitem__(self, name: str) -> click.Command:
        """Return a command; raises ClickException on a system on which none could run."""
        if (refusal := unsupported(sys.platform)) is not None:
            raise click.ClickException(refusal)
        gc.disable()  # what is imported stays: to look for garbage in between takes a tenth of the time
        try:
            command: click.Command = getattr(import_module(f"bot.commands.{FILES[name]}"), name.replace("-", "_"))
        finally:
            gc.enable()
        return command

    def __iter__(self) -> Iterator[str]:
        """Go through their names."""
        return iter(FILES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(FILES)


@click.version_option(__version__, prog_name="Pitstop", message="%(prog)s %(version)s")
@click.group(commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Pitstop, the service coach for IT managers, in Slack."""
    set_up(sys.stderr)
    logging.captureWarnings(capture=True)  # what a library warns of is a line like any other


if __name__ == "__main__":
    main()
