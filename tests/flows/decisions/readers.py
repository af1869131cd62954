"""Who reads, told in records: the coaches of anna's team, what she lets them read, and the gate."""

from typing import Any

from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import ReadGrant
from bot.coaching.rules.who_reads import WhoReads
from tests.store.scene import a_coach, a_gate, a_grant, a_member

CARL, DORA = a_member("carl"), a_member("dora")
EARLIER = a_grant("anna", includes_earlier=True)


def coached(member: Member = CARL, state: CoachState = CoachState.ACTIVE, **changes: Any) -> tuple[Coach, Member]:
    """Return somebody with their role in anna's team."""
    return a_coach(member.id, state=state, **changes), member


def who_reads(*grants: ReadGrant, coaches: Any = None, **changes: Any) -> WhoReads:
    """Return whom anna lets read: carl coaches, and the gate is open, if nothing else is said."""
    around: dict[str, Any] = {"gate": a_gate(), "coaches": [coached()] if coaches is None else coaches}
    return WhoReads(**{**around, "grants": list(grants), **changes})
