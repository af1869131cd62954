"""Let it rage, and write down what came of it: python -m tests.faults [--seed N] [--share 0.1]."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from bench.report import Table, machine
from tests.faults.incoming import Report as InboundReport
from tests.faults.incoming import Siege, besiege
from tests.faults.outgoing import Report, Storm, rage
from tests.faults.platforms import SLACK, TEAMS, Platform
from tests.faults.process import ROOT
from tests.faults.seed import Wanted

RESULTS = ROOT / "bench" / "FAULTS.md"
PEOPLE, EACH, KILLS, LEAVERS = 500, 10, 200, 10
REQUESTS, INBOUND_KILLS, SPEAKERS = 5_000, 100, 100
TEAMS_PEOPLE, TEAMS_EACH, TEAMS_KILLS, TEAMS_LEAVERS = 170, 6, 60, 5  # at the pace of Teams, which takes its time
TEAMS_REQUESTS, TEAMS_INBOUND_KILLS, TEAMS_SPEAKERS = 1_500, 40, 100
DESIGNS = {  # each on a small storm of the same seed
    "send, then note it": "send-then-note",
    "lease, at least once": "never-look",
    "mark first, at most once": "note-then-send",
    "**Pitstop**": None,
}
LONGER = (
    "tests/chat/slack/incoming/test_guard.py",
    "tests/chat/teams/incoming/test_guard.py",
    "tests/coaching/rules/test_oracle.py",
    "tests/coaching/rules/test_overdue.py",
    "tests/desk/test_fuzz.py",
    "tests/flows/test_twice.py",
    "tests/journey",
    "tests/store/file/test_restore.py",
    "tests/store/file/test_scrub.py",
    "tests/test_bench.py",
)  # tests elsewhere that have a long version
HEAD = """# Faults

Written by `make faults` (seed {seed}). A practice Slack with a bad line, and a practice Teams with one; the real bot in
processes of its own, killed (KILL), told to end (TERM) and held for longer than its lease (STOP) in the midst of its
work. What is lost and what is doubled is counted by comparing the file with what people see, and with what the bot
acknowledged.
"""


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="What happens by chance, happens again with it.")
@click.option("--share", type=float, default=1.0, show_default=True, help="How much of it, e.g. 0.1 for a tenth.")
def main(seed: int, share: float) -> None:
    """Let the storms pass over the bot, run the tests that have a long version, and write bench/FAULTS.md."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        parts = [HEAD.format(seed=seed), machine(folder).markdown()]
        tables, problems = asyncio.run(_storms(folder, seed, share))
        parts += [table.markdown() for table in tables]
    problems += _tests(seed)
    parts += ["### Found wrong", "\n".join(f"- {each}" for each in problems) or "Nothing."]
    said = "\n\n".join(part.strip() for part in parts) + "\n"
    click.echo(said)
    click.echo(f"{time.monotonic() - begin:.0f} s in all", err=True)
    if share >= 1:
        RESULTS.write_text(said, encoding="utf-8")
    sys.exit(1 if problems else 0)


async def _storms(folder: Path, seed: int, share: float) -> tuple[Sequence[Table], list[str]]:
    people, kills = max(20, round(PEOPLE * share)), max(4, round(KILLS * share))
    burst = Wanted(each=EACH, due_over=120 * share, short=0.04, short_window=90 * share)
    leavers = max(1, round(LEAVERS * share))
    storm = Storm(seed=seed, people=people, wanted=burst, kills=kills, leavers=leavers)
    out = await rage(storm, _in(folder, "out"), _say)
    siege = Siege(
        seed=seed,
        people=max(20, round(SPEAKERS * share)),
        each=12,
        requests=max(200, round(REQUESTS * share)),
        kills=max(3, round(INBOUND_KILLS * share)),
    )
    back = await besiege(siege, _in(folder, "in"), _say)
    designs = [(name, await _design(folder, seed, share, defect)) for name, defect in DESIGNS.items()]
    storm = replace(
        storm,
        people=max(20, round(TEAMS_PEOPLE * share)),
        wanted=replace(burst, each=TEAMS_EACH),
        kills=max(4, round(TEAMS_KILLS * share)),
        leavers=max(1, round(TEAMS_LEAVERS * share)),
        platform=TEAMS,
    )
    siege = replace(
        siege,
        people=max(20, round(TEAMS_SPEAKERS * share)),
        requests=max(100, round(TEAMS_REQUESTS * share)),
        kills=max(3, round(TEAMS_INBOUND_KILLS * share)),
        platform=TEAMS,
    )
    teams_out = await rage(storm, _in(folder, "teams-out"), _say)
    teams_back = await besiege(siege, _in(folder, "teams-in"), _say)
    tables = [_outgoing(out), _incoming(back), _compared(designs), _outgoing(teams_out), _incoming(teams_back)]
    return tables, [problem for each in (out, back, teams_out, teams_back) for problem in each.problems]


async def _design(folder: Path, seed: int, share: float, defect: str | None) -> Report:
    entry = ("-m", "tests.faults.broken", defect) if defect else ("-m", "bot")
    kills = max(2, round(10 * share))
    storm = Storm(
        seed=seed,
        people=50,
        wanted=Wanted(each=8),
        kills=kills,
        how={"KILL": 1},
        workers=1,
        latency=0.3,
        clears_up=True,
        entry=entry,
        patience=120,
    )
    return await rage(storm, _in(folder, f"design-{defect}"), _say)


def _in(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _outgoing(report: Report) -> Table:
    rows = [(name, str(value)) for name, value in report.rows()]
    return Table(title=_title("Outgoing: messages", report.storm.platform), columns=("", ""), rows=rows)


def _incoming(report: InboundReport) -> Table:
    rows = [(name, str(value)) for name, value in report.rows()]
    return Table(title=_title("Incoming: what people do", report.siege.platform), columns=("", ""), rows=rows)


def _title(about: str, platform: Platform) -> str:
    return about if platform is SLACK else f"{platform.name}, {about[0].lower()}{about[1:]}"


def _compared(designs: Sequence[tuple[str, Report]]) -> Table:
    rows = [
        (name, str(sum(it.killed.values())), str(len(it.outcome.lost)), str(len(it.outcome.doubled)))
        for name, it in designs
    ]
    messages = sum(designs[-1][1].outcome.states.values())
    title = f"The same storm over other designs: {messages} messages, kill -9 only"
    return Table(title=title, columns=("design", "kills", "lost", "doubled"), rows=rows)


def _tests(seed: int) -> list[str]:
    pytest = [sys.executable, "-m", "pytest", "-q", "--numprocesses=2", "--dist=worksteal"]
    patient = ["--override-ini=faulthandler_timeout=3600"]  # seconds for one test: the long ones take minutes
    command = [*pytest, *patient, "tests/faults", *LONGER]
    environment = {**os.environ, "PITSTOP_FAULTS": "long", "PITSTOP_SEED": str(seed)}
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    return [] if ran.returncode == 0 else [f"pytest ended with {ran.returncode}"]


def _say(what: str) -> None:
    click.echo(f"\r{what}".ljust(100), nl=False, err=True)


if __name__ == "__main__":
    main()
