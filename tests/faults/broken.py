"""The bot with one thing done wrong, as many a bot does it, to see whether the storm finds it.

python -m tests.faults.broken <defect> worker
"""

import asyncio
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.__main__ import main
from bot.chat.port import MessageRef, Outcome, Place
from bot.chat.slack.send import SlackChat
from bot.coaching.nudge import Nudge, NudgeState
from bot.inbox import Inbox
from bot.store.port import Arrival
from bot.store.sqlite.agenda import Agenda

IN_MEMORY: set[str] = set()


def send_then_note() -> None:
    """Nothing is written before the call: who dies between the call and the note sends again."""
    claim, settle = Agenda.claim, Agenda.settle

    async def claimed(self: Agenda, now: datetime, **how: Any) -> Sequence[Nudge]:
        rows = [row for row in await claim(self, now, **how) if row.id not in IN_MEMORY]
        await self._writer.write(lambda file: _put_back(file, [row.id for row in rows]))
        IN_MEMORY.update(row.id for row in rows)
        return rows

    async def settled(self: Agenda, nudge: Nudge, to: NudgeState, **how: Any) -> bool:
        await self._writer.write(lambda file: _take(file, nudge))
        IN_MEMORY.discard(nudge.id)
        return await settle(self, nudge, to, **how)

    _put(Agenda, "claim", claimed)
    _put(Agenda, "settle", settled)
    _put(Agenda, "unwanted", _nothing)


def _put_back(file: sqlite3.Connection, rows: Sequence[str]) -> None:
    for row in rows:
        file.execute("UPDATE nudge SET state = 'ready' WHERE id = ?", (row,))


def _take(file: sqlite3.Connection, nudge: Nudge) -> None:
    file.execute("UPDATE nudge SET state = ?, fence = ? WHERE id = ?", (nudge.state, nudge.fence, nudge.id))


def note_then_send() -> None:
    """It counts as sent before it is: who dies in between never sends it."""
    claim, settle = Agenda.claim, Agenda.settle

    async def claimed(self: Agenda, now: datetime, **how: Any) -> Sequence[Nudge]:
        rows = await claim(self, now, **how)
        for row in rows:
            await settle(self, row, NudgeState.SENT, at=now)
        return rows

    _put(Agenda, "claim", claimed)
    _put(Agenda, "unwanted", _nothing)


def never_look() -> None:
    """A lease, and nothing more: who finds it over sends again without a look."""

    async def found(self: SlackChat, place: Place, key: str, *, since: datetime) -> MessageRef | None:
        del self, place, key, since

    _put(SlackChat, "find", found)


def forget_the_lease() -> None:
    """Who wakes after a long sleep goes on as if nothing had happened; slow at it, so that sleep finds it there."""
    send = SlackChat.send

    async def sent(self: SlackChat, place: Place, message: Any, *, by: float | None = None) -> Outcome:
        del by
        await asyncio.sleep(1)
        return await asyncio.shield(asyncio.ensure_future(send(self, place, message)))

    _put(SlackChat, "send", sent)


def acknowledge_first() -> None:
    """The acknowledgment goes out before anything is on the disk."""
    accept = Inbox.accept
    kept: set[asyncio.Task[Any]] = set()

    async def accepted(self: Inbox, arrival: Arrival, *, awaited: bool = False) -> dict[str, Any] | None:
        if awaited:
            return await accept(self, arrival, awaited=awaited)

        async def later() -> None:
            await asyncio.sleep(0.1)
            await accept(self, arrival)

        task = asyncio.create_task(later())
        kept.add(task)
        task.add_done_callback(kept.discard)
        return None

    _put(Inbox, "accept", accepted)


async def _nothing(*_: object) -> None:
    return None


def _put(where: type, name: str, what: object) -> None:
    setattr(where, name, what)


DEFECTS: Mapping[str, Callable[[], None]] = {
    "send-then-note": send_then_note,
    "note-then-send": note_then_send,
    "never-look": never_look,
    "forget-the-lease": forget_the_lease,
    "acknowledge-first": acknowledge_first,
}

if __name__ == "__main__":
    DEFECTS[sys.argv.pop(1)]()
    main()
