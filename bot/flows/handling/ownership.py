"""Whose button or form it is, and what is said when it has had its day."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.port import FormErrors, Incoming, Press, Submitted
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.flows.agenda.sent_evidence import is_there, may_be_there
from bot.flows.context.identify import language_of
from bot.flows.context.nudge import PressContext
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import tell

S = TypeVar("S", bound=PressContext)
Load = Callable[
    [Ports, str, str], Awaitable[S | None]
]  # reads a nudge, by workspace and id, with all that is decided by


async def refuse(ports: Ports, press: Press, key: str = "press-stale") -> None:
    """Say kindly that this button has had its day; nothing changes.

    A press that is handled once more, because it was cut off, meets what it did itself: nothing is wrong then.
    """
    if press.attempt > 1 and key == "press-stale":
        return
    language = await language_of(ports, press, None, None)
    await tell(ports, press, line(ports.words, language, key))


async def pressed(ports: Ports, press: Press, load: Load[S], *kinds: Kind) -> S | None:
    """Return the situation of the nudge a button is about, when it is the presser's own; else say so kindly.

    The value is "<nudge id>", or "<nudge id>:<place>" where a doubled click must not count twice.
    """
    found = await _own(ports, press, press.value, load, kinds)
    if not isinstance(found, str):
        return found
    await refuse(ports, press, found)
    return None


async def sent_in(ports: Ports, form: Submitted, field: str, load: Load[S], *kinds: Kind) -> S | FormErrors:
    """Return the situation of the nudge a form is about, when it is the sender's own; else say so at that field.

    The form stays open then, so that no word typed into it is lost.
    """
    found = await _own(ports, form, form.subject, load, kinds)
    if not isinstance(found, str):
        return found
    return await kept_open(ports, form, field, "form-stale" if found == "press-stale" else found)


async def kept_open(ports: Ports, form: Submitted, field: str, key: str = "form-stale") -> FormErrors:
    """Return an error that leaves the form and what was typed into it on the screen."""
    language = await language_of(ports, form, None, None)
    return FormErrors({field: ports.words.say(key, language)})


async def _own(ports: Ports, incoming: Incoming, value: str, load: Load[S], kinds: tuple[Kind, ...]) -> S | str:
    """Return the situation of the actor's own nudge, or the key of the sentence that says why not."""
    found = await load(ports, incoming.workspace, value.partition(":")[0])
    if found is None or found.nudge.kind not in kinds:
        return "press-stale"
    is_sent = found.nudge.state is NudgeState.SENT
    if not (is_sent or may_be_there(found.nudge, found.doubts)):
        return "press-stale"
    if found.member.external_id != incoming.person or found.nudge.workspace != incoming.workspace:
        return "press-foreign"
    if found.enrollment.state is EnrollmentState.LEFT:
        return "press-left"
    if is_sent:
        return found
    is_proven = await _is_proven(ports, incoming, found)
    return (await load(ports, incoming.workspace, found.nudge.id) if is_proven else None) or "press-stale"


async def _is_proven(ports: Ports, incoming: Incoming, found: PressContext) -> bool:
    """Tell whether a nudge in doubt was sent: when a button of it was pressed in the conversation it goes to."""
    ref = incoming.ref if isinstance(incoming, Press) else None
    if ref is None or ref.aside is not None or ref.conversation != found.member.direct:
        return False
    return await is_there(ports, found.nudge, ref) is not None
