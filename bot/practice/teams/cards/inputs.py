"""What the inputs of a card send along."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.practice.slack.api.rules import Refusal
from bot.practice.teams.world import Json

REQUIRED = "practice-required"  # key of the line for a required input that says nothing itself


def values(inputs: Iterable[Json], given: Mapping[str, Any]) -> dict[str, str]:
    """Return what is sent: what was filled in, laid over what the inputs began with; raises Refusal for others."""
    inputs = list(inputs)
    if not set(given) <= {each["id"] for each in inputs}:
        raise Refusal("input_not_found")
    if not all(isinstance(value, str | bool | int | None) for value in given.values()):
        raise Refusal("invalid_arguments")
    sent = {each["id"]: _sent(each, given) for each in inputs}
    return {name: value for name, value in sent.items() if value is not None}


def errors(inputs: Iterable[Json], sent: Mapping[str, str]) -> dict[str, str]:
    """Return what the client itself says about what is filled in, before it sends anything."""
    return {each["id"]: each.get("errorMessage") or REQUIRED for each in inputs if not _is_good(each, sent)}


def _sent(field: Json, given: Mapping[str, Any]) -> str | None:
    name, kind = field["id"], field["type"]
    value = given[name] if name in given else field.get("value")
    if kind == "Input.Toggle":
        on, off = str(field.get("valueOn", "true")), str(field.get("valueOff", "false"))
        return on if value is True or value == on else off
    if kind == "Input.ChoiceSet":
        return str(value) if value else None
    return "" if value is None else str(value)


def _is_good(field: Json, sent: Mapping[str, str]) -> bool:
    value = sent.get(field["id"], "")
    if field["type"] == "Input.Toggle":
        return not field.get("isRequired") or value == str(field.get("valueOn", "true"))
    if not value:
        return not field.get("isRequired")
    if field["type"] == "Input.Text":
        return len(value) <= int(field.get("maxLength") or len(value))
    if field["type"] == "Input.ChoiceSet" and not field.get("choices.data"):
        chosen = value.split(",") if field.get("isMultiSelect") else [value]
        return set(chosen) <= {each["value"] for each in field["choices"]}
    return True
