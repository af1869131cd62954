"""While people come in, handlers stand aside."""

import asyncio

import pytest

from bot.precedence import Precedence

NEVER = 3600.0
MOST = 64


class Handlers:
    """Handlers that begin when they are let, and end when they are told."""

    def __init__(self, precedence: Precedence) -> None:
        self.begun: list[str] = []
        self._precedence = precedence
        self._begun: dict[str, asyncio.Event] = {}
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, *names: str) -> None:
        for name in names:
            self._begun[name], self._ends[name] = asyncio.Event(), asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._handle(name))
        await turns()

    def let_end(self, name: str) -> None:
        self._ends[name].set()

    async def has_begun(self, name: str) -> None:
        async with asyncio.timeout(5):
            await self._begun[name].wait()

    async def end(self, name: str) -> None:
        self.let_end(name)
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
            self._begun[name].set()
            await self._ends[name].wait()


async def turns() -> None:
    """Let the loop do whatever it can do now."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_nobody_stands_aside_when_nobody_comes_in() -> None:
    handlers = Handlers(Precedence(MOST, few=1))
    await handlers.begin("a", "b", "c")
    assert handlers.begun == ["a", "b", "c"]
    await handlers.all()


async def test_while_people_come_in_nobody_begins_and_what_has_begun_goes_on() -> None:
    precedence = Precedence(MOST, quiet=NEVER, longest=NEVER)
    handlers = Handlers(precedence)
    await handlers.begin("a", "b")
    with precedence.first():
        await handlers.begin("c")
        await handlers.end("a")
        assert handlers.begun == ["a", "b"]
    await handlers.end("b")
    assert handlers.begun == ["a", "b"]
    await handlers.drop("c")


async def test_each_moment_of_quiet_lets_a_few_begin_in_their_order() -> None:
    precedence = Precedence(MOST, few=2, quiet=0.001, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first(), precedence.first():
        await handlers.begin("a", "b", "c", "d", "e")
        await handlers.drop("b")
    assert handlers.begun == []
    await handlers.has_begun("a")
    assert handlers.begun == ["a", "c"]
    await handlers.begin("f")  # not before who stands aside already
    await handlers.has_begun("f")
    assert handlers.begun == ["a", "c", "d", "e", "f"]
    await handlers.all()


async def test_it_is_not_quiet_yet_when_the_next_one_comes_in() -> None:
    precedence = Precedence(MOST, few=1, quiet=0.001, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a", "b")
    with precedence.first():
        await asyncio.sleep(0.01)
        assert handlers.begun == []
    await handlers.has_begun("b")
    assert handlers.begun == ["a", "b"]
    await handlers.all()


async def test_who_came_while_the_loop_was_busy_is_seen_before_it_is_called_quiet() -> None:
    precedence = Precedence(MOST, quiet=0.001, longest=NEVER)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a")
    loop, gone = asyncio.get_running_loop(), asyncio.Event()

    async def come() -> None:
        with precedence.first():
            await gone.wait()

    coming: list[asyncio.Task[None]] = []
    loop.call_soon(lambda: coming.append(asyncio.create_task(come())))
    until = loop.time() + 0.002
    while loop.time() < until:
        pass
    await turns()
    assert handlers.begun == []
    gone.set()
    await handlers.has_begun("a")
    await asyncio.gather(*coming)
    await handlers.all()


async def test_nobody_stands_aside_for_ever() -> None:
    """Not even while the door never shuts."""
    precedence = Precedence(MOST, few=1, quiet=NEVER, longest=0.001)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a", "b")
        await handlers.has_begun("b")
        assert handlers.begun == ["a", "b"]
    await handlers.all()


@pytest.mark.parametrize(("quiet", "longest"), [(0.001, NEVER), (NEVER, 0.001)])
async def test_there_is_room_for_so_many_and_whoever_leaves_makes_room(quiet: float, longest: float) -> None:
    precedence = Precedence(1, quiet=quiet, longest=longest)
    handlers = Handlers(precedence)
    with precedence.first():
        await handlers.begin("a", "b", "c")
    await handlers.has_begun("a")
    await asyncio.sleep(0.01)
    assert handlers.begun == ["a"]
    await handlers.end("a")
    assert handlers.begun == ["a", "b"]
    await handlers.drop("b")
    assert handlers.begun == ["a", "b", "c"]
    await handlers.all()


async def test_who_is_called_and_dropped_at_the_same_moment_leaves_no_gap() -> None:
    precedence = Precedence(1, longest=NEVER)
    handlers = Handlers(precedence)
    await handlers.begin("a", "b", "c")
    handlers.let_end("a")
    await asyncio.sleep(0)  # "a" ends and calls "b", which does not know yet
    await handlers.drop("b")
    await handlers.has_begun("c")
    assert handlers.begun == ["a", "c"]
    await handlers.all()


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_a_handler_that_fails_makes_room_too(error: type[BaseException]) -> None:
    precedence = Precedence(1, quiet=NEVER, longest=0.001)
    handlers = Handlers(precedence)

    async def failing() -> None:
        async with precedence.after():
            await handlers.begin("a")
            await asyncio.sleep(0.01)
            assert handlers.begun == []
            raise error

    with pytest.raises(error):
        await failing()
    await turns()
    assert handlers.begun == ["a"]
    await handlers.all()
