"""Presses and forms about one nudge of the person who acts: read around it, decide, carry out."""

from collections.abc import Awaitable, Callable

from bot.chat.port import FormErrors, Press, Submitted
from bot.coaching.nudge import Kind
from bot.flows.decision import Decision, carry_out
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Scene, Situation
from bot.flows.show import pressed, sent_in

OfPress = Callable[[Given, Situation, Press], Decision]
OfForm = Callable[[Given, Situation, Submitted], Decision]


def by_press(decide: OfPress, *kinds: Kind) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button on a person's own nudge of one of these kinds; of others it is refused kindly."""

    async def flow(ports: Ports, press: Press) -> None:
        situation = await pressed(ports, press, *kinds)
        if situation is not None:
            await carry_out(ports, press, decide(ports.given(), situation, press))

    return flow


def by_form(decide: OfForm, field: str, *kinds: Kind) -> Callable[[Ports, Submitted], Awaitable[FormErrors | None]]:
    """Return the flow of a form about a person's own nudge; what refuses it is said at that field."""

    async def flow(ports: Ports, form: Submitted) -> FormErrors | None:
        situation = await sent_in(ports, form, field, *kinds)
        if isinstance(situation, FormErrors):
            return situation
        return await carry_out(ports, form, decide(ports.given(), situation, form))

    return flow


def outdated(scene: Scene) -> Decision:
    """Return that the message has moved on: it is said, and the message is shown as it is."""
    return Decision(refuses="press-stale", again=(scene.nudge.id,))


def stays_open(given: Given, scene: Scene, field: str, key: str = "press-stale") -> Decision:
    """Return an error that leaves the form, and what was typed into it, on the screen."""
    return Decision(wrong=FormErrors({field: given.words.say(key, scene.language)}))
