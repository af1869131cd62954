"""What people say reaches the bot as Teams brings it."""

import json
from datetime import datetime
from typing import Any

import pytest

from bot.practice.teams.world import TEAM, TENANT
from tests.practice.teams.staging import CHANNEL, CLIENT, Refused, Stage, message, person_id


async def test_words_in_a_personal_chat_arrive_as_teams_brings_them(stage: Stage) -> None:
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="Done & <b>well</b>")
    heard = stage.app.last
    assert heard["type"] == "message"
    assert heard["id"] == said["id"]
    assert heard["text"] == "Done &amp; &lt;b&gt;well&lt;/b&gt;"
    assert heard["textFormat"] == "plain"
    assert heard["channelId"] == "msteams"
    assert heard["from"] == {"id": "29:1sanne", "name": "Sanne Bakker", "aadObjectId": person_id("Sanne")}
    assert heard["recipient"] == {"id": f"28:{CLIENT}", "name": "Pitstop"}
    assert heard["conversation"] == {"conversationType": "personal", "tenantId": TENANT, "id": "a:1sanne"}
    assert heard["channelData"] == {"tenant": {"id": TENANT}}
    assert heard["locale"] == "en-GB"
    assert heard["localTimezone"] == "Europe/Amsterdam"
    assert heard["localTimestamp"].endswith("+01:00")
    assert datetime.fromisoformat(heard["localTimestamp"]) == datetime.fromisoformat(heard["timestamp"])
    (client,) = heard["entities"]
    assert client == {
        "type": "clientInfo",
        "locale": "en-GB",
        "country": "GB",
        "platform": "Web",
        "timezone": "Europe/Amsterdam",
    }
    assert [each["contentType"] for each in heard["attachments"]] == ["text/html"]


async def test_an_answer_names_what_it_quotes_beside_the_words_and_in_front_of_them(stage: Stage) -> None:
    first = await stage.act("say", as_="Sanne", channel="a:1sanne", text="Did it")
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="Well, half", quotes=first["id"])
    assert stage.app.last["text"] == f'<quoted messageId="{first["id"]}"/> Well, half'
    quote, client = stage.app.last["entities"]
    assert client["type"] == "clientInfo"
    assert quote == {
        "type": "quotedReply",
        "quotedReply": {
            "messageId": first["id"],
            "time": first["id"],
            "isReplyDeleted": False,
            "senderId": person_id("Sanne"),
            "preview": "Did it",
            "validatedMessageReference": True,
        },
    }
    await stage.act("delete", as_="Sanne", channel="a:1sanne", id=first["id"])
    await stage.act("edit", as_="Sanne", channel="a:1sanne", id=said["id"], text="Half of it")
    assert stage.app.last["entities"][0]["quotedReply"]["isReplyDeleted"] is True
    for channel, name in (("a:1sanne", "1"), ("a:1sanne", first["id"]), (CHANNEL, said["id"])):
        with pytest.raises(Refused) as refused:
            await stage.act("say", as_="Sanne", channel=channel, text="x", quotes=name)
        assert refused.value.error == "message_not_found"


async def test_somebody_without_a_time_zone_brings_no_local_time(stage: Stage) -> None:
    await stage.act("say", as_="Robin", channel="a:1robin", text="Hi")
    assert not {"localTimezone", "localTimestamp"} & set(stage.app.last)
    assert "timezone" not in stage.app.last["entities"][0]
    await stage.act("profile", as_="Robin", tz="Asia/Tokyo")
    assert len(stage.app.heard) == 1
    await stage.act("say", as_="Robin", channel="a:1robin", text="Hi")
    assert stage.app.last["localTimezone"] == "Asia/Tokyo"


