"""In practice people come in to the desk by picking who they are; a real desk has no such page."""

from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import Member
from bot.desk.desk import PICKER, Desk, language_of
from bot.desk.guard import SecurityHeaders, form_of
from bot.desk.render import page
from bot.flows.desk.entry import session_of
from bot.flows.ports import Ports
from bot.practice.pages.guard import LoopbackOnly
from bot.store.port import Store

Picked = dict[str, tuple[Member, str]]  # by id of the member, with what they are: coach or member


def desk_picker(ports: Callable[[], Ports], desk: Desk) -> list[BaseRoute]:
    """Return the page on which people are picked; nobody else's page can pick for them."""

    async def show(request: Request) -> Response:
        shown = []
        for workspace in await ports().store.workspaces():
            people = (await _people(ports().store, workspace.id)).values()
            shown.append((workspace.name, [(member.id, member.name, role) for member, role in people]))
        places = [(name, people) for name, people in shown if people]
        answer = page("picker", ports().words, language_of(request), places=places)
        answer.headers["Referrer-Policy"] = "same-origin"  # else the form's origin is "null", which the guard refuses
        return answer

    async def pick(request: Request) -> Response:
        person = (await form_of(request)).get("person", "")
        for workspace in await ports().store.workspaces():
            if person in await _people(ports().store, workspace.id):
                session, token = session_of(ports(), workspace.id, person)
                await ports().save(session)
                return desk.start_session(token)
        return await show(request)

    guards = [Middleware(LoopbackOnly), Middleware(SecurityHeaders)]
    return [
        Route(PICKER, show, methods=["GET"], middleware=guards),
        Route(PICKER, pick, methods=["POST"], middleware=guards),
    ]


async def _people(store: Store, workspace: str) -> Picked:
    """Return who coaches, then who takes part."""
    found = Picked()
    for cohort in await store.cohorts_of(workspace):
        around = await store.around_cohort(workspace, cohort.id)
        for role, member in around.coaches if around else ():
            if role.state is CoachState.ACTIVE:
                found.setdefault(member.id, (member, "coach"))
        for _, member, _ in await store.runs_in(workspace, cohort.id):
            found.setdefault(member.id, (member, "member"))
    return found
