"""Whether Teams would show a card: structure by rules of our own, values by the SDK's models."""

from collections.abc import Iterator
from datetime import date, time
from functools import cache
from typing import Any

from microsoft_teams import cards as models
from pydantic import BaseModel, ValidationError

from bot.practice.teams.api.rules import BAD_REQUEST, refuse
from bot.practice.teams.cards.walk import HOLDING, LISTS, held
from bot.practice.teams.world import Json

VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5")
MOST_ACTIONS = 6
ACTIONS = {"Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ShowCard", "Action.ToggleVisibility"}
INPUTS = {"Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet"}
SHOWN = {
    "TextBlock", "RichTextBlock", "Image", "ImageSet", "Media", "FactSet", "Container", "ColumnSet", "ActionSet",
    "Table", "Chart.VerticalBar",
}  # fmt: skip
FIXED = {"Column": "columns", "TableRow": "rows", "TableCell": "cells", "TextRun": "inlines"}  # only in these places
NEEDED: dict[str, tuple[str, ...]] = {
    "TextBlock": ("text",),
    "TextRun": ("text",),
    "Image": ("url",),
    "FactSet": ("facts",),
    "Container": ("items",),
    "ColumnSet": ("columns",),
    "ActionSet": ("actions",),
    "RichTextBlock": ("inlines",),
    "Chart.VerticalBar": ("data",),
    "Input.Toggle": ("title",),
    "Action.Execute": ("title",),
    "Action.Submit": ("title",),
    "Action.OpenUrl": ("title", "url"),
    "Action.ShowCard": ("title", "card"),
    "Action.ToggleVisibility": ("title", "targetElements"),
}
UNTITLED = ("selectAction", "inlineAction")
ADDRESSES = ("https://", "http://", "mailto:", "msteams:")
PICTURES = ("https://", "data:image/")


def require_card(card: Any) -> Json:
    """Return a card that Teams would show; raises Refusal with every reason why it would not."""
    if reasons := problems(card):
        raise refuse("BadSyntax", BAD_REQUEST, "; ".join(reasons))
    found: Json = card
    return found


def problems(card: Any) -> list[str]:
    """Return why Teams would not show a card, each with a pointer to where."""
    found = list(_card(card, ""))
    return found or list(_names(card))


def _card(card: Any, at: str) -> Iterator[str]:
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        yield f"{at or '/'}: must be an AdaptiveCard"
        return
    if not at and card.get("version") not in VERSIONS:
        yield f"/version: must be one of {VERSIONS[0]} to {VERSIONS[-1]}"
    if not card.get("body") and not card.get("actions"):
        yield f"{at or '/'}: shows nothing"
    yield from _values(card, at)
    yield from _children(card, at)


def _node(node: Any, at: str, place: str) -> Iterator[str]:
    kind = node.get("type") if isinstance(node, dict) else None
    if not isinstance(kind, str) or kind not in _allowed(place):
        yield f"{at}/type: {kind!r} cannot stand here"
        return
    if kind == "AdaptiveCard":
        yield from _card(node, at)
        return
    spared = "title" if place in UNTITLED else ""
    yield from (f"{at}/{name}: is missing" for name in NEEDED.get(kind, ()) if name != spared and not node.get(name))
    if kind in INPUTS:
        yield from _input(node, at)
    if kind in ACTIONS:
        yield from _action(node, at)
    if kind == "Image" and not str(node.get("url", "")).startswith(PICTURES):
        yield f"{at}/url: must be an https or data address"
    yield from _values(node, at)
    yield from _children(node, at)


def _children(node: Json, at: str) -> Iterator[str]:
    for place, child, here in held(node, at):
        yield from _node(child, here, place)
    yield from (f"{at}/{place}: must be a list" for place in LISTS if not isinstance(node.get(place, []), list))
    actions = node.get("actions")
    if isinstance(actions, list) and len(actions) > MOST_ACTIONS:
        yield f"{at}/actions: no more than {MOST_ACTIONS}"


