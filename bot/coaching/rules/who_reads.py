"""Who reads what one person shares in a cohort: its coaches, what that person lets each of them read, and the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.rules.reading import Text, Viewer, may_read

NAMED = frozenset({CoachState.INVITED, CoachState.ACTIVE})  # whom a card names; who has not said yes reads nothing


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

    def readers(self, text: Text, at: datetime) -> list[tuple[Coach, Member]]:
        """Return which coaches may read a text, in the order of naming."""
        return [each for each in self.coaches if may_read(self._viewer(each[0], at), text)]

    def _viewer(self, role: Coach, at: datetime) -> Viewer:
        coaches = frozenset({role.cohort} if role.state is CoachState.ACTIVE else ())
        return Viewer(at=at, person=role.member, coaches=coaches, grants=self.granted_to(role.member), gate=self.gate)
