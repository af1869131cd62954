"""What people pressed in a message, on App Home or in a view."""

import re
from datetime import datetime

from bot.chat.payload import Json, part, parts, text
from bot.chat.port import MessageRef, Press, Submitted
from bot.chat.slack.incoming.filled_in import digest, is_send, sent, values

_TWIN = re.compile(r"#\d+$")  # tells buttons of one name in one row apart


def press(payload: Json, workspace: str, at: datetime) -> Press | Submitted | None:
    """Return what was pressed; None for what means nothing to us."""
    action = next(iter(parts(payload, "actions")), {})
    if is_send(action) and not part(payload, "view"):
        ref = _ref(payload, workspace)
        return sent(payload, action, ref, at) if ref is not None and ref.aside is None else None
    is_menu = text(action, "type") == "overflow"
    if (text(action, "type") != "button" and not is_menu) or _leads_away(payload, action):
        return None
    chosen = text(part(action, "selected_option"), "value").partition(" ")
    button, value = (chosen[0], chosen[2]) if is_menu else (text(action, "action_id"), text(action, "value"))
    view = part(payload, "view")
    return Press(
        workspace=workspace,
        person=text(part(payload, "user"), "id"),
        event_id=once(payload),
        at=at,
        button=_TWIN.sub("", button),
        value=value,
        inputs={name: value for name, value in values(payload, view) if isinstance(value, str)},
        trigger=text(payload, "trigger_id"),
        ref=None if view else _ref(payload, workspace),
        at_home=text(view, "type") == "home",
        opening=text(view, "external_id") if text(view, "type") == "modal" else "",
        route="" if view or _is_ephemeral(payload) else text(payload, "response_url"),
    )


def _leads_away(payload: Json, action: Json) -> bool:
    """Tell whether the button only opens an address: Slack reports those presses too."""
    shown = part(payload, "view") or part(payload, "message")
    return any(
        text(element, "action_id") == text(action, "action_id") and bool(text(element, "url"))
        for block in parts(shown, "blocks")
        if text(block, "block_id") == text(action, "block_id")
        for element in parts(block, "elements")
    )


def _ref(payload: Json, workspace: str) -> MessageRef | None:
    container = part(payload, "container")
    message = text(container, "message_ts") or text(part(payload, "message"), "ts")
    conversation = text(container, "channel_id") or text(part(payload, "channel"), "id")
    if not message or not conversation:
        return None
    return MessageRef(
        workspace=workspace,
        conversation=conversation,
        message=message,
        aside=(text(payload, "response_url") or None) if _is_ephemeral(payload) else None,
    )


def _is_ephemeral(payload: Json) -> bool:
    return part(payload, "container").get("is_ephemeral") is True


def once(payload: Json) -> str:
    """Return an id for what Slack numbers only by its trigger."""
    trigger = text(payload, "trigger_id")
    return f"trigger:{trigger}" if trigger else f"same:{digest(payload)}"
