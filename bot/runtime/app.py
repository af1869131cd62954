"""The one place that wires everything but the platforms, which join what is wired here."""

import asyncio
import logging
import random
import uuid
import zoneinfo
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.coaching.clock import Clock
from bot.coaching.rules.line import Sign
from bot.desk.app import desk_routes
from bot.desk.desk import PICKER, Desk
from bot.flows.agenda.rezone import rezone
from bot.flows.ports import Ports
from bot.flows.replies.missed_messages import catch_up
from bot.flows.replies.read_back import Pages
from bot.flows.upkeep.backup import back_up
from bot.flows.upkeep.heartbeat import EVERY, beat, sweep
from bot.flows.upkeep.lines import look_at_the_quiet
from bot.platforms.registry import Platform, Platforms, Reception, Workspaces
from bot.runtime.clock import ClockGuard, SystemClock
from bot.runtime.health import Health, health_routes
from bot.runtime.inbox import GRACE, Inbox
from bot.runtime.loop import LoopWatch
from bot.runtime.metrics import Metrics
from bot.runtime.outbox import Outbox
from bot.runtime.public_holidays import COUNTRIES, holidays_in
from bot.runtime.signing import signer
from bot.runtime.ticker import AGENDA, HOUSEKEEPING, SCREENS, Tick, Ticker
from bot.settings import NotConfigured, Settings
from bot.store.open import file_of, open_store
from bot.store.port import Store, StoreError
from bot.store.port.inbox import Arrival
from bot.words.files.layers.kept import kept_beside
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

log = logging.getLogger(__name__)


class Duty(StrEnum):
    """What a process is there for; two of a kind on one file do no harm."""

    SERVE = "serve"  # both
    WEB = "web"  # takes in what people do, and answers
    WORKER = "worker"  # keeps the agenda and sends

    @property
    def listens(self) -> bool:
        """Whether people reach us here."""
        return self is not Duty.WORKER

    @property
    def sends(self) -> bool:
        """Whether messages start from here."""
        return self is not Duty.WEB


class Bot:
    """The bot with its ports and its homes; in practice the ports are replaced when the world begins anew."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        practicing: bool,
        words: FileWords,
        duty: Duty = Duty.SERVE,
        deadline: Callable[[float], asyncio.Timeout] = asyncio.timeout,
    ) -> None:
        """Open the file, and live nowhere yet; raises Unusable. `deadline` counts how long an answer is waited for."""
        # The system's zone data may be years older than the package's (measured: 13 zones differ).
        zoneinfo.reset_tzpath(to=())
        # In practice the clock travels.
        is_steady: Callable[[], bool] = (lambda: True) if practicing else ClockGuard().steady
        self.practicing = practicing
        self.duty = duty
        self.homes: dict[str, Platform] = {}
        self.metrics = self.counts = Metrics()
        self.workspaces = Workspaces(lambda: self.ports.store, lambda: self.ports.now, self.homes)
        self.ports = self._ports(settings, clock, words)
        now: Callable[[], Ports] = partial(getattr, self, "ports")  # in practice they are replaced
        reception = Reception(now, self.homes)
        self.handle, self.busy = reception.handle, reception.busy
        self.inbox = Inbox(now, reception.at_home, deadline=deadline)
        self.heard_at: dict[str, datetime] = {}  # by platform, when something last came in here
        self.outbox = Outbox(now, is_steady=is_steady, on_settled=self.metrics.settled)
        self.ticker = Ticker(
            now,
            self.outbox if duty.sends else None,
            agenda=AGENDA if duty.sends else (),
            screens=SCREENS if duty.sends else (),
            housekeeping=HOUSEKEEPING if duty.sends else (),
            beside=tuple(_beside(self.inbox, self._signs, duty, practicing=practicing)),
            is_steady=is_steady,
            drained=self.inbox.drained,
        )
        if duty.sends:  # something may have become due by what was handled
            self.inbox.when_handled = self.ticker.wake
        self.health = Health(now, held=lambda: not is_steady(), deadline=deadline)
        self.desk = Desk(now, wake=self.ticker.wake, picker=PICKER if practicing else "")
        self._rezoning: asyncio.Task[None] | None = None
        self._desk_routes = desk_routes(self.desk) if settings.public_url else []
        self.loop = LoopWatch(self.metrics.lagged, names=settings.names_blockers)

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses at which the platforms reach us, and people by a browser."""
        return [*(route for home in self.homes.values() for route in home.routes), *self._desk_routes]

    def accept(self, arrival: Arrival, *, awaited: bool = False) -> Coroutine[Any, Any, dict[str, Any] | None]:
        """Keep what came in until it is handled, and note that its line carries."""
        self.heard_at[arrival.platform] = self.ports.clock.now()
        return self.inbox.accept(arrival, awaited=awaited)

    def _signs(self) -> Mapping[str, Sign]:
        """Return what this process knows of its lines."""
        return {
            platform: Sign(carries=home.is_open, heard_at=self.heard_at.get(platform))
            for platform, home in self.homes.items()
        }

    def live_in(self, home: Platform) -> None:
        """Live on one more platform; before the start."""
        self.homes[home.platform] = home

    async def start(self) -> None:
        """Connect and begin to tick."""
        self.loop.start()
        await self.workspaces.learn()
        if self.duty.listens:
            for home in self.homes.values():
                await home.start()
        if self.duty.sends:
            await self.workspaces.moved_out(frozenset(self.homes))
            self._rezoning = asyncio.create_task(self._rezoned())
        self.ticker.start()

    async def _rezoned(self) -> None:
        """Let what is planned follow new rules of the time zones, while people are answered."""
        try:
            await rezone(self.ports)
        except StoreError:  # it is tried again at the next start
            log.exception("the zone data was not compared")

    async def retire(self) -> None:
        """Begin nothing more and let end what is being sent; who asks is still answered."""
        self.health.stopping()
        if self._rezoning is not None:
            self._rezoning.cancel()
            await asyncio.gather(self._rezoning, return_exceptions=True)
        await asyncio.gather(self.ticker.stop(), self.inbox.stop(GRACE))

    async def stop(self) -> None:
        """Stop working, disconnect, close the file."""
        await self.retire()
        for home in self.homes.values():
            await home.stop()
        await self.ports.store.close()
        await self.loop.stop()

    def _ports(self, settings: Settings, clock: Clock, words: FileWords) -> Ports:
        return Ports(
            store=open_store(
                settings.database_url,
                keystore=settings.keystore,
                secrets=None if self.practicing else settings.secret_keys,
            ),
            chat=Platforms(self.homes, self.workspaces.platform_of),
            words=words,
            clock=clock,
            holidays=holidays_in,
            countries=COUNTRIES,
            new_id=lambda: uuid.uuid4().hex,
            chance=random.random,
            operator=settings.operator,
            admins=settings.admins,
            public_url=settings.public_url,
            signs=signer(settings.secret_keys),
            lease=settings.lease,
            settle=settings.settle,
            zones_version=version("tzdata"),
            platform_of=self.workspaces.platform_of,
        )


