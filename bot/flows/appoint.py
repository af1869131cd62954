"""Being the coach of a cohort: asked by name, answered by a button."""

from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.cohort import Coach, CoachState
from bot.flows.meet import known
from bot.flows.ports import Ports
from bot.flows.show import refuse


async def accept(ports: Ports, press: Press) -> None:
    """I'll be the coach."""
    await _decide(ports, press, CoachState.ACTIVE)


async def decline(ports: Ports, press: Press) -> None:
    """Rather not; nobody is told why."""
    await _decide(ports, press, CoachState.DECLINED)


async def _decide(ports: Ports, press: Press, state: CoachState) -> None:
    role = await _own(ports, press)
    if role is None:
        await refuse(ports, press, "press-foreign")
        return
    if role.state is not CoachState.INVITED:
        await refuse(ports, press)
        await ports.again(role.cohort)
    else:
        await ports.save(replace(role, state=state, answered_at=ports.now))


async def _own(ports: Ports, press: Press) -> Coach | None:
    member = await known(ports, press)
    return await ports.store.coach(press.value, member.id) if member else None


PRESSES = {"coach.accept": accept, "coach.decline": decline}
