"""The shape in which Teams speaks: what an activity holds, where it is there, is of its kind."""

from collections.abc import Mapping
from typing import Any

_NEEDED = ("type", "channelId", "serviceUrl")
_TEXTS = (
    *("type", "channelId", "serviceUrl", "id", "name", "action", "text", "textFormat", "locale", "replyToId"),
    *("timestamp", "localTimestamp", "localTimezone", "timezone", "tenantId", "aadObjectId", "conversationType"),
    *("eventType", "contentType"),
)
_PARTS = ("from", "recipient", "conversation", "channelData", "tenant", "channel", "team", "mentioned")
_LISTS = ("entities", "attachments")  # of objects
_DEPTH = 4  # deeper than anybody looks
_DEEPEST = 64  # deeper than any card; what is written down again later must not exhaust the stack then

# What has a meaning for us; the rest of what Teams brings is acknowledged and forgotten.
KINDS = frozenset({"message", "messageUpdate", "messageDelete", "invoke", "installationUpdate"})


def in_shape(activity: Mapping[str, Any]) -> bool:
    """Tell whether this is an activity of some type, from some address, with its fields in order."""
    return _is_shallow(activity) and all(activity.get(name) for name in _NEEDED) and _fields_fit(activity, _DEPTH)


def matters(activity: Mapping[str, Any]) -> bool:
    """Tell whether an activity in shape is of a kind that we handle."""
    return activity["type"] in KINDS


def _is_shallow(said: Mapping[str, Any]) -> bool:
    level: list[Any] = [said]
    for _ in range(_DEEPEST):
        inside = (child for each in level for child in (each.values() if isinstance(each, dict) else each))
        level = [child for child in inside if isinstance(child, dict | list)]
    return not level


def _fields_fit(said: Mapping[str, Any], depth: int) -> bool:
    return depth == 0 or all(_fits(name, value, depth - 1) for name, value in said.items())


def _fits(name: str, value: object, depth: int) -> bool:
    if value is None:
        return True
    if name in _TEXTS:
        return isinstance(value, str)
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(each, dict) and _fields_fit(each, depth) for each in value)
    if name in _PARTS:
        return isinstance(value, dict) and _fields_fit(value, depth)
    return True
