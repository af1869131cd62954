"""Which columns of a table are encrypted, and for whom."""

from dataclasses import dataclass
from typing import Any

from bot.store.sqlite.sealing.ring import MEMBER, PLACE, SEPARATOR, Owners


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """Which columns of a table are encrypted, and for whom."""

    columns: tuple[str, ...]
    of: tuple[str, ...] = ()  # the columns that say whose it is; empty: the workspace's
    kind: str = MEMBER
    edition: str | None = None  # the column that counts how often the words were changed
    is_text: bool = False  # stands as hexadecimal text: it is written through JSON, and hashed as it is stored

    def owners(self, row: Any) -> Owners:
        """Return whose keys open a row."""
        return owners(self.kind, *(row[name] for name in self.of))

    def place(self, row: Any) -> str:
        """Return which row it is, and which edition of its words."""
        return f"{row['id']}{SEPARATOR}{row[self.edition]}" if self.edition else row["id"]


def owners(kind: str, *ids: str | None) -> Owners:
    """Return whose keys seal what belongs to these; to nobody, the workspace's own."""
    people = {each for each in ids if each}
    return tuple((kind, each) for each in (sorted(people) if len(people) > 1 else people)) or ((PLACE, ""),)


def where(table: str, column: str, place: str) -> str:
    """Return what else than its workspace and its people a text is bound to."""
    return f"{table}{SEPARATOR}{column}{SEPARATOR}{place}"
