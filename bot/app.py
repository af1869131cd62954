"""The one place that wires everything."""

import asyncio
import logging
import random
import uuid
import zoneinfo
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.metadata import version
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.chat.port import FormErrors, Incoming, Submitted
from bot.chat.slack.serve import Slack, SlackError, slack
from bot.chat.slack.settings import SlackSettings
from bot.clock import Guard, SystemClock
from bot.coaching.clock import Clock
from bot.coaching.workspace import Workspace, WorkspaceState
from bot.daysoff import OFFERED, holidays_in
from bot.flows.back_up import back_up
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
from bot.settings import NotConfigured, Settings
from bot.store.port import Arrival, Conflict, StoreError
from bot.store.sqlite.open import open_store
from bot.ticker import AGENDA, HOUSEKEEPING, Tick, Ticker
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
        """Whether Slack reaches us here."""
        return self is not Duty.WORKER

    @property
    def sends(self) -> bool:
        """Whether messages start from here."""
        return self is not Duty.WEB


class Home(Protocol):
    """A second platform that the bot lives on."""

    routes: list[BaseRoute]

    async def handle(self, arrival: Arrival) -> dict[str, Any] | None:
        """Handle what was kept; return what a form is to show when it was not accepted."""
        ...

    async def start(self) -> None:
        """Begin to listen."""
        ...

    async def stop(self) -> None:
        """Close the connections."""
        ...


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
    teams: Home | None = None
    platforms: dict[str, str] = field(default_factory=dict)  # by our workspace id; what is not here is Slack's

    @property
    def routes(self) -> list[BaseRoute]:
        """The addresses at which the platforms reach us."""
        return [*self.slack.routes, *(self.teams.routes if self.teams else ())]

    async def led(self, arrival: Arrival) -> dict[str, Any] | None:
        """Let the platform it came from handle what was kept."""
        home = self.teams if self.teams is not None and arrival.platform == "teams" else self.slack
        return await home.handle(arrival)

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
        if self.teams is not None:
            self.platforms |= {each.id: each.platform for each in await self.ports.store.workspaces()}
        if self.duty.listens:
            await self.slack.start()
            if self.teams is not None:
                await self.teams.start()
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
        if self.teams is not None:
            await self.teams.stop()
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

    async def led(arrival: Arrival) -> dict[str, Any] | None:
        return await made[0].led(arrival)

    inbox = Inbox(now_ports, led)
    outbox = Outbox(now_ports, is_steady=is_steady, on_settled=metrics.settled)

    async def sweep(_: Ports) -> int:
        return await inbox.sweep()

    beside = [Tick(name="inbox", run=sweep, seconds=1, by_the_clock=False), *_beside(duty, practicing=practicing)]
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


def _beside(duty: Duty, *, practicing: bool) -> Iterator[Tick]:
    """Yield what goes on beside the agenda, because it may take long or must not wait."""
    if duty.listens and not practicing:  # a clock that travels would seem to sleep
        yield Tick(name="beat", run=beat, seconds=EVERY.total_seconds())
    if duty.sends:
        yield Tick(name="catch_up", run=catch_up, seconds=10)
    if duty.sends and not practicing:
        yield Tick(name="back_up", run=back_up, seconds=600)


async def refuse_mixing(it: Bot) -> None:
    """Keep a practice workspace and real ones out of one file; raises NotConfigured."""
    workspaces = await it.ports.store.workspaces()
    if any(each.practice != it.practicing for each in workspaces):
        here, other = ("a practice", "a real") if it.practicing else ("a real", "a practice")
        raise NotConfigured(
            f"This database holds {other} workspace, and you are starting {here} one.\n"
            "  Set PITSTOP_DATABASE_URL to another file, e.g. sqlite:///data/other.db."
        )


Join = Callable[[Bot], object]


def serving(settings: Settings, duty: Duty = Duty.SERVE, *, join: Join | None = None) -> Starlette:
    """Return the app that talks to the real Slack; `join` lets the bot live on a second platform too."""
    it = _real(settings, duty, join)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with _on_duty(it):
            yield

    app = Starlette(routes=[*it.routes, *health_routes(lambda: it.ports, it.health, it.metrics)], lifespan=lifespan)
    app.state.bot, app.state.retire = it, it.retire
    return app


@asynccontextmanager
async def working(settings: Settings, *, join: Join | None = None) -> AsyncIterator[Bot]:
    """Keep the agenda and send, without listening to anybody."""
    async with _on_duty(_real(settings, Duty.WORKER, join)) as it:
        yield it


def _real(settings: Settings, duty: Duty, join: Join | None) -> Bot:
    talk = SlackSettings(
        bot_token=settings.slack_bot_token,
        app_token=settings.slack_app_token or None,
        signing_secret=settings.slack_signing_secret or None,
        api_url=settings.slack_api_url,
    )
    it = bot(settings, talk, SystemClock(), practicing=False, words=FileWords(prompts_folder()), duty=duty)
    if join is not None:
        join(it)
    return it


@asynccontextmanager
async def _on_duty(it: Bot) -> AsyncIterator[Bot]:
    try:
        await refuse_mixing(it)
        await _installed(it)
        await it.start()
        log.info("started duty=%s", it.duty)
        yield it
    finally:
        await it.stop()
        log.info("stopped duty=%s", it.duty)


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
