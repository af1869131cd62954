"""Presses and forms about one nudge of the person who acts: read around it, decide, carry out."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.port import FormErrors, Press, Submitted
from bot.coaching.records.nudge import Kind
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import NudgeContext, PressContext, press_context_of
from bot.flows.context.pending import also_asking
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import Load, pressed, sent_in
from bot.flows.ports import Ports

S = TypeVar("S", bound=PressContext)
OfPress = Callable[[Given, PressContext, Press], Decision]
OfForm = Callable[[Given, PressContext, Submitted], Decision]


def by_press(decide: OfPress, *kinds: Kind) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button on a person's own nudge of one of these kinds; of others it is refused kindly."""
    return by_press_on(press_context_of, decide, *kinds)


def by_press_on(
    load: Load[S], decide: Callable[[Given, S, Press], Decision], *kinds: Kind
) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the same of a decision that needs more than a situation."""

    async def flow(ports: Ports, press: Press) -> None:
        about = await pressed(ports, press, load, *kinds)
        if about is not None:
            decision = also_asking(about, decide(ports.given(), about, press), press.at)
            await carry_out(ports, press, decision)

    return flow


def by_form(decide: OfForm, field: str, *kinds: Kind) -> Callable[[Ports, Submitted], Awaitable[FormErrors | None]]:
    """Return the flow of a form about a person's own nudge; what refuses it is said at that field."""
    return by_form_on(press_context_of, decide, field, *kinds)


def by_form_on(
    load: Load[S], decide: Callable[[Given, S, Submitted], Decision], field: str, *kinds: Kind
) -> Callable[[Ports, Submitted], Awaitable[FormErrors | None]]:
    """Return the same of a decision that needs more than a situation."""

    async def flow(ports: Ports, form: Submitted) -> FormErrors | None:
        about = await sent_in(ports, form, field, load, *kinds)
        if isinstance(about, FormErrors):
            return about
        return await carry_out(ports, form, also_asking(about, decide(ports.given(), about, form), form.at))

    return flow


def outdated(scene: NudgeContext) -> Decision:
    """Return that the message has moved on: it is said, and the message is shown as it is."""
    return Decision(refuses="press-stale", again=(scene.nudge.id,))


def stays_open(given: Given, scene: NudgeContext, field: str, key: str = "form-stale") -> Decision:
    """Return an error that leaves the form, and what was typed into it, on the screen."""
    return Decision(wrong=FormErrors({field: given.words.say(key, scene.language)}))
