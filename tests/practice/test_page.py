"""What the page asks for: sight, news, time, a new beginning, and no strangers."""

import asyncio
import json
import signal
from datetime import UTC, datetime

import aiohttp
import pytest
import uvicorn

from tests.driver import Refused
from tests.practice.staging import T0, Stage, staged
from tests.waiting import IN_THE_END


async def test_each_person_sees_their_own_places(stage: Stage) -> None:
    iris = await stage.driver.state("Iris")
    sanne = await stage.driver.state("Sanne")
    assert [each["name"] for each in sanne["conversations"]] == ["it-managers", "service-desk", "leads", "Pitstop"]
    assert [each["id"] for each in iris["conversations"]] == ["C0ITMANAGERS", "C0SERVICEDESK", "D0IRIS"]
    assert (sanne["me"]["id"], sanne["me"]["tz"]) == ("U0SANNE", "Europe/Amsterdam")
    assert (await stage.driver.state())["me"]["name"] == "Marit"


async def test_a_stranger_sees_nothing(stage: Stage) -> None:
    with pytest.raises(Refused) as refused:
        await stage.driver.state("U0NOBODY")
    assert refused.value.error == "user_not_found"


async def test_what_is_new_is_counted_until_it_is_read(stage: Stage) -> None:
    async def unread() -> int:
        conversations = (await stage.driver.state("Sanne"))["conversations"]
        return int(next(each["unread"] for each in conversations if each["kind"] == "direct"))

    await stage.slack.chat_postMessage(channel="U0SANNE", text="One")
    await stage.slack.chat_postMessage(channel="U0SANNE", text="Two")
    assert await unread() == 2
    await stage.driver.act("read", **{"as": "U0SANNE", "channel": "D0SANNE"})
    assert await unread() == 0
    await stage.slack.chat_postMessage(channel="U0SANNE", text="Three")
    assert await unread() == 1
    await stage.driver.say("Sanne", "dm", "Seen")
    assert await unread() == 0


async def test_words_and_titles_come_in_the_language_asked_for() -> None:
    def words(language: str) -> dict[str, str]:
        return {"practice-title-sanne": f"Sanne in {language}", "practice-required": f"required in {language}"}

    async with staged(page_words=words) as stage:
        async with stage.session.get(f"{stage.url}/practice/api/words?language=nl") as response:
            assert await response.json() == words("nl")
        async with stage.session.get(f"{stage.url}/practice/api/state?as=U0SANNE&language=nl") as response:
            assert (await response.json())["me"]["title"] == "Sanne in nl"


async def test_everybodys_client_speaks_the_pages_language_once_it_is_another(stage: Stage) -> None:
    async def locales() -> list[str]:
        return [(await stage.driver.state(name))["me"]["locale"] for name in ("Sanne", "Grace", "Arjun")]

    before = await locales()
    await stage.driver.act("read", **{"as": "U0SANNE", "channel": "C0ITMANAGERS"})
    assert await locales() == before == ["nl-NL", "en-US", "en-GB"]  # nobody says which language it speaks
    await stage.driver.act("read", **{"as": "U0SANNE", "channel": "C0ITMANAGERS", "language": "en"})
    assert await locales() == ["en-GB", "en-US", "en-GB"]
    await stage.driver.act("profile", **{"as": "U0ARJUN", "locale": "nl-NL", "language": "en"})
    assert await locales() == ["en-GB", "en-US", "nl-NL"]  # somebody's own, from then on
    await stage.driver.act("read", **{"as": "U0SANNE", "channel": "C0ITMANAGERS", "language": "nl"})
    assert await locales() == ["nl-NL"] * 3
    await stage.driver.act("reset", language="nl")
    await stage.driver.act("read", **{"as": "U0SANNE", "channel": "C0ITMANAGERS", "language": "nl"})
    assert await locales() == ["nl-NL"] * 3


async def test_news_arrive_as_they_come(stage: Stage) -> None:
    async with stage.session.get(f"{stage.url}/practice/api/stream") as stream:
        assert stream.content_type == "text/event-stream"
        before = await _news(stream)
        await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
        assert await _news(stream) > before


