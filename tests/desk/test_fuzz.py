"""Whatever is asked of the desk, by whoever it is: no error of ours, no word to a wrong reader, nothing that runs."""

import itertools
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route
from yarl import URL

from bot.coaching.intents import Intent
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.reading import EndedBy, ReadGrant, Seat
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.rules.reading import deciding, may_read
from bot.commands.server import listen
from bot.desk.app import desk_routes
from bot.desk.desk import Desk
from bot.desk.guard import LARGEST, csrf_token, origin_of
from bot.flows.desk.entry import session_of
from tests.conftest import World
from tests.desk.browsing import share
from tests.flows.talk import begin, member_of, run_of
from tests.long_form import LONG
from tests.serving import serving

pytestmark = pytest.mark.slack("a page is the same for both platforms")

EXAMPLES = 10_000 if LONG else 400
MARK = re.compile(r"zq-\w+-\w+")  # every text that somebody wrote has one of its own
TAG = "<zq>"  # stands in what is sent, and never as a tag in what comes back
NOBODY = "no session"
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
FIELDS = ("cohort", "person", "item", "week", "before", "lines", "sent", "late", "everywhere", "text", "token", "kind")
FIELDS += ("words", "search", "unanswered", "line", "post", "csrf_token")
MOMENTS = ("2026-01-12T09:00:00+00:00|x", "9999-12-31T23:59:59-14:00|x", "0001-01-01T00:00:00+14:00|x", "NaN|", "|")
ODD = (
    "",
    "0",
    "-1",
    "1e9",
    "٣",
    "%00",
    "\x00",
    "\u202e=cmd()",
    f'"{TAG}&',
    "{{ 7*7 }}",
    "'; --",
    "../../etc",
    "é" * 90,
)


@dataclass(frozen=True)
class Request:
    """One request of somebody."""

    who: str
    method: str
    path: str
    query: bytes
    body: bytes
    headers: Mapping[str, str]
    is_ours: bool  # it says that it comes from a page of ours, and carries the session's token


class House:
    """A desk with people, and what each of them may read."""

    def __init__(
        self,
        world: World,
        address: str,
        http: aiohttp.ClientSession,
        people: Mapping[str, str],
        may: Mapping[str, frozenset[str]],
    ) -> None:
        """Begin with nobody signed in; `people` are member ids by role, `may` has the marks that each may read."""
        self._world = world
        self._address = address
        self._http = http
        self._people = people
        self._may = may
        self._tokens: dict[str, str] = {}  # of sessions

    async def ask(self, request: Request) -> None:
        """Send a request, and check what comes back."""
        token = await self._token(request.who)
        headers, body = dict(request.headers), request.body
        if token:
            headers["Cookie"] = f"pitstop={token}"
        if request.is_ours:
            headers |= {"Origin": origin_of(self._world.bot.ports.public_url), "Sec-Fetch-Site": "same-origin"}
            body = urlencode({"csrf_token": csrf_token(token)}).encode() + b"&" + body
        url = URL(f"{self._address}{request.path}?{request.query.decode()}", encoded=True)
        sent = self._http.request(request.method, url, data=body, headers=headers, allow_redirects=False)
        try:
            async with sent as answer:
                told = (await answer.read()).decode(errors="replace")
        except aiohttp.ClientConnectionError:  # who sends that much to where nobody reads it is hung up on
            assert len(body) > LARGEST, request
            return
        assert answer.status < 500, request
        assert answer.status != 429, "nobody asks without end here"
        assert frozenset(MARK.findall(told)) <= self._may[request.who], request
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], request
        if answer.content_type == "text/html":
            assert TAG not in told, request
        if answer.headers.get("Set-Cookie"):  # signed out: whoever asks next comes in anew
            self._tokens.clear()

    async def _token(self, who: str) -> str:
        if who == NOBODY:
            return ""
        if who not in self._tokens:
            (workspace,) = await self._world.bot.ports.store.workspaces()
            session, self._tokens[who] = session_of(self._world.bot.ports, workspace.id, self._people[who])
            await self._world.bot.ports.save(session)
        return self._tokens[who]


@pytest.fixture
async def house(world: World) -> AsyncIterator[tuple[House, st.SearchStrategy[Request]]]:
    """Serve a desk at which nobody has to wait, with words of several people in two teams."""
    people, texts = await peopled(world)
    may = {}
    for role, person in people.items():
        viewer = await world.bot.ports.store.viewer(texts[0].workspace, person, world.bot.ports.now)
        own = [each for each in texts if each.text and may_read(viewer, deciding(each, None, None))]
        may[role] = frozenset(MARK.findall(" ".join(each.text or "" for each in own)))
    assert [len(may[role]) for role in people] == [3, 2, 1, 0, 0]
    desk = Desk(lambda: world.bot.ports, wake=lambda: None, steady=itertools.count(step=10).__next__)
    app = Starlette(routes=desk_routes(desk))
    async with serving(app, listen("127.0.0.1", 0)) as address, session() as http:
        cohort = (await run_of(world, "Grace")).cohort
        requests = any_request(world, list(people), [cohort, "other", *people.values(), *(each.id for each in texts)])
        yield House(world, address, http, people, {**may, NOBODY: frozenset()}), requests


