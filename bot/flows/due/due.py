"""What becomes of the messages that are due: read around each person, ruled on, saved; nothing is sent here.

1. From each workspace in turn, an equal share of what is due is read: none holds up another.
2. What belongs to one person is ruled on together. A row can fail to move: its person's history is still being looked
   up after a restore, what it waits for has not happened, it cannot be decided, or somebody changes it at this moment.
3. Such a row is put off, in the row itself: it is looked at again when it has been due for twice as long, or as soon as
   another message of its conversation is settled. So it is never read again and again ahead of everybody else.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.coaching.calendar import is_zone, local_day
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.due import UNCOUNTED, Verdict, next_look, verdict
from bot.coaching.rules.overdue import is_late
from bot.flows.agenda.after_restore import is_in_doubt
from bot.flows.agenda.due_context import UNDER_WAY, due_context, guarded, person_by_person
from bot.flows.agenda.rezone import corrected
from bot.flows.coach import digest
from bot.flows.coach.notice import stands
from bot.flows.coach.wanted import waits
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, person_called
from bot.flows.due.card import carded
from bot.flows.due.overdue import recover
from bot.flows.given import Given
from bot.flows.messages.channel import still_shared
from bot.flows.ports import Ports
from bot.flows.reflections.weekly import reflect
from bot.store.port import Conflict
from bot.store.port.shown import ShownPost

BATCH = 200  # rows read in one go
AT_A_TIME = 20  # workspaces that share it
REFLECTIVE = frozenset({Kind.TEAM_REFLECTION, Kind.TEAM_CLOSING})
GONE = (NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED)
STATES = {
    Verdict.SEND: NudgeState.READY,
    Verdict.CANCEL: NudgeState.CANCELLED,
    Verdict.EXPIRE: NudgeState.EXPIRED,
}


async def plan(ports: Ports, *, batch: int = BATCH) -> int:
    """Let pauses end, and give every due message its verdict, so many in one go; return how many moved on."""
    moved = await _resume_paused(ports)
    is_more = True
    while is_more and (waiting := await ports.store.due_in(ports.now)):
        is_more = False
        for some in _in_groups(waiting):
            share = max(1, batch // len(some))
            batches = [await ports.store.due(each, ports.now, limit=share) for each in some]
            rows = [row for batch in batches for row in batch]
            due = await corrected(ports, rows)
            settled, put_off = await _judged(ports, due)
            settled += len(rows) - len(due)  # they moved to another hour
            moved += settled
            is_more = is_more or (settled + put_off > 0 and any(len(batch) == share for batch in batches))
    return moved


def _in_groups(workspaces: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(workspaces), AT_A_TIME):
        yield workspaces[first : first + AT_A_TIME]


async def _judged(ports: Ports, rows: Sequence[Nudge]) -> tuple[int, int]:
    """Rule on rows and put off what cannot move; return how many moved on, and how many were put off."""
    stuck: list[Nudge] = []
    settled = await person_by_person(rows, lambda own: _of_one(ports, own, stuck))
    now = ports.now
    put_off = await ports.store.put_off([replace(row, not_before=next_look(row, now)) for row in stuck]) if stuck else 0
    return settled, put_off


async def _of_one(ports: Ports, rows: Sequence[Nudge], stuck: list[Nudge]) -> int:
    """Give what is due for one person, or one channel, its verdict; what is overdue is settled as a whole.

    What could not move is added to `stuck`.
    """
    now = ports.now
    below = [row for row in rows if await _stands_below(ports, row)]
    stuck += below  # it comes with the message that is on its way
    rows = [row for row in rows if row not in below]
    if any(row.look_since for row in rows) and await is_in_doubt(ports, rows[0].workspace, rows[0].member):
        stuck += rows
        return 0
    late = [row for row in rows if is_late(row, now)]
    if late:  # what still comes, and what came due just now, waits for the next tick
        is_settled = await guarded(ports, late[0], recover)
        stuck += [] if is_settled else late
        return is_settled
    moved: set[str] = set()
    for run in {row.enrollment: row for row in rows if is_of_a_card(row)}.values():
        mine = [row for row in rows if is_of_a_card(row) and row.enrollment == run.enrollment]
        if await guarded(ports, run, carded):
            moved |= {row.id for row in mine}
    moved |= {row.id for row in rows if not is_of_a_card(row) and await guarded(ports, row, _decided)}
    stuck += [row for row in rows if row.id not in moved]
    return len(moved)


async def _stands_below(ports: Ports, row: Nudge) -> bool:
    """Whether a message comes with another one that is on its way."""
    if row.card is None or row.card == row.id:
        return False
    lead = await ports.store.nudge(row.workspace, row.card)
    return lead is not None and lead.state in UNDER_WAY


def is_of_a_card(row: Nudge) -> bool:
    """Whether a message is ruled on together with what else falls on its day."""
    return row.enrollment is not None and row.kind not in UNCOUNTED


async def _decided(ports: Ports, row: Nudge) -> bool:
    if row.kind in REFLECTIVE:
        return await reflect(ports, row)
    if row.kind is Kind.COACH_DIGEST:
        return await digest.come_due(ports, row)
    return await (_plan_post if row.enrollment is None else _plan_one)(ports, row)


async def _resume_paused(ports: Ports) -> int:
    now = ports.now
    over = 0
    for enrollment in await ports.store.paused_until(now.date() + timedelta(days=1)):
        with suppress(Conflict):  # the person was faster: the next tick looks again
            over += await _resumed(ports, enrollment)
    return over


async def _resumed(ports: Ports, enrollment: Enrollment) -> bool:
    around = await ports.store.around(enrollment.workspace, enrollment.id)
    assert around is not None, "foreign keys hold"
    _, member, cohort = around
    zone = member.zone or cohort.zone
    if not is_zone(zone):  # the zone data lacks it, as `doctor` says: nobody else is held up
        return False
    if enrollment.paused_until is None or enrollment.paused_until > local_day(ports.now, zone):
        return False
    going = replace(enrollment, state=EnrollmentState.ACTIVE, paused_on=None, paused_until=None, resumed_at=ports.now)
    await ports.save(going)
    return True


async def _plan_post(ports: Ports, row: Nudge) -> bool:
    under = await ports.store.nudge(row.workspace, row.subject) if row.kind is Kind.TEAM_SHARE and row.subject else None
    decision = post_ruled(ports.given(), row, under, has_words=await _has_words(ports, row))
    await ports.save(*decision.records)
    return bool(decision.records)


async def _has_words(ports: Ports, row: Nudge) -> bool:
    """Whether what a post quotes, or tells of, still stands."""
    if row.kind is Kind.TEAM_SHARE and row.subject:
        post = await ports.store.shown(row.workspace, row.id)
        return isinstance(post, ShownPost) and bool(still_shared(post))
    if row.kind is Kind.COACH_WANTED:
        return waits(await ports.store.reply(row.workspace, row.subject or ""))
    return row.kind is not Kind.COACH_HEARD or stands(await ports.store.reply(row.workspace, row.subject or ""))


def post_ruled(given: Given, row: Nudge, under: Nudge | None, *, has_words: bool) -> Decision:
    """Return what becomes of a message that belongs to no run; nothing while the post it goes below is not there."""
    is_share = row.kind is Kind.TEAM_SHARE and row.subject is not None
    if is_share and under is not None and under.state in GONE:
        return _post(row, NudgeState.CANCELLED, "its thread never began")
    if is_share and (under is None or under.state is not NudgeState.SENT):
        return Decision()
    if not has_words:
        told = "shown" if is_share else "told"
        return _post(row, NudgeState.CANCELLED, f"taken back before it was {told}")
    if row.expires_at <= given.now:
        return _post(row, NudgeState.EXPIRED, "its window closed")
    return _post(row, NudgeState.READY, None)


def _post(row: Nudge, state: NudgeState, reason: str | None) -> Decision:
    return Decision(records=[replace(row, state=state, reason=reason)])


async def _plan_one(ports: Ports, row: Nudge) -> bool:
    assert row.member is not None, "only a person has a run"
    about = await person_called(ports, row.workspace, row.member)
    await ports.save(*ruled(ports.given(), about, row).records)
    return True


def ruled(given: Given, about: PersonContext, row: Nudge) -> Decision:
    """Return what becomes of a due message that is part of no card: it comes, in a pause too."""
    course = about.course_of(row.enrollment)
    assert course is not None, "foreign keys hold"
    ruling, reason = verdict(row, due_context(given, course, row))
    return Decision(records=[replace(row, state=STATES[ruling], reason=reason or None)])
