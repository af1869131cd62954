"""What comes of it: the look back, the four-week check, the habit to keep, the closing and the boosters."""

from collections.abc import Sequence

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Note, Part, Quote, Style
from bot.coaching.calendar import local_day
from bot.coaching.journey import Step, Text
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.pulse import QUESTIONS, PulseAnswer, Wave
from bot.coaching.records.reply import Reply, Scope
from bot.flows.context.pending import standing
from bot.flows.given import Given
from bot.flows.messages.experiment import item_of
from bot.flows.messages.parts import (
    about_of,
    button,
    changes,
    footer,
    message,
    note,
    promise,
    reading,
    same_before,
    text_of,
)
from bot.flows.messages.shown import Shown
from bot.flows.messages.words import channel_buttons, channel_line

MOST_SHOWN = 6  # own words in one look back
LONGEST_SHOWN = 600  # characters of one of them
_CHANGES = (
    ("closing-changed", (CommitmentState.DONE,)),
    ("closing-to-change", (CommitmentState.OPEN, CommitmentState.MOVED)),
)


def check(given: Given, scene: Shown) -> Message:
    """Return the question four weeks after a transfer."""
    item, row, language = item_of(scene), scene.nudge, scene.language
    made = scene.promise
    assert made is not None, "a check is written with the change it is about"
    parts: list[Part] = promise(given, scene, made)
    if row.answer is not None:
        said = [_checked(given, scene, row.answer), *_smaller(given, scene, made)]
        return message(given, item.check, language, row.week, *parts, *said)
    choices = [button(given, language, name, row.id) for name in ("check.yes", "check.no")]
    buttons = Buttons((*reading(given, language, made), *choices))
    return message(given, item.check, language, row.week, *parts, buttons, footer(given, scene))


def _smaller(given: Given, scene: Shown, made: Commitment) -> list[Part]:
    """Return, where nobody noticed yet, the smaller step that was taken instead, or the button that asks for one."""
    row = scene.nudge
    if row.answer is not Answer.UNNOTICED:
        return []
    step = next(iter(scene.promises_for(row.id)), None)
    if step is not None:
        return [
            *promise(given, scene, step),
            *([Buttons(tuple(found))] if (found := reading(given, scene.language, step)) else []),
        ]
    if made.state is CommitmentState.DROPPED:
        return []
    return [Buttons((button(given, scene.language, "smaller.make", row.id),))]


def _checked(given: Given, scene: Shown, answer: Answer) -> Note:
    """Return what is said of the answer; who saw somebody notice is asked for it as long as words answer this."""
    stands, times = standing(given, scene), same_before(scene, scene.nudge)
    if answer is Answer.NOTICED and stands.is_pending:
        day = given.words.day(stands.until, scene.language)
        return note(given, scene.language, "check-noticed-said", day=day, times=times)
    key = "check-noticed-over" if answer is Answer.NOTICED else f"check-{answer}-said"
    return note(given, scene.language, key, times=times)


def keep(given: Given, scene: Shown) -> Message:
    """Return the question which one habit stays."""
    row, language = scene.nudge, scene.language
    if row.answer is not None:
        return message(given, scene.text, language, row.week, note(given, language, f"keep-{row.answer}-said"))
    buttons = (
        button(given, language, "keep.write", row.id, style=Style.PRIMARY),
        button(given, language, "keep.skip", row.id),
    )
    return message(given, scene.text, language, row.week, Buttons(buttons), footer(given, scene))


def booster(given: Given, scene: Shown) -> Message:
    """Return a booster; the habit that was kept stands beside it when it may be shown."""
    row, language = scene.nudge, scene.language
    parts = _habit(given, scene)
    if row.answer is not None:
        said = note(given, language, f"booster-{row.answer}-said")
        return message(given, scene.text, language, row.week, *parts, said)
    buttons = tuple(button(given, language, name, row.id) for name in ("booster.done", "booster.skip"))
    return message(given, scene.text, language, row.week, *parts, Buttons(buttons), footer(given, scene))


def _habit(given: Given, scene: Shown) -> list[Part]:
    """Return the habit beside the first booster, which is about it; a private one opens in a form."""
    kept = scene.habit
    first = min(step.week for step in scene.journey.steps if step.kind is scene.nudge.kind)
    if kept is None or scene.nudge.week != first:
        return []
    language = scene.language
    if kept.scope is Scope.PRIVATE:
        read = Buttons((button(given, language, "reply.read", kept.id),))
        return [note(given, language, "booster-kept-private"), read]
    return [Quote(kept.text or "", label=given.words.say("booster-kept-label", language))]


def reflection(given: Given, scene: Shown) -> Message:
    """Return the look back on the person's own week, line by line; private words are counted, never shown."""
    row, language, journey = scene.nudge, scene.language, scene.journey
    tried = scene.made.tried if scene.made else 0
    is_something = tried or (scene.made is not None and scene.made.shared)  # also when its words were taken back
    texts = journey.reflections if is_something else journey.quiet
    parts: list[Part] = []
    if tried:
        parts.append(note(given, language, "reflection-tried", count=tried))
    parts += [*_words(given, scene), *_open_changes(given, scene)]
    return message(given, turn(texts, scene.journey.steps, row), language, row.week, *parts)


