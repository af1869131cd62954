"""Bringing screens up to date: the one way in which a message is updated, deleted, or posted in answer."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import Blame, MessageRef, Outcome, Place, Sent, Unanswered, Undeliverable
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, Step
from bot.coaching.rules.delivery import CALL
from bot.flows.given import Given
from bot.flows.messages.own_page import stranger_page
from bot.flows.ports import Ports
from bot.flows.screens.for_coach import WITH_WORDS, brought_up_to_date
from bot.flows.screens.outcome import after_delete, after_look, after_post, after_update, later, unanswered
from bot.flows.screens.render import Rendering, digest_of, rendered

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(minutes=5)  # how far before a post the history is read for it
ROUNDS = 5  # times in a row a screen is shown because it changed meanwhile


async def show(
    ports: Ports, screens: Iterable[Screen], *, route: str = "", pressed: str = "", is_last: bool = False
) -> None:
    """Bring screens of one workspace that are held here up to date: channels first, then the rest, each at once.

    The one that was pressed may be shown by the route of that press. `is_last` says that the next thing is to note
    that all is done: where a new message stands is noted with it, in one commit.
    """
    newest = {screen.id: screen for screen in screens}.values()
    for group in ([each for each in newest if not each.person], [each for each in newest if each.person]):
        shown = [_shown(ports, each, route=route if each.id == pressed else "", is_last=is_last) for each in group]
        if len(shown) == 1:  # without a task of its own: what comes next would not be in the same commit
            await shown[0]
            continue
        # None of them goes on once this has ended: handled again it has the same holder, and two would show one screen.
        for outcome in await asyncio.gather(*shown, return_exceptions=True):
            if outcome is not None:
                raise outcome


async def _shown(ports: Ports, screen: Screen, *, route: str, is_last: bool) -> None:
    """Bring one screen up to date, and once more as long as it changed meanwhile and is held."""
    held: Screen | None = screen
    for _ in range(ROUNDS):
        if held is None or not _may_begin(ports, held):
            return
        step = await _step(ports, held, route)
        if step.reason and step.state in (ScreenState.STUCK, ScreenState.CLOSED):
            log.error("left as it is screen=%s kind=%s reason=%s", held.id, held.kind, step.reason)
        if is_last and not held.message and set(step.subjects or held.subjects) == set(held.subjects):
            _noted_with_what_follows(ports.store.settle_screen(held, step, at=ports.now, lets_go=True), held)
            return
        held = await ports.store.settle_screen(held, step, at=ports.now)
        if held is not None and held.state is ScreenState.UNCERTAIN:
            return
    if held is not None:
        await ports.store.settle_screen(held, _later(ports, held), at=ports.now)


def _noted_with_what_follows(settling: Awaitable[Screen | None], screen: Screen) -> None:
    """Do not wait until it is noted; not noted, the message is looked for once the lease is over."""

    def ended(settled: asyncio.Future[Screen | None]) -> None:
        if not settled.cancelled() and (error := settled.exception()) is not None:
            log.warning("not noted screen=%s error=%s", screen.id, type(error).__name__)

    asyncio.ensure_future(settling).add_done_callback(ended)


def _may_begin(given: Given, screen: Screen) -> bool:
    """Whether a call that begins now ends before somebody else may begin one."""
    return screen.lease_until is not None and given.now + CALL <= screen.lease_until


def _later(ports: Ports, screen: Screen, error: str = "changing") -> Step:
    return later(screen, error, ports.now, ports.chance())


async def _step(ports: Ports, screen: Screen, route: str) -> Step:
    """Bring a screen up to date as far as the platform lets us, and return what becomes of it."""
    try:
        if screen.kind in WITH_WORDS:
            return await brought_up_to_date(ports, screen)
        if screen.state is ScreenState.UNCERTAIN:
            return await _looked_up(ports, screen)
        return await _message(ports, screen, route)
    except Exception as error:  # one that cannot be shown must not hold up the others
        log.exception("not shown screen=%s", screen.id)
        return _later(ports, screen, type(error).__name__)


async def _message(ports: Ports, screen: Screen, route: str) -> Step:
    """Post, update or take away a message or a page, as it is to look now."""
    rendering = None if screen.state is ScreenState.CLOSING else await rendered(ports, screen)
    if screen.kind is ScreenKind.PAGE:
        return await _paged(ports, screen, rendering)
    if not screen.message:
        return await _posted(ports, screen, rendering)
    if rendering is None:
        return _noted(ports, screen, await ports.chat.delete(_ref(screen)))
    return await _updated(ports, screen, rendering, route)


async def _updated(ports: Ports, screen: Screen, rendering: Rendering, route: str) -> Step:
    digest, subjects = rendering.digest, rendering.subjects
    if digest == screen.digest:
        return Step(state=ScreenState.CURRENT, digest=digest, subjects=subjects)
    now = ports.now
    if not route and screen.route and screen.route_until is not None and now < screen.route_until:
        route = screen.route
    outcome = await ports.chat.update(_ref(screen), rendering.filled or rendering.message, route=route)
    holds_words = screen.is_withdrawal and screen.kind is not ScreenKind.RECEIPT
    if holds_words and isinstance(outcome, Undeliverable) and outcome.blame is Blame.MESSAGE:
        return _noted(ports, screen, await ports.chat.delete(_ref(screen)))  # better nothing than words taken back
    return after_update(screen, outcome, ports.now, digest=digest, subjects=subjects, chance=ports.chance())


async def _paged(ports: Ports, screen: Screen, rendering: Rendering | None) -> Step:
    """Show a person's own page where it stands, or, where it is a message, post it; of who is gone nothing stays."""
    ref = _ref(screen) if screen.message else None
    if rendering is None and ref is not None:
        return _noted(ports, screen, await ports.chat.delete(ref))
    message = rendering.message if rendering else stranger_page(ports)
    digest = digest_of(message)
    if digest == screen.digest and rendering is not None:
        return Step(state=ScreenState.CURRENT, digest=digest, subjects=rendering.subjects)
    if ref is None and not ports.chat.looks_back(screen.workspace):  # a copy that is lost must not hold words
        empty = await ports.chat.show_home(screen.workspace, screen.person, replace(message, parts=()), ref=None)
        if not isinstance(empty, Sent):
            return after_update(screen, empty, ports.now, digest="", subjects=(), chance=ports.chance())
        ref = empty.ref
        if not await ports.store.place_screen(screen, ref.conversation, ref.message):  # somebody else shows it by now
            return _noted(ports, screen, await ports.chat.delete(ref))
    outcome = await ports.chat.show_home(screen.workspace, screen.person, message, ref=ref)
    follows = after_update(
        screen,
        outcome,
        ports.now,
        digest=digest,
        subjects=rendering.subjects if rendering else (),
        chance=ports.chance(),
    )
    if rendering is None and isinstance(outcome, Sent):
        return Step(state=ScreenState.CLOSED)
    stands = outcome.ref if isinstance(outcome, Sent) else ref
    return replace(follows, conversation=stands.conversation, message=stands.message) if stands else follows


