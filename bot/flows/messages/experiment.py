"""The experiment itself: the nudge, the Thursday question, the planned day."""

from datetime import datetime

from bot.chat.port import Body, Button, Buttons, Heading, Message, Note, Part, Style
from bot.coaching.calendar import local_day
from bot.coaching.journey import Item, Text
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import AFTER, Answer, Kind, Manner, Nudge
from bot.coaching.rules.state import after_a_pause
from bot.flows.context.debrief import debrief_ahead
from bot.flows.context.nudge import AgendaContext, NudgeContext, at_home
from bot.flows.context.pending import standing
from bot.flows.given import Given
from bot.flows.messages.parts import (
    answered_before,
    button,
    footer,
    message,
    newest,
    note,
    promise,
    reading,
    same_before,
)
from bot.flows.messages.shown import Shown
from bot.flows.messages.words import own

WORDINGS = 5  # of the question on a change's day


def nudge(given: Given, scene: Shown) -> Message:
    """Return the experiment in the state its answer left it in."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    shown = message(given, _text(item, scene), language, row.week, *_below(given, scene, item))
    if row.answer is Answer.NOT_FOR_ME:
        warm = Note(given.words.body_of(item.not_for_me, language, week=row.week))
    elif row.occurrence.startswith(AFTER):
        warm = note(given, language, "nudge-back", times=_times_put_off(scene, row.sent_at or given.now))
    elif row.manner is not None and row.answer is None:
        before = sum(each.manner is row.manner and each.due_at < row.due_at for each in scene.agenda)
        warm = note(given, language, f"nudge-manner-{row.manner}", times=before)
    else:
        return shown
    return Message(fallback=shown.fallback, parts=(warm, *shown.parts))


def _text(item: Item, scene: Shown) -> Text:
    """Return what an experiment says: another way to do it, in a few words, or in a wording not sent before."""
    row = scene.nudge
    if row.alternative is not None:
        return item.alternatives[row.alternative].text
    if row.manner is Manner.SHORT and item.short is not None:
        return item.short
    return item.nudge.told(put_off_before(scene))


def _other_manner(given: Given, scene: Shown) -> list[Part]:
    """Return, of what does not come as written, the press that undoes it; of what is shorter, also a pause."""
    if scene.nudge.manner is None:
        return []
    usual = button(given, scene.language, "nudge.usual", scene.nudge.id)
    pause = button(given, scene.language, "pause.open", scene.enrollment.id)
    is_short = scene.nudge.manner is Manner.SHORT
    return [Buttons((pause, usual) if is_short else (usual,))]


def _below(given: Given, scene: Shown, item: Item) -> list[Part]:
    """Return what stands under the text: buttons while it is open, a line once it is answered."""
    row, language = scene.nudge, scene.language
    if row.answer is None:
        return [Buttons(_choices(given, scene)), *_other_manner(given, scene), footer(given, scene)]
    if row.answer is Answer.NOT_FOR_ME:
        return [Buttons(_alternatives(given, scene, item)), footer(given, scene)]
    if row.answer is Answer.PLANNED:
        plan = newest(scene.promises_for(row.id))
        assert plan is not None, "the answer is written with the plan"
        return _planned(given, scene, plan)
    if row.answer is Answer.LATER:
        return [_later(given, scene)]
    if row.answer is Answer.DONE:
        return [done_note(given, scene, row, _done(given, scene, item))]
    return [note(given, language, "nudge-left", times=same_before(scene, row))]


def done_note(given: Given, scene: Shown, root: Nudge, otherwise: Note) -> Note:
    """Return what is said once it is done: when the four questions come, or else only that it is."""
    coming = debrief_ahead(scene.agenda, root)
    if coming is None:
        return otherwise
    keeps = item_of(scene).keeps_words and not at_home(given, scene)
    words_go_here = "nudge-done-when" if standing(given, scene).is_pending else "nudge-done-when-short"
    key = words_go_here if keeps else "nudge-done-when-forgets"
    day, times = given.words.day(coming.local_date, scene.language), _done_before(scene, root)
    return note(given, scene.language, key, day=day, times=times)


def _done_before(scene: Shown, root: Nudge) -> int:
    """Return how many other experiments were done before."""
    done = [each for each in _experiments(scene) if each.answer is Answer.DONE and each.item != root.item]
    return answered_before(done, root.answered_at)


def _done(given: Given, scene: Shown, item: Item) -> Note:
    """Return what is said once it is done: nobody is asked to type what would not be kept, or goes elsewhere."""
    if not item.keeps_words:
        return note(given, scene.language, "nudge-done-forgets")
    stands = standing(given, scene)
    if at_home(given, scene) or not stands.is_pending:
        return note(given, scene.language, "nudge-done-short")
    return note(given, scene.language, "nudge-done-said", day=given.words.day(stands.until, scene.language))


def _choices(given: Given, scene: Shown) -> tuple[Button, ...]:
    language, value = scene.language, scene.nudge.id
    plan = button(given, language, "nudge.plan", value, style=Style.PRIMARY)
    rest = _buttons(given, scene, "nudge.done", "nudge.later", "nudge.no")
    return (plan, *rest, *kit(given, scene))


def kit(given: Given, scene: Shown) -> list[Button]:
    """Return the button to the item's kit page, where there is one."""
    has_one = scene.item is not None and scene.item.kit is not None
    return [button(given, scene.language, "nudge.kit", scene.nudge.id)] if has_one else []


