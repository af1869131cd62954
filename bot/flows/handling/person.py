"""Commands, presses and forms about a person's own taking part: read around them, decide, carry out."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Command, FormErrors, Incoming, Press, Submitted
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, introduced_person, person_of, with_readers
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.ports import Ports

OfCommand = Callable[[Given, PersonContext, Command], Decision]
OfPress = Callable[[Given, PersonContext, Press], Decision]
OfForm = Callable[[Given, PersonContext, Submitted], Decision]


def _load(*, introduces: bool, reads: bool) -> Callable[[Ports, Incoming], Awaitable[PersonContext]]:
    async def load(ports: Ports, incoming: Incoming) -> PersonContext:
        about = await (introduced_person if introduces else person_of)(ports, incoming)
        return await with_readers(ports, about) if reads else about

    return load


def by_command(
    decide: OfCommand, *, introduces: bool = False, reads: bool = False
) -> Callable[[Ports, Command, str], Awaitable[None]]:
    """Return the flow of a verb; with `introduces` whoever typed it is remembered from now on.

    With `reads` it is known who reads what they share.
    """
    load = _load(introduces=introduces, reads=reads)

    async def flow(ports: Ports, command: Command, _rest: str) -> None:
        about = await load(ports, command)
        await carry_out(ports, command, decide(ports.given(), about, command))

    return flow


def by_press(
    decide: OfPress, *, introduces: bool = False, reads: bool = False
) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button that is about no message."""
    load = _load(introduces=introduces, reads=reads)

    async def flow(ports: Ports, press: Press) -> None:
        about = await load(ports, press)
        await carry_out(ports, press, decide(ports.given(), about, press))

    return flow


def by_form(
    decide: OfForm, *, introduces: bool = False, reads: bool = False
) -> Callable[[Ports, Submitted], Awaitable[FormErrors | None]]:
    """Return the flow of a form that is about no message."""
    load = _load(introduces=introduces, reads=reads)

    async def flow(ports: Ports, form: Submitted) -> FormErrors | None:
        about = await load(ports, form)
        return await carry_out(ports, form, decide(ports.given(), about, form))

    return flow


def stays_open(given: Given, about: PersonContext, form: Submitted, field: str, key: str = "form-stale") -> Decision:
    """Return an error that leaves the form, and what was typed into it, on the screen."""
    return Decision(wrong=FormErrors({field: given.words.say(key, about.language(form))}))
