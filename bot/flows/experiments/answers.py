"""Answering the experiment: done, later, not for me, and the one reminder."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time

from bot.chat.port import Body, Form, Press
from bot.coaching.calendar import working_days_after
from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.rules.agenda import last_day, send_window
from bot.flows.agenda.schedule import rhythm_of
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, Participation, PressContext, days_off
from bot.flows.debrief.planned import after_done
from bot.flows.given import Given
from bot.flows.handling.nudge import by_press, outdated
from bot.flows.messages.experiment import item_of
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.store.port import Record

OPEN = (None, Answer.PLANNED, Answer.NOT_FOR_ME)  # answers a person may still change their mind about
FARTHEST = 60  # days a nudge or a plan may be put ahead
TIME_TO_TRY = 2  # working days between an experiment that was put off and the question what became of it
REMINDERS = frozenset({Kind.FOLLOW_UP, Kind.UNDONE})


def finish(given: Given, about: PressContext, root: Nudge, answer: Answer) -> list[Record]:
    """Return the records that close an experiment and its open plan with it."""
    state = CommitmentState.DONE if answer is Answer.DONE else CommitmentState.DROPPED
    plans = [replace(plan, state=state, closed_at=given.now) for plan in about.promises_for(root.id) if plan.is_open]
    looks_back = after_done(given, about, about.agenda, root) if answer is Answer.DONE else []
    answered = replace(root, answer=answer, answered_at=given.now)
    return [answered, *plans, *reminders(given, about, root, answer), *looks_back]


def reminders(given: Given, about: PressContext, root: Nudge, answer: Answer) -> list[Nudge]:
    """Return the item's reminders that still ask, answered along with its nudge."""
    return [
        replace(row, answer=answer, answered_at=given.now)
        for row in about.agenda
        if row.kind in REMINDERS and row.item == root.item and row.state is NudgeState.SENT and row.answer is None
    ]


def asked_after(given: Given, about: PressContext, day: date) -> list[Nudge]:
    """Return the question what became of the item moved behind that day; past the item's end it is let go."""
    hours, item = about.member.hours, about.nudge.item
    assert item is not None, "an experiment belongs to an item"
    ahead = [
        row
        for row in about.agenda
        if row.kind is Kind.UNDONE and row.item == item and row.state is NudgeState.PLANNED and row.local_date <= day
    ]
    asked_on = working_days_after(day, TIME_TO_TRY, hours.workdays, days_off(given, about))
    if asked_on > last_day(about.journey, rhythm_of(about), item):
        return [replace(row, state=NudgeState.CANCELLED, reason="put off past its weeks") for row in ahead]
    return [moved_to(about, row, asked_on, hours.first_time) for row in ahead]


def moved_to(run: Participation, row: Nudge, day: date, hour: time) -> Nudge:
    """Return a planned row at another local day and hour."""
    due_at, expires_at = send_window((day, hour), run.zone, run.member.hours)
    moved = replace(row, local_date=day, local_time=hour, zone=run.zone, due_at=due_at, expires_at=expires_at)
    return replace(moved, meant_for=day)


# --- the nudge --------------------------------------------------------------------------------------------------


def done(given: Given, about: PressContext, _press: Press) -> Decision:
    """Done already."""
    if about.nudge.answer not in OPEN:
        return outdated(about)
    return Decision(records=finish(given, about, about.nudge, Answer.DONE))


def not_for_me(given: Given, about: PressContext, _press: Press) -> Decision:
    """Not for me: the first alternative comes in its place."""
    if about.nudge.answer not in (None, Answer.PLANNED):
        return outdated(about)
    return Decision(records=_decline(given, about, about.nudge))


def _decline(given: Given, about: PressContext, root: Nudge) -> list[Record]:
    _, *along = finish(given, about, root, Answer.NOT_FOR_ME)
    return [replace(root, answer=Answer.NOT_FOR_ME, answered_at=given.now, alternative=after(about, root)), *along]


def after(scene: NudgeContext, root: Nudge) -> int:
    """Return which of an item's alternatives is shown next, the first one after the last."""
    shown = -1 if root.alternative is None else root.alternative
    return (shown + 1) % len(item_of(scene).alternatives)


def another(_given: Given, about: PressContext, press: Press) -> Decision:
    """The next alternative."""
    row, following = about.nudge, (about.nudge.alternative or 0) + 1
    here = press.value.partition(":")[2] == str(row.alternative)
    if not here or row.answer is not Answer.NOT_FOR_ME or following >= len(item_of(about).alternatives):
        return outdated(about)
    return Decision(records=[replace(row, alternative=following)])


