"""What stands in the fields of a message or view: Slack's `state.values`."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.practice.slack.blocks import elements, options_of
from bot.practice.slack.world import Json

TEXTUAL = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
LONGEST_TEXT = 3000


def values(blocks: Iterable[Json], given: Json) -> Json:
    """Return the values of all fields: what was given, else what they began with."""
    filled: Json = {}
    for block, element in elements(blocks):
        if element["type"] in ("button", "overflow", "workflow_button"):
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        chosen = (given.get(block_id) or {}).get(action_id)
        value = _initial(element) if chosen is None else {**chosen, "type": element["type"]}
        filled.setdefault(block_id, {})[action_id] = value
    return filled


def missing(blocks: Iterable[Json], filled: Json) -> Iterator[tuple[str, str]]:
    """Yield the block ids that Slack would not let go, each with the reason's key in the page's words."""
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = _plain(filled[block["block_id"]][element["action_id"]])
        if not value:
            if not block.get("optional"):
                yield block["block_id"], "practice-required"
        elif element["type"] in TEXTUAL:
            yield from _length(block["block_id"], element, value)


def action(block: Json, element: Json | None, *, action_id: str, value: str, state: Json) -> Json:
    """Return what Slack says was done with an element; one that is not there any more counts as a button."""
    done: Json = {"action_id": action_id, "block_id": block["block_id"]}
    if element is None or element["type"] in ("button", "workflow_button"):
        shown: Json = {key: element[key] for key in ("text", "style", "url") if element and key in element}
        return {**done, "type": "button", "value": value, **shown}
    chosen = (state.get(block["block_id"]) or {}).get(action_id) or _chosen(element, value)
    return {**done, **chosen, "type": element["type"]}


def _length(block_id: str, element: Json, value: Any) -> Iterator[tuple[str, str]]:
    if len(str(value)) > int(element.get("max_length", LONGEST_TEXT)):
        yield block_id, "practice-too-long"
    elif len(str(value)) < int(element.get("min_length", 0)):
        yield block_id, "practice-too-short"


def _initial(element: Json) -> Json:
    kind = element["type"]
    empty: Json = {"type": kind}
    if kind in TEXTUAL:
        return {**empty, "value": element.get("initial_value")}
    if kind in ("checkboxes", "multi_static_select"):
        return {**empty, "selected_options": element.get("initial_options") or []}
    name = _selected(kind)
    return {
        **empty,
        name: element.get(name.replace("selected_", "initial_"), [] if name[-1] == "s" else None),
    }


def _chosen(element: Json, value: str) -> Json:
    if element["type"] in ("static_select", "radio_buttons", "overflow"):
        option = next((each for each in options_of(element) if each.get("value") == value), None)
        return {"selected_option": option}
    return {_selected(element["type"]): value}


def _selected(kind: str) -> str:
    """Return under which name Slack gives what was chosen in such an element."""
    if kind in ("static_select", "radio_buttons", "external_select", "overflow"):
        return "selected_option"
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        return {"datepicker": "selected_date", "timepicker": "selected_time"}.get(kind, "selected_date_time")
    if kind.startswith("multi_"):
        return "selected_" + kind.removeprefix("multi_").removesuffix("_select")
    return "selected_" + kind.removesuffix("_select").removesuffix("s")


def _plain(value: Json) -> Any:
    return next((each for key, each in value.items() if key != "type" and each), None)