async def test_news_go_on_when_another_server_of_this_process_was_stopped(stage: Stage) -> None:
    stopped = uvicorn.Server(uvicorn.Config(stage.practice.app()))
    stopped.should_exit = True
    before = signal.signal(signal.SIGTERM, stopped.handle_exit)
    try:
        async with stage.session.get(f"{stage.url}/practice/api/stream") as stream:
            first = await _news(stream)
            await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
            assert await _news(stream) > first
    finally:
        signal.signal(signal.SIGTERM, before)


async def _news(stream: aiohttp.ClientResponse) -> int:
    async with asyncio.timeout(IN_THE_END):
        async for line in stream.content:
            if line.startswith(b"data:"):
                return int(json.loads(line.removeprefix(b"data:"))["version"])
    raise AssertionError("the stream ended")


async def test_waiting_for_a_newer_state_ends_when_there_is_one(stage: Stage) -> None:
    version = (await stage.driver.state("Sanne"))["version"]
    waiting = asyncio.create_task(stage.driver.state("Sanne", after=version))
    await stage.slack.chat_postMessage(channel="U0SANNE", text="Hi")
    assert (await waiting)["version"] > version


async def test_waiting_for_something_to_see_ends_when_it_is_there(stage: Stage) -> None:
    waiting = asyncio.create_task(stage.driver.until(lambda: stage.driver.last("Sanne", "dm")))
    await stage.slack.chat_postMessage(channel="U0SANNE", text="Hi")
    assert (await waiting or {})["text"] == "Hi"


async def test_travel_is_in_others_hands_and_seen_while_it_lasts() -> None:
    asked: list[str] = []
    seen: list[bool] = []

    async def travel(to: str) -> None:
        asked.append(to)
        seen.append((await stage.driver.state())["travelling"])
        with pytest.raises(Refused) as refused:
            await stage.driver.travel("day")
        assert refused.value.error == "travelling"
        if to == "never":
            raise ValueError(to)

    async def next_event() -> datetime | None:
        return datetime(2026, 12, 1, 9, tzinfo=UTC)

    async with staged(travel=travel, next_event=next_event, problems=lambda: ["prompts/a:1 bad"]) as stage:
        await stage.driver.travel("monday")
        with pytest.raises(Refused) as refused:
            await stage.driver.travel("never")
        assert refused.value.error == "invalid_time"
        state = await stage.driver.state()
        assert (asked, seen) == (["monday", "never"], [True, True])
        assert (state["travelling"], state["next_event"]) == (False, "2026-12-01T09:00:00+00:00")
        assert state["problems"] == ["prompts/a:1 bad"]


async def test_without_a_guide_the_clock_itself_travels(stage: Stage) -> None:
    assert await stage.driver.travel("2026-12-24T10:00:00") >= datetime(2026, 12, 24, 10, tzinfo=UTC)
    assert await stage.driver.travel("2026-12-01") >= datetime(2026, 12, 24, 10, tzinfo=UTC)
    with pytest.raises(Refused):
        await stage.driver.travel("someday")
    with pytest.raises(Refused):
        await stage.driver.travel("")


async def test_a_reset_begins_a_new_world_at_the_first_moment() -> None:
    called: list[str] = []

    async def reset() -> None:
        called.append("reset")

    async with staged(reset=reset) as stage:
        await stage.driver.say("Sanne", "dm", "old")
        await stage.driver.travel("2027-01-01")
        await stage.driver.act("uninstall")
        await stage.driver.reset()
        assert called == ["reset"]
        assert await stage.driver.messages("Sanne", "dm") == []
        assert (await stage.driver.now()).date() == T0.date()
        assert (await stage.slack.auth_test())["ok"] is True