def _noted(ports: Ports, screen: Screen, outcome: Outcome) -> Step:
    return after_delete(screen, outcome, ports.now, chance=ports.chance())


async def _posted(ports: Ports, screen: Screen, rendering: Rendering | None) -> Step:
    if rendering is None:
        return Step(state=ScreenState.CLOSED)
    opened = screen.conversation or await ports.chat.open_direct(screen.workspace, screen.person)
    where = replace(screen, conversation=opened) if isinstance(opened, str) else screen
    outcome = await ports.chat.send(_place(where), rendering.message) if isinstance(opened, str) else opened
    follows = after_post(
        outcome,
        ports.now,
        digest=rendering.digest,
        subjects=rendering.subjects,
        chance=ports.chance(),
        settle=ports.settle,
    )
    return replace(follows, conversation=follows.conversation or where.conversation)


async def _looked_up(ports: Ports, screen: Screen) -> Step:
    """Look for a message in doubt: found, it is shown as it is now; else it is posted once more, within bounds."""
    now = ports.now
    looks_back = ports.chat.looks_back(screen.workspace)
    if not looks_back:
        return after_look(screen, now, looks_back=False)
    try:
        since = (screen.look_since or now - ports.lease) - LOOK_BACK
        found = await ports.chat.find(_place(screen), screen.id, since=since)
    except Unanswered as silence:
        return unanswered(screen, now, str(silence), ports.settle)
    if found is None:
        return after_look(screen, now, looks_back=True)
    return Step(state=ScreenState.STALE, due=now, conversation=found.conversation, message=found.message)


def _place(screen: Screen) -> Place:
    return Place(workspace=screen.workspace, conversation=screen.conversation, thread=screen.thread)


def _ref(screen: Screen) -> MessageRef:
    return MessageRef(workspace=screen.workspace, conversation=screen.conversation, message=screen.message)
