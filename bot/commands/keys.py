"""The keys that words are encrypted under: a new secret, changing it, trying them all."""

import json
from collections.abc import Callable

import click

from bot.commands.environment import refusing, settings
from bot.store.open import check_keys, file_of, fresh_secret, rotate_keys

SOME = 10  # broken rows that are named


@click.group()
def keys() -> None:
    """Make a secret key, change it, and try all keys."""


@keys.command("new")
def new() -> None:
    """Print a new PITSTOP_SECRET_KEY. Nothing is written anywhere."""
    click.echo(fresh_secret())


@keys.command("rotate")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def rotate(as_json: bool) -> None:
    """Wrap everybody's key by the first of PITSTOP_SECRET_KEY, also while Pitstop runs.

    It can be cut short and run again.
    """
    how = settings()
    with refusing():
        done = rotate_keys(
            file_of(how.database_url), keystore=how.keystore, secrets=how.secret_keys, progress=_said(quiet=as_json)
        )
    if as_json:
        click.echo(json.dumps({"rotated": done}, indent=2))
    else:
        click.echo(f"{done} keys were wrapped anew. PITSTOP_SECRET_KEY can be the new one alone now: restart with it.")


@keys.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check(as_json: bool) -> None:
    """Open everything that is encrypted, and change nothing. Ends with 1 when something is not as it was stored."""
    how = settings()
    with refusing():
        found = check_keys(
            file_of(how.database_url), keystore=how.keystore, secrets=how.secret_keys, progress=lambda _: None
        )
    if as_json:
        told = {"opened": found.opened, "gone": found.gone, "broken": list(found.broken)}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(f"{found.opened} texts open, of {found.gone} the key is gone, {len(found.broken)} are broken.")
        for row in found.broken[:SOME]:
            click.echo(f"  {row}: it was changed, moved from elsewhere, or encrypted with another key.")
    if found.broken:
        raise SystemExit(1)


def _said(*, quiet: bool) -> Callable[[int, int], None]:
    return lambda done, of: None if quiet else click.echo(f"  {done} of {of}", err=True)
