"""Being the coach of a cohort: asked by name, answered by a button."""

from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.cohort import Coach, CoachState
from bot.coaching.nudge import Kind
from bot.flows.meet import known
from bot.flows.ports import Ports
from bot.flows.show import again, refuse

LOOKED_THROUGH = 50  # messages among which a coach's question is looked for


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
    else:
        await ports.store.save(replace(role, state=state, answered_at=ports.clock.now()))
    await _again(ports, role)


async def _own(ports: Ports, press: Press) -> Coach | None:
    member = await known(ports, press)
    return await ports.store.coach(press.value, member.id) if member else None


async def _again(ports: Ports, role: Coach) -> None:
    """Show the question as answered, and the invitation with the coaches there are."""
    asked = await ports.store.sent_to(role.member, limit=LOOKED_THROUGH)
    for row in (*asked, *await ports.store.posts_of(role.cohort)):
        if row.cohort == role.cohort and row.kind in (Kind.COACH_ASK, Kind.INVITATION):
            await again(ports, row.id)


PRESSES = {"coach.accept": accept, "coach.decline": decline}
