"""Whether Slack would show these blocks: structure by rules of our own, lengths by slack_sdk's models."""

import copy
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as ViewModel

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.block_kinds import (
    BLOCKS,
    CHOICES,
    ELEMENTS,
    MOST_ELEMENTS,
    ONLY_IN_VIEWS,
    OPTIONS,
    PRESSED,
    SELECTS,
    TYPED,
)
from bot.practice.slack.charts import CHART, chart_problems, too_many_charts
from bot.practice.slack.world import Json, new_id

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_200  # all texts of one message together
VIEW_BYTES = 250_000
ID_LENGTH = 255
OPTION_LENGTH = 75
PLAIN = ("plain_text",)
ANY_TEXT = ("plain_text", "mrkdwn")

TEXT_FIELDS = {"value", "initial_value"}


def message_blocks(blocks: Any) -> tuple[Json, ...]:
    """Return a message's blocks as Slack would store them; raises Refusal."""
    found = list(_problems(blocks, MESSAGE_BLOCKS, "/blocks")) or [*_strange_inputs(blocks), *too_many_charts(blocks)]
    if found:
        raise Refusal("invalid_blocks", messages=found)
    if sum(len(text) for text in _texts(blocks)) > MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long")
    return _with_ids(blocks)


def view_body(view: Any, *, kind: str) -> Json:
    """Return a view as Slack would store it; raises Refusal."""
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", messages=["[ERROR] must provide an object [json-pointer:/view]"])
    found = [*_view_problems(view, kind), *_problems(view.get("blocks"), VIEW_BLOCKS, "/view/blocks")]
    found += [] if found else too_many_charts(view["blocks"], most=0)
    if not found:
        outside = copy.deepcopy({**view, "blocks": view["blocks"][:1]})  # each block was looked at above
        found = list(_refused_by(lambda: ViewModel(**outside).to_dict(), "/view"))
    if found:
        raise Refusal("invalid_arguments", messages=found)
    if len(repr(view).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large")
    return {**view, "blocks": list(_with_ids(view["blocks"]))}


def elements(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element a person can act on, with its block."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def options_of(element: Json) -> list[Json]:
    """Return what can be chosen, groups opened."""
    grouped = [option for group in element.get("option_groups", ()) for option in group.get("options", ())]
    return [*element.get("options", ()), *grouped]


# --- structure


def _view_problems(view: Json, kind: str) -> Iterator[str]:
    if view.get("type") != kind:
        yield f"[ERROR] view type must be {kind} [json-pointer:/view/type]"
        return
    if kind == "modal":
        yield from _text_problems(view.get("title"), PLAIN, "/view/title")
        blocks = view.get("blocks")
        takes_input = isinstance(blocks, list) and any(_type(block) == "input" for block in blocks)
        if takes_input and not view.get("submit"):
            yield "[ERROR] a `submit` is required when an `input` block is present [json-pointer:/view]"
    for name in ("submit", "close"):
        if view.get(name) is not None:
            yield from _text_problems(view[name], PLAIN, f"/view/{name}")


def _problems(blocks: Any, most: int, at: str) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield f"[ERROR] must provide an array [json-pointer:{at}]"
        return
    if len(blocks) > most:
        yield f"[ERROR] no more than {most} items allowed [json-pointer:{at}]"
        return
    if not blocks:
        return
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        here = f"{at}/{index}"
        found = list(_block_problems(block, here))
        yield from found or _refused_by(lambda block=block: _model(json.dumps(block)), here)
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if block_id in seen and block_id:
            yield f"[ERROR] block_id already exists: {block_id} [json-pointer:{here}/block_id]"
        seen.add(block_id or "")


def _strange_inputs(blocks: list[Json]) -> Iterator[str]:
    """Yield the fields that Slack shows in views only; see its list of elements and their surfaces."""
    for index, block in enumerate(blocks):
        if (kind := _type(block.get("element"))) in ONLY_IN_VIEWS:
            yield f"[ERROR] unsupported type: {kind} [json-pointer:/blocks/{index}/element/type]"


def _block_problems(block: Any, at: str) -> Iterator[str]:
    kind = _type(block)
    if kind not in BLOCKS:
        yield f"[ERROR] unsupported type: {kind} [json-pointer:{at}/type]"
        return
    if kind == "section":
        yield from _section_problems(block, at)
    elif kind == CHART:
        yield from chart_problems(block, at)
    elif kind == "header":
        yield from _text_problems(block.get("text"), PLAIN, f"{at}/text")
    elif kind in MOST_ELEMENTS:
        yield from _row_problems(block, kind, at)
    elif kind == "input":
        yield from _text_problems(block.get("label"), PLAIN, f"{at}/label")
        yield from _element_problems(block.get("element"), "input", f"{at}/element")
        if block.get("hint") is not None:
            yield from _text_problems(block["hint"], PLAIN, f"{at}/hint")


def _section_problems(block: Json, at: str) -> Iterator[str]:
    if block.get("text") is None and not block.get("fields"):
        yield f"[ERROR] missing required field: text [json-pointer:{at}]"
    if block.get("text") is not None:
        yield from _text_problems(block["text"], ANY_TEXT, f"{at}/text")
    for index, field in enumerate(block.get("fields") or ()):
        yield from _text_problems(field, ANY_TEXT, f"{at}/fields/{index}", most=2000)
    if block.get("accessory") is not None:
        yield from _element_problems(block["accessory"], "accessory", f"{at}/accessory")


def _row_problems(block: Json, kind: str, at: str) -> Iterator[str]:
    held = block.get("elements")
    if not isinstance(held, list) or not held:
        yield f"[ERROR] missing required field: elements [json-pointer:{at}]"
        return
    if len(held) > MOST_ELEMENTS[kind]:
        yield f"[ERROR] no more than {MOST_ELEMENTS[kind]} items allowed [json-pointer:{at}/elements]"
    seen: set[str] = set()
    for index, element in enumerate(held):
        here = f"{at}/elements/{index}"
        yield from _element_problems(element, kind, here)
        action = element.get("action_id") if isinstance(element, dict) else None
        if action and action in seen:
            yield f"[ERROR] action_id already exists: {action} [json-pointer:{here}/action_id]"
        seen.add(action or "")


def _element_problems(element: Any, where: str, at: str) -> Iterator[str]:
    kind = _type(element)
    if kind not in ELEMENTS[where]:
        yield f"[ERROR] unsupported type: {kind} [json-pointer:{at}/type]"
        return
    if kind in ANY_TEXT:
        yield from _text_problems(element, ANY_TEXT, at)
    elif kind in ("button", "workflow_button"):
        yield from _text_problems(element.get("text"), PLAIN, f"{at}/text")
    elif kind in OPTIONS:
        yield from _option_problems(element, at)
    if element.get("placeholder") is not None:
        yield from _text_problems(element["placeholder"], PLAIN, f"{at}/placeholder")
    if element.get("confirm") is not None:
        yield from _confirm_problems(element["confirm"], f"{at}/confirm")
    for name in TEXT_FIELDS:
        if name in element and not isinstance(element[name], str):
            yield f"[ERROR] must provide a string [json-pointer:{at}/{name}]"


def _option_problems(element: Json, at: str) -> Iterator[str]:
    least, most = OPTIONS[element["type"]]
    options = options_of(element)
    if not least <= len(options) <= most:
        yield f"[ERROR] between {least} and {most} options are needed [json-pointer:{at}/options]"
    if not all(isinstance(option, dict) and isinstance(option.get("value"), str) for option in options):
        yield f"[ERROR] every option needs a value [json-pointer:{at}/options]"
        return
    if len({option["value"] for option in options}) != len(options):
        yield f"[ERROR] option values must be unique [json-pointer:{at}/options]"
    mrkdwn_too = ANY_TEXT if element["type"] in ("radio_buttons", "checkboxes") else PLAIN
    for index, option in enumerate(options):
        here = f"{at}/options/{index}"
        yield from _text_problems(option.get("text"), mrkdwn_too, f"{here}/text", most=OPTION_LENGTH)
        if option.get("description") is not None:
            about = option["description"]
            yield from _text_problems(about, mrkdwn_too, f"{here}/description", most=OPTION_LENGTH)
    initial = [element["initial_option"]] if element.get("initial_option") else []
    for option in (*initial, *(element.get("initial_options") or ())):
        if option not in options:
            yield f"[ERROR] initial option must be one of the options [json-pointer:{at}]"


def _confirm_problems(confirm: Any, at: str) -> Iterator[str]:
    if not isinstance(confirm, dict):
        yield f"[ERROR] must provide an object [json-pointer:{at}]"
        return
    yield from _text_problems(confirm.get("title"), PLAIN, f"{at}/title")
    yield from _text_problems(confirm.get("text"), ANY_TEXT, f"{at}/text")
    yield from _text_problems(confirm.get("confirm"), PLAIN, f"{at}/confirm")
    yield from _text_problems(confirm.get("deny"), PLAIN, f"{at}/deny")


def _text_problems(text: Any, kinds: tuple[str, ...], at: str, *, most: int = 3000) -> Iterator[str]:
    if text is None:
        yield f"[ERROR] missing required field [json-pointer:{at}]"
    elif _type(text) not in kinds:
        yield f"[ERROR] must be a {' or '.join(kinds)} object [json-pointer:{at}]"
    elif not isinstance(text.get("text"), str) or not text["text"]:
        yield f"[ERROR] must be more than 0 characters [json-pointer:{at}/text]"
    elif len(text["text"]) > most:
        yield f"[ERROR] must be less than {most + 1} characters [json-pointer:{at}/text]"


# --- lengths


def _refused_by(build: Any, at: str) -> Iterator[str]:
    """Yield what slack_sdk's own validation says."""
    try:
        build()
    except SlackObjectFormationError as error:
        yield f"[ERROR] {error} [json-pointer:{at}]"
    except (TypeError, AttributeError, KeyError, ValueError):
        yield f"[ERROR] failed to match all allowed schemas [json-pointer:{at}]"


@lru_cache(maxsize=2048)  # the same blocks come again and again, and the SDK takes its time
def _model(written: str) -> None:
    block = json.loads(written)
    parsed = Block.parse(copy.deepcopy(block))
    if _type(block) == CHART:  # slack_sdk has no model of it
        return
    if parsed is None:
        raise ValueError(block)
    parsed.to_dict()
    for _, element in elements([block]):
        if len(element["action_id"]) > ID_LENGTH:
            raise ValueError(element)


def _type(node: Any) -> str:
    return str(node.get("type")) if isinstance(node, dict) else type(node).__name__


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)


def _with_ids(blocks: list[Json]) -> tuple[Json, ...]:
    """Fill in the ids that the app left to Slack."""
    return tuple(_with_actions({**block, "block_id": block.get("block_id") or new_id("b")}) for block in blocks)


def _with_actions(block: Json) -> Json:
    acting = SELECTS | CHOICES | TYPED | PRESSED
    filled = dict(block)
    for key in ("accessory", "element"):
        if _type(block.get(key)) in acting:
            filled[key] = {"action_id": new_id("a"), **block[key]}
    if block["type"] == "actions":
        filled["elements"] = [{"action_id": new_id("a"), **element} for element in block["elements"]]
    return filled
