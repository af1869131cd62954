"""Answering one person privately, wherever they acted."""

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Choice,
    Command,
    Form,
    FormPart,
    Incoming,
    Message,
    Opening,
    Part,
    Place,
    Press,
)
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.words.port import Value, Words


def line(words: Words, language: Language, key: str, /, *buttons: Button, **values: Value) -> Message:
    """Return a message of one phrase and, if given, a row of buttons."""
    parts: list[Part] = [Body(words.body(key, language, **values))]
    if buttons:
        parts.append(Buttons(buttons))
    return Message(fallback=words.say(key, language, **values), parts=tuple(parts))


async def direct(ports: Ports, member: Member) -> str | None:
    """Return our conversation with a person, opened if need be; None when it cannot be."""
    if member.direct:
        return member.direct
    opened = await ports.chat.open_direct(member.workspace, member.external_id)
    return opened if isinstance(opened, str) else None


async def tell(ports: Ports, incoming: Incoming, message: Message) -> None:
    """Show an answer to the person alone, in the place where they acted."""
    if isinstance(incoming, Command):
        if incoming.aside:
            await ports.chat.respond(incoming.workspace, incoming.aside, message)
        else:
            place = Place(workspace=incoming.workspace, conversation=incoming.conversation)
            await ports.chat.whisper(place, incoming.person, message)
        return
    if isinstance(incoming, Press) and incoming.ref is not None:
        if incoming.ref.aside:
            await ports.chat.respond(incoming.workspace, incoming.ref.aside, message)
        else:
            place = Place(workspace=incoming.workspace, conversation=incoming.ref.conversation)
            await ports.chat.whisper(place, incoming.person, message)
        return
    if isinstance(incoming, Press) and incoming.at_home and await _told_at_home(ports, incoming, message):
        return
    opened = await ports.chat.open_direct(incoming.workspace, incoming.person)
    if isinstance(opened, str):
        place = Place(workspace=incoming.workspace, conversation=opened)
        await ports.chat.whisper(place, incoming.person, message)


async def _told_at_home(ports: Ports, press: Press, message: Message) -> bool:
    """Show an answer over the person's Home, where a whisper is not seen, and tell whether that is all of it.

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
    return await ports.chat.open_form(press.workspace, press.trigger, form) is Opening.OPEN and whole


def _above_buttons(message: Message) -> tuple[FormPart, ...]:
    parts: list[FormPart] = []
    for part in message.parts:
        if isinstance(part, Buttons | Choice):
            break
        parts.append(part)
    return tuple(parts)


async def open_form(ports: Ports, incoming: Command | Press, form: Form) -> None:
    """Open a form; when the platform says it is too late for that, ask the person to press once more."""
    if await ports.chat.open_form(incoming.workspace, incoming.trigger, form) is not Opening.OPEN:
        key = "command-again" if isinstance(incoming, Command) else "press-again"
        language = await language_of(ports, incoming, None, None)
        await tell(ports, incoming, line(ports.words, language, key))
