"""What is read for longer than its lease is read by one process."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat.port import History, Place
from bot.flows.renewed import renewed
from bot.flows.replies.missed_messages import catch_up
from bot.store.port import Store, StoreError
from tests.runtime.posting import Amid, FakeChat, HandClock, file_in, ports_of
from tests.store.scene import T0, a_cohort, a_member, a_workspace, an_enrollment
from tests.waiting import happens

LEASE = timedelta(seconds=0.02)  # so that half of it is over soon, however slow the machine
LONG = timedelta(hours=1)


class Slow(FakeChat):
    """A platform that shows a conversation when it is told to."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()
        self.times = 0

    async def heard(self, place: Place, *, since: datetime, until: datetime, page: str = "") -> History:
        """Answer after a while."""
        del place, since, until, page
        self.times += 1
        self.asked.set()
        await happens(self.may_answer)
        return History(heard=())


async def with_a_gap(store: Store) -> None:
    anna = a_member("anna", direct="D-anna")
    await store.save(a_workspace(), a_member("carl"), anna, a_cohort(), an_enrollment("anna"))
    assert await store.open_gaps(T0 - LONG, T0) == 1


async def test_a_conversation_that_is_read_for_longer_than_its_lease_is_read_by_one(tmp_path: Path) -> None:
    store, clock = file_in(tmp_path), HandClock()
    await with_a_gap(store)
    chat, is_renewed = Slow(clock), asyncio.Event()

    async def put_off_gap(workspace: str, gap: str, *, not_before: datetime) -> None:
        await store.put_off_gap(workspace, gap, not_before=not_before)
        if not_before > T0 + LONG:
            is_renewed.set()

    ports = ports_of(Amid(store, put_off_gap=put_off_gap), chat, clock, lease=LEASE)
    reading = asyncio.create_task(catch_up(ports))
    await happens(chat.asked)
    clock.at = T0 + LONG  # many times its lease
    await happens(is_renewed)
    assert await catch_up(ports_of(store, chat, clock, lease=LEASE)) == 0
    chat.may_answer.set()
    assert await reading == 1
    assert chat.times == 1
    await store.close()


async def test_a_lease_that_cannot_be_renewed_is_tried_again_and_what_failed_is_raised() -> None:
    tried: list[Any] = []
    twice = asyncio.Event()

    async def renew() -> None:
        tried.append(None)
        if len(tried) > 1:
            twice.set()
        raise StoreError("disk full")

    async def work() -> Sequence[str]:
        async with renewed(LEASE, renew):
            await happens(twice)
            raise OSError

    with suppress(OSError):
        await work()
    assert len(tried) >= 2
