"""A file is offered, taken, uploaded once, and handed over."""

from typing import Any

import pytest

from bot.practice.faults import Fault
from tests.practice.teams.staging import Json, Refused, Stage, attachment, message, staged

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
OFFER = {
    "description": "Everything we keep",
    "sizeInBytes": 5,
    "acceptContext": {"key": "k1"},
    "declineContext": {"key": "k1", "no": True},
}


async def offered(stage: Stage) -> str:
    sent = attachment(CONSENT, OFFER, name="my-data.json")
    return (await stage.api().conversations.create_activity("a:1sanne", sent)).id


def about(name: str, **more: Any) -> Json:
    return {"as_": "Sanne", "channel": "a:1sanne", "id": name, **more}


async def put(stage: Stage, address: str, content: bytes = b"12345", span: str = "bytes 0-4/5") -> int:
    async with stage.session.put(address, data=content, headers={"Content-Range": span}) as response:
        return response.status


async def test_an_accepted_file_is_uploaded_once_and_can_be_read(stage: Stage) -> None:
    name = await offered(stage)
    (shown,) = await stage.messages()
    assert shown["file"] == {
        "kind": "consent",
        "name": "my-data.json",
        "about": "Everything we keep",
        "size": 5,
        "state": "asked",
    }
    await stage.act("accept_file", **about(name))
    heard = stage.app.last
    assert (heard["name"], heard["replyToId"]) == ("fileConsent/invoke", name)
    value = heard["value"]
    assert (value["type"], value["action"], value["context"]) == ("fileUpload", "accept", {"key": "k1"})
    upload = value["uploadInfo"]
    assert (upload["name"], upload["fileType"]) == ("my-data.json", "json")
    assert await put(stage, upload["uploadUrl"], span="bytes 0-3/5") == 400
    assert await put(stage, upload["uploadUrl"]) == 201
    assert await put(stage, upload["uploadUrl"]) == 404
    async with stage.session.get(upload["contentUrl"]) as response:
        assert await response.read() == b"12345"
        assert "my-data.json" in response.headers["Content-Disposition"]
    info = {"uniqueId": upload["uniqueId"], "fileType": "json"}
    handed = attachment(INFO, info, name="my-data.json", content_url=upload["contentUrl"])
    await stage.api().conversations.update_activity("a:1sanne", name, handed)
    (shown,) = await stage.messages()
    assert shown["file"] == {"kind": "info", "name": "my-data.json", "url": upload["contentUrl"]}


async def test_a_declined_file_leaves_nothing(stage: Stage) -> None:
    name = await offered(stage)
    await stage.act("decline_file", **about(name))
    value = stage.app.last["value"]
    assert (value["action"], value["context"], "uploadInfo" in value) == ("decline", OFFER["declineContext"], False)
    assert stage.practice.world.files == {}
    assert (await stage.messages())[0]["file"]["state"] == "declined"


async def test_an_offer_is_answered_once(stage: Stage) -> None:
    name = await offered(stage)
    await stage.act("accept_file", **about(name))
    with pytest.raises(Refused) as refused:
        await stage.act("decline_file", **about(name))
    assert refused.value.error == "already_answered"
    await stage.act("accept_file", **about(name, forged=True))
    assert len(stage.app.heard) == 2
    words = await stage.api().conversations.create_activity("a:1sanne", message(text="Hi"))
    with pytest.raises(Refused) as refused:
        await stage.act("accept_file", **about(words.id))
    assert refused.value.error == "file_not_found"


async def test_what_was_never_accepted_cannot_be_uploaded_or_read(stage: Stage) -> None:
    assert await put(stage, f"{stage.url}/practice/teams/upload/x") == 404
    async with stage.session.get(f"{stage.url}/practice/teams/file/x") as response:
        assert response.status == 404


async def test_an_upload_can_fail() -> None:
    def find(method: str, arguments: object) -> Fault | None:
        return Fault(status=503) if method == "upload" else None

    async with staged(faults=find) as stage:
        await stage.act("accept_file", **about(await offered(stage)))
        assert await put(stage, stage.app.last["value"]["uploadInfo"]["uploadUrl"]) == 503
        assert not any(file.is_there for file in stage.practice.world.files.values())
