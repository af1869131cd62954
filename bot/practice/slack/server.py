"""Puts the practice workspace together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from bot.practice import faults as no_faults
from bot.practice.carrier import Deadline
from bot.practice.keep import from_json, to_json
from bot.practice.limits import Limits
from bot.practice.pages.guard import LoopbackOnly
from bot.practice.pages.page import Page
from bot.practice.policy import Policy
from bot.practice.side import Side
from bot.practice.slack.api import addresses
from bot.practice.slack.api.rules import SCOPES
from bot.practice.slack.api.tiers import slack_limits
from bot.practice.slack.deeds import deeds
from bot.practice.slack.events import PATIENCE, RETRY_DELAYS, Courier
from bot.practice.slack.fixed import fixed_world
from bot.practice.slack.site import Site
from bot.practice.slack.state import look
from bot.practice.slack.triggers import Triggers
from bot.practice.slack.world import World
from bot.practice.time.clock import TravelClock
from bot.practice.time.trip import Trip

LOG_HINT = "python -m bot log"


class Practice(Side[Site, Courier]):
    """A local Slack: addresses to serve, a clock, and a beginning and an end."""

    def __init__(
        self,
        site: Site,
        courier: Courier,
        routes: Sequence[BaseRoute],
        begin_anew: Callable[[], Awaitable[None]],
    ) -> None:
        """Hold what was put together; `practice` does that."""
        super().__init__(site, courier, routes)
        self.begin_anew = begin_anew  # as "reset" on the page does

    @property
    def world(self) -> World:
        """What exists in this world."""
        return self.site.world


def practice(
    *,
    bot_url: str,
    signing_secret: str,
    bot_token: str,
    clock: TravelClock,
    keep_path: Path | None = None,
    travel: Callable[[str], Awaitable[None]] | None = None,
    next_event: Callable[[], Awaitable[datetime | None]] | None = None,
    reset: Callable[[], Awaitable[None]] | None = None,
    problems: Callable[[], list[str]] | None = None,
    page_words: Callable[[str], dict[str, str]] | None = None,
    faults: no_faults.Faults = no_faults.none,
    limits: Limits | None = None,
    policy: Policy | None = None,
    scopes: frozenset[str] = SCOPES,
    patience: float = PATIENCE,
    deadline: Deadline = asyncio.timeout,
    retry_delays: Sequence[float] = RETRY_DELAYS,
    triggers: Triggers | None = None,
    log_hint: str = LOG_HINT,
    trip: Trip | None = None,
) -> Practice:
    """Return a practice workspace that speaks to the app at `bot_url`; raises UnreadableError for a bad file.

    Without `limits` it keeps Slack's tiers. Without `travel` the clock travels, to ISO moments only; without `reset`
    the world alone begins anew.
    """
    site = Site(
        world=fixed_world(),
        clock=clock,
        token=bot_token,
        scopes=scopes,
        limits=limits or slack_limits(),
        policy=policy or Policy(),
        triggers=triggers or Triggers(),
    )
    if keep_path:
        site.keep_in(keep_path, to_json, from_json)
    courier = Courier(bot_url, signing_secret, patience=patience, deadline=deadline, retry_delays=retry_delays)
    words = page_words or no_words

    async def begin_anew() -> None:
        await courier.forget()
        site.clock.reset()
        if reset:
            await reset()
        site.world = fixed_world()
        site.limits.clear()
        site.uploads.clear()

    page = Page(
        site,
        deeds(site, courier, words),
        look=lambda name, said: look(site, name, said),
        trip=trip or Trip(),
        words=words,
        travel=travel or travel_with(clock),
        next_event=next_event or no_event,
        reset=begin_anew,
        problems=problems or list,
        log_hint=log_hint,
    )
    guard = [Middleware(LoopbackOnly)]
    inside = [*addresses.routes(site, faults), *page.routes()]
    routes = [
        Route("/practice", page.index, methods=["GET"], middleware=guard),
        Mount("/practice", routes=inside, middleware=guard),
    ]
    return Practice(site, courier, routes, begin_anew)


def travel_with(clock: TravelClock) -> Callable[[str], Awaitable[None]]:
    """Return what sets a clock to ISO moments."""

    async def travel(to: str) -> None:
        moment = datetime.fromisoformat(to)
        clock.set(moment if moment.tzinfo else moment.replace(tzinfo=UTC))

    return travel


async def no_event() -> datetime | None:
    """Know of nothing to come."""
    return None


def no_words(language: str) -> dict[str, str]:
    """Have no words in any language."""
    del language
    return {}
