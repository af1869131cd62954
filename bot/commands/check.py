"""Looking at words and configuration before anything starts."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from tabulate import tabulate

from bot.commands.by_platform import LACKING, is_installed
from bot.commands.environment import ENV, as_typed, environment
from bot.commands.misspelt import misspelt, unread
from bot.commands.own_words import own_prompts, sources
from bot.doctor.finding import Finding, State
from bot.doctor.start import address, database
from bot.doctor.words import walked
from bot.settings import DATABASE_URL, NotConfigured, is_to_talk, read_settings
from bot.store.open import file_of, inside
from bot.store.port import Unusable
from bot.words.files.layers.kept import completed, kept_beside
from bot.words.files.layers.overlay import overrides
from bot.words.files.load import Sources
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
    """Check the words (file, line, reason), and whether serve would start."""
    if intents:
        sys.exit(_measured(folder, as_json=as_json))
    try:
        read = sources(folder)
        problems = [str(problem) for problem in lint(read)]
        notes = [] if folder else list(_overridden(prompts_folder(), own_prompts()))
    except WordsError as broken:
        raise click.ClickException(str(broken)) from None
    if not content:
        problems += _start_problems()
        for each in _walked(read, environment().get("PITSTOP_DATABASE_URL", "").strip() or DATABASE_URL):
            (problems if each.state is State.BAD else notes).append(f"{each.told} {each.remedy}")
    if as_json:
        click.echo(json.dumps(problems, ensure_ascii=False, indent=2))
    else:
        told = problems or ["All good."]
        click.echo(as_typed("\n".join([*(f"Note: {each}" for each in notes), *told])))
    sys.exit(1 if problems else 0)


def _start_problems() -> Iterator[str]:
    """Yield why `serve` would not start, or not as was meant."""
    environ = environment()
    if not is_to_talk(environ):
        lacking = "" if ENV.exists() else f" There is no {ENV.absolute()}."
        yield (
            f"Neither Slack nor Teams is configured, so serve would not start.{lacking} See docs/slack.md or "
            "docs/teams.md; `python -m bot practice` needs none of it, and `check --content` looks at the words alone."
        )
    try:
        how = read_settings(environ, talks=is_to_talk(environ))
    except NotConfigured as missing:
        yield str(missing)
    else:
        if not all(map(is_installed, how.platforms)):
            yield LACKING
        yield from address(how.host, how.port)
        yield from database(how.database_url)
    yield from misspelt(environ)
    yield from unread(ENV)


def _overridden(shipped: Path, own: Path | None) -> Iterator[str]:
    """Yield what one's own words replace and add, and what of it is stale."""
    for each in overrides(shipped, own) if own else ():
        place = f"{own}/{each.path}"
        if not each.replaces:
            yield f"{place} is added to the shipped words."
        elif each.is_same:
            yield f"{place} says what the shipped one says: it can go."
        elif each.is_stale:
            yield (
                f"{place} is stale: the shipped one has changed since. Compare them, then write "
                f"“# made from {each.shipped}” into it."
            )
        elif each.made_from is None:
            yield (
                f"{place} replaces the shipped one. Write “# made from {each.shipped}” into it, and you are told here "
                "when that one changes."
            )
        else:
            yield f"{place} replaces the shipped one."


def _walked(read: Sources, url: str) -> Iterator[Finding]:
    """Yield what people walk and the words lack; a file that cannot be used is told of elsewhere."""
    try:
        file = file_of(url)
        under_way = inside(file).under_way if file.is_file() and file.stat().st_size else ()
    except Unusable:
        return
    today = {each.slug: each.journey for each in read.journeys if each.journey}
    yield from walked(under_way, today, completed(today, *kept_beside(file).journeys()))


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
