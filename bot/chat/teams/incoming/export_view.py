"""What a person did, told from what Teams sent: their own words and values, and nothing that is Teams'."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.chat.port import Command, Deleted, Edited, Incoming, Press, Said, Submitted, Undeleted
from bot.chat.teams.incoming.parse import parse

_NO_TIME = datetime.fromtimestamp(0, UTC)  # none of it is told


def export_view(body: str) -> Mapping[str, object]:
    """Return the kind of what somebody did, with what they typed, pressed or chose."""
    return _told(parse(json.loads(body), workspace="", at=_NO_TIME))


def _told(incoming: Incoming | None) -> Mapping[str, object]:
    match incoming:
        case Said(text=text) | Edited(text=text) | Command(text=text):
            return {"did": type(incoming).__name__.lower(), "text": text}
        case Deleted():
            return {"did": "deleted"}
        case Undeleted():
            return {"did": "undeleted"}
        case Press(button=button, value=value, inputs=inputs, carried=words):
            carried = {"text": words} if words else {}
            return {"did": "press", "button": button, "value": value, "values": dict(inputs), **carried}
        case Submitted(form=form, values=values):
            chosen = {name: list(given) if isinstance(given, tuple) else given for name, given in values.items()}
            return {"did": "submitted", "form": form, "values": chosen}
    return {"did": "other"}
