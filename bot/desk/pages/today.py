"""The first page: a coach's week; who coaches nobody has their own page for it."""

from starlette.responses import Response

from bot.desk.request import DeskRequest, to
from bot.flows.desk import today as flow


async def today(request: DeskRequest) -> Response:
    """Show what is new and what comes due."""
    if not request.visitor.about.coached:
        return to("/desk/me")
    is_late = request.query.get("late") == "yes"
    return request.page("today", today=await flow.today(request.ports, request.visitor), is_late=is_late)


async def take(request: DeskRequest) -> Response:
    """Take a request for a word; what another coach was faster to take is told so."""
    if not request.visitor.about.coached:
        return request.missing()
    is_taken = await flow.take(request.ports, request.visitor, request.http.path_params["request"])
    return to("/desk") if is_taken else to("/desk", late="yes")
