"""What stands under words that seem to ask for something: the question what was meant, and what came of it."""

from collections.abc import Sequence

from bot.chat.port import Body, Button, Buttons, Message, Part
from bot.coaching.intents import Intent
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.reply import Reply, ReplyKind
from bot.flows.context.nudge import NudgeContext, Participation
from bot.flows.given import Given
from bot.flows.messages.parts import button, help_parts, label_of, labelled, note
from bot.flows.messages.readers import scope_line
from bot.store.port.words import Places

# On the day of a plan the same as in its question, where no words are kept that could carry it.
DOES_OF_A_DAY = {Intent.DONE: "day.done", Intent.NOT_DONE: "day.drop"}
# What is done about a request once the person presses it; where nothing is, the words above the button are the answer.
DOES = {
    Intent.STOP: "intent.stop",
    Intent.PAUSE: "intent.pause",
    Intent.COACH: "intent.coach",
    Intent.LATER: "intent.later",
    Intent.NOT_NOW: "intent.later",
    Intent.DONE: "intent.done",
    Intent.NOT_DONE: "intent.drop",
    Intent.WHAT_NOW: "intent.next",
    Intent.HELP: "intent.help",
}
ANSWERED = frozenset({Intent.HELP, Intent.THANKS, Intent.WHO_READS, Intent.WHAT_NOW})  # by what the card says


def is_open(scene: NudgeContext, reply: Reply) -> bool:
    """Whether words are still to be told from an answer, or were a request; else their receipt stands there."""
    match reply.kind:
        case ReplyKind.REQUEST:
            return True
        case ReplyKind.HELD:
            return reply.text is not None
        case _:  # what became a note, and its person never said whether nothing is to come any more
            is_over = scene.enrollment.state is EnrollmentState.COMPLETED
            has_end = scene.enrollment.stands_still or is_over
            return reply.intent is Intent.STOP and reply.text is not None and has_end


def offer(given: Given, scene: NudgeContext, reply: Reply, places: Places) -> Message:
    """Return what stands under words that seem to ask for something, by what became of them."""
    assert reply.intent is not None, "words that are no answer have an intent"
    if reply.kind is ReplyKind.REQUEST:
        taker = places.takers.get(reply.id)
        if taker is not None:
            return _message(given, scene, "request-coach-taken", coach=taker)
        return _done(given, scene, reply)
    keep = button(given, scene.language, "intent.keep", reply.id)
    does = acts(given, scene, reply.intent, reply.id)
    if reply.kind is not ReplyKind.HELD and scene.enrollment.state is EnrollmentState.COMPLETED:
        delete = button(given, scene.language, "reply.delete", reply.id, confirm=True)
        return _message(given, scene, "asked-stop-over", delete)
    if reply.kind is not ReplyKind.HELD:
        goes_on = button(given, scene.language, "intent.undo", reply.id)
        return _message(given, scene, f"{key_of(reply.intent)}-lapsed", *does, goes_on, keep)
    told = _message(given, scene, key_of(reply.intent), *does, keep)
    return Message(fallback=told.fallback, parts=(*told.parts, note(given, scene.language, "asked-held")))


def unheld(given: Given, scene: NudgeContext, intent: Intent, value: str, *more: Button) -> Message:
    """Return the same question where no words are kept, with more buttons; `value` is a plan's day, where it is one."""
    if scene.enrollment.stands_still and intent is Intent.STOP:
        return _message(given, scene, "asked-stop-done", *_way_back(given, scene, ""), *more)
    of_a_day = [button(given, scene.language, DOES_OF_A_DAY[intent], value)] if value else None
    does = acts(given, scene, intent, "") if of_a_day is None else of_a_day
    is_help = intent is Intent.HELP
    told = _list(given, scene, more) if is_help else _message(given, scene, key_of(intent), *does, *more)
    return Message(fallback=told.fallback, parts=(*told.parts, note(given, scene.language, "asked-not-kept")))


def key_of(intent: Intent) -> str:
    """Return the key of the question, or the answer, to what seems to be asked for."""
    return f"asked-{intent.replace('_', '-')}"


def acts(given: Given, run: Participation, intent: Intent, value: str) -> list[Button]:
    """Return the button that does what seems to be asked for; none where saying it is all."""
    return [button(given, run.language, DOES[intent], value)] if intent in DOES else []


def _done(given: Given, scene: NudgeContext, reply: Reply) -> Message:
    """Return what was done; as long as its words are there, they can still be kept as an answer."""
    assert reply.intent is not None, "a request asks for something"
    was_answer = labelled(given, scene.language, button(given, scene.language, "intent.keep", reply.id), "intent-was")
    keep = [was_answer] if reply.text is not None else []
    if reply.intent is Intent.STOP and scene.enrollment.stands_still:
        return _message(given, scene, "asked-stop-done", *_way_back(given, scene, reply.id), *keep)
    if reply.deleted_at is None and reply.intent in ANSWERED:
        return _answered(given, scene, reply, keep)
    if reply.deleted_at is None and reply.intent is Intent.LATER:
        return _message(given, scene, "request-later", *acts(given, scene, reply.intent, reply.id), *keep)
    is_pause = reply.intent is Intent.PAUSE and scene.going
    more = [button(given, scene.language, "pause.open", scene.enrollment.id)] if is_pause else []
    key = "pause-set" if reply.intent is Intent.PAUSE and not is_pause else reply.intent.replace("_", "-")
    return _message(given, scene, f"request-{key}", *more, *keep)


def _answered(given: Given, scene: NudgeContext, reply: Reply, keep: Sequence[Button]) -> Message:
    """Return the answer to what was asked in a whole message of the published list."""
    run = scene.enrollment
    if reply.intent is Intent.HELP:
        return _list(given, scene, keep)
    assert reply.intent is not None, "a request asks for something"
    key = key_of(reply.intent)
    if reply.intent is Intent.WHAT_NOW and run.state is EnrollmentState.PAUSED:
        key = f"{key}-{'paused' if run.paused_until else 'still'}"
    return _message(given, scene, key, *acts(given, scene, reply.intent, reply.id), *keep)


def _list(given: Given, run: Participation, more: Sequence[Button]) -> Message:
    """Return everything that can be asked for."""
    parts = help_parts(given, run.language)
    shown = (*parts, Buttons(tuple(more))) if more else tuple(parts)
    return Message(fallback=given.words.say("help-title", run.language), parts=shown)


def _way_back(given: Given, run: Participation, value: str) -> list[Button]:
    """Return what can be done after a stop: going on, or leaving for good."""
    return [button(given, run.language, name, value) for name in ("intent.undo", "intent.leave")]


def _message(given: Given, scene: NudgeContext, key: str, *buttons: Button, coach: str = "") -> Message:
    words, language = given.words, scene.language
    values = {
        "about": label_of(given, scene, scene.nudge),
        "scope": scope_line(given, scene, scene.enrollment.scope),
        "coach": coach,
        **({"day": words.day(until, language)} if (until := scene.enrollment.paused_until) else {}),
    }
    parts: list[Part] = [Body(words.body(key, language, **values))]
    if buttons:
        parts.append(Buttons(buttons))
    return Message(fallback=words.say(key, language, **values), parts=tuple(parts))