def _alternatives(given: Given, scene: Shown, item: Item) -> tuple[Button, ...]:
    language, row = scene.language, scene.nudge
    place = row.alternative or 0
    further = (
        [button(given, language, "nudge.another", f"{row.id}:{place}")] if place + 1 < len(item.alternatives) else []
    )
    return (
        button(given, language, "nudge.plan", row.id, style=Style.PRIMARY),
        button(given, language, "nudge.done", row.id),
        *further,
        button(given, language, "nudge.skip", row.id),
    )


def _planned(given: Given, scene: Shown, plan: Commitment) -> list[Part]:
    choices = _buttons(given, scene, "nudge.plan_change", "nudge.done", "nudge.no")
    return [
        *promise(given, scene, plan),
        Buttons((*choices, *kit(given, scene))),
        *(own(given, scene, plan, scene.places, changes=False) if plan.first else []),
    ]


def _buttons(given: Given, scene: Shown, *names: str) -> list[Button]:
    return [button(given, scene.language, name, scene.nudge.id) for name in names]


def _later(given: Given, scene: Shown) -> Note:
    words, language = given.words, scene.language
    occurrence = f"{AFTER}{scene.nudge.id}"
    back = next(row for row in scene.agenda if row.occurrence == occurrence)  # written with the answer
    times = _times_put_off(scene, scene.nudge.answered_at) + 1
    key = "nudge-later-said" if times == 1 else "nudge-later-again"
    return note(given, language, key, day=words.day(back.local_date, language), times=times)


def _times_put_off(scene: Shown, at: datetime | None) -> int:
    """Return how often this person put an experiment off in this run before that moment."""
    return answered_before([row for row in _experiments(scene) if row.answer is Answer.LATER], at)


def put_off_before(scene: AgendaContext) -> int:
    """Return how often this experiment was put off before the message."""
    row = scene.nudge
    same = (each for each in scene.agenda if each.kind is Kind.NUDGE and each.item == row.item)
    return sum(each.answer is Answer.LATER and each.due_at < row.due_at for each in same)


def _experiments(scene: Shown) -> list[Nudge]:
    return [row for row in scene.agenda if row.kind is Kind.NUDGE]


def follow_up(given: Given, scene: Shown) -> Message:
    """Return the one reminder: done, another day, or not for me. It answers for the nudge it is about."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    if row.answer is not None:
        assert scene.root is not None, "a reminder only follows a nudge that was sent"
        return nudge(given, scene.at(scene.root))
    choices = Buttons(tuple(_buttons(given, scene, "follow.done", "follow.plan", "follow.no")))
    asked = item.follow_up.in_state(after_a_pause(scene.enrollment, scene.root))
    return message(given, asked, language, row.week, choices, footer(given, scene))


def undone(given: Given, scene: Shown) -> Message:
    """Return the one question about what was not done; it answers for the nudge it is about."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    if row.answer is not None:
        assert scene.root is not None, "it only follows a nudge that was sent"
        return nudge(given, scene.at(scene.root))
    choices = _buttons(given, scene, "undone.smaller", "undone.another", "undone.done", "undone.drop")
    return message(given, item.undone, language, row.week, Buttons(tuple(choices)), footer(given, scene))


