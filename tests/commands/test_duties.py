"""Real processes: what each is there for, and how it ends when it is told to."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import aiohttp
import pytest
import uvicorn

from bot.coaching.records.nudge import Kind, NudgeState
from bot.commands.by_platform import joins
from bot.commands.server import Server, listen
from bot.practice.app import practice_of
from bot.practice.faults import Fault
from bot.practice.time.clock import TravelClock
from bot.runtime.app import Duty, serving
from bot.runtime.ticker import AGENDA, HOUSEKEEPING, SCREENS
from bot.settings import Settings
from bot.store.sqlite.file.open import open_store
from tests import content
from tests.commands.cli import KEY, environment, port_held
from tests.conftest import T0, Line, World, shipped_words
from tests.driver import Driver
from tests.flows.replies.test_typed import run_of
from tests.flows.talk import begin
from tests.ready import ready
from tests.stored import key
from tests.waiting import IN_THE_END, unhurried, until

pytestmark = pytest.mark.slack("the processes of tests/platforms/test_apart.py live in Teams")

SENDING = {*(tick.name for tick in (*AGENDA, *SCREENS, *HOUSEKEEPING)), "catch_up", "back_up", "sweep"}
CUT_SHORT = ("stopped in the midst", "calls still open", "Cancel")  # what is logged when patience has run out


@dataclass(frozen=True, kw_only=True)
class Running:
    """A process of the bot that has announced itself."""

    process: asyncio.subprocess.Process
    said: str  # what its first line says
    url: str

    async def stopped(self, how: signal.Signals) -> tuple[int, str]:
        """Tell it to stop; return its exit code and what it logged."""
        os.kill(self.process.pid, how)
        async with asyncio.timeout(IN_THE_END):
            _, logged = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, logged.decode()


@asynccontextmanager
async def running(world: World, folder: Path, command: str, **values: str) -> AsyncIterator[Running]:
    """Run a command whose Slack is the practice one."""
    with port_held() as port:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            command,
            cwd=folder,
            env=environment(
                PORT=port,
                PYTHONUNBUFFERED="1",
                PITSTOP_DATABASE_URL=f"sqlite:///{folder}/served.db",
                SLACK_BOT_TOKEN="xoxb-practice",
                SLACK_SIGNING_SECRET="practice",
                SLACK_API_URL=f"{world.url}/practice/slack/api/",
                **values,
            ),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            async with asyncio.timeout(IN_THE_END):
                said = (await process.stdout.readline()).decode()
                assert said, (await process.communicate())[1].decode()
            yield Running(
                process=process,
                said=said if command == "practice" else json.loads(said)["message"],
                url=f"http://127.0.0.1:{port}",
            )
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest.mark.parametrize(("command", "how"), [("serve", signal.SIGHUP), ("web", signal.SIGTERM)])
async def test_what_listens_says_so_is_ready_and_ends_cleanly(
    world: World, tmp_path: Path, command: str, how: signal.Signals
) -> None:
    async with running(world, tmp_path, command) as bot:
        assert bot.said == f"Pitstop is on duty at {bot.url}  (stop with Ctrl-C)"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{bot.url}/readyz") as answer:
                assert (answer.status, (await answer.json())["ok"]) == (200, True)
            async with session.get(f"{bot.url}/metrics") as answer:
                assert "pitstop_queue_read 1.0" in await answer.text()
        code, logged = await bot.stopped(how)
    assert code == 0, logged
    assert not any(words in logged for words in CUT_SHORT)
    assert all(json.loads(line)["message"] for line in logged.splitlines()), "JSON where nobody sits at a terminal"
    assert "Traceback" not in logged


async def test_what_only_works_answers_to_nobody_and_ends_cleanly(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path, "worker") as bot:
        assert bot.said == "Pitstop is at work  (stop with Ctrl-C)"
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(f"{bot.url}/healthz")
        code, logged = await bot.stopped(signal.SIGINT)  # SIGTERM: test_web_and_worker_share_a_file
    assert code == 0, logged
    assert not any(words in logged for words in CUT_SHORT)
    assert "Traceback" not in logged


async def test_a_worker_answers_monitoring_where_it_is_told_to_and_nobody_else(world: World, tmp_path: Path) -> None:
    with port_held() as port:
        health = {"PITSTOP_HEALTH_PORT": port}
        async with running(world, tmp_path, "worker", **health) as bot, aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{port}"
            assert bot.said == f"Pitstop is at work, and answers monitoring at {url}  (stop with Ctrl-C)"
            for path, status in (("healthz", 200), ("readyz", 200), ("metrics", 200), ("slack/events", 404)):
                async with session.get(f"{url}/{path}") as answer:
                    assert (path, answer.status) == (path, status)
            code, logged = await bot.stopped(signal.SIGHUP)
    assert code == 0, logged
    assert "Traceback" not in logged


async def test_a_practice_that_is_looked_at_ends_at_once_and_without_a_complaint(world: World, tmp_path: Path) -> None:
    async with (
        running(world, tmp_path, "practice") as bot,
        aiohttp.ClientSession() as session,
        session.get(f"{bot.url}/practice/api/stream") as slack,
        session.get(f"{bot.url}/practice/teams/api/stream") as teams,
    ):
        await asyncio.gather(slack.content.readline(), teams.content.readline())
        code, logged = await bot.stopped(signal.SIGTERM)
    assert (code, logged) == (0, ""), "it would say that it cut off who looks"


async def test_web_and_worker_share_a_file(world: World, tmp_path: Path) -> None:
    async with running(world, tmp_path, "web") as web, running(world, tmp_path, "worker") as worker:
        assert [(await each.stopped(signal.SIGTERM))[0] for each in (web, worker)] == [0, 0]


@pytest.mark.parametrize(
    ("duty", "ticks"),
    [
        (Duty.SERVE, {*SENDING, "inbox", "beat"}),
        (Duty.WEB, {"inbox", "beat"}),  # no agenda
        (Duty.WORKER, {*SENDING, "inbox"}),  # nobody to listen to
    ],
)
async def test_each_process_ticks_what_it_is_there_for(
    world: World, tmp_path: Path, duty: Duty, ticks: set[str]
) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/served.db",
        secret_keys=(KEY,),
        slack_bot_token="xoxb-practice",
        slack_signing_secret="practice",
        slack_api_url=f"{world.url}/practice/slack/api/",
    )
    app = serving(settings, joins(settings), duty)
    async with app.router.lifespan_context(app):
        jobs = {job.id for job in app.state.bot.ticker._scheduler.get_jobs()}
        assert jobs - {"deliver"} == ticks  # without an outbox, that one does nothing
        assert (app.state.bot.outbox in vars(app.state.bot.ticker).values()) is duty.sends


async def test_a_practice_workspace_answers_until_its_last_send_has_ended(tmp_path: Path) -> None:
    door, line, late = listen("127.0.0.1", 0), Line(), asyncio.Event()
    settings = Settings(port=door.getsockname()[1], database_url=f"sqlite:///{ready(tmp_path / 'pitstop.db')}")
    app, bot, practice = practice_of(
        settings, clock=TravelClock(T0), keep=False, faults=line, words=shipped_words(), deadline=unhurried
    )
    server = Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1), bot.retire)
    serve = asyncio.create_task(server.serve(sockets=[door]))
    await until(lambda: server.started)
    url = f"http://127.0.0.1:{settings.port}"
    async with Driver.at(url) as driver:
        await driver.person("Marit")
        driver.settled = bot.inbox.drained
        world = World(driver=driver, bot=bot, practice=practice, url=url, database_url=settings.database_url, line=line)
        await begin(world, "Sanne")
        run = key(await run_of(world, "Sanne"))
        line.faults["chat.postMessage"] = [Fault(answered=late)]
        practice.clock.leap(timedelta(hours=25, seconds=1))
        bot.ticker.wake()
        await until(lambda: any(content.said("nudge-plan-button") in str(call) for call in line.calls))
    server.should_exit = True
    async with aiohttp.ClientSession() as session:
        await until(partial(_is_stopping, session, url))
    late.set()
    await serve
    store = open_store(settings.database_url)
    assert next(row.state for row in await store.nudges_of(*run) if row.kind is Kind.NUDGE) is NudgeState.SENT
    await store.close()


async def _is_stopping(session: aiohttp.ClientSession, url: str) -> bool:
    """Tell whether it answers that it is not to be asked any more."""
    async with session.get(f"{url}/readyz") as answer:
        return answer.status == 503
