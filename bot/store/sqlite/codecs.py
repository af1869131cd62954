"""How the value of a field becomes what a column holds, and back."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

_ALIKE = 500  # nested values that are read once


def moment(value: datetime) -> str:
    """Return a moment as text whose order is the order of time; a naive one is refused."""
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, kw_only=True)
class Codec:
    """How the values of one field are written and read."""

    plain: Callable[[Any], Any]  # to what JSON can say
    value: Callable[[Any], Any]  # and back
    nested: bool = False  # a list or an object: stands in its column as JSON text


def same(value: Any) -> Any:
    return value


def _whole_characters(value: str) -> str:
    """Return the text with half characters replaced: a broken emoji must not lose the whole reply."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _tuple_codec(item: Codec) -> Codec:
    return Codec(
        plain=lambda value: [item.plain(each) for each in value],
        value=lambda plain: tuple(item.value(each) for each in plain),
        nested=True,
    )


def _object_codec(kind: type[Any]) -> Codec:
    codecs = codecs_of(kind)
    plain = [(name, codec.plain) for name, codec in codecs.items() if codec.plain is not same]

    def as_plain(value: Any) -> dict[str, Any]:
        told = {name: getattr(value, name) for name in codecs}
        for name, made_plain in plain:
            told[name] = made_plain(told[name])
        return told

    return Codec(
        plain=as_plain,
        value=lambda plain: kind(**{name: codecs[name].value(each) for name, each in plain.items()}),
        nested=True,
    )


def _optional_codec(inner: Codec) -> Codec:
    return Codec(
        plain=same if inner.plain is same else lambda value: None if value is None else inner.plain(value),
        value=same if inner.value is same else lambda plain: None if plain is None else inner.value(plain),
        nested=inner.nested,
    )


_SIMPLE: dict[type[Any], Codec] = {
    str: Codec(plain=_whole_characters, value=same),
    int: Codec(plain=same, value=same),
    bool: Codec(plain=bool, value=bool),
    datetime: Codec(plain=moment, value=datetime.fromisoformat),
    date: Codec(plain=date.isoformat, value=date.fromisoformat),
    time: Codec(plain=time.isoformat, value=time.fromisoformat),
}


def _codec(hint: Any) -> Codec:
    arguments = get_args(hint)
    if NoneType in arguments:
        return _optional_codec(_codec(next(each for each in arguments if each is not NoneType)))
    if get_origin(hint) is tuple:
        return _tuple_codec(_codec(arguments[0]))
    if is_dataclass(hint):
        return _object_codec(hint)  # type: ignore[arg-type]
    if issubclass(hint, StrEnum):
        return Codec(plain=str, value={each.value: each for each in hint}.__getitem__)
    return _SIMPLE[hint]


def codecs_of(kind: type[Any]) -> dict[str, Codec]:
    hints = get_type_hints(kind)
    return {field.name: _codec(hints[field.name]) for field in fields(kind)}


def reader(codec: Codec) -> Callable[[Any], Any]:
    """Return how a column is read; what is nested, such as hours, many people have alike."""
    if not codec.nested:
        return codec.value
    return lru_cache(maxsize=_ALIKE)(lambda text: codec.value(json.loads(text)))
