"""Time zones change their rules: what is planned keeps its local hour, also under rules that are new.

All that lies ahead is computed anew in parts, while people are answered. Until that is done, what comes due by the
rules of before is computed first (`corrected`): nothing is sent at an hour that is wrong by now.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.coaching.calendar import is_zone
from bot.coaching.records.member import Hours
from bot.coaching.records.nudge import Nudge
from bot.coaching.rules.agenda import send_window
from bot.coaching.rules.overdue import ANSWERS
from bot.flows.ports import Ports
from bot.store.port import Conflict

log = logging.getLogger(__name__)

ZONES = "zones"
PAGE = 50  # rows computed before others get their turn: some ten milliseconds


async def rezone(ports: Ports) -> int:
    """Compute anew when everything planned ahead is due, if the zone data is another than last time.

    Returns how many rows moved. Cut off in the midst, it begins again at the next start.
    """
    if await is_done(ports):
        return 0
    known = await ports.store.mark(ZONES)
    now = ports.now
    moved, after = 0, ""
    while page := await ports.store.ahead(now, after=after, limit=PAGE):
        moved += await _moved(ports, page)
        after = page[-1].id
        await asyncio.sleep(0)  # a part without changes waits for nothing else
    await ports.store.set_mark(ZONES, ports.zones_version)
    if known is not None:
        log.info("zone data from=%s to=%s moved=%d", known, ports.zones_version, moved)
    return moved


async def is_done(ports: Ports) -> bool:
    """Whether everything planned was computed with the zone data of this process."""
    return not ports.zones_version or await ports.store.mark(ZONES) == ports.zones_version


async def corrected(ports: Ports, rows: Sequence[Nudge]) -> Sequence[Nudge]:
    """Return, of rows that are due, those that are due under the rules of now too; the others are moved.

    Rows that somebody changes meanwhile are read again by the next tick.
    """
    if not rows or await is_done(ports):
        return rows
    fresh = [await _under_new_rules(ports, row) for row in rows]
    await _save(ports, [new for new, row in zip(fresh, rows, strict=True) if new != row])
    return [row for new, row in zip(fresh, rows, strict=True) if new == row]


async def _moved(ports: Ports, page: Sequence[Nudge]) -> int:
    changed = [fresh for row in page if (fresh := await _under_new_rules(ports, row)) != row]
    await _save(ports, changed)
    return len(changed)


async def _save(ports: Ports, changed: Sequence[Nudge]) -> None:
    try:
        await ports.save(*changed)
    except Conflict:  # somebody is at work: what they wrote is computed under the new rules already
        for row in changed:
            with suppress(Conflict):
                await ports.save(row)


async def _under_new_rules(ports: Ports, row: Nudge) -> Nudge:
    """Return a row due when its local hour is; what somebody waits for has no hour of its own.

    A row in a zone that the zone data lacks stays as it is: `doctor` says so, and nobody else is held up.
    """
    if row.kind in ANSWERS or not is_zone(row.zone):
        return row
    due_at, expires_at = send_window((row.local_date, row.local_time), row.zone, await _hours(ports, row))
    return replace(row, due_at=due_at, expires_at=expires_at)


async def _hours(ports: Ports, row: Nudge) -> Hours:
    if row.member is not None:
        member = await ports.store.member(row.workspace, row.member)
        assert member is not None, "foreign keys hold"
        return member.hours
    cohort = await ports.store.cohort(row.workspace, row.cohort)
    assert cohort is not None, "foreign keys hold"
    return cohort.hours
