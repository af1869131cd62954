"""A request to the desk of somebody whom we recognize, and the answers that all pages have in common."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.render import page
from bot.flows.desk.entry import Visitor
from bot.flows.ports import Ports

OK, SEE_OTHER, FORBIDDEN, NOT_FOUND, GONE = 200, 303, 403, 404, 410
TOO_LARGE, UNPROCESSABLE, TOO_MANY = 413, 422, 429


@dataclass(frozen=True, kw_only=True)
class DeskRequest:
    """A request of somebody whom we recognize."""

    http: Request  # as it came in
    ports: Ports  # in the words of their workspace
    visitor: Visitor
    csrf_token: str  # what the forms of their pages carry
    form: Mapping[str, str]  # that they sent in; empty for a page they ask for

    @property
    def query(self) -> Mapping[str, str]:
        """What the address says, the last of a name."""
        return self.http.query_params

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """What the address says, all values of a name."""
        return self.http.query_params.multi_items()

    def page(self, template: str, *, status: int = 200, **shown: object) -> Response:
        """Return a page for whoever asks."""
        return page(
            template,
            self.ports.words,
            self.visitor.language,
            status=status,
            visitor=self.visitor,
            csrf_token=self.csrf_token,
            here=self.http.url.path,
            **shown,
        )

    def missing(self) -> Response:
        """Return that there is nothing at this address, to who may not know as to who is lost."""
        return self.page("missing", status=NOT_FOUND)


Answer = Callable[[DeskRequest], Awaitable[Response]]


async def nowhere(request: DeskRequest) -> Response:
    """Return that there is nothing."""
    return request.missing()


def to(path: str, pairs: Sequence[tuple[str, str]] = (), **values: str) -> Response:
    """Return the way to another page."""
    every = [*pairs, *values.items()]
    return RedirectResponse(f"{path}?{urlencode(every)}" if every else path, status_code=SEE_OTHER)
