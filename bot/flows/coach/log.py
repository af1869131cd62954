"""Showing a coach the log: in a view that lies before them, or as a message in their own chat; one at a time."""

from dataclasses import replace
from functools import partial

from bot.chat.port import Command, Form, Heading, Message, MessageRef, Opening, Outcome, Press, Sent
from bot.coaching.cohort import Cohort
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.screen import Screen
from bot.flows.coach.page import Page, log_page
from bot.flows.ports import Ports
from bot.flows.screens.to_coach import log_to_coach, stand
from bot.flows.tell import line, open_form, patiently, tell

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
    ref = incoming.ref if in_place and isinstance(incoming, Press) else None
    outcome: Outcome | Opening | None
    if ports.chat.has_views(incoming.workspace):
        screen = log_to_coach(ports, coach, cohort, log.texts, log.people)
        before = incoming.opening if in_place and isinstance(incoming, Press) else ""
        outcome = await stand(ports, screen, lambda: _in_a_view(ports, incoming, screen, before, log.message, language))
    elif ref is None and isinstance(incoming, Press) and incoming.at_home:  # a form in front may show all of it
        screen, before = log_to_coach(ports, coach, cohort, log.texts, log.people), ""
        outcome = await stand(ports, screen, partial(tell, ports, incoming, log.message))
    else:
        if ref is None:
            placed = await tell(ports, incoming, replace(log.message, parts=log.message.parts[:1]))
            if not isinstance(placed, Sent):  # a copy that is lost holds no words
                return
            ref = placed.ref
        screen = log_to_coach(ports, coach, cohort, log.texts, log.people, ref=ref)
        known = await ports.store.screen_at(ref.workspace, ref.conversation, ref.message)
        before = known.id if known else ""
        outcome = await stand(ports, screen, partial(_as_a_message, ports, ref, log.message))
    if before and before != screen.id and isinstance(outcome, Sent):  # its place is taken
        ports.held[:] = [each for each in ports.held if each.id != before]
        await ports.store.drop_screen(before)


async def _in_a_view(
    ports: Ports, incoming: Command | Press, screen: Screen, before: str, shown: Message, language: Language
) -> Outcome | Opening:
    title, *below = shown.parts
    fits = isinstance(title, Heading) and len(title.text) <= LONGEST_TITLE
    form = Form(
        id="log.page",
        opening=screen.id,
        title=shown.fallback,
        submit=None,
        close=ports.words.say("form-close", language),
        parts=tuple(below) if fits else shown.parts,
    )
    if not before:
        return await open_form(ports, incoming, form)
    outcome = await patiently(lambda: ports.chat.close_form(incoming.workspace, before, None, form))
    if not isinstance(outcome, Sent):
        await tell(ports, incoming, line(ports.words, language, "press-again"))
    return outcome


async def _as_a_message(ports: Ports, ref: MessageRef, shown: Message) -> Outcome:
    return await patiently(lambda: ports.chat.update(ref, shown))
