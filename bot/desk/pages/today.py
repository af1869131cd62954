"""The first page: a coach's week; who coaches nobody has their own page for it."""

from starlette.responses import Response

from bot.desk.asked import Asked, to
from bot.flows.desk import today as flow


async def today(asked: Asked) -> Response:
    """Show what is new and what comes due."""
    if not asked.visitor.about.coached:
        return to("/desk/me")
    found = await flow.today(asked.ports, asked.visitor)
    return asked.page("shut") if found is None else asked.page("today", today=found)
