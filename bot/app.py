"""The one place that wires everything."""

import asyncio
import logging
import random
import uuid
import zoneinfo
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.chat.port import FormErrors, Incoming, Submitted
from bot.chat.slack.serve import Slack, SlackError, slack
from bot.chat.slack.settings import SlackSettings
from bot.clock import Guard, SystemClock
from bot.coaching.clock import Clock
from bot.coaching.language import Language
from bot.coaching.workspace import Workspace, WorkspaceState
from bot.daysoff import OFFERED, holidays_in
from bot.flows.beat import EVERY, beat
from bot.flows.catch_up import catch_up
from bot.flows.ports import Ports
from bot.flows.receive import busy, receive
from bot.flows.rezone import rezone
from bot.health import Health, health_routes
from bot.inbox import GRACE, Inbox
from bot.loop import LoopWatch
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.practice.clock import TravelClock
from bot.practice.faults import Faults, none
from bot.practice.server import Practice, practice
from bot.practice.travel import Traveler
from bot.practice.watch import Watcher
from bot.settings import NotConfigured, Settings
from bot.store.port import Arrival, Conflict, StoreError
from bot.store.sqlite.open import file_of, open_store
from bot.ticker import AGENDA, HOUSEKEEPING, Tick, Ticker
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords

log = logging.getLogger(__name__)

PRACTICE_SECRET = "practice"  # noqa: S105 - signs requests between two ends of one process on loopback
PRACTICE_TOKEN = "xoxb-practice"  # noqa: S105
SIDE_FILES = ("", "-wal", "-shm", ".erased")


class Duty(StrEnum):
    """What a process is there for; two of a kind on one file do no harm."""

    SERVE = "serve"  # both
    WEB = "web"  # takes in what people do, and answers
    WORKER = "worker"  # keeps the agenda and sends

    @property
    def listens(self) -> bool:
        """Whether Slack reaches us here."""
        return self is not Duty.WORKER

    @property
    def sends(self) -> bool:
        """Whether messages start from here."""
        return self is not Duty.WEB


@dataclass
class Bot:
    """The bot with its ports; in practice the ports are replaced when the world begins anew."""

    ports: Ports
    slack: Slack
    inbox: Inbox
    outbox: Outbox
    ticker: Ticker
    practicing: bool
    duty: Duty
    metrics: Metrics
    health: Health
    loop: LoopWatch
    known: dict[str, str] = field(default_factory=dict)  # our workspace ids by team, also when the file fails

    async def handle(self, incoming: Incoming) -> FormErrors | None:
        """Receive what arrived, and look at once whether something became due."""
        answer = await receive(self.ports, incoming)
        if self.duty.sends:
            self.ticker.wake()
        return answer

    async def workspace_of(self, team: str) -> str | None:
        """Return our id of a Slack team, remembered the first time; None when the token is another team's."""
        if team not in self.known:
            known = await self.ports.store.workspace_of("slack", team) or await self._met(team)
            if known is None:
                return None
            self.known[team] = known.id
        return self.known[team]

    async def _met(self, team: str) -> Workspace | None:
        told = await self.slack.identity()
        if told.team != team:
            log.warning("a request of a team that is not ours team=%s", team)
            return None
        with suppress(Conflict):  # two requests at once met it
            await self.ports.store.save(
                Workspace(
                    id=self.ports.new_id(),
                    platform="slack",
                    external_id=team,
                    name=told.team_name,
                    bot=told.bot,
                    practice=self.practicing,
                )
            )
        return await self.ports.store.workspace_of("slack", team)

    async def start(self) -> None:
        """Connect and begin to tick."""
        self.loop.start()
        if self.duty.listens:
            await self.slack.start()
        if self.duty.sends:
            await self._rezoned()
        self.ticker.start()

    async def _rezoned(self) -> None:
        """Let what is planned follow new rules of the time zones before anything is sent."""
        try:
            await rezone(self.ports)
        except StoreError:  # it is tried again at the next start
            log.exception("the zone data was not compared")

    async def retire(self) -> None:
        """Begin nothing more and let end what is being sent; who asks is still answered."""
        self.health.stopping()
        await asyncio.gather(self.ticker.stop(), self.inbox.stop(GRACE))

    async def stop(self) -> None:
        """Stop working, disconnect, close the file."""
        await self.retire()
        await self.slack.stop()
        await self.ports.store.close()
        await self.loop.stop()


