"""The first page: a coach's week; who coaches nobody has their own page for it."""

from starlette.responses import Response

from bot.desk.asked import Asked, to
from bot.flows.desk import today as flow


async def today(asked: Asked) -> Response:
    """Show what is new and what comes due."""
    if not asked.visitor.about.coached:
        return to("/desk/me")
    is_late = asked.query.get("late") == "yes"
    return asked.page("today", today=await flow.today(asked.ports, asked.visitor), is_late=is_late)


async def take(asked: Asked) -> Response:
    """Take a request for a word; what another coach was faster to take is told so."""
    if not asked.visitor.about.coached:
        return asked.missing()
    is_taken = await flow.take(asked.ports, asked.visitor, asked.request.path_params["request"])
    return to("/desk") if is_taken else to("/desk", late="yes")
