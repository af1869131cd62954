"""A team's page: its week, what was tried, the pulse, and the next post, from which lines can be left out."""

from starlette.responses import Response

from bot.desk import chart
from bot.desk.asked import Answer, Asked, to
from bot.flows.desk.cohort import left_out
from bot.flows.desk.cohort import page as flow
from bot.flows.desk.cohort.left_out import Deed, Fate

PAGE = "/desk/cohort"


async def cohort(asked: Asked) -> Response:
    """Show a team."""
    team = flow.chosen(asked.visitor.about.coached, asked.query.get("cohort", ""))
    if team is None:
        return asked.missing()
    found = await flow.page(asked.ports, asked.visitor, team)
    if found is None:
        return asked.page("shut")
    said = asked.query.get("said", "")
    return asked.page(
        "cohort",
        team=found,
        parts=[(type(each).__name__, each) for each in found.post.parts] if found.post else [],
        charts=[(each, chart.pulse_chart(each)) for each in found.pulse],
        bars=chart.bars(found.tried),
        size=chart,
        said=said if said in list(Fate) else "",
    )


def _doing(deed: Deed) -> Answer:
    async def answer(asked: Asked) -> Response:
        if await asked.ports.store.gate(asked.visitor.member.workspace) is None:
            return asked.page("shut")
        changed = await left_out.changed(asked.ports, asked.visitor, asked.request.path_params["line"], deed)
        return asked.missing() if changed is None else to(PAGE, cohort=changed.cohort, said=changed.fate)

    return answer


leave_out, restore = _doing(left_out.leave_out), _doing(left_out.restore)
