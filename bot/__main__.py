"""The command line: python -m bot, or pitstop."""

import gc
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module

import click

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
    "keys": "keys",
    "teams-package": "teams_package",
}


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for: none makes another one slow to start."""

    def __getitem__(self, name: str) -> click.Command:
        """Return a command."""
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


@click.group(commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Pitstop, the service coach for IT managers, in Slack."""
    set_up(sys.stderr)


if __name__ == "__main__":
    main()
