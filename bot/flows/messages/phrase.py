"""One phrase as a message."""

from bot.chat.port import Body, Button, Buttons, Message, Part
from bot.coaching.language import Language
from bot.words.port import Value, Words


def line(words: Words, language: Language, key: str, /, *buttons: Button, **values: Value) -> Message:
    """Return a message of one phrase and, if given, a row of buttons."""
    parts: list[Part] = [Body(words.body(key, language, **values))]
    if buttons:
        parts.append(Buttons(buttons))
    return Message(fallback=words.say(key, language, **values), parts=tuple(parts))
