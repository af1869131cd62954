"""The bot with a Slack of its own, a page, and a clock that travels."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.chat.slack.outgoing.connector import Pace as SlackPace
from bot.chat.slack.settings import SlackSettings
from bot.chat.teams.outgoing.pace import Pace
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.language import Language
from bot.platforms.slack import SlackPlatform
from bot.platforms.teams import TeamsPlatform
from bot.practice.carrier import Deadline
from bot.practice.desk_picker import desk_picker
from bot.practice.faults import Faults, none
from bot.practice.keep import UnreadableError
from bot.practice.limits import Limits
from bot.practice.pages.guard import LoopbackOnly
from bot.practice.pages.watch import Watcher
from bot.practice.policy import Policy
from bot.practice.slack.server import Practice, practice
from bot.practice.slack.triggers import Triggers
from bot.practice.teams.fixed import ADMIN
from bot.practice.teams.server import PracticeTeams, practice_teams
from bot.practice.teams.world import TENANT
from bot.practice.time.clock import TravelClock
from bot.practice.time.travel import Traveler
from bot.practice.time.trip import Trip
from bot.runtime.app import Bot, refuse_mixing
from bot.runtime.health import health_routes
from bot.settings import Settings
from bot.store.open import COMPANIONS, file_of, open_store
from bot.store.port import StoreError, Unusable
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

log = logging.getLogger(__name__)

PRACTICE_SECRET = "practice"  # noqa: S105 - signs requests between two ends of one process on loopback
PRACTICE_CLIENT = "11111111-0000-4000-8000-000000000009"
PRACTICE_TOKEN = "xoxb-practice"  # noqa: S105
SIDE_FILES = ("", "-wal", "-shm", *(each.suffix for each in COMPANIONS), ".keys", ".keys.copy", ".secret")


def practicing(settings: Settings) -> Starlette:
    """Return the app with a Slack of its own, its page, and a clock that travels. Loopback only; raises Unusable."""
    try:
        return practice_of(settings, with_teams=True)[0]
    except UnreadableError as unreadable:
        raise Unusable(str(unreadable)) from unreadable


def practice_of(
    settings: Settings,
    *,
    clock: TravelClock | None = None,
    keep: bool = True,
    faults: Faults = none,
    words: FileWords | None = None,
    with_teams: bool = False,
    pace: Pace | None = None,
    slack_pace: SlackPace | None = None,
    limits: Limits | None = None,
    teams_limits: Limits | None = None,
    deadline: Deadline = asyncio.timeout,
    triggers: Triggers | None = None,
) -> tuple[Starlette, Bot, Practice]:
    """Return the practicing app with its two halves; its time is the clock's, else it begins now.

    `with_teams` there is a practice Teams beside the practice Slack, in the same time. What goes beyond the limits is
    refused, and the bot keeps a pace below them; limits and pace are those of the platforms unless others are given.
    The platforms, and the bot's inbox, wait for an answer by the machine's clock unless `deadline` counts otherwise.
    """
    words = words or FileWords(prompts_folder(), own=settings.own_prompts)
    base = f"http://127.0.0.1:{settings.port}"
    clock = clock or TravelClock()
    talk = SlackSettings(
        bot_token=PRACTICE_TOKEN,
        signing_secret=PRACTICE_SECRET,
        api_url=f"{base}/practice/slack/api/",
    )
    settings = replace(settings, admins=settings.admins or frozenset({ADMIN}), public_url=base)
    it = Bot(settings, clock, practicing=True, words=words, deadline=deadline)
    it.live_in(SlackPlatform(it, talk, pace=slack_pace))
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
            _wipe(file, settings.keystore)
            fresh = open_store(settings.database_url, keystore=settings.keystore)
            it.ports = replace(it.ports, store=fresh)
            it.workspaces.forget()
        await asyncio.gather(*map(PracticeTeams.begin_anew, beside))

    shared: dict[str, Any] = {
        "clock": clock,
        "travel": Traveler(clock, it.ticker.settle, next_moment, lambda: _shown(worlds)).travel,
        "next_event": next_moment,
        "problems": lambda: list(map(str, words.problems())),
        "page_words": lambda language: words.phrases_under("practice-", _spoken(language)),
        "trip": Trip(),
        "policy": Policy(),
        "deadline": deadline,
    }
    beside: list[PracticeTeams] = []
    worlds: list[Practice | PracticeTeams] = []
    world = practice(
        bot_url=f"{base}/slack/events",
        signing_secret=PRACTICE_SECRET,
        bot_token=PRACTICE_TOKEN,
        keep_path=_beside_file(file, "practice.json", keep=keep),
        faults=faults,
        limits=limits,
        triggers=triggers,
        reset=begin_anew,
        **shared,
    )
    if with_teams:
        kept = _beside_file(file, "practice-teams.json", keep=keep)
        beside.append(
            _teams_beside(
                it, base, pace, keep_path=kept, limits=teams_limits, faults=faults, reset=world.begin_anew, **shared
            )
        )
    worlds += [*beside, world]  # Slack's page takes all addresses that are left

    def moved() -> None:
        for each in worlds:
            each.changed()

    it.ticker.when_moved = it.outbox.when_moved = moved  # so that the page asks again what comes next

    return _app(it, worlds, Watcher(world, lambda: it.ports, words.problems)), it, world


def _app(it: Bot, worlds: Sequence[Practice | PracticeTeams], watcher: Watcher) -> Starlette:
    """Return what answers for the bot and for the platforms it practices on."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await refuse_mixing(it.ports.store, practicing=True)
            for each in worlds:
                await each.start()
            await it.start()
            watching = asyncio.create_task(watcher.watch())
            yield
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        finally:
            await it.stop()  # the practice workspace answers until its last send has ended
            for each in worlds:
                await each.stop()

    async def retire() -> None:
        """Begin nothing more, and let go who waits for news."""
        await it.retire()
        for each in worlds:
            each.site.changes.close()

    own = health_routes(lambda: it.ports, it.health, it.metrics, lambda: it.homes)
    pages = itertools.chain.from_iterable(each.routes for each in worlds)
    app = Starlette(
        routes=[*it.routes, *desk_picker(lambda: it.ports, it.desk), *pages, *own, Route("/", _to_practice)],
        middleware=[Middleware(LoopbackOnly)],  # the bot's own addresses too: a site may point its name here
        lifespan=lifespan,
    )
    app.state.bot, app.state.retire, app.state.sides = it, retire, worlds
    return app


