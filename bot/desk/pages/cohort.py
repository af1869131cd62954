"""A team's page: its week, what was tried, the pulse, and the next post, from which lines can be left out."""

from starlette.responses import Response

from bot.desk import chart
from bot.desk.request import Answer, DeskRequest, to
from bot.flows.desk.cohort import left_out
from bot.flows.desk.cohort import page as flow
from bot.flows.desk.cohort.left_out import Deed, Fate

PAGE = "/desk/cohort"


async def cohort(request: DeskRequest) -> Response:
    """Show a team."""
    team = flow.chosen(request.visitor.about.coached, request.query.get("cohort", ""))
    if team is None:
        return request.missing()
    found = await flow.page(request.ports, request.visitor, team)
    if found is None:
        return request.page("shut")
    said = request.query.get("said", "")
    return request.page(
        "cohort",
        team=found,
        parts=[(type(each).__name__, each) for each in found.post.parts] if found.post else [],
        charts=[(each, chart.pulse_chart(each)) for each in found.pulse],
        bars=chart.bars(found.tried),
        size=chart,
        said=said if said in list(Fate) else "",
    )


def _doing(deed: Deed) -> Answer:
    async def answer(request: DeskRequest) -> Response:
        if await request.ports.store.gate(request.visitor.member.workspace) is None:
            return request.page("shut")
        changed = await left_out.changed(request.ports, request.visitor, request.http.path_params["line"], deed)
        return request.missing() if changed is None else to(PAGE, cohort=changed.cohort, said=changed.fate)

    return answer


leave_out, restore = _doing(left_out.leave_out), _doing(left_out.restore)
