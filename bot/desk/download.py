"""Files that leave the desk: what they are called, and that nobody else's page makes a browser fetch them."""

from bot.desk.request import DeskRequest
from bot.flows.privacy.export import named

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def is_requested_here(request: DeskRequest) -> bool:
    """Whether a person asked for the file by themselves: a page of another site does not count."""
    return request.http.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def attached(request: DeskRequest, what: str, ending: str) -> dict[str, str]:
    """Return the headers of a file; `what` it holds stands in its name."""
    name = f"{named(request.ports, request.visitor.member)}-{what}.{ending}"
    return {"Content-Type": KINDS[ending], "Content-Disposition": f'attachment; filename="{name}"'}
