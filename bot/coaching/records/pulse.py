"""The few questions asked before and after: are customers happier, do departments work together?"""

from dataclasses import dataclass
from datetime import datetime
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
    """One person's answer to one question in one wave."""

    id: str
    workspace: str
    cohort: str
    enrollment: str
    member: str
    wave: Wave
    question: str
    value: int
    answered_at: datetime
    version: int = 0
