from typing import Any

import pytest

from bot.chat.teams.incoming.guard import in_shape, matters
from tests.chat.teams.incoming.test_parse import CASES, message


def _numbered(_: object) -> None:
    """Let pytest number what is too long for a name."""


def nested(depth: int) -> dict[str, Any]:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return message(value={"deep": value})


@pytest.mark.parametrize("activity", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_what_teams_sends_is_in_shape(activity: dict[str, Any]) -> None:
    assert in_shape(activity)


@pytest.mark.parametrize(
    "activity",
    [
        {},
        message(type=None),
        message(type=""),
        message(type=7),
        message(channelId=None),
        message(serviceUrl=None),
        message(serviceUrl=["x"]),
        message(conversation="a:1"),
        message(conversation={"id": 7}),
        message(conversation={"id": "a:1", "tenantId": {}}),
        message(**{"from": []}),
        message(**{"from": {"id": 7}}),
        message(channelData=[]),
        message(channelData={"tenant": {"id": 1}}),
        message(entities={}),
        message(entities=[None]),
        message(entities=[{"type": "mention", "mentioned": "28:1"}]),
        message(attachments=["x"]),
        message(attachments=[{"contentType": 7}]),
        message(text=["x"]),
        message(text={}),
        message(replyToId=1),
        nested(64),
        nested(100_000),
    ],
    ids=_numbered,
)
def test_what_is_not_of_its_kind_is_not_in_shape(activity: dict[str, Any]) -> None:
    assert not in_shape(activity)


@pytest.mark.parametrize(
    "activity",
    [
        message(**{"from": None}),
        message(text=None, entities=None, attachments=None, channelData=None),
        message(value={"type": 7, "from": "x", "conversation": []}),  # what cards carry is theirs
        message(value="x"),
        nested(60),
        message(type="somethingNew", whatever=[[]]),
    ],
    ids=_numbered,
)
def test_what_is_absent_or_unknown_is_in_shape(activity: dict[str, Any]) -> None:
    assert in_shape(activity)


@pytest.mark.parametrize(
    ("kind", "is_ours"),
    [
        ("message", True),
        ("invoke", True),
        ("installationUpdate", True),
        ("messageUpdate", True),
        ("messageDelete", True),
        ("conversationUpdate", False),
        ("typing", False),
        ("messageReaction", False),
        ("event", False),
        ("endOfConversation", False),
        ("somethingNew", False),
    ],
)
def test_only_some_kinds_mean_something(kind: str, is_ours: bool) -> None:
    assert matters(message(type=kind)) is is_ours
