"""What plans and transfers have in common: two halves, a day, and a question on that day."""

from dataclasses import replace
from datetime import date, timedelta

from bot.chat.port import DateField, Form, FormErrors, Press, Quote, Submitted
from bot.coaching.calendar import next_workday, week_of
from bot.coaching.days.iso import iso_day
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import check_moment, day_of_moment, first_fit
from bot.flows.agenda.due_context import is_week_full
from bot.flows.agenda.schedule import free_day, planned
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, Participation, PressContext, days_off, today
from bot.flows.experiments.answers import FARTHEST, moved_to
from bot.flows.given import Given
from bot.flows.handling.words import OwnWords, by_press
from bot.flows.messages.experiment import item_of
from bot.flows.messages.parts import note, text_of
from bot.store.port import Record

Around = PressContext | OwnWords[Commitment]  # a message, or what was promised, amid the agenda of the run

LONGEST = 500  # characters of one half of a plan
LABELS = {CommitmentKind.PLAN: ("plan-if", "plan-then"), CommitmentKind.TRANSFER: ("transfer-change", "transfer-owner")}


def suggested(given: Given, run: Participation) -> date:
    """Return the day to offer: the next one on which this person works."""
    tomorrow = today(given, run) + timedelta(days=1)
    return next_workday(tomorrow, run.member.hours.workdays, days_off(given, run))


def move_form(given: Given, run: Participation, name: str, subject: str) -> Form:
    """Return the form, of this name and about this, that asks for another day."""
    words, language = given.words, run.language
    return Form(
        id=name,
        subject=subject,
        title=words.say("form-move-title", language),
        submit=words.say("form-move-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            DateField(
                id="day",
                label=words.say("plan-day-label", language),
                value=suggested(given, run),
                missing=words.say("day-missing", language),
            ),
        ),
    )


def halves(form: Submitted) -> tuple[str, str]:
    return str(form.values.get("first", "")), str(form.values.get("second", ""))


def missing(given: Given, run: Participation, kind: CommitmentKind, first: str, second: str) -> FormErrors | None:
    """Return what to say of a half that holds nothing but spaces, which a platform lets through."""
    halves = zip(("first", "second"), (first, second), LABELS[kind], strict=True)
    empty = {field: given.words.say(f"{name}-missing", run.language) for field, words, name in halves if not words}
    return FormErrors(empty) if empty else None


def promise(given: Given, scene: NudgeContext, kind: CommitmentKind, first: str, second: str, day: date) -> Commitment:
    return Commitment(
        id=given.new_id(),
        workspace=scene.member.workspace,
        cohort=scene.cohort.id,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        nudge=scene.nudge.id,
        item=item_of(scene).slug,
        week=scene.nudge.week,
        kind=kind,
        first=first,
        second=second,
        due_on=day,
        scope=scope_of(scene, first),
        made_at=given.now,
    )


def scope_of(scene: NudgeContext, words: str) -> Scope:
    """Return who may read a promise; one without words, about home, is nobody else's business."""
    return scene.enrollment.scope if words else Scope.PRIVATE


def picked_day(given: Given, run: Participation, form: Submitted) -> date | str:
    """Return the day that was picked, or the key of what is wrong with it."""
    day, now = iso_day(form.values.get("day")), today(given, run)
    if day is None:
        return "day-unread"
    if day < now:
        return "day-past"
    return "day-far" if day > now + timedelta(days=FARTHEST) else day


def ask_on_the_day(given: Given, about: Around, plan: Commitment) -> list[Record]:
    """Return the question of the day, in place of one that was planned for another day."""
    hours, holidays = about.member.hours, days_off(given, about)
    when = day_of_moment(plan.due_on, given.now, hours, about.zone, holidays)
    if when[0] < (monday := week_of(today(given, about)) + timedelta(weeks=1)) and is_week_full(
        given, about, about.agenda
    ):
        when = first_fit((monday, hours.first_time), hours, about.zone, holidays)  # said so at once, not moved later
    records: list[Record] = []
    for row in about.agenda:
        if row.kind is Kind.DAY_OF and row.subject == plan.id and row.state is NudgeState.PLANNED:
            if row.local_date == when[0]:
                return []
            records.append(replace(row, state=NudgeState.CANCELLED, reason="another day was picked"))
    asked = planned(
        given,
        about,
        kind=Kind.DAY_OF,
        prompt=f"{plan.item}/day_of",
        occurrence=f"{plan.id}-{when[0]}-{given.new_id()}",
        item=plan.item,
        week=about.nudge.week,
        day=when[0],
        hour=when[1],
        subject=plan.id,
    )
    return [*records, asked]


def check_moved(given: Given, about: Around, moved: Commitment) -> list[Nudge]:
    """Return the four-week question of a change at its new moment."""
    asks = [row for row in about.agenda if row.kind is Kind.CHECK and row.subject == moved.id]
    others = [row for row in about.agenda if row not in asks]  # its own day is free for it, also the second time
    day, hour = check_moment(moved.due_on, about.member.hours, about.zone, days_off(given, about))
    day = free_day(given, about, others, day)
    return [moved_to(about, row, day, hour) for row in asks if row.state is NudgeState.PLANNED]


def plan_read(given: Given, about: OwnWords[Commitment], _press: Press) -> Decision:
    """Show a promise's words to the person who made it, and to nobody else."""
    made, words, language = about.words, given.words, about.language
    day = words.day(made.due_on, language)
    label = words.say(f"promise-{made.kind}-label", language, day=day)
    quote = Quote(text_of(given, language, made), label=label)
    form = Form(
        id="plan.show",
        title=words.say(f"form-{made.kind}-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=(quote if made.first else note(given, language, "plan-day-only", day=day),),
        shows=(made.id,) if made.first else (),
    )
    return Decision(opens=form)


PRESSES = {"plan.read": by_press(plan_read, Commitment, also_gone=True)}
