"""The bot as a real process, and the signals that end it or hold it."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]
STARTING = 60.0  # seconds a process may take until it answers, on a busy machine
ENDING = 20.0  # seconds after which one that was told to end counts as not ending
KEPT = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT"})


class Process:
    """One run of `python -m bot`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Hold a process that was started."""
        self._process = process
        self._is_held = False

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    def send(self, which: signal.Signals) -> None:
        """Send a signal, if it is still there."""
        with suppress(ProcessLookupError):
            self._process.send_signal(which)
            self._is_held = which is signal.SIGSTOP

    async def kill(self) -> None:
        """End it as a power cut does."""
        self.send(signal.SIGKILL)
        await self._process.wait()

    async def terminate(self) -> float:
        """Ask it to end; return how many seconds it took, at most `ENDING`."""
        begin = time.monotonic()
        self.send(signal.SIGTERM)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), ENDING)
        return time.monotonic() - begin

    async def hold(self, seconds: float) -> None:
        """Stop it in its tracks for a while."""
        self.send(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.send(signal.SIGCONT)

    async def ended(self) -> int:
        """Wait for its end and return its exit code."""
        return await self._process.wait()


@asynccontextmanager
async def running(
    environment: Mapping[str, str],
    *command: str,
    log: Path,
    entry: tuple[str, ...] = ("-m", "bot"),
    prepare: Callable[[], None] | None = None,
) -> AsyncIterator[Process]:
    """Run a command of the bot as long as the context lasts."""
    process = await start(environment, *command, log=log, entry=entry, prepare=prepare)
    try:
        yield process
    finally:
        await process.kill()


async def start(
    environment: Mapping[str, str],
    *command: str,
    log: Path,
    entry: tuple[str, ...] = ("-m", "bot"),
    prepare: Callable[[], None] | None = None,
) -> Process:
    """Start a command of the bot; what it says goes to the end of the log."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    with log.open("ab") as said:
        return Process(
            await asyncio.create_subprocess_exec(
                sys.executable,
                *entry,
                *command,
                cwd=ROOT,
                env={**kept, **environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                preexec_fn=prepare,
            )
        )


async def until(met: Callable[[], bool], *, seconds: float, every: float = 0.005) -> bool:
    """Wait until something is so, looking again and again; False when it took too long."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(every)  # other processes ring no bell
    return True


async def answers(session: aiohttp.ClientSession, address: str, process: Process, *, status: int = 200) -> None:
    """Wait until an address of a process answers with a status."""
    async with asyncio.timeout(STARTING):
        while process.is_alive:
            with suppress(aiohttp.ClientError, OSError):
                async with session.get(address) as response:
                    if response.status == status:
                        return
            await asyncio.sleep(0.03)
    raise AssertionError("the process ended before it answered")
