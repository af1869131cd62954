"""How a record becomes a row and a row a record."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_type_hints

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
from bot.coaching.words import has_words
from bot.store.port import Record
from bot.store.sqlite.codecs import codecs_of, moment, reader, same
from bot.store.sqlite.sealing.ring import LANE, Ring
from bot.store.sqlite.sealing.sealed import Sealed, where

__all__ = ["NEWEST", "TABLES", "Change", "Table", "all_side_by_side", "changes", "moment", "name_in", "side_by_side"]

KEY = ("workspace", "id", "version")  # what tells the very row that was read; a workspace itself has no workspace
HAS_WORDS = "has_words"  # the column by which a statement tells that there are words, which it never sees
NEWEST = ("~", "")  # a moment and an id that sort after all others

R = TypeVar("R")


class Table(Generic[R]):
    """The table that keeps one class of records: a column per field, and `seq`, which the engine gives."""

    def __init__(
        self,
        name: str,
        kind: type[R],
        *,
        sealed: Sealed | None = None,
        has_words: Callable[[R], bool] | None = None,
        beside: tuple[str, ...] = (),
    ) -> None:
        """Derive the columns from the class's fields; some are encrypted, and a plain one may tell of words.

        `beside` are columns that the store gives, which no record has.
        """
        self.name = name
        self.kind = kind
        self.codecs = codecs_of(kind)
        self.sealed = sealed
        self._has_words = has_words
        self._converted = [
            (place, reader(codec)) for place, codec in enumerate(self.codecs.values()) if codec.value is not same
        ]
        self._written = [
            (name, None if codec.plain is same else codec.plain, codec.nested) for name, codec in self.codecs.items()
        ]
        self._read = [*self.codecs, *beside]
        places = {name: place for place, name in enumerate(self._read)}
        hints = get_type_hints(kind)
        locked = sealed.columns if sealed else ()
        bound = ("workspace", "id", *sealed.of, *([sealed.edition] if sealed.edition else [])) if sealed else ()
        self._locked = [(name, places[name]) for name in locked]
        self._bound = [(name, places[name]) for name in bound]
        # How no words are read, and words that nobody can open any more.
        self._nothing = {name: "[]" if self.codecs[name].nested else "" for name in locked}
        self._gone = {name: None if NoneType in get_args(hints[name]) else self._nothing[name] for name in locked}
        self._picks: dict[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] = {}
        self._beside: dict[str, Any] = dict.fromkeys(beside)
        columns = [*self._read, *([HAS_WORDS] if has_words else [])]
        given = ", ".join(f":{column}" for column in columns)
        changed = ", ".join(f"{column} = :{column}" for column in columns if column not in KEY)
        # Safe to compose: every name comes from our own classes.
        self._insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({given})"  # noqa: S608
        key = " AND ".join(f"{column} = :{column}" for column in KEY if column in self.codecs)
        self._update = f"UPDATE {name} SET {changed}, version = version + 1 WHERE {key}"  # noqa: S608

    def record(self, row: Any) -> R:
        """Return the record a row holds."""
        return self.made_of(tuple(row.keys()), row, row.ring)

    def records(self, rows: Sequence[Any]) -> list[R]:
        """Return the records that some rows of one statement hold."""
        columns = tuple(rows[0].keys()) if rows else ()
        return [self.made_of(columns, row, row.ring) for row in rows]

    def made_of(self, columns: tuple[str, ...], row: Any, ring: Ring) -> R:
        """Return the record that these columns, in this order, hold; words are opened by the ring."""
        values = list(self._pick(columns)(row))
        if self.sealed is not None:
            self._open(values, ring)
        for place, read in self._converted:
            if values[place] is not None:
                values[place] = read(values[place])
        # Past the constructor of a frozen class, which sets one field after another; a row has them all.
        record = object.__new__(self.kind)
        record.__dict__.update(zip(self.codecs, values, strict=False))
        return record

    def _pick(self, columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
        """Return what takes our fields out of a row by their places: by name each is searched for, row by row."""
        pick = self._picks.get(columns)
        if pick is None:
            pick = self._picks[columns] = itemgetter(*(columns.index(name) for name in self._read))
        return pick

    def _open(self, values: list[Any], ring: Ring) -> None:
        """Put words in the place of what is sealed; of those whose key is gone, nothing."""
        assert self.sealed is not None
        row = {name: values[place] for name, place in self._bound}
        for name, place in self._locked:
            if values[place] is not None:
                values[place] = self.opened(row, name, values[place], ring)

    def opened(self, row: Any, column: str, sealed: bytes | str | None, ring: Ring) -> str | None:
        """Return the words of one column of a row that says whose it is and which; nothing when the key is gone."""
        assert self.sealed is not None
        if not sealed:
            return None if sealed is None else self._nothing[column]
        lid = bytes.fromhex(sealed) if isinstance(sealed, str) else sealed
        bound = where(self.name, column, self.sealed.place(row))
        found = ring.open(lid, row["workspace"], self.sealed.owners(row), bound)
        return self._gone[column] if found is None else found

    def closed(self, values: Mapping[str, Any], ring: Ring) -> dict[str, Any]:
        """Return the values of a row as they are stored: words sealed to their people and their place."""
        closed = dict(values)
        if self.sealed is not None:
            people, place = self.sealed.owners(values), self.sealed.place(values)
            for column in self.sealed.columns:
                if (words := values[column]) is not None:
                    told = "" if words == self._nothing[column] else words
                    lid = ring.seal(told, values["workspace"], people, where(self.name, column, place))
                    closed[column] = lid.hex() if self.sealed.is_text else lid
        return closed

    def plain(self, record: R) -> dict[str, object]:
        """Return a record as JSON-ready values."""
        return {name: codec.plain(getattr(record, name)) for name, codec in self.codecs.items()}

    def row(self, record: R) -> dict[str, Any]:
        """Return a record as the values of its columns."""
        values: dict[str, Any] = dict(self._beside)
        for name, plain, is_nested in self._written:
            value = getattr(record, name) if plain is None else plain(getattr(record, name))
            values[name] = json.dumps(value) if is_nested else value
        if self._has_words is not None:
            values[HAS_WORDS] = self._has_words(record)
        return values

    def change(self, record: R) -> "Change":
        """Return what writes this record: an insert when it is new, else an update of that very version."""
        values = self.row(record)
        if values["version"] == 0:
            return Change(table=self, is_new=True, sql=self._insert, values=values | {"version": 1})
        return Change(table=self, is_new=False, sql=self._update, values=values)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One statement that writes one row, with its values, words still plain."""

    table: Table[Any]
    is_new: bool
    sql: str
    values: dict[str, Any]

    def stored(self, ring: Ring) -> dict[str, Any]:
        """Return the values as they are stored."""
        return self.table.closed(self.values, ring)


