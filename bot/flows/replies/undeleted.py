"""A message that was taken back and stands in the chat again: its words are gone here, and its person hears so."""

from bot.chat.port import Place, Undeleted
from bot.coaching.language import Language
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import patiently
from bot.flows.replies.match import gone, heard_of, reply_of, told_gone, was_answered
from bot.store.port.heard import Heard


async def undeleted(ports: Ports, event: Undeleted) -> None:
    """Say, once, that words which were taken back are not read anew; what was never taken back here stands as it is."""
    heard = await heard_of(ports, event)
    if not is_gone(event, heard):
        return
    language = (heard.member.language if heard.member else None) or event.language or Language.EN
    place = Place(workspace=event.workspace, conversation=event.conversation)
    told = line(ports.words, language, "said-undeleted")
    await patiently(lambda: ports.chat.send(place, told))
    await ports.store.first_sight(event.workspace, event.person, told_gone(event), event.at)


def is_gone(event: Undeleted, heard: Heard) -> bool:
    """Whether the words were taken back by this very person, who was not told so yet."""
    if told_gone(event) in heard.noted or was_answered(event, heard):
        return False
    reply = reply_of(event, heard)
    if reply is None:
        return gone(event) in heard.noted
    return reply.deleted_at is not None and heard.member is not None and heard.member.id == reply.author
