"""The database file: made, brought up to date, copied, brought back."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.environment import refusing, settings, with_store
from bot.doctor.finding import size
from bot.flows.upkeep.backup import KEPT
from bot.runtime.clock import SystemClock
from bot.settings import Settings
from bot.store.open import Restored, begin_list_anew, file_of, inside
from bot.store.open import restore as bring_back
from bot.store.port import Store


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def migrate(as_json: bool) -> None:
    """Make the database, or bring it up to date; a copy is kept first. Says what it did."""
    how = settings()
    file = _file(how)
    with refusing():
        before = list(inside(file).pending) if file.is_file() and file.stat().st_size else None
        with_store(how, _nothing, checks=True)
        begun = before is not None and begin_list_anew(file)
    kept = file.with_name(f"{file.name}.before-{before[0]}") if before else None
    if as_json:
        done = {"file": str(file), "made": before is None, "steps": before or [], "kept": str(kept) if kept else None}
        click.echo(json.dumps({**done, "list_begun": begun}, indent=2))
    else:
        click.echo("\n".join(_migrated(file, before, kept, begun=begun)))


def _migrated(file: Path, before: list[str] | None, kept: Path | None, *, begun: bool) -> Iterator[str]:
    if before is None:
        yield f"Made {file}."
    elif kept is None:
        yield f"{file} is up to date: there was nothing to do."
    else:
        yield f"Brought {file} up to date: {', '.join(before or [])}."
        yield f"The file from before is {kept}; the nightly copy removes it after {KEPT} days."
    if begun:
        yield (
            "The list of who was erased was missing, and begins anew. A copy from before is restored with "
            "--without-list alone, and may bring back who was erased since."
        )


@click.command()
@click.option(
    "--keep", type=click.IntRange(min=1), default=KEPT, show_default=True, help="Copies to keep, newest first."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def backup(keep: int, as_json: bool) -> None:
    """Make a whole, verified copy of the database, while Pitstop runs or not."""
    how = settings()
    if not _file(how).exists():
        raise click.ClickException(f"There is no database at {_file(how)} to back up.")
    copy = Path(with_store(how, lambda store: store.back_up(SystemClock().now(), keep=keep)))
    weight = copy.stat().st_size
    if as_json:
        click.echo(json.dumps({"copy": str(copy), "size": weight}, indent=2))
    else:
        click.echo(f"Backed up to {copy} ({size(weight)}), and checked.")


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--without-list", is_flag=True, help="The list of who was erased is lost: go on with what the copies know of it."
)
@click.option("--accept-lost", is_flag=True, help="Go on without the words that the keystore does not open.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def restore(copy: Path, without_list: bool, accept_lost: bool, as_json: bool) -> None:
    """Bring a backup back, while Pitstop is stopped. Nothing is sent twice, and nobody erased comes back.

    The keystore must be in its place: without it nobody's words can be opened.
    """
    how = settings()
    file = _file(how)
    with refusing():
        done = bring_back(
            copy,
            file,
            SystemClock().now(),
            without_list=without_list,
            keystore=how.keystore,
            secrets=how.secret_keys,
            accepts_lost=accept_lost,
        )
    if as_json:
        click.echo(json.dumps(_plain(done), indent=2))
    else:
        click.echo("\n".join(_lines(copy, done)))


def _plain(done: Restored) -> dict[str, object]:
    return {
        "made_at": done.made_at.isoformat(),
        "replaced": str(done.replaced) if done.replaced else None,
        "looked_for": done.looked_for,
        "expired": done.expired,
        "erased": done.erased,
        "missed": done.missed,
        "lost": done.lost,
    }


def _lines(copy: Path, done: Restored) -> list[str]:
    lines = [
        f"Restored {copy}, as it was at {done.made_at:%Y-%m-%d %H:%M} UTC.",
        f"  {done.looked_for} messages are looked for in Slack before they are sent.",
        f"  {done.expired} posts in channels are not sent: they may stand there already.",
        f"  {done.erased} people who had been erased since were erased again.",
        f"  The conversations of {done.missed} people will be read for what they wrote since.",
    ]
    if done.lost:
        lines.append(f"  The words of {done.lost} people are gone: the keystore does not have their keys.")
    if done.replaced is not None:
        lines.append(
            f"The file from before is {done.replaced}. Delete it when all is well: it holds everybody's words."
        )
    return [*lines, "Start Pitstop now."]


def _file(how: Settings) -> Path:
    with refusing():
        return file_of(how.database_url)


async def _nothing(_: Store) -> None:
    return None