async def test_in_a_channel_the_bot_hears_only_what_names_it(stage: Stage) -> None:
    await stage.act("say", as_="Marit", channel=CHANNEL, text="Good morning")
    assert stage.app.heard == []
    said = await stage.act("say", as_="Marit", channel=CHANNEL, text="@pitstop start")
    heard = stage.app.last
    assert heard["text"] == "<at>Pitstop</at> start"
    assert heard["entities"][0] == {
        "type": "mention",
        "mentioned": {"id": f"28:{CLIENT}", "name": "Pitstop"},
        "text": "<at>Pitstop</at>",
    }
    assert heard["conversation"] == {
        "isGroup": True,
        "conversationType": "channel",
        "tenantId": TENANT,
        "id": f"{CHANNEL};messageid={said['id']}",
    }
    assert heard["channelData"] == {
        "teamsChannelId": CHANNEL,
        "teamsTeamId": TEAM,
        "channel": {"id": CHANNEL},
        "team": {"id": TEAM},
        "tenant": {"id": TENANT},
    }
    reply = await stage.act("say", as_="Grace", channel=CHANNEL, text="@Pitstop join", thread=said["id"])
    assert stage.app.last["conversation"]["id"] == f"{CHANNEL};messageid={said['id']}"
    assert (await stage.messages(CHANNEL))[-1] | {"thread": said["id"], "id": reply["id"]} == (
        await stage.messages(CHANNEL)
    )[-1]


async def test_an_edit_and_a_deletion_follow_under_the_same_id(stage: Stage) -> None:
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="One")
    where = {"as_": "Sanne", "channel": "a:1sanne", "id": said["id"]}
    await stage.act("edit", **where, text="Two")
    heard = stage.app.last
    assert (heard["type"], heard["id"], heard["text"]) == ("messageUpdate", said["id"], "Two")
    assert heard["channelData"]["eventType"] == "editMessage"
    await stage.act("delete", **where)
    heard = stage.app.last
    assert (heard["type"], heard["id"], heard.get("text")) == ("messageDelete", said["id"], None)
    assert heard["channelData"]["eventType"] == "softDeleteMessage"
    (shown,) = await stage.messages()
    assert (shown["deleted"], shown["text"]) == (True, "")
    await stage.act("undelete", **where)
    heard = stage.app.last
    assert (heard["type"], heard["text"]) == ("messageUpdate", "Two")
    assert heard["channelData"]["eventType"] == "undeleteMessage"
    (shown,) = await stage.messages()
    assert (shown["deleted"], shown["edited"], shown["text"]) == (False, True, "Two")


async def test_attached_files_come_with_the_words(stage: Stage) -> None:
    await stage.act("say", as_="Sanne", channel="a:1sanne", files=2)
    kinds = [each["contentType"] for each in stage.app.last["attachments"]]
    assert kinds.count("application/vnd.microsoft.teams.file.download.info") == 2
    assert (await stage.messages())[0]["file"] == {"kind": "attached", "count": 2}


@pytest.mark.parametrize(
    ("action", "body", "error"),
    [
        ("say", {"as": "nobody", "channel": "a:1sanne", "text": "Hi"}, "user_not_found"),
        ("say", {"as_": "Sanne", "channel": "a:1grace", "text": "Hi"}, "channel_not_found"),
        ("say", {"as_": "Sanne", "channel": "a:1sanne", "text": " "}, "no_text"),
        ("say", {"as_": "Sanne", "channel": "a:1sanne", "text": 7}, "invalid_arguments"),
        ("say", {"as_": "Sanne", "channel": "a:1sanne", "text": "x" * 28_001}, "msg_too_long"),
        ("say", {"as_": "Sanne", "channel": CHANNEL, "text": "Hi", "thread": "1"}, "thread_not_found"),
        ("edit", {"as_": "Sanne", "channel": "a:1sanne", "id": "1", "text": "Hi"}, "message_not_found"),
        ("redeliver", {}, "nothing_delivered"),
        ("profile", {"as_": "Sanne", "tz": "Mars/Olympus"}, "invalid_tz"),
        ("dance", {}, "unknown_action"),
    ],
)
async def test_what_cannot_be_done_is_said(stage: Stage, action: str, body: dict[str, object], error: str) -> None:
    with pytest.raises(Refused) as refused:
        await stage.act(action, **body)
    assert refused.value.error == error
    assert stage.app.heard == []


