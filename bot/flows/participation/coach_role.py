"""Being the coach of a cohort: asked by name, answered by a button."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.records.cohort import Coach, CoachState
from bot.flows.context.decision import Decision, carry_out
from bot.flows.context.given import Given
from bot.flows.ports import Ports


def answered(given: Given, role: Coach | None, state: CoachState) -> Decision:
    """Take the one answer of who was asked to coach; nobody is told why they would rather not."""
    if role is None:
        return Decision(refuses="press-foreign")
    if role.state is not CoachState.INVITED:
        return Decision(refuses="press-stale", again=(role.cohort,))
    return Decision(records=[replace(role, state=state, answered_at=given.now)])


def _by_press(state: CoachState) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button of who was asked, which names the cohort."""

    async def flow(ports: Ports, press: Press) -> None:
        role = await ports.store.role_of(press.workspace, press.person, press.value)
        await carry_out(ports, press, answered(ports.given(), role, state))

    return flow


PRESSES = {"coach.accept": _by_press(CoachState.ACTIVE), "coach.decline": _by_press(CoachState.DECLINED)}
