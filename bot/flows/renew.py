"""Showing whatever speaks of a reply as it is now."""

from bot.chat.port import MessageRef
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind
from bot.flows import forms, lay_aside
from bot.flows.compose.card import card
from bot.flows.home import refresh
from bot.flows.ports import Ports
from bot.flows.scene import scene_of
from bot.flows.show import again
from bot.flows.unquote import quoting


async def shown_again(ports: Ports, reply: Reply, *, words_stand: bool = False) -> None:
    """Show what speaks of a reply as it is now: its confirmation, a look back, the cohort's thread, log, own page.

    Forms that show it to a coach are closed, unless its words stand as they were and still are the coach's to read.
    """
    if not words_stand:
        await forms.close_about(ports, [reply.id])
    await card_again(ports, reply.id)
    for row in await ports.store.nudges_of(reply.enrollment):
        if row.state is NudgeState.SENT and await _recalls(ports, row, reply):
            await again(ports, row.id)
    for post in await quoting(ports.store, reply.cohort, (reply.id,)):
        await again(ports, post)
    await lay_aside.outdated(ports, reply.cohort)
    writer = await ports.store.member(reply.author)
    assert writer is not None, "foreign keys hold"
    await refresh(ports, writer)


async def _recalls(ports: Ports, row: Nudge, reply: Reply) -> bool:
    """Whether a person's message shows an earlier reply of theirs."""
    if row.kind is Kind.BOOSTER:
        return reply.kind is ReplyKind.KEEP
    if row.kind is not Kind.REFLECTION:
        return False
    made = await ports.store.reflection_for(row.id)
    return made is not None and reply.id in made.shared


async def card_again(ports: Ports, reply_id: str) -> None:
    """Show a reply's confirmation as it is now."""
    reply = await ports.store.reply(reply_id)
    about = await ports.store.nudge(reply.nudge) if reply else None
    if reply is None or about is None or reply.card is None:
        return
    scene = await scene_of(ports, about)
    conversation, message = reply.card.split("/")
    ref = MessageRef(workspace=reply.workspace, conversation=conversation, message=message)
    await ports.chat.update(ref, await card(ports, scene, reply))
