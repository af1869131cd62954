"""Puts the practice Teams together."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.practice import faults as no_faults
from bot.practice.carrier import Deadline
from bot.practice.limits import Limits
from bot.practice.pages.guard import LoopbackOnly
from bot.practice.pages.page import STATIC as SHARED
from bot.practice.pages.page import Page, StaticFilesFresh
from bot.practice.policy import Policy
from bot.practice.side import Side
from bot.practice.slack.deeds import Deed
from bot.practice.slack.server import LOG_HINT, no_event, no_words, travel_with
from bot.practice.teams.api.connector import Connector
from bot.practice.teams.api.handover import Handover
from bot.practice.teams.api.rates import teams_limits
from bot.practice.teams.courier import PATIENCE, RETRIES, Courier, Retry
from bot.practice.teams.deeds.fate import Fate
from bot.practice.teams.deeds.presses import Presses
from bot.practice.teams.deeds.talk import Talk
from bot.practice.teams.fixed import fixed_world
from bot.practice.teams.keep import from_json, to_json
from bot.practice.teams.keys import Signer, metadata, signer
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.state import look
from bot.practice.teams.world import World
from bot.practice.time.clock import TravelClock
from bot.practice.time.trip import Trip

ROOT = "/practice/teams"
TOKEN = "local"  # noqa: S105 - between two ends of one process on loopback
METADATA = "/.well-known/openidconfiguration"
STATIC = Path(__file__).parent / "static"


class PracticeTeams(Side[TeamsSite, Courier]):
    """A local Teams; its routes stand before those of the practice Slack, whose /practice takes the rest."""

    def __init__(self, site: TeamsSite, courier: Courier, signer: Signer) -> None:
        """Hold what was put together; `practice_teams` does that."""
        super().__init__(site, courier, ())
        self.signer = signer

    @property
    def world(self) -> World:
        """What exists in this world."""
        return self.site.world

    @property
    def metadata_url(self) -> str:
        """Where a bot learns who signs here."""
        return f"{self.site.address}{METADATA}"

    async def begin_anew(self) -> None:
        """Throw everything away but the clock, which others may share."""
        await self.courier.forget()
        self.courier.last = None
        self.site.world = fixed_world()
        self.site.limits.clear()
        self.site.changed()

    def app(self, *more: BaseRoute) -> Starlette:
        """Return the practice Teams as an app of its own, with the files that its page shares with Slack's."""
        return super().app(Mount("/practice/static", StaticFilesFresh(directory=SHARED)), *more)


def practice_teams(
    *,
    bot_url: str,
    client_id: str,
    base_url: str,
    clock: TravelClock,
    keep_path: Path | None = None,
    token: str = TOKEN,
    travel: Callable[[str], Awaitable[None]] | None = None,
    next_event: Callable[[], Awaitable[datetime | None]] | None = None,
    reset: Callable[[], Awaitable[None]] | None = None,
    problems: Callable[[], list[str]] | None = None,
    page_words: Callable[[str], dict[str, str]] | None = None,
    faults: no_faults.Faults = no_faults.none,
    limits: Limits | None = None,
    policy: Policy | None = None,
    patience: float = PATIENCE,
    deadline: Deadline = asyncio.timeout,
    retries: Sequence[Retry] = RETRIES,
    log_hint: str = LOG_HINT,
    trip: Trip | None = None,
) -> PracticeTeams:
    """Return a practice Teams at `base_url` that speaks to the bot at `bot_url`; raises UnreadableError for a bad file.

    The bot must show the `token`. Without `travel` the clock travels, to ISO moments only; without `reset` this world
    begins anew, and the clock. What both practices share is handed to both.
    """
    site = TeamsSite(
        world=fixed_world(),
        clock=clock,
        client_id=client_id,
        address=f"{base_url.rstrip('/')}{ROOT}",
        token=token,
        limits=limits or teams_limits(),
        policy=policy or Policy(),
    )
    if keep_path:
        site.keep_in(keep_path, to_json, from_json)
    signs = signer()
    courier = Courier(site, bot_url, signs, patience=patience, deadline=deadline, retries=retries)
    handover = Handover(site, courier, faults)
    whole = PracticeTeams(site, courier, signs)

    async def begin_anew() -> None:
        clock.reset()
        await whole.begin_anew()

    page = Page(
        site,
        _deeds(site, courier, handover),
        look=lambda name, said: look(site, name, said),
        trip=trip or Trip(),
        words=page_words or no_words,
        travel=travel or travel_with(clock),
        next_event=next_event or no_event,
        reset=reset or begin_anew,
        problems=problems or list,
        log_hint=log_hint,
        static=STATIC,
    )
    inside = [
        *_published(site, signs),
        *Connector(site, faults).routes(),
        *handover.routes(),
        *page.routes(),
    ]
    guard = [Middleware(LoopbackOnly)]
    whole.routes = [
        Route(ROOT, page.index, methods=["GET"], middleware=guard),
        Mount(ROOT, routes=inside, middleware=guard),
    ]
    return whole


def _deeds(site: TeamsSite, courier: Courier, handover: Handover) -> Mapping[str, Deed]:
    """Return every deed by its name; each returns after the bot answered, or raises Refusal."""
    talk, presses, fate = Talk(site, courier), Presses(site, courier), Fate(site, courier)
    return {
        "say": talk.say,
        "edit": talk.edit,
        "delete": talk.delete,
        "undelete": talk.undelete,
        "wipe": fate.wipe,
        "forget_chat": fate.forget_chat,
        "read": talk.read,
        "press": presses.press,
        "profile": fate.profile,
        "add_app": fate.add_app,
        "remove_app": fate.remove_app,
        "add_to_team": fate.add_to_team,
        "remove_from_team": fate.remove_from_team,
        "accept_file": handover.accept,
        "decline_file": handover.decline,
        "redeliver": fate.redeliver,
    }


def _published(site: TeamsSite, signs: Signer) -> list[BaseRoute]:
    async def about(request: Request) -> Response:
        del request
        return JSONResponse(metadata(site.address))

    async def keys(request: Request) -> Response:
        del request
        return JSONResponse(signs.key_set())

    return [Route(METADATA, about, methods=["GET"]), Route("/keys", keys, methods=["GET"])]
