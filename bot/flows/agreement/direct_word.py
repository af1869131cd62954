"""A word to somebody who did not act just now, in their own conversation."""

from datetime import datetime

from bot.chat.port import Incoming, Place
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import direct


def was_cut_off(incoming: Incoming, done_at: datetime | None) -> bool:
    """Whether this very deed did something at that moment, and was cut off before it said so."""
    return incoming.attempt > 1 and done_at is not None and done_at >= incoming.at


async def say_to(ports: Ports, member: Member, key: str, *, language: Language = Language.EN) -> None:
    """Post a sentence in somebody's own conversation, in their language or else in this one; not when out of reach."""
    conversation = await direct(ports, member)
    if conversation is not None:
        place = Place(workspace=member.workspace, conversation=conversation)
        await ports.chat.send(place, line(ports.words, member.language or language, key))
