"""What comes in broken, forged, late or twice: a clear word or a 4xx, nothing lost, nothing doubled."""

import asyncio
import json
import logging
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator
from datetime import time as hour
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.coaching.records.nudge import Kind
from bot.practice.app import PRACTICE_SECRET
from bot.words.files.locate import prompts_folder
from bot.words.files.words import FileWords
from tests.conftest import CHANNEL, World, living
from tests.content import said
from tests.driver import Json, Refused
from tests.flows.replies.test_typed import TUESDAY, replies, row_of
from tests.flows.talk import ask, begin, home_text, member_of, run_of
from tests.stored import commitments_for

FORM = "application/x-www-form-urlencoded"


async def post(
    world: World, body: bytes, *, stamp: int | None = None, secret: str = PRACTICE_SECRET, **more: str
) -> int:
    """Bring something to the bot as Slack, or somebody else, would; return the status."""
    at = str(int(time.time()) if stamp is None else stamp)
    signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body)
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature or "", "Content-Type": FORM, **more}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{world.url}/slack/events", data=body, headers=headers) as answer,
    ):
        told = await answer.text()
        assert "Traceback" not in told
        return answer.status


def command(text: str) -> bytes:
    """Return a slash command of Sanne's."""
    return urlencode(
        {
            "command": "/coach",
            "text": text,
            "team_id": "T0PRACTICE",
            "user_id": "U0SANNE",
            "channel_id": "C0ITMANAGERS",
            "channel_name": CHANNEL,
            "trigger_id": "forged.1",
            "response_url": "https://evil.example/",
        }
    ).encode()


def drop(world: World, table: str) -> None:
    """Make the file unusable while the bot runs on it."""
    with sqlite3.connect(world.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"DROP TABLE {table}")  # table names of our own
    connection.close()


# --- requests ---------------------------------------------------------------------------------------------------


@pytest.mark.slack("knocks at Slack's door; how that of Teams is kept stands in tests/chat/teams")
async def test_forged_stale_and_garbled_requests_are_refused(world: World) -> None:
    await begin(world, "Sanne")
    body = command("leave")
    assert await post(world, body, secret="not ours") == 401
    assert await post(world, body, stamp=int(time.time()) - 301) == 401
    assert await post(world, body, stamp=int(time.time()) + 400) == 401
    assert await post(world, body, **{"X-Slack-Signature": "v0=ä"}) == 400
    assert await post(world, body, **{"X-Slack-Request-Timestamp": "yesterday"}) == 401
    assert await post(world, b"{", **{"Content-Type": "application/json"}) == 400
    assert await post(world, b"payload=%7B") == 400
    assert await post(world, b"x" * 600_000) == 413
    assert await post(world, body, **{"Content-Type": "text/plain"}) == 415
    assert said("status-week", week=1, weeks=12) in await ask(world, "Sanne", "status")


@pytest.mark.slack("knocks at Slack's door; how that of Teams is kept stands in tests/chat/teams")
async def test_a_replayed_request_changes_nothing(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "once")
    last = world.practice.courier.last
    assert last is not None
    before = len(await world.direct("Sanne"))
    for _ in range(2):
        assert await post(world, last.body, **{"Content-Type": last.content_type}) == 200
    assert len(await replies(world, "Sanne")) == 1
    assert len(await world.direct("Sanne")) == before
    assert await post(world, command("leave")) == 200
    assert await post(world, command("leave")) == 200
    await world.bot.inbox.drained()
    assert (await run_of(world, "Sanne")).ended_at is not None


@pytest.mark.slack("knocks at Slack's door; how that of Teams is kept stands in tests/chat/teams")
@pytest.mark.parametrize(
    "event",
    [
        {"type": "reaction_added", "user": "U0SANNE"},
        {"type": "message", "channel_type": "im", "channel": "D0SANNE", "ts": "1.1"},
        {"type": "message", "channel_type": "channel", "user": "U0SANNE", "text": "x", "ts": "1.1"},
        {"type": "user_change", "user": {"id": "U0NOBODY"}},
        {"type": "app_home_opened", "tab": "messages", "user": "U0SANNE"},
    ],
)
async def test_events_that_mean_nothing_to_us_are_acknowledged(world: World, event: Json) -> None:
    await begin(world, "Sanne")
    envelope = {"type": "event_callback", "team_id": "T0PRACTICE", "event_id": "EvX", "event": event}
    assert await post(world, json.dumps(envelope).encode(), **{"Content-Type": "application/json"}) == 200
    foreign = {**envelope, "team_id": "T0SOMEBODYELSE"}
    assert await post(world, json.dumps(foreign).encode(), **{"Content-Type": "application/json"}) == 200


