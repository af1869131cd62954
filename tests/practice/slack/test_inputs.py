"""What stands in the fields of a message or view."""

from typing import Any

import pytest

from bot.practice.slack.inputs import action, missing, values
from tests.practice.staging import actions, button, field, option

Json = dict[str, Any]

OPTIONS = {"options": [option("a"), option("b")]}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        ({"type": "plain_text_input"}, {"value": None}),
        ({"type": "static_select", **OPTIONS, "initial_option": option("a")}, {"selected_option": option("a")}),
        ({"type": "radio_buttons", **OPTIONS}, {"selected_option": None}),
        ({"type": "checkboxes", **OPTIONS, "initial_options": [option("b")]}, {"selected_options": [option("b")]}),
        ({"type": "checkboxes", **OPTIONS}, {"selected_options": []}),
        ({"type": "datepicker", "initial_date": "2026-11-24"}, {"selected_date": "2026-11-24"}),
        ({"type": "timepicker"}, {"selected_time": None}),
        ({"type": "datetimepicker", "initial_date_time": 1700000000}, {"selected_date_time": 1700000000}),
        ({"type": "users_select", "initial_user": "U1"}, {"selected_user": "U1"}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "multi_users_select"}, {"selected_users": []}),
        ({"type": "conversations_select"}, {"selected_conversation": None}),
    ],
)
def test_a_field_begins_with_what_the_app_put_there(element: Json, value: Json) -> None:
    assert values([field("f", element)], {}) == {"f": {"f": {"type": element["type"], **value}}}


def test_buttons_have_no_value_of_their_own() -> None:
    assert values([actions(button())], {}) == {}


@pytest.mark.parametrize(
    ("element", "value", "done"),
    [
        ({"type": "static_select", **OPTIONS}, "b", {"selected_option": option("b")}),
        ({"type": "overflow", **OPTIONS}, "a", {"selected_option": option("a")}),
        ({"type": "datepicker"}, "2026-11-24", {"selected_date": "2026-11-24"}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        (None, "n1", {"type": "button", "value": "n1"}),  # not there any more
    ],
)
def test_an_action_says_what_was_chosen(element: Json | None, value: str, done: Json) -> None:
    found = action({"block_id": "row"}, element, action_id="a", value=value, state={})
    kind = {"type": element["type"]} if element else {}
    assert found == {"block_id": "row", "action_id": "a", **kind, **done}


@pytest.mark.parametrize(
    ("more", "typed", "reason"),
    [
        ({}, "", "practice-required"),
        ({"max_length": 3}, "four", "practice-too-long"),
        ({}, "x" * 3001, "practice-too-long"),
        ({"min_length": 3}, "hi", "practice-too-short"),
        ({}, "fine", None),
    ],
)
def test_slack_holds_back_what_does_not_fit(more: Json, typed: str, reason: str | None) -> None:
    blocks = [field("why", {"type": "plain_text_input", **more})]
    filled = values(blocks, {"why": {"why": {"value": typed}}})
    assert list(missing(blocks, filled)) == ([("why", reason)] if reason else [])
