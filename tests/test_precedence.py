"""While people come in, a few handlers go on and the others stand aside."""

import asyncio

import pytest

from bot.precedence import Precedence

NEVER = 3600.0


class Handlers:
    """Handlers that begin when they are let, and end when they are told."""

    def __init__(self, precedence: Precedence) -> None:
        self.begun: list[str] = []
        self._precedence = precedence
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, *names: str) -> None:
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._handle(name))
        await turns()

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await self._tasks[name]
        await turns()

    async def drop(self, name: str) -> None:
        self._tasks[name].cancel()
        await turns()

    async def all(self) -> None:
        for end in self._ends.values():
            end.set()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _handle(self, name: str) -> None:
        async with self._precedence.after():
            self.begun.append(name)
            await self._ends[name].wait()


async def turns() -> None:
    """Let the loop do whatever it can do now."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_nobody_stands_aside_when_nobody_comes_in() -> None:
    handlers = Handlers(Precedence(few=1))
    await handlers.begin("a", "b", "c")
    assert handlers.begun == ["a", "b", "c"]
    await handlers.all()


async def test_while_people_come_in_a_few_go_on_and_the_others_follow_one_by_one() -> None:
    precedence = Precedence(few=2, quiet=NEVER, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a", "b", "c", "d", "e")
        assert handlers.begun == ["a", "b"]
        await handlers.end("b")
        assert handlers.begun == ["a", "b", "c"]
        await handlers.drop("d")
        await handlers.end("a")
        assert handlers.begun == ["a", "b", "c", "e"]
        await handlers.all()


async def test_when_it_is_quiet_all_go_on() -> None:
    precedence = Precedence(few=1, quiet=0.001, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first(), precedence.first():
        await handlers.begin("a", "b", "c")
    assert handlers.begun == ["a"]
    async with asyncio.timeout(5):
        await handlers.all()
    assert handlers.begun == ["a", "b", "c"]


async def test_it_is_not_quiet_yet_when_the_next_one_comes_in() -> None:
    precedence = Precedence(few=1, quiet=NEVER, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a")
    await handlers.begin("b")
    assert handlers.begun == ["a"]
    with precedence.first():
        await turns()
        assert handlers.begun == ["a"]
    await handlers.end("a")
    assert handlers.begun == ["a", "b"]
    await handlers.all()


async def test_nobody_stands_aside_for_ever() -> None:
    precedence = Precedence(few=1, quiet=NEVER, longest=0.001)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a", "b")
        assert handlers.begun == ["a"]
        await handlers.end("b")  # while "a" still goes on and somebody still comes in
        assert handlers.begun == ["a", "b"]
    await handlers.all()


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_a_handler_that_fails_makes_room_too(error: type[BaseException]) -> None:
    precedence = Precedence(few=1, quiet=NEVER, longest=NEVER)
    handlers = Handlers(precedence)

    async def failing() -> None:
        async with precedence.after():
            await handlers.begin("a")
            raise error

    with precedence.first():
        with pytest.raises(error):
            await failing()
        await turns()
        assert handlers.begun == ["a"]
    await handlers.all()
