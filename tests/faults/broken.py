"""The bot with one thing done wrong, as many a bot does it, to see whether the storm finds it.

python -m tests.faults.broken <defect> worker
"""

import asyncio
import random
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.__main__ import main
from bot.chat.port import Incoming, Message, MessageRef, Outcome, Place
from bot.chat.slack.outgoing.send import SlackChat
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.rules.delivery import MOST_ATTEMPTS, SendDeadline, send_deadline
from bot.flows import dispatch
from bot.flows.coach import answer
from bot.flows.delivery import reconcile
from bot.flows.ports import Ports
from bot.runtime import outbox
from bot.runtime.inbox import Inbox
from bot.store.port.inbox import Arrival
from bot.store.sqlite.tables.agenda import Agenda

IN_MEMORY: set[str] = set()


def send_then_note() -> None:
    """Nothing is written before the call: who dies between the call and the note sends again."""
    claim, settle = Agenda.claim, Agenda.settle

    async def claimed(self: Agenda, now: datetime, **how: Any) -> Sequence[Nudge]:
        await self._writer.write(lambda file: _move(file, IN_MEMORY, NudgeState.SENDING))
        rows = await claim(self, now, **how)
        IN_MEMORY.update(row.id for row in rows)
        await self._writer.write(lambda file: _move(file, IN_MEMORY, NudgeState.READY))
        return rows

    async def settled(self: Agenda, nudge: Nudge, to: NudgeState, **how: Any) -> bool:
        await self._writer.write(lambda file: _move(file, [nudge.id], nudge.state))
        IN_MEMORY.discard(nudge.id)
        return await settle(self, nudge, to, **how)

    _put(Agenda, "claim", claimed)
    _put(Agenda, "settle", settled)
    _put(Agenda, "unwanted", _nothing)


def _move(file: sqlite3.Connection, rows: Iterable[str], state: NudgeState) -> None:
    file.executemany("UPDATE nudge SET state = ? WHERE id = ?", [(state, row) for row in rows])


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
        return None

    _put(SlackChat, "find", found)


def never_let_go() -> None:
    """Where nothing can be looked up, what is in doubt is sent again, however often it was in doubt before."""
    _put(reconcile, "MOST_DOUBTS", MOST_ATTEMPTS)


def hear_no_echo() -> None:
    """What Teams brings again under another id counts as new."""
    from bot.chat.teams import serve  # noqa: PLC0415 - its SDK takes a second that the others need not spend

    def new(said: Mapping[str, Any]) -> tuple[str, float]:
        del said
        return "", 0.0

    _put(serve, "echo", new)


def be_slow() -> None:
    """No defect: it takes its time before each call, so that sleep finds it there."""
    send = SlackChat.send

    async def sent(self: SlackChat, place: Place, message: Message, *, by: float | None = None) -> Outcome:
        await asyncio.sleep(random.uniform(0, 2))
        return await send(self, place, message, by=by)

    _put(SlackChat, "send", sent)


def forget_the_lease() -> None:
    """Who wakes after a long sleep goes on as if nothing had happened."""

    def endless(now: datetime, steady: float, lease: timedelta) -> SendDeadline:
        del lease
        return send_deadline(now, steady, timedelta(hours=1))

    be_slow()
    _put(outbox, "term", endless)


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


def number_anew() -> None:
    """What is handled again makes everything again: no id follows from what came in, and nobody looks."""

    def numbered(ports: Ports, incoming: Incoming) -> Ports:
        del incoming
        return ports

    def never(*_: object) -> bool:
        return False

    _put(dispatch, "_numbered", numbered)
    _put(answer, "is_repeated", never)


async def _nothing(*_: object) -> None:
    return None


def _put(where: object, name: str, what: object) -> None:
    setattr(where, name, what)


DEFECTS: Mapping[str, Callable[[], None]] = {
    "send-then-note": send_then_note,
    "note-then-send": note_then_send,
    "never-look": never_look,
    "never-let-go": never_let_go,
    "hear-no-echo": hear_no_echo,
    "be-slow": be_slow,
    "forget-the-lease": forget_the_lease,
    "acknowledge-first": acknowledge_first,
    "number-anew": number_anew,
}

if __name__ == "__main__":
    DEFECTS[sys.argv.pop(1)]()
    main()
