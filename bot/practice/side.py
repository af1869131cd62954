"""One side of the practice, whichever platform it plays: addresses to serve, a world, a beginning and an end."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any, Generic, TypeVar

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.practice.carrier import Carrier
from bot.practice.place import Place
from bot.practice.time.clock import TravelClock

P = TypeVar("P", bound=Place[Any])
C = TypeVar("C", bound=Carrier)


class Side(Generic[P, C]):
    """A platform of our own, on a place, with somebody who carries what happens there to the bot."""

    def __init__(self, site: P, courier: C, routes: Sequence[BaseRoute]) -> None:
        """Hold what was put together."""
        self.site = site
        self.courier = courier
        self.routes = list(routes)

    @property
    def clock(self) -> TravelClock:
        """The time in this world."""
        return self.site.clock

    def changed(self) -> None:
        """Tell the page to look again, when something outside this world changed."""
        self.site.changed()

    async def start(self) -> None:
        """Begin to keep the world."""
        self.site.changed()

    async def stop(self) -> None:
        """Let who waits go, bring nothing more, and keep the world."""
        self.site.changes.close()
        await self.courier.close()
        if self.site.keep:
            await self.site.keep.at_once()

    def app(self, *more: BaseRoute) -> Starlette:
        """Return this side as an app of its own, with more addresses if given."""

        @contextlib.asynccontextmanager
        async def lifespan(app: Starlette) -> AsyncIterator[None]:
            del app
            await self.start()
            yield
            await self.stop()

        return Starlette(routes=[*self.routes, *more], lifespan=lifespan)
