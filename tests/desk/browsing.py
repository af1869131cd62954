"""A browser at the desk, as far as HTTP goes: cookies, origins, and forms as the page has them."""

import html
import json
import re
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.coaching.records.audit import Action
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.pulse import Tally
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from tests.conftest import CHANNEL, World
from tests.flows.talk import member_of, run_of
from tests.stored import audit_of

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
LINK = re.compile(r"https?://[^\"\s]*/desk/in/([0-9a-z.]+)")


@dataclass(frozen=True)
class Shown:
    """What a browser was answered."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """What is read of it, without tags."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.text))

    @property
    def quotes(self) -> list[str]:
        """The words that people wrote, as they stand in it."""
        return re.findall(r'<blockquote class="words" dir="auto">(.*?)</blockquote>', self.text, re.DOTALL)

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', self.text)]

    @property
    def hidden(self) -> dict[str, str]:
        """What its forms carry."""
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.text)}


@dataclass
class Browser:
    """One browser, with cookies of its own."""

    session: aiohttp.ClientSession
    base: str
    csrf_token: str = field(default="", init=False)  # of the last page that had one

    async def get(self, path: str, **headers: str) -> Shown:
        """Open an address; a way to another page is followed."""
        async with self.session.get(f"{self.base}{path}", headers=headers) as answer:
            return self._kept(Shown(answer.status, await answer.text(), answer.headers))

    async def post(self, path: str, *, headers: Mapping[str, str] | None = None, **form: str) -> Shown:
        """Send a form of the last page in; `headers` are those that say where it comes from."""
        said = {"Origin": self.base, "Sec-Fetch-Site": "same-origin"} if headers is None else dict(headers)
        said["Content-Type"] = "application/x-www-form-urlencoded"
        data = urlencode({"csrf_token": self.csrf_token} | form)
        async with self.session.post(f"{self.base}{path}", data=data, headers=said) as answer:
            return self._kept(Shown(answer.status, await answer.text(), answer.headers))

    def _kept(self, shown: Shown) -> Shown:
        self.csrf_token = shown.hidden.get("csrf_token", self.csrf_token)
        return shown

    @property
    def cookie(self) -> str:
        """The session's token; empty without one."""
        return next((each.value for each in self.session.cookie_jar if each.key == "pitstop"), "")


@asynccontextmanager
async def browser(world: World) -> AsyncIterator[Browser]:
    """Open a browser that knows nobody."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session, world.url)


async def link(world: World, who: str, channel: str = CHANNEL) -> str:
    """Ask for the desk in chat and return the token of the link."""
    await world.driver.command(who, channel, "desk")
    found = LINK.search(json.dumps(await world.latest(who, channel)))
    assert found is not None, "no link came"
    return found[1]


@asynccontextmanager
async def at_the_desk(world: World, who: str) -> AsyncIterator[Browser]:
    """Open a browser in which somebody came in by a link."""
    async with browser(world) as mine:
        form, headers = {"token": await link(world, who)}, {"Origin": world.url}
        async with mine.session.post(
            f"{world.url}/desk/in", data=form, headers=headers, allow_redirects=False
        ) as answer:
            assert answer.status == 303, "the first page is not looked at: that would be noted"
        await mine.get("/desk/me")
        yield mine


async def share(world: World, who: str, *texts: str, scope: Scope = Scope.COACH, **changes: Any) -> list[Reply]:
    """Keep words of a person about the first experiment of their run, as if they had typed them in the last minute."""
    await world.passes(timedelta(minutes=1))
    run, rows = await run_of(world, who), await world.rows(who, Kind.NUDGE)
    now = world.bot.ports.now
    said = [
        Reply(
            id=uuid.uuid4().hex,
            workspace=run.workspace,
            cohort=run.cohort,
            enrollment=run.id,
            member=run.member,
            author=run.member,
            nudge=rows[0].id,
            item=rows[0].item,
            week=rows[0].week,
            kind=ReplyKind.TYPED,
            text=text,
            scope=scope,
            received_at=now - timedelta(milliseconds=len(texts) - number),
        )
        for number, text in enumerate(texts)
    ]
    await world.bot.ports.save(*(replace(each, **changes) for each in said))
    return said


async def told_in_channel(world: World, week: int, tried: int, *pulse: Tally) -> None:
    """Let the channel have been told of these figures."""
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    posts = await ports.store.posts_of(run.workspace, run.cohort)
    row = next(each for each in posts if (each.week, each.kind) == (week, Kind.TEAM_REFLECTION))
    made = Reflection(
        id=uuid.uuid4().hex,
        workspace=run.workspace,
        cohort=run.cohort,
        member=None,
        nudge=row.id,
        week=week,
        tried=tried,
        shared=(),
        made_at=ports.now,
        pulse=pulse,
    )
    await ports.save(replace(row, state=NudgeState.SENT, sent_at=ports.now), made)


async def looks(world: World, who: str) -> list[tuple[Action, int]]:
    """Return what is noted of looks at somebody's words, the newest first: what was done, with how many texts."""
    member = await member_of(world, who)
    assert member is not None
    return [(each.action, each.count) for each in audit_of(world.bot.ports.store, member.id)]
