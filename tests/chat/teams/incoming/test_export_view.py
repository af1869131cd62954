"""What a person did is told in their own words; what Teams sends along is not."""

import json
from typing import Any

import pytest

from bot.chat.teams.incoming.export_view import export_view

ACTIVITY: dict[str, Any] = {
    "id": "1",
    "serviceUrl": "https://smba.trafficmanager.net/emea/",
    "from": {"id": "29:1sanne", "aadObjectId": "p1", "name": "Sanne"},
    "conversation": {"id": "a:1sanne", "conversationType": "personal"},
}
PRESSED = {"pitstop": {"button": "nudge.done", "value": "n1", "nudge": "n1"}, "log.item": "b"}
SENT_IN = {
    "pitstop": {"form": "plan.make", "subject": "n1", "body": [{"id": "who", "isMultiSelect": True}]},
    "if": "Monday",
    "who": "a,b",
}
DEEDS = [
    ({"type": "message", "text": "It went well"}, {"did": "said", "text": "It went well"}),
    ({"type": "message", "text": "leave"}, {"did": "command", "text": "leave"}),
    (
        {"type": "messageUpdate", "text": "It went", "channelData": {"eventType": "editMessage"}},
        {"did": "edited", "text": "It went"},
    ),
    ({"type": "messageDelete", "channelData": {"eventType": "softDeleteMessage"}}, {"did": "deleted"}),
    (
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": PRESSED}}},
        {"did": "press", "button": "nudge.done", "value": "n1", "values": {"log.item": "b"}},
    ),
    (
        {"type": "message", "value": SENT_IN},
        {"did": "submitted", "form": "plan.make", "values": {"if": "Monday", "who": ["a", "b"]}},
    ),
    ({"type": "installationUpdate", "action": "add"}, {"did": "other"}),
    ({"type": "typing"}, {"did": "other"}),
]


@pytest.mark.parametrize(("deed", "expected"), DEEDS)
def test_the_deed_is_told_and_nothing_of_teams(deed: dict[str, Any], expected: dict[str, object]) -> None:
    assert export_view(json.dumps({**ACTIVITY, **deed})) == expected
