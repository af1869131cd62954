"""The one change brought back to work: one change, one owner, one date."""

from dataclasses import replace

from bot.chat.port import Body, DateField, Form, Note, Press, Submitted, TextField
from bot.coaching.journey import Item
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.rules.agenda import check_moment
from bot.flows.agenda.schedule import free_day, planned
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext, days_off
from bot.flows.experiments.commitment import (
    LONGEST,
    ask_on_the_day,
    halves,
    missing,
    picked_day,
    promise,
    suggested,
)
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form, by_press, outdated, stays_open
from bot.flows.messages.experiment import item_of
from bot.flows.messages.readers import scope_line
from bot.flows.screens.questions import Questions, makes


def transfer_open(given: Given, about: PressContext, _press: Press) -> Decision:
    """Ask for one change, one owner, one date."""
    if _is_settled(about):
        return outdated(about)
    return Decision(opens=_transfer_form(given, about, item_of(about)))


@makes("transfer.save")
def transfer_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_transfer_form(given, about, item_of(about)), are_open=not _is_settled(about))


def _is_settled(about: PressContext) -> bool:
    """Whether the change was chosen, or left."""
    made = (each.kind is CommitmentKind.TRANSFER for each in about.promises_for(about.nudge.id))
    return about.nudge.answer is Answer.SKIPPED or any(made)


def _transfer_form(given: Given, scene: NudgeContext, item: Item) -> Form:
    words, language, week = given.words, scene.language, scene.nudge.week
    scope = scope_line(given, scene, scene.enrollment.scope)
    return Form(
        id="transfer.save",
        subject=scene.nudge.id,
        title=words.say("form-transfer-title", language),
        submit=words.say("form-transfer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(item.transfer, language, week=week)),
            TextField(
                id="first",
                label=words.say("transfer-change-label", language),
                placeholder=words.body_of(item.transfer_change, language),
                longest=LONGEST,
                missing=words.say("transfer-change-missing", language),
            ),
            TextField(
                id="second",
                label=words.say("transfer-owner-label", language),
                placeholder=words.body_of(item.transfer_owner, language),
                longest=LONGEST,
                missing=words.say("transfer-owner-missing", language),
            ),
            DateField(
                id="day",
                label=words.say("transfer-day-label", language),
                missing=words.say("day-missing", language),
            ),
            Note(words.body("plan-scope", language, scope=scope)),
        ),
    )


def transfer_saved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the transfer; ask on its day, and four weeks later whether a customer noticed."""
    if _is_settled(about):
        return stays_open(given, about, "day")
    first, second = halves(form)
    if incomplete := missing(given, about, CommitmentKind.TRANSFER, first, second):
        return Decision(wrong=incomplete)
    day = picked_day(given, about, form)
    if isinstance(day, str):
        return stays_open(given, about, "day", day)
    made = promise(given, about, CommitmentKind.TRANSFER, first, second, day)
    when = check_moment(day, about.member.hours, about.zone, days_off(given, about))
    check = planned(
        given,
        about,
        kind=Kind.CHECK,
        prompt=f"{made.item}/check",
        occurrence=about.nudge.id,  # one a debrief: a second submit of the same form finds it taken
        item=made.item,
        week=about.nudge.week,
        day=free_day(given, about, about.agenda, when[0]),
        hour=when[1],
        subject=made.id,
    )
    closed = replace(about.nudge, answer=Answer.DONE, answered_at=given.now)
    return Decision(records=[made, check, closed, *ask_on_the_day(given, about, made)])


def transfer_skip(given: Given, about: PressContext, _press: Press) -> Decision:
    """No change this time."""
    if _is_settled(about):
        return outdated(about)
    return Decision(records=[replace(about.nudge, answer=Answer.SKIPPED, answered_at=given.now)])


# --- where nobody noticed yet -----------------------------------------------------------------------------------


def smaller_open(given: Given, about: PressContext, _press: Press) -> Decision:
    """Ask for a smaller step of a change that nobody noticed yet."""
    return Decision(opens=_smaller_form(given, about)) if _may_shrink(about) else outdated(about)


@makes("smaller.save")
def smaller_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_smaller_form(given, about), are_open=_may_shrink(about))


def _may_shrink(about: PressContext) -> bool:
    made = _asked_about(about)
    is_on = made is not None and made.state is not CommitmentState.DROPPED
    return about.nudge.answer is Answer.UNNOTICED and is_on and not about.promises_for(about.nudge.id)


def _asked_about(about: PressContext) -> Commitment | None:
    return next((each for each in about.promises if each.id == about.nudge.subject), None)


def _smaller_form(given: Given, scene: NudgeContext) -> Form:
    words, language = given.words, scene.language
    scope = scope_line(given, scene, scene.enrollment.scope)
    return Form(
        id="smaller.save",
        subject=scene.nudge.id,
        title=words.say("form-smaller-title", language),
        submit=words.say("form-transfer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            TextField(
                id="first",
                label=words.say("smaller-label", language),
                longest=LONGEST,
                missing=words.say("transfer-change-missing", language),
            ),
            DateField(
                id="day",
                label=words.say("transfer-day-label", language),
                value=suggested(given, scene),
                missing=words.say("day-missing", language),
            ),
            Note(words.body("plan-scope", language, scope=scope)),
        ),
    )


def smaller_saved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the smaller step, with the owner of the change it is a step of; it is asked about on its day."""
    made, first = _asked_about(about), halves(form)[0]
    if made is None or not _may_shrink(about):
        return stays_open(given, about, "day")
    if not first:
        return stays_open(given, about, "first", "transfer-change-missing")
    day = picked_day(given, about, form)
    if isinstance(day, str):
        return stays_open(given, about, "day", day)
    step = promise(given, about, CommitmentKind.TRANSFER, first, made.second, day)
    return Decision(records=[step, *ask_on_the_day(given, about, step)])


PRESSES = {
    "smaller.make": by_press(smaller_open, Kind.CHECK),
    "transfer.make": by_press(transfer_open, Kind.DEBRIEF),
    "transfer.skip": by_press(transfer_skip, Kind.DEBRIEF),
}
FORMS = {
    "transfer.save": by_form(transfer_saved, "day", Kind.DEBRIEF),
    "smaller.save": by_form(smaller_saved, "day", Kind.CHECK),
}
