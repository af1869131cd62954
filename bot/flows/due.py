"""What becomes of the messages that are due: read around each person, ruled on, saved; nothing is sent here."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.coaching.calendar import local_day
from bot.coaching.catchup import is_late
from bot.coaching.due import Verdict, verdict
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.flows.coach_heard import stands
from bot.flows.compose.channel import still_shared
from bot.flows.decision import Decision
from bot.flows.given import Given
from bot.flows.hold import held_back, postponed
from bot.flows.judge import completed, guarded, person_by_person, standing
from bot.flows.person import Person, person_called
from bot.flows.ports import Ports
from bot.flows.recover import recover
from bot.flows.reflect import reflect
from bot.flows.restored import is_in_doubt
from bot.flows.scene import run_of
from bot.store.port import Conflict, Record
from bot.store.port.shown import ShownPost

BATCH = 200
REFLECTIVE = frozenset({Kind.REFLECTION, Kind.TEAM_REFLECTION, Kind.TEAM_CLOSING})
GONE = (NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED)
STATES = {
    Verdict.SEND: NudgeState.READY,
    Verdict.CANCEL: NudgeState.CANCELLED,
    Verdict.EXPIRE: NudgeState.EXPIRED,
}


async def plan(ports: Ports) -> int:
    """Let pauses end, and give every due message its verdict; return how many moved on."""
    moved = await _resume_paused(ports)
    while rows := await ports.store.due(ports.now, limit=BATCH):
        settled = await person_by_person(rows, lambda own: _of_one(ports, own))
        moved += settled
        if not settled or len(rows) < BATCH:
            break
    return moved


async def _of_one(ports: Ports, rows: Sequence[Nudge]) -> int:
    """Give what is due for one person, or one channel, its verdict; what is overdue is settled as a whole."""
    now = ports.now
    if any(row.look_since for row in rows) and await is_in_doubt(ports, rows[0].member):
        return 0
    late = next((row for row in rows if is_late(row, now)), None)
    if late is not None:  # what still comes, and what came due just now, waits for the next tick
        return await guarded(ports, late, recover)
    in_order = sorted(rows, key=lambda row: row.kind in REFLECTIVE)  # a look back makes room for a reminder
    return sum([await guarded(ports, row, _decided) for row in in_order])


async def _decided(ports: Ports, row: Nudge) -> bool:
    if row.kind in REFLECTIVE:
        return await reflect(ports, row)
    return await (_plan_post if row.enrollment is None else _plan_one)(ports, row)


async def _resume_paused(ports: Ports) -> int:
    now = ports.now
    over = 0
    for enrollment in await ports.store.paused_until(now.date() + timedelta(days=1)):
        run = await run_of(ports, enrollment)
        if enrollment.paused_until and enrollment.paused_until <= local_day(now, run.zone):
            with suppress(Conflict):  # the person was faster: the next tick looks again
                await ports.save(replace(enrollment, state=EnrollmentState.ACTIVE, paused_on=None, paused_until=None))
                over += 1
    return over


async def _plan_post(ports: Ports, row: Nudge) -> bool:
    under = await ports.store.nudge(row.subject) if row.kind is Kind.TEAM_SHARE and row.subject else None
    decision = post_ruled(ports.given(), row, under, has_words=await _has_words(ports, row))
    await ports.save(*decision.records)
    return bool(decision.records)


async def _has_words(ports: Ports, row: Nudge) -> bool:
    """Whether what a post quotes, or tells of, still stands."""
    if row.kind is Kind.TEAM_SHARE and row.subject:
        post = await ports.store.shown(row.id)
        return isinstance(post, ShownPost) and bool(still_shared(post))
    return row.kind is not Kind.COACH_HEARD or stands(await ports.store.reply(row.subject or ""))


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
    about = await person_called(ports, row.member)
    await ports.save(*ruled(ports.given(), about, row).records)
    return True


def ruled(given: Given, about: Person, row: Nudge) -> Decision:
    """Return what becomes of a person's message that is due, and of the run when it was the last of its weeks."""
    course = about.course_of(row.enrollment)
    assert course is not None, "foreign keys hold"
    ruling, reason = verdict(row, standing(given, course, row))
    if ruling is Verdict.POSTPONE:
        if course.enrollment.stands_still:
            return Decision(records=held_back(given, course, about.shared, [row]))
        return Decision(records=postponed(given, course.at(row), course.agenda))
    ended = completed(given, course, row, course.agenda)
    records: list[Record] = [replace(row, state=STATES[ruling], reason=reason or None)]
    return Decision(records=[*records, ended] if ended else records)
