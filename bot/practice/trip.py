"""Being on the way through time: one trip at a time, whichever page it was asked for on."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Protocol

from bot.practice.changes import Changes
from bot.practice.keep import Keep
from bot.practice.rules import Refusal


class Place(Protocol):
    """What a page shows."""

    @property
    def changes(self) -> Changes:
        """What tells that something changed."""
        ...

    @property
    def keep(self) -> Keep | None:
        """What keeps it, if anything does."""
        ...

    def now(self) -> datetime:
        """Return the present moment there."""
        ...

    def changed(self) -> None:
        """Tell who looks, and keep it."""
        ...


class Trip:
    """Tells whether a trip, or a new beginning, is under way, and takes every place along."""

    def __init__(self) -> None:
        """Begin at rest, with no place yet."""
        self.is_on = False
        self._places: list[Place] = []

    def takes_along(self, place: Place) -> None:
        """Tell this place, too, when a trip begins and ends, and have it kept at the end."""
        self._places.append(place)

    @contextlib.asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Be on the way for as long as this lasts; raises Refusal when somebody is already."""
        if self.is_on:
            raise Refusal("travelling")
        self._turn(is_on=True)
        try:
            yield
        finally:
            self._turn(is_on=False)
        for place in self._places:
            if place.keep:
                await place.keep.at_once()  # weeks went by: a crash in the next moment would lose them here only

    def _turn(self, *, is_on: bool) -> None:
        self.is_on = is_on
        for place in self._places:
            place.changed()
