"""Which lines of the log are asked for, and looking through them in bounded work."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime

from bot.store.port.readers import LogFilter
from bot.store.sqlite.rows import NEWEST, moment

AT_ONCE = 200  # lines that are read by one statement

Place = tuple[datetime, str]  # moment and id of a line


def page_of(which: LogFilter, before: Place | None, limit: int) -> dict[str, object]:
    """Return what a statement is told of which lines are asked for: so many below a place."""
    before_at, before_id = NEWEST if before is None else (moment(before[0]), before[1])
    return {
        "people": json.dumps(which.people) if which.people else None,
        "item": which.item,
        "week": which.week,
        "kinds": json.dumps(which.kinds) if which.kinds else None,
        "unanswered": which.is_unanswered,
        "before_at": before_at,
        "before_id": before_id,
        "limit": limit,
    }


def sought(
    lines_below: Callable[[Place | None, int], list[sqlite3.Row]],
    is_wanted: Callable[[sqlite3.Row], bool],
    before: Place | None,
    *,
    limit: int,
    most: int,
) -> tuple[list[sqlite3.Row], Place | None]:
    """Return the wanted lines below a place, and the last line that was looked at; None when there is nothing below.

    1. Read some lines below the place; fewer than asked for are the last ones.
    2. Look at one after the other, until `limit` are found or `most` were looked at.
    3. Go on below the last one.
    """
    found: list[sqlite3.Row] = []
    while most > 0:
        wish = min(AT_ONCE, most)
        lines = lines_below(before, wish)
        for line in lines:
            before = datetime.fromisoformat(line["at"]), line["id"]
            if is_wanted(line):
                found.append(line)
            if len(found) == limit:
                return found, before
        if len(lines) < wish:
            return found, None
        most -= wish
    return found, before
