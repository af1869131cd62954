"""How a message looks, for tables of what it shows when: its buttons and its small lines."""

from dataclasses import fields, replace
from typing import Any

from bot.chat.port import Button, Buttons, Message, Note, Part, Quote
from bot.coaching.language import Language, Markdown
from bot.coaching.records.nudge import Nudge
from bot.flows.context.nudge import AgendaContext
from bot.flows.messages.shown import Shown
from tests.conftest import shipped_words
from tests.flows.decisions.told import situation


def shown(nudge: Nudge, *others: Nudge, **changes: Any) -> Shown:
    """Return a message of anna with what it shows, among the other messages of her journey."""
    about = situation(nudge, *others)
    return replace(Shown(**{field.name: getattr(about, field.name) for field in fields(AgendaContext)}), **changes)


def buttons(parts: Message | list[Part]) -> list[str]:
    """Return the ids of all buttons, in order."""
    return [each.id for each in _buttons(parts)]


def menu(parts: Message | list[Part]) -> list[str]:
    """Return the ids of what stands in menus at the end of rows, in order."""
    return [each.id for part in _parts(parts) if isinstance(part, Buttons) for each in part.more]


def _buttons(parts: Message | list[Part]) -> list[Button]:
    return [each for part in _parts(parts) if isinstance(part, Buttons) for each in part.buttons]


def notes(parts: Message | list[Part]) -> list[Markdown]:
    """Return the small lines, in order."""
    return [part.text for part in _parts(parts) if isinstance(part, Note)]


def quotes(parts: Message | list[Part]) -> list[str]:
    """Return the words of people, in order."""
    return [part.text for part in _parts(parts) if isinstance(part, Quote)]


def _parts(parts: Message | list[Part]) -> tuple[Part, ...]:
    return parts.parts if isinstance(parts, Message) else tuple(parts)


def line(key: str, **values: Any) -> Markdown:
    """Return a small line as it is said in English, the first time."""
    return shipped_words().body(key, Language.EN, **{"times": 0, **values})