def skip(given: Given, about: PressContext, _press: Press) -> Decision:
    """Leave this one."""
    if about.nudge.answer is not Answer.NOT_FOR_ME:
        return outdated(about)
    return Decision(records=[replace(about.nudge, answer=Answer.SKIPPED, answered_at=given.now)])


def usual(given: Given, about: PressContext, _press: Press) -> Decision:
    """Send it as usual: this one as it is written, and those to come, until the settings say otherwise."""
    if about.nudge.manner is None or about.nudge.answer is not None:
        return outdated(about)
    as_written = replace(about.nudge, manner=None, alternative=None)
    told = line(given.words, about.language, "nudge-usual-said")
    return Decision(records=[as_written, replace(about.member, adapts=False)], pages=True, says=told)


def kit(given: Given, about: PressContext, _press: Press) -> Decision:
    """Show the item's kit page."""
    words, language, page = given.words, about.language, item_of(about).kit
    if page is None:
        return Decision(refuses="press-stale")
    form = Form(
        id="kit.read",
        title=words.say("form-kit-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(Body(words.body_of(page, language, week=about.nudge.week)),),
    )
    return Decision(opens=form)


# --- the reminder -----------------------------------------------------------------------------------------------


def reminded_of(about: PressContext) -> Nudge:
    """Return the nudge that a reminder is about."""
    assert about.root is not None, "a reminder only follows a nudge that was sent"
    return about.root


def follow_done(given: Given, about: PressContext, _press: Press) -> Decision:
    """The reminder: done; it and the nudge it is about are answered together."""
    root = reminded_of(about)
    if about.nudge.answer is not None or root.answer not in OPEN:
        return outdated(about)
    return Decision(records=finish(given, about, root, Answer.DONE))


def follow_no(given: Given, about: PressContext, _press: Press) -> Decision:
    """The reminder: not for me; the alternatives come in its place."""
    root = reminded_of(about)
    if about.nudge.answer is not None or root.answer not in OPEN:
        return outdated(about)
    return Decision(records=_decline(given, about, root))


# --- what was not done by its second week -----------------------------------------------------------------------


def undone_drop(given: Given, about: PressContext, _press: Press) -> Decision:
    """Let it go: nothing more is asked about this one."""
    root = reminded_of(about)
    if about.nudge.answer is not None or root.answer not in OPEN:
        return outdated(about)
    return Decision(records=finish(given, about, root, Answer.SKIPPED))


# --- what is answered once --------------------------------------------------------------------------------------


def answer_once(answer: Answer) -> Callable[[Given, PressContext, Press], Decision]:
    """Return the decision of a button that gives a message its one answer."""

    def decide(given: Given, about: PressContext, _press: Press) -> Decision:
        if about.nudge.answer is not None:
            return outdated(about)
        return Decision(records=[replace(about.nudge, answer=answer, answered_at=given.now)])

    return decide


def welcome_ok(given: Given, about: PressContext, _press: Press) -> Decision:
    """The zone and the days are right."""
    if about.nudge.answer is not None:
        return outdated(about)
    row = replace(about.nudge, answer=Answer.DONE, answered_at=given.now)
    return Decision(records=[row, replace(about.member, zone_confirmed=True)])


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "nudge.done": by_press(done, Kind.NUDGE),
    "nudge.no": by_press(not_for_me, Kind.NUDGE),
    "nudge.another": by_press(another, Kind.NUDGE),
    "nudge.skip": by_press(skip, Kind.NUDGE),
    "nudge.usual": by_press(usual, Kind.NUDGE),
    "nudge.kit": by_press(kit, Kind.NUDGE, Kind.DAY_OF, Kind.DEBRIEF),
    "follow.done": by_press(follow_done, Kind.FOLLOW_UP),
    "follow.no": by_press(follow_no, Kind.FOLLOW_UP),
    "undone.done": by_press(follow_done, Kind.UNDONE),
    "undone.another": by_press(follow_no, Kind.UNDONE),
    "undone.drop": by_press(undone_drop, Kind.UNDONE),
    "booster.done": by_press(answer_once(Answer.DONE), Kind.BOOSTER),
    "booster.skip": by_press(answer_once(Answer.SKIPPED), Kind.BOOSTER),
    "check.yes": by_press(answer_once(Answer.NOTICED), Kind.CHECK),
    "check.no": by_press(answer_once(Answer.UNNOTICED), Kind.CHECK),
    "keep.skip": by_press(answer_once(Answer.SKIPPED), Kind.KEEP),
    "welcome.ok": by_press(welcome_ok, Kind.WELCOME),
}
