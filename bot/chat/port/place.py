"""Where, and who."""

from dataclasses import dataclass

from bot.coaching.language import Language
from bot.coaching.records.member import Origin as Origin  # noqa: PLC0414 - others take it from here


@dataclass(frozen=True, kw_only=True)
class Place:
    """A conversation, or a thread in one."""

    workspace: str  # our workspace id
    conversation: str
    thread: str | None = None  # message id of the thread's first message


@dataclass(frozen=True, kw_only=True)
class MessageRef:
    """A message that was shown."""

    workspace: str
    conversation: str
    message: str
    aside: str | None = None  # set for a message that one person sees: where to `respond`, the only way to change it


@dataclass(frozen=True, kw_only=True)
class Person:
    """What the platform knows of a person."""

    external_id: str
    name: str
    zone: str | None
    is_bot: bool
    deactivated: bool
    language: Language | None = None  # their client's, where the platform tells it and we speak it
    is_admin: bool | None = None  # None where the platform does not tell
    origin: Origin = Origin.INSIDE