def _allowed(place: str) -> set[str]:
    if place in UNTITLED:
        return ACTIONS - {"Action.ShowCard"}
    if place in ("actions", "action fallback"):
        return ACTIONS
    if place == "images":
        return {"Image"}
    if place == "card":
        return {"AdaptiveCard"}
    fixed = {kind for kind, home in FIXED.items() if home == place}
    return fixed or SHOWN | INPUTS


def _input(node: Json, at: str) -> Iterator[str]:
    if not isinstance(node.get("id"), str) or not node["id"]:
        yield f"{at}/id: an input needs one"
    if node.get("isRequired") and not (node.get("label") and node.get("errorMessage")):
        yield f"{at}: a required input needs a label and an errorMessage"
    value = node.get("value")
    if node["type"] == "Input.ChoiceSet":
        yield from _choices(node, at)
    elif node["type"] == "Input.Date" and value and not _is(date, value):
        yield f"{at}/value: must be a date as 2026-01-31"
    elif node["type"] == "Input.Time" and value and not _is(time, value):
        yield f"{at}/value: must be a time as 09:30"


def _choices(node: Json, at: str) -> Iterator[str]:
    choices = node.get("choices") or []
    if not isinstance(choices, list) or not all(_is_choice(each) for each in choices):
        yield f"{at}/choices: each needs a title and a value"
        return
    known = [each["value"] for each in choices]
    if not known and not node.get("choices.data"):
        yield f"{at}/choices: is missing"
    if len(set(known)) != len(known):
        yield f"{at}/choices: values must be unique"
    chosen = [each for each in str(node.get("value") or "").split(",") if each]
    if not node.get("isMultiSelect") and len(chosen) > 1:
        yield f"{at}/value: only one can be chosen"
    if not node.get("choices.data") and not set(chosen) <= set(known):
        yield f"{at}/value: must be one of the choices"


def _action(node: Json, at: str) -> Iterator[str]:
    if node["type"] == "Action.OpenUrl" and not str(node.get("url", "")).startswith(ADDRESSES):
        yield f"{at}/url: must be an address"
    if node["type"] in ("Action.Execute", "Action.Submit") and not isinstance(node.get("data", {}), dict):
        yield f"{at}/data: must be an object"
    if "verb" in node and node["type"] != "Action.Execute":
        yield f"{at}/verb: only Action.Execute has one"


def _values(node: Json, at: str) -> Iterator[str]:
    model = _models().get(node["type"])
    if model is None:
        return
    known = {str(field.validation_alias or name) for name, field in model.model_fields.items()}
    yield from (f"{at}/{name}: is not known" for name in sorted(set(node) - known - {"$schema"}))
    try:
        model.model_validate({name: value for name, value in node.items() if name not in HOLDING})
    except ValidationError as error:
        for each in error.errors():
            where = "/".join(str(part) for part in each["loc"][:1])
            yield f"{at}/{where}: {each['msg']}"


def _names(card: Json) -> Iterator[str]:
    """Yield the ids that more than one element has."""
    seen: set[str] = set()
    for name in _ids(card):
        if name in seen:
            yield f"/: id {name!r} is used twice"
        seen.add(name)


def _ids(node: Json) -> Iterator[str]:
    if isinstance(node.get("id"), str) and node["type"] not in ACTIONS:
        yield node["id"]
    for place, child, _ in held(node):
        if not place.endswith("fallback"):
            yield from _ids(child)


@cache
def _models() -> dict[str, type[BaseModel]]:
    found = (each for each in vars(models).values() if isinstance(each, type) and issubclass(each, BaseModel))
    return {each.model_fields["type"].default: each for each in found if "type" in each.model_fields}


def _is(kind: type[date] | type[time], value: object) -> bool:
    try:
        kind.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_choice(each: object) -> bool:
    return isinstance(each, dict) and all(isinstance(each.get(name), str) and each[name] for name in ("title", "value"))
