"""What is kept, and when it goes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import click
from tabulate import tabulate

from bot.coaching.records.enrollment import WORDS_KEPT
from bot.commands.environment import settings, with_store
from bot.commands.terminal import shown
from bot.flows.privacy.retention import AWAY_KEPT, LOOKS_KEPT, NEVER_JOINED_KEPT, REST_KEPT, SIGHTS_KEPT
from bot.runtime.clock import SystemClock
from bot.store.port import Store
from bot.store.port.retention import Away, Ended

RULES = (
    ("words of replies, plans and changes", WORDS_KEPT, "their journey ended; sooner where a team says so"),
    ("everything else about a person", REST_KEPT, "the same"),
    ("who joined nothing", NEVER_JOINED_KEPT, "we met, or they last did something"),
    ("whose account is switched off", AWAY_KEPT, "that was noticed"),
    ("a workspace that removed the app", AWAY_KEPT, "it was noticed; installing the app again stops it"),
    ("who looked at words", LOOKS_KEPT, "the look; a signed count stays (with PITSTOP_SECRET_KEY)"),
    ("ids of what came in, without content", SIGHTS_KEPT, "it came"),
)


@dataclass(frozen=True, kw_only=True)
class Going:
    """Something that goes on a day."""

    on: str  # an ISO day
    what: str
    where: str
    people: int | None  # None: all of a workspace


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--team", help="The channel of a team that is to keep words for fewer days; with --words-days.")
@click.option("--words-days", type=click.IntRange(1, WORDS_KEPT.days), help="Days after the end; never more.")
def retention(as_json: bool, team: str | None, words_days: int | None) -> None:
    """Show what is kept for how long, and what goes on which day; nobody's words, and nobody's name."""
    if (team is None) is not (words_days is None):
        raise click.UsageError("Give --team and --words-days together.")
    if team is not None and words_days is not None:
        with_store(settings(), lambda store: _shorten(store, team, words_days))
    going = with_store(settings(), _read)
    if as_json:
        rules = [{"what": what, "days": kept.days, "after": after} for what, kept, after in RULES]
        click.echo(json.dumps({"rules": rules, "going": [asdict(each) for each in going]}, indent=2))
        return
    table = [(what, f"{kept.days} days after", after) for what, kept, after in RULES]
    click.echo(tabulate(table, headers=("what", "is kept until", "")))
    click.echo()
    if going:
        lines = [[each.on, each.what, shown(each.where), each.people] for each in going]
        click.echo(tabulate(lines, headers=("on", "goes", "of", "people"), disable_numparse=True))
    else:
        click.echo("No journey has ended, and nobody is away: no day is set for anything yet.")


async def _shorten(store: Store, team: str, days: int) -> None:
    """Let the teams of a channel keep words for fewer days; ends the command where nobody could have been told."""
    found = [each for each in await store.teams() if each.channel_name.lstrip("#") == team.lstrip("#")]
    if not found:
        raise click.ClickException(f"No team has the channel {team}.")
    longer = [each for each in found if each.words_days < days]
    if longer:
        raise click.ClickException(f"Its people were told {longer[0].words_days} days. Words can go sooner, not later.")
    await store.save(*(replace(each, words_days=days) for each in found))


async def _read(store: Store) -> list[Going]:
    names = {each.id: each.name for each in await store.workspaces()}
    return planned(await store.ended(), await store.away_since(SystemClock().now()), names)


def planned(ended: Sequence[Ended], away: Sequence[Away], names: Mapping[str, str]) -> list[Going]:
    """Return what goes, the soonest first; `names` are those of workspaces, by id."""
    return sorted([*_runs(ended), *_away(away, names)], key=lambda each: (each.on, each.where, each.what))


def _runs(ended: Sequence[Ended]) -> Iterator[Going]:
    for each in ended:
        where = f"{each.workspace}, {each.channel}"
        for what, kept in (("words", timedelta(days=each.words_days)), ("everything else", REST_KEPT)):
            yield Going(on=_day(each.ended_at + kept), what=what, where=where, people=each.runs)


def _away(away: Sequence[Away], names: Mapping[str, str]) -> Iterator[Going]:
    counts = Counter((_day(each.since + AWAY_KEPT), each.workspace, each.member is None) for each in away)
    for (on, workspace, is_whole), count in counts.items():
        what = "all of a workspace that removed the app" if is_whole else "people whose account is switched off"
        yield Going(on=on, what=what, where=names[workspace], people=None if is_whole else count)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
