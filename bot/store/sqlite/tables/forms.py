"""Forms that people have open."""

import sqlite3
from dataclasses import asdict
from datetime import datetime

from bot.coaching.records.open_form import OpenForm
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import moment


class Forms(Part):
    """Which forms were opened, in which order."""

    async def keep_form(self, form: OpenForm) -> None:
        """Remember that a form is opened; of an opening that is known its kind changes, nothing else."""
        values = asdict(form) | {"opened_at": moment(form.opened_at)}
        await self._writer.write(lambda connection: changed(connection, "keep_form", **values))

    async def overtaken_form(self, workspace: str, person: str, opening: str, *, at: datetime) -> OpenForm | None:
        """Return a form of a person when they opened another one of its kind after it, up to a moment."""
        found = self._forms("overtaken_form", workspace=workspace, person=person, opening=opening, at=moment(at))
        return next(iter(found), None)

    async def drop_forms(self, opened_before: datetime, *, with_words_before: datetime) -> None:
        """Forget forms opened before then; views with other people's words those before the other moment."""

        def work(connection: sqlite3.Connection) -> None:
            changed(connection, "drop_forms", opened_before=moment(opened_before))
            changed(connection, "drop_views", opened_before=moment(with_words_before))

        await self._writer.write(work)

    def _forms(self, name: str, **values: str) -> list[OpenForm]:
        return [_form(row) for row in self._reading.rows(name, **values)]


def _form(row: sqlite3.Row) -> OpenForm:
    told = {column: row[column] for column in row.keys() if column != "seq"}  # noqa: SIM118 - a Row iterates over values
    return OpenForm(**told | {"opened_at": datetime.fromisoformat(told["opened_at"])})
