"""The one change brought back to work: one change, one owner, one date."""

from dataclasses import replace

from bot.chat.port import Body, DateField, Form, Note, Press, Submitted, TextField
from bot.coaching.journey import Item
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.rules.agenda import check_moment
from bot.flows.agenda.schedule import free_day, planned
from bot.flows.context.acting_on_nudge import by_form, by_press, outdated, stays_open
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import NudgeContext, PressContext, days_off
from bot.flows.experiments.commitment import LONGEST, ask_on_the_day, halves, missing, picked_day, promise
from bot.flows.messages.experiment import item_of
from bot.flows.messages.parts import scope_line
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
    scope = scope_line(given, language, scene.enrollment.scope)
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


PRESSES = {
    "transfer.make": by_press(transfer_open, Kind.DEBRIEF),
    "transfer.skip": by_press(transfer_skip, Kind.DEBRIEF),
}
FORMS = {"transfer.save": by_form(transfer_saved, "day", Kind.DEBRIEF)}
