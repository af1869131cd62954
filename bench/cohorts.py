"""A file of many cohorts, each with a coach, and all that their people shared in twelve weeks; filled by SQL."""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.cohort_records import (
    a_coach,
    a_cohort,
    a_gate,
    a_grant,
    a_nudge,
    a_person,
    a_plan,
    a_reply,
    a_run,
    a_session,
)
from bench.people import JOURNEY, WORKSPACE, Values, begin, end, insert
from bench.slack import TEAM
from bot.coaching.journey import Journey
from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import ReplyKind
from bot.coaching.records.workspace import Workspace
from bot.flows.desk.tokens import hashed
from bot.store.sqlite import audit_chain
from bot.store.sqlite.rows import moment
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

WEEKS = 12
PEOPLE = 25  # in a cohort
SEED = 7
SAYINGS = (
    "they asked before they wrote a ticket",
    "I listened first while the queue was long",
    "we agreed on one change for Monday",
    "nobody at the service desk had ever been told why",
    "the printer of the ward stood still",
)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How much of it: replies are dealt out evenly."""

    cohorts: int
    replies: int
    now: datetime

    @property
    def of_each(self) -> int:
        """Replies of one person."""
        return self.replies // (self.cohorts * PEOPLE)

    @property
    def begun(self) -> datetime:
        """When the journeys began."""
        return self.now - timedelta(weeks=WEEKS)


def token(person: str) -> str:
    """Return the token of a person's session."""
    return f"{WORKSPACE}.{hashed(person, of='bench')}"


def coach(cohort: int) -> str:
    """Return the id of a cohort's coach."""
    return f"k{cohort:04}"


def name_of(cohort: int) -> str:
    """Return the id of a cohort."""
    return f"c{cohort:04}"


def member(cohort: int, number: int) -> str:
    """Return the id of one of a cohort's people."""
    return f"m{cohort:04}{number:02}"


def fill(file: Path, size: Filled) -> None:
    """Make the file. Every second coach has read their log a week ago and looked at every text; the others never."""
    connection = begin(file)
    connection.row_factory = sqlite3.Row
    begun = size.begun
    insert(connection, Workspace(id=WORKSPACE, platform="slack", external_id=TEAM, name="Bench", bot="UBOT"), [{}])
    insert(connection, a_gate(begun), [{}])
    insert(connection, a_person(), _people(size))
    insert(connection, a_cohort(begun), ({"id": name_of(n), "channel": f"C{n}"} for n in range(size.cohorts)))
    insert(connection, a_coach(begun), (_in(n, f"k{n:04}", coach(n)) for n in range(size.cohorts)))
    insert(connection, a_run(begun), (_in(c, f"e{c:04}{n:02}", member(c, n)) for c, n in _everybody(size)))
    grants = (_in(c, f"g{c:04}{n:02}", member(c, n)) | {"coach": coach(c)} for c, n in _everybody(size))
    insert(connection, a_grant(begun), grants)
    insert(connection, a_session(size.now), _sessions(size))
    steps = _steps()
    insert(connection, a_nudge(begun), (_about(c, n, week, steps[week]) for c, n, week in _every_week(size)))
    insert(connection, a_plan(begun), (_promise(size, c, n, week, steps[week]) for c, n, week in _every_week(size)))
    insert(connection, a_reply(begun), _replies(size, steps))
    for number in range(0, size.cohorts, 2):
        _looked(connection, size, number)
    end(connection)


def _everybody(size: Filled) -> Iterator[tuple[int, int]]:
    return ((cohort, number) for cohort in range(size.cohorts) for number in range(PEOPLE))


def _every_week(size: Filled) -> Iterator[tuple[int, int, int]]:
    return ((cohort, number, week) for cohort, number in _everybody(size) for week in range(WEEKS))


def _people(size: Filled) -> Iterator[Values]:
    for cohort in range(size.cohorts):
        yield {"id": coach(cohort), "external_id": f"UK{cohort}", "name": f"Coach {cohort}"}
        for number in range(PEOPLE):
            yield {
                "id": member(cohort, number),
                "external_id": f"U{cohort:04}{number:02}",
                "name": f"Person {cohort}.{number}",
            }


def _in(cohort: int, record: str, person: str) -> Values:
    return {"id": record, "cohort": name_of(cohort), "member": person}


def _sessions(size: Filled) -> Iterator[Values]:
    people = [each for n in range(size.cohorts) for each in (coach(n), member(n, 0))]
    return ({"id": hashed(token(each)), "member": each} for each in people)


def _about(cohort: int, number: int, week: int, item: str) -> Values:
    run = f"{cohort:04}{number:02}"
    return _in(cohort, f"n{run}{week:02}", member(cohort, number)) | {
        "enrollment": f"e{run}",
        "item": item,
        "week": week + 1,
        "occurrence": f"week-{week + 1}",
    }


def _promise(size: Filled, cohort: int, number: int, week: int, item: str) -> Values:
    run, at = f"{cohort:04}{number:02}", size.begun + timedelta(weeks=week, hours=number)
    return _in(cohort, f"p{run}{week:02}", member(cohort, number)) | {
        "enrollment": f"e{run}",
        "nudge": f"n{run}{week:02}",
        "item": item,
        "week": week + 1,
        "made_at": moment(at),
        "due_on": (at + timedelta(days=8)).date().isoformat(),
    }


def _replies(size: Filled, steps: list[str]) -> Iterator[Values]:
    chance = random.Random(SEED)  # noqa: S311 - the same words in every run
    texts = [", ".join(chance.choices(SAYINGS, k=chance.randint(1, 8))) for _ in range(2_000)]
    span = timedelta(weeks=WEEKS) / size.of_each
    for cohort, number in _everybody(size):
        run = f"{cohort:04}{number:02}"
        for each in range(size.of_each):
            week = each * WEEKS // size.of_each
            question = each % 5
            yield _in(cohort, f"r{run}{each:04}", member(cohort, number)) | {
                "author": member(cohort, number),
                "enrollment": f"e{run}",
                "nudge": f"n{run}{week:02}",
                "item": steps[week],
                "week": week + 1,
                "kind": ReplyKind.DEBRIEF if question else ReplyKind.TYPED,
                "question": question or None,
                "text": chance.choice(texts),
                "received_at": moment(size.begun + each * span + timedelta(minutes=number)),
            }


def _looked(connection: sqlite3.Connection, size: Filled, cohort: int) -> None:
    """Note what a coach read in eleven weeks: a look a week and person."""
    of_a_week = size.of_each // WEEKS
    for week in range(WEEKS - 1):
        looks = []
        for number in range(PEOPLE):
            first = f"r{cohort:04}{number:02}"
            seen = tuple(SeenText(id=f"{first}{week * of_a_week + n:04}", edition=0) for n in range(of_a_week))
            looks.append(
                AuditEntry(
                    id=f"l{cohort:04}{week:02}-{number}",
                    workspace=WORKSPACE,
                    cohort=name_of(cohort),
                    actor=coach(cohort),
                    subject=member(cohort, number),
                    action=Action.READ,
                    count=len(seen),
                    at=size.begun + timedelta(weeks=week + 1),
                    seen=seen,
                )
            )
        audit_chain.append(connection, looks)


def _steps() -> list[str]:
    """Return what each week is about."""
    journey: Journey = FileWords(prompts_folder()).journeys()[JOURNEY]
    items = [step.item for step in journey.steps if step.kind is Kind.NUDGE and step.item]
    return [items[week % len(items)] for week in range(WEEKS)]
