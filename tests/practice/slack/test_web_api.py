"""The Web API, through the real slack_sdk."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0, TOKEN, Stage, actions, button, direct, section, staged

NUDGE = {"event_type": "pitstop_nudge", "event_payload": {"nudge": "n1"}}


async def refusal(call: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call  # type: ignore[misc]
    return str(refused.value.response["error"])


async def test_the_token_says_whose_it_is_and_what_it_may(stage: Stage) -> None:
    answer = await stage.slack.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0PRACTICE", "U0PITSTOP", "B0PITSTOP")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_the_team_has_a_name(stage: Stage) -> None:
    assert (await stage.slack.team_info())["team"]["id"] == "T0PRACTICE"


async def test_what_is_posted_is_seen_with_its_blocks(stage: Stage) -> None:
    channel = await direct(stage)
    posted = await stage.slack.chat_postMessage(channel=channel, text="line", blocks=[section("*Hello*")])
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    assert seen["ts"] == posted["ts"]
    assert seen["text"] == "line"
    assert stage.driver.texts(seen) == "*Hello*"


async def test_timestamps_follow_the_practice_clock_and_always_rise(stage: Stage) -> None:
    stamps = [(await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text=str(n)))["ts"] for n in range(5)]
    assert stamps == sorted(set(stamps))
    assert T0.timestamp() <= float(stamps[0]) < T0.timestamp() + 60


async def test_a_persons_id_stands_for_the_direct_conversation(stage: Stage) -> None:
    assert (await stage.slack.chat_postMessage(channel="U0SANNE", text="Hi"))["channel"] == "D0SANNE"


async def test_metadata_comes_back_from_history_only_when_asked_for(stage: Stage) -> None:
    channel = await direct(stage)
    await stage.slack.chat_postMessage(channel=channel, text="Nudge", metadata=NUDGE)
    bare = await stage.slack.conversations_history(channel=channel)
    full = await stage.slack.conversations_history(channel=channel, include_all_metadata=True)
    assert "metadata" not in bare["messages"][0]
    assert full["messages"][0]["metadata"] == NUDGE


async def test_history_is_newest_first_in_pages_between_two_moments(stage: Stage) -> None:
    channel = await direct(stage)
    stamps = [
        (await stage.slack.chat_postMessage(channel=channel, text=f"{n}", metadata=NUDGE))["ts"] for n in range(5)
    ]
    first = await stage.slack.conversations_history(channel=channel, limit=3)
    assert [message["text"] for message in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    second = await stage.slack.conversations_history(channel=channel, limit=3, cursor=cursor)
    assert [message["text"] for message in second["messages"]] == ["1", "0"]
    assert second["has_more"] is False
    within = await stage.slack.conversations_history(channel=channel, oldest=stamps[1], latest=stamps[3])
    assert [message["text"] for message in within["messages"]] == ["2"]
    both_ends = await stage.slack.conversations_history(
        channel=channel, oldest=stamps[1], latest=stamps[3], inclusive=True
    )
    assert [message["text"] for message in both_ends["messages"]] == ["3", "2", "1"]


async def test_threads_are_in_replies_and_not_in_history(stage: Stage) -> None:
    channel = await direct(stage)
    parent = await stage.slack.chat_postMessage(channel=channel, text="Nudge")
    await stage.slack.chat_postMessage(channel=channel, text="Answer", thread_ts=parent["ts"])
    history = await stage.slack.conversations_history(channel=channel)
    assert [message["text"] for message in history["messages"]] == ["Nudge"]
    assert history["messages"][0]["reply_count"] == 1
    thread = await stage.slack.conversations_replies(channel=channel, ts=parent["ts"])
    assert [message["text"] for message in thread["messages"]] == ["Nudge", "Answer"]
    assert thread["messages"][1]["thread_ts"] == parent["ts"]


async def test_an_update_keeps_what_it_does_not_name(stage: Stage) -> None:
    channel = await direct(stage)
    posted = await stage.slack.chat_postMessage(
        channel=channel, text="line", blocks=[section(), actions(button())], metadata=NUDGE
    )
    update = {"channel": channel, "ts": posted["ts"], "blocks": [section("Done")]}
    await stage.slack.api_call("chat.update", json=update)
    history = await stage.slack.conversations_history(channel=channel, include_all_metadata=True)
    message = history["messages"][0]
    assert (message["text"], message["metadata"]) == ("line", NUDGE)
    assert [block["type"] for block in message["blocks"]] == ["section"]


async def test_an_update_with_text_alone_takes_the_blocks_away(stage: Stage) -> None:
    channel = await direct(stage)
    posted = await stage.slack.chat_postMessage(channel=channel, text="line", blocks=[section()])
    await stage.slack.chat_update(channel=channel, ts=posted["ts"], text="new")
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    assert (seen["text"], seen["blocks"]) == ("new", [])


async def test_a_deleted_message_is_gone(stage: Stage) -> None:
    posted = await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
    await stage.slack.chat_delete(channel="C0ITMANAGERS", ts=posted["ts"])
    assert await stage.driver.messages("Grace", "it-managers") == []
    gone = stage.slack.chat_update(channel="C0ITMANAGERS", ts=posted["ts"], text="again")
    assert await refusal(gone) == "message_not_found"


async def test_an_ephemeral_message_is_for_one_person_and_not_in_history(stage: Stage) -> None:
    shown = await stage.slack.chat_postEphemeral(channel="C0ITMANAGERS", user="U0GRACE", text="Just you")
    seen = await stage.driver.last("Grace", "it-managers")
    assert seen
    assert seen["ephemeral"] is True
    assert await stage.driver.last("Sanne", "it-managers") is None
    touch = stage.slack.chat_update(channel="C0ITMANAGERS", ts=shown["message_ts"], text="x")
    assert await refusal(touch) == "message_not_found"


async def test_a_permalink_leads_to_the_page(stage: Stage) -> None:
    posted = await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
    link = await stage.slack.chat_getPermalink(channel="C0ITMANAGERS", message_ts=posted["ts"])
    expected = f"{stage.url}/practice#/archives/C0ITMANAGERS/p{posted['ts'].replace('.', '')}"
    assert link["permalink"] == expected


async def test_very_long_texts_are_cut_when_posted_and_refused_when_updated(stage: Stage) -> None:
    channel = await direct(stage)
    posted = await stage.slack.chat_postMessage(channel=channel, text="x" * 40_001)
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    assert len(seen["text"]) == 40_000
    update = stage.slack.chat_update(channel=channel, ts=posted["ts"], text="x" * 4_001)
    assert await refusal(update) == "msg_too_long"


async def test_people_are_described_with_the_zone_they_set(stage: Stage) -> None:
    sanne = (await stage.slack.users_info(user="U0SANNE", include_locale=True))["user"]
    robin = (await stage.slack.users_info(user="U0ROBIN", include_locale=True))["user"]
    assert (sanne["tz"], sanne["tz_offset"], sanne["locale"]) == ("Europe/Amsterdam", 3600, "nl-NL")
    assert sanne["profile"]["display_name"] == "Sanne"
    assert "tz" not in robin


async def test_the_list_of_people_comes_in_pages(stage: Stage) -> None:
    first = await stage.slack.users_list(limit=4)
    cursor = first["response_metadata"]["next_cursor"]
    second = await stage.slack.users_list(limit=4, cursor=cursor)
    names = [member["name"] for page in (first, second) for member in page["members"]]
    assert names == ["pitstop", "marit", "sanne", "grace", "arjun", "robin", "iris"]
    assert second["response_metadata"]["next_cursor"] == ""


async def test_a_file_goes_the_external_way(stage: Stage) -> None:
    channel = await direct(stage)
    await stage.slack.files_upload_v2(
        channel=channel, filename="export.json", content='{"a": 1}', initial_comment="Your data"
    )
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    assert seen["text"] == "Your data"
    assert seen["files"][0]["name"] == "export.json"
    async with stage.session.get(stage.url + seen["files"][0]["url"]) as file:
        assert await file.read() == b'{"a": 1}'
        assert file.headers["Content-Disposition"].startswith("attachment")


async def test_a_file_that_was_never_sent_is_not_found(stage: Stage) -> None:
    announced = await stage.slack.files_getUploadURLExternal(filename="a.json", length=3)
    files = [{"id": announced["file_id"], "title": "a"}]
    complete = stage.slack.files_completeUploadExternal(files=files, channel_id="C0ITMANAGERS")
    assert await refusal(complete) == "file_not_found"


async def test_the_direct_conversation_is_there_once_it_was_opened(stage: Stage) -> None:
    early = stage.slack.chat_postMessage(channel="D0SANNE", text="Hi")
    assert await refusal(early) == "channel_not_found"
    first = await stage.slack.conversations_open(users="U0SANNE")
    again = await stage.slack.conversations_open(users=["U0SANNE"], return_im=True)
    assert (first["channel"]["id"], first["already_open"]) == ("D0SANNE", False)
    assert (again["channel"]["user"], again["already_open"]) == ("U0SANNE", True)
    assert (await stage.slack.chat_postMessage(channel="D0SANNE", text="Hi"))["ok"] is True


async def test_the_wrong_token_is_told_so(stage: Stage) -> None:
    stage.slack.token = "xoxb-other"
    assert await refusal(stage.slack.auth_test()) == "invalid_auth"
    stage.slack.token = None
    assert await refusal(stage.slack.auth_test()) == "not_authed"


async def test_the_token_dies_with_the_installation(stage: Stage) -> None:
    await stage.driver.act("revoke")
    assert await refusal(stage.slack.auth_test()) == "token_revoked"
    await stage.driver.act("uninstall")
    assert await refusal(stage.slack.auth_test()) == "account_inactive"
    await stage.driver.act("install")
    assert (await stage.slack.auth_test())["ok"] is True


async def test_what_the_scopes_do_not_cover_is_refused(stage: Stage) -> None:
    for call in (
        stage.slack.conversations_info(channel="C0ITMANAGERS"),
        stage.slack.conversations_members(channel="C0ITMANAGERS"),
        stage.slack.conversations_history(channel="C0ITMANAGERS"),
        stage.slack.conversations_replies(channel="C0ITMANAGERS", ts="1.0"),
    ):
        assert await refusal(call) == "missing_scope"


async def test_with_more_scopes_channels_can_be_read() -> None:
    scopes = frozenset(("channels:read", "channels:history", "chat:write"))
    async with staged(scopes=scopes) as stage:
        info = await stage.slack.conversations_info(channel="C0ITMANAGERS")
        assert info["channel"]["name"] == "it-managers"
        members = await stage.slack.conversations_members(channel="C0ITMANAGERS")
        assert "U0MARIT" in members["members"]
        await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
        history = await stage.slack.conversations_history(channel="C0ITMANAGERS")
        assert len(history["messages"]) == 1
        assert await refusal(stage.slack.conversations_info(channel="C0LEADS")) == "channel_not_found"


async def test_the_bot_cannot_write_where_it_is_not(stage: Stage) -> None:
    for channel, error in (
        ("C0SERVICEDESK", "not_in_channel"),  # public
        ("C0LEADS", "channel_not_found"),  # private: Slack does not even admit it
        ("C0NOWHERE", "channel_not_found"),
    ):
        assert await refusal(stage.slack.chat_postMessage(channel=channel, text="Hi")) == error
    await stage.driver.act("invite_bot", channel="C0LEADS")
    assert (await stage.slack.chat_postMessage(channel="C0LEADS", text="Hi"))["ok"] is True
    await stage.driver.act("remove_bot", channel="C0LEADS")
    gone = stage.slack.chat_postMessage(channel="C0LEADS", text="Hi")
    assert await refusal(gone) == "channel_not_found"


async def test_an_archived_channel_takes_nothing(stage: Stage) -> None:
    await stage.driver.act("archive", channel="C0ITMANAGERS")
    assert await refusal(stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")) == "is_archived"
    await stage.driver.act("archive", channel="C0ITMANAGERS", archived=False)
    assert (await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi"))["ok"] is True


async def test_who_is_deactivated_is_not_written_to(stage: Stage) -> None:
    channel = await direct(stage)
    await stage.driver.profile("Sanne", deleted=True)
    assert await refusal(stage.slack.chat_postMessage(channel=channel, text="Hi")) == "user_disabled"
    assert await refusal(stage.slack.chat_postMessage(channel="U0SANNE", text="Hi")) == "user_disabled"
    assert await refusal(stage.slack.conversations_open(users="U0SANNE")) == "user_disabled"
    assert (await stage.slack.users_info(user="U0SANNE"))["user"]["deleted"] is True


async def test_what_people_wrote_is_theirs(stage: Stage) -> None:
    ts = await stage.driver.say("Sanne", "dm", "mine")
    update = stage.slack.chat_update(channel="D0SANNE", ts=ts, text="ours")
    assert await refusal(update) == "cant_update_message"
    assert await refusal(stage.slack.chat_delete(channel="D0SANNE", ts=ts)) == "cant_delete_message"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": "C0ITMANAGERS"}, "no_text"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "text": "  "}, "no_text"),
        ("chat.postMessage", {"text": "no channel"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "text": "a", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "text": "a", "metadata": []}, "invalid_metadata_format"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "text": "a", "metadata": {"event_type": 1}},
         "invalid_metadata_schema"),
        ("chat.postMessage", {"channel": "C0ITMANAGERS", "text": "a", "metadata": {
            "event_type": "x", "event_payload": {"long": "x" * 8001}}}, "metadata_too_large"),
        ("chat.postEphemeral", {"channel": "C0ITMANAGERS", "user": "U0NOBODY", "text": "a"}, "user_not_found"),
        ("chat.postEphemeral", {"channel": "U0SANNE", "user": "U0GRACE", "text": "a"}, "user_not_in_channel"),
        ("chat.update", {"channel": "C0ITMANAGERS", "ts": "1.0", "text": "a"}, "message_not_found"),
        ("chat.getPermalink", {"channel": "C0ITMANAGERS", "message_ts": "1.0"}, "message_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {"users": "U0PITSTOP"}, "cannot_dm_bot"),
        ("conversations.open", {"users": "U0SANNE,U0GRACE"}, "missing_scope"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.list", {"limit": "many"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "[]"}, "invalid_arguments"),
        ("poems.write", {}, "unknown_method"),
    ],
)  # fmt: skip
async def test_what_slack_refuses_is_refused(
    stage: Stage, method: str, arguments: dict[str, object], error: str
) -> None:
    assert await refusal(stage.slack.api_call(method, json=arguments)) == error


async def test_history_refuses_what_makes_no_sense(stage: Stage) -> None:
    channel = await direct(stage)
    for arguments, error in (
        ({"limit": 0 - 1}, "invalid_limit"),
        ({"cursor": "x"}, "invalid_cursor"),
        ({"oldest": "x"}, "invalid_ts_oldest"),
    ):
        call = stage.slack.conversations_history(channel=channel, **arguments)
        assert await refusal(call) == error
    assert await refusal(stage.slack.conversations_replies(channel=channel, ts="1.0")) == "thread_not_found"


async def test_one_message_a_second_after_a_small_burst() -> None:
    async with staged(limits=None, clock=TravelClock(T0, runs=False)) as stage:
        for _ in range(5):
            await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
        with pytest.raises(SlackApiError) as refused:
            await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi")
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"
        assert (await stage.slack.chat_postMessage(channel="U0SANNE", text="elsewhere"))["ok"] is True
        stage.practice.clock.leap(timedelta(seconds=1))
        assert (await stage.slack.chat_postMessage(channel="C0ITMANAGERS", text="Hi"))["ok"] is True


async def test_forms_and_json_are_both_understood(stage: Stage) -> None:
    url = f"{stage.url}/practice/slack/api/chat.postMessage"
    form = {"token": TOKEN, "channel": "C0ITMANAGERS", "blocks": '[{"type": "divider"}]'}
    async with stage.session.post(url, data=form) as response:
        assert (await response.json())["ok"] is True
    async with stage.session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["error"] == "not_authed"


async def test_a_call_that_is_far_too_large_is_not_read(stage: Stage) -> None:
    url = f"{stage.url}/practice/slack/api/chat.postMessage"
    async with stage.session.post(url, data=b"x" * 1_100_000) as response:
        assert response.status == 413
