"""What is wrong, if anything: seen by whoever stands at the platform's door, and read from the file in the end."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from bot.coaching.records.nudge import FINAL, NudgeState
from bot.coaching.rules.delivery import MOST_ATTEMPTS
from tests.faults.seed import present
from tests.faults.town import Standing, Town

UNDER_WAY = timedelta(seconds=1)  # that a call may need from the last look at the file to the platform's door
FINAL_OUTCOMES = frozenset({*map(str, FINAL), str(NudgeState.READY), str(NudgeState.PLANNED)})

STANDING = "SELECT nudge.*, screen.conversation, screen.message FROM nudge LEFT JOIN screen ON screen.id = nudge.id"


@dataclass(kw_only=True)
class Doorkeeper:
    """Looks at the bot's file whenever a nudge is posted: was it claimed, wanted, and in its time (I3, I6, I7)."""

    town: Town
    wrong: list[str] = field(default_factory=list)
    fences: Counter[tuple[str, int]] = field(default_factory=Counter)
    left: dict[str, datetime] = field(default_factory=dict)  # run, since when it is committed that the person left
    _file: sqlite3.Connection | None = None

    def look(self, method: str, arguments: Mapping[str, Any]) -> None:
        """Note what is wrong with a call."""
        if nudge := self.town.posted(method, arguments):
            self._judge(nudge, present())

    def _judge(self, nudge: str, now: datetime) -> None:
        row = self._row(nudge)
        if row["state"] != NudgeState.SENDING:
            self.wrong.append(f"{nudge} posted while {row['state']}, fence {row['fence']}")
        self.fences[nudge, row["fence"]] += 1
        if self.fences[nudge, row["fence"]] > 1:
            self.wrong.append(f"{nudge} posted twice under fence {row['fence']}")
        if now < datetime.fromisoformat(row["due_at"]):
            self.wrong.append(f"{nudge} posted before it was due")
        if now > datetime.fromisoformat(row["expires_at"]) + UNDER_WAY:
            self.wrong.append(f"{nudge} posted after its window")
        since = self.left.get(row["enrollment"])
        if since is not None and now > since + UNDER_WAY:
            self.wrong.append(f"{nudge} posted {(now - since).total_seconds():.1f} s after its person left")

    def _row(self, nudge: str) -> sqlite3.Row:
        if self._file is None:
            self._file = sqlite3.connect(f"file:{self.town.file}?mode=ro", uri=True, isolation_level=None, timeout=30)
            self._file.row_factory = sqlite3.Row
        found: sqlite3.Row = self._file.execute("SELECT * FROM nudge WHERE id = ?", (nudge,)).fetchone()
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How the messages ended."""

    states: Mapping[str, int]
    lost: Sequence[str]  # wanted and not there, or said to be sent and not there
    doubled: Sequence[str]  # there more often than may be
    misjudged: Sequence[str]  # given up, and there all the same
    wrong: Sequence[str]  # every other invariant that does not hold, in words
    found: int  # doubts that the history answered: it is there
    resent: int  # doubts that the history answered: it is not there
    most_attempts: int
    looks_back: bool = True  # whether a doubt could be looked up; if not:
    twice: Sequence[str] = ()  # there more than once
    unexplained: Sequence[str] = ()  # there more often than doubts on the record explain
    let_go: Sequence[str] = ()  # given up in doubt, and not there
    doubted: int = 0  # messages that were in doubt


def outcome(town: Town, doorkeeper: Doorkeeper) -> Outcome:
    """Compare what people see with what the file says."""
    rows = {row["id"]: row for row in town.ask(STANDING)}
    visible = town.visible()
    given_up = {NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED}
    deliveries = town.ask("SELECT nudge, fence, outcome FROM delivery ORDER BY nudge, seq")
    by_fence = {
        key: [row["outcome"] for row in group]
        for key, group in groupby(deliveries, key=lambda row: (row["nudge"], row["fence"]))
    }
    doubts = Counter(row["nudge"] for row in deliveries if row["outcome"] == NudgeState.UNCERTAIN)
    misjudged = [name for name in visible if rows[name]["state"] in given_up]
    return Outcome(
        states=Counter(row["state"] for row in rows.values()),
        lost=[name for name, row in rows.items() if row["state"] not in given_up and name not in visible],
        doubled=[name for name, posts in visible.items() if len(posts) > town.copies],
        misjudged=misjudged,
        wrong=[
            *doorkeeper.wrong,
            *_unsettled(rows),
            *_misplaced(town, rows),
            *_stale(by_fence),
            *_keys(rows),
            *(f"{name} was given up without a doubt, and is there" for name in misjudged if not doubts[name]),
        ],
        found=_settled(by_fence, NudgeState.SENT),
        resent=_settled(by_fence, NudgeState.READY),
        most_attempts=max((row["attempt"] for row in rows.values()), default=0),
        looks_back=town.looks_back,
        twice=[name for name, posts in visible.items() if len(posts) > 1],
        unexplained=[name for name, posts in visible.items() if len(posts) > 1 + doubts[name]],
        let_go=[
            name for name, row in rows.items() if row["state"] in given_up and doubts[name] and name not in visible
        ],
        doubted=len(doubts),
    )


def _unsettled(rows: Mapping[str, sqlite3.Row]) -> list[str]:
    """I2 and I10: each one ends, after at most so many attempts."""
    open_ended = [f"{name} is still {row['state']}" for name, row in rows.items() if row["state"] not in FINAL]
    tireless = [f"{name} took {row['attempt']}" for name, row in rows.items() if row["attempt"] > MOST_ATTEMPTS]
    return open_ended + tireless


def _misplaced(town: Town, rows: Mapping[str, sqlite3.Row]) -> list[str]:
    """I4: what is sent is there, under the id and in the conversation that the file says."""
    visible = town.visible()
    return [
        f"{name} is not where the file says"
        for name, row in rows.items()
        if row["state"] == NudgeState.SENT
        and name in visible
        and Standing(conversation=row["conversation"], message=row["message"]) not in visible[name]
    ]


def _stale(by_fence: Mapping[tuple[str, int], Sequence[str]]) -> list[str]:
    """I8: a claim is settled once; only a doubt may come between."""
    return [
        f"{nudge} fence {fence} settled as {outcomes}"
        for (nudge, fence), outcomes in by_fence.items()
        if sum(each in FINAL_OUTCOMES for each in outcomes) > 1 or outcomes[-1] not in FINAL_OUTCOMES
    ]


def _keys(rows: Mapping[str, sqlite3.Row]) -> list[str]:
    """I1: one row for each person, prompt and occurrence."""
    keys = Counter((row["member"], row["prompt"], row["occurrence"]) for row in rows.values())
    return [f"{key} stands there {count} times" for key, count in keys.items() if count > 1]


def _settled(by_fence: Mapping[tuple[str, int], Sequence[str]], state: NudgeState) -> int:
    return sum(NudgeState.UNCERTAIN in outcomes and outcomes[-1] == state for outcomes in by_fence.values())
