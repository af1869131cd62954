"""Looking at words and configuration before anything starts."""

import json
import sys
from pathlib import Path

import click
from tabulate import tabulate

from bot.commands.environment import environment
from bot.settings import NEW_KEY, NotConfigured, is_to_talk, read_settings
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import Problem, WordsError
from bot.words.files.rules.intent_figures import below, figures, table
from bot.words.files.rules.lint import lint


@click.command()
@click.option("--content", is_flag=True, help="Look at the words only.")
@click.option("--intents", is_flag=True, help="Measure the rules of intents on the labelled sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(content: bool, intents: bool, as_json: bool, folder: Path | None) -> None:
    """Check the words (file, line, reason), and the configuration when there is one."""
    if intents:
        sys.exit(_measured(folder, as_json=as_json))
    try:
        problems = [str(problem) for problem in lint(load(prompts_folder(folder)))]
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    environ = environment()
    if not content:
        try:
            how = read_settings(environ, talks=is_to_talk(environ))
        except NotConfigured as missing:
            problems.append(str(missing))
        else:
            problems += [f"PITSTOP_SECRET_KEY is missing: {NEW_KEY}."] if how.platforms and not how.secret_keys else []
    if as_json:
        click.echo(json.dumps(problems, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problems) if problems else "All good.")
    sys.exit(1 if problems else 0)


def _measured(folder: Path | None, *, as_json: bool) -> int:
    """Print how well the rules of intents do; return 1 when they are not precise enough, or cannot be read."""
    problems: list[Problem] = []
    try:
        rows = figures(prompts_folder(folder), problems)
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    missed = [*map(str, problems), *below(rows)]
    if as_json:
        told = {"figures": [row.as_fields() for row in rows], "problems": missed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        titles, *lines = table(rows)
        click.echo(tabulate(lines, headers=titles, disable_numparse=True))
        click.echo("\n" + "\n".join(missed or ["Acts are all right, and of offers at least nine in ten."]))
    return 1 if missed else 0
