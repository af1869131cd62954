"""The planned day: done, another day, or dropped."""

from dataclasses import replace

from bot.chat.port import Form, Press, Submitted
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext
from bot.flows.experiments.answers import asked_after, finish
from bot.flows.experiments.commitment import ask_on_the_day, check_moved, move_form, picked_day
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form, by_press, outdated, stays_open
from bot.flows.messages.experiment import outcome
from bot.flows.screens.questions import Questions, makes


def _promised(about: PressContext) -> Commitment:
    """Return what a question of the day asks about: it is written with it."""
    return next(each for each in about.promises if each.id == about.nudge.subject)


def _is_open(about: PressContext) -> bool:
    return outcome(about.nudge, _promised(about)) is None


def day_done(given: Given, about: PressContext, _press: Press) -> Decision:
    """On the day: done."""
    return _close(given, about, Answer.DONE, CommitmentState.DONE)


def day_drop(given: Given, about: PressContext, _press: Press) -> Decision:
    """On the day: dropped, without blame."""
    return _close(given, about, Answer.SKIPPED, CommitmentState.DROPPED)


def _close(given: Given, about: PressContext, answer: Answer, state: CommitmentState) -> Decision:
    if not _is_open(about):
        return outdated(about)
    plan, answered = _promised(about), replace(about.nudge, answer=answer, answered_at=given.now)
    if plan.kind is CommitmentKind.TRANSFER:
        return Decision(records=[answered, replace(plan, state=state, closed_at=given.now)])
    root = next(row for row in about.agenda if row.id == plan.nudge)
    return Decision(records=[answered, *finish(given, about, root, answer)])


def day_move(given: Given, about: PressContext, _press: Press) -> Decision:
    """On the day: ask for another one."""
    return Decision(opens=_move_form(given, about)) if _is_open(about) else outdated(about)


@makes("day.moved")
def move_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form that asks for another day anew."""
    return Questions(form=_move_form(given, about), are_open=_is_open(about))


def _move_form(given: Given, scene: NudgeContext) -> Form:
    return move_form(given, scene, "day.moved", scene.nudge.id)


def day_moved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Move the promise to the day that was picked."""
    if not _is_open(about):
        return stays_open(given, about, "day")
    plan, day = _promised(about), picked_day(given, about, form)
    if isinstance(day, str):
        return stays_open(given, about, "day", day)
    moved = replace(plan, due_on=day, state=CommitmentState.MOVED)
    answered = replace(about.nudge, answer=Answer.LATER, answered_at=given.now)
    behind = asked_after(given, about, day) if plan.kind is CommitmentKind.PLAN else check_moved(given, about, moved)
    return Decision(records=[moved, answered, *behind, *ask_on_the_day(given, about, moved)])


PRESSES = {
    "day.done": by_press(day_done, Kind.DAY_OF),
    "day.drop": by_press(day_drop, Kind.DAY_OF),
    "day.move": by_press(day_move, Kind.DAY_OF),
}
FORMS = {"day.moved": by_form(day_moved, "day", Kind.DAY_OF)}
