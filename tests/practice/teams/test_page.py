"""What the page of the practice Teams asks for: sight, news, time, a new beginning, and no strangers."""

import asyncio
import json
from pathlib import Path

import aiohttp
import pytest
from starlette.applications import Starlette

from bot.commands.server import listen
from bot.practice.faults import Fault
from bot.practice.slack.server import practice
from bot.practice.teams.server import practice_teams
from bot.practice.time.clock import TravelClock
from bot.practice.time.trip import Trip
from tests.practice.staging import T0
from tests.practice.teams.staging import CHANNEL, Refused, Stage, card, message, person_id, staged
from tests.serving import serving
from tests.waiting import IN_THE_END

DESK = "19:servicedesk@thread.tacv2"


async def test_each_person_sees_the_channel_and_their_own_chat(stage: Stage) -> None:
    state = await stage.state("Grace")
    assert [(each["id"], each["name"], each["kind"]) for each in state["conversations"]] == [
        (CHANNEL, "it-managers", "channel"),
        (DESK, "service-desk", "channel"),
        ("a:1grace", "Pitstop", "personal"),
    ]
    assert state["me"] == {
        "id": person_id("Grace"),
        "name": "Grace",
        "title": "",
        "tz": "America/New_York",
        "locale": "en-US",
        "deleted": False,
        "has_app": True,
        "unread": 0,
    }
    assert [each["name"] for each in state["people"]] == ["Marit", "Sanne", "Grace", "Arjun", "Robin", "Iris"]
    assert (state["travelling"], state["next_event"], state["problems"]) == (False, None, [])
    assert set(state["messages"]) == {CHANNEL, DESK, "a:1grace"}


async def test_without_a_name_it_is_the_first_and_a_stranger_sees_nothing(stage: Stage) -> None:
    assert (await stage.state(""))["me"]["name"] == "Marit"
    with pytest.raises(Refused) as refused:
        await stage.state("nobody")
    assert refused.value.error == "user_not_found"


async def test_a_message_has_what_the_page_shows(stage: Stage) -> None:
    sent = message(card())
    sent.summary = "In short"
    name = (await stage.api().conversations.create_activity("a:1sanne", sent)).id
    (shown,) = await stage.messages()
    assert shown == {
        "id": name,
        "from": stage.practice.site.bot,
        "text": "",
        "card": sent.attachments[0].content.model_dump(by_alias=True, exclude_none=True) if sent.attachments else None,
        "thread": None,
        "quotes": None,
        "edited": False,
        "deleted": False,
        "file": None,
        "summary": "In short",
    }


async def test_titles_and_words_come_in_the_language_asked_for() -> None:
    def words(language: str) -> dict[str, str]:
        return {"practice-title-sanne": f"Sanne in {language}"}

    async with staged(page_words=words) as stage:
        assert (await stage.state("Sanne", language="nl"))["me"]["title"] == "Sanne in nl"
        async with stage.session.get(f"{stage.url}/practice/teams/api/words?language=nl") as response:
            assert await response.json() == words("nl")


async def test_everybodys_client_speaks_the_pages_language(stage: Stage) -> None:
    await stage.act("read", **{"as": person_id("Grace"), "channel": CHANNEL, "language": "nl"})
    assert [(await stage.state(name))["me"]["locale"] for name in ("Sanne", "Grace")] == ["nl-NL", "nl-NL"]


async def test_news_arrive_as_they_come(stage: Stage) -> None:
    async def news(stream: aiohttp.ClientResponse) -> int:
        async with asyncio.timeout(IN_THE_END):
            async for line in stream.content:
                if line.startswith(b"data:"):
                    return int(json.loads(line.removeprefix(b"data:"))["version"])
        raise AssertionError("the stream ended")

    async with stage.session.get(f"{stage.url}/practice/teams/api/stream") as stream:
        before = await news(stream)
        await stage.show()
        assert await news(stream) > before


