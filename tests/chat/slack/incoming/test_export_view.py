"""What a person did is told in their own words; what Slack sends along is not."""

import json
from typing import Any

import pytest

from bot.chat.slack.incoming.export_view import export_view

SLACKS = {
    "token": "SECRET",
    "trigger_id": "SECRET",
    "response_url": "https://hooks.slack.com/SECRET",
    "team_id": "SECRET",
    "user": {"id": "SECRET"},
    "user_id": "SECRET",
}


def event(**values: Any) -> dict[str, Any]:
    """Return something that happened in a direct conversation."""
    return {
        **SLACKS,
        "type": "event_callback",
        "event_id": "SECRET",
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": "SECRET",
            "user": "SECRET",
            "ts": "1.5",
            **values,
        },
    }


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (event(text="I asked Wim"), {"did": "said", "text": "I asked Wim"}),
        (
            event(
                subtype="message_changed",
                message={"user": "SECRET", "ts": "1.5", "text": "after"},
                previous_message={"user": "SECRET", "ts": "1.5", "text": "before"},
            ),
            {"did": "edited", "text": "after"},
        ),
        (
            event(subtype="message_deleted", deleted_ts="1.5", previous_message={"user": "SECRET", "ts": "1.5"}),
            {"did": "deleted"},
        ),
        ({**SLACKS, "command": "/coach", "text": " pause friday"}, {"did": "command", "text": "pause friday"}),
        (
            {
                **SLACKS,
                "type": "block_actions",
                "actions": [{"type": "button", "action_id": "nudge.done", "value": "n1"}],
                "state": {"values": {"SECRET": {"scope": {"type": "plain_text_input", "value": "coach"}}}},
            },
            {"did": "press", "button": "nudge.done", "value": "n1", "values": {"scope": "coach"}},
        ),
        (
            {
                **SLACKS,
                "type": "view_submission",
                "view": {
                    "id": "SECRET",
                    "callback_id": "commit",
                    "private_metadata": "SECRET",
                    "state": {
                        "values": {
                            "SECRET": {
                                "first": {"type": "plain_text_input", "value": "if it is quiet"},
                                "who": {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
                            }
                        }
                    },
                },
            },
            {"did": "submitted", "form": "commit", "values": {"first": "if it is quiet", "who": ["U1", "U2"]}},
        ),
        ({**SLACKS, "type": "event_callback", "event": {"type": "app_home_opened", "tab": "home"}}, {"did": "other"}),
        ({**SLACKS, "type": "something new"}, {"did": "other"}),
    ],
)
def test_the_deed_is_told_and_nothing_of_slacks(payload: dict[str, Any], expected: dict[str, object]) -> None:
    found = export_view(json.dumps(payload))
    assert found == expected
    assert "SECRET" not in json.dumps(found)
