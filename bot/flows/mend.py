"""After a run that was cut off: what is stored already is shown as it is."""

from bot.chat.port import Press, Submitted
from bot.coaching.nudge import Kind, NudgeState
from bot.flows.debrief import debrief_again
from bot.flows.on_the_day import shown_again
from bot.flows.ports import Ports
from bot.flows.scene import scene_of
from bot.flows.show import again, item_again


async def mend(ports: Ports, acted: Press | Submitted) -> None:
    """Show the message that a press or form is about, and what belongs to it, as they are now."""
    value = acted.value if isinstance(acted, Press) else acted.subject
    row = await ports.store.nudge(value.partition(":")[0])
    if row is None or row.enrollment is None or row.state is not NudgeState.SENT:
        return
    if row.kind is Kind.DEBRIEF:
        await debrief_again(ports, row)
        return
    scene = await scene_of(ports, row)
    promised = await ports.store.commitment(row.subject or "") if row.kind is Kind.DAY_OF else None
    if promised is not None:
        await shown_again(ports, scene, promised)
    elif row.item is not None:
        await item_again(ports, scene)
    if row.item is None or row.kind not in (Kind.NUDGE, Kind.FOLLOW_UP, Kind.DAY_OF):
        await again(ports, row.id)
