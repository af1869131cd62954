"""The real SDK's client finds what it expects, and what Teams refuses."""

import asyncio

import httpx
import pytest
from microsoft_teams.api.activities import TypingActivityInput
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models import Account
from microsoft_teams.apps.auth.token_validator import JwtValidationOptions, TokenValidator

from bot.practice.teams.keys import ISSUER
from bot.practice.teams.world import TEAM, TENANT
from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0
from tests.practice.teams.staging import (
    CHANNEL,
    CLIENT,
    TOKEN,
    Stage,
    attachment,
    card,
    message,
    person_id,
    staged,
)


def opening(who: str = "Sanne", tenant: str = TENANT) -> CreateConversationParams:
    return CreateConversationParams(members=[Account(id=person_id(who))], tenant_id=tenant)


async def refused(call: object) -> tuple[int, str]:
    """Return status and code of a refusal."""
    with pytest.raises(httpx.HTTPStatusError) as error:
        await call  # type: ignore[misc]
    response = error.value.response
    return response.status_code, response.json()["error"]["code"]


async def test_a_personal_chat_is_opened_by_object_id_and_by_account(stage: Stage) -> None:
    assert (await stage.api().conversations.create(opening())).id == "a:1sanne"
    assert (await stage.api().conversations.create(opening("29:1grace"))).id == "a:1grace"
    assert await refused(stage.api().conversations.create(opening("nobody"))) == (404, "MemberNotFoundInConversation")
    other = stage.api().conversations.create(opening(tenant="7e9a0000-0000-4000-8000-0000000000ff"))
    assert await refused(other) == (403, "NotEnoughPermissions")


async def test_a_message_is_said_changed_and_taken_away(stage: Stage) -> None:
    talk = stage.api().conversations
    sent = await talk.create_activity("a:1sanne", message(card(text="One")))
    (shown,) = await stage.messages()
    assert (shown["id"], shown["from"], shown["text"]) == (sent.id, f"28:{CLIENT}", "")
    assert shown["card"]["body"][0]["text"] == "One"
    await talk.update_activity("a:1sanne", sent.id, message(card(text="Two")))
    (shown,) = await stage.messages()
    assert (shown["card"]["body"][0]["text"], shown["edited"]) == ("Two", True)
    await talk.delete_activity("a:1sanne", sent.id)
    assert await stage.messages() == []
    assert await refused(talk.delete_activity("a:1sanne", sent.id)) == (404, "ActivityNotFoundInConversation")


async def test_a_channel_has_threads(stage: Stage) -> None:
    talk = stage.api().conversations
    root = await talk.create_activity(CHANNEL, message(text="Root"))
    thread = f"{CHANNEL};messageid={root.id}"
    await talk.create_activity(thread, message(text="Reply"))
    first, reply = await stage.messages(CHANNEL)
    assert (first["thread"], reply["thread"], reply["text"]) == (None, root.id, "Reply")
    await talk.update_activity(thread, reply["id"], message(text="Changed"))
    assert (await stage.messages(CHANNEL))[1] | {"id": ""} == reply | {"text": "Changed", "edited": True, "id": ""}
    nowhere = talk.create_activity(f"{CHANNEL};messageid=1", message(text="Lost"))
    assert await refused(nowhere) == (404, "ConversationNotFound")


async def test_words_beside_a_card_become_two_messages(stage: Stage) -> None:
    sent = await stage.api().conversations.create_activity("a:1sanne", message(card(), text="Beside"))
    words, shown = await stage.messages()
    assert (words["text"], words["card"]) == ("Beside", None)
    assert (shown["id"], shown["text"]) == (sent.id, "")


async def test_the_members_of_a_conversation_are_told(stage: Stage) -> None:
    talk = stage.api().conversations
    (sanne,) = await talk.get_members("a:1sanne")
    assert (sanne.id, sanne.aad_object_id, sanne.name) == ("29:1sanne", person_id("Sanne"), "Sanne Bakker")
    assert (await talk.get_member_by_id("a:1sanne", person_id("Sanne"))).tenant_id == TENANT
    assert len(await talk.get_members(CHANNEL)) == len((await talk.get_paged_members(CHANNEL)).members) == 6
    await stage.act("profile", as_="Iris", deleted=True)
    assert await refused(talk.get_member_by_id(CHANNEL, "29:1iris")) == (404, "MemberNotFoundInConversation")


async def test_the_team_and_its_channel_have_names(stage: Stage) -> None:
    teams = stage.api().teams
    assert (await teams.get_by_id(TEAM)).name == "Service team"
    assert [each.name for each in await teams.get_conversations(TEAM)] == ["it-managers", "service-desk"]


async def test_a_person_without_the_app_cannot_be_reached(stage: Stage) -> None:
    await stage.act("remove_app", as_="Sanne")
    talk = stage.api().conversations
    assert await refused(talk.create(opening())) == (403, "ForbiddenOperationException")
    unreached = talk.create_activity("a:1sanne", message(text="Hi"))
    assert await refused(unreached) == (403, "ForbiddenOperationException")
    await stage.act("add_app", as_="Sanne")
    assert (await talk.create(opening())).id == "a:1sanne"


async def test_a_deactivated_person_cannot_be_reached(stage: Stage) -> None:
    await stage.act("profile", as_="Sanne", deleted=True)
    unreached = stage.api().conversations.create_activity("a:1sanne", message(text="Hi"))
    assert await refused(unreached) == (403, "ForbiddenOperationException")


async def test_a_channel_without_the_bot_is_closed(stage: Stage) -> None:
    await stage.act("remove_from_team", as_="Marit")
    closed = stage.api().conversations.create_activity(CHANNEL, message(text="Hi"))
    assert await refused(closed) == (403, "BotNotInConversationRoster")


