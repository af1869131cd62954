"""Everything that came in, led to the one flow that handles it; done once, also when it is handled twice."""

import itertools
import logging
import traceback
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    FormErrors,
    HomeOpened,
    Incoming,
    LetIn,
    PersonChanged,
    Press,
    Removed,
    Said,
    ShutOut,
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
    forms,
    home,
    keep,
    later,
    listen,
    not_kept,
    on_the_day,
    promise,
    promise_words,
    pulse,
    reflect,
    review,
    share,
    start,
    transfer,
    word,
)
from bot.flows.meet import language_of
from bot.flows.mend import mend
from bot.flows.ports import Ports
from bot.flows.show import copy_again, refuse
from bot.flows.tell import line, tell
from bot.store.port import Conflict

log = logging.getLogger(__name__)

TRIES = 4  # times a flow starts over when somebody else wrote first
IDS = uuid.UUID("6f1f7c0e-6d5f-4b43-9d0a-5b0f5c1d7a52")  # names the ids that are derived from what came in

COMMANDS: Mapping[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.START: start.start,
    Verb.JOIN: enroll.join_by_command,
    Verb.LATER: later.later_by_command,
    **adjust.COMMANDS,
    **forget.COMMANDS,
    **review.COMMANDS,
}

PRESSES: Mapping[str, Callable[[Ports, Press], Awaitable[None]]] = {
    **adjust.PRESSES,
    **amend.PRESSES,
    **answer.PRESSES,
    **later.PRESSES,
    **appoint.PRESSES,
    **commit.PRESSES,
    **debrief.PRESSES,
    **enroll.PRESSES,
    **forget.PRESSES,
    **home.PRESSES,
    **keep.PRESSES,
    **not_kept.PRESSES,
    **on_the_day.PRESSES,
    **promise.PRESSES,
    **promise_words.PRESSES,
    **pulse.PRESSES,
    **reflect.PRESSES,
    **review.PRESSES,
    **share.PRESSES,
    **transfer.PRESSES,
    **word.PRESSES,
}

FORMS: Mapping[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {
    **adjust.FORMS,
    **amend.FORMS,
    **later.FORMS,
    **commit.FORMS,
    **debrief.FORMS,
    **enroll.FORMS,
    **forget.FORMS,
    **home.FORMS,
    **keep.FORMS,
    **on_the_day.FORMS,
    **promise_words.FORMS,
    **pulse.FORMS,
    **review.FORMS,
    **start.FORMS,
    **transfer.FORMS,
    **word.FORMS,
}

EVENTS: Mapping[type[Incoming], Callable[[Ports, Any], Awaitable[None]]] = {
    Said: listen.said,
    Edited: listen.edited,
    Deleted: listen.deleted,
    HomeOpened: home.opened,
    LetIn: home.let_in,
    ShutOut: account.shut_out,
    PersonChanged: account.person_changed,
    Removed: account.removed,
}


async def receive(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Handle what came in; handled again after it was cut off, it ends as if it had been handled once.

    What goes wrong with an event is raised: it is handled again. A person who acted is told, and what was typed into
    a form stays on the screen.
    """
    ports = ports.at(incoming.workspace)
    acted = isinstance(incoming, Command | Press | Submitted)
    try:
        await account.noticed(ports, incoming)
        answer = await _settled(ports, incoming)
        if incoming.attempt > 1 and isinstance(incoming, Press | Submitted):
            await mend(ports, incoming)
        if answer is not None:  # what was typed into the form is not kept
            await ports.store.scrub_soon()
    except Exception as error:
        if not acted:
            raise
        # Without the error's own text, which may hold a person's words.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("failed kind=%s error=%s\n%s", type(incoming).__name__, type(error).__name__, where)  # noqa: TRY400
        return await _sorry(ports, incoming)
    return answer


async def busy(ports: Ports, form: Submitted) -> FormErrors:
    """Say in a form that its handling takes longer than a form stays open; it goes on."""
    return await _in_the_form(ports.at(form.workspace), form, "form-busy") or FormErrors({})


async def _sorry(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Tell a person that it went wrong, also when the store cannot be asked for their language."""
    if isinstance(incoming, Submitted) and (answer := await _in_the_form(ports, incoming, "sorry")):
        return answer
    await tell(ports, incoming, line(ports.words, await _language(ports, incoming), "sorry"))
    return None


async def _in_the_form(ports: Ports, form: Submitted, key: str) -> FormErrors | None:
    """Return a sentence at the form's first field that was filled in; None when there is none."""
    if not form.values:
        return None
    return FormErrors({next(iter(form.values)): ports.words.say(key, await _language(ports, form))})


async def _language(ports: Ports, incoming: Incoming) -> Language:
    try:
        return await language_of(ports, incoming, None, None)
    except Exception:  # whatever broke the flow may break this too
        log.warning("no language to be sorry in")
        return Language.EN


async def _settled(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Run the flow; start over when somebody else wrote between its reading and its writing.

    Who wrote may have been this very flow, before it was cut off: then it meets its own rows, and is done.
    """
    for _ in range(TRIES - 1):
        try:
            return await _handled(_numbered(ports, incoming), incoming)
        except Conflict:
            log.info("again after conflict kind=%s", type(incoming).__name__)
    try:
        return await _handled(_numbered(ports, incoming), incoming)
    except Conflict:
        if incoming.attempt == 1:
            raise
        log.info("done already kind=%s attempt=%d", type(incoming).__name__, incoming.attempt)
        return None


def _numbered(ports: Ports, incoming: Incoming) -> Ports:
    """Let the ids of what is made follow from what came in: made twice, it is the same."""
    if not incoming.event_id:
        return ports
    stem, count = f"{incoming.workspace}/{incoming.event_id}", itertools.count()
    return replace(ports, new_id=lambda: uuid.uuid5(IDS, f"{stem}/{next(count)}").hex)


async def _handled(ports: Ports, incoming: Incoming) -> FormErrors | None:
    match incoming:
        case Command():
            await _command(ports, incoming)
        case Press():
            await _press(ports, incoming)
        case Submitted():
            if refused := await forms.overtaken(ports, incoming):
                return refused
            flow = FORMS.get(incoming.form)
            return await flow(ports, incoming) if flow else await _in_the_form(ports, incoming, "press-stale")
        case _ if type(incoming) in EVENTS:
            await EVENTS[type(incoming)](ports, incoming)
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
    await copy_again(ports, press)


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
        aside=press.ref.aside or "" if press.ref else "",
    )
