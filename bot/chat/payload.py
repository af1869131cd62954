"""Careful reading of what came in: what has not the expected shape counts as absent, whoever sent it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def text(payload: Json, name: str) -> str:
    """Return the text under a name, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def texts_of(payload: Json) -> defaultdict[str, str]:
    """Return all texts among an object's fields, by name; an empty one for each that is not there."""
    return defaultdict(str, {name: value for name, value in payload.items() if isinstance(value, str)})


def part(payload: Json, name: str) -> Json:
    """Return the object under a name, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}


def parts(payload: Json, name: str) -> list[Json]:
    """Return the objects in the list under a name."""
    value = payload.get(name)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def texts(payload: Json, name: str) -> Iterator[str]:
    """Yield the texts in the list under a name."""
    value = payload.get(name)
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
