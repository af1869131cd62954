"""The message that was pressed: known, also when it is a second copy; and the way in which a press can be answered."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from bot.chat.port import Press, Submitted
from bot.coaching.records.screen import Screen
from bot.flows.ports import Ports
from bot.flows.screens.new import copy_at
from bot.flows.screens.show import show
from bot.store.port import Conflict

ROUTE_LASTS = timedelta(minutes=29)  # a press can be answered for half an hour


async def copy_pressed(ports: Ports, press: Press) -> None:
    """Know the very message that was pressed, where a nudge was sent twice; it shows the same as the first."""
    ref = press.ref
    if ref is None or ref.aside is not None or ports.chat.looks_back(press.workspace):  # there nothing is sent twice
        return
    if await ports.store.screen_at(ref.workspace, ref.conversation, ref.message):
        return
    row = await ports.store.nudge(press.workspace, press.value.partition(":")[0])
    first = await ports.store.screen(row.workspace, row.id) if row else None
    if row is None or first is None:
        return
    is_here = (first.workspace, first.conversation) == (ref.workspace, ref.conversation)  # no copy is elsewhere
    if not is_here or not await ports.store.doubts(row.workspace, row.id):
        return
    with suppress(Conflict):  # pressed twice at this moment
        await ports.save(copy_at(ports, row, press.person, ref))


async def routed(ports: Ports, press: Press | Submitted, screens: Sequence[Screen]) -> None:
    """Bring up to date what a press marked; what cannot be now is, while the press can still be answered."""
    ref = press.ref
    if not press.route or ref is None or ref.aside is not None:
        await show(ports, screens)
        return
    pressed = next(
        (each for each in screens if (each.conversation, each.message) == (ref.conversation, ref.message)), None
    )
    if pressed is not None:
        await show(ports, screens, route=press.route, pressed=pressed.id)
        return
    await show(ports, screens)
    # Nothing of it changed yet: a form was opened from it, which changes it when it is sent in.
    if known := await ports.store.screen_at(ref.workspace, ref.conversation, ref.message):
        await ports.store.keep_route(known.workspace, known.id, press.route, ports.now + ROUTE_LASTS)