def name_in(row: Any, workspace: str) -> str:
    """Return the name in a row that says as `member` whose it is."""
    found = TABLES[Member].opened({"workspace": workspace, "id": row["member"]}, "name", row["name"], row.ring)
    return found or ""


def side_by_side(row: Any, *kinds: type[Any]) -> tuple[Any, ...]:
    """Return the records of one row in which whole tables, each beginning with its id, stand side by side.

    None stands for a table that the row has nothing of.
    """
    columns = tuple(row.keys())
    starts = [place for place, column in enumerate(columns) if column == "id"]
    return tuple(
        None if row[start] is None else TABLES[kind].made_of(columns[start:end], row[start:end], row.ring)
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
        Table("member", Member, sealed=Sealed(columns=("name",), of=("id",))),
        Table("cohort", Cohort),
        Table("coach", Coach),
        Table("enrollment", Enrollment),
        Table("opt_in", OptIn),
        Table("gate", Gate, sealed=Sealed(columns=("who_agreed",))),
        Table("read_grant", ReadGrant),
        Table("seat", Seat),
        Table("nudge", Nudge),
        Table(
            "commitment",
            Commitment,
            sealed=Sealed(columns=("first", "second"), of=("member",), edition="edition"),
            has_words=has_words,
        ),
        Table(
            "reply",
            Reply,
            sealed=Sealed(columns=("text",), of=("member", "author", "also"), edition="edition"),
            has_words=has_words,
            beside=("also",),
        ),
        Table("reflection", Reflection),
        Table("pulse", PulseAnswer),
        Table("audit", AuditEntry, sealed=Sealed(columns=("seen",), of=("subject",), is_text=True)),
        Table("sign_in", SignIn),
        Table("session", Session, sealed=Sealed(columns=("searches",), of=("member",))),
        Table("screen", Screen, sealed=Sealed(columns=("route",), of=("person",), kind=LANE)),
    )
}
_RANKS = {table.name: rank for rank, table in enumerate(TABLES.values())}


def changes(records: Iterable[Record]) -> list[Change]:
    """Return what writes the records: what is referred to comes first, what makes room before what is new."""
    found = [TABLES[type(record)].change(record) for record in records]
    return sorted(found, key=lambda change: (_RANKS[change.table.name], change.is_new))
