"""Being on the way through time: one trip at a time, whichever page it was asked for on."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from bot.practice.place import Place
from bot.practice.slack.api.rules import Refusal


class Trip:
    """Tells whether a trip, or a new beginning, is under way, and takes every place along."""

    def __init__(self) -> None:
        """Begin at rest, with no place yet."""
        self.is_on = False
        self._places: list[Place[Any]] = []

    def takes_along(self, place: Place[Any]) -> None:
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
