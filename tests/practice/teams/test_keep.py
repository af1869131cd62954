"""A restart finds the practice Teams again."""

import json
from pathlib import Path

import pytest

from bot.practice.keep import UnreadableError
from tests.practice.teams.staging import CHANNEL, Stage, attachment, card, message, staged

NOTED = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive"}
OFFER = attachment("application/vnd.microsoft.teams.card.file.consent", {"sizeInBytes": 1}, name="my-data.json")


async def live(stage: Stage) -> None:
    """Let everything that can be kept happen."""
    name = await stage.show(CHANNEL)
    stage.app.reply({**NOTED, "value": card(text="After").model_dump(by_alias=True, exclude_none=True)})
    pressed = {"data": {"pitstop": {"button": "nudge.done"}}, "verb": "nudge.done"}
    await stage.act("press", as_="Grace", channel=CHANNEL, id=name, **pressed)
    await stage.api().conversations.create_activity(f"{CHANNEL};messageid={name}", message(text="Reply"))
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="Gone", files=1)
    await stage.act("delete", as_="Sanne", channel="a:1sanne", id=said["id"])
    offer = await stage.api().conversations.create_activity("a:1sanne", OFFER)
    await stage.act("accept_file", as_="Sanne", channel="a:1sanne", id=offer.id)
    await stage.act("remove_app", as_="Iris")
    await stage.act("profile", as_="Robin", tz="Asia/Tokyo", deleted=True)
    await stage.act("remove_from_team", as_="Marit")
    await stage.act("travel", to="2026-12-01T09:00:00+00:00")


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data" / "teams.json"
    async with staged(keep_path=path) as stage:
        await live(stage)
        before = {who: await stage.state(who) for who in ("Sanne", "Grace", "Iris")}
        upload = stage.practice.world.files
    async with staged(keep_path=path) as stage:
        for who, state in before.items():
            after = await stage.state(who)
            assert after["version"] >= state["version"]
            assert after["now"] >= "2026-12-01T09:00:00+00:00"
            same = {key: value for key, value in after.items() if key not in ("version", "now")}
            assert same == {key: value for key, value in state.items() if key not in ("version", "now")}
        assert stage.practice.world.files == upload
        assert await stage.show() > before["Sanne"]["messages"]["a:1sanne"][-1]["id"]


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 99}', '{"format": 1, "people": 3}'])
async def test_a_file_that_is_something_else_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "teams.json"
    path.write_text(content)
    with pytest.raises(UnreadableError):
        async with staged(keep_path=path):
            raise AssertionError("it started")
    assert path.read_text() == content


async def test_where_one_travelled_to_is_written_before_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "teams.json"
    async with staged(keep_path=path) as stage:
        await stage.act("say", as_="Sanne", channel="a:1sanne", text="Done")
        await stage.act("travel", to="2027-03-01T09:00:00+00:00")
        kept = json.loads(path.read_text("utf-8"))
        assert kept["posts"][0]["text"] == "Done"
        assert kept["ahead"] == stage.practice.site.clock.ahead.total_seconds()
