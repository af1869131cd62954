"""A wrong card is noticed, with every reason and a pointer to where."""

from typing import Any

import pytest

from bot.practice.teams.cards.check import problems
from tests.practice.teams.staging import Json, card

GO: Json = {"type": "Action.Execute", "title": "Go", "verb": "go", "data": {}}
FIELD: Json = {"type": "Input.Text", "id": "words", "label": "Words"}

TABLE: Json = {
    "type": "Table",
    "columns": [{"width": 1}],
    "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [{"type": "TextBlock", "text": "Hi"}]}]}],
}


def showing(*elements: Json, **more: Any) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(elements), **more}


def text(words: str = "Hi", **more: Any) -> Json:
    return {"type": "TextBlock", "text": words, **more}


def choose(**more: Any) -> Json:
    choices = [{"title": "One", "value": "1"}, {"title": "Two", "value": "2"}]
    return {"type": "Input.ChoiceSet", "id": "one", "label": "One", "choices": choices, **more}


@pytest.mark.parametrize(
    "good",
    [
        card().model_dump(by_alias=True, exclude_none=True),
        showing(
            text(wrap=True, size="Small", isSubtle=True), {"type": "FactSet", "facts": [{"title": "A", "value": "b"}]}
        ),
        showing({"type": "ColumnSet", "columns": [{"type": "Column", "width": "auto", "items": [text()]}]}),
        showing(
            {"type": "Container", "style": "emphasis", "items": [text()], "selectAction": {"type": "Action.Execute"}}
        ),
        showing(choose(value="1")),
        showing(choose(value="1,2", isMultiSelect=True)),
        showing(
            {**choose(), "choices": [], "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}}
        ),
        showing(
            {"type": "Input.Date", "id": "d", "value": "2026-01-31"},
            {"type": "Input.Time", "id": "t", "value": "09:30"},
        ),
        showing({"type": "Input.Toggle", "id": "t", "title": "Sure"}, actions=[GO] * 6),
        showing(
            text(), actions=[{"type": "Action.ShowCard", "title": "More", "card": {**showing(FIELD), "actions": [GO]}}]
        ),
        showing(text(), actions=[{**GO, "fallback": {"type": "Action.Submit", "title": "Go", "data": {}}}]),
        showing({"type": "RichTextBlock", "inlines": ["a", {"type": "TextRun", "text": "b"}]}),
        showing(TABLE),
    ],
)
def test_a_good_card_is_shown(good: Json) -> None:
    assert problems(good) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("words", "/: must be an AdaptiveCard"),
        ({**showing(text()), "version": "1.6"}, "/version: must be one of 1.0 to 1.5"),
        (showing(), "/: shows nothing"),
        (showing({"type": "Icon", "name": "x"}), "/body/0/type: 'Icon' cannot stand here"),
        (showing({"text": "Hi"}), "/body/0/type: None cannot stand here"),
        (showing(GO), "/body/0/type: 'Action.Execute' cannot stand here"),
        (showing(text("")), "/body/0/text: is missing"),
        (showing(text(size="Huge")), "/body/0/size: Input should be"),
        (showing(text(colour="Good")), "/body/0/colour: is not known"),
        (showing({"type": "Container", "items": [text("")]}), "/body/0/items/0/text: is missing"),
        (showing({"type": "Container", "items": text()}), "/body/0/items: must be a list"),
        (showing({"type": "FactSet", "facts": [{"title": "A", "value": 3}]}), "/body/0/facts: Input should be"),
        (showing({"type": "Image", "url": "http://x/y.png"}), "/body/0/url: must be an https or data address"),
        (showing({**FIELD, "id": ""}), "/body/0/id: an input needs one"),
        (showing(FIELD, FIELD), "/: id 'words' is used twice"),
        (showing({**FIELD, "isRequired": True}), "/body/0: a required input needs a label and an errorMessage"),
        (showing({"type": "Input.Date", "id": "d", "value": "31-1-2026"}), "/body/0/value: must be a date"),
        (showing({"type": "Input.Time", "id": "t", "value": "half past"}), "/body/0/value: must be a time"),
        (showing(choose(choices=[])), "/body/0/choices: is missing"),
        (showing(choose(choices=[{"title": "One"}])), "/body/0/choices: each needs a title and a value"),
        (showing(choose(choices=[{"title": "A", "value": "1"}] * 2)), "/body/0/choices: values must be unique"),
        (showing(choose(value="3")), "/body/0/value: must be one of the choices"),
        (showing(choose(value="1,2")), "/body/0/value: only one can be chosen"),
        (showing(text(), actions=[GO] * 7), "/actions: no more than 6"),
        (showing({"type": "ActionSet", "actions": [GO] * 7}), "/body/0/actions: no more than 6"),
        (showing(text(), actions=[{**GO, "title": ""}]), "/actions/0/title: is missing"),
        (showing(text(), actions=[{**GO, "style": "loud"}]), "/actions/0/style: Input should be"),
        (showing(text(), actions=[{**GO, "data": "x"}]), "/actions/0/data: must be an object"),
        (showing(text(), actions=[{**GO, "type": "Action.Submit"}]), "/actions/0/verb: only Action.Execute has one"),
        (showing(text(), actions=[{**GO, "fallback": text()}]), "/actions/0/fallback/type: 'TextBlock' cannot stand"),
        (
            showing(text(), actions=[{"type": "Action.OpenUrl", "title": "Go", "url": "javascript:x"}]),
            "/actions/0/url: must be an address",
        ),
        (
            showing(FIELD, actions=[{"type": "Action.ShowCard", "title": "More", "card": showing(FIELD)}]),
            "/: id 'words' is used twice",
        ),
    ],
)
def test_a_wrong_card_is_refused_with_the_reason(bad: Any, reason: str) -> None:
    assert any(each.startswith(reason) for each in problems(bad)), problems(bad)


def test_every_reason_is_told() -> None:
    assert len(problems(showing(text(""), text(size="Huge"), {"type": "Icon"}))) == 3