async def test_only_ones_own_words_can_be_changed(stage: Stage) -> None:
    sent = await stage.api().conversations.create_activity("a:1sanne", message(text="The bot's"))
    with pytest.raises(Refused) as refused:
        await stage.act("edit", as_="Sanne", channel="a:1sanne", id=sent.id, text="Mine")
    assert refused.value.error == "not_your_message"


async def test_nothing_can_be_said_without_the_app_or_without_an_account(stage: Stage) -> None:
    await stage.act("remove_app", as_="Sanne")
    with pytest.raises(Refused) as refused:
        await stage.act("say", as_="Sanne", channel="a:1sanne", text="Hi")
    assert refused.value.error == "app_not_installed"
    await stage.act("profile", as_="Grace", deleted=True)
    with pytest.raises(Refused) as refused:
        await stage.act("say", as_="Grace", channel="a:1grace", text="Hi")
    assert refused.value.error == "account_inactive"


async def test_without_the_bot_a_channel_is_quiet(stage: Stage) -> None:
    await stage.act("remove_from_team", as_="Marit")
    before = len(stage.app.heard)
    await stage.act("say", as_="Marit", channel=CHANNEL, text="@Pitstop start")
    assert len(stage.app.heard) == before


async def test_what_is_new_is_counted_until_it_is_read(stage: Stage) -> None:
    async def unread() -> int:
        return int((await stage.state("Sanne"))["me"]["unread"])

    await stage.show()
    await stage.show(CHANNEL)
    assert await unread() == 2
    await stage.act("read", as_="Sanne", channel="a:1sanne")
    assert await unread() == 1
    await stage.act("say", as_="Sanne", channel=CHANNEL, text="Seen")
    assert await unread() == 0


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"client": "web"}, {"text": "one\ntwo", "textFormat": "plain"}),
        ({"client": "mobile"}, {"text": "one\r\ntwo", "textFormat": "plain"}),
        ({"client": "marked"}, {"text": "<p>one</p>\n<p>two</p>", "textFormat": "xml"}),
    ],
)
async def test_each_client_hands_words_on_in_its_own_shape(stage: Stage, how: Any, told: Any) -> None:
    await stage.act("say", as_="Sanne", channel="a:1sanne", text="one\ntwo", **how)
    (heard,) = stage.app.heard
    assert {name: heard[name] for name in told} == told
    person = person_id("Sanne")
    assert heard["from"]["aadObjectId"] == (person.upper() if how["client"] == "mobile" else person)


async def test_an_older_client_tells_less_of_people_and_mentions(stage: Stage) -> None:
    await stage.act("say", as_="Sanne", channel="a:1sanne", text="@Pitstop help", client="older")
    (heard,) = stage.app.heard
    assert "aadObjectId" not in heard["from"]
    assert [sorted(each) for each in heard["entities"] if each["type"] == "mention"] == [["mentioned", "type"]]


@pytest.mark.parametrize("carried", ["copy", "marked", "message", "reference"])
async def test_somebody_elses_words_come_in_four_ways(stage: Stage, carried: str) -> None:
    await stage.act("say", as_="Sanne", channel="a:1sanne", text="mine", others="theirs", carried=carried)
    (heard,) = stage.app.heard
    assert ("theirs" in json.dumps(heard)) is (carried != "reference")
    assert "mine" in json.dumps(heard)


@pytest.mark.parametrize(("tells", "has_text", "copies"), [("copy", False, 1), ("absent", False, 0)])
async def test_an_edit_may_tell_less_than_all_of_the_words(
    stage: Stage, tells: str, has_text: bool, copies: int
) -> None:
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="one")
    await stage.act("edit", as_="Sanne", channel="a:1sanne", id=said["id"], text="two", tells=tells)
    edited = stage.app.heard[-1]
    assert ("text" in edited, edited.get("text"), len(edited.get("attachments", []))) == (has_text, None, copies)
