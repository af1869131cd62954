from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from microsoft_teams.cards import AdaptiveCard

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
from bot.chat.teams.rendering import fields, render
from bot.coaching.language import Markdown
from bot.practice.teams.cards.check import problems
from bot.practice.teams.cards.inputs import values as sent_along
from tests.chat.both import TWO
from tests.chat.teams.rendering.test_render import LARGEST, size

Json = dict[str, Any]

PLAN: tuple[FormPart, ...] = (
    Heading("Your plan"),
    TextField(id="if", label="If", value="Monday", hint="When?"),
    TextField(id="then", label="Then", multiline=True, required=False),
    ChecksField(id="who", label="With", options=TWO, chosen=("a",), required=False),
)


def looked_at(card: Json) -> Json:
    """Return a card, after Teams' own rules and the SDK's models have looked at it."""
    assert problems(card) == []
    AdaptiveCard.model_validate(card)
    assert size(render.activity(card, "Plan")) <= LARGEST
    return card


def form(*parts: FormPart, title: str = "Plan", submit: str | None = "Save", subject: str = "n1") -> Json:
    made = Form(id="plan.make", subject=subject, title=title, submit=submit, close="Cancel", parts=parts)
    return looked_at(fields.form(made))


def inputs(card: Json) -> dict[str, Json]:
    return {each["id"]: each for each in card["body"] if each["type"].startswith("Input.")}


def ours(card: Json) -> Json:
    """Return what the sending button carries."""
    carried: Json = card["actions"][0]["data"]["pitstop"]
    return carried


def element(field: Field) -> Json:
    return inputs(form(field))["f"]


def test_a_form_carries_its_name_and_its_subject() -> None:
    carried = ours(form(TextField(id="if", label="If"), subject="n42"))
    assert (carried["form"], carried["subject"], carried["title"]) == ("plan.make", "n42", "Plan")


def test_a_form_is_sent_in_or_put_away() -> None:
    send, close = form(TextField(id="if", label="If"))["actions"]
    assert (send["title"], send["verb"], send["style"], send["associatedInputs"]) == (
        "Save",
        "plan.make",
        "positive",
        "auto",
    )
    assert send["fallback"]["data"] == send["data"]
    assert (close["title"], close["verb"], close["associatedInputs"]) == ("Cancel", "form.close", "none")
    assert close["data"] == {"pitstop": {"button": "form.close", "value": "Plan"}}


def test_a_field_answers_under_its_own_id() -> None:
    body = form(TextField(id="if", label="If", hint="When?"))["body"]
    assert body[1] == {
        "type": "Input.Text",
        "id": "if",
        "label": "If",
        "isRequired": True,
        "errorMessage": "⚠ If",
        "maxLength": 3000,
    }
    assert body[2]["inlines"][0]["text"] == "When?"


def test_a_field_that_is_left_empty_says_what_to_do() -> None:
    told = element(TextField(id="f", label="If", missing="Which moment is it?"))
    assert told["errorMessage"] == "Which moment is it?"


FIELDS = [
    (
        TextField(id="f", label="F", value="x", placeholder="p", multiline=True, longest=200, required=False),
        {"type": "Input.Text", "isMultiline": True, "maxLength": 200, "value": "x", "placeholder": "p"},
    ),
    (RadioField(id="f", label="F", options=TWO, chosen="b"), {"style": "expanded", "value": "b"}),
    (SelectField(id="f", label="F", options=TWO, chosen="a"), {"style": "compact", "value": "a"}),
    (ChecksField(id="f", label="F", options=TWO, chosen=("b", "a")), {"isMultiSelect": True, "value": "a,b"}),
    (DateField(id="f", label="F", value=date(2026, 12, 1)), {"type": "Input.Date", "value": "2026-12-01"}),
    (DateField(id="f", label="F"), {"type": "Input.Date"}),
    (TimeField(id="f", label="F", value=time(0, 0)), {"type": "Input.Time", "value": "00:00"}),
    (TimeField(id="f", label="F"), {"type": "Input.Time"}),
    (
        PeopleField(id="f", label="F", chosen=("p1", "p2", "p3"), most=2),
        {
            "type": "Input.ChoiceSet",
            "isMultiSelect": True,
            "value": "p1,p2",
            "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
        },
    ),
]


@pytest.mark.parametrize(("field", "expected"), FIELDS)
def test_each_field_has_its_input(field: Field, expected: Json) -> None:
    assert expected.items() <= element(field).items()


@pytest.mark.parametrize(
    "field", [RadioField(id="f", label="F", options=TWO), SelectField(id="f", label="F", options=TWO, chosen="gone")]
)
def test_nothing_is_preselected_unasked(field: Field) -> None:
    assert "value" not in element(field)


def test_a_value_stands_once_in_a_menu() -> None:
    twice = (Option(value="a", label="First"), Option(value="a", label="Second"))
    assert [each["title"] for each in element(SelectField(id="f", label="F", options=twice))["choices"]] == ["First"]


def test_of_two_fields_of_one_name_the_first_is_shown() -> None:
    """Teams refuses the whole form otherwise."""
    body = form(TextField(id="f", label="First"), TextField(id="f", label="Second"))["body"]
    assert [each.get("label") for each in body] == [None, "First"]


def test_a_page_may_only_show() -> None:
    card = form(Heading("Why"), Body(Markdown("words")), Quote("x"), Line(), Note(Markdown("n")), submit=None)
    assert [action["verb"] for action in card["actions"]] == ["form.close"]
    assert [each["type"] for each in card["body"]] == ["TextBlock", "TextBlock", "TextBlock", "Container", "TextBlock"]


# --- what is wrong, and what was typed


