"""The heartbeat: that somebody listens, and that the line carries; what may have been missed when it did not."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.coaching.rules.line import Sign
from bot.coaching.rules.line import beat as judged
from bot.flows.context.pending import ASKING
from bot.flows.ports import Ports
from bot.flows.upkeep.lines import line_of, note_line

log = logging.getLogger(__name__)

ALIVE_AT = "alive_at"  # the mark of the process
EVERY = timedelta(seconds=10)
SWEPT_AT = "swept_at"  # the mark of the nightly reading
NIGHT = range(1, 5)  # hours, UTC
A_DAY = timedelta(hours=20)  # between two of them, at least


async def beat(ports: Ports, signs: Mapping[str, Sign]) -> int:
    """Note what the lines say; after a break open a gap for each person there, and return how many."""
    now = ports.now
    missed = sum([await _felt(ports, platform, sign, now) for platform, sign in signs.items()])
    await ports.store.set_mark(ALIVE_AT, now.isoformat())
    return missed


async def _felt(ports: Ports, platform: str, sign: Sign, now: datetime) -> int:
    before = await line_of(ports.store, platform)
    after = judged(before, sign, now)
    if after.line != before:
        await note_line(ports.store, platform, after.line)
    if after.gap is None:
        return 0
    since, until = after.gap
    people = await ports.store.open_gaps(since, until, platform=platform, asking=ASKING)
    state = after.line.state(now)
    log.warning(
        "may have been missed platform=%s line=%s since=%s people=%d", platform, state, since.isoformat(), people
    )
    return people


async def sweep(ports: Ports) -> int:
    """Once a night let every conversation be read back, for what no line knows that it lost; return for how many."""
    now = ports.now
    if now.hour not in NIGHT:
        return 0
    noted = await ports.store.mark(SWEPT_AT)
    last = now - timedelta(days=1) if noted is None else datetime.fromisoformat(noted)
    if timedelta(0) <= now - last < A_DAY and noted is not None:
        return 0
    people = await ports.store.open_gaps(min(last, now), now, asking=ASKING)
    await ports.store.set_mark(SWEPT_AT, now.isoformat())
    log.info("every conversation is read back people=%d", people)
    return people
