"""A form knows what it was filled from: what its person left as it was stays as it is by now."""

import json
from collections.abc import Mapping

Values = Mapping[str, str | tuple[str, ...]]


def carrying(subject: str, values: Values) -> str:
    """Return the subject of a form that is filled from these values: "<subject>:<values>"."""
    return f"{subject}:{json.dumps(values, separators=(',', ':'))}"


def carried(subject: str) -> Values:
    """Return the values that a form was filled from; none when its subject does not tell."""
    try:
        told = json.loads(subject.partition(":")[2])
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {name: tuple(map(str, value)) if isinstance(value, list) else str(value) for name, value in told.items()}


def merged(given: Values, filled: Values, stands: Values) -> Values:
    """Return what the person changed of what a form was filled from, and for the rest what stands by now.

    A field that they emptied is absent, as in what was sent in.
    """
    values: dict[str, str | tuple[str, ...]] = {}
    for name in dict.fromkeys((*stands, *given)):
        is_left = _same(given.get(name), filled.get(name))
        value = stands.get(name) if is_left else given.get(name)
        if value is not None:
            values[name] = value
    return values


def _same(one: str | tuple[str, ...] | None, other: str | tuple[str, ...] | None) -> bool:
    """Tell whether two values of a field are one, in whatever order several were ticked."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other
