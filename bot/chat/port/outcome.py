"""How it ends when we show something."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chat.port.place import MessageRef


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It is there."""

    ref: MessageRef


@dataclass(frozen=True, kw_only=True)
class RetryAfter:
    """Surely not accepted; try again after so many seconds."""

    seconds: float
    error: str


class Blame(StrEnum):
    """What a permanent refusal says about the world."""

    MESSAGE = "message"  # this message can never be sent, or not be changed
    ABSENT = "absent"  # the message that was to be changed is not there any more
    PERSON = "person"  # the account is gone
    CONVERSATION = "conversation"  # archived, deleted, or we are not in it
    WORKSPACE = "workspace"  # the token is dead


@dataclass(frozen=True, kw_only=True)
class Undeliverable:
    """Refused for good."""

    error: str
    blame: Blame


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """The answer was lost: it may or may not be there."""

    error: str


Outcome = Sent | RetryAfter | Undeliverable | Ambiguous
TOO_LATE = "too_late"  # the error of a call that was not begun
OWN_PACE = "pace"  # the error of a call that we held back ourselves, since there was no room for it


class Opening(StrEnum):
    """Why a form did not open."""

    TOO_LATE = "too_late"  # the trigger was too old or used, or the answer was lost
    REFUSED = "refused"  # the platform does not take it, however often it is tried; the log has its reason
    NO_ROOM = "no_room"  # the platform opens no more forms for now; there is an address to answer the press at
    ASKED = "asked"  # its questions are asked in the message that was pressed
    OUT_OF_REACH = "out_of_reach"  # the person has not let us in


class Unanswered(Exception):
    """The platform could not be asked: nothing may be concluded, least of all absence."""

    def __init__(self, error: str = "", *, seconds: float = 0.0) -> None:
        """Take why, and the seconds after which it may be asked again where it said so."""
        super().__init__(error)
        self.seconds = seconds