async def test_what_is_somebody_elses_cannot_be_changed(stage: Stage) -> None:
    said = await stage.act("say", as_="Sanne", channel="a:1sanne", text="Mine")
    update = stage.api().conversations.update_activity("a:1sanne", said["id"], message(text="Yours"))
    assert await refused(update) == (403, "NotEnoughPermissions")


async def test_only_the_bot_comes_in(stage: Stage) -> None:
    wrong = stage.api("something else").conversations.create_activity("a:1sanne", message(text="Hi"))
    assert await refused(wrong) == (401, "Authorization")
    address = f"{stage.service_url}v3/conversations/a:1sanne/members"
    async with stage.session.get(address) as response:
        assert response.status == 401


async def test_a_message_over_100_kilobytes_is_too_large(stage: Stage) -> None:
    talk = stage.api().conversations
    assert await refused(talk.create_activity("a:1sanne", message(text="x" * 52_000))) == (413, "MessageSizeTooBig")
    await talk.create_activity("a:1sanne", message(text="x" * 50_000))


async def test_an_empty_message_and_an_unknown_attachment_are_refused(stage: Stage) -> None:
    talk = stage.api().conversations
    assert await refused(talk.create_activity("a:1sanne", message())) == (400, "BadSyntax")
    unknown = attachment("application/x-other", {})
    assert await refused(talk.create_activity("a:1sanne", unknown)) == (400, "BadSyntax")
    bad = attachment("application/vnd.microsoft.card.adaptive", {"type": "AdaptiveCard", "version": "1.5"})
    assert await refused(talk.create_activity("a:1sanne", bad)) == (400, "BadSyntax")
    assert await stage.messages() == []


async def test_too_many_messages_have_to_wait_and_other_conversations_do_not() -> None:
    async with staged(limits=None, clock=TravelClock(T0, runs=False)) as stage:
        talk = stage.api().conversations
        for _ in range(7):
            await talk.create_activity("a:1sanne", message(text="Hi"))
        with pytest.raises(httpx.HTTPStatusError) as error:
            await talk.create_activity("a:1sanne", message(text="Hi"))
        assert error.value.response.status_code == 429
        assert error.value.response.headers["Retry-After"] == "1"
        await talk.create_activity("a:1grace", message(text="Hi"))
        assert len(await stage.messages()) == 7


async def test_the_real_validator_accepts_the_token_by_the_published_key(stage: Stage) -> None:
    async with stage.session.get(stage.practice.metadata_url) as response:
        about = await response.json()
    await stage.act("say", as_="Sanne", channel="a:1sanne", text="Hi")
    options = JwtValidationOptions([ISSUER], [CLIENT], about["jwks_uri"], service_url=stage.service_url)

    def validated() -> dict[str, object]:
        return asyncio.run(TokenValidator(options).validate_token(stage.app.tokens[-1]))

    claims = await asyncio.to_thread(validated)
    assert (about["issuer"], claims["aud"]) == (ISSUER, CLIENT)


async def test_a_thread_can_be_begun_with_its_first_message(stage: Stage) -> None:
    channel = {"channel": {"id": CHANNEL}, "tenant": {"id": TENANT}}
    params = CreateConversationParams(channel_data=channel, activity=message(text="Root"))
    begun = await stage.api().conversations.create(params)
    assert begun.id == f"{CHANNEL};messageid={begun.activity_id}"
    assert [(each["id"], each["thread"]) for each in await stage.messages(CHANNEL)] == [(begun.activity_id, None)]
    params.channel_data = {"channel": {"id": "a:1sanne"}}
    assert await refused(stage.api().conversations.create(params)) == (404, "ConversationNotFound")


async def test_a_personal_chat_can_be_opened_with_its_first_message(stage: Stage) -> None:
    params = opening()
    params.activity = message(text="Hi")
    opened = await stage.api().conversations.create(params)
    assert [each["id"] for each in await stage.messages()] == [opened.activity_id]
    params.members = []
    assert await refused(stage.api().conversations.create(params)) == (400, "BadSyntax")


async def test_typing_shows_nothing_and_a_reply_stands_like_any_message(stage: Stage) -> None:
    talk = stage.api().conversations
    await talk.create_activity("a:1sanne", TypingActivityInput())
    assert await stage.messages() == []
    name = await stage.show()
    await talk.reply_to_activity("a:1sanne", name, message(text="Below"))
    assert [each["text"] for each in await stage.messages()] == ["", "Below"]


async def test_a_team_without_the_bot_tells_nothing(stage: Stage) -> None:
    assert await refused(stage.api().teams.get_by_id("19:other@thread.tacv2")) == (404, "ConversationNotFound")
    await stage.act("remove_from_team", as_="Marit")
    assert await refused(stage.api().teams.get_by_id(TEAM)) == (403, "BotNotInConversationRoster")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),  # neither words nor a card
        (b'{"text": 3}', 400),
        (b'{"attachments": {}}', 400),
        (b'{"type": "event", "text": "Hi"}', 400),
        (b'{"attachments": [{"contentType": "application/vnd.microsoft.teams.card.file.info", "name": "x"}]}', 400),
        (b'{"text": "' + b"x" * 1_000_000 + b'"}', 413),
    ],
)
async def test_what_is_no_activity_is_refused(stage: Stage, body: bytes, status: int) -> None:
    address = f"{stage.service_url}v3/conversations/a:1sanne/activities"
    async with stage.session.post(address, data=body, headers={"Authorization": f"Bearer {TOKEN}"}) as response:
        assert response.status == status
        assert set((await response.json())["error"]) == {"code", "message"}
    assert await stage.messages() == []
