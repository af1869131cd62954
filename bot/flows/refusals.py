"""What is said of what was sent in and refused, or went wrong: where it was typed, and so that it stays there."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.chat.port import FormErrors, Incoming, Message, Quote, Submitted
from bot.coaching.language import Language
from bot.flows.context.identify import language_of
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import tell
from bot.flows.screens import questions

log = logging.getLogger(__name__)

Show = Callable[[Ports, Incoming], Awaitable[None]]


async def busy(ports: Ports, form: Submitted) -> FormErrors:
    """Say in a form that its handling takes longer than a form stays open; it goes on."""
    return await in_the_form(ports.at(form.workspace), form, "form-busy") or FormErrors({})


async def sorry(ports: Ports, incoming: Incoming, show: Show) -> FormErrors | None:
    """Tell a person that it went wrong, also when the store cannot be asked for their language."""
    if isinstance(incoming, Submitted) and (answer := await in_the_form(ports, incoming, "sorry")):
        if incoming.ref is None:
            return answer
        with suppress(Exception):  # whatever broke the flow may break this too
            await in_the_message(ports, incoming, answer)
            await show(ports, incoming)
            return None
    await tell(ports, incoming, line(ports.words, await _language(ports, incoming), "sorry"))
    return None


async def in_the_message(ports: Ports, incoming: Incoming, wrong: FormErrors) -> FormErrors | None:
    """Show what is wrong in the message that asked a form's questions; return it when the form stands by itself."""
    if not isinstance(incoming, Submitted) or incoming.ref is None:
        return wrong
    if not await questions.refused(ports, incoming, wrong):
        sentence = " ".join(dict.fromkeys(wrong.errors.values()))
        await tell(ports, incoming, Message(fallback=sentence, parts=(Quote(sentence),)))
    return None


async def in_the_form(ports: Ports, form: Submitted, key: str) -> FormErrors | None:
    """Return a sentence at the form's first field that was filled in; None when there is none."""
    if not form.values:
        return None
    return FormErrors({next(iter(form.values)): ports.words.say(key, await _language(ports, form))})


async def _language(ports: Ports, incoming: Incoming) -> Language:
    try:
        return await language_of(ports, incoming, None, None)
    except Exception:  # whatever broke the flow may break this too
        log.warning("no language to be sorry in")
        return Language.EN
