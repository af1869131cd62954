"""The if-then plan: made, changed, kept."""

from dataclasses import replace
from datetime import date

from bot.chat.port import Body, DateField, Form, FormPart, Note, Press, Submitted, TextField
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Scope
from bot.coaching.words import withdrawn
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext, today
from bot.flows.experiments.answers import OPEN, asked_after, reminded_of, reminders
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
from bot.flows.messages.parts import newest
from bot.flows.messages.readers import scope_line
from bot.flows.screens.questions import Questions, makes


def plan_open(given: Given, about: PressContext, _press: Press) -> Decision:
    """I'll do it: ask for the if-then plan with its date; also changes one that exists."""
    if about.nudge.answer not in OPEN:
        return outdated(about)
    return Decision(opens=_plan_form(given, about, _plan(about)))


def follow_plan(given: Given, about: PressContext, _press: Press) -> Decision:
    """The reminder: pick a day after all."""
    root = reminded_of(about)
    if about.nudge.answer is not None or root.answer not in OPEN:
        return outdated(about)
    asked = about.at(root)
    return Decision(opens=_plan_form(given, asked, _plan(asked)))


@makes("plan.make")
def plan_questions(given: Given, about: PressContext, _subject: str) -> Questions | None:
    """Return the plan's form anew; none that shows private words."""
    plan = _plan(about)
    if plan is not None and plan.first and plan.scope is Scope.PRIVATE:
        return None
    return Questions(form=_plan_form(given, about, plan), are_open=about.nudge.answer in OPEN)


def _plan(about: PressContext) -> Commitment | None:
    return newest(about.promises_for(about.nudge.id))


def _plan_form(given: Given, scene: NudgeContext, plan: Commitment | None) -> Form:
    words, language, item, week = given.words, scene.language, item_of(scene), scene.nudge.week
    day = plan.due_on if plan and plan.due_on >= today(given, scene) else suggested(given, scene)
    parts: list[FormPart] = [Body(words.body_of(item.plan, language, week=week))]
    if item.keeps_words:
        parts += [
            TextField(
                id="first",
                label=words.say("plan-if-label", language),
                placeholder=words.body_of(item.plan_if, language),
                value=plan.first if plan else "",
                longest=LONGEST,
                missing=words.say("plan-if-missing", language),
            ),
            TextField(
                id="second",
                label=words.say("plan-then-label", language),
                placeholder=words.body_of(item.plan_then, language),
                value=plan.second if plan else "",
                longest=LONGEST,
                missing=words.say("plan-then-missing", language),
            ),
        ]
    no_day = words.say("day-missing", language)
    parts.append(DateField(id="day", label=words.say("plan-day-label", language), value=day, missing=no_day))
    scope = scope_line(given, scene, plan.scope if plan and plan.first else scene.enrollment.scope)
    parts.append(Note(words.body("plan-scope" if item.keeps_words else "plan-forgets", language, scope=scope)))
    return Form(
        id="plan.make",
        subject=f"{scene.nudge.id}:{plan.edition}" if plan else scene.nudge.id,
        title=words.say("form-plan-title", language),
        submit=words.say("form-plan-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(plan.id,) if plan and plan.first and item.keeps_words else (),
    )


def plan_made(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the plan and put the question of its day on the agenda."""
    old = _plan(about)
    if about.nudge.answer not in OPEN:
        return stays_open(given, about, "day")
    if old is not None and not _is_of(form, old):
        return stays_open(given, about, "day", "form-changed")
    day, (first, second) = picked_day(given, about, form), halves(form)
    if isinstance(day, str):
        return stays_open(given, about, "day", day)
    if not about.keeps_words:
        first, second = "", ""
    elif incomplete := missing(given, about, CommitmentKind.PLAN, first, second):
        return Decision(wrong=incomplete)
    plan = _changed(given, about, old, first, second, day)
    return Decision() if plan == old else _kept(given, about, old, plan)


def _is_of(form: Submitted, old: Commitment) -> bool:
    """Whether a form may change the words as they stand: it was filled from them, or says the very same."""
    edition = form.subject.partition(":")[2]
    return edition in ("", str(old.edition)) or halves(form) == (old.first, old.second)


def _kept(given: Given, about: PressContext, old: Commitment | None, plan: Commitment) -> Decision:
    row = about.nudge
    records = [
        plan,
        replace(row, answer=Answer.PLANNED, answered_at=given.now),
        *reminders(given, about, row, Answer.PLANNED),
        *ask_on_the_day(given, about, plan),
        *asked_after(given, about, plan.due_on),
    ]
    if old is None or old.id != plan.id:
        return Decision(records=records)
    return Decision(records=records, withdraws=plan.edition != old.edition, pages=True)


def _changed(
    given: Given, scene: NudgeContext, old: Commitment | None, first: str, second: str, day: date
) -> Commitment:
    if old is not None and old.is_open:
        moved = replace(old, due_on=day)
        if (first, second) == (old.first, old.second):
            return moved
        return replace(withdrawn(moved, given.now), first=first, second=second, edition=old.edition + 1)
    return promise(given, scene, CommitmentKind.PLAN, first, second, day)


PRESSES = {
    "nudge.plan": by_press(plan_open, Kind.NUDGE),
    "nudge.plan_change": by_press(plan_open, Kind.NUDGE),
    "follow.plan": by_press(follow_plan, Kind.FOLLOW_UP),
    "undone.smaller": by_press(follow_plan, Kind.UNDONE),
}
FORMS = {"plan.make": by_form(plan_made, "day", Kind.NUDGE)}