@asynccontextmanager
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Hold a client that keeps no cookie and follows nothing."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), connector=connector) as http:
        yield http


async def peopled(world: World) -> tuple[dict[str, str], list[Reply]]:
    """Let people write, and grant what they do; return who they are by role, and all texts."""
    await begin(world, "Sanne", "Grace")
    ports, run = world.bot.ports, await run_of(world, "Grace")
    sanne, marit = await member_of(world, "Sanne"), await member_of(world, "Marit")
    cohort = await ports.store.cohort(run.workspace, run.cohort)
    assert sanne is not None
    assert marit is not None
    assert cohort is not None
    others = [
        Member(id=name, workspace=run.workspace, external_id=f"U0{name}", name=name.title(), met_at=ports.now)
        for name in ("otto", "council", "stranger")
    ]
    await ports.save(
        *others,
        replace(cohort, id="other", channel="C0OTHER", version=0),
        a_coach(run.workspace, ports.now),
        Seat(id="seat", workspace=run.workspace, member="council", named_by=sanne.id, named_at=ports.now),
    )
    texts = [
        *await share(world, "Sanne", f"zq-sanne-shared {TAG}", "zq-sanne-answer", kind=ReplyKind.DEBRIEF, question=1),
        *await share(world, "Sanne", "zq-sanne-private", scope=Scope.PRIVATE),
        *await share(world, "Grace", "zq-grace-private", scope=Scope.PRIVATE),
        *await share(world, "Grace", "zq-grace-other", cohort="other"),
        *await share(world, "Grace", "zq-grace-ended"),
    ]
    wish = {"text": None, "kind": ReplyKind.REQUEST, "intent": Intent.COACH, "deleted_at": ports.now}
    texts += await share(world, "Sanne", "", **wish)
    kept = [await ports.store.reply(each.workspace, each.id) for each in texts]
    given = [each for each in await ports.store.grants_to(run.workspace, marit.id) if each.member == run.member]
    to_otto = a_grant(run.workspace, run.member, ports.now, ports.words.wording())
    await ports.save(to_otto, *(each.ended(ports.now, EndedBy.MEMBER) for each in given))
    roles = {"member": sanne.id, "coach": marit.id, "other coach": "otto", "council": "council", "stranger": "stranger"}
    return roles, [each for each in kept if each is not None]


def a_coach(workspace: str, now: datetime) -> Coach:
    """Return that otto coaches the other team."""
    return Coach(
        id="otto-coaches",
        workspace=workspace,
        cohort="other",
        member="otto",
        state=CoachState.ACTIVE,
        named_by="otto",
        named_at=now,
        answered_at=now,
    )


def a_grant(workspace: str, member: str, now: datetime, wording: str) -> ReadGrant:
    """Return that somebody lets otto read what they share with the other team."""
    return ReadGrant(
        id="to-otto",
        workspace=workspace,
        member=member,
        coach="otto",
        cohort="other",
        from_at=now,
        includes_earlier=True,
        wording=wording,
        given_at=now,
    )


def any_request(world: World, roles: Sequence[str], ids: Sequence[str]) -> st.SearchStrategy[Request]:
    """Return requests of everybody at every address, with ids of everybody in every place."""
    templates = sorted({each.path for each in world.bot.routes if isinstance(each, Route) and "/desk" in each.path})
    value = st.one_of(st.sampled_from([*ids, *MOMENTS, *ODD]), st.text(max_size=40), st.just(3_000).map("x".__mul__))
    pairs = st.lists(st.tuples(st.sampled_from([*FIELDS, "", "__class__"]), value), max_size=5)
    large = st.just(70_000).map(b"text=".ljust)
    sent = st.one_of(pairs.map(encoded), pairs.map(encoded), st.binary(max_size=300), large)
    names = ("Accept-Language", "Range", "If-None-Match", "X-Forwarded-For", "Content-Type", "Sec-Fetch-Site", "Origin")
    plain = st.one_of(
        st.sampled_from(["nl;q=x", "bytes=0-1,5-", "*", "null", "cross-site", "multipart/form-data"]),
        st.text(st.characters(min_codepoint=33, max_codepoint=255, categories=["L", "N", "P", "S"]), max_size=9),
    )
    return st.builds(
        Request,
        who=st.sampled_from([*roles, NOBODY]),
        method=st.sampled_from([*METHODS, "GET", "GET", "GET", "POST", "POST", "POST"]),
        path=st.builds(placed, st.sampled_from(templates), value),
        query=pairs.map(encoded),
        body=sent,
        headers=st.one_of(
            st.just({"Content-Type": "application/x-www-form-urlencoded"}),
            st.dictionaries(st.sampled_from(names), plain, max_size=3),
        ),
        is_ours=st.sampled_from([True, True, False]),
    )


def encoded(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Return fields as they are sent."""
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs]).encode()


def placed(template: str, value: str) -> str:
    """Return an address with a value in its places."""
    return re.sub(r"\{\w+(:\w+)?\}", quote(value.encode("utf-8", "surrogatepass"), safe=""), template)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_nothing_that_is_asked_fails_or_tells_of_others(
    house: tuple[House, st.SearchStrategy[Request]], data: st.DataObject
) -> None:
    desk, requests = house
    await desk.ask(data.draw(requests))
