"""Answering the experiment: done, later, not for me, and the one reminder."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time

from bot.chat.port import (
    Body,
    Form,
    Press,
)
from bot.coaching.agenda import window
from bot.coaching.calendar import working_days_after
from bot.coaching.commitment import CommitmentState
from bot.coaching.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.compose.experiment import item_of
from bot.flows.plan import free_day
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, days_off, root_of
from bot.flows.show import pressed, refuse, stale
from bot.flows.tell import open_form
from bot.store.port import Record

OPEN = (None, Answer.PLANNED, Answer.NOT_FOR_ME)  # answers a person may still change their mind about
FARTHEST = 60  # days a nudge or a plan may be put ahead
DAYS_TO_LOOK_BACK = 2  # working days between an experiment that was put off and its debrief


async def finish(ports: Ports, root: Nudge, answer: Answer) -> list[Record]:
    """Return the records that close an experiment and its open plan with it."""
    now = ports.now
    state = CommitmentState.DONE if answer is Answer.DONE else CommitmentState.DROPPED
    plans = [
        replace(plan, state=state, closed_at=now) for plan in await ports.store.commitments_for(root.id) if plan.is_open
    ]
    return [replace(root, answer=answer, answered_at=now), *plans, *await reminders(ports, root, answer)]


async def reminders(ports: Ports, root: Nudge, answer: Answer) -> list[Nudge]:
    """Return the item's reminders that still ask, answered along with its nudge."""
    assert root.enrollment is not None, "an experiment has a person"
    return [
        replace(row, answer=answer, answered_at=ports.now)
        for row in await ports.store.nudges_of(root.enrollment)
        if row.kind is Kind.FOLLOW_UP and row.item == root.item and row.state is NudgeState.SENT and row.answer is None
    ]


async def debrief_after(ports: Ports, scene: Scene, day: date) -> list[Nudge]:
    """Return the item's debrief moved behind that day: nobody can look back on what is still to come."""
    hours, holidays = scene.member.hours, days_off(ports, scene)
    ahead = [
        row
        for row in await ports.store.nudges_of(scene.enrollment.id)
        if row.kind is Kind.DEBRIEF and row.item == scene.nudge.item and row.state is NudgeState.PLANNED
    ]
    after = await free_day(ports, scene, working_days_after(day, DAYS_TO_LOOK_BACK, hours.workdays, holidays))
    return [moved_to(scene, row, after, hours.first_time) for row in ahead if row.local_date <= day]


def moved_to(run: Run, row: Nudge, day: date, hour: time) -> Nudge:
    """Return a planned row at another local day and hour."""
    due_at, expires_at = window((day, hour), run.zone, run.member.hours)
    moved = replace(row, local_date=day, local_time=hour, zone=run.zone, due_at=due_at, expires_at=expires_at)
    return replace(moved, meant_for=day)


async def done(ports: Ports, press: Press) -> None:
    """Done already."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    if scene.nudge.answer not in OPEN:
        await stale(ports, press, scene)
        return
    await ports.save(*await finish(ports, scene.nudge, Answer.DONE))


async def not_for_me(ports: Ports, press: Press) -> None:
    """Not for me: the first alternative comes in its place."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    if scene.nudge.answer not in (None, Answer.PLANNED):
        await stale(ports, press, scene)
        return
    await ports.save(*await _decline(ports, scene.nudge))


async def _decline(ports: Ports, root: Nudge) -> list[Record]:
    first, *plans = await finish(ports, root, Answer.NOT_FOR_ME)
    assert isinstance(first, Nudge)
    return [replace(first, alternative=0), *plans]


async def another(ports: Ports, press: Press) -> None:
    """The next alternative."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    row, following = scene.nudge, (scene.nudge.alternative or 0) + 1
    here = press.value.partition(":")[2] == str(row.alternative)
    if not here or row.answer is not Answer.NOT_FOR_ME or following >= len(item_of(scene).alternatives):
        await stale(ports, press, scene)
        return
    await ports.save(replace(row, alternative=following))


async def skip(ports: Ports, press: Press) -> None:
    """Leave this one."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    if scene.nudge.answer is not Answer.NOT_FOR_ME:
        await stale(ports, press, scene)
        return
    await ports.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.now))


async def kit(ports: Ports, press: Press) -> None:
    """Show the item's kit page."""
    scene = await pressed(ports, press, Kind.NUDGE, Kind.DAY_OF, Kind.DEBRIEF)
    if scene is None:
        return
    words, language, page = ports.words, scene.language, item_of(scene).kit
    if page is None:
        await refuse(ports, press)
        return
    form = Form(
        id="kit.read",
        title=words.say("form-kit-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(Body(words.body_of(page, language, week=scene.nudge.week)),),
    )
    await open_form(ports, press, form)


async def _follow(ports: Ports, press: Press, closing: Callable[[Ports, Nudge], Awaitable[list[Record]]]) -> None:
    """Answer the reminder and the nudge it is about together."""
    scene = await pressed(ports, press, Kind.FOLLOW_UP)
    if scene is None:
        return
    root = await reminded_of(ports, scene)
    if scene.nudge.answer is not None or root.answer not in OPEN:
        await stale(ports, press, scene)
        return
    await ports.save(*await closing(ports, root))


async def reminded_of(ports: Ports, scene: Scene) -> Nudge:
    """Return the nudge that a reminder is about."""
    root = await root_of(ports, scene)
    assert root is not None, "a reminder only follows a nudge that was sent"
    return root


async def follow_done(ports: Ports, press: Press) -> None:
    """The reminder: done."""
    await _follow(ports, press, lambda ports, root: finish(ports, root, Answer.DONE))


async def follow_no(ports: Ports, press: Press) -> None:
    """The reminder: not for me; the alternatives come in its place."""
    await _follow(ports, press, _decline)


async def booster_done(ports: Ports, press: Press) -> None:
    """A booster was done."""
    await _simple(ports, press, Kind.BOOSTER, Answer.DONE)


async def booster_skip(ports: Ports, press: Press) -> None:
    """A booster was left."""
    await _simple(ports, press, Kind.BOOSTER, Answer.SKIPPED)


async def check_yes(ports: Ports, press: Press) -> None:
    """A customer noticed."""
    await _simple(ports, press, Kind.CHECK, Answer.NOTICED)


async def check_no(ports: Ports, press: Press) -> None:
    """No customer noticed yet."""
    await _simple(ports, press, Kind.CHECK, Answer.UNNOTICED)


async def keep_skip(ports: Ports, press: Press) -> None:
    """No habit to keep."""
    await _simple(ports, press, Kind.KEEP, Answer.SKIPPED)


async def welcome_ok(ports: Ports, press: Press) -> None:
    """The zone and the days are right."""
    scene = await pressed(ports, press, Kind.WELCOME)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    row = replace(scene.nudge, answer=Answer.DONE, answered_at=ports.now)
    await ports.save(row, replace(scene.member, zone_confirmed=True))


async def _simple(ports: Ports, press: Press, kind: Kind, answer: Answer) -> None:
    scene = await pressed(ports, press, kind)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    await ports.save(replace(scene.nudge, answer=answer, answered_at=ports.now))


PRESSES = {
    "nudge.done": done,
    "nudge.no": not_for_me,
    "nudge.another": another,
    "nudge.skip": skip,
    "nudge.kit": kit,
    "follow.done": follow_done,
    "follow.no": follow_no,
    "booster.done": booster_done,
    "booster.skip": booster_skip,
    "check.yes": check_yes,
    "check.no": check_no,
    "keep.skip": keep_skip,
    "welcome.ok": welcome_ok,
}
