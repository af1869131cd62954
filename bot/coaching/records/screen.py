"""What stands before somebody: where it is, which records it shows, and whether it shows them as they are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import AFTER, FINAL, Kind, Nudge, NudgeState
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.records.reply import Reply, ReplyKind


class ScreenKind(StrEnum):
    """What it is, and so what `about` names."""

    NUDGE = "nudge"  # a message of the agenda, to a person or in a channel; about a nudge
    RECEIPT = "receipt"  # the confirmation of words; about a reply
    PAGE = "page"  # a person's own page; about a member, or nobody we know; `detail` is the place it was turned to
    FORM = "form"  # with stored words; about a reply or commitment, `detail` is its cohort where a coach reads it
    LOG = "log"  # a page of the coach's log; about a cohort
    NOTICE = "notice"  # one authored line in place of what stood there; about a member, `detail` is the phrase's key


class ScreenState(StrEnum):
    """How it stands to its records."""

    WANTED = "wanted"  # new, to be posted
    SENDING = "sending"  # being posted, under a lease
    UNCERTAIN = "uncertain"  # posted or not: the answer was lost
    CURRENT = "current"  # shows its records as they are
    STALE = "stale"  # a record it shows has changed
    CLOSING = "closing"  # to be taken away
    CLOSED = "closed"  # gone: nobody has it before them, and the row goes too
    STUCK = "stuck"  # the platform does not let it be changed; `reason` says why


@dataclass(frozen=True, kw_only=True)
class Asks:
    """Which form's questions a message asks, where the form itself could not open; none of its words."""

    form: str  # its kind
    subject: str  # of the form, as it was opened
    opening: str  # id of this very opening
    round: int = 0  # times it was sent in and refused
    errors: tuple[tuple[str, ...], ...] = ()  # what was wrong the last time: field id and sentence


@dataclass(frozen=True, kw_only=True)
class Screen:
    """One message, as somebody has it before them."""

    id: str  # a message's own is the key it carries; a second copy has the key and its message id
    workspace: str
    kind: ScreenKind
    about: str  # id of the record it is made from
    person: str = ""  # external id of who has it before them; empty in a channel
    conversation: str = ""
    thread: str | None = None
    message: str = ""  # the platform's message id, once it stands
    detail: str = ""  # what of it is in no record, e.g. that words might have been meant for something else
    subjects: tuple[str, ...]  # ids of the records it shows, and of what they belong to; see `touched`
    state: ScreenState
    changed: int = 0  # times a record it shows was changed
    digest: str = ""  # of what it showed last; empty when nobody knows
    is_withdrawal: bool = False  # something it shows, or may show, was withdrawn: goes before all others
    due: datetime | None = None  # when it is to be brought up to date; None when it is
    attempt: int = 0  # times in a row it could not be
    holder: str = ""  # who brings it up to date at this moment, as long as the lease runs
    lease_until: datetime | None = None
    look_since: datetime | None = None  # a message in doubt stands there since then, if it does
    reason: str | None = None  # why it is stuck, in doubt or late
    route: str = ""  # an address at which the last press can be answered, where there is one
    route_until: datetime | None = None
    asks: Asks | None = None  # the form whose questions stand below it, until it is sent in or canceled
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Who brings up to date, at once, what a save marks; nobody when `holder` is empty."""

    holder: str = ""
    at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Step:
    """What becomes of a screen that was brought up to date, or was not."""

    state: ScreenState
    due: datetime | None = None
    reason: str | None = None
    digest: str = ""
    subjects: tuple[str, ...] | None = None  # None leaves them
    conversation: str | None = None  # where it stands from now on; None leaves it
    message: str | None = None
    is_failure: bool = False  # counts as an attempt


def log_key(workspace: str, person: str) -> str:
    """Return the subject under which the logs that a coach has open are told of each other: one counts."""
    return f"log/{workspace}/{person}"


def item_key(enrollment: str, item: str) -> str:
    """Return the subject under which the messages of one item of one run are shown together."""
    return f"{enrollment}/{item}"


def typing_key(enrollment: str, item: str) -> str:
    """Return the subject under which the messages of a run say whether typed words are kept, as an item decides it."""
    return f"{enrollment}/{item}/typing"


def pending_key(enrollment: str) -> str:
    """Return the subject under which a run's messages say whether they are what typed words answer."""
    return f"{enrollment}/pending"


def settings_key(member: str) -> str:
    """Return the subject under which a person's own settings are shown: their words do not touch it."""
    return f"{member}/settings"


