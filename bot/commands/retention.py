"""What is kept, and when it goes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

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
    ("words of replies, plans and changes", WORDS_KEPT, "the person's journey ended, or they left"),
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
def retention(as_json: bool) -> None:
    """Show what is kept for how long, and what goes on which day; nobody's words, and nobody's name."""
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


async def _read(store: Store) -> list[Going]:
    names = {each.id: each.name for each in await store.workspaces()}
    return planned(await store.ended(), await store.away_since(SystemClock().now()), names)


def planned(ended: Sequence[Ended], away: Sequence[Away], names: Mapping[str, str]) -> list[Going]:
    """Return what goes, the soonest first; `names` are those of workspaces, by id."""
    return sorted([*_runs(ended), *_away(away, names)], key=lambda each: (each.on, each.where, each.what))


def _runs(ended: Sequence[Ended]) -> Iterator[Going]:
    for each in ended:
        where = f"{each.workspace}, {each.channel}"
        for what, kept in (("words", WORDS_KEPT), ("everything else", REST_KEPT)):
            yield Going(on=_day(each.ended_at + kept), what=what, where=where, people=each.runs)


def _away(away: Sequence[Away], names: Mapping[str, str]) -> Iterator[Going]:
    counts = Counter((_day(each.since + AWAY_KEPT), each.workspace, each.member is None) for each in away)
    for (on, workspace, is_whole), count in counts.items():
        what = "all of a workspace that removed the app" if is_whole else "people whose account is switched off"
        yield Going(on=on, what=what, where=names[workspace], people=None if is_whole else count)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
