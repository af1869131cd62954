"""Whose button is it, and what the message looks like after it was pressed."""

from dataclasses import replace

from bot.chat.port import MessageRef, Press
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, NudgeState
from bot.flows.compose import composed
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.flows.scene import Scene, scene_of
from bot.flows.tell import line, tell


async def refuse(ports: Ports, press: Press, key: str = "press-stale") -> None:
    """Say kindly that this button has had its day; nothing changes."""
    language = await language_of(ports, press, None, None)
    await tell(ports, press, line(ports.words, language, key))


async def pressed(ports: Ports, press: Press, *kinds: Kind) -> Scene | None:
    """Return the scene of the nudge a button is about, when it is the presser's own; else say so kindly.

    The value is "<nudge id>", or "<nudge id>:<place>" where a doubled click must not count twice.
    """
    row = await ports.store.nudge(press.value.partition(":")[0])
    if row is None or row.kind not in kinds or row.state is not NudgeState.SENT or row.enrollment is None:
        await refuse(ports, press)
        return None
    scene = await scene_of(ports, row)
    if scene.member.external_id != press.person or row.workspace != press.workspace:
        await refuse(ports, press, "press-foreign")
        return None
    if scene.enrollment.state is EnrollmentState.LEFT:
        await refuse(ports, press, "press-left")
        return None
    return scene


async def again(ports: Ports, nudge: str) -> None:
    """Show a sent nudge as it is now, so that a pressed button is gone."""
    row = await ports.store.nudge(nudge)
    if row is None or row.conversation is None or row.message is None:
        return
    ref = MessageRef(workspace=row.workspace, conversation=row.conversation, message=row.message)
    await ports.chat.update(ref, replace(await composed(ports, row), key=row.id))


async def item_again(ports: Ports, scene: Scene) -> None:
    """Show the item's nudge and its answered reminder as they are now."""
    for row in await ports.store.nudges_of(scene.enrollment.id):
        same = row.item == scene.nudge.item and row.kind in (Kind.NUDGE, Kind.FOLLOW_UP)
        if same and row.state is NudgeState.SENT:
            await again(ports, row.id)


async def stale(ports: Ports, press: Press, scene: Scene) -> None:
    """A button of a message that has moved on: say so and show the message as it is."""
    await refuse(ports, press)
    await again(ports, scene.nudge.id)