def day_of(given: Given, scene: Shown) -> Message:
    """Return the question on the planned day, with the plan or the change beside it."""
    row, language = scene.nudge, scene.language
    plan = scene.promise
    assert plan is not None, "the question of the day is written with what it asks about"
    parts: list[Part] = promise(given, scene, plan) if plan.first else []
    late = plan.due_on < local_day(row.sent_at or given.now, scene.zone)
    begins = plan.kind is CommitmentKind.TRANSFER and not late
    place = _asked_before(scene, CommitmentKind.TRANSFER) % WORDINGS + 1 if begins else 0
    if (how := outcome(row, plan)) is not None:
        parts.append(_settled(given, scene, plan, how))
    else:
        choices = _buttons(given, scene, "day.done", "day.move", "day.drop")
        opening = reading(given, language, plan)
        parts += [Body(given.words.body(f"transfer-day-{place}-asks", language))] if begins else []
        parts += [Buttons((*opening, *choices, *kit(given, scene))), footer(given, scene)]
    if plan.kind is CommitmentKind.PLAN and not late:
        asked = item_of(scene).day_of.told(_asked_before(scene, CommitmentKind.PLAN))
        return message(given, asked, language, row.week, *parts)
    title = given.words.say(f"{plan.kind}-{'late' if late else 'day'}-title", language)
    body = "day-late-body" if late else f"transfer-day-{place}"
    day, times = given.words.day(plan.due_on, language), _late_before(scene)
    told = Body(given.words.body(body, language, day=day, times=times))
    return Message(fallback=title, parts=(Heading(title), told, *parts))


def _asked_before(scene: Shown, kind: CommitmentKind) -> int:
    """Return how many questions of the day came before this one: of the item's plans, or of all changes of the run."""
    meant = {each.id for each in scene.promises if each.kind is kind}
    own = scene.nudge
    before = (row for row in scene.agenda if row.kind is Kind.DAY_OF and row.subject in meant and row.id != own.id)
    same = (row for row in before if kind is CommitmentKind.TRANSFER or row.item == own.item)
    came = [row.sent_at for row in same if row.sent_at is not None]
    return sum(own.sent_at is None or sent_at < own.sent_at for sent_at in came)


def _late_before(scene: Shown) -> int:
    """Return how many questions of the day came after their day before this one."""
    due = {each.id: each.due_on for each in scene.promises}
    asked = [row for row in scene.agenda if row.kind is Kind.DAY_OF and row.sent_at is not None]
    before = [row for row in asked if row.due_at < scene.nudge.due_at and row.subject in due]
    return sum(due[row.subject or ""] < local_day(row.sent_at or row.due_at, scene.zone) for row in before)


def _settled(given: Given, scene: Shown, plan: Commitment, how: Answer) -> Note:
    if how is Answer.DONE and plan.kind is CommitmentKind.PLAN:
        return done_note(given, scene, scene.nudge, note(given, scene.language, "day-done-said"))
    kind = "transfer-day" if plan.kind is CommitmentKind.TRANSFER and how is Answer.DONE else "day"
    day, times = given.words.day(plan.due_on, scene.language), _asked_before(scene, plan.kind)
    return note(given, scene.language, f"{kind}-{how}-said", day=day, times=times)


def outcome(row: Nudge, plan: Commitment) -> Answer | None:
    """Return how a question of the day was settled, here or elsewhere; None while it still asks."""
    if row.answer is not None:
        return row.answer
    if plan.is_open:
        return Answer.LATER if plan.due_on > row.local_date else None
    return Answer.DONE if plan.state is CommitmentState.DONE else Answer.SKIPPED


def item_of(scene: NudgeContext) -> Item:
    """Return the item of a message that cannot exist without one."""
    assert scene.item is not None, "the journey's linter holds"
    return scene.item
