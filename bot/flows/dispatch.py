"""Everything that came in, led to the one flow that handles it; done once, also when it is handled twice."""

import itertools
import logging
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
    Undeleted,
)
from bot.coaching.verbs import Verb, read
from bot.flows.agreement import routes as agreement
from bot.flows.coach import browse, digest_settings, wanted, word
from bot.flows.debrief import dialogue
from bot.flows.debrief import planned as debrief_planned
from bot.flows.desk import link
from bot.flows.due import back
from bot.flows.experiments import (
    answers,
    change,
    commitment,
    commitment_words,
    earlier,
    habit,
    later,
    my_changes,
    plan,
    planned_day,
)
from bot.flows.handling.ownership import refuse
from bot.flows.participation import (
    account,
    coach_role,
    join,
    leave,
    next_step,
    own_page,
    pause,
    start,
    status,
    usage,
)
from bot.flows.ports import Ports
from bot.flows.privacy import routes as privacy
from bot.flows.private_answer import at_once
from bot.flows.pulse import survey
from bot.flows.reading import routes as reading
from bot.flows.reflections import weekly
from bot.flows.refusals import in_the_form, in_the_message, sorry
from bot.flows.replies import edit, held, not_kept, offered, share, typed, undeleted
from bot.flows.screens import open_forms, questions
from bot.flows.screens.pressed import copy_pressed, routed
from bot.flows.screens.show import show
from bot.flows.settings import settings
from bot.flows.unslashed import command_of
from bot.store.port import Conflict

log = logging.getLogger(__name__)

TRIES = 4  # times a flow starts over when somebody else wrote first
IDS = uuid.UUID("6f1f7c0e-6d5f-4b43-9d0a-5b0f5c1d7a52")  # names the ids that are derived from what came in

COMMANDS: Mapping[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.START: start.start,
    Verb.JOIN: join.join_by_command,
    **later.COMMANDS,
    **next_step.COMMANDS,
    **status.COMMANDS,
    **usage.COMMANDS,
    **pause.COMMANDS,
    **settings.COMMANDS,
    **leave.COMMANDS,
    **privacy.COMMANDS,
    **browse.COMMANDS,
    **agreement.COMMANDS,
    **link.COMMANDS,
}

PRESSES: Mapping[str, Callable[[Ports, Press], Awaitable[None]]] = {
    **next_step.PRESSES,
    **earlier.PRESSES,
    **pause.PRESSES,
    **settings.PRESSES,
    **edit.PRESSES,
    **answers.PRESSES,
    **later.PRESSES,
    **coach_role.PRESSES,
    **questions.PRESSES,
    **plan.PRESSES,
    **dialogue.PRESSES,
    **debrief_planned.PRESSES,
    **join.PRESSES,
    **privacy.PRESSES,
    **own_page.PRESSES,
    **habit.PRESSES,
    **not_kept.PRESSES,
    **offered.PRESSES,
    **held.PRESSES,
    **planned_day.PRESSES,
    **commitment.PRESSES,
    **commitment_words.PRESSES,
    **my_changes.PRESSES,
    **survey.PRESSES,
    **weekly.PRESSES,
    **browse.PRESSES,
    **digest_settings.PRESSES,
    **share.PRESSES,
    **change.PRESSES,
    **word.PRESSES,
    **wanted.PRESSES,
    **leave.PRESSES,
    **reading.PRESSES,
    **agreement.PRESSES,
    **link.PRESSES,
}

