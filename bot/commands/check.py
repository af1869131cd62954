"""Looking at words and configuration before anything starts."""

import json
import sys
from pathlib import Path

import click

from bot.commands.environment import environment
from bot.settings import NotConfigured, is_to_talk, read_settings
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import WordsError
from bot.words.files.rules.lint import lint


@click.command()
@click.option("--content", is_flag=True, help="Look at the words only.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(content: bool, as_json: bool, folder: Path | None) -> None:
    """Check the words (file, line, reason), and the configuration when there is one."""
    try:
        problems = [str(problem) for problem in lint(load(prompts_folder(folder)))]
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    environ = environment()
    if not content:
        try:
            read_settings(environ, talks=is_to_talk(environ))
        except NotConfigured as missing:
            problems.append(str(missing))
    if as_json:
        click.echo(json.dumps(problems, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problems) if problems else "All good.")
    sys.exit(1 if problems else 0)
