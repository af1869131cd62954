"""What every request to the desk passes: forms come from our own pages, nobody asks without end, nothing is kept."""

from collections import OrderedDict, deque
from collections.abc import Callable
from hmac import compare_digest
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.flows.desk.tokens import hashed

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST = 64 * 1024  # bytes of a form: an answer of 3,000 characters takes 36,000 at most
MOST_FIELDS = 20
WINDOW = 60.0  # seconds
MOST = 120  # requests of one person within them, in all browsers
MOST_KNOWN = 10_000  # people whose requests are counted


class SecurityHeaders:
    """Puts the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class TooLarge(Exception):
    """A form is larger than any of ours."""


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form as the page sent it, the first of a name; raises TooLarge."""
    sent = bytearray()
    async for chunk in request.stream():
        sent += chunk
        if len(sent) > LARGEST:
            raise TooLarge
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return {}
    try:
        pairs = parse_qsl(sent.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than any form of ours, or no text
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value.replace("\r\n", "\n").replace("\x00", ""))
    return found


def is_from_here(headers: Headers, origin: str) -> bool:
    """Whether a deed comes from a page of ours.

    The browser says so by `Origin`; where our pages send no referrer it says "null", and then by `Sec-Fetch-Site`.
    """
    site, said = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if said is None or said == "null":
        return site == "same-origin"
    return said == origin


def origin_of(address: str) -> str:
    """Return the origin of an address, as browsers say it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def csrf_token(token: str) -> str:
    """Return what a form of this session carries, so that nobody else can make one."""
    return hashed(token, of="form")


def has_csrf_token(form: dict[str, str], token: str) -> bool:
    """Whether a form carries what its session's pages put there."""
    return compare_digest(form.get("csrf_token", "").encode(), csrf_token(token).encode())


class RateLimit:
    """Counts what each person asks for: who asks without end waits, and nobody else behind the same address."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with nobody known; `clock` counts seconds, steadily."""
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, person: str) -> bool:
        """Whether one more request of this person is answered now; it is counted if so."""
        now = self._clock()
        times = self._times.setdefault(person, deque())
        self._times.move_to_end(person)
        while len(self._times) > MOST_KNOWN:
            self._times.popitem(last=False)
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) >= MOST:
            return False
        times.append(now)
        return True
