"""Looking for a phrase in the log: typed words come by POST and stay with the session, so that no address has them."""

from starlette.responses import Response

from bot.desk.pages.log import shown, view_asked
from bot.desk.request import DeskRequest, to
from bot.flows.desk import search as flow
from bot.flows.desk.search import Refused


async def look_for(request: DeskRequest) -> Response:
    """Keep what is looked for, and lead to what is found of it in the view."""
    view = view_asked(request)
    if view is None:
        return request.missing()
    here = view.unsearched()
    kept = await flow.look_for(request.ports, request.visitor, request.form.get("words", ""))
    if isinstance(kept, Refused):
        return await shown(request, here, kept)
    return to("/desk/log", here.pairs(), search=kept.id)


async def back(request: DeskRequest) -> Response:
    """Lead to the view that a form was sent in from: reloaded, or come back to, its page has no words any more."""
    view = view_asked(request)
    return request.missing() if view is None else to("/desk/log", view.here)
