"""The page's side: its files, what a person sees, what a person does, and news as it comes."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import AppStatus
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.practice.place import Place
from bot.practice.slack.api.addresses import base_of, refused
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds import Deed
from bot.practice.slack.deeds.asked import Asked
from bot.practice.slack.world import Json
from bot.practice.time.trip import Trip

STATIC = Path(__file__).parent / "static"
REFUSED = 400
NOT_FOUND = 404
LOCALES = {"en": "en-GB", "nl": "nl-NL"}  # of people's clients, by the page's language
LONGEST_WAIT = 5.0  # seconds that `state?after=` waits for news
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


Look = Callable[[str, Mapping[str, str]], Json | None]  # what somebody sees, in these words; None for strangers


class Page:
    """Answers what the page asks."""

    def __init__(
        self,
        place: Place[Any],
        deeds: Mapping[str, Deed],
        *,
        look: Look,
        trip: Trip,
        words: Callable[[str], dict[str, str]],
        travel: Callable[[str], Awaitable[None]],
        next_event: Callable[[], Awaitable[datetime | None]],
        reset: Callable[[], Awaitable[None]],
        problems: Callable[[], list[str]],
        log_hint: str,
        static: Path = STATIC,
    ) -> None:
        """Show a place; time, its next event and a new beginning are in others' hands."""
        self._place = place
        self._look = look
        self._trip = trip
        self._static = static
        self._words = words
        self._travel = travel
        self._next_event = next_event
        self._reset = reset
        self._problems = problems
        self._log_hint = log_hint
        trip.takes_along(place)
        self._spoken: tuple[object, str] = (None, "")  # which world's people last heard of which language
        self._deeds: dict[str, Deed] = {**deeds, "travel": self._go, "reset": self._begin_anew}

    def routes(self) -> list[BaseRoute]:
        """Return the page's addresses, to stand under /practice."""
        return [
            Route("/", self.index, methods=["GET"]),
            Mount("/static", StaticFilesFresh(directory=self._static, check_dir=False)),
            Route("/api/state", self.state, methods=["GET"]),
            Route("/api/stream", self.stream, methods=["GET"]),
            Route("/api/words", self.words, methods=["GET"]),
            Route("/api/{action}", self.act, methods=["POST"]),
        ]

    async def index(self, request: Request) -> Response:
        """Return the page itself."""
        del request
        page = self._static / "index.html"
        if not page.is_file():
            return PlainTextResponse("", status_code=NOT_FOUND)
        return FileResponse(page, headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY})

    async def words(self, request: Request) -> Response:
        """Return the page's words in a language."""
        return JSONResponse(self._words(request.query_params.get("language", "en")))

    async def state(self, request: Request) -> Response:
        """Return what a person sees; with `after`, once it is newer than that or nothing came for a while."""
        after = request.query_params.get("after", "")
        if after.isdecimal():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_WAIT):
                    await self._place.changes.after(int(after))
        words = self._words(request.query_params.get("language", "en"))
        seen = self._look(request.query_params.get("as", ""), words)
        if seen is None:
            return refused(Refusal("user_not_found", status=REFUSED))
        coming = await self._next_event()
        seen |= {
            "travelling": self._trip.is_on,
            "next_event": coming.isoformat(timespec="seconds") if coming else None,
            "problems": self._problems(),
            "log_hint": self._log_hint,
        }
        return Response(
            json.dumps(seen, ensure_ascii=False, separators=(",", ":")),
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    async def stream(self, request: Request) -> Response:
        """Send the version whenever something changed, until the changes are closed."""
        del request
        # Left alone it ends all streams once any server of this process, found by its signal handler, was stopped.
        AppStatus.enable_automatic_graceful_drain = False
        return EventSourceResponse(self._news())

    async def act(self, request: Request) -> Response:
        """Do what a person asks for."""
        deed = self._deeds.get(request.path_params["action"])
        if deed is None:
            return refused(Refusal("unknown_action", status=NOT_FOUND))
        try:
            asked = Asked(await _asked(request), base_of(request))
            self._speak(asked.text("language"))
            answer = await deed(asked)
        except Refusal as refusal:
            refusal.status = max(refusal.status, REFUSED)
            return refused(refusal)
        return JSONResponse({"ok": True, **answer})

    async def _news(self) -> AsyncIterator[ServerSentEvent]:
        version = 0
        while not self._place.changes.is_closed:
            version = await self._place.changes.after(version)
            if self._place.changes.is_closed:
                return
            yield ServerSentEvent(event="changed", data=json.dumps({"version": version}))

    async def _go(self, asked: Asked) -> Json:
        to = asked.text("to")
        if not to:
            raise Refusal("invalid_arguments")
        async with self._trip.taken():
            try:
                await self._travel(to)
            except ValueError:
                raise Refusal("invalid_time") from None
        return {"now": self._place.now().isoformat(timespec="seconds")}

    def _speak(self, language: str) -> None:
        """Give everybody a client in the page's language, once the page speaks another one."""
        if language not in LOCALES or (self._spoken[0] is self._place.world and self._spoken[1] == language):
            return
        self._spoken = (self._place.world, language)
        for person in list(self._place.world.people.values()):
            if not person.locale.startswith(language):
                self._place.world.add(replace(person, locale=LOCALES[language]))

    async def _begin_anew(self, asked: Asked) -> Json:
        del asked
        async with self._trip.taken():
            await self._reset()
        return {}


class StaticFilesFresh(StaticFiles):
    """Files that the browser asks for again each time."""

    def file_response(self, full_path: object, stat_result: object, scope: Scope, status_code: int = 200) -> Response:
        """Return a file, or that it is still the same."""
        response = super().file_response(full_path, stat_result, scope, status_code)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _asked(request: Request) -> Json:
    if "json" not in request.headers.get("content-type", ""):
        raise Refusal("invalid_content_type")
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal("invalid_json")
    return body
