"""What of an open page still stands: asked by the page itself, it counts as no look and keeps no session alive."""

from starlette.responses import JSONResponse, Response

from bot.desk.asked import Asked
from bot.flows.desk.log import A_PAGE

MOST = 4 * A_PAGE  # lines that are asked about at once; a page has fewer


async def still(asked: Asked) -> Response:
    """Return the lines among those asked about that their reader may read now."""
    member, lines = asked.visitor.member, asked.query.get("lines", "").split(",")[:MOST]
    cohort = asked.query.get("cohort", "")
    found = await asked.ports.store.readable(member.workspace, member.id, cohort, lines, asked.ports.now)
    return asked.missing() if found is None else JSONResponse({"stand": list(found)})
