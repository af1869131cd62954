"""Answering a press where it was made: an answer only one person sees takes the place of the old one."""

from bot.chat.port import Message, Outcome, Press
from bot.flows.ports import Ports
from bot.flows.tell import patiently, tell


async def instead(ports: Ports, press: Press, message: Message) -> Outcome | None:
    """Show the message in place of the ephemeral one that was pressed; elsewhere as a new ephemeral one."""
    if press.ref is not None and press.ref.aside:
        aside = press.ref.aside
        return await patiently(lambda: ports.chat.respond(press.workspace, aside, message, replace=True))
    return await tell(ports, press, message)