def _beside(inbox: Inbox, signs: Callable[[], Mapping[str, Sign]], duty: Duty, *, practicing: bool) -> Iterator[Tick]:
    """Yield what goes on beside the agenda, because it may take long or must not wait."""
    pages = Pages()

    async def take_up(_: Ports) -> int:
        return await inbox.sweep()

    async def felt(ports: Ports) -> int:
        return await beat(ports, signs()) + await look_at_the_quiet(ports, signs())

    yield Tick(name="inbox", run=take_up, seconds=1, by_the_clock=False)
    if duty.listens and not practicing:  # a clock that travels would seem to sleep
        yield Tick(name="beat", run=felt, seconds=EVERY.total_seconds())
    if duty.sends:
        yield Tick(name="catch_up", run=partial(catch_up, pages=pages), seconds=10)
    if duty.sends and not practicing:
        yield Tick(name="sweep", run=sweep, seconds=600)
        yield Tick(name="back_up", run=back_up, seconds=600, at_once=True)


async def refuse_mixing(store: Store, *, practicing: bool) -> None:
    """Keep a practice workspace and real ones out of one file; raises NotConfigured."""
    workspaces = await store.workspaces()
    if any(each.practice != practicing for each in workspaces):
        here, other = ("a practice", "a real") if practicing else ("a real", "a practice")
        raise NotConfigured(
            f"This database holds {other} workspace, and you are starting {here} one.\n"
            "  Set PITSTOP_DATABASE_URL to another file, e.g. sqlite:///data/other.db."
        )


Join = Callable[[Bot, Settings], None]


def serving(settings: Settings, joins: Iterable[Join], duty: Duty = Duty.SERVE) -> Starlette:
    """Return the app that talks to the real platforms; each of `joins` lets the bot live on one. Raises Unusable."""
    it = real(settings, joins, duty)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with on_duty(it):
            yield

    own = health_routes(lambda: it.ports, it.health, it.metrics, lambda: it.homes)
    app = Starlette(routes=[*(it.routes if duty.listens else ()), *own], lifespan=lifespan)
    app.state.bot, app.state.retire = it, it.retire
    return app


def real(settings: Settings, joins: Iterable[Join], duty: Duty) -> Bot:
    """Return the bot of the real platforms, not on duty yet; raises Unusable."""
    it = Bot(settings, SystemClock(), practicing=False, words=_words(settings), duty=duty)
    for join in joins:
        join(it, settings)
    return it


def _words(settings: Settings) -> FileWords:
    """Return the words; what journeys that people walk had before stays beside the database."""
    return FileWords(prompts_folder(), own=settings.own_prompts, kept=kept_beside(file_of(settings.database_url)))


@asynccontextmanager
async def on_duty(it: Bot) -> AsyncIterator[Bot]:
    """Let the bot do what it is there for, as long as the context lasts."""
    try:
        await refuse_mixing(it.ports.store, practicing=it.practicing)
        await asyncio.gather(*(home.settle_in() for home in it.homes.values()))
        await it.start()
        log.info("started duty=%s", it.duty)
        yield it
    finally:
        await it.stop()
        log.info("stopped duty=%s", it.duty)
