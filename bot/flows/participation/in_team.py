"""Being added to a team: one introduction in its channel, and no message to any of its people."""

from bot.chat.port import LetIn, Place
from bot.coaching.language import Language
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import patiently


async def introduce(ports: Ports, event: LetIn) -> None:
    """Say once in a channel what this is and how a journey begins; nothing where one is under way."""
    if await ports.store.cohort_in(event.workspace, event.conversation) is not None:
        return
    name = f"introduced:{event.workspace}/{event.conversation}"
    if not await ports.store.first_sight(event.workspace, event.person, name, event.at):
        return
    place = Place(workspace=event.workspace, conversation=event.conversation)
    told = line(ports.words, event.language or Language.EN, "team-introduction")
    await patiently(lambda: ports.chat.send(place, told))