@pytest.mark.slack("Teams tells who is mentioned by name")
async def test_who_is_mentioned_stands_in_the_words_by_name(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    sanne, robin = await world.driver.person("Sanne"), await world.driver.person("Robin")
    spoken = {
        "type": "message",
        "channel_type": "im",
        "channel": await world.driver.channel("Sanne", "dm"),
        "ts": "1.1",
    }
    event = {**spoken, "user": sanne, "text": f"<@{robin}> helped, see <#C1|it-desk> <!here>"}
    envelope = {"type": "event_callback", "team_id": "T0PRACTICE", "event_id": "EvM", "event": event}
    assert await post(world, json.dumps(envelope).encode(), **{"Content-Type": "application/json"}) == 200
    await world.bot.inbox.drained()
    assert [each.text for each in await replies(world, "Sanne")] == ["@Robin helped, see #it-desk @here"]


# --- people -----------------------------------------------------------------------------------------------------


async def test_dates_zones_and_pauses_that_cannot_be(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    assert said("pause-far", weeks=26) in await ask(world, "Sanne", "pause until 2036-01-01")
    assert (await run_of(world, "Sanne")).paused_until is None
    await ask(world, "Sanne", "pause 2020-01-01")
    assert (await run_of(world, "Sanne")).paused_until is None
    await world.click("Sanne", "nudge.plan")
    errors = await world.fill("Sanne", first="a", second="b", day="2026-01-12")
    assert said("day-past") in errors["day"]
    assert await world.fill("Sanne", first="a", second="b", day="2026-01-14") == {}
    await ask(world, "Sanne", "settings")
    errors = await world.fill("Sanne", zone="Amsterdm")
    assert said("zone-near", among="Amsterdam") in errors["zone"]
    errors = await world.fill("Sanne", zone="../../etc/passwd")
    assert "zone" in errors
    assert await world.fill("Sanne", zone="Europe/Amsterdam") == {}


@pytest.mark.parametrize("world", ["teams"], indirect=True)  # Slack's picker hands back one form only
async def test_what_a_client_makes_of_days_and_hours_is_read_or_asked_for(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    await world.driver.profile("Sanne", locale="en")  # nobody knows which country
    errors = await world.fill("Sanne", first="a", second="b", day="04/02/2026")  # April or February
    assert said("day-unread") in errors["day"]
    assert await world.fill("Sanne", first="a", second="b", day="٢٠/٠١/٢٠٢٦") == {}
    assert "Tuesday 20 January" in await world.text("Sanne")
    await ask(world, "Sanne", "settings")
    errors = await world.fill("Sanne", first_time="noon", second_time="3:00 PM")
    assert set(errors) == {"first_time"}
    assert said("hour-unread") in errors["first_time"]
    assert await world.fill("Sanne", first_time="11:00 AM", second_time="15.00") == {}
    member = await member_of(world, "Sanne")
    assert member is not None
    assert (member.hours.first_time, member.hours.second_time) == (hour(11), hour(15))


async def test_a_form_sent_in_twice_counts_once(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    await world.click("Sanne", "nudge.plan")
    form = await world.form("Sanne")
    state = world.driver.fill(form, {"first": "it is quiet", "second": "I ask Wim"})
    ended = await asyncio.gather(*(world.driver.submit("Sanne", form, state) for _ in range(3)), return_exceptions=True)
    assert {} in ended
    assert all(each == {} or isinstance(each, dict | Refused) for each in ended)
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    assert len(commitments_for(world.bot.ports.store, nudge.id)) == 1


@pytest.mark.slack("where the bot is not in the team nothing reaches it")
async def test_a_channel_without_the_bot_gets_a_clear_word(world: World) -> None:
    await world.driver.put_out(CHANNEL)
    await world.driver.command("Sanne", CHANNEL, "start")
    form = await world.form("Sanne")
    errors = await world.driver.submit("Sanne", form, world.driver.fill(form, {"language": "en"}))
    told = await world.driver.last("Sanne", CHANNEL)
    assert errors or told


@pytest.mark.slack("a channel of Teams that is archived is not told from one that is gone")
async def test_in_a_channel_that_is_archived_nothing_can_be_typed(world: World) -> None:
    await world.driver.act("archive", channel=await world.driver.channel("Sanne", CHANNEL))
    with pytest.raises(Refused, match="is_archived"):
        await world.driver.command("Sanne", CHANNEL, "start")


async def test_a_switched_off_account_can_type_nothing(world: World) -> None:
    await world.driver.profile("Iris", deleted=True)
    with pytest.raises(Refused, match="account_inactive"):
        await world.driver.command("Iris", CHANNEL, "status")


# --- the file ---------------------------------------------------------------------------------------------------


async def test_nothing_is_acknowledged_that_could_not_be_kept(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    caplog.set_level(logging.INFO)
    drop(world, "inbox")
    channel = await world.driver.channel("Sanne", "dm")
    answer = await world.driver.act(
        "say", **{"as": await world.driver.person("Sanne"), "channel": channel, "text": "my secret"}
    )
    assert answer["acknowledged"] is False
    with pytest.raises(Refused, match="dispatch_failed"):  # Slack says so, in its own words
        await world.driver.command("Sanne", CHANNEL, "status")
    with pytest.raises(Refused, match="dispatch_failed"):
        await world.click("Sanne", "nudge.done")
    assert "my secret" not in caplog.text


async def test_a_reply_that_could_not_be_stored_is_kept_until_it_can_be(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    caplog.set_level(logging.INFO)
    drop(world, "reply")
    channel = await world.driver.channel("Sanne", "dm")
    answer = await world.driver.act(
        "say", **{"as": await world.driver.person("Sanne"), "channel": channel, "text": "my secret"}
    )
    assert answer["acknowledged"] is True
    ports = world.bot.ports
    assert (await ports.store.queue(ports.clock.now())).inbox == 1
    assert said("sorry") in await ask(world, "Marit", "log")
    with pytest.raises(LookupError):
        await world.click("Sanne", "reply.change")
    assert "my secret" not in caplog.text


@pytest.mark.parametrize("table", ["member", "workspace", "nudge", "enrollment"])
async def test_commands_get_a_kind_word_when_the_file_fails(world: World, table: str) -> None:
    await begin(world, "Sanne")
    drop(world, table)
    told = await ask(world, "Sanne", "status")
    assert said("sorry") in told
    await world.driver.travel("2026-01-13T10:00")  # the ticks fail, and the world goes on


# --- the words --------------------------------------------------------------------------------------------------


@pytest.fixture
async def edited(tmp_path: Path) -> AsyncIterator[tuple[World, Path]]:
    """Run the practicing app on a copy of the prompts."""
    folder = tmp_path / "prompts"
    shutil.copytree(prompts_folder(), folder)
    async with living(tmp_path, words=FileWords(folder)) as alive:
        yield alive, folder


async def test_prompts_with_an_error_leave_the_last_good_version_and_the_page_says_so(
    edited: tuple[World, Path],
) -> None:
    world, folder = edited
    await begin(world, "Sanne")
    assert (await world.driver.state())["problems"] == []
    broken = folder / "phrases" / "en" / "help.ftl"
    good = broken.read_text()
    broken.write_text("help-title = {\n")

    async def told() -> list[str]:
        return list((await world.driver.state())["problems"])

    problems = await world.driver.until(told)
    assert any("help.ftl" in problem for problem in problems)
    assert said("help-title") in await ask(world, "Sanne", "help")
    broken.write_text(good)

    async def well() -> bool:
        return not (await world.driver.state())["problems"]

    assert await world.driver.until(well)


async def test_an_edited_text_is_seen_at_once_in_what_was_sent(edited: tuple[World, Path]) -> None:
    world, folder = edited
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    await world.driver.open_home("Iris")
    await world.driver.travel(TUESDAY)
    place = folder / "journeys" / "twelve-weeks" / "people-before-systems" / "nudge.yaml"
    title = next(line for line in place.read_text().splitlines() if "en:" in line)
    shown = world.bot.ports.words.journeys()["twelve-weeks"].texts["people-before-systems/nudge"]
    old = shown.title[next(iter(shown.title))]
    place.write_text(place.read_text().replace(old, "A brand new title"))
    assert title

    async def seen() -> bool:
        return "A brand new title" in await world.text("Sanne")

    assert await world.driver.until(seen)
    assert said("status-week", week=1, weeks=12) in await home_text(world, "Sanne")
    nudge = await row_of(world, "Sanne", Kind.NUDGE)
    assert (await world.latest("Sanne"))["metadata"]["event_payload"]["nudge"] == nudge.id
