"""The app comes and goes, and the bot is told as Teams tells it."""

import httpx
import pytest
from microsoft_teams.api.clients.conversation import CreateConversationParams
from microsoft_teams.api.models import Account

from bot.practice.teams.world import TEAM, TENANT
from tests.practice.teams.staging import CHANNEL, CLIENT, Stage, person_id


async def test_a_person_who_adds_the_app_brings_an_installation(stage: Stage) -> None:
    await stage.act("remove_app", as_="Sanne")
    (gone,) = stage.app.heard
    assert (gone["type"], gone["action"], gone["conversation"]["id"]) == ("installationUpdate", "remove", "a:1sanne")
    assert not (await stage.state("Sanne"))["me"]["has_app"]
    await stage.act("add_app", as_="Sanne")
    joined, added = stage.app.heard[1:]
    assert joined["type"] == "conversationUpdate"
    assert joined["membersAdded"] == [{"id": f"28:{CLIENT}", "name": "Pitstop"}]
    assert (added["type"], added["action"]) == ("installationUpdate", "add")
    assert added["conversation"]["conversationType"] == "personal"
    assert added["from"]["aadObjectId"] == person_id("Sanne")
    assert not {"localTimezone", "localTimestamp"} & set(added)
    assert (await stage.state("Sanne"))["me"]["has_app"]


async def test_adding_what_is_there_tells_nobody(stage: Stage) -> None:
    await stage.act("add_app", as_="Sanne")
    await stage.act("add_to_team", as_="Marit")
    assert stage.app.heard == []


async def test_the_team_that_lets_the_bot_in_brings_the_channel_and_its_own_name(stage: Stage) -> None:
    await stage.act("remove_from_team", as_="Marit")
    left, removed = stage.app.heard
    assert (left["channelData"]["eventType"], removed["action"]) == ("teamMemberRemoved", "remove")
    (channel, *_) = (await stage.state("Marit"))["conversations"]
    assert not channel["has_bot"]
    await stage.act("add_to_team", as_="Marit")
    entered, added = stage.app.heard[2:]
    assert entered["channelData"]["eventType"] == "teamMemberAdded"
    assert added["conversation"] | {"tenantId": ""} == {
        "isGroup": True,
        "conversationType": "channel",
        "id": CHANNEL,
        "tenantId": "",
    }
    assert (added["channelData"]["team"]["id"], added["channelData"]["team"]["name"]) == (TEAM, "Service team")
    assert added["channelData"]["settings"] == {"selectedChannel": {"id": CHANNEL}}


async def test_a_profile_changes_in_silence(stage: Stage) -> None:
    await stage.act("profile", as_="Sanne", tz="Europe/Lisbon", deleted=True)
    me = (await stage.state("Sanne"))["me"]
    assert (me["tz"], me["deleted"]) == ("Europe/Lisbon", True)
    await stage.act("profile", as_="Sanne", tz="", deleted=False)
    me = (await stage.state("Sanne"))["me"]
    assert (me["tz"], me["deleted"]) == (None, False)
    assert stage.app.heard == []


async def test_a_chat_whose_history_was_removed_is_not_there_until_somebody_begins_it(stage: Stage) -> None:
    await stage.show("a:1sanne")
    await stage.act("forget_chat", as_="Sanne")
    assert stage.app.heard == []
    assert await stage.messages("a:1sanne+1") == []
    for gone in ("a:1sanne", "a:1sanne+1"):
        with pytest.raises(httpx.HTTPStatusError) as refused:
            await stage.show(gone)
        assert refused.value.response.json()["error"]["code"] == "ConversationNotFound"
    sanne = Account(id=person_id("Sanne"))
    made = await stage.api().conversations.create(CreateConversationParams(members=[sanne], tenant_id=TENANT))
    assert made.id == "a:1sanne+1"
    await stage.show(made.id)
    await stage.act("forget_chat", as_="Sanne")
    await stage.act("say", as_="Sanne", channel="a:1sanne+2", text="Hello again")
    await stage.show("a:1sanne+2")
    assert len(await stage.messages("a:1sanne+2")) == 2