def _open_changes(given: Given, scene: Shown) -> list[Part]:
    """Return the changes of the run that are open, below a line of their own."""
    listed = changes(given, scene, scene.promises)
    return [note(given, scene.language, "reflection-changes"), *listed] if listed else []


def turn(texts: Sequence[Text], steps: Sequence[Step], row: Nudge) -> Text:
    """Return the text whose turn it is: one for each week with such a step, so that none comes twice."""
    weeks = sorted({step.week for step in steps if step.kind is row.kind})
    place = weeks.index(row.week) if row.week in weeks else row.week
    return texts[place % len(texts)]


def _words(given: Given, scene: Shown) -> list[Part]:
    """Return the person's words of the week; each is asked for the channel by itself, and silence keeps it out."""
    language, own = scene.language, scene.words
    shown = [each for each in own if each.scope is not Scope.PRIVATE]
    lines: list[Part] = []
    asks = False
    for each in shown[:MOST_SHOWN]:
        is_here = each.cohort == scene.cohort.id  # what was written in another team is not asked for
        buttons = channel_buttons(given, language, each, scene.places, asks=True) if is_here else []
        asks = asks or bool(buttons)
        lines += [Quote(_short(text_of(given, language, each)), label=about_of(given, scene, each))]
        lines += [*channel_line(given, language, each, scene.places), *([Buttons(tuple(buttons))] if buttons else [])]
    parts: list[Part] = [note(given, language, "reflection-may"), *lines] if asks else lines
    if len(shown) > MOST_SHOWN:
        parts.append(note(given, language, "reflection-more", count=len(shown) - MOST_SHOWN))
    private = len(own) - len(shown)
    if private:
        parts.append(note(given, language, "reflection-private", count=private))
        parts.append(Buttons((button(given, language, "reflection.read", scene.nudge.id),)))
    return parts


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"


def closing(given: Given, scene: Shown) -> Message:
    """Return the end of the journey: first what was the person's own, then the numbers of before and after."""
    words, language, week = given.words, scene.language, scene.nudge.week
    title, rows = words.title_of(scene.text, language, week=week), before_and_after(given, scene, scene.pulse)
    own = [*_tried(given, scene), *_changed(given, scene), *_noticed(given, scene), *_kept(given, scene)]
    numbers: list[Part] = [note(given, language, "pulse-before-after-about"), Facts(rows)] if rows else []
    return Message(
        fallback=title, parts=(Heading(title), *own, Body(words.body_of(scene.text, language, week=week)), *numbers)
    )


def _tried(given: Given, scene: Shown) -> list[Part]:
    """Return the experiments that were done, with the day on which each was."""
    words, language = given.words, scene.language
    done: dict[str, str] = {}
    for row in scene.agenda:
        item = scene.journey.items.get(row.item or "")
        if row.kind is Kind.NUDGE and item is not None and row.answer is Answer.DONE and row.answered_at:
            theme = words.title_of(item.theme, language, week=row.week)
            done[theme] = words.day(local_day(row.answered_at, scene.zone), language)
    return [Body(words.body("closing-tried", language)), Facts(tuple(done.items()))] if done else []


def _changed(given: Given, scene: Shown) -> list[Part]:
    """Return the changes that began, then those that still may, oldest first; a private one by its day."""
    mine = [each for each in reversed(scene.promises) if each.kind is CommitmentKind.TRANSFER and each.first]
    parts: list[Part] = []
    for key, states in _CHANGES:
        found = [part for each in mine if each.state in states for part in promise(given, scene, each)]
        parts += [Body(given.words.body(key, scene.language)), *found[:MOST_SHOWN]] if found else []
    return parts


def _noticed(given: Given, scene: Shown) -> list[Part]:
    """Return what the person saw a customer notice, oldest first; private words are counted."""
    own = [each for each in reversed(scene.noticed) if each.enrollment == scene.enrollment.id and each.text]
    return _own_words(given, scene, "closing-noticed", own)


def _kept(given: Given, scene: Shown) -> list[Part]:
    """Return the habit that was chosen."""
    return _own_words(given, scene, "closing-kept", [scene.habit] if scene.habit else [])


def _own_words(given: Given, scene: Shown, key: str, own: Sequence[Reply]) -> list[Part]:
    language = scene.language
    private = sum(each.scope is Scope.PRIVATE for each in own)
    told: list[Part] = [Quote(_short(each.text or "")) for each in own if each.scope is not Scope.PRIVATE]
    told += [note(given, language, "closing-private", count=private)] if private else []
    return [Body(given.words.body(key, language)), *told] if told else []


def before_and_after(given: Given, scene: Shown, answers: Sequence[PulseAnswer]) -> tuple[tuple[str, str], ...]:
    """Return one row a question that was answered both times, as dots."""
    words, language = given.words, scene.language
    value = {(answer.wave, answer.question): answer.value for answer in answers}
    return tuple(
        (
            words.say(f"pulse-question-{question.slug}", language),
            words.say(
                "pulse-before-after",
                language,
                before=dots(value[Wave.BEFORE, question.slug], question.highest),
                after=dots(value[Wave.AFTER, question.slug], question.highest),
            ),
        )
        for question in QUESTIONS
        if (Wave.BEFORE, question.slug) in value and (Wave.AFTER, question.slug) in value
    )


def dots(value: int, highest: int) -> str:
    """Return a scale answer as filled and empty dots."""
    return "●" * value + "○" * (highest - value)
