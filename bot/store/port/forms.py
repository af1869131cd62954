"""Forms that people have open."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.coaching.open_form import OpenForm


class Forms(Protocol):
    """Which forms were opened, in which order, and whose words they show."""

    async def keep_form(self, form: OpenForm) -> None:
        """Remember that a form is opened; of an opening that is known its kind and its place change, nothing else."""
        ...

    async def overtaken_form(self, workspace: str, person: str, opening: str, *, at: datetime) -> OpenForm | None:
        """Return a form of a person when they opened another one of its kind after it, up to a moment.

        None when it is the newest, and when nobody knows of it.
        """
        ...

    async def forms_about(self, records: Collection[str]) -> Sequence[OpenForm]:
        """Return the forms that show the words of one of these records to somebody else."""
        ...

    async def forms_with_words(self) -> Sequence[OpenForm]:
        """Return every form that shows somebody else's words."""
        ...

    async def form_shows_nothing(self, workspace: str, opening: str) -> None:
        """Remember that a form shows nobody else's words any more."""
        ...

    async def drop_forms(self, opened_before: datetime, *, with_words_before: datetime) -> None:
        """Forget forms opened before then; with somebody else's words before the other moment, and cards never.

        A card with such words stands until it is closed.
        """
        ...
