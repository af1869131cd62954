"""The few questions asked before and after: are customers happier, do departments work together?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_ANSWERS = 5  # fewer answers than this are never shown as numbers


class Wave(StrEnum):
    """When it was asked."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Question:
    """One statement with its scale."""

    slug: str
    about: str  # "customers" or "cooperation"
    lowest: int
    highest: int


QUESTIONS = (
    Question("promise", "customers", 1, 5),
    Question("posted", "customers", 1, 5),
    Question("understands", "customers", 1, 5),
    Question("overall", "customers", 0, 10),
    Question("result", "cooperation", 1, 5),
    Question("unasked", "cooperation", 1, 5),
    Question("matters", "cooperation", 1, 5),
    Question("talking", "cooperation", 1, 5),
)


@dataclass(frozen=True, kw_only=True)
class PulseAnswer:
    """One person's answer to one question in one wave; neither its moment nor an order among answers is kept."""

    id: str
    workspace: str
    cohort: str
    enrollment: str
    member: str
    wave: Wave
    question: str
    value: int
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many people of a cohort gave one answer."""

    wave: Wave
    question: str  # slug
    value: int
    people: int


def large_enough(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """Return how answers spread, of the questions that enough people answered for nobody to be known by theirs."""
    people: Counter[tuple[Wave, str]] = Counter()
    for each in tallies:
        people[each.wave, each.question] += each.people
    return tuple(each for each in tallies if people[each.wave, each.question] >= FEWEST_ANSWERS)
