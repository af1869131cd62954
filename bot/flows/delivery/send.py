"""Sending one message, when it may be sent."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.chat.port import (
    TOO_LATE,
    Ambiguous,
    Outcome,
    Place,
    RetryAfter,
    Sent,
    Unanswered,
    Undeliverable,
)
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.rules.delivery import SendDeadline
from bot.flows.ports import Ports
from bot.flows.screens.render import Rendering, nudge_rendered
from bot.store.port import Conflict

log = logging.getLogger(__name__)

BATCH = 200
ENDED, CLOSED, HELD = "ended", "its window closed", "held back"


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """It was not called: at the last moment it was found unwanted, or too late."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a sending ended, and what it is to look like, where it may be there."""

    outcome: Outcome | Withheld
    rendering: Rendering | None = None


@dataclass(frozen=True, kw_only=True)
class _Letter:
    place: Place
    rendering: Rendering


async def expire(ports: Ports) -> int:
    """Let go of what waited beyond its window; return how many."""
    now = ports.now
    late = await ports.store.late(now, limit=BATCH)
    ended = (ports.store.settle(row, NudgeState.EXPIRED, at=now, reason=CLOSED) for row in late)
    return sum(await asyncio.gather(*ended))


# --- sending ----------------------------------------------------------------------------------------------------


async def send(ports: Ports, row: Nudge, term: SendDeadline, begin: Callable[[], bool]) -> Sending:
    """Send a claimed row within its term; `begin` is asked last, and says whether a call may still begin."""
    begun = False

    def beginning() -> bool:
        nonlocal begun
        begun = begin()
        return begun

    try:
        async with asyncio.timeout_at(term.steady_until):
            return await _sent(ports, row, term, beginning)
    except TimeoutError:
        return Sending(outcome=Ambiguous(error="cut off") if begun else Withheld(reason=TOO_LATE))


async def _sent(ports: Ports, row: Nudge, term: SendDeadline, begin: Callable[[], bool]) -> Sending:
    letter = await _letter(ports, row)
    if not isinstance(letter, _Letter):
        return Sending(outcome=letter)
    if row.look_since is not None and ports.chat.looks_back(row.workspace):
        there = await _there_already(ports, row, letter.place)
        if there is not None:
            return Sending(outcome=there)
    reason = await _withheld(ports, row, term)
    if reason is not None or not begin():
        return Sending(outcome=Withheld(reason=reason or HELD))
    left = (row.expires_at - ports.now).total_seconds()
    by = min(term.steady_by, asyncio.get_running_loop().time() + left)
    rendering = letter.rendering
    # Where nothing can be looked up, words come once it is known where they stand: a copy that is lost holds none.
    message = rendering.message if ports.chat.looks_back(row.workspace) else rendering.wordless
    outcome = await ports.chat.send(letter.place, message, by=by)
    if isinstance(outcome, RetryAfter) and outcome.error == TOO_LATE:
        return Sending(outcome=Withheld(reason=TOO_LATE))
    return Sending(outcome=outcome, rendering=rendering)


async def _letter(ports: Ports, row: Nudge) -> _Letter | RetryAfter | Undeliverable:
    place = await place_of(ports, row)
    if not isinstance(place, Place):
        return place
    try:
        rendering = await nudge_rendered(ports.at(row.workspace), row.workspace, row.id)
    except Exception as error:  # one text that cannot be said must not hold up everybody else's
        log.exception("cannot compose nudge=%s kind=%s", row.id, row.kind)
        return RetryAfter(seconds=0, error=f"cannot compose: {type(error).__name__}")
    if rendering is None:  # wiped since it was claimed
        return RetryAfter(seconds=0, error="nobody")
    return _Letter(place=place, rendering=rendering)


async def _there_already(ports: Ports, row: Nudge, place: Place) -> Sent | RetryAfter | None:
    """Look for a message that may have been sent after the backup was made from which its row comes."""
    assert row.look_since is not None, "asked for those alone that say since when"
    try:
        found = await ports.chat.find(place, row.id, since=row.look_since)
    except Unanswered as unanswered:
        return RetryAfter(seconds=0, error=f"cannot look: {unanswered}")
    return None if found is None else Sent(ref=found)


async def _withheld(ports: Ports, row: Nudge, term: SendDeadline) -> str | None:
    """Return why a call must not begin any more, or None."""
    now = ports.now
    if now >= row.expires_at:
        return CLOSED
    if now >= term.by:
        return TOO_LATE
    reason = await ports.store.unwanted(row)
    return None if reason == ENDED and row.kind is Kind.TEAM_CLOSING else reason  # that one ends it


async def place_of(ports: Ports, row: Nudge) -> Place | RetryAfter | Undeliverable:
    """Return where a row goes; opens the direct conversation the first time."""
    if row.member is None:
        cohort = await ports.store.cohort(row.workspace, row.cohort)
        assert cohort is not None, "foreign keys hold"
        return Place(workspace=row.workspace, conversation=cohort.channel, thread=await _thread_under(ports, row))
    member = await ports.store.member(row.workspace, row.member)
    if member is None:  # wiped since it was claimed, the row too
        return RetryAfter(seconds=0, error="nobody")
    if member.direct is None:
        # Beyond the first attempt the one that was known may be gone: it is made anew, which shows nothing to anybody.
        anew = row.attempt > 1
        opened = await ports.chat.open_direct(member.workspace, member.external_id, anew=anew)
        if not isinstance(opened, str):
            return opened
        member = replace(member, direct=opened)
        try:
            await ports.save(member)
        except Conflict:
            log.info("direct conversation kept elsewhere member=%s", member.id)
    return Place(workspace=member.workspace, conversation=member.direct or "", thread=await _thread_under(ports, row))


async def _thread_under(ports: Ports, row: Nudge) -> str | None:
    """Return the thread a row belongs in: a coach's word under its nudge, shared words under their reflection."""
    if row.subject is None:
        return None
    if row.kind is Kind.TEAM_SHARE:
        return await _stands_as(ports, row.workspace, row.subject)
    if row.kind is Kind.COACH_WORD:
        word = await ports.store.reply(row.workspace, row.subject)
        return await _stands_as(ports, row.workspace, word.nudge) if word else None
    return None


async def _stands_as(ports: Ports, workspace: str, nudge: str) -> str | None:
    """Return the message that a nudge is; None when it stands nowhere."""
    screen = await ports.store.screen(workspace, nudge)
    if screen is None and (row := await ports.store.nudge(workspace, nudge)) is not None and row.card is not None:
        screen = await ports.store.screen(workspace, row.card)  # it stands below another one
    return screen.message if screen and screen.message else None
