"""How the file came to be as it is: numbered .sql files, only ever added to."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

SCHEMA = Path(__file__).parent / "schema"
NAME = "pitstop"


class Steps:
    """The steps of a folder, against those a file already took."""

    def __init__(self, folder: Path, database: Database) -> None:
        """Read the names of the steps, not yet their content."""
        self._database = database
        self._migrations = Migrations(NAME)
        files = sorted(folder.glob("*.sql"))
        for file in files:
            self._migrations(name=file.stem)(_step(file))
        self._known = {file.stem for file in files}

    @property
    def taken(self) -> list[str]:
        """The steps the file took, oldest first."""
        return [step.name for step in self._migrations.applied(self._database)]

    @property
    def unknown(self) -> list[str]:
        """The steps the file took that the folder lacks: a newer version wrote it."""
        return [name for name in self.taken if name not in self._known]

    @property
    def pending(self) -> list[str]:
        """The steps still to take."""
        return [step.name for step in self._migrations.pending(self._database)]

    def take(self) -> None:
        """Take them; inside an open transaction all become part of it."""
        self._migrations.apply(self._database)


def _step(file: Path) -> Callable[[Database], None]:
    def step(database: Database) -> None:
        for statement in _statements(file.read_text("utf-8")):
            database.execute(statement)

    return step


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
