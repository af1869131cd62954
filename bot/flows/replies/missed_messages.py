"""What people typed while nobody listened: read in their conversations, as fast as the platform lets them be read.

1. Messages in doubt come first: while one is to be looked up soon, nothing else of its workspace is read.
2. Then who is being asked something, then all others; a conversation that was begun goes on before the next one.
3. A refusal holds the workspace for as long as it says. What was read until then stays read (`read_back.py`).

See docs/adr/0015-catching-up.md.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.chat.port import Unanswered
from bot.coaching.rules.delivery import back_off
from bot.flows.agenda.after_restore import is_in_doubt
from bot.flows.ports import Ports
from bot.flows.renewed import renewed
from bot.flows.replies.read_back import LOOK_BACK, Pages, read_back
from bot.store.port.watch import Gap

log = logging.getLogger(__name__)

AT_ONCE = 20  # gaps a tick, and one of each workspace at least
SIDE_BY_SIDE = 4  # conversations read at a time: whoever sells this bot may read one a minute
SOON = timedelta(minutes=1)  # the longest that such an app waits for its next request
IN_ORDER = timedelta(milliseconds=1)  # between two that were put off together


async def catch_up(ports: Ports, pages: Pages | None = None) -> int:
    """Read what was missed, a few people at a time; return how many are up to date again.

    `pages` holds what was read and is not handled yet, from one call to the next.
    """
    pages = pages if pages is not None else Pages()
    refused: set[str] = set()  # workspaces that answer no more for now
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(number: int, gap: Gap) -> bool:
        async with gate:
            if gap.workspace not in refused:
                return await _closed(ports, pages, gap, refused)
            later = ports.now + ports.lease + number * IN_ORDER
            await ports.store.put_off_gap(gap.workspace, gap.id, not_before=later)
            return False

    waiting = [each for each in await ports.store.gaps_in(ports.now) if not await _looks_up(ports, each)]
    share = max(1, AT_ONCE // len(waiting)) if waiting else 0
    gaps = [gap for each in waiting for gap in await ports.store.gaps(each, ports.now, limit=share)]
    return sum(await asyncio.gather(*(one(number, gap) for number, gap in enumerate(gaps))))


async def _looks_up(ports: Ports, workspace: str) -> bool:
    """Whether what is in doubt there needs the next request."""
    return await ports.store.is_looked_up(workspace, ports.now + SOON)


async def _closed(ports: Ports, pages: Pages, gap: Gap, refused: set[str]) -> bool:
    """Read one gap and forget it; what goes wrong is tried again later, and not for ever."""
    if await is_in_doubt(ports, gap.workspace, gap.member):  # words belong to what stood there when they were typed
        await ports.store.put_off_gap(gap.workspace, gap.id, not_before=ports.now + ports.settle)
        return False
    await ports.store.try_gap(gap.workspace, gap.id, not_before=ports.now + ports.lease)  # no other worker's meanwhile

    async def renew() -> None:
        await ports.store.put_off_gap(gap.workspace, gap.id, not_before=ports.now + ports.lease)

    told = 0.0
    try:
        async with renewed(ports.lease, renew):
            until = await read_back(ports, pages, gap)
    except Unanswered as unanswered:
        refused.add(gap.workspace)
        reason, told = str(unanswered), unanswered.seconds
    except Exception as error:
        log.exception("cannot catch up gap=%s", gap.id)
        reason = type(error).__name__
    else:
        await _forget(ports, pages, gap, until)
        return True
    now = ports.now
    if now >= gap.until + LOOK_BACK:
        log.error("given up gap=%s member=%s reason=%s", gap.id, gap.member, reason)
        await _forget(ports, pages, gap, gap.until)
        return True
    wait = timedelta(seconds=told) if told else back_off(gap.attempt, ports.chance())
    await ports.store.put_off_gap(gap.workspace, gap.id, not_before=now + wait)
    return False


async def _forget(ports: Ports, pages: Pages, gap: Gap, until: datetime) -> None:
    pages.drop(gap)
    await ports.store.close_gap(gap.workspace, gap.member, since=gap.since, until=until)