async def test_waiting_for_a_newer_state_ends_when_there_is_one(stage: Stage) -> None:
    version = (await stage.state())["version"]
    waiting = asyncio.create_task(stage.state("Sanne", after=str(version)))
    await stage.show()
    assert (await waiting)["version"] > version


async def test_time_and_a_new_beginning_are_in_others_hands() -> None:
    asked: list[str] = []

    async def travel(to: str) -> None:
        asked.append(to)
        assert (await stage.state())["travelling"]

    async def reset() -> None:
        asked.append("reset")

    async with staged(travel=travel, reset=reset) as stage:
        await stage.act("travel", to="monday")
        await stage.act("reset")
        assert asked == ["monday", "reset"]


async def test_alone_it_travels_and_begins_anew_by_itself(stage: Stage) -> None:
    await stage.act("travel", to="2026-12-24T09:00:00+00:00")
    await stage.act("remove_from_team", as_="Marit")
    await stage.show()
    await stage.act("say", as_="Sanne", channel="a:1sanne", text="Hi")
    assert stage.app.last["timestamp"].startswith("2026-12-24")
    await stage.act("reset")
    state = await stage.state()
    assert state["messages"] == {CHANNEL: [], DESK: [], "a:1sanne": []}
    assert state["conversations"][0]["has_bot"]
    assert state["now"].startswith("2026-11-24")
    with pytest.raises(Refused) as refused:
        await stage.act("redeliver")
    assert refused.value.error == "nothing_delivered"


async def test_strange_hosts_and_other_sites_are_kept_out(stage: Stage) -> None:
    for path in ("", "/api/state", "/keys"):
        address = f"{stage.url}/practice/teams{path}"
        async with stage.session.get(address, headers={"Host": "evil.example"}) as response:
            assert response.status == 403
    deed = stage.session.post(
        f"{stage.url}/practice/teams/api/reset", json={}, headers={"Origin": "http://evil.example"}
    )
    async with deed as response:
        assert response.status == 403


async def test_a_call_can_go_wrong_before_and_after_it_is_done() -> None:
    left = [Fault(status=502), Fault(status=502, accept=True), Fault(drop=True)]

    def find(method: str, arguments: object) -> Fault | None:
        return left.pop(0) if left and method == "send" else None

    async with staged(faults=find) as stage:
        talk = stage.api().conversations
        for count in (0, 1, 1):
            with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the SDK makes of it
                await talk.create_activity("a:1sanne", message(text="Hi"))
            assert len(await stage.messages()) == count
        await talk.create_activity("a:1sanne", message(text="Hi"))
        assert len(await stage.messages()) == 2


async def test_both_practices_stand_side_by_side_and_travel_as_one(tmp_path: Path) -> None:
    door, clock, trip = listen("127.0.0.1", 0), TravelClock(T0), Trip()
    base = f"http://127.0.0.1:{door.getsockname()[1]}"
    seen: list[bool] = []

    async def travel(to: str) -> None:
        del to
        async with aiohttp.ClientSession() as session:
            for page in ("practice", "practice/teams"):
                async with session.get(f"{base}/{page}/api/state") as response:
                    seen.append((await response.json())["travelling"])
                async with session.post(f"{base}/{page}/api/travel", json={"to": "day"}) as response:
                    assert (await response.json())["error"] == "travelling"

    teams = practice_teams(
        bot_url=f"{base}/api/messages",
        client_id="c",
        base_url=base,
        clock=clock,
        trip=trip,
        travel=travel,
        keep_path=tmp_path / "t",
    )
    slack = practice(
        bot_url=f"{base}/slack/events",
        signing_secret="s",
        bot_token="t",
        clock=clock,
        trip=trip,
        travel=travel,
        keep_path=tmp_path / "s",
    )
    async with serving(Starlette(routes=[*teams.routes, *slack.routes]), door), aiohttp.ClientSession() as session:
        async with session.post(f"{base}/practice/teams/api/travel", json={"to": "day"}) as response:
            assert (await response.json())["ok"]
        assert seen == [True, True]
        assert [each.exists() for each in (tmp_path / "t", tmp_path / "s")] == [True, True]
