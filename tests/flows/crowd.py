"""A cohort of any size, told in records: people, what they wrote, and the posts in which it stands."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import QUESTIONS, Wave
from bot.coaching.records.reflection import A_POST, MOST_POSTS
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.ports import Ports
from bot.store.port import Record
from bot.store.sqlite import open_store
from tests.conftest import shipped_words
from tests.ready import ready
from tests.store.scene import (
    a_coach,
    a_cohort,
    a_commitment,
    a_gate,
    a_grant,
    a_member,
    a_nudge,
    a_pulse,
    a_reflection,
    a_reply,
    a_workspace,
    an_enrollment,
    at,
)

ITEM = "people-before-systems"
NOW = at(60 * 24 * 28)
SOON = date(2026, 2, 10)


class FixedClock:
    """Always tells the same moment."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """So many people, each with as many texts; carl coaches them."""

    people: int
    texts: int

    def records(self) -> list[Record]:
        """Return everybody, what they wrote, and the posts of as many weeks as each wrote texts."""
        names = [f"p{number}" for number in range(self.people)]
        texts = [(name, place) for place in range(self.texts) for name in names]
        words = [self._reply(name, place, minute) for minute, (name, place) in enumerate(texts)]
        return [
            a_workspace(),
            *(a_member(name) for name in ("carl", *names)),
            a_cohort(journey="twelve-weeks"),
            a_coach(),
            *(a_coach(name, state=CoachState.INVITED) for name in names),
            *(an_enrollment(name) for name in names),
            a_gate(recorded_at=at(-2)),
            *(a_grant(name, from_at=at(-2)) for name in names),
            *(a_sent(f"n-{name}", name) for name in names),
            *(a_reply(f"word-{name}", name, author="carl", kind=ReplyKind.COACH, received_at=at(-1)) for name in names),
            *words,
            *(self._plan(name, place, minute) for minute, (name, place) in enumerate(texts)),
            *(self._pulse(name, wave, slug) for name in names for wave in Wave for slug in _SLUGS),
            *itertools.chain.from_iterable(self._posts(week, words) for week in range(self.texts)),
            *(self._reminder(place) for place in range(self.texts)),
            a_reflection(
                "looked", "p0", nudge="look-back", shared=tuple(f"r-p0-{place}" for place in range(self.texts))
            ),
            a_nudge("to-come", None, kind=Kind.TEAM_REFLECTION, occurrence="to-come", week=9, due_at=NOW),
        ]

    def _reply(self, name: str, place: int, minute: int) -> Reply:
        """Return one text: some answer the coach, some stand in the channel, some are private."""
        answers = f"word-{name}" if place % 3 == 2 else None
        scope = Scope.PRIVATE if place % 5 == 4 else Scope.COACH
        more = self._about(place) | {"received_at": at(minute), "shared_at": None if answers else at(minute)}
        return a_reply(f"r-{name}-{place}", name, scope=scope, answers=answers, **more)

    def _plan(self, name: str, place: int, minute: int) -> Record:
        more = self._about(place) | {"made_at": at(minute), "due_on": SOON}
        return a_commitment(f"plan-{name}-{place}", name, **more)

    def _about(self, place: int) -> dict[str, Any]:
        return {"item": ITEM, "week": place + 1, **({"shared_at": at(place)} if place % 2 else {})}

    def _look_back(self) -> Record:
        shared = tuple(f"r-p0-{place}" for place in range(self.texts))
        return a_reflection("looked", "p0", nudge="look-back", shared=shared)

    def _reminder(self, place: int) -> Record:
        """Return a reminder to come that has nothing to ask any more: the experiment is planned."""
        due = NOW + timedelta(days=place + 1)
        how: dict[str, Any] = {"kind": Kind.FOLLOW_UP, "item": ITEM, "due_at": due, "expires_at": due}
        return a_nudge(f"reminder-{place}", "p0", **how)

    def _pulse(self, name: str, wave: Wave, slug: str) -> Record:
        return a_pulse(slug, name, id=f"{name}-{wave}-{slug}", wave=wave)

    def _posts(self, week: int, words: list[Reply]) -> list[Record]:
        """Return Monday's post of a week, what it was made from, and the thread below it."""
        said = [each for each in words if each.week == week + 1]
        pairs = ((each.id, f"plan-{each.member}-{week}") for each in said)
        held = list(itertools.chain.from_iterable(pairs))
        due, name = at(60 * 24 + week), f"post-{week}"
        how: dict[str, Any] = {"week": week, "due_at": due}
        threads = range(min(MOST_POSTS, -(-len(held) // A_POST)))
        return [
            a_sent(name, None, kind=Kind.TEAM_REFLECTION, **how),
            a_reflection(f"made-{week}", None, nudge=name, week=week, shared=tuple(held), made_at=due, tried=9),
            *(
                a_sent(f"{name}-{place}", None, kind=Kind.TEAM_SHARE, subject=name, **_below(name, place, due, week))
                for place in threads
            ),
        ]


_SLUGS = [question.slug for question in QUESTIONS]


def _below(name: str, place: int, due: datetime, week: int) -> dict[str, Any]:
    occurrence = f"{name}-share-{place}"
    return {"occurrence": occurrence, "due_at": due + timedelta(microseconds=place + 1), "week": week}


def a_sent(name: str, member: str | None, **changes: Any) -> Nudge:
    """Return a message that was sent."""
    values = {"prompt": f"{ITEM}/nudge", "item": ITEM if member else None}
    stands = {"state": NudgeState.SENT, "sent_at": at(0)}
    return a_nudge(name, member, **(values | stands | changes))


@asynccontextmanager
async def gathered(folder: Path, crowd: Crowd) -> AsyncIterator[Ports]:
    """Run a store in a folder with a crowd in it, and close it afterwards; nothing here can talk to a chat."""
    store, numbers = open_store(ready(folder / f"{crowd.people}-{crowd.texts}.db")), itertools.count()
    chat: Any = None
    try:
        await store.save(*crowd.records())
        yield Ports(
            store=store,
            chat=chat,
            words=shipped_words(),
            clock=FixedClock(),
            holidays=lambda _country, _years: frozenset(),
            countries=(),
            new_id=lambda: f"new-{next(numbers)}",
            chance=lambda: 1.0,
            operator="",
        )
    finally:
        await store.close()
