"""Answering one person privately, wherever they acted."""

from bot.chat.port import (
    Blame,
    Body,
    Buttons,
    Choice,
    Command,
    Form,
    FormErrors,
    FormPart,
    Incoming,
    Message,
    Opening,
    Outcome,
    Place,
    Press,
    RetryAfter,
    Row,
    Sent,
    Submitted,
    Undeliverable,
)
from bot.coaching.records.member import Member
from bot.coaching.records.screen import Screen
from bot.flows.context.identify import language_of
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.screens import open_forms
from bot.flows.short_pause import patiently as patiently  # noqa: PLC0414 - others take it from here

_NOT_OPENED = {
    Opening.TOO_LATE: "{deed}-again",
    Opening.NO_ROOM: "{deed}-crowded",
    Opening.REFUSED: "form-refused",
}


async def direct(ports: Ports, member: Member) -> str | None:
    """Return our conversation with a person, opened if need be; None when it cannot be."""
    if member.direct:
        return member.direct
    opened = await ports.chat.open_direct(member.workspace, member.external_id)
    return opened if isinstance(opened, str) else None


async def tell(
    ports: Ports, incoming: Incoming, message: Message, *, replaces: bool = False, first: Message | None = None
) -> Outcome | None:
    """Show an answer to the person alone, in the place where they acted; None when a form shows it, or nothing.

    With `replaces` it takes the place of what was pressed, where that is seen by one person only. What is to stand as a
    message is posted as `first`, if given: the answer is shown in its place by whoever asked for it.
    """
    posted = first or message
    if isinstance(incoming, Command):
        return await _aside(ports, incoming, incoming.aside, incoming.conversation, posted)
    if isinstance(incoming, Press | Submitted) and incoming.ref is not None:
        ref = incoming.ref
        return await _aside(ports, incoming, ref.aside, ref.conversation, posted, replaces=replaces)
    in_front = isinstance(incoming, Press) and (incoming.at_home or bool(incoming.opening))
    if isinstance(incoming, Press) and in_front and await _told_in_front(ports, incoming, message):
        return None
    opened = await ports.chat.open_direct(incoming.workspace, incoming.person)
    if not isinstance(opened, str):
        return None
    place = Place(workspace=incoming.workspace, conversation=opened)
    return await ports.chat.whisper(place, incoming.person, posted)


async def _aside(
    ports: Ports,
    incoming: Command | Press | Submitted,
    aside: str | None,
    conversation: str,
    message: Message,
    *,
    replaces: bool = False,
) -> Outcome:
    if aside:
        return await patiently(lambda: ports.chat.respond(incoming.workspace, aside, message, replace=replaces))
    place = Place(workspace=incoming.workspace, conversation=conversation)
    outcome = await patiently(lambda: ports.chat.whisper(place, incoming.person, message))
    await _heard(ports, incoming, outcome)
    return outcome


async def _heard(ports: Ports, incoming: Incoming, outcome: Outcome) -> None:
    """See to it that who asked hears why, where our own chat with them is not to be opened."""
    if isinstance(outcome, Undeliverable) and outcome.blame is Blame.PERSON:
        await _out_of_reach(ports, incoming, "out-of-reach")
    elif isinstance(outcome, Undeliverable | RetryAfter) and not ports.chat.has_views(incoming.workspace):
        await _out_of_reach(ports, incoming, "unreached")


async def _out_of_reach(ports: Ports, incoming: Incoming, key: str) -> None:
    """Say where a command was typed why no answer came: that its person asked is seen there already.

    What was pressed nobody else saw: there the platform's own answer to the press says it to the person.
    """
    if isinstance(incoming, Press):
        language = await language_of(ports, incoming, incoming.ref.conversation if incoming.ref else None, None)
        ports.unheard.append(ports.words.say(f"press-{key}", language))
    elif isinstance(incoming, Command) and not incoming.is_direct:
        place = Place(workspace=incoming.workspace, conversation=incoming.conversation, thread=incoming.thread)
        language = await language_of(ports, incoming, place.conversation, None)
        await ports.chat.send(place, line(ports.words, language, key))


def at_once(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Return what a person reads in answer to what they pressed, where nothing can be told in our own chat."""
    told = " ".join(dict.fromkeys(ports.unheard))
    return FormErrors({}, told=told) if told and isinstance(incoming, Press) else None


async def _told_in_front(ports: Ports, press: Press, message: Message) -> bool:
    """Show an answer over the view in which was pressed, where a whisper is not seen; tell whether that is all of it.

    A message with buttons is shown up to the first of them: they work in the conversation only.
    """
    words, language = ports.words, await language_of(ports, press, None, None)
    parts = _above_buttons(message)
    whole = len(parts) == len(message.parts)
    form = Form(
        id="home.told",
        title=words.say("home-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=parts if whole else (*parts, Body(words.body("told-in-chat", language))),
    )
    if not parts:
        return False
    return isinstance(await open_forms.show(ports, press, form), Sent) and whole


def _above_buttons(message: Message) -> tuple[FormPart, ...]:
    parts: list[FormPart] = []
    for part in message.parts:
        if isinstance(part, Buttons | Row | Choice):
            break
        parts.append(part)
    return tuple(parts)


async def open_form(
    ports: Ports, incoming: Command | Press, form: Form, *, screen: Screen | None = None
) -> Sent | Opening:
    """Open a form; when it cannot open and cannot be asked in the message either, ask the person to press once more.

    `screen` is what it is to be known as, where it shows somebody else's words.
    """
    opening = await open_forms.show(ports, incoming, form, screen)
    if opening is Opening.OUT_OF_REACH:
        await _out_of_reach(ports, incoming, "out-of-reach")
    elif isinstance(opening, Opening) and opening in _NOT_OPENED:
        deed = "command" if isinstance(incoming, Command) else "press"
        key = _NOT_OPENED[opening].format(deed=deed)
        language = await language_of(ports, incoming, None, None)
        await tell(ports, incoming, line(ports.words, language, key))
    return opening
