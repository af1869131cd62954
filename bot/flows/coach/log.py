"""Showing a coach the log: in a view that lies before them, or as a message in their own chat; one at a time."""

from dataclasses import replace

from bot.chat.port import Command, Form, Heading, Message, MessageRef, Press, Sent
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.screen import Screen
from bot.flows.coach.page import Page, log_page
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import open_form, tell
from bot.flows.screens.for_coach import log_to_coach, put_as_message, put_in_view

LONGEST_TITLE = 24  # of a view


async def show_log(
    ports: Ports,
    incoming: Command | Press,
    coach: Member,
    cohort: Cohort,
    page: Page,
    language: Language,
    *,
    in_place: bool = False,
) -> None:
    """Show a page of the log; `in_place` of what was pressed, where that can be. The log before it is no longer one."""
    log = await log_page(ports, coach, cohort, page, language)
    screen = log_to_coach(ports, coach, cohort, log.texts, log.people)
    pressed = incoming if in_place and isinstance(incoming, Press) else None
    if ports.chat.has_views(incoming.workspace):
        before = pressed.opening if pressed else ""
        await _in_a_view(ports, incoming, screen, before, _view(ports, screen, log.message, language), language)
        return
    ref = (pressed.ref if pressed else None) or await _place(ports, incoming, screen, log.message)
    if ref is not None:
        await put_as_message(ports, screen, ref, log.message)


async def _in_a_view(
    ports: Ports, incoming: Command | Press, screen: Screen, before: str, form: Form, language: Language
) -> None:
    if not before:
        await open_form(ports, incoming, form, screen=screen)
    elif not isinstance(await put_in_view(ports, screen, before, form), Sent):
        await tell(ports, incoming, line(ports.words, language, "press-again"))


def _view(ports: Ports, screen: Screen, shown: Message, language: Language) -> Form:
    title, *below = shown.parts
    fits = isinstance(title, Heading) and len(title.text) <= LONGEST_TITLE
    return Form(
        id="log.page",
        opening=screen.id,
        title=shown.fallback,
        submit=None,
        close=ports.words.say("form-close", language),
        parts=tuple(below) if fits else shown.parts,
    )


async def _place(ports: Ports, incoming: Command | Press, screen: Screen, shown: Message) -> MessageRef | None:
    """Return the message that is to show a log, posted with its title alone: a copy that is lost holds no words.

    None when there is none; also when a form in front shows all there is, which is then nobody's words.
    """
    known = await ports.store.screen(screen.workspace, screen.id)
    if known is not None and known.message:  # posted before this was cut off
        return MessageRef(workspace=known.workspace, conversation=known.conversation, message=known.message)
    placed = await tell(ports, incoming, shown, first=replace(shown, parts=shown.parts[:1]))
    return placed.ref if isinstance(placed, Sent) else None
