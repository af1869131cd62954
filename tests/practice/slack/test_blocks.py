"""What Slack would not show is refused before anybody sees it."""

from typing import Any

import pytest

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.blocks import message_blocks, view_body
from tests.practice.staging import actions, button, field, modal, option, plain, section

Json = dict[str, Any]


def radio(*values: str, **more: Any) -> Json:
    return {"type": "radio_buttons", "options": [option(value) for value in values], **more}


def chart(*labels: str, title: str = "By week", **changes: Any) -> Json:
    data = [{"label": each, "value": 5} for each in labels]
    drawn = {"type": "bar", "series": [{"name": "People", "data": data}], "axis_config": {"categories": [*labels]}}
    return {"type": "data_visualization", "title": title, "chart": drawn | changes}


GOOD = [
    [chart("Week 2", "Week 3"), chart("Week 2", type="line")],
    [section(), {"type": "divider"}, {"type": "header", "text": plain("Title")}],
    [actions(button(), {**button(action="b"), "style": "danger"})],
    [{"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]}],
    [{**section(), "accessory": button()}],
    [{"type": "section", "fields": [plain("a"), {"type": "mrkdwn", "text": "b"}]}],
    [actions({"type": "static_select", "action_id": "s", "placeholder": plain("Pick"), "options": [option("a")]})],
    [actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24"})],
    [
        field("a", {"type": "plain_text_input"}),
        field("b", {"type": "datepicker"}),
        field("c", radio("x")),
        field("d", {"type": "static_select", "options": [option("x")]}),
        field("e", {"type": "checkboxes", "options": [option("x")]}),
        field("f", {"type": "timepicker"}),
        field("g", {"type": "multi_users_select"}),
        field("h", {"type": "datetimepicker"}),
    ],
]


@pytest.mark.parametrize("blocks", GOOD)
def test_what_slack_shows_passes(blocks: list[Json]) -> None:
    assert [block["type"] for block in message_blocks(blocks)] == [block["type"] for block in blocks]


def test_missing_ids_are_filled_in() -> None:
    (block,) = message_blocks([{"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}])
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


BAD = [
    ([chart("a")] * 3, "unsupported type: data_visualization [json-pointer:/blocks/2/type]"),
    ([chart("a", title="x" * 51)], "title must have 1 to 50"),
    ([chart("a", type="pie")], "unsupported chart"),
    ([{**chart("a"), "chart": "a picture"}], "unsupported chart"),
    ([chart("a", axis_config=None)], "1 to 20 categories"),
    ([chart()], "1 to 20 categories"),
    ([chart("a", "a")], "each once"),
    ([chart(*(str(number) for number in range(21)))], "1 to 20 categories"),
    ([chart("x" * 21)], "too long"),
    ([chart("a", series=[])], "1 to 6 series"),
    ([chart("a", series=[{"name": "x" * 21, "data": [{"label": "a", "value": 1}]}])], "a name and a number"),
    ([chart("a", series=[{"name": "x", "data": [{"label": "b", "value": 1}]}])], "a name and a number"),
    ([chart("a", series=[{"name": "x", "data": [{"label": "a", "value": "1"}]}])], "a name and a number"),
    ([chart("a", series=["x"])], "a name and a number"),
    ("not a list", "must provide an array"),
    ([section()] * 51, "no more than 50 items"),
    (["words"], "unsupported type"),
    ([{"type": "section"}], "missing required field: text"),
    ([section("")], "more than 0 characters"),
    ([section("x" * 3001)], "less than 3001"),
    ([{"type": "section", "text": "words"}], "must be a plain_text or mrkdwn object"),
    ([{"type": "section", "fields": [plain("x" * 2001)]}], "less than 2001"),
    ([{"type": "section", "fields": [plain("x")] * 11}], "fields attribute cannot exceed 10"),
    ([{"type": "header", "text": plain("x" * 151)}], "cannot exceed 150"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "must be a plain_text object"),
    ([{"type": "actions", "elements": []}], "missing required field: elements"),
    ([actions(*(button(action=f"a{n}") for n in range(26)))], "no more than 25"),
    ([actions(button(), button())], "action_id already exists"),
    ([actions(button("x" * 76))], "cannot exceed 75"),
    ([actions(button(value="x" * 2001))], "cannot exceed 2000"),
    ([actions({**button(), "value": 1})], "must provide a string"),
    ([actions({**button(), "style": "loud"})], "style attribute"),
    ([actions({"type": "button", "action_id": "a"})], "missing required field"),
    ([actions({**button(), "confirm": {"title": plain("Sure?")}})], "missing required field"),
    ([actions({**button(), "confirm": "Sure?"})], "must provide an object"),
    ([actions({"type": "plain_text_input", "action_id": "a"})], "unsupported type"),
    ([actions(button(action="x" * 256))], "cannot exceed 255"),
    ([{**section(), "block_id": "x" * 256}], "cannot exceed 255"),
    ([{**section(), "block_id": "a"}, {**section(), "block_id": "a"}], "block_id already exists"),
    ([{"type": "context", "elements": [plain("a")] * 11}], "no more than 10"),
    ([{"type": "context", "elements": [button()]}], "unsupported type"),
    ([{**section(), "accessory": {"type": "poem"}}], "unsupported type"),
    ([{"type": "input", "element": {"type": "plain_text_input"}}], "missing required field"),
    ([field("a", {"type": "button"})], "unsupported type"),
    ([field("a", {"type": "plain_text_input"}, hint={"type": "mrkdwn", "text": "a"})], "plain_text object"),
    ([actions({**radio(), "action_id": "r"})], "between 1 and 10"),
    ([actions({**radio("a", "a"), "action_id": "r"})], "unique"),
    ([actions({**radio("a", initial_option=option("b")), "action_id": "r"})], "one of the options"),
    ([actions({**radio("a"), "action_id": "r", "options": [{"text": plain("x" * 76), "value": "a"}]})], "less than 76"),
    ([actions({**radio("a"), "action_id": "r", "options": [{"text": plain("x")}]})], "needs a value"),
    ([actions({**radio("a"), "action_id": "r", "options": [{**option("a"), "description": plain("x" * 76)}]})],
     "less than 76"),
    ([actions({"type": "datepicker", "action_id": "d", "initial_date": "soon"})], "YYYY-MM-DD"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "reason"), BAD)
def test_what_slack_does_not_show_is_refused_with_a_reason(blocks: Any, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        message_blocks(blocks)
    assert refused.value.error == "invalid_blocks"
    assert reason in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "kind", ["number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input"]
)
def test_some_fields_are_shown_in_views_only(kind: str) -> None:
    """As Slack's list of block elements has it: each with the surfaces on which it works."""
    element = {"type": kind, "is_decimal_allowed": False} if kind == "number_input" else {"type": kind}
    with pytest.raises(Refusal) as refused:
        message_blocks([field("a", element)])
    assert f"unsupported type: {kind}" in " ".join(refused.value.messages)
    assert view_body(modal(field("a", element)), kind="modal")["blocks"]


def test_a_message_that_is_too_long_in_all_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        message_blocks([section("x" * 2900)] * 5)
    assert refused.value.error == "msg_blocks_too_long"


def test_a_view_passes_with_its_ids_filled_in() -> None:
    body = view_body(modal(section(), field("why", {"type": "plain_text_input"})), kind="modal")
    assert all(block["block_id"] for block in body["blocks"])


BAD_VIEWS = [
    (modal(chart("a")), "unsupported type: data_visualization"),
    ("words", "must provide an object"),
    (modal(section(), type="home"), "view type must be modal"),
    (modal(section(), title=plain("x" * 25)), "between 1 and 24"),
    (modal(section(), title=None), "missing required field"),
    (modal(section(), submit=plain("x" * 25)), "submit cannot exceed 24"),
    (modal(section(), private_metadata="x" * 3001), "private_metadata cannot exceed 3000"),
    (modal(section(), callback_id="x" * 256), "callback_id cannot exceed 255"),
    (modal(), "between 1 and 100"),
    (modal(*[section()] * 101), "no more than 100"),
    (modal(field("a", {"type": "plain_text_input"}), submit=None), "`submit` is required"),
]


@pytest.mark.parametrize(("view", "reason"), BAD_VIEWS)
def test_a_view_that_slack_does_not_show_is_refused_with_a_reason(view: Any, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        view_body(view, kind="modal")
    assert refused.value.error == "invalid_arguments"
    assert reason in " ".join(refused.value.messages)


def test_a_home_has_no_buttons_of_a_form() -> None:
    with pytest.raises(Refusal):
        view_body({"type": "home", "blocks": [section()], "submit": plain("Send")}, kind="home")
