"""The bot with a Slack of its own, a page, and a clock that travels."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app import Bot, bot, refuse_mixing
from bot.chat.slack.settings import SlackSettings
from bot.coaching.language import Language
from bot.health import health_routes
from bot.practice.clock import TravelClock
from bot.practice.faults import Faults, none
from bot.practice.keep import UnreadableError
from bot.practice.server import Practice, practice
from bot.practice.travel import Traveler
from bot.practice.watch import Watcher
from bot.settings import Settings
from bot.store.port import StoreError, Unusable
from bot.store.sqlite.open import file_of, open_store
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

log = logging.getLogger(__name__)

PRACTICE_SECRET = "practice"  # noqa: S105 - signs requests between two ends of one process on loopback
PRACTICE_TOKEN = "xoxb-practice"  # noqa: S105
SIDE_FILES = ("", "-wal", "-shm", ".erased")


def practicing(settings: Settings) -> Starlette:
    """Return the app with a Slack of its own, its page, and a clock that travels. Loopback only; raises Unusable."""
    try:
        return practice_of(settings)[0]
    except UnreadableError as unreadable:
        raise Unusable(str(unreadable)) from unreadable


def practice_of(
    settings: Settings,
    *,
    start: datetime | None = None,
    keep: bool = True,
    faults: Faults = none,
    words: FileWords | None = None,
) -> tuple[Starlette, Bot, Practice]:
    """Return the practicing app with its two halves; its time begins at `start`, else now."""
    words = words or FileWords(prompts_folder())
    base = f"http://127.0.0.1:{settings.port}"
    clock = TravelClock(start)
    talk = SlackSettings(
        bot_token=PRACTICE_TOKEN,
        signing_secret=PRACTICE_SECRET,
        api_url=f"{base}/practice/slack/api/",
    )
    it = bot(settings, talk, clock, practicing=True, words=words)
    file = file_of(settings.database_url)

    async def next_moment() -> datetime | None:
        try:
            return await it.ports.store.next_moment(clock.now())
        except StoreError as error:  # the page goes on without it
            log.warning("nobody knows what comes next: %s", error)
            return None

    async def begin_anew() -> None:
        await it.inbox.drained()
        async with it.ticker.resting():
            await it.ports.store.close()
            _wipe(file)
            it.ports = replace(it.ports, store=open_store(settings.database_url))
            it.known.clear()

    world = practice(
        bot_url=f"{base}/slack/events",
        signing_secret=PRACTICE_SECRET,
        bot_token=PRACTICE_TOKEN,
        clock=clock,
        keep_path=file.with_name(f"{file.name}.practice.json") if keep else None,
        faults=faults,
        travel=Traveler(clock, it.ticker.settle, next_moment).travel,
        next_event=next_moment,
        reset=begin_anew,
        problems=lambda: [str(problem) for problem in words.problems()],
        page_words=lambda language: words.phrases_under("practice-", _spoken(language)),
    )

    it.ticker.when_moved = it.outbox.when_moved = world.changed  # so that the page asks again what comes next

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watcher = Watcher(world, lambda: it.ports, words.problems)
        try:
            await refuse_mixing(it)
            await world.start()
            await it.start()
            watching = asyncio.create_task(watcher.watch())
            yield
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        finally:
            await it.stop()  # the practice workspace answers until its last send has ended
            await world.stop()

    own = health_routes(lambda: it.ports, it.health, it.metrics)
    routes = [*it.slack.routes, *world.routes, *own, Route("/", _to_practice)]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.bot = it
    return app, it, world


def _wipe(file: Path) -> None:
    for side in SIDE_FILES:
        Path(f"{file}{side}").unlink(missing_ok=True)


def _spoken(language: str) -> Language:
    return Language(language) if language in list(Language) else Language.EN


def _to_practice(_: Request) -> Response:
    return RedirectResponse("/practice")