@pytest.mark.parametrize(
    ("action", "body", "error"),
    [
        ("say", {"as": "U0NOBODY", "channel": "D0SANNE", "text": "a"}, "user_not_found"),
        ("say", {"as": "U0PITSTOP", "channel": "D0SANNE", "text": "a"}, "user_not_found"),
        ("say", {"as": "U0GRACE", "channel": "D0SANNE", "text": "a"}, "channel_not_found"),
        ("say", {"as": "U0SANNE", "channel": "D0SANNE", "text": " "}, "no_text"),
        ("say", {"as": "U0SANNE", "channel": "D0SANNE", "text": "x" * 40_001}, "msg_too_long"),
        ("say", {"as": "U0SANNE", "channel": "D0SANNE", "text": 7}, "invalid_arguments"),
        ("say", {"as": "U0SANNE", "channel": "D0SANNE", "text": "a", "files": 99}, "invalid_arguments"),
        ("say", {"as": "U0SANNE", "channel": "D0SANNE", "text": "a", "thread_ts": "1.0"}, "thread_not_found"),
        ("edit", {"as": "U0SANNE", "channel": "D0SANNE", "ts": "1.0", "text": "a"}, "message_not_found"),
        ("press", {"as": "U0SANNE", "channel": "D0SANNE", "ts": "1.0"}, "message_not_found"),
        ("press", {"as": "U0SANNE", "view": "home"}, "view_not_found"),
        ("press", {"as": "U0SANNE", "view": "home", "state": {"a": 1}}, "view_not_found"),
        ("profile", {"as": "U0SANNE", "tz": "Mars/Olympus"}, "invalid_tz"),
        ("profile", {"as": "U0SANNE", "tz": "../etc/passwd"}, "invalid_tz"),
        ("archive", {"channel": "D0SANNE"}, "channel_not_found"),
        ("redeliver", {}, "nothing_delivered"),
        ("dance", {}, "unknown_action"),
    ],
)
async def test_what_makes_no_sense_is_refused(stage: Stage, action: str, body: dict[str, object], error: str) -> None:
    with pytest.raises(Refused) as refused:
        await stage.driver.act(action, **body)
    assert refused.value.error == error


async def test_nobody_changes_what_others_wrote(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "it-managers", "mine")
    for action, error in (("edit", "cant_update_message"), ("delete", "cant_delete_message")):
        with pytest.raises(Refused) as refused:
            await stage.driver.act(action, **{"as": "U0GRACE", "channel": "C0ITMANAGERS", "ts": ts, "text": "theirs"})
        assert refused.value.error == error
    with pytest.raises(Refused) as refused:
        await stage.driver.edit("Sanne", "it-managers", ts, " ")
    assert refused.value.error == "no_text"


async def test_nothing_is_typed_in_an_archived_channel(stage: Stage) -> None:
    await stage.driver.act("archive", channel="C0ITMANAGERS")
    with pytest.raises(Refused) as refused:
        await stage.driver.command("Sanne", "it-managers", "start")
    assert refused.value.error == "is_archived"


async def test_without_the_app_there_is_no_command(stage: Stage) -> None:
    await stage.driver.act("uninstall")
    with pytest.raises(Refused) as refused:
        await stage.driver.command("Sanne", "dm", "start")
    assert refused.value.error == "app_uninstalled"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),  # let in: only the content type is wrong
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 400),
    ],
)
async def test_other_sites_are_kept_out(stage: Stage, headers: dict[str, str], status: int) -> None:
    url = f"{stage.url}/practice/api/reset"
    async with stage.session.post(url, data=b"{}", headers={"Content-Type": "text/plain", **headers}) as answer:
        assert answer.status == status


async def test_other_names_for_this_machine_cannot_look_in(stage: Stage) -> None:
    for path in ("/practice", "/practice/api/state", "/practice/slack/api/auth.test"):
        async with stage.session.get(stage.url + path, headers={"Host": "evil.example:80"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("body", [b"{", b"[]", b'"a"'])
async def test_a_body_that_is_no_object_is_refused(stage: Stage, body: bytes) -> None:
    url = f"{stage.url}/practice/api/say"
    async with stage.session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        assert (await answer.json())["error"] == "invalid_json"
