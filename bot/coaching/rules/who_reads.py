"""Who reads what one person shares in a cohort: its coaches, what that person lets each of them read, and the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.rules.reading import Text, Viewer, covers, may_read

NAMED = frozenset({CoachState.INVITED, CoachState.ACTIVE})  # whom a card names; who has not said yes reads nothing


class Unread(StrEnum):
    """Why no coach reads a text that is shared with them; the first that applies."""

    COACH = "coach"  # there is none
    GATE = "gate"  # nobody recorded yet that coaches may read
    ASKED = "asked"  # who may read has not said yes yet
    GRANT = "grant"  # its author let none of them read it


@dataclass(frozen=True, kw_only=True)
class WhoReads:
    """The coaches of a cohort and what one person there lets them read, as it stands at one moment."""

    coaches: Sequence[tuple[Coach, Member]] = ()  # whatever the answer, in the order of naming
    grants: Sequence[ReadGrant] = ()  # of that person in that cohort, not ended, oldest first
    gate: Gate | None = None  # the open one

    @property
    def named(self) -> list[tuple[Coach, Member]]:
        """The coaches that a card names."""
        return [(role, person) for role, person in self.coaches if role.state in NAMED]

    def role(self, role: str) -> tuple[Coach, Member] | None:
        """Return a coach by the id of their role, whatever the answer."""
        return next((each for each in self.coaches if each[0].id == role), None)

    def whole(self, coach: str) -> ReadGrant | None:
        """Return what lets a coach, by member id, read all that is shared from now on."""
        return next((each for each in self.grants if each.coach == coach and each.is_whole), None)

    def granted_to(self, coach: str) -> list[ReadGrant]:
        """Return all that lets a coach, by member id, read something: whole, for one text, or until a moment."""
        return [each for each in self.grants if each.coach == coach]

    def lets(self, coach: str, text: Text) -> bool:
        """Whether a coach, by member id, was let read a text; whether reading is open at all is another question."""
        return any(covers(each, self.gate, text) for each in self.granted_to(coach))

    def readers(self, text: Text, at: datetime) -> list[tuple[Coach, Member]]:
        """Return which coaches may read a text, in the order of naming."""
        return [each for each in self._others(text) if may_read(self._viewer(each[0], at), text)]

    def unread(self, text: Text) -> tuple[Unread, list[tuple[Coach, Member]]]:
        """Return why no coach reads a text that is shared with them, and of which coaches that is so."""
        named = [each for each in self._others(text) if each[0].state in NAMED]
        if not named:
            return Unread.COACH, named
        if self.gate is None:
            return Unread.GATE, named
        asked = [each for each in named if each[0].state is CoachState.INVITED and self.granted_to(each[1].id)]
        return (Unread.ASKED, asked) if asked else (Unread.GRANT, named)

    def _others(self, text: Text) -> list[tuple[Coach, Member]]:
        """Return the coaches who are not the person whose text it is."""
        return [each for each in self.coaches if each[1].id != text.member]

    def _viewer(self, role: Coach, at: datetime) -> Viewer:
        coaches = frozenset({role.cohort} if role.state is CoachState.ACTIVE else ())
        return Viewer(at=at, person=role.member, coaches=coaches, grants=self.granted_to(role.member), gate=self.gate)
