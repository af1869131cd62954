"""What people filled in: in a modal, or in a message that asks a form's questions.

The send button of such a message carries which form it is, which opening of it, how often it was refused, and what it
is about.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.chat.payload import Json, part, parts, text, texts
from bot.chat.port import SEND, Asking, MessageRef, Submitted

_PARTS = 4  # of what a send button carries


def sending(asked: Asking) -> str:
    """Return what the send button below a form's questions carries."""
    form = asked.form
    return f"{form.id} {form.opening} {asked.round} {form.subject}"


def is_send(action: Json) -> bool:
    """Tell whether somebody pressed the send button below a form's questions."""
    return text(action, "type") == "button" and text(action, "action_id") == SEND


def sent(payload: Json, action: Json, ref: MessageRef, at: datetime) -> Submitted | None:
    """Return a form that was filled in and sent in a message; the same values, sent twice, are the same."""
    told = text(action, "value").split(" ", _PARTS - 1)
    if len(told) != _PARTS:
        return None
    form, opening, time, subject = told
    return Submitted(
        workspace=ref.workspace,
        person=text(part(payload, "user"), "id"),
        event_id=f"asked:{opening}:{time}:{digest([ref.message, part(payload, 'state')])}",
        at=at,
        form=form,
        subject=subject,
        values=dict(values(payload, {})),
        trigger=text(payload, "trigger_id"),
        opening=opening,
        ref=ref,
        route=text(payload, "response_url"),
    )


def submitted(payload: Json, workspace: str, at: datetime) -> Submitted:
    """Return a modal that was sent in."""
    view = part(payload, "view")
    # Its trigger is another each time; what was changed after it was sent in is something else.
    given = digest([text(view, "id"), part(view, "state")])
    return Submitted(
        workspace=workspace,
        person=text(part(payload, "user"), "id"),
        event_id=f"view:{text(view, 'id')}:{given}",
        at=at,
        form=text(view, "callback_id"),
        subject=text(view, "private_metadata"),
        values=dict(values({}, view)),
        trigger=text(payload, "trigger_id"),
        opening=text(view, "external_id"),
    )


def digest(value: object) -> str:
    """Return a short name for what has none: the same for the same."""
    said = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(said.encode(), digest_size=16).hexdigest()


def values(payload: Json, view: Json) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield what stands in the fields, by field id; empty ones are absent."""
    state = part(part(view, "state") or part(payload, "state"), "values")
    for fields in state.values():
        if isinstance(fields, Mapping):
            for name, field in fields.items():
                value = _value(field) if isinstance(field, Mapping) else ""
                if value:
                    yield name, value


def _value(field: Json) -> str | tuple[str, ...]:
    kind = text(field, "type")
    if kind in {"checkboxes", "multi_static_select"}:
        return tuple(text(option, "value") for option in parts(field, "selected_options"))
    if kind == "multi_users_select":
        return tuple(texts(field, "selected_users"))
    if kind in {"radio_buttons", "static_select"}:
        return text(part(field, "selected_option"), "value")
    if kind == "datepicker":
        return text(field, "selected_date")
    if kind == "timepicker":
        return text(field, "selected_time")
    return text(field, "value").replace("\0", "").strip()
