"""Everything a kind of person gets to read in a journey, in order: messages, forms, and what each deed is answered.

1. The run begins on the day of joining, with the agenda that the product plans.
2. Its next moment comes: the product's own rules say what of it goes out, as one card.
3. The person does what that kind of person does; the product's own decisions say what comes of it.
4. Again from 2, until the weeks are over. The channel's posts come between.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat.port import Button, Buttons, Form, Message, Part, Press, Row, Submitted
from bot.coaching.language import Language
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reflection import Reflection
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext
from bot.flows.debrief import dialogue
from bot.flows.experiments import answers, change, habit, later, plan, planned_day
from bot.flows.given import Given
from bot.flows.pulse import survey
from bot.reading.people import WAYS, Deed, Person
from bot.reading.run import Run, begun
from bot.words.port import Words

OfPress = Callable[[Given, PressContext, Press], Decision]
OfForm = Callable[[Given, PressContext, Submitted], Decision]
PRESSES: dict[str, OfPress] = {
    "welcome.ok": answers.welcome_ok,
    "nudge.plan": plan.plan_open,
    "nudge.done": answers.done,
    "nudge.later": later.later,
    "nudge.no": answers.not_for_me,
    "nudge.another": answers.another,
    "nudge.skip": answers.skip,
    "undone.drop": answers.undone_drop,
    "day.done": planned_day.day_done,
    "day.move": planned_day.day_move,
    "day.drop": planned_day.day_drop,
    "debrief.write": dialogue.write,
    "debrief.next": dialogue.skip,
    "debrief.skip": dialogue.skip,
    "transfer.make": change.transfer_open,
    "transfer.skip": change.transfer_skip,
    "check.yes": answers.answer_once(Answer.NOTICED),
    "check.no": answers.answer_once(Answer.UNNOTICED),
    "keep.write": habit.write,
    "keep.skip": answers.answer_once(Answer.SKIPPED),
    "booster.done": answers.answer_once(Answer.DONE),
    "booster.skip": answers.answer_once(Answer.SKIPPED),
    "pulse.open": survey.opened,
    "pulse.skip": answers.answer_once(Answer.SKIPPED),
}
FORMS: dict[str, OfForm] = {
    "plan.make": plan.plan_made,
    "later.set": later.later_set,
    "day.moved": planned_day.day_moved,
    "debrief.answer": dialogue.answered,
    "transfer.save": change.transfer_saved,
    "keep.save": habit.saved,
    "pulse.save": survey.saved,
}
BETWEEN = timedelta(minutes=1)  # from one deed to the next


@dataclass(frozen=True, kw_only=True)
class Done:
    """A deed with what was seen of it."""

    label: str  # of the button
    form: Form | None
    told: Sequence[Part]  # what is new on the message
    receipts: Sequence[Message]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A message when it came, and what was done with it."""

    at: datetime  # local
    week: int
    kinds: Sequence[Kind]  # from the top of the card to its end
    item: str | None
    is_post: bool  # in the channel
    message: Message
    done: Sequence[Done] = ()


def read(words: Words, *, journey: str, language: Language, person: Person, weeks: int | None = None) -> Iterator[Told]:
    """Yield what a kind of person gets in so many weeks of a journey, or in all of it."""
    ways = WAYS[person]
    run = begun(words, journey, language, pace=ways.pace, scope=ways.scope)
    last = weeks or max(step.week for step in run.course.journey.steps) + 1
    end = run.now + timedelta(weeks=last * ways.pace + 1)
    welcome, *_ = run.course.agenda
    yield from _came(run, run.sent([welcome]), person)
    posts = [row for row in run.posts if row.due_at < end]
    while True:
        come = run.goes_on(min(posts[0].due_at if posts else end, end))
        if come is not None:
            yield from _came(run, come, person)
        elif posts:
            yield from _posted(run, posts.pop(0), person)
        else:
            return