FORMS: Mapping[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {
    **pause.FORMS,
    **reading.FORMS,
    **settings.FORMS,
    **edit.FORMS,
    **later.FORMS,
    **plan.FORMS,
    **dialogue.FORMS,
    **join.FORMS,
    **privacy.FORMS,
    **habit.FORMS,
    **planned_day.FORMS,
    **commitment_words.FORMS,
    **my_changes.FORMS,
    **survey.FORMS,
    **browse.FORMS,
    **digest_settings.FORMS,
    **start.FORMS,
    **change.FORMS,
    **word.FORMS,
    **agreement.FORMS,
}

EVENTS: Mapping[type[Incoming], Callable[[Ports, Any], Awaitable[None]]] = {
    Said: typed.said,
    Edited: typed.edited,
    Deleted: typed.deleted,
    Undeleted: undeleted.undeleted,
    HomeOpened: own_page.opened,
    LetIn: own_page.let_in,
    ShutOut: account.shut_out,
    PersonChanged: account.person_changed,
    Removed: account.removed,
}


async def receive(ports: Ports, incoming: Incoming) -> FormErrors | None:
    """Handle what came in; handled again after it was cut off, it ends as if it had been handled once.

    What goes wrong with an event is raised: it is handled again. A person who acted is told, and what was typed into
    a form stays on the screen.
    """
    ports = ports.at(incoming.workspace, holder=_holder(ports, incoming), held=[], confirms={}, typed={}, unheard=[])
    acted = isinstance(incoming, Command | Press | Submitted)
    try:
        if acted or incoming.reach is not None or incoming.zone is not None:
            await account.noticed(ports, incoming)
        answers = await _settled(ports, incoming)
        if answers is not None:  # what was typed into the form is not kept
            await ports.store.scrub_soon()
            answers = await in_the_message(ports, incoming, answers)
            if isinstance(incoming, Submitted):
                await open_forms.stays(ports, incoming)
        await _show(ports, incoming)
    except Exception:
        if not acted:
            raise
        log.exception("failed kind=%s", type(incoming).__name__)
        return await sorry(ports, incoming, _show) or at_once(ports, incoming)
    return answers or at_once(ports, incoming)


def _holder(ports: Ports, incoming: Incoming) -> str:
    """Return under which name the screens are held that this is to bring up to date: handled again, it has them."""
    return f"{incoming.workspace}/{incoming.event_id}" if incoming.event_id else ports.new_id()


async def _show(ports: Ports, incoming: Incoming) -> None:
    """Bring up to date what was marked; of what was cut off before, also that."""
    if isinstance(incoming, Press):
        await copy_pressed(ports, incoming)
    left = await ports.store.held_screens(incoming.workspace, ports.holder) if incoming.attempt > 1 else ()
    screens = [*left, *ports.held]
    if isinstance(incoming, Press | Submitted):
        await routed(ports, incoming, screens)
    else:
        await show(ports, screens, is_last=True)


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


def _numbered(ports: Ports, incoming: Incoming, *of: str) -> Ports:
    """Let the ids of what is made follow from what came in, and of what it is: made twice, it is the same."""
    if not incoming.event_id:
        return ports
    stem, count = "/".join((incoming.workspace, incoming.event_id, *of)), itertools.count()
    return replace(ports, new_id=lambda: uuid.uuid5(IDS, f"{stem}/{next(count)}").hex)


async def _handled(ports: Ports, incoming: Incoming) -> FormErrors | None:
    await back.heard(_numbered(ports, incoming, "back"), incoming)
    match incoming:
        case Command():
            await _command(ports, incoming)
        case Press():
            await _press(ports, incoming)
        case Submitted():
            if refused := await open_forms.overtaken(ports, incoming):
                return refused
            return await _submitted(ports, incoming)
        case _ if type(incoming) in EVENTS:
            await EVENTS[type(incoming)](ports, incoming)
    return None


async def _submitted(ports: Ports, form: Submitted) -> FormErrors | None:
    flow = FORMS.get(form.form)
    if flow is None:
        return await in_the_form(ports, form, "form-stale")
    if form.ref is not None and (wrong := await questions.wrong(ports, form)):
        return wrong
    wrong = await flow(ports, form)
    if wrong is None:
        await questions.answered(ports, form)
    return wrong


async def _command(ports: Ports, command: Command) -> None:
    heard = read(command.text)
    if heard.verb is None:
        await usage.UNKNOWN(ports, command, "")
        return
    if heard.verb is Verb.RESUME:
        await offered.goes_on(ports, command)
    await COMMANDS[heard.verb](ports, command, heard.rest)


async def _press(ports: Ports, press: Press) -> None:
    if press.button == "command.run":
        await _command(ports, command_of(press))
        return
    if press.button == "resume.now":
        await offered.goes_on(ports, press)
    flow = PRESSES.get(press.button)
    if flow is None:
        await refuse(ports, press)
        return
    await flow(ports, press)
