"""What people did and the bot acknowledged, held against what its file says in the end."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from bot.chat.teams.incoming.parse import ECHOES_UNTIMED
from tests.faults.town import Town

ASTRAY = "first heard of under another id, and so "  # begins what follows from that


@dataclass(kw_only=True)
class Version:
    """Words that a message had, and whether the bot acknowledged hearing them."""

    text: str
    acked: bool = False


@dataclass(kw_only=True)
class Spoken:
    """One message with its history, first words first."""

    source: str
    versions: list[Version]
    is_timed: bool = True  # whether it comes with the moment it was typed, by which it is known under another id too
    is_deleted: bool = False
    deletion_acked: bool = False

    def is_astray(self, rows: Sequence[sqlite3.Row]) -> bool:
        """Whether it was kept under another id than its own, and nothing tells which words news of it means.

        Nor does anything tell that what comes again later than Pitstop looks out for it was not typed once more.
        """
        if self.is_timed or all(row["source"] == self.source for row in rows):
            return False
        came = sorted(datetime.fromisoformat(row["received_at"]) for row in rows)
        is_late = any(later - sooner >= timedelta(seconds=ECHOES_UNTIMED) for sooner, later in pairwise(came))
        return self.is_deleted or len(self.versions) > 1 or is_late

    def judge(self, rows: Sequence[sqlite3.Row]) -> str | None:
        """Return what is wrong with what is stored, if anything."""
        if len(rows) > 1:
            return "doubled"
        text = rows[0]["text"] if rows else None
        if self.deletion_acked:
            return "not deleted" if text is not None else None
        last = max((place for place, each in enumerate(self.versions) if each.acked), default=None)
        if not rows:
            heard = self.versions[0].acked and not self.is_deleted
            return "lost" if heard else None
        if text is None:
            return None if self.is_deleted else "words lost"
        allowed = [each.text for each in self.versions[last or 0 :]]
        return None if text in allowed else "not the last edit"


@dataclass(kw_only=True)
class Deed:
    """A form or a press, and the row in which its effect is seen."""

    kind: str
    question: str  # SQL that returns one row for each time it took effect
    values: tuple[object, ...]
    acked: bool = False


@dataclass(kw_only=True)
class Mood:
    """What a person's commands lead to: the states that are right, from the last acknowledged one on."""

    run: str
    wishes: list[tuple[str | None, bool]] = field(default_factory=list)  # paused until, or going on; acknowledged

    def judge(self, paused_until: str | None) -> bool:
        """Whether the person stands where the commands led."""
        last = max((place for place, (_, acked) in enumerate(self.wishes) if acked), default=None)
        allowed = [until for until, _ in self.wishes[last or 0 :]] + ([None] if last is None else [])
        return not self.wishes or paused_until in allowed


@dataclass(kw_only=True)
class Ledger:
    """Everything that was done."""

    spoken: list[Spoken] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    moods: dict[str, Mood] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # where words stand, by what else they were brought as

    def acknowledged(self) -> int:
        """Return how many things the bot said it has."""
        words = sum(each.acked for spoken in self.spoken for each in spoken.versions)
        deletions = sum(spoken.deletion_acked for spoken in self.spoken)
        commands = sum(acked for mood in self.moods.values() for _, acked in mood.wishes)
        return words + deletions + commands + sum(deed.acked for deed in self.deeds)

    def problems(self, town: Town) -> Iterator[tuple[str, str]]:
        """Yield what is wrong, as kind and name."""
        stored: dict[str, list[sqlite3.Row]] = {}
        kept = town.in_plain()
        for row in kept.execute("SELECT source, text, received_at FROM reply WHERE source IS NOT NULL"):
            stored.setdefault(self.names.get(row["source"], row["source"]), []).append(row)
        for spoken in self.spoken:
            rows = stored.get(spoken.source, [])
            if wrong := spoken.judge(rows):
                yield (ASTRAY + wrong if spoken.is_astray(rows) else wrong), spoken.source
        for deed in self.deeds:
            count = len(kept.execute(deed.question, deed.values).fetchall())
            if count > 1:
                yield "doubled", f"{deed.kind} {deed.values}"
            if deed.acked and not count:
                yield "lost", f"{deed.kind} {deed.values}"
        until = {row["id"]: row["paused_until"] for row in town.ask("SELECT id, paused_until FROM enrollment")}
        for mood in self.moods.values():
            if not mood.judge(until[mood.run]):
                yield "lost", f"command of {mood.run}"


def counted(problems: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    """Return how many problems of each kind there are."""
    return Counter(kind for kind, _ in problems)
