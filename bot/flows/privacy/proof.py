"""A receipt for the person themselves: who read which of their words when, and where the audit ends."""

import json
from collections.abc import Awaitable, Callable, Sequence

from bot.chat.port import Command, Place, Press, Sent
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.verbs import Verb
from bot.flows.context.person import person_of
from bot.flows.given import Given
from bot.flows.messages.phrase import line
from bot.flows.participation.own_page import look_told
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.ports import Ports
from bot.flows.private_answer import direct, tell
from bot.store.port.audit import NotedLook


async def proof(ports: Ports, incoming: Command | Press, _rest: str = "") -> None:
    """`/coach proof`, and its button beside the looks: hand the receipt over; nothing is noted, it is the person's own.

    `python -m bot audit verify --receipt` tells whether what it names is still in the audit as it was.
    """
    about = await person_of(ports, incoming, channel="")
    member, language = about.member, about.language(incoming)
    if member is None:
        await tell(ports, incoming, line(ports.words, language, "export-nothing"))
        return
    conversation = await direct(ports, member)
    if conversation is None:
        await tell(ports, incoming, line(ports.words, language, "proof-failed"))
        return
    looks = await ports.store.looks_in_chain(member.workspace, member.id)
    head = await ports.store.audit_head(member.workspace)
    file = receipt(ports.given(), member, looks, head, language)
    name = f"pitstop-proof-{local_day(ports.now, member.zone or DEFAULT_ZONE).isoformat()}.json"
    place = Place(workspace=member.workspace, conversation=conversation)
    sent = await ports.chat.send_file(place, name, file, ports.words.say("proof-file", language))
    key = "proof-done" if isinstance(sent, Sent) else "proof-failed"
    await tell(ports, incoming, line(ports.words, language, key, count=len(looks)))


def receipt(given: Given, member: Member, looks: Sequence[NotedLook], head: str, language: Language) -> bytes:
    """Return the receipt as one JSON document; no word of anybody's is in it."""
    listed = [
        {
            "at": each.look.entry.at.isoformat(),
            "what": look_told(given, member, each.look, language),
            "texts": [{"id": seen.id, "edition": seen.edition} for seen in each.look.entry.seen],
            "hash": each.hash,
        }
        for each in looks
    ]
    told = {
        "about": given.words.say("proof-about", language),
        "workspace": member.workspace,
        "made_at": given.now.isoformat(),
        "head": head,
        "looks": listed,
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.PROOF: proof}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"proof.make": proof}
