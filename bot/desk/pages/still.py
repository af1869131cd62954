"""What of an open page still stands: asked by the page itself, it counts as no look and keeps no session alive."""

from starlette.responses import JSONResponse, Response

from bot.desk.request import DeskRequest
from bot.flows.desk.cohort.left_out import standing
from bot.flows.desk.log import A_PAGE

MOST = 4 * A_PAGE  # lines that are asked about at once; a page has fewer


async def still(request: DeskRequest) -> Response:
    """Return the lines among those asked about that their reader may read now."""
    lines, cohort = request.query.get("lines", "").split(",")[:MOST], request.query.get("cohort", "")
    found = await standing(request.ports, request.visitor, cohort, lines)
    return request.missing() if found is None else JSONResponse({"stand": list(found)})