def reading_key(member: str) -> str:
    """Return the subject under which it is shown whom a person lets read."""
    return f"{member}/reading"


def gate_key(workspace: str) -> str:
    """Return the subject under which it is shown whether coaches may read in a workspace."""
    return f"{workspace}/gate"


def reader_subjects(workspace: str, member: str, cohort: str) -> tuple[str, ...]:
    """Return under what it changes who reads what a person shares in a cohort."""
    return (cohort, reading_key(member), gate_key(workspace))


def pulse_key(enrollment: str) -> str:
    """Return the subject under which the answers to the pulse are shown to who gave them."""
    return f"{enrollment}/pulse"


def base_subjects(row: Nudge) -> tuple[str, ...]:
    """Return what a nudge's message shows, as far as the nudge itself tells: see `touched`."""
    item = item_key(row.enrollment, row.item) if row.enrollment and row.item else None
    return tuple(each for each in (row.id, row.subject, item) if each)


def touched(records: Iterable[object]) -> set[str]:
    """Return the subjects whose screens may look different once these records are saved.

    It may name more than is shown differently: what looks the same is not shown again.
    """
    found = (_TOUCHED[type(record)](record) for record in records if type(record) in _TOUCHED)
    return {subject for each in found for subject in each if subject}


def _by_nudge(row: Nudge) -> list[str]:
    found = [row.member or "", row.id if row.state is NudgeState.SENT else ""]  # what comes next is on their page
    if row.kind is Kind.NUDGE and row.enrollment and row.item and row.state is NudgeState.SENT:
        found.append(item_key(row.enrollment, row.item))  # its reminder shows it once it is answered
    if row.enrollment and row.state is NudgeState.SENT:
        found.append(pending_key(row.enrollment))  # what is sent or pressed last is what words answer
    if row.enrollment and row.item and _decides_what_is_kept(row):
        found.append(typing_key(row.enrollment, row.item))
    if row.kind in (Kind.DEBRIEF, Kind.DAY_OF) and row.enrollment and row.item:
        found.append(item_key(row.enrollment, row.item))  # when they come is said by the experiment and by the change
    if row.kind in (Kind.FOLLOW_UP, Kind.UNDONE) and row.enrollment and row.item and row.state is NudgeState.SENT:
        found.append(item_key(row.enrollment, row.item))  # by it words answer its experiment again
    if row.kind is Kind.DEBRIEF and row.subject:
        found.append(row.subject)  # whether the debrief waits for its later message
    if row.occurrence.startswith(AFTER):
        found.append(row.occurrence.removeprefix(AFTER))  # the one that was put off says until when
    return found


def _decides_what_is_kept(row: Nudge) -> bool:
    """Whether the weeks of an experiment at home may begin or end with this: see `at_home`."""
    if row.kind is Kind.NUDGE:
        return row.state in (NudgeState.SENT, NudgeState.UNCERTAIN) and row.answer is None  # it came, or may have
    return row.kind is Kind.DEBRIEF and (row.answer is not None or row.state in FINAL - {NudgeState.SENT})


def _by_reply(reply: Reply) -> list[str]:
    # A debrief's question stands in its message, and below the newest answer.
    return [reply.id, reply.author, reply.nudge if reply.kind is ReplyKind.DEBRIEF else ""]


def _by_commitment(made: Commitment) -> list[str]:
    return [made.id, made.member, made.nudge, item_key(made.enrollment, made.item)]


def _by_cohort(cohort: Cohort) -> list[str]:
    return [cohort.id] if cohort.version else []  # nothing shows what is new


def _by_member(member: Member) -> list[str]:
    return [member.id, settings_key(member.id)] if member.version else []


def _by_enrollment(run: Enrollment) -> list[str]:
    return [run.id, run.member] if run.version else []


def _by_grant(grant: ReadGrant) -> list[str]:
    # What one text is granted for, its receipt says; a coach who reads no more has it before them no more.
    return [grant.member, grant.text, reading_key(grant.member), grant.cohort if grant.version else ""]


_TOUCHED: Mapping[type[object], Callable[[Any], list[str]]] = {
    Nudge: _by_nudge,
    Commitment: _by_commitment,
    Reply: _by_reply,
    Coach: lambda role: [role.cohort, role.member],
    Enrollment: _by_enrollment,
    ReadGrant: _by_grant,
    Gate: lambda gate: [gate_key(gate.workspace)],
    Cohort: _by_cohort,
    Member: _by_member,
    PulseAnswer: lambda answer: [pulse_key(answer.enrollment)],
}
