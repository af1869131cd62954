"""What every record of a file of many cohorts has alike; what is special about each is filled in."""

from datetime import date, datetime, timedelta

from bench.people import EVERY_DAY, JOURNEY, WORKSPACE
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reading import Gate, GateKind, ReadGrant
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.session import Session
from bot.flows.desk.entry import LONGEST

ZONE = "Europe/Amsterdam"


def a_gate(begun: datetime) -> Gate:
    """Return that an admin recorded the day before that coaches may read."""
    return Gate(
        id="gate",
        workspace=WORKSPACE,
        kind=GateKind.AGREED,
        who_agreed="The council",
        agreed_on=begun.date(),
        recorded_by="",
        recorded_at=begun - timedelta(days=1),
        wording="",
    )


def a_person() -> Member:
    """Return somebody without a name."""
    return Member(id="", workspace=WORKSPACE, external_id="", name="", language=Language.EN, zone=ZONE, hours=EVERY_DAY)


def a_cohort(begun: datetime) -> Cohort:
    """Return a cohort that began then."""
    return Cohort(
        id="",
        workspace=WORKSPACE,
        channel="",
        channel_name="#it-managers",
        journey=JOURNEY,
        language=Language.EN,
        pace=1,
        hours=EVERY_DAY,
        zone=ZONE,
        country=None,
        starts_on=_monday(begun),
        started_by="",
        started_at=begun,
    )


def a_coach(begun: datetime) -> Coach:
    """Return somebody who said yes to coaching."""
    return Coach(
        id="",
        workspace=WORKSPACE,
        cohort="",
        member="",
        state=CoachState.ACTIVE,
        named_by="",
        named_at=begun,
        answered_at=begun - timedelta(days=1),
    )


def a_run(begun: datetime) -> Enrollment:
    """Return a run that began then."""
    return Enrollment(
        id="",
        workspace=WORKSPACE,
        cohort="",
        member="",
        scope=Scope.COACH,
        starts_on=_monday(begun),
        joined_at=begun - timedelta(hours=1),
    )


def a_grant(begun: datetime) -> ReadGrant:
    """Return that somebody lets a coach read from the beginning on."""
    at = begun - timedelta(hours=1)
    return ReadGrant(id="", workspace=WORKSPACE, member="", coach="", cohort="", from_at=at, wording="", given_at=at)


def a_session(now: datetime) -> Session:
    """Return a session that begins now."""
    return Session(id="", workspace=WORKSPACE, member="", made_at=now, seen_at=now, ends_at=now + LONGEST)


def a_nudge(begun: datetime) -> Nudge:
    """Return a nudge that came."""
    return Nudge(
        id="",
        workspace=WORKSPACE,
        cohort="",
        enrollment="",
        member="",
        kind=Kind.NUDGE,
        prompt="bench",
        occurrence="",
        item="",
        week=0,
        local_date=begun.date(),
        local_time=EVERY_DAY.first_time,
        zone=ZONE,
        due_at=begun,
        expires_at=begun + timedelta(hours=4),
        state=NudgeState.SENT,
        sent_at=begun,
    )


def a_plan(begun: datetime) -> Commitment:
    """Return a plan."""
    return Commitment(
        id="",
        workspace=WORKSPACE,
        cohort="",
        enrollment="",
        member="",
        nudge="",
        item="",
        week=0,
        kind=CommitmentKind.PLAN,
        first="a customer calls on Wednesday",
        second="listen first",
        due_on=begun.date(),
        scope=Scope.COACH,
        made_at=begun,
    )


def a_reply(begun: datetime) -> Reply:
    """Return a reply for the coach, without its words."""
    return Reply(
        id="",
        workspace=WORKSPACE,
        cohort="",
        enrollment="",
        member="",
        author="",
        nudge="",
        item="",
        week=0,
        kind=ReplyKind.TYPED,
        text="",
        scope=Scope.COACH,
        received_at=begun,
    )


def _monday(moment_: datetime) -> date:
    return moment_.date() - timedelta(days=moment_.weekday())
