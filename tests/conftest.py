"""The practice workspace as tests use it: the real app, a real port, a file of its own, a Monday to begin with."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from bot.chat.slack.outgoing.connector import Pace as SlackPace
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.commands.server import listen
from bot.flows.ports import Ports
from bot.practice.app import practice_of
from bot.practice.faults import Fault
from bot.practice.limits import Limits, unlimited
from bot.practice.side import Side
from bot.practice.slack.server import Practice
from bot.practice.slack.triggers import Triggers
from bot.practice.time.clock import TravelClock
from bot.runtime.app import Bot
from bot.runtime.logs import Text
from bot.settings import Settings
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords
from tests.driver import BOT, Driver, Json
from tests.long_form import LONG
from tests.memory import write_to_memory
from tests.patient import Patient
from tests.ready import ready
from tests.remembered import remembered
from tests.serving import serving
from tests.teams_driver import TeamsDriver
from tests.waiting import Deadlines, HandLoop
from tests.within import Within

# No test is a matter of time: a busy machine would make it red.
hypothesis_settings.register_profile("pitstop", deadline=None, max_examples=100 if LONG else 50)
hypothesis_settings.load_profile("pitstop")

T0 = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Amsterdam
CHANNEL = "it-managers"
PLATFORMS = ("slack", "teams")
IN_TEAMS = {
    "send": ("chat.postMessage", "response_url"),
    "update": ("chat.update", "views.update"),
    "create": ("conversations.open",),
}


@dataclass(frozen=True)
class Line:
    """How the line to the practice Slack fails: by method, one fault for each call to come."""

    faults: dict[str, list[Fault]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what another platform's methods do in Slack
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    with_words: dict[tuple[str, ...], Fault] = field(default_factory=dict)  # of the next call that has all of them

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """Note the call, and return how it goes wrong."""
        self.calls.append((method, dict(arguments)))
        told = str(arguments)
        named = next((words for words in self.with_words if all(each in told for each in words)), None)
        if named is not None:
            return self.with_words.pop(named)
        waiting = [self.faults[name] for name in self.names.get(method, (method,)) if self.faults.get(name)]
        return waiting[0].pop(0) if waiting else None


@dataclass(frozen=True, kw_only=True)
class World:
    """A running practice workspace with somebody to drive it."""

    driver: Driver
    bot: Bot
    practice: Practice
    url: str
    database_url: str
    line: Line = field(default_factory=Line)
    deadlines: Deadlines = field(default_factory=Deadlines)  # of the platforms and the inbox, for an answer
    sides: Sequence[Side[Any, Any]] = ()  # the practice platforms, the one that people are on first
    beginnings: Path | None = None  # where those are kept that come again; None to live them all
    made_with: Ports | None = None

    def says(self, key: str, **values: str) -> str:
        """Return a phrase in English, as it is said on this platform."""
        return self.bot.ports.words.on(self.driver.platform).say(key, Language.EN, **values)

    async def passes(self, span: timedelta) -> None:
        """Let time pass, and everything happen that is due on the way."""
        await self.driver.act("travel", to=(self.practice.clock.now() + span).isoformat())

    async def settle(self) -> None:
        """Let everything due now happen."""
        await self.driver.act("travel", to="now")

    @remembered
    async def start(self, *, by: str = "Marit", channel: str = CHANNEL, **values: Any) -> dict[str, str]:
        """Start a journey with the form's own defaults and these values; return the form's errors."""
        await self.driver.command(by, channel, "start")
        form = await self.form(by)
        errors = await self.driver.submit(
            by, form, self.driver.fill(form, {"language": "en", "coaches": ("Marit",), **values})
        )
        await self.settle()
        return errors

    async def coach(self, who: str = "Marit") -> None:
        """Accept being the coach."""
        ask = await self.driver.last(who, "dm")
        assert ask is not None
        await self.driver.click(who, ask, "coach.accept", manager="no")

    async def join(self, who: str, *, scope: str = "coach", language: str = "en", zone: str | None = None) -> None:
        """Join the journey of the channel; who left it before begins again, and in a later week with week 1."""
        await self.driver.command(who, CHANNEL, "join")
        if await self.driver.modal(who) is None:
            await self.click(who, "join.anew", CHANNEL)
        form = await self.form(who)
        values: dict[str, Any] = {"scope": scope, "language": language}
        if zone is not None:
            values["zone"] = zone
        if any(field.rpartition(".")[2] == "begin" for field in self.driver.fields(form)):
            values["begin"] = "first"
        assert await self.driver.submit(who, form, self.driver.fill(form, values)) == {}
        await self.settle()

    async def form(self, who: str) -> Json:
        """Return the form somebody has open."""
        form = await self.driver.modal(who)
        assert form is not None, f"{who} has no form open"
        return form

    async def fill(self, who: str, **values: Any) -> dict[str, str]:
        """Send the open form in with these values; return its errors."""
        form = await self.form(who)
        return await self.driver.submit(who, form, self.driver.fill(form, values))

    async def direct(self, who: str) -> Sequence[Json]:
        """Return what stands in somebody's conversation with the bot."""
        return await self.driver.messages(who, "dm")

    async def latest(self, who: str, channel: str = "dm") -> Json:
        """Return the newest message somebody sees in a conversation."""
        message = await self.driver.last(who, channel)
        assert message is not None, f"{who} sees nothing in {channel}"
        return message

    async def posted(self, who: str) -> tuple[str, ...]:
        """Return the ids of all that stands in somebody's conversation with the bot, without showing any of it."""
        return tuple(self.sides[0].site.world.posts.get(await self.driver.channel(who, "dm"), ()))

    async def nudge_shown(self, message: Json) -> Nudge | None:
        """Return the nudge that a message is; None for another."""
        store = self.bot.ports.store
        (workspace,) = await store.workspaces()
        screen = await store.screen_at(workspace.id, message["channel"], message["ts"])
        return await store.nudge(screen.workspace, screen.about) if screen is not None else None

    async def text(self, who: str, channel: str = "dm") -> str:
        """Return the words of the newest message."""
        return self.driver.texts(await self.latest(who, channel))

    async def view(self, who: str) -> Json | None:
        """Return the view that lies in front of somebody; None where forms are messages."""
        return await self.driver.modal(who) if self.driver.platform == "slack" else None

    async def click(self, who: str, which: str, channel: str = "dm", **state: Any) -> None:
        """Press a button of the view that lies in front, or of the newest message that has it."""
        view = await self.view(who)
        for where in (*([view] if view else []), *reversed(await self.driver.messages(who, channel))):
            try:
                self.driver.button(where, which)
            except LookupError:
                continue
            await self.driver.click(who, where, which, **state)
            return
        seen = "\n---\n".join(self.driver.texts(each) for each in (await self.driver.messages(who, channel))[-4:])
        raise LookupError(f"{who} sees no {which} in {channel}:\n{seen}")

    async def play(self, who: str, *lines: tuple[str, ...]) -> None:
        """Live a dialogue: each line is what somebody does, then what is new on their screen because of it.

        Deeds: "press <button>", "say <words>", "type <after /coach>", "send <field>=<value> | <field>=<value>" for the
        open form, "close", "travel <to>". What must not be new is written with "not: " before it.
        """
        for deed, *expected in lines:
            before = await self.screen(who)
            await self.do(who, deed)
            after = await self.screen(who)
            new = "\n".join(text for key, text in after.items() if before.get(key) != text)
            for words in expected:
                absent = words.removeprefix("not: ")
                assert (words in new) if absent == words else (absent not in new), f"{deed} -> {words!r} in\n{new}"

    async def do(self, who: str, deed: str) -> None:
        """Do one deed of `play`, and let everything happen that is due because of it."""
        what, _, rest = deed.partition(" ")
        if what == "press":
            await self.click(who, rest)
        elif what == "say":
            await self.driver.say(who, "dm", rest)
        elif what == "type":
            await self.driver.command(who, "dm", rest)
        elif what == "send":
            pairs = (pair.partition("=") for pair in rest.split(" | ") if pair)
            await self.fill(who, **{name: value for name, _, value in pairs})
        elif what == "close":
            await self.driver.close(who, await self.form(who))
        elif what == "travel":
            await self.driver.act("travel", to=rest)
        else:
            raise LookupError(deed)
        await self.settle()

    async def screen(self, who: str) -> dict[str, str]:
        """Return the words of everything a person has before them: messages of the bot, and open forms."""
        state = await self.driver.state(who)
        bot = [message for messages in state["messages"].values() for message in messages if self.is_bots(message)]
        return {each.get("ts", each.get("id", "")): self.driver.texts(each) for each in (*bot, *state["modals"])}

    @staticmethod
    def is_bots(message: Json) -> bool:
        """Tell whether the bot said it."""
        return bool(message["user"] == BOT)

    async def rows(self, who: str, kind: Kind | None = None) -> list[Nudge]:
        """Return what is planned for a person, or was sent, in the newest run; of one kind, if given."""
        store = self.bot.ports.store
        (workspace,) = await store.workspaces()
        member = await store.member_of(workspace.id, await self.driver.person(who))
        assert member is not None, f"{who} is a stranger"
        run = (await store.enrollments_of(member.workspace, member.id))[0]
        return [row for row in await store.nudges_of(run.workspace, run.id) if kind in (None, row.kind)]

    async def row(self, who: str, kind: Kind) -> Nudge:
        """Return the newest message of a kind that was sent to a person."""
        return [row for row in await self.rows(who, kind) if row.state is NudgeState.SENT][-1]

    async def stands(self, row: Nudge) -> str | None:
        """Return the platform's id of the message that a nudge is; None when it stands nowhere."""
        screen = await self.bot.ports.store.screen(row.workspace, row.card or row.id)
        return screen.message if screen else None

    async def nowhere(self, *words: str) -> None:
        """Check that words stand in nothing the bot shows to anybody, forms left aside."""
        for person in (await self.driver.state())["people"]:
            for key, text in (await self.screen(person["id"])).items():
                for each in words:
                    assert key.startswith("V") or each not in text, f"{each!r} is before {person['name']}:\n{text}"


