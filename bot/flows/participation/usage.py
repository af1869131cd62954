"""Every verb the bot understands, and what is said of one it does not."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Body, Command, Message, Part, Quote
from bot.coaching.language import Language
from bot.coaching.verbs import Verb, read
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_command
from bot.flows.messages.parts import help_parts
from bot.flows.ports import Ports


def help_(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach help`, or nothing at all: every verb with one line."""
    languages = _understood(about, command)
    parts = [part for language in languages for part in help_parts(given, language)]
    return Decision(says=Message(fallback=given.words.say("help-title", languages[0]), parts=tuple(parts)))


def unknown(given: Given, about: PersonContext, command: Command) -> Decision:
    """What was typed is no verb of ours: say which one it looks like, and show them all."""
    words, heard, languages = given.words, read(command.text), _understood(about, command)
    key = "help-unknown-near" if heard.nearest else "help-unknown"
    values = {"near": heard.nearest} if heard.nearest else {}
    parts: list[Part] = [Quote(heard.rest, label=words.say("help-unknown-label", languages[0]))]
    parts += [Body(words.body(key, language, **values)) for language in languages]
    parts += [part for language in languages for part in help_parts(given, language)]
    return Decision(says=Message(fallback=words.say(key, languages[0], **values), parts=tuple(parts)))


def _understood(about: PersonContext, command: Command) -> tuple[Language, ...]:
    """Return the languages to help somebody in: both, until we know or have heard theirs."""
    if about.member is not None and about.member.language:
        return (about.member.language,)
    return (Language.NL,) if read(command.text).language is Language.NL else tuple(Language)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.HELP: by_command(help_)}
UNKNOWN = by_command(unknown)  # what is no verb of ours
