"""Whose button or form it is, and what is said when it has had its day."""

from bot.chat.port import FormErrors, Incoming, Press, Submitted
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.flows.proof import is_there, may_be_there
from bot.flows.scene import Scene, scene_of
from bot.flows.tell import line, tell


async def refuse(ports: Ports, press: Press, key: str = "press-stale") -> None:
    """Say kindly that this button has had its day; nothing changes.

    A press that is handled once more, because it was cut off, meets what it did itself: nothing is wrong then.
    """
    if press.attempt > 1 and key == "press-stale":
        return
    language = await language_of(ports, press, None, None)
    await tell(ports, press, line(ports.words, language, key))


async def pressed(ports: Ports, press: Press, *kinds: Kind) -> Scene | None:
    """Return the scene of the nudge a button is about, when it is the presser's own; else say so kindly.

    The value is "<nudge id>", or "<nudge id>:<place>" where a doubled click must not count twice.
    """
    found = await _own(ports, press, press.value, kinds)
    if isinstance(found, Scene):
        return found
    await refuse(ports, press, found)
    return None


async def sent_in(ports: Ports, form: Submitted, field: str, *kinds: Kind) -> Scene | FormErrors:
    """Return the scene of the nudge a form is about, when it is the sender's own; else say so at that field.

    The form stays open then, so that no word typed into it is lost.
    """
    found = await _own(ports, form, form.subject, kinds)
    return found if isinstance(found, Scene) else await kept_open(ports, form, field, found)


async def kept_open(ports: Ports, form: Submitted, field: str, key: str = "press-stale") -> FormErrors:
    """Return an error that leaves the form and what was typed into it on the screen."""
    language = await language_of(ports, form, None, None)
    return FormErrors({field: ports.words.say(key, language)})


async def _own(ports: Ports, incoming: Incoming, value: str, kinds: tuple[Kind, ...]) -> Scene | str:
    """Return the scene of the actor's own nudge, or the key of the sentence that says why not."""
    row = await ports.store.nudge(value.partition(":")[0])
    if row is None or row.kind not in kinds or not (row.state is NudgeState.SENT or await may_be_there(ports, row)):
        return "press-stale"
    scene = await scene_of(ports, row)
    if scene.member.external_id != incoming.person or row.workspace != incoming.workspace:
        return "press-foreign"
    if scene.enrollment.state is EnrollmentState.LEFT:
        return "press-left"
    if row.state is not NudgeState.SENT:
        proven = await _proven(ports, incoming, scene)
        return "press-stale" if proven is None else await scene_of(ports, proven)
    return scene


async def _proven(ports: Ports, incoming: Incoming, scene: Scene) -> Nudge | None:
    """Return a nudge that was in doubt as sent, when a button of it was pressed in the conversation it goes to."""
    ref = incoming.ref if isinstance(incoming, Press) else None
    if ref is None or ref.aside is not None or ref.conversation != scene.member.direct:
        return None
    return await is_there(ports, scene.nudge, ref)


async def stale(ports: Ports, press: Press, scene: Scene) -> None:
    """A button of a message that has moved on: say so and show the message as it is."""
    await refuse(ports, press)
    await ports.again(scene.nudge.id)
