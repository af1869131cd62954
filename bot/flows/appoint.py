"""Being the coach of a cohort: asked by name, answered by a button."""

from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.cohort import Coach, CoachState
from bot.coaching.nudge import Kind
from bot.flows.ports import Ports
from bot.flows.show import again, refuse


async def accept(ports: Ports, press: Press) -> None:
    """I'll be the coach."""
    await _decide(ports, press, CoachState.ACTIVE)


async def decline(ports: Ports, press: Press) -> None:
    """Rather not; nobody is told why."""
    await _decide(ports, press, CoachState.DECLINED)


async def _decide(ports: Ports, press: Press, state: CoachState) -> None:
    role = await _own(ports, press)
    if role is None:
        await refuse(ports, press)
        return
    if role.state is CoachState.INVITED:
        await ports.store.save(replace(role, state=state, answered_at=ports.clock.now()))
    for row in await ports.store.sent_to(role.member, limit=50):
        if row.kind is Kind.COACH_ASK and row.cohort == role.cohort:
            await again(ports, row.id)


async def _own(ports: Ports, press: Press) -> Coach | None:
    member = await ports.store.member_of(press.workspace, press.person)
    return await ports.store.coach(press.value, member.id) if member else None


PRESSES = {"coach.accept": accept, "coach.decline": decline}
