"""One workspace with one cohort, told in records with as few words as a test needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.enrollment import Enrollment, OptIn
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import PulseAnswer, Wave
from bot.coaching.records.reading import Gate, GateKind, ReadGrant
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState
from bot.coaching.records.workspace import Workspace
from bot.store.port import Record, Store
from bot.store.port.watch import Gap

T0 = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)  # a Tuesday
MONDAY = date(2026, 1, 5)


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after the scene begins."""
    return T0 + timedelta(minutes=minutes)


def a_workspace(name: str = "w", **changes: Any) -> Workspace:
    """Return a workspace."""
    return replace(Workspace(id=name, platform="slack", external_id=f"T-{name}", name=name, bot="B1"), **changes)


def a_member(name: str, **changes: Any) -> Member:
    """Return a member of workspace w."""
    return replace(Member(id=name, workspace="w", external_id=f"U-{name}", name=name.title()), **changes)


def a_cohort(name: str = "c", **changes: Any) -> Cohort:
    """Return an active cohort of workspace w."""
    cohort = Cohort(
        id=name,
        workspace="w",
        channel=f"C-{name}",
        channel_name="desk",
        journey="service",
        language=Language.EN,
        pace=1,
        hours=Hours(),
        zone="Europe/Amsterdam",
        country="NL",
        starts_on=MONDAY,
        started_by="carl",
        started_at=T0,
    )
    return replace(cohort, **changes)


def a_screen(name: str, member: str = "anna", **changes: Any) -> Screen:
    """Return the screen of a nudge that stands before somebody."""
    screen = Screen(
        id=name,
        workspace="w",
        kind=ScreenKind.NUDGE,
        about=name,
        person=f"U-{member}",
        subjects=(name,),
        state=ScreenState.CURRENT,
    )
    return replace(screen, **changes)


def a_coach(member: str = "carl", **changes: Any) -> Coach:
    """Return an active coach of cohort c."""
    coach = Coach(
        id=f"coach-{member}",
        workspace="w",
        cohort="c",
        member=member,
        state=CoachState.ACTIVE,
        named_by="carl",
        named_at=T0,
    )
    return replace(coach, **changes)


def an_enrollment(member: str, **changes: Any) -> Enrollment:
    """Return a member's active run in cohort c."""
    enrollment = Enrollment(
        id=f"run-{member}",
        workspace="w",
        cohort="c",
        member=member,
        scope=Scope.COACH,
        starts_on=MONDAY,
        joined_at=T0,
    )
    return replace(enrollment, **changes)


def a_gate(**changes: Any) -> Gate:
    """Return the gate as it was recorded before the scene begins."""
    gate = Gate(
        id="gate",
        workspace="w",
        kind=GateKind.AGREED,
        who_agreed="the works council",
        agreed_on=MONDAY,
        recorded_by="carl",
        recorded_at=at(-1),
        wording="1",
    )
    return replace(gate, **changes)


def a_grant(member: str, coach: str = "carl", **changes: Any) -> ReadGrant:
    """Return what lets a coach read all that a member shares in cohort c."""
    grant = ReadGrant(
        id=f"grant-{member}-{coach}",
        workspace="w",
        member=member,
        coach=coach,
        cohort="c",
        from_at=at(-1),
        wording="1",
        given_at=at(-1),
    )
    return replace(grant, **changes)


def an_opt_in(member: str, **changes: Any) -> OptIn:
    """Return a member's consent."""
    opt_in = OptIn(
        id=f"yes-{member}",
        workspace="w",
        member=member,
        cohort="c",
        enrollment=f"run-{member}",
        scope=Scope.COACH,
        language=Language.NL,
        wording="1",
        at=T0,
    )
    return replace(opt_in, **changes)


def a_nudge(name: str, member: str | None = "anna", **changes: Any) -> Nudge:
    """Return a nudge for a member, or a post when there is none, due when the scene begins."""
    nudge = Nudge(
        id=name,
        workspace="w",
        cohort="c",
        enrollment=None if member is None else f"run-{member}",
        member=member,
        kind=Kind.NUDGE,
        prompt="ask/nudge",
        occurrence=name,
        item="ask",
        week=1,
        local_date=date(2026, 1, 6),
        local_time=time(10, 0),
        zone="Europe/Amsterdam",
        due_at=T0,
        expires_at=at(240),
    )
    return replace(nudge, **changes)


def a_commitment(name: str, member: str = "anna", **changes: Any) -> Commitment:
    """Return a plan that answers the member's first nudge."""
    commitment = Commitment(
        id=name,
        workspace="w",
        cohort="c",
        enrollment=f"run-{member}",
        member=member,
        nudge=f"n-{member}",
        item="ask",
        week=1,
        kind=CommitmentKind.PLAN,
        first="the stand-up ends",
        second="I ask one question",
        due_on=date(2026, 1, 8),
        scope=Scope.COACH,
        made_at=T0,
    )
    return replace(commitment, **changes)


def a_reply(name: str, member: str = "anna", **changes: Any) -> Reply:
    """Return a typed reply to the member's first nudge, for the coach."""
    reply = Reply(
        id=name,
        workspace="w",
        cohort="c",
        enrollment=f"run-{member}",
        member=member,
        author=member,
        nudge=f"n-{member}",
        item="ask",
        week=1,
        kind=ReplyKind.TYPED,
        text=f"words of {name}",
        scope=Scope.COACH,
        received_at=T0,
    )
    return replace(reply, **changes)


def a_reflection(name: str, member: str | None = "anna", **changes: Any) -> Reflection:
    """Return a weekly look back."""
    reflection = Reflection(
        id=name,
        workspace="w",
        cohort="c",
        member=member,
        nudge=f"n-{member}",
        week=1,
        tried=1,
        shared=(),
        made_at=T0,
    )
    return replace(reflection, **changes)


def a_pulse(question: str, member: str = "anna", **changes: Any) -> PulseAnswer:
    """Return an answer of the first wave."""
    answer = PulseAnswer(
        id=f"{member}-{question}",
        workspace="w",
        cohort="c",
        enrollment=f"run-{member}",
        member=member,
        wave=Wave.BEFORE,
        question=question,
        value=4,
    )
    return replace(answer, **changes)


@dataclass(frozen=True)
class Scene:
    """A cohort with coach carl and members anna and bram, each with a sent nudge n-<name>."""

    store: Store

    async def add(self, *records: Record) -> None:
        """Save more records."""
        await self.store.save(*records)


def cast() -> list[Record]:
    """Return everybody of the scene with what they were sent."""
    sent = {"state": NudgeState.SENT, "sent_at": T0, "due_at": at(-1)}
    people = ("anna", "bram")
    return [
        a_workspace(),
        *(a_member(name) for name in ("carl", *people)),
        a_cohort(),
        a_coach(),
        *(an_enrollment(name) for name in people),
        *(an_opt_in(name) for name in people),
        a_gate(),
        *(a_grant(name) for name in people),
        *(a_nudge(f"n-{name}", name, **sent) for name in people),
    ]


async def in_doubt(store: Store, now: datetime, *, limit: int = 9) -> Sequence[Nudge]:
    """Return what is in doubt and may be looked up, of all workspaces."""
    return [row for each in await store.doubtful_in(now) for row in await store.doubtful(each, now, limit=limit)]


async def open_gaps(store: Store, now: datetime, *, limit: int = 9) -> Sequence[Gap]:
    """Return the gaps that may be read up on, of all workspaces."""
    return [gap for each in await store.gaps_in(now) for gap in await store.gaps(each, now, limit=limit)]
