"""The shapes in which Slack speaks: what Bolt and we look into must be there and be of its kind.

Bolt reads these fields without a doubt, before any code of ours, and falls over what is not as it expects.
"""

from collections.abc import Callable, Mapping
from typing import Any

_TEXTS = (
    *("type", "subtype", "command", "callback_id", "private_metadata", "trigger_id", "response_url"),
    *("event_id", "team_id", "enterprise_id", "user_id", "channel_id", "channel_name", "channel_type"),
    *("ts", "thread_ts", "deleted_ts", "message_ts", "bot_id", "app_installed_team_id", "user_team"),
    *("tab", "tz", "challenge", "bot_access_token", "function_execution_id"),
)
_PARTS = (
    *("event", "view", "message", "previous_message", "assistant_thread", "function_data"),
    *("container", "state"),
)
_EITHER = ("team", "enterprise", "user", "channel", "item")  # an id, or an object
_LISTS = ("authorizations", "actions", "response_urls")  # of objects
_NEVER_NULL = frozenset({"type", "command", "event", "actions", "view", "response_urls", "challenge"})
_DEPTH = 6  # deeper than anybody looks

# What has a meaning for us; the rest of what Slack signs is acknowledged and forgotten.
KINDS = frozenset({"event_callback", "block_actions", "view_submission", "url_verification"})


def in_shape(said: Mapping[str, Any]) -> bool:
    """Tell whether this is a command, or a payload of some type, with its fields in order."""
    return ("command" in said) != ("type" in said) and _fields_fit(said, _DEPTH) and _is_whole(said)


def matters(said: Mapping[str, Any]) -> bool:
    """Tell whether a payload in shape is of a kind that we handle."""
    return "command" in said or said["type"] in KINDS


def _is_whole(said: Mapping[str, Any]) -> bool:
    """Tell whether what makes a payload of this type is there."""
    match said.get("type"):
        case "event_callback":
            return isinstance(said.get("event", {}).get("type"), str)
        case "block_actions":
            actions = said.get("actions", [])
            return bool(actions) and all(isinstance(action.get("action_id"), str) for action in actions)
        case "view_submission":
            view = said.get("view", {})
            return isinstance(view.get("callback_id"), str) and isinstance(view.get("type"), str)
        case "url_verification":
            return "challenge" in said
        case _:
            return True


def _fields_fit(said: Mapping[str, Any], depth: int) -> bool:
    # Every request comes through here: a plain loop, and most fields are nobody's business.
    if depth:
        for name, value in said.items():
            fits = _FITS.get(name)
            if fits is not None and not (name not in _NEVER_NULL if value is None else fits(value, depth - 1)):
                return False
    return True


def _is_text(value: object, _: int) -> bool:
    return isinstance(value, str)


def _is_part(value: object, depth: int) -> bool:
    return isinstance(value, dict) and _fields_fit(value, depth)


def _is_either(value: object, depth: int) -> bool:
    return isinstance(value, str) or _is_part(value, depth)


def _is_list(value: object, depth: int) -> bool:
    return isinstance(value, list) and all(_is_part(each, depth) for each in value)


_FITS: dict[str, Callable[[object, int], bool]] = {
    **dict.fromkeys(_TEXTS, _is_text),
    **dict.fromkeys(_PARTS, _is_part),
    **dict.fromkeys(_EITHER, _is_either),
    **dict.fromkeys(_LISTS, _is_list),
}
