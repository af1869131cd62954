"""Forms that people have open."""

from datetime import datetime
from typing import Protocol

from bot.coaching.records.open_form import OpenForm


class Forms(Protocol):
    """Which forms were opened, in which order."""

    async def keep_form(self, form: OpenForm) -> None:
        """Remember that a form is opened; of an opening that is known its kind changes, nothing else."""
        ...

    async def overtaken_form(self, workspace: str, person: str, opening: str, *, at: datetime) -> OpenForm | None:
        """Return a form of a person when they opened another one of its kind after it, up to a moment.

        None when it is the newest, and when nobody knows of it.
        """
        ...

    async def drop_forms(self, opened_before: datetime, *, with_words_before: datetime) -> None:
        """Forget forms opened before then; views with other people's words those before the other moment.

        A card with such words stands until it is closed.
        """
        ...
