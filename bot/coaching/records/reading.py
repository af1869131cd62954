"""Who may read what members write: each member's grant, the workspace's gate, and the council's seat."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class EndedBy(StrEnum):
    """Why a grant ended."""

    MEMBER = "member"  # its member took it back
    LEFT = "left"  # its member left the journey, or began another one
    COACH = "coach"  # the coach stepped down, or handed over
    ADMIN = "admin"  # an admin took the coach's role away
    COUNCIL = "council"  # the council forbade what the coach is


@dataclass(frozen=True, kw_only=True)
class ReadGrant:
    """A member's press that lets one coach read what they share with their coach; without one that coach reads none."""

    id: str
    workspace: str
    member: str
    coach: str  # member id of the reader
    cohort: str
    text: str = ""  # id of the one reply or commitment it is for; empty: all of that cohort
    from_at: datetime  # texts written from then on
    includes_earlier: bool = False  # and those before
    until_at: datetime | None = None  # what readers may do has changed since: texts from then on wait for a new press
    wording: str  # version of the text that was on the screen
    given_at: datetime
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    version: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is for all that its member shares, also from now on."""
        return not self.text and self.ended_at is None and self.until_at is None

    def ended(self, at: datetime, by: EndedBy) -> "ReadGrant":
        """Return the grant as ended: its reader reads no more by it."""
        return replace(self, ended_at=at, ended_by=by)


LONGEST_GROUND = 300  # characters of who agreed, or of why nobody has to


class GateKind(StrEnum):
    """On which ground coaches may read in a workspace."""

    AGREED = "agreed"  # a works council, or the people themselves
    NOT_NEEDED = "not_needed"  # and why is said
    PRACTICE = "practice"  # nobody works there


@dataclass(frozen=True, kw_only=True)
class Gate:
    """An admin's record that coaches may read in a workspace; without an open one none does."""

    id: str
    workspace: str
    kind: GateKind
    who_agreed: str  # or why nobody has to
    agreed_on: date
    recorded_by: str  # member id; empty in practice, and once they were erased
    recorded_at: datetime
    is_by_coach: bool = False  # who recorded it coached here, or was asked to
    wording: str  # version of the texts that were agreed to
    closed_at: datetime | None = None
    closed_by: str = ""  # member id
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Seat:
    """The works council's seat: settings, wording, retention and counts of reads, never a word."""

    id: str
    workspace: str
    member: str
    named_by: str  # member id; empty once they were erased
    named_at: datetime
    ended_at: datetime | None = None
    version: int = 0
