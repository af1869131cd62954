from datetime import date, time
from typing import Any

import pytest

from bot.chat.port import (
    Body,
    ChecksField,
    DateField,
    Field,
    Form,
    FormPart,
    Heading,
    Line,
    Note,
    Option,
    PeopleField,
    Quote,
    RadioField,
    SelectField,
    TextField,
    TimeField,
)
from bot.chat.slack.rendering import render
from bot.coaching.language import Markdown
from bot.practice.slack.blocks import view_body
from tests.chat.both import TWO

Json = dict[str, Any]

MANY = tuple(Option(value=str(n), label=str(n)) for n in range(11))


def modal(*parts: FormPart, title: str = "Plan", submit: str | None = "Save", subject: str = "n1") -> Json:
    """Render, and let the practice Slack look at it."""
    form = Form(id="plan.make", subject=subject, title=title, submit=submit, close="Cancel", parts=parts)
    view = render.modal(form)
    return view_body(view, kind="modal")


def element(field: Field) -> Json:
    return modal(field)["blocks"][0]["element"]


def test_a_form_carries_its_name_and_its_subject() -> None:
    view = modal(TextField(id="if", label="If"), subject="n42")
    assert (view["callback_id"], view["private_metadata"], view["notify_on_close"]) == ("plan.make", "n42", False)


def test_a_field_answers_under_its_own_id() -> None:
    block = modal(TextField(id="if", label="If", hint="When?", required=False))["blocks"][0]
    assert (block["block_id"], block["element"]["action_id"]) == ("if", "if")
    assert (block["label"]["text"], block["hint"]["text"], block["optional"]) == ("If", "When?", True)


FIELDS = [
    (
        TextField(id="f", label="F", value="x", placeholder="p", multiline=True, longest=200),
        {"type": "plain_text_input", "multiline": True, "max_length": 200, "initial_value": "x"},
    ),
    (RadioField(id="f", label="F", options=TWO, chosen="b"), {"type": "radio_buttons"}),
    (RadioField(id="f", label="F", options=MANY), {"type": "static_select"}),  # Slack shows at most ten
    (SelectField(id="f", label="F", options=MANY, chosen="3"), {"type": "static_select"}),
    (ChecksField(id="f", label="F", options=TWO, chosen=("a", "b")), {"type": "checkboxes"}),
    (ChecksField(id="f", label="F", options=MANY, chosen=("3",)), {"type": "multi_static_select"}),
    (DateField(id="f", label="F", value=date(2026, 12, 1)), {"type": "datepicker", "initial_date": "2026-12-01"}),
    (DateField(id="f", label="F"), {"type": "datepicker"}),
    (TimeField(id="f", label="F", value=time(0, 0)), {"type": "timepicker", "initial_time": "00:00"}),
    (TimeField(id="f", label="F"), {"type": "timepicker"}),
    (
        PeopleField(id="f", label="F", chosen=("U1",), most=3),
        {"type": "multi_users_select", "initial_users": ["U1"], "max_selected_items": 3},
    ),
]


@pytest.mark.parametrize(("field", "expected"), FIELDS)
def test_each_field_has_its_input(field: Field, expected: Json) -> None:
    assert expected.items() <= element(field).items()


@pytest.mark.parametrize(
    "field", [RadioField(id="f", label="F", options=TWO), SelectField(id="f", label="F", options=TWO, chosen="gone")]
)
def test_nothing_is_preselected_unasked(field: Field) -> None:
    assert "initial_option" not in element(field)


def test_what_was_chosen_is_chosen() -> None:
    assert element(RadioField(id="f", label="F", options=TWO, chosen="b"))["initial_option"]["value"] == "b"
    chosen = element(ChecksField(id="f", label="F", options=TWO, chosen=("b",)))["initial_options"]
    assert [option["value"] for option in chosen] == ["b"]


def test_a_value_stands_once_in_a_menu() -> None:
    """Slack refuses the whole form otherwise."""
    twice = (Option(value="a", label="First"), Option(value="a", label="Second"))
    options = element(SelectField(id="f", label="F", options=twice))["options"]
    assert [option["text"]["text"] for option in options] == ["First"]


def test_a_page_may_only_show() -> None:
    view = modal(
        Heading("Why"),
        Body(Markdown("words")),
        Quote("x"),
        Line(),
        Note(Markdown("n")),
        submit=None,
    )
    assert "submit" not in view
    assert [block["type"] for block in view["blocks"]] == ["header", "section", "rich_text", "divider", "context"]


def test_no_length_is_refused() -> None:
    long = "long " * 5_000
    fields = [TextField(id=f"f{n}", label=str(n)) for n in range(120)]
    fields[0] = TextField(id="long", label=long, hint=long, placeholder=long, value=long, longest=9_999)
    view = modal(*fields, title=long)
    assert len(view["blocks"]) == 100
    assert len(view["title"]["text"]) <= 24
