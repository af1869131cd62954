"""So many handlers at once, first come, first served."""

import asyncio

import pytest

from bot.runtime.admission import Admission


class Handlers:
    """Handlers that begin when they are let in, and end when they are told."""

    def __init__(self, admission: Admission) -> None:
        self.begun: list[str] = []
        self._admission = admission
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, *names: str, at_once: bool = False) -> None:
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._handle(name, at_once))
        await turns()

    def let_end(self, name: str) -> None:
        self._ends[name].set()

    async def end(self, name: str) -> None:
        self.let_end(name)
        await turns()

    async def drop(self, *names: str) -> None:
        for name in names:
            self._tasks[name].cancel()
        await turns()

    async def all(self) -> list[BaseException]:
        """Let everybody end, and return what went wrong other than being dropped."""
        for end in self._ends.values():
            end.set()
        ended = await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        return [each for each in ended if each is not None and not isinstance(each, asyncio.CancelledError)]

    async def _handle(self, name: str, at_once: bool) -> None:
        async with self._admission.entered(at_once=at_once):
            self.begun.append(name)
            await self._ends[name].wait()


async def turns() -> None:
    """Let the loop do whatever it can do now."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_whoever_finds_room_begins_at_once_and_the_others_in_their_order() -> None:
    handlers = Handlers(Admission(2))
    await handlers.come("a", "b", "c", "d")
    assert handlers.begun == ["a", "b"]
    await handlers.end("b")
    assert handlers.begun == ["a", "b", "c"]
    await handlers.come("e")  # not before who waits already
    await handlers.end("a")
    await handlers.end("c")
    assert handlers.begun == ["a", "b", "c", "d", "e"]
    assert await handlers.all() == []


async def test_somebody_who_waits_for_the_answer_needs_no_room_and_takes_none() -> None:
    handlers = Handlers(Admission(1))
    await handlers.come("a")
    await handlers.come("form", at_once=True)
    assert handlers.begun == ["a", "form"]
    await handlers.come("b")
    await handlers.end("form")
    assert handlers.begun == ["a", "form"]
    await handlers.end("a")
    assert handlers.begun == ["a", "form", "b"]
    assert await handlers.all() == []


async def test_whoever_is_dropped_while_waiting_leaves_no_gap() -> None:
    handlers = Handlers(Admission(1))
    await handlers.come("a", "b", "c")
    await handlers.drop("b")
    await handlers.end("a")
    assert handlers.begun == ["a", "c"]
    assert await handlers.all() == []


async def test_whoever_is_let_in_and_dropped_at_the_same_moment_leaves_no_gap() -> None:
    handlers = Handlers(Admission(1))
    await handlers.come("a", "b", "c")
    handlers.let_end("a")
    await asyncio.sleep(0)  # "a" ends and calls "b", which does not know yet
    await handlers.drop("b")
    assert handlers.begun == ["a", "c"]
    assert await handlers.all() == []


async def test_all_that_run_and_wait_may_be_dropped_together() -> None:
    handlers = Handlers(Admission(2))
    await handlers.come("a", "b", "c", "d")
    await handlers.drop("a", "b", "c", "d")
    assert await handlers.all() == []
    await handlers.come("e", "f", "g")
    assert handlers.begun[-2:] == ["e", "f"]
    assert await handlers.all() == []


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_a_handler_that_fails_makes_room_too(error: type[BaseException]) -> None:
    admission = Admission(1)
    handlers = Handlers(admission)

    async def failing() -> None:
        async with admission.entered():
            await handlers.come("a")
            assert handlers.begun == []
            raise error

    with pytest.raises(error):
        await failing()
    await turns()
    assert handlers.begun == ["a"]
    assert await handlers.all() == []
