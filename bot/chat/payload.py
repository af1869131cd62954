"""Careful reading of what came in: what has not the expected shape counts as absent, whoever sent it."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def text(payload: Json, name: str) -> str:
    """Return the text under a name, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def part(payload: Json, name: str) -> Json:
    """Return the object under a name, or an empty one."""
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}


def parts(payload: Json, name: str) -> Iterator[Json]:
    """Yield the objects in the list under a name."""
    value = payload.get(name)
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def texts(payload: Json, name: str) -> Iterator[str]:
    """Yield the texts in the list under a name."""
    value = payload.get(name)
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
