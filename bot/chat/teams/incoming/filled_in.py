"""What people filled in: the values of a card's inputs, as the client that they have hands them back."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from bot.chat.payload import Json, part, text
from bot.chat.picked import picked_day, picked_hour

Reader = Callable[[str], str | None]

OURS = "pitstop"  # under this name stands in a card's data what we put there


def filled(data: Json, *, locale: str = "", today: date | None = None) -> dict[str, str | tuple[str, ...]]:
    """Return what stands in the fields of a form, by field id; empty ones are absent.

    Clients hand days and hours back as they like: in their own order and digits, with a zone, or as a moment. What can
    be read is in ISO form; the rest is as it came, for whoever asked to ask again. `locale` is the client's.
    """
    several = _of_kind(data, lambda each: each.get("isMultiSelect") is True)
    readers = _readers(data, partial(picked_day, locale=locale, today=today))
    given = {name: tuple(filter(None, typed.split(","))) if name in several else typed for name, typed in inputs(data)}
    read = {name: (readers[name](str(value)) if name in readers else None) or value for name, value in given.items()}
    return {name: value for name, value in read.items() if value}


def inputs(data: Json) -> Iterator[tuple[str, str]]:
    """Yield what stands in the inputs of a card, by id; empty ones are absent."""
    for name, value in data.items():
        typed = value.replace("\0", "").strip() if isinstance(value, str) else ""
        if typed:
            yield name, typed


def _readers(data: Json, day: Reader) -> dict[str, Reader]:
    """Return the inputs that hold a day or an hour, each with what reads it."""
    return {
        name: reader
        for kind, reader in (("Input.Date", day), ("Input.Time", picked_hour))
        for name in _of_kind(data, partial(_is, kind))
    }


def _is(kind: str, shown: Json) -> bool:
    return text(shown, "type") == kind


def _of_kind(data: Json, fits: Callable[[Json], bool]) -> set[str]:
    """Return the ids of a form's inputs that are of some kind."""
    waiting: list[Any] = [part(data, OURS).get("body")]
    found = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, Mapping):
            if fits(each):
                found.add(text(each, "id"))
            waiting += each.values()
    return found
