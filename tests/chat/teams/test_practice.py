"""The whole adapter against the practice Teams: signed for, kept, handled, and shown on real cards."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.chat.port import (
    ChecksField,
    Command,
    Deleted,
    Edited,
    Form,
    FormErrors,
    LetIn,
    Option,
    Said,
    Sent,
    ShutOut,
    Submitted,
    TextField,
)
from bot.chat.teams.serve import Teams, teams
from bot.chat.teams.settings import TeamsSettings
from bot.coaching.records.conversation_reference import ConversationReference
from bot.commands.server import listen
from bot.practice.limits import Limits, unlimited
from bot.practice.teams.server import practice_teams
from bot.practice.teams.world import TENANT
from bot.practice.time.clock import TravelClock
from tests.chat.slack.conftest import FixedClock
from tests.chat.teams.conftest import Nowhere, Reception
from tests.chat.teams.incoming.authority import CLIENT
from tests.practice.staging import T0
from tests.practice.teams.staging import CHANNEL, Stage, person_id
from tests.serving import serving

CHAT = "a:1sanne"
SANNE = person_id("Sanne")
PLAN = Form(
    id="plan.make",
    subject="n1",
    title="Your plan",
    submit="Keep it",
    close="Rather not",
    parts=(
        TextField(id="if", label="If"),
        ChecksField(id="days", label="Days", options=(Option("1", "Mo"), Option("3", "We"), Option("5", "Fr"))),
    ),
)


class Heard(Nowhere):
    """Remembers how whoever was heard last is reached."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception

    async def of(self, _workspace: str, _conversation: str) -> ConversationReference | None:
        return next((each.reach for each in reversed(self.reception.handled) if each.reach), None)


class Home(Reception):
    """The same reception, in front of the real adapter with its real hands."""

    def opened(self, settings: TeamsSettings) -> Teams:
        self.received(settings, FixedClock())
        self.home, self.chat = teams(
            settings,
            FixedClock(),
            self.workspace_of,
            self.accept,
            self.handle,
            self.busy,
            say=lambda key, _locale, **_: key,
            reaches=Heard(self),
        )
        return self.home

    async def newest(self, kind: type) -> Any:
        """Return what was handled last, which is of this kind."""
        handled = (await self.drained())[-1]
        assert isinstance(handled, kind)
        return handled


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    made = Home(tmp_path / "inbox.db")
    made.teams = {TENANT: "w1"}
    yield made
    await made.inbox.stop(1)
    await made.home.stop()
    await made.store.close()


@pytest.fixture
async def stage(home: Home) -> AsyncIterator[Stage]:
    door = listen("127.0.0.1", 0)
    base = f"http://127.0.0.1:{door.getsockname()[1]}"
    place = practice_teams(
        bot_url=f"{base}/api/messages", client_id=CLIENT, base_url=base, clock=TravelClock(T0), limits=Limits(unlimited)
    )
    settings = TeamsSettings(client_id=CLIENT, client_secret="hush", tenants=(TENANT,), metadata_url=place.metadata_url)
    wired = home.opened(settings)
    await wired.start()
    app = place.app()
    app.router.routes.extend(wired.routes)
    async with serving(app, door) as url, aiohttp.ClientSession() as session:
        yield Stage(place, None, session, url)


async def test_what_people_say_and_do_arrives(stage: Stage, home: Home) -> None:
    await stage.act("remove_app", as_="Sanne")
    assert (await home.newest(ShutOut)).is_direct
    await stage.act("add_app", as_="Sanne")
    assert (await home.newest(LetIn)).is_direct
    name = (await stage.act("say", as_="Sanne", channel=CHAT, text="a < b & <b>c</b> &lt;"))["id"]
    said = await home.newest(Said)
    assert (said.person, said.conversation, said.message) == (SANNE, CHAT, name)
    assert (said.text, said.zone) == ("a < b & <b>c</b> &lt;", "Europe/Amsterdam")
    assert said.reach == ConversationReference(conversation=CHAT, address=stage.service_url, account="29:1sanne")
    await stage.act("edit", as_="Sanne", channel=CHAT, id=name, text="a > b")
    assert ((await home.newest(Edited)).message, home.handled[-1].text) == (name, "a > b")
    await stage.act("delete", as_="Sanne", channel=CHAT, id=name)
    assert (await home.newest(Deleted)).message == name
    await stage.act("say", as_="Sanne", channel=CHAT, text="/coach pause until 3 Jan")
    assert (await home.newest(Command)).text == "pause until 3 Jan"


async def test_a_mention_in_a_channel_arrives_as_a_command_of_its_thread(stage: Stage, home: Home) -> None:
    name = (await stage.act("say", as_="Marit", channel=CHANNEL, text="@Pitstop start"))["id"]
    command = await home.newest(Command)
    assert (command.conversation, command.thread, command.text) == (CHANNEL, name, "start")
    assert (command.is_direct, command.trigger) == (False, person_id("Marit"))


async def test_what_is_brought_again_is_handled_once(stage: Stage, home: Home) -> None:
    await stage.act("say", as_="Sanne", channel=CHAT, text="Did it")
    before = len(await home.drained())
    for fresh in (False, True):
        await stage.act("redeliver", fresh_id=fresh)
    assert len(await home.drained()) == before


async def test_a_form_goes_out_comes_back_wrong_and_comes_back_right(stage: Stage, home: Home) -> None:
    await stage.act("say", as_="Sanne", channel=CHAT, text="Did it")
    await home.drained()
    assert isinstance(await home.chat.open_form("w1", SANNE, PLAN), Sent)
    home.answer = FormErrors({"if": "This day has passed."})
    await _sent_in(stage, {"if": "When it rains", "days": "1,5"})
    form = await home.newest(Submitted)
    assert (form.form, form.subject, form.values) == ("plan.make", "n1", {"if": "When it rains", "days": ("1", "5")})
    shown = json.dumps(await _shown(stage), ensure_ascii=False)
    assert shown.index("This day has passed.") < shown.index("When it rains")
    home.answer = None
    await _sent_in(stage, {"if": "When it snows"})
    assert (await home.newest(Submitted)).values == {"if": "When it snows", "days": ("1", "5")}
    assert "Your plan ✓" in json.dumps(await _shown(stage), ensure_ascii=False)


async def _shown(stage: Stage) -> Any:
    return (await stage.messages(CHAT))[-1]["card"]


async def _sent_in(stage: Stage, inputs: dict[str, str]) -> None:
    newest = (await stage.messages(CHAT))[-1]
    action = newest["card"]["actions"][0]
    pressed = {"data": action["data"], "verb": action["verb"], "inputs": inputs}
    await stage.act("press", as_="Sanne", channel=CHAT, id=newest["id"], **pressed)
