"""How a record becomes a row and a row a record."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from bot.coaching.records.audit import AuditEntry
from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment, OptIn
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reading import Gate, ReadGrant, Seat
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply
from bot.coaching.records.screen import Screen
from bot.coaching.records.session import Session, SignIn
from bot.coaching.records.workspace import Workspace
from bot.store.port import Record

KEY = ("workspace", "id", "version")  # what tells the very row that was read; a workspace itself has no workspace
NEWEST = ("~", "")  # a moment and an id that sort after all others
_ALIKE = 500  # nested values that are read once

R = TypeVar("R")


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


def _same(value: Any) -> Any:
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
    codecs = _codecs(kind)
    plain = [(name, codec.plain) for name, codec in codecs.items() if codec.plain is not _same]

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
        plain=_same if inner.plain is _same else lambda value: None if value is None else inner.plain(value),
        value=_same if inner.value is _same else lambda plain: None if plain is None else inner.value(plain),
        nested=inner.nested,
    )


_SIMPLE: dict[type[Any], Codec] = {
    str: Codec(plain=_whole_characters, value=_same),
    int: Codec(plain=_same, value=_same),
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


def _codecs(kind: type[Any]) -> dict[str, Codec]:
    hints = get_type_hints(kind)
    return {field.name: _codec(hints[field.name]) for field in fields(kind)}


def _reader(codec: Codec) -> Callable[[Any], Any]:
    """Return how a column is read; what is nested, such as hours, many people have alike."""
    if not codec.nested:
        return codec.value
    return lru_cache(maxsize=_ALIKE)(lambda text: codec.value(json.loads(text)))


class Table(Generic[R]):
    """The table that keeps one class of records: a column per field, and `seq`, which the engine gives."""

    def __init__(self, name: str, kind: type[R]) -> None:
        """Derive the columns from the class's fields."""
        self.name = name
        self.kind = kind
        self.codecs = _codecs(kind)
        self._converted = [
            (place, _reader(codec)) for place, codec in enumerate(self.codecs.values()) if codec.value is not _same
        ]
        self._written = [
            (name, None if codec.plain is _same else codec.plain, codec.nested) for name, codec in self.codecs.items()
        ]
        self._picks: dict[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] = {}
        columns = [*self.codecs]
        given = ", ".join(f":{column}" for column in columns)
        changed = ", ".join(f"{column} = :{column}" for column in columns if column not in KEY)
        # Safe to compose: every name comes from our own classes.
        self._insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({given})"  # noqa: S608
        key = " AND ".join(f"{column} = :{column}" for column in KEY if column in self.codecs)
        self._update = f"UPDATE {name} SET {changed}, version = version + 1 WHERE {key}"  # noqa: S608

    def record(self, row: Any) -> R:
        """Return the record a row holds."""
        return self.made_of(tuple(row.keys()), row)

    def records(self, rows: Sequence[Any]) -> list[R]:
        """Return the records that some rows of one statement hold."""
        columns = tuple(rows[0].keys()) if rows else ()
        return [self.made_of(columns, row) for row in rows]

    def made_of(self, columns: tuple[str, ...], row: Any) -> R:
        """Return the record that these columns, in this order, hold."""
        values = list(self._pick(columns)(row))
        for place, read in self._converted:
            if values[place] is not None:
                values[place] = read(values[place])
        # Past the constructor of a frozen class, which sets one field after another; a row has them all.
        record = object.__new__(self.kind)
        record.__dict__.update(zip(self.codecs, values, strict=True))
        return record

    def _pick(self, columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
        """Return what takes our fields out of a row by their places: by name each is searched for, row by row."""
        pick = self._picks.get(columns)
        if pick is None:
            pick = self._picks[columns] = itemgetter(*(columns.index(name) for name in self.codecs))
        return pick

    def plain(self, record: R) -> dict[str, object]:
        """Return a record as JSON-ready values."""
        return {name: codec.plain(getattr(record, name)) for name, codec in self.codecs.items()}

    def row(self, record: R) -> dict[str, Any]:
        """Return a record as the values of its columns."""
        values: dict[str, Any] = {}
        for name, plain, is_nested in self._written:
            value = getattr(record, name) if plain is None else plain(getattr(record, name))
            values[name] = json.dumps(value) if is_nested else value
        return values

    def change(self, record: R) -> "Change":
        """Return what writes this record: an insert when it is new, else an update of that very version."""
        values = self.row(record)
        if values["version"] == 0:
            return Change(table=self.name, is_new=True, sql=self._insert, values=values | {"version": 1})
        return Change(table=self.name, is_new=False, sql=self._update, values=values)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One statement that writes one row, with its values."""

    table: str
    is_new: bool
    sql: str
    values: dict[str, Any]


def side_by_side(row: Any, *kinds: type[Any]) -> tuple[Any, ...]:
    """Return the records of one row in which whole tables, each beginning with its id, stand side by side.

    None stands for a table that the row has nothing of.
    """
    columns = tuple(row.keys())
    starts = [place for place, column in enumerate(columns) if column == "id"]
    return tuple(
        None if row[start] is None else TABLES[kind].made_of(columns[start:end], row[start:end])
        for kind, start, end in zip(kinds, starts, (*starts[1:], len(columns)), strict=True)
    )


def all_side_by_side(rows: Iterable[Any], *kinds: type[Any]) -> list[tuple[Any, ...]]:
    """Return the same of every row."""
    return [side_by_side(row, *kinds) for row in rows]


# In the order in which one refers to the other.
TABLES: dict[type[Any], Table[Any]] = {
    table.kind: table
    for table in (
        Table("workspace", Workspace),
        Table("member", Member),
        Table("cohort", Cohort),
        Table("coach", Coach),
        Table("enrollment", Enrollment),
        Table("opt_in", OptIn),
        Table("gate", Gate),
        Table("read_grant", ReadGrant),
        Table("seat", Seat),
        Table("nudge", Nudge),
        Table("commitment", Commitment),
        Table("reply", Reply),
        Table("reflection", Reflection),
        Table("pulse", PulseAnswer),
        Table("audit", AuditEntry),
        Table("sign_in", SignIn),
        Table("session", Session),
        Table("screen", Screen),
    )
}
_RANKS = {table.name: rank for rank, table in enumerate(TABLES.values())}


def changes(records: Iterable[Record]) -> list[Change]:
    """Return what writes the records: what is referred to comes first, what makes room before what is new."""
    found = [TABLES[type(record)].change(record) for record in records]
    return sorted(found, key=lambda change: (_RANKS[change.table], change.is_new))