@pytest.fixture(autouse=True)
def _as_it_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Let what a test finds in the log be what an operator finds there."""
    caplog.handler.setFormatter(Text())


@pytest.fixture(params=PLATFORMS)
async def world(request: pytest.FixtureRequest, tmp_path: Path, beginnings: Path) -> AsyncIterator[World]:
    """Run the practicing app for one test, once for each platform that people can be on."""
    async with lived_on(request, tmp_path, beginnings) as alive:
        yield alive


@asynccontextmanager
async def lived_on(request: pytest.FixtureRequest, folder: Path, beginnings: Path) -> AsyncIterator[World]:
    """Run the practicing app on a platform that is asked for.

    Slack keeps its tiers, unless the test is marked `without_tiers`.
    """
    tiers = request.node.get_closest_marker("without_tiers") is None
    async with living(folder, platform=request.param, tiers=tiers, beginnings=beginnings) as alive:
        yield alive


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run every test on a loop whose steady clock can be put ahead."""
    return {"hand": HandLoop}


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "beginnings"
    folder.mkdir(exist_ok=True)
    return folder


def pytest_configure() -> None:
    """Make no test wait for a disk."""
    write_to_memory()


def pytest_collection() -> None:
    """Look for no garbage while modules are read: they stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage only among what tests make: all modules are a million things to look at, again and again."""
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on one platform what is a dialogue of the other alone: each such test says why.

    What takes longest begins first: at the end, all other processes would wait for the one that runs it.
    """
    apart = {each for each in items if _platform(each) and _is_of_the_other(each)}
    config.hook.pytest_deselected(items=list(apart))
    items[:] = sorted((each for each in items if each not in apart), key=_is_short)


def _is_short(item: pytest.Item) -> bool:
    return not any(item.get_closest_marker(mark) for mark in ("journey", "faults"))


def _is_of_the_other(item: pytest.Item) -> bool:
    other = "teams" if _platform(item) == "slack" else "slack"
    return item.get_closest_marker(other) is not None


def _platform(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("world", "")) if spec else ""


@cache
def shipped_words() -> FileWords:
    """Return the words of prompts/, read once for all tests."""
    return FileWords(prompts_folder())


@asynccontextmanager
async def living(
    folder: Path,
    *,
    words: FileWords | None = None,
    keep: bool = False,
    platform: str = "slack",
    tiers: bool = True,
    clock: TravelClock | None = None,
    beginnings: Path | None = None,
) -> AsyncIterator[World]:
    """Run the practicing app on a file in the folder, with these words or the shipped ones.

    Beginnings that come again are kept in `beginnings`, if that is given; see tests/remembered.py.
    With `tiers` Slack keeps its tiers; Teams keeps no limits. The bot's pace in both counts on the clock.
    No answer comes too late, however slow the machine is, unless a test lets the deadlines pass.
    """
    door = listen("127.0.0.1", 0)  # held, so that nobody else takes the port meanwhile
    port, line = door.getsockname()[1], Line(names=IN_TEAMS if platform == "teams" else {})
    settings = Settings(port=port, database_url=f"sqlite:///{ready(folder / 'pitstop.db')}")
    deadlines = Deadlines()
    clock = clock or TravelClock(T0)
    app, bot, practice = practice_of(
        settings,
        clock=clock,
        keep=keep,
        faults=line,
        words=words or shipped_words(),
        with_teams=platform == "teams",
        pace=Patient(clock),
        slack_pace=SlackPace.by(clock),
        limits=None if tiers else Limits(unlimited),
        teams_limits=Limits(unlimited),
        deadline=deadlines,
        triggers=Triggers(steady=lambda: 0.0),
    )
    database_url = settings.database_url
    async with serving(app, door) as base:
        driver = (TeamsDriver if platform == "teams" else Driver)(Within(app), base)
        await driver.person("Marit")  # learns the names
        driver.settled = bot.inbox.drained
        yield World(
            driver=driver,
            bot=bot,
            practice=practice,
            url=base,
            database_url=database_url,
            line=line,
            deadlines=deadlines,
            sides=app.state.sides,
            beginnings=beginnings,
            made_with=bot.ports,
        )
