"""A form's questions in a message: as blocks that Slack takes, and as what comes back when they are sent in."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.chat.port import (
    CANCEL,
    Asking,
    Body,
    ChecksField,
    DateField,
    Form,
    FormPart,
    MessageRef,
    Note,
    Option,
    PeopleField,
    Press,
    Quote,
    RadioField,
    SelectField,
    Submitted,
    TextField,
    TimeField,
)
from bot.chat.slack.incoming.parse import parse
from bot.chat.slack.rendering import render
from bot.coaching.language import Markdown
from bot.practice.slack.blocks import message_blocks
from tests.chat.slack.incoming.test_parse import press

AT = datetime(2026, 1, 13, 10, 0, tzinfo=UTC)
SCOPES = (Option("private", "Only me"), Option("coach", "My coach too"))
MANY = tuple(Option(str(number), f"No. {number}") for number in range(11))
PARTS: tuple[FormPart, ...] = (
    Body(Markdown("Make it *small*.")),
    TextField(id="first", label="If", value="it rains", longest=500),
    RadioField(id="scope", label="Who reads it", options=SCOPES, chosen="coach"),
    SelectField(id="pick", label="Which", options=MANY),
    ChecksField(id="share", label="Share", options=SCOPES[:1], required=False),
    DateField(id="day", label="Day", value=date(2026, 1, 14)),
    TimeField(id="hour", label="Hour", value=time(9, 30)),
    PeopleField(id="who", label="Coach", chosen=("U1",)),
    Note(Markdown("Only you see this.")),
)
FORM = Form(id="plan.make", opening="o" * 32, subject="n1:2", title="Plan", submit="Save", close="Cancel", parts=PARTS)
ABOVE = Asking(fallback="Hello", parts=(Body(Markdown("One small thing.")),), key="n1", form=FORM)

Json = dict[str, Any]


def blocks(message: Asking = ABOVE) -> list[Json]:
    """Render, and let the practice Slack, which refuses what Slack refuses, look at it."""
    return list(message_blocks(render.message(message).blocks))


def kinds(shown: list[Json]) -> list[str]:
    return [block["element"]["type"] if block["type"] == "input" else block["type"] for block in shown]


def sent(shown: list[Json], values: Json, *, which: int = 0, **changes: Any) -> Json:
    """Return the press on the first or second button below the questions, with what stands in the fields."""
    button = shown[-1]["elements"][which]
    action = {**button, "block_id": shown[-1]["block_id"], "action_ts": "1"}
    fields = {each["element"]["action_id"]: each["block_id"] for each in shown if each["type"] == "input"}
    state = {fields[name]: {name: value} for name, value in values.items()}
    return press(actions=[action], state={"values": state}, **changes)


def test_the_questions_stand_below_the_messages_own_parts() -> None:
    assert kinds(blocks()) == [
        *("section", "divider", "header", "section", "plain_text_input", "radio_buttons", "static_select"),
        *("checkboxes", "datepicker", "timepicker", "multi_users_select", "context", "actions"),
    ]
    assert render.carries({"blocks": blocks()}, "n1")
    assert render.message(ABOVE).metadata is not None


def test_two_buttons_send_and_cancel() -> None:
    buttons = blocks()[-1]["elements"]
    assert [each["text"]["text"] for each in buttons] == ["Save", "Cancel"]
    assert [each["action_id"] for each in buttons] == ["form.send", "form.cancel"]


def test_what_is_wrong_stands_right_below_its_field() -> None:
    shown = blocks(replace(ABOVE, round=1, errors=(("first", "Say <!more>."), ("gone", "It moved on."))))
    place = kinds(shown).index("plain_text_input")
    assert shown[place + 1]["elements"] == [{"type": "plain_text", "text": "⚠️ Say <!more>.", "emoji": True}]
    assert "It moved on." in json.dumps(shown[-2], ensure_ascii=False)


def test_a_field_keeps_its_name_while_it_is_filled_from_the_same() -> None:
    """Slack keeps what was typed into an input as long as block and action keep their ids."""

    def names(message: Asking) -> list[str]:
        return [each["block_id"] for each in blocks(message) if each["type"] == "input"]

    assert names(replace(ABOVE, round=3, errors=(("first", "No."),))) == names(ABOVE)
    for other in (replace(FORM, subject="n1:3"), replace(FORM, opening="p" * 32)):
        assert not set(names(replace(ABOVE, form=other))) & set(names(ABOVE))


def test_however_much_is_said_the_questions_are_whole() -> None:
    form = replace(FORM, parts=(*PARTS, *(TextField(id=f"t{n}", label="More", value="x" * 3_000) for n in range(3))))
    shown = blocks(replace(ABOVE, parts=(Quote("x" * 50_000), *[Body(Markdown("word " * 500))] * 60), form=form))
    assert kinds(shown).count("plain_text_input") == 4
    assert kinds(shown)[-1] == "actions"


VALUES = {
    "first": {"type": "plain_text_input", "value": " it pours <!channel>\0 "},
    "scope": {"type": "radio_buttons", "selected_option": {"value": "private", "text": {}}},
    "pick": {"type": "static_select", "selected_option": None},
    "share": {"type": "checkboxes", "selected_options": [{"value": "private"}]},
    "day": {"type": "datepicker", "selected_date": "2026-01-15"},
    "hour": {"type": "timepicker", "selected_time": "09:30"},
    "who": {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
}


def test_sent_in_it_is_a_form_that_knows_where_it_was_asked() -> None:
    incoming = parse(sent(blocks(), VALUES), workspace="w1", at=AT)
    assert isinstance(incoming, Submitted)
    assert (incoming.form, incoming.subject, incoming.opening) == ("plan.make", "n1:2", "o" * 32)
    assert incoming.ref == MessageRef(workspace="w1", conversation="D1", message="1790000000.000200")
    assert incoming.route == "https://hooks.slack.com/actions/T1/1/x"
    assert (incoming.person, incoming.at, incoming.trigger) == ("U1", AT, "11.22.33")
    assert incoming.values == {
        "first": "it pours <!channel>",
        "scope": "private",
        "share": ("private",),
        "day": "2026-01-15",
        "hour": "09:30",
        "who": ("U1", "U2"),
    }


def test_the_same_values_sent_twice_are_one_until_they_were_refused() -> None:
    def name(shown: list[Json], values: Json, **changes: Any) -> str:
        incoming = parse(sent(shown, values, **changes), workspace="w1", at=AT)
        assert incoming is not None
        return incoming.event_id

    once = name(blocks(), VALUES)
    assert name(blocks(), VALUES, trigger_id="44.55.66") == once
    assert name(blocks(), {**VALUES, "day": {"type": "datepicker", "selected_date": "2026-01-16"}}) != once
    assert name(blocks(replace(ABOVE, round=1)), VALUES) != once


def test_canceled_it_is_a_press() -> None:
    incoming = parse(sent(blocks(), VALUES, which=1), workspace="w1", at=AT)
    assert isinstance(incoming, Press)
    assert (incoming.button, incoming.value) == (CANCEL, "o" * 32)


@pytest.mark.parametrize(
    "changes",
    [
        {"container": {"type": "message", "message_ts": "1.2", "channel_id": "D1", "is_ephemeral": True}},
        {"container": {}, "message": {}, "channel": {}},
        {"actions": [{"type": "button", "action_id": "form.send", "block_id": "b", "value": "plan.make o1"}]},
        {"actions": [{"type": "button", "action_id": "form.send", "block_id": "b"}]},
    ],
)
def test_what_no_message_of_ours_asks_means_nothing(changes: Json) -> None:
    assert parse({**sent(blocks(), VALUES), **changes}, workspace="w1", at=AT) is None