def _came(run: Run, rows: Sequence[Nudge], person: Person) -> Iterator[Told]:
    lead, *below = rows
    told = Told(
        at=run.now.astimezone(ZoneInfo(lead.zone)),
        week=lead.week,
        kinds=tuple(row.kind for row in rows),
        item=lead.item,
        is_post=False,
        message=run.looks_like(lead, below),
    )
    done = []
    for row in rows:
        for deed in WAYS[person].deeds(run, row):
            run.now += BETWEEN
            run.heard()
            done.append(_did(run, row.id, deed))
    yield replace(told, done=tuple(done))


def _did(run: Run, name: str, deed: Deed) -> Done:
    before = run.looks_like(run.row(name))
    pressed = next(each for each in _buttons(before.parts) if each.id == deed.button)
    workspace, person = run.course.member.workspace, run.course.member.external_id
    press = Press(
        workspace=workspace,
        person=person,
        event_id="",
        at=run.now,
        button=deed.button,
        value=pressed.value,
        inputs={},
        trigger="",
        ref=None,
    )
    row = _pressed_row(run, name, pressed)
    decision = PRESSES[deed.button](run.given(), run.situation(row), press)
    form = decision.opens
    if form is not None:
        sent = Submitted(
            workspace=workspace,
            person=person,
            event_id="",
            at=run.now,
            form=form.id,
            subject=form.subject,
            values=deed.values,
            trigger="",
        )
        decision = FORMS[form.id](run.given(), run.situation(row), sent)
    assert decision.records, f"{deed.button} of a {row.kind} came to nothing"
    new = run.save(decision)
    looks = run.looks_like(run.row(name))
    told = [part for part in looks.parts if part not in before.parts]
    return Done(label=pressed.label, form=form, told=told, receipts=[run.receipt(each) for each in new])


def _pressed_row(run: Run, name: str, pressed: Button) -> Nudge:
    """Return the message that a button is about: what it names, else the one it stands on."""
    about = pressed.value.partition(":")[0]
    return next((row for row in run.course.agenda if row.id == about), run.row(name))


def _buttons(parts: Sequence[Part]) -> Iterator[Button]:
    for part in parts:
        if isinstance(part, Buttons):
            yield from part.buttons
        elif isinstance(part, Row):
            yield part.button


def _posted(run: Run, row: Nudge, person: Person) -> Iterator[Told]:
    """Yield a post of the channel as it looks where this person alone takes part."""
    run.now = max(run.now, row.due_at)
    before = [each for each in run.looks.values() if each.member is None]
    look = None
    if row.kind is Kind.TEAM_REFLECTION:
        look = _team_look(run, row, before, shares=WAYS[person].shares)
        is_second_quiet = bool(before) and not (look.shared or look.tried or before[-1].shared or before[-1].tried)
        run.save(Decision(records=[look]))
        if is_second_quiet:
            return
    yield Told(
        at=run.now.astimezone(ZoneInfo(row.zone)),
        week=row.week,
        kinds=(row.kind,),
        item=row.item,
        is_post=True,
        message=run.post(row, look),
    )


def _team_look(run: Run, row: Nudge, before: Sequence[Reflection], *, shares: bool) -> Reflection:
    since = before[-1].made_at if before else run.course.enrollment.joined_at
    posted = {name for each in before for name in each.shared}
    new = [each for each in run.replies if each.id not in posted] if shares else []
    asked = set(run.asked)
    run.save(Decision(records=[replace(each, shared_at=run.now - BETWEEN) for each in new]))
    run.asked = asked
    done = [each for each in run.course.agenda if each.kind is Kind.NUDGE and each.answer is Answer.DONE]
    return Reflection(
        id=f"post-{row.id}",
        workspace="w",
        cohort=row.cohort,
        member=None,
        nudge=row.id,
        week=row.week,
        tried=sum(each.answered_at is not None and each.answered_at > since for each in done),
        shared=tuple(each.id for each in new),
        made_at=run.now,
    )
