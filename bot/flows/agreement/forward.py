"""The message that goes to an admin, as long as it is not recorded who agreed that coaches may read."""

from bot.chat.port import Body, Message, Part, Place
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.flows.given import Given
from bot.flows.messages.parts import note
from bot.flows.ports import Ports
from bot.flows.private_answer import direct


def to_forward(given: Given, language: Language, *, was_open: bool) -> list[Part]:
    """Return the message to send on, with what it is for above it; `was_open` once, and stopped since."""
    key = "agreement-forward-again" if was_open else "agreement-forward"
    return [note(given, language, "agreement-forward-label"), Body(given.words.body(key, language))]


async def say_what_is_missing(ports: Ports, starter: Member, language: Language) -> None:
    """Tell who started a journey what keeps its coaches from reading, where they can send it on; else nothing."""
    gates = await ports.store.gates(starter.workspace)
    if any(each.closed_at is None for each in gates):
        return
    conversation = await direct(ports, starter)
    if conversation is not None:
        words, given = ports.words, ports.given()
        missing = Message(
            fallback=words.say("agreement-missing", language),
            parts=(
                Body(words.body("agreement-missing", language)),
                *to_forward(given, language, was_open=bool(gates)),
            ),
        )
        await ports.chat.send(Place(workspace=starter.workspace, conversation=conversation), missing)
