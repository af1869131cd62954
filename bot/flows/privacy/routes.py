"""What leads to a person's own data: taking it along, proof of who read it, and erasing it."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Command, FormErrors, Press, Submitted
from bot.coaching.verbs import Verb
from bot.flows.ports import Ports
from bot.flows.privacy import erase, export, proof

COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    **export.COMMANDS,
    **proof.COMMANDS,
    **erase.COMMANDS,
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    **export.PRESSES,
    **proof.PRESSES,
    **erase.PRESSES,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {**erase.FORMS}
