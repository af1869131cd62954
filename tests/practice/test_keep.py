"""A restart finds everything again."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.practice.keep import UnreadableError, from_json, to_json
from bot.practice.slack.world import World
from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0, actions, button, modal, section, staged
from tests.waiting import until


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data" / "practice.json"
    async with staged(keep_path=path) as stage:
        await stage.slack.chat_postMessage(channel="U0SANNE", text="Nudge", blocks=[actions(button())])
        await stage.driver.say("Sanne", "dm", "Done", files=1)
        home = {"type": "home", "blocks": [section("Week 1")]}
        await stage.slack.views_publish(user_id="U0SANNE", view=home)
        await stage.driver.command("Sanne", "dm", "start")
        await stage.slack.views_open(trigger_id=stage.app.last.data["trigger_id"], view=modal(section()))
        response_url = stage.app.last.data["response_url"]
        await stage.driver.travel("2026-12-01T09:00:00+00:00")
        before = await stage.driver.state("Sanne")
    async with staged(keep_path=path) as stage:
        after = await stage.driver.state("Sanne")
        moving = ("version", "now")
        assert {k: v for k, v in after.items() if k not in moving} == {
            k: v for k, v in before.items() if k not in moving
        }
        assert after["version"] >= before["version"]
        assert datetime.fromisoformat(after["now"]) >= datetime(2026, 12, 1, 9, tzinfo=UTC)
        posted = await stage.slack.chat_postMessage(channel="D0SANNE", text="New")
        assert posted["ts"] > before["messages"]["D0SANNE"][-1]["ts"]
        assert response_url.rpartition("/")[2] in stage.practice.world.addresses


async def test_a_change_is_written_within_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "practice.json"
    async with staged(keep_path=path) as stage:
        await stage.driver.say("Sanne", "dm", "Done")
        await until(lambda: path.exists() and "Done" in path.read_text("utf-8"))
        assert not path.with_name("practice.json.new").exists()


async def test_where_one_travelled_to_is_written_before_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "practice.json"
    async with staged(keep_path=path) as stage:
        await stage.driver.say("Sanne", "dm", "Done")
        await stage.driver.travel("2027-03-01T09:00:00+00:00")
        kept = path.read_text("utf-8")
        assert "Done" in kept
        ahead = timedelta(seconds=json.loads(kept)["ahead"])
        assert ahead == stage.practice.clock.ahead


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 99}', '{"format": 1, "people": 3}'])
async def test_a_file_that_is_something_else_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "practice.json"
    path.write_text(content)
    with pytest.raises(UnreadableError):
        async with staged(keep_path=path):
            raise AssertionError("it started")
    assert path.read_text() == content


def test_no_two_things_have_the_same_timestamp_and_a_restart_keeps_it_so() -> None:
    world = World()
    first, second = world.next_ts(T0), world.next_ts(T0)
    kept = from_json(to_json(world, ahead=timedelta(), version=1))
    assert first < second < kept.next_ts(T0)


def test_the_clock_goes_on_from_where_it_is_set() -> None:
    clock = TravelClock(T0)
    assert T0 <= clock.now() < T0 + timedelta(seconds=5)
    clock.set(T0 + timedelta(days=7))
    assert clock.now() >= T0 + timedelta(days=7)


def test_the_clock_never_goes_back() -> None:
    clock = TravelClock(T0)
    clock.set(T0 + timedelta(days=7))
    clock.set(T0)
    ahead = clock.ahead
    clock.restore(timedelta(days=-9999))
    assert clock.ahead == ahead
    assert clock.now() >= T0 + timedelta(days=7)


def test_the_clock_begins_anew_when_it_is_reset() -> None:
    clock = TravelClock(T0)
    clock.set(T0 + timedelta(days=7))
    clock.reset()
    assert clock.now() < T0 + timedelta(days=1)


def test_the_clock_is_aware_and_in_utc() -> None:
    assert TravelClock().now().utcoffset() == timedelta(0)


def test_what_is_kept_is_plain_json(tmp_path: Path) -> None:
    async def keep() -> None:
        async with staged(keep_path=tmp_path / "practice.json"):
            pass

    asyncio.run(keep())
    assert json.loads((tmp_path / "practice.json").read_text("utf-8"))["format"] == 1
