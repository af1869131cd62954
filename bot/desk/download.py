"""Files that leave the desk: what they are called, and that nobody else's page makes a browser fetch them."""

from bot.desk.asked import Asked
from bot.flows.privacy.export import named

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def is_asked_for_here(asked: Asked) -> bool:
    """Whether a person asked for the file by themselves: a page of another site does not count."""
    return asked.request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def attached(asked: Asked, what: str, ending: str) -> dict[str, str]:
    """Return the headers of a file; `what` it holds stands in its name."""
    name = f"{named(asked.ports, asked.visitor.member)}-{what}.{ending}"
    return {"Content-Type": KINDS[ending], "Content-Disposition": f'attachment; filename="{name}"'}
