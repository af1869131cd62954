"""The command line: python -m bot, or pitstop."""

import sys

import click

from bot.commands.check import check
from bot.commands.doctor import doctor
from bot.commands.file import backup, migrate, restore
from bot.commands.log import log
from bot.commands.person import erase, export
from bot.commands.practice import practice
from bot.commands.serve import serve, web, worker
from bot.logs import set_up


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Pitstop, the service coach for IT managers, in Slack."""
    set_up(sys.stderr)


for command in (
    serve,
    web,
    worker,
    practice,
    check,
    doctor,
    log,
    export,
    erase,
    migrate,
    backup,
    restore,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
