"""What the app hears of people, signed, and again when it did not answer."""

from starlette.responses import Response

from tests.practice.staging import Stage, staged
from tests.waiting import Deadlines


async def test_a_typed_message_is_brought_with_its_words_escaped(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "dm", "<!channel> & =cmd()")
    event = stage.app.last.data["event"]
    assert (event["type"], event["channel_type"], event["user"]) == ("message", "im", "U0SANNE")
    assert event["text"] == "&lt;!channel&gt; &amp; =cmd()"
    assert event["ts"] == ts
    assert "subtype" not in event
    assert stage.app.last.data["authorizations"][0]["is_bot"] is True


async def test_a_reply_in_a_thread_names_its_parent(stage: Stage) -> None:
    posted = await stage.slack.chat_postMessage(channel="U0SANNE", text="Nudge")
    await stage.driver.say("Sanne", "dm", "Done", thread_ts=posted["ts"])
    event = stage.app.last.data["event"]
    assert (event["thread_ts"], event["parent_user_id"]) == (posted["ts"], "U0PITSTOP")


async def test_files_without_words_are_a_file_share(stage: Stage) -> None:
    await stage.driver.say("Sanne", "dm", "", files=2)
    event = stage.app.last.data["event"]
    assert (event["subtype"], event["text"], len(event["files"])) == ("file_share", "", 2)


async def test_words_in_channels_are_not_brought(stage: Stage) -> None:
    await stage.driver.say("Sanne", "it-managers", "Hello all")
    assert stage.app.heard == []
    seen = await stage.driver.last("Grace", "it-managers")
    assert seen
    assert seen["text"] == "Hello all"


async def test_an_edit_brings_both_versions(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "dm", "befor")
    await stage.driver.edit("Sanne", "dm", ts, "after")
    event = stage.app.last.data["event"]
    assert event["subtype"] == "message_changed"
    assert (event["message"]["text"], event["previous_message"]["text"]) == ("after", "befor")
    assert event["message"]["ts"] == ts
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    assert seen["edited"] is True


async def test_a_deletion_brings_what_was_there(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "dm", "gone")
    await stage.driver.delete("Sanne", "dm", ts)
    event = stage.app.last.data["event"]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
    assert await stage.driver.messages("Sanne", "dm") == []


async def test_where_a_thread_hangs_on_it_a_deletion_leaves_a_tombstone(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "dm", "gone")
    await stage.slack.chat_postMessage(channel="D0SANNE", text="Noted", thread_ts=ts)
    await stage.driver.delete("Sanne", "dm", ts)
    event = stage.app.last.data["event"]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert event["previous_message"]["text"] == "gone"
    assert (await stage.driver.messages("Sanne", "dm"))[0]["deleted"] is True


async def test_looking_at_the_app_is_brought(stage: Stage) -> None:
    await stage.driver.open_home("Sanne")
    event = stage.app.last.data["event"]
    assert (event["type"], event["tab"], event["channel"]) == ("app_home_opened", "home", "D0SANNE")


async def test_a_changed_account_is_brought(stage: Stage) -> None:
    await stage.driver.profile("Robin", tz="Pacific/Auckland")
    event = stage.app.last.data["event"]
    assert (event["type"], event["user"]["tz"]) == ("user_change", "Pacific/Auckland")


async def test_the_end_of_the_installation_is_brought_and_then_nothing_more(stage: Stage) -> None:
    await stage.driver.act("uninstall")
    assert [heard.kind for heard in stage.app.heard] == ["tokens_revoked", "app_uninstalled"]
    await stage.driver.say("Sanne", "dm", "Anyone?")
    await stage.driver.profile("Robin", tz="")
    assert len(stage.app.heard) == 2


async def test_each_event_has_an_id_of_its_own(stage: Stage) -> None:
    for word in ("one", "two", "three"):
        await stage.driver.say("Sanne", "dm", word)
    assert len({heard.data["event_id"] for heard in stage.app.heard}) == 3


async def test_what_was_not_acknowledged_comes_again_with_the_same_id() -> None:
    async with staged(retry_delays=(0, 0, 0)) as stage:
        stage.app.reply(Response(status_code=500), Response(status_code=404))
        answer = await stage.driver.act("say", **{"as": "U0SANNE", "channel": "D0SANNE", "text": "Hi"})
        assert answer["acknowledged"] is False
        await stage.app.until(3)
        first, second, third = stage.app.heard
        assert len({heard.data["event_id"] for heard in stage.app.heard}) == 1
        assert "x-slack-retry-num" not in first.headers
        assert second.headers["x-slack-retry-num"] == "1"
        assert second.headers["x-slack-retry-reason"] == "http_error"
        assert third.headers["x-slack-retry-num"] == "2"
        await stage.practice.courier.forget()
        assert len(stage.app.heard) == 3


async def test_an_app_that_is_too_slow_gets_it_again() -> None:
    deadlines = Deadlines()
    async with staged(retry_delays=(0,), deadline=deadlines) as stage:
        stage.app.may_answer.clear()
        stage.app.when_heard = deadlines.pass_by
        await stage.driver.say("Sanne", "dm", "Hi")
        await stage.app.until(2)
        assert stage.app.last.headers["x-slack-retry-reason"] == "http_timeout"
        assert deadlines.begun == [3.0, 3.0]
        stage.app.may_answer.set()


async def test_an_app_can_ask_for_no_retries() -> None:
    async with staged(retry_delays=(0,)) as stage:
        stage.app.reply(Response(status_code=500, headers={"X-Slack-No-Retry": "1"}))
        await stage.driver.say("Sanne", "dm", "Hi")
        await stage.driver.say("Sanne", "dm", "again")
        assert [heard.data["event"]["text"] for heard in stage.app.heard] == ["Hi", "again"]


async def test_nobody_at_the_apps_address_is_not_acknowledged() -> None:
    async with staged(bot_url="http://127.0.0.1:9/slack/events", retry_delays=()) as stage:
        answer = await stage.driver.act("open_home", **{"as": "U0SANNE"})
        assert answer["acknowledged"] is False


async def test_the_last_event_can_be_brought_twice(stage: Stage) -> None:
    await stage.driver.say("Sanne", "dm", "Hi")
    await stage.driver.act("redeliver")
    first, second = stage.app.heard
    assert first.data == second.data
    assert second.headers["x-slack-retry-num"] == "1"