def bot(
    settings: Settings,
    talk: SlackSettings,
    clock: Clock,
    *,
    practicing: bool,
    words: FileWords,
    duty: Duty = Duty.SERVE,
) -> Bot:
    """Return the bot on its file, its words and its Slack; raises Unusable."""
    # The system's zone data may be years older than the package's (measured: 13 zones differ).
    zoneinfo.reset_tzpath(to=())
    made: list[Bot] = []  # Slack hands what arrives to a bot that is made with it

    async def workspace_of(team: str) -> str | None:
        return await made[0].workspace_of(team)

    async def accept(arrival: Arrival, *, awaited: bool = False) -> dict[str, Any] | None:
        return await made[0].inbox.accept(arrival, awaited=awaited)

    async def handle(incoming: Incoming) -> FormErrors | None:
        return await made[0].handle(incoming)

    async def still_busy(form: Submitted) -> FormErrors:
        return await busy(made[0].ports, form)

    metrics = Metrics()
    home = slack(
        talk,
        clock=clock,
        workspace_of=workspace_of,
        accept=accept,
        handle=handle,
        busy=still_busy,
        on_ack=metrics.acknowledged,
    )
    home.chat.on_failure = metrics.failed
    ports = Ports(
        store=open_store(settings.database_url),
        chat=home.chat,
        words=words,
        clock=clock,
        holidays=holidays_in,
        countries=OFFERED,
        new_id=lambda: uuid.uuid4().hex,
        chance=random.random,
        operator=settings.operator,
        lease=settings.lease,
        settle=settings.settle,
        zones_version=version("tzdata"),
    )

    def now_ports() -> Ports:
        return made[0].ports

    is_steady: Callable[[], bool] = (lambda: True) if practicing else Guard().steady  # in practice the clock travels
    inbox = Inbox(now_ports, home.handle)
    outbox = Outbox(now_ports, is_steady=is_steady, on_settled=metrics.settled)

    async def sweep(_: Ports) -> int:
        return await inbox.sweep()

    beside = [Tick(name="inbox", run=sweep, seconds=1, by_the_clock=False)]
    if duty.listens and not practicing:
        beside.append(Tick(name="beat", run=beat, seconds=EVERY.total_seconds()))
    if duty.sends:
        beside.append(Tick(name="catch_up", run=catch_up, seconds=10))
    made.append(
        Bot(
            ports=ports,
            slack=home,
            inbox=inbox,
            outbox=outbox,
            ticker=Ticker(
                now_ports,
                outbox if duty.sends else None,
                agenda=AGENDA if duty.sends else (),
                housekeeping=HOUSEKEEPING if duty.sends else (),
                beside=beside,
                is_steady=is_steady,
                drained=inbox.drained,
            ),
            practicing=practicing,
            duty=duty,
            metrics=metrics,
            health=Health(now_ports, held=lambda: not is_steady()),
            loop=LoopWatch(metrics.lagged, names=settings.names_blockers),
        )
    )
    return made[0]


async def refuse_mixing(it: Bot) -> None:
    """Keep a practice workspace and real ones out of one file; raises NotConfigured."""
    workspaces = await it.ports.store.workspaces()
    if any(each.practice != it.practicing for each in workspaces):
        here, other = ("a practice", "a real") if it.practicing else ("a real", "a practice")
        raise NotConfigured(
            f"This database holds {other} workspace, and you are starting {here} one.\n"
            "  Set PITSTOP_DATABASE_URL to another file, e.g. sqlite:///data/other.db."
        )


def serving(settings: Settings, duty: Duty = Duty.SERVE) -> Starlette:
    """Return the app that talks to the real Slack."""
    it = _real(settings, duty)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with _on_duty(it):
            yield

    app = Starlette(
        routes=[*it.slack.routes, *health_routes(lambda: it.ports, it.health, it.metrics)], lifespan=lifespan
    )
    app.state.bot = it
    return app


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[Bot]:
    """Keep the agenda and send, without listening to anybody."""
    async with _on_duty(_real(settings, Duty.WORKER)) as it:
        yield it


def _real(settings: Settings, duty: Duty) -> Bot:
    talk = SlackSettings(
        bot_token=settings.slack_bot_token,
        app_token=settings.slack_app_token or None,
        signing_secret=settings.slack_signing_secret or None,
        api_url=settings.slack_api_url,
    )
    return bot(settings, talk, SystemClock(), practicing=False, words=FileWords(prompts_folder()), duty=duty)


@asynccontextmanager
async def _on_duty(it: Bot) -> AsyncIterator[Bot]:
    try:
        await refuse_mixing(it)
        await _installed(it)
        await it.start()
        yield it
    finally:
        await it.stop()


async def _installed(it: Bot) -> None:
    """Remember the workspace the token is for; a token that works again brings it back."""
    try:
        told = await it.slack.identity()
    except SlackError as refused:
        log.error("slack does not let us in error=%s", refused)  # noqa: TRY400 - the code says it all
        return
    known = await it.ports.store.workspace(await it.workspace_of(told.team) or "")
    if known is not None and known.state is WorkspaceState.UNINSTALLED:
        with suppress(Conflict):  # another process starts at the same time
            await it.ports.store.save(replace(known, state=WorkspaceState.ACTIVE))


def practicing(settings: Settings) -> Starlette:
    """Return the app with a Slack of its own, its page, and a clock that travels. Loopback only."""
    return practice_of(settings)[0]


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
