"""What a client is answered at once: a word, a card in the place of the pressed one, or that it meant nothing."""

from typing import Any

from bot.chat.payload import Json, text
from bot.chat.teams.incoming.parse import CARD_ACTION

_CARD = "application/vnd.microsoft.card.adaptive"
_MESSAGE = "application/vnd.microsoft.activity.message"
_ERROR = "application/vnd.microsoft.error"


def is_awaited(said: Json) -> bool:
    """Tell whether the client looks at our answer; an older one does not."""
    return text(said, "type") == "invoke"


def word(sentence: str) -> dict[str, Any]:
    """Answer with a sentence that who pressed reads."""
    return {"statusCode": 200, "type": _MESSAGE, "value": sentence}


def instead(card: dict[str, Any]) -> dict[str, Any]:
    """Answer with what is to stand where the pressed card stood."""
    return {"statusCode": 200, "type": _CARD, "value": card}


def nothing(said: Json) -> dict[str, Any]:
    """Answer what means nothing to us: Teams counts anything but a 200 as our failure."""
    if is_awaited(said) and text(said, "name") == CARD_ACTION:
        return {"statusCode": 400, "type": _ERROR, "value": {"code": "BadRequest", "message": ""}}
    return {}