def _teams_beside(it: Bot, base: str, pace: Pace | None, **how: Any) -> PracticeTeams:
    """Let the practicing bot live in a practice Teams too."""
    teams = practice_teams(bot_url=f"{base}/api/messages", client_id=PRACTICE_CLIENT, base_url=base, **how)
    told = TeamsSettings(
        client_id=PRACTICE_CLIENT, client_secret=PRACTICE_SECRET, tenants=(TENANT,), metadata_url=teams.metadata_url
    )
    it.live_in(TeamsPlatform(it, told, pace=pace))
    return teams


def _beside_file(file: Path, name: str, *, keep: bool) -> Path | None:
    return file.with_name(f"{file.name}.{name}") if keep else None


def _shown(worlds: Sequence[Practice | PracticeTeams]) -> frozenset[tuple[str, str]]:
    """Return every message that stands somewhere."""
    stand = (each.site.world.posts.items() for each in worlds)
    return frozenset((place, name) for places in stand for place, posts in places for name in posts)


def _wipe(file: Path, keystore: str) -> None:
    for side in SIDE_FILES:
        Path(f"{file}{side}").unlink(missing_ok=True)
    if keystore:
        Path(keystore).unlink(missing_ok=True)


def _spoken(language: str) -> Language:
    return Language(language) if language in list(Language) else Language.EN


def _to_practice(_: Request) -> Response:
    return RedirectResponse("/practice")
