"""Everything that arrives, led to the one flow that handles it; once, also when it arrives twice."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping

from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    FormErrors,
    HomeOpened,
    Incoming,
    PersonChanged,
    Press,
    Removed,
    Said,
    Submitted,
)
from bot.coaching.language import Language
from bot.coaching.verbs import Verb, read
from bot.flows import (
    account,
    adjust,
    amend,
    answer,
    appoint,
    commit,
    debrief,
    enroll,
    forget,
    home,
    keep,
    listen,
    on_the_day,
    promise,
    pulse,
    reflect,
    review,
    start,
    transfer,
)
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.flows.show import refuse
from bot.flows.tell import line, tell
from bot.store.port import Conflict

log = logging.getLogger(__name__)

TRIES = 4  # times a flow starts over when somebody else wrote first

COMMANDS: Mapping[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.START: start.start,
    Verb.JOIN: enroll.join_by_command,
    Verb.LATER: answer.later_by_command,
    **adjust.COMMANDS,
    **forget.COMMANDS,
    **review.COMMANDS,
}

PRESSES: Mapping[str, Callable[[Ports, Press], Awaitable[None]]] = {
    **adjust.PRESSES,
    **amend.PRESSES,
    **answer.PRESSES,
    **appoint.PRESSES,
    **commit.PRESSES,
    **debrief.PRESSES,
    **enroll.PRESSES,
    **forget.PRESSES,
    **home.PRESSES,
    **keep.PRESSES,
    **on_the_day.PRESSES,
    **promise.PRESSES,
    **pulse.PRESSES,
    **reflect.PRESSES,
    **review.PRESSES,
    **transfer.PRESSES,
}

FORMS: Mapping[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {
    **adjust.FORMS,
    **amend.FORMS,
    **answer.FORMS,
    **commit.FORMS,
    **debrief.FORMS,
    **enroll.FORMS,
    **forget.FORMS,
    **home.FORMS,
    **keep.FORMS,
    **on_the_day.FORMS,
    **pulse.FORMS,
    **review.FORMS,
    **start.FORMS,
    **transfer.FORMS,
}


async def receive(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Handle what arrived; a second arrival of the same event changes nothing.

    An event whose handling failed, or was cut off, is handled again when the platform repeats it. A person who acted
    is told, and what was typed into a form stays on the screen.
    """
    acted = isinstance(incoming, Command | Press | Submitted)
    try:
        if await _had(ports, incoming, acted=acted):
            return None
        await account.noticed(ports, incoming)
        answer = await _settled(ports, incoming)
        if incoming.event_id and not acted:
            await ports.store.first_sight(incoming.event_id, incoming.at)
    except Exception as error:
        # Without the error's own text, which may hold a person's words.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("failed kind=%s error=%s\n%s", type(incoming).__name__, type(error).__name__, where)  # noqa: TRY400
        if not acted:
            raise
        return await _sorry(ports, incoming)
    return answer


async def _had(ports: Ports, incoming: Incoming, *, acted: bool) -> bool:
    """Whether this arrived before.

    What a person does is noted first: the platform never repeats it, and nothing may happen twice. An event is noted
    once it is handled: the platform repeats it until then, and no word may be lost.
    """
    if not incoming.event_id:
        return False
    if acted:
        return not await ports.store.first_sight(incoming.event_id, incoming.at)
    return await ports.store.seen(incoming.event_id)


async def _sorry(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Tell a person that it went wrong, also when the store cannot be asked for their language."""
    try:
        if incoming.event_id:
            await ports.store.forget_sight(incoming.event_id)
        language = await language_of(ports, incoming, None, None)
    except Exception:  # whatever broke the flow may break this too
        log.warning("no language to be sorry in")
        language = Language.EN
    if isinstance(incoming, Submitted) and incoming.values:
        return FormErrors({next(iter(incoming.values)): ports.words.say("sorry", language)})
    await tell(ports, incoming, line(ports.words, language, "sorry"))
    return None


async def _settled(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Run the flow; start over when somebody else wrote between its reading and its writing."""
    for _ in range(TRIES - 1):
        try:
            return await _handled(ports, incoming)
        except Conflict:
            log.info("again after conflict kind=%s", type(incoming).__name__)
    return await _handled(ports, incoming)


async def _handled(ports: Ports, incoming: Incoming) -> FormErrors | None:
    match incoming:
        case Command():
            await _command(ports, incoming)
        case Press():
            await _press(ports, incoming)
        case Submitted():
            flow = FORMS.get(incoming.form)
            return await flow(ports, incoming) if flow else None
        case Said():
            await listen.said(ports, incoming)
        case Edited():
            await listen.edited(ports, incoming)
        case Deleted():
            await listen.deleted(ports, incoming)
        case HomeOpened():
            await home.opened(ports, incoming)
        case PersonChanged():
            await account.person_changed(ports, incoming)
        case Removed():
            await account.removed(ports, incoming)
    return None


async def _command(ports: Ports, command: Command) -> None:
    heard = read(command.text)
    if heard.verb is None:
        await adjust.unknown(ports, command, heard)
        return
    await COMMANDS[heard.verb](ports, command, heard.rest)


async def _press(ports: Ports, press: Press) -> None:
    if press.button == "command.run":
        await _command(ports, _typed(press))
        return
    flow = PRESSES.get(press.button)
    if flow is None:
        await refuse(ports, press)
        return
    await flow(ports, press)


def _typed(press: Press) -> Command:
    """Return the command a person typed without its slash, now that they pressed the button for it."""
    return Command(
        workspace=press.workspace,
        person=press.person,
        event_id="",
        at=press.at,
        conversation=press.ref.conversation if press.ref else "",
        conversation_name="",
        text=press.value,
        trigger=press.trigger,
        is_direct=True,
        response_url=press.ref.response_url or "" if press.ref else "",
    )
