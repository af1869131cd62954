"""What is noted of the lines, and looking whether one that is quiet still carries."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any

from bot.chat.port import Place, Unanswered
from bot.coaching.records.workspace import WorkspaceState
from bot.coaching.rules.line import Line, LineState, deaf
from bot.flows.ports import Ports
from bot.store.port import Store
from bot.store.port.watch import Asked

log = logging.getLogger(__name__)

LINE = "line:"  # marks, one a platform
PLATFORMS = ("slack", "teams")
LOOKED_AT = 3  # people at a time whose conversation is looked at while nothing comes
LOOK_EVERY = timedelta(minutes=15)
LOOKED = "looked_at"  # a mark
RETRIES = timedelta(minutes=6)  # as long as words may still be brought
SOON = timedelta(minutes=1)  # in which a message in doubt may need the next request


async def line_of(store: Store, platform: str) -> Line | None:
    """Return what is noted of a line; None when there never was one."""
    noted = await store.mark(f"{LINE}{platform}")
    if noted is None:
        return None
    told = json.loads(noted)
    values: dict[str, Any] = {each.name: _read(told.get(each.name)) for each in fields(Line)}
    return Line(**values)


def _read(told: str | bool | None) -> datetime | bool | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else told


async def note_line(store: Store, platform: str, line: Line) -> None:
    """Note a line."""
    told = {name: each.isoformat() if isinstance(each, datetime) else each for name, each in asdict(line).items()}
    await store.set_mark(f"{LINE}{platform}", json.dumps(told))


async def lines_of(store: Store, platforms: Iterable[str] = PLATFORMS) -> Mapping[str, Line]:
    """Return what is noted of the lines of these platforms."""
    found = {platform: await line_of(store, platform) for platform in platforms}
    return {platform: line for platform, line in found.items() if line is not None}


async def look_at_the_quiet(ports: Ports, platforms: Iterable[str] = PLATFORMS) -> int:
    """Where nothing came in for a while, look into some conversations; return how many lines turned out deaf."""
    now = ports.now
    noted = await ports.store.mark(LOOKED)
    if noted is not None and timedelta(0) <= now - datetime.fromisoformat(noted) < LOOK_EVERY:
        return 0
    lines = await lines_of(ports.store, platforms)
    quiet = {platform: line for platform, line in lines.items() if line.state(now) is LineState.QUIET}
    if not quiet:
        return 0
    await ports.store.set_mark(LOOKED, now.isoformat())
    missed = 0
    for platform, line in quiet.items():
        found = await _missed(ports, platform, line, now)
        if found is not None:
            missed += 1
            await note_line(ports.store, platform, deaf(line, found, now))
            log.error("words did not come in platform=%s since=%s", platform, found.isoformat())
    return missed


async def _missed(ports: Ports, platform: str, line: Line, now: datetime) -> datetime | None:
    """Return when words were typed that never came in; None when none are found, or nobody can look."""
    since, until = line.heard_at or line.open_since, now - RETRIES
    for place in await ports.store.workspaces():
        is_there = place.platform == platform and place.state is WorkspaceState.ACTIVE
        if not is_there or not ports.chat.looks_back(place.id) or await ports.store.is_looked_up(place.id, now + SOON):
            continue
        for asked in await ports.store.asked_last(place.id, limit=LOOKED_AT):
            try:
                found = await _unheard(ports, place.id, asked, since, until)
            except Unanswered as unanswered:
                log.info("not looked workspace=%s reason=%s", place.id, unanswered)
                break
            if found is not None:
                return found
    return None


async def _unheard(ports: Ports, workspace: str, asked: Asked, since: datetime, until: datetime) -> datetime | None:
    """Return when somebody typed the first words that never came in, among the newest."""
    page = await ports.chat.heard(Place(workspace=workspace, conversation=asked.direct), since=since, until=until)
    for each in page.heard:
        is_theirs = each.said.person == asked.external_id and since < each.said.at <= until
        if is_theirs and not await ports.store.seen(workspace, each.said.event_id):
            return each.said.at
    return None