def test_each_error_stands_above_its_field() -> None:
    card = looked_at(fields.again(ours(form(*PLAN)), {"then": "Say what.", "else": "No."}, {"if": "Monday"}))
    words = [each["inlines"][0]["text"] if each["type"] == "RichTextBlock" else each.get("id") for each in card["body"]]
    assert words == [None, "No.", None, "if", "When?", "Say what.", "then", "who"]
    assert card["body"][5]["inlines"][0]["color"] == "Attention"


def test_what_was_emptied_stays_empty() -> None:
    shown = inputs(fields.again(ours(form(*PLAN)), {}, {"then": "Tea"}))
    assert "value" not in shown["if"]
    assert "value" not in shown["who"]
    assert shown["then"]["value"] == "Tea"


def test_what_is_wrong_far_above_the_buttons_is_said_there_once_more() -> None:
    body = [{"type": "Input.Text", "id": name, "label": f"The {name}"} for name in ("zone", "a", "b", "c")]
    shown = fields.with_errors(body, {"zone": "Which?", "a": "No."}, {})
    assert [each["inlines"][0]["text"] for each in shown if "inlines" in each] == ["Which?", "No.", "The zone: Which?"]
    assert shown[-1]["inlines"][0]["text"] == "The zone: Which?"


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("Input.Date", "04/12/2026", None),
        ("Input.Date", "2026-12-04", "2026-12-04"),
        ("Input.Time", "noon", None),
        ("Input.Time", "10:00", "10:00"),
        ("Input.Text", "noon", "noon"),
    ],
)
def test_no_card_comes_back_with_a_day_or_an_hour_that_teams_refuses(kind: str, typed: str, shown: str | None) -> None:
    [field] = fields.with_errors([{"type": kind, "id": "x"}], {}, {"x": typed})
    assert field.get("value") == shown


def test_what_an_input_began_with_gives_way_to_what_was_typed() -> None:
    began = [{"type": "Input.Text", "id": "if", "value": "Monday"}, {"type": "TextBlock", "text": "x"}]
    assert fields.with_errors(began, {}, {}) == [{"type": "Input.Text", "id": "if"}, {"type": "TextBlock", "text": "x"}]


def test_a_form_that_comes_back_can_be_sent_in_again() -> None:
    first = form(*PLAN)
    again = looked_at(fields.again(ours(first), {"if": "When?"}, {"then": "x"}))
    assert again["actions"] == first["actions"]
    assert fields.again(ours(again), {}, {"if": "Tuesday"}) == fields.again(ours(first), {}, {"if": "Tuesday"})


TYPED = st.fixed_dictionaries(
    {},
    optional={
        "if": st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        "then": st.text(min_size=1, max_size=5).map(lambda text: text * 600),
        "who": st.sampled_from([("a",), ("b",), ("a", "b")]),
    },
)


@given(TYPED, st.dictionaries(st.sampled_from(["if", "then", "who", "else"]), st.text()))
@settings(max_examples=200, deadline=None)
def test_everything_typed_is_kept(typed: dict[str, str | tuple[str, ...]], errors: dict[str, str]) -> None:
    card = looked_at(fields.again(ours(form(*PLAN)), errors, typed))
    expected = {name: ",".join(given) if isinstance(given, tuple) else given for name, given in typed.items()}
    kept = {name: value for name, value in sent_along(inputs(card).values(), {}).items() if value}
    assert kept == expected


@pytest.mark.parametrize("body", [None, "x", 7, {}, [None, "x", {"type": 3, "id": []}, {"type": "Input.Text"}]])
def test_a_forged_form_is_only_less_of_a_form(body: object) -> None:
    carried = {"form": "plan.make", "title": "Plan", "submit": "Save", "close": "Cancel", "body": body}
    card = fields.again(carried, {"if": "No."}, {"if": "x"})
    assert card["body"][1]["inlines"][0]["text"] == "No."


def test_an_answered_form_leaves_one_small_line() -> None:
    card = looked_at(fields.closed("Plan", "✓"))
    (line,) = card["body"]
    assert line["inlines"] == [{"type": "TextRun", "text": "Plan ✓", "size": "Small", "isSubtle": True}]
    assert "actions" not in card


# --- lengths


def test_no_length_is_refused() -> None:
    long = "long 🏁 " * 5_000
    parts: list[FormPart] = [TextField(id=f"f{n}", label=str(n)) for n in range(120)]
    parts[0] = TextField(id="long", label=long, hint=long, placeholder=long, value=long, longest=9_999)
    card = form(Quote(long), *parts, Quote(long), title=long, submit=long)
    assert len(inputs(card)) == 120


def test_quotes_get_shorter_and_then_the_end_is_left_out() -> None:
    many = tuple(Option(value=f"v{n}", label="x" * 75) for n in range(100))
    card = form(*[Quote("q" * 9_000), *[SelectField(id=f"f{n}", label="F", options=many) for n in range(30)]])
    assert 1 <= len(inputs(card)) < 30
    assert [action["verb"] for action in card["actions"]] == ["plan.make", "form.close"]


def test_what_was_typed_has_room_where_the_form_alone_had_just_enough() -> None:
    many = tuple(Option(value=f"v{n}", label="x" * 60) for n in range(100))
    texts: list[FormPart] = [TextField(id=f"t{n}", label="T", required=False) for n in range(4)]
    card = form(*texts, SelectField(id="s", label="S", options=many), submit="Save")
    typed: dict[str, str | tuple[str, ...]] = {f"t{n}": "w" * 3_000 for n in range(4)}
    again = looked_at(fields.again(ours(card), {"t0": "No."}, typed))
    assert [inputs(again)[f"t{n}"]["value"] for n in range(4)] == ["w" * 3_000] * 4
    assert ours(again)["body"]
