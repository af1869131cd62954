"""What the bot does not take comes again, in both of the ways Teams has."""

import pytest
from starlette.responses import Response

from bot.practice.teams.courier import Retry
from tests.practice.teams.staging import PRESSED, Refused, Stage, staged
from tests.waiting import Deadlines

AT_ONCE = (Retry(0.0, fresh_id=False), Retry(0.0, fresh_id=True))


async def say(stage: Stage) -> bool:
    return bool((await stage.act("say", as_="Sanne", channel="a:1sanne", text="Hi"))["acknowledged"])


async def test_what_is_taken_comes_once(stage: Stage) -> None:
    assert await say(stage)
    assert len(stage.app.heard) == 1


async def test_what_fails_comes_again_as_it_was_and_then_under_another_id() -> None:
    async with staged(retries=AT_ONCE) as stage:
        stage.app.reply(Response(status_code=502), Response(status_code=502))
        assert not await say(stage)
        await stage.app.until(3)
        first, second, third = stage.app.heard
        assert second == first
        assert third["id"] != first["id"]
        assert third["timestamp"] >= first["timestamp"]
        same = {key: value for key, value in first.items() if key not in ("id", "timestamp")}
        assert same == {key: value for key, value in third.items() if key not in ("id", "timestamp")}
        assert len(await stage.messages()) == 1


async def test_what_is_not_answered_in_time_comes_again() -> None:
    deadlines = Deadlines()
    async with staged(retries=AT_ONCE, deadline=deadlines) as stage:
        stage.app.may_answer.clear()
        stage.app.when_heard = deadlines.pass_by
        assert not await say(stage)
        await stage.app.until(2)
        assert set(deadlines.begun) == {15.0}
        stage.app.may_answer.set()


async def test_what_is_refused_does_not_come_again() -> None:
    async with staged(retries=AT_ONCE) as stage:
        stage.app.reply(Response(status_code=401))
        assert not await say(stage)
        assert await say(stage)
        assert len(stage.app.heard) == 2


async def test_a_bot_that_is_gone_is_told_to_who_speaks() -> None:
    async with staged(retries=(), bot_url="http://127.0.0.1:9/api/messages") as stage:
        assert not await say(stage)


async def test_the_last_activity_is_brought_once_more_on_request(stage: Stage) -> None:
    await say(stage)
    await stage.act("redeliver")
    await stage.act("redeliver", fresh_id=True)
    first, second, third = stage.app.heard
    assert (second, third["text"]) == (first, "Hi")
    assert third["id"] != first["id"]


async def test_news_of_a_message_says_of_which_one_when_it_comes_anew(stage: Stage) -> None:
    name = (await stage.act("say", as_="Sanne", channel="a:1sanne", text="Hi"))["id"]
    await stage.act("edit", as_="Sanne", channel="a:1sanne", id=name, text="Hello")
    await stage.act("redeliver", fresh_id=True)
    await stage.act("delete", as_="Sanne", channel="a:1sanne", id=name)
    await stage.act("redeliver", fresh_id=True)
    assert [each["type"] for each in stage.app.heard[1:]] == ["messageUpdate"] * 2 + ["messageDelete"] * 2
    assert {each["id"] for each in stage.app.heard} == {name}


async def test_an_invoke_keeps_the_form_of_its_id_when_it_comes_anew(stage: Stage) -> None:
    await stage.act("press", as_="Sanne", channel="a:1sanne", id=await stage.show(), **PRESSED)
    await stage.act("redeliver", fresh_id=True)
    first, second = stage.app.heard
    assert first["id"] != second["id"]
    assert {each["id"][:2] for each in (first, second)} == {"f:"}


async def test_a_repeated_activity_that_fails_is_told(stage: Stage) -> None:
    await say(stage)
    stage.app.reply(Response(status_code=500))
    with pytest.raises(Refused) as refused:
        await stage.act("redeliver")
    assert refused.value.error == "dispatch_failed"
