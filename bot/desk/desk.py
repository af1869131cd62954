"""The desk: how each request finds out who asks, and how people sign in and out."""

import logging
import time
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.coaching.language import Language
from bot.desk import guard
from bot.desk.guard import RateLimit, TooLarge
from bot.desk.render import page
from bot.desk.request import FORBIDDEN, GONE, SEE_OTHER, TOO_LARGE, TOO_MANY, Answer, DeskRequest, nowhere
from bot.flows.desk import entry
from bot.flows.ports import Ports

log = logging.getLogger(__name__)

PICKER = "/practice/desk"  # where practice lets people in; nothing answers there elsewhere


class Desk:
    """Everything below /desk."""

    def __init__(
        self,
        ports: Callable[[], Ports],
        *,
        wake: Callable[[], None],
        picker: str = "",
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Serve the store of these ports: `wake` has what is due sent, `picker` is where practice lets people in.

        `steady` counts the seconds by which requests are paced.
        """
        self._ports = ports
        self.wake = wake
        self._picker = picker
        self._rate = RateLimit(steady)

    # --- who asks -------------------------------------------------------------------------------------------------

    def known(self, answer: Answer, *, is_quiet: bool = False) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a request of somebody at the desk; anybody else is told how to come in.

        What `is_quiet` a page asks by itself: it is no sign of its person.
        """

        async def answered(request: Request) -> Response:
            try:
                form = await guard.form_of(request) if request.method == "POST" else {}
            except TooLarge:
                return self._closed(request, "large", TOO_LARGE)
            token = request.cookies.get(self._cookie, "")
            visitor = await entry.recognized(self._ports(), token, is_seen=not is_quiet)
            if visitor is None:
                return self._closed(request, "outside", FORBIDDEN)
            if not self._rate.allows(f"{visitor.member.workspace}/{visitor.member.id}"):
                return self._closed(request, "busy", TOO_MANY)
            is_ours = guard.is_from_here(request.headers, self._origin) and guard.has_csrf_token(form, token)
            if request.method == "POST" and not is_ours:
                log.info("refused a form of another page")
                return self._closed(request, "foreign", FORBIDDEN)
            ports = self._ports().at(visitor.member.workspace)
            return await answer(
                DeskRequest(http=request, ports=ports, visitor=visitor, csrf_token=guard.csrf_token(token), form=form)
            )

        return answered

    @property
    def _origin(self) -> str:
        return guard.origin_of(self._ports().public_url)

    @property
    def _cookie(self) -> str:
        return "__Host-pitstop" if self._is_secure else "pitstop"

    @property
    def _is_secure(self) -> bool:
        return self._origin.startswith("https:")

    def _closed(self, request: Request, why: str, status: int) -> Response:
        """Return why nothing is shown, to somebody of whom we know no more than what their browser says."""
        words, picker = self._ports().words, self._picker
        return page("closed", words, language_of(request), status=status, why=why, picker=picker)

    # --- signing in and out ----------------------------------------------------------------------------------------

    async def entrance(self, request: Request) -> Response:
        """Show the button that uses up a link: looking at the page, as link previews do, uses up nothing."""
        token = request.path_params["token"]
        if await entry.link_of(self._ports(), token) is None:
            return self._closed(request, "used", GONE)
        return page("entrance", self._ports().words, language_of(request), token=token)

    async def sign_in(self, request: Request) -> Response:
        """Use a link up and begin a session; whoever has the link comes in, once, as the person who asked for it."""
        try:
            form = await guard.form_of(request)
        except TooLarge:
            return self._closed(request, "large", TOO_LARGE)
        if not guard.is_from_here(request.headers, self._origin):
            return self._closed(request, "foreign", FORBIDDEN)
        token = await entry.sign_in(self._ports(), form.get("token", ""))
        if token is None:
            return self._closed(request, "used", GONE)
        log.info("somebody signed in")
        return self.start_session(token)

    def start_session(self, token: str) -> Response:
        """Return the way to the first page, with the cookie of a session that has begun."""
        answer = RedirectResponse("/desk", status_code=SEE_OTHER)
        answer.set_cookie(self._cookie, token, path="/", secure=self._is_secure, httponly=True, samesite="lax")
        return answer

    async def sign_out(self, request: DeskRequest) -> Response:
        """End the session, or all of the person's."""
        everywhere = request.form.get("everywhere") == "yes"
        await entry.sign_out(request.ports, request.visitor, everywhere=everywhere)
        language = request.visitor.language
        why = "everywhere" if everywhere else "out"
        answer = page("closed", request.ports.words, language, why=why, picker=self._picker)
        answer.delete_cookie(self._cookie, path="/", secure=self._is_secure, httponly=True, samesite="lax")
        return answer

    async def lost(self, request: Request) -> Response:
        """Answer at an address that leads nowhere."""
        return await self.known(nowhere)(request)


def language_of(request: Request) -> Language:
    """Return the language that a browser asks for, among ours."""
    for each in request.headers.get("accept-language", "").split(","):
        code = each.partition(";")[0].strip().partition("-")[0].lower()
        if code in list(Language):
            return Language(code)
    return Language.EN
