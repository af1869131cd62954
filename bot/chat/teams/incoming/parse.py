"""What Teams sends as one of the `Incoming` kinds, or None for what means nothing to us.

Every reading is careful: what has not the expected shape counts as absent, whoever sent it. The `event_id` says what
happened rather than how often it was brought, as far as Teams gives it a name that lasts; see `echo` for the rest.
"""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from bot.chat.payload import Json, part, parts, text
from bot.chat.port import (
    Command,
    Deleted,
    Edited,
    HomeOpened,
    Incoming,
    LetIn,
    MessageRef,
    Press,
    Said,
    ShutOut,
    Submitted,
    Undeleted,
)
from bot.chat.teams.incoming.envelope import (
    conversation_of,
    is_direct,
    language_of,
    made_at,
    moment,
    reach,
    somebody,
    thread_of,
    typed_at,
    zone_of,
)
from bot.chat.teams.incoming.filled_in import OURS, filled, inputs
from bot.chat.teams.incoming.text_input import asked, asks_home, command, mentions_us, quotes, said, typed
from bot.coaching.language import Language
from bot.coaching.records.conversation_reference import ConversationReference

CARD_ACTION = "adaptiveCard/action"
ECHOES = 10 * 60  # seconds for which what was said at one moment may come again under another name
ECHOES_UNTIMED = 15  # the same, when nothing tells at which moment: people do say things twice

_FILE = "application/vnd.microsoft.teams.file.download.info"


class _Common(TypedDict):
    workspace: str
    person: str
    at: datetime
    zone: str | None
    language: Language | None
    reach: ConversationReference | None


def parse(activity: Json, *, workspace: str, at: datetime) -> Incoming | None:
    """Return what somebody did in this workspace of ours, arriving at this moment."""
    if not somebody(activity) or not text(activity, "id") or not conversation_of(activity):
        return None
    common = _Common(
        workspace=workspace,
        person=somebody(activity),
        at=at,
        zone=zone_of(activity),
        language=language_of(activity),
        reach=reach(activity),
    )
    match text(activity, "type"):
        case "message":
            return _message(activity, common)
        case "messageUpdate" | "messageDelete":
            return _changed(activity, common)
        case "invoke" if text(activity, "name") == CARD_ACTION:
            return _acted(activity, action_data(activity), common)
        case "installationUpdate":
            return _installed(activity, common)
        case _:
            return None


def action_data(activity: Json) -> Json:
    """Return what came with a button: our own words under OURS, and what was filled in."""
    value = part(activity, "value")
    return part(part(value, "action"), "data") if text(activity, "type") == "invoke" else value


def shown(activity: Json, workspace: str) -> MessageRef | None:
    """Return the card whose button was pressed; None when nothing tells."""
    conversation, message = conversation_of(activity), text(activity, "replyToId")
    if not conversation or not message:
        return None
    return MessageRef(workspace=workspace, conversation=conversation, message=message)


def echo(activity: Json) -> tuple[str, float]:
    """Return what stays the same when Teams brings something again as if it were new, and for how many seconds."""
    lasting = ("type", "name", "text", "value", "replyToId", "localTimestamp")
    who_and_where = text(part(activity, "from"), "id"), text(part(activity, "conversation"), "id")
    wordless = [] if text(activity, "text") else [said(activity)]  # told by the copy with the mark-up alone
    print_of = _digest([*who_and_where, *(activity.get(name) for name in lasting), *wordless])
    return print_of, ECHOES if text(activity, "localTimestamp") else ECHOES_UNTIMED


# --- what all have in common


def _digest(value: object) -> str:
    said_so = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said_so.encode()).hexdigest()


# --- messages


def _asked(activity: Json) -> str:
    """Return the event id of a message that asks for something."""
    return f"activity:{text(activity, 'id')}"


def _message(activity: Json, common: _Common) -> Incoming | None:
    value = part(activity, "value")
    if part(value, OURS):
        return _acted(activity, value, common)
    if value and not text(activity, "text"):  # a button of somebody else's card
        return None
    return _message_typed(activity, common) if is_direct(activity) else _mentioned(activity, common)


def _message_typed(activity: Json, common: _Common) -> Incoming:
    came, conversation, message = typed(activity), conversation_of(activity), text(activity, "id")
    words = came.text or ""
    if asks_home(words):
        return HomeOpened(**common, event_id=_asked(activity))
    verb = command(words, common["at"].date())
    if verb is not None:
        return _command(activity, verb, common, is_direct=True)
    return Said(
        **common,
        event_id=f"said:{conversation}:{message}",
        conversation=conversation,
        message=message,
        thread=None,
        text=words,
        files=sum(_is_file(each) for each in parts(activity, "attachments")) + (came.pictures > 0),
        forwards=came.forwards,
        quotes=quotes(activity),
        said_at=typed_at(activity),
    )


def _mentioned(activity: Json, common: _Common) -> Command | None:
    return _command(activity, asked(said(activity)), common, is_direct=False) if mentions_us(activity) else None


def team_of(activity: Json) -> str:
    """Return the id of the team something was said in; empty outside of teams."""
    told = part(activity, "channelData")
    return text(part(told, "team"), "id") or text(told, "teamsTeamId")


def _command(activity: Json, words: str, common: _Common, *, is_direct: bool) -> Command:
    told = part(activity, "channelData")
    return Command(
        **common,
        event_id=_asked(activity),
        conversation=conversation_of(activity),
        conversation_name=text(part(told, "channel"), "name") or text(part(told, "team"), "name"),
        text=words,
        trigger=common["person"],
        is_direct=is_direct,
        thread=None if is_direct else thread_of(activity),
    )


def _is_file(attachment: Json) -> bool:
    """Tell whether an attachment is a file or a picture; one out of Teams' own collection stands in the mark-up."""
    kind = text(attachment, "contentType")
    return kind == _FILE or kind.startswith("image/")


def _changed(activity: Json, common: _Common) -> Incoming | None:
    conversation, message = conversation_of(activity), text(activity, "id")
    if not is_direct(activity):
        return None
    match text(part(activity, "channelData"), "eventType"):
        case "editMessage" if (words := typed(activity).text) is not None:
            # News of a change may come late, after news of a later one.
            edited = common.copy()
            edited["at"] = made_at(activity) or common["at"]
            return Edited(
                **edited,
                event_id=f"edited:{conversation}:{message}:{text(activity, 'timestamp')}",
                conversation=conversation,
                message=message,
                text=words,
                quotes=quotes(activity),
                said_at=moment(message),
                named_at=moment(message),
                asked_as=_asked(activity),
            )
        case "undeleteMessage":
            return Undeleted(
                **common,
                event_id=f"undeleted:{conversation}:{message}:{text(activity, 'timestamp')}",
                conversation=conversation,
                message=message,
                named_at=moment(message),
                asked_as=_asked(activity),
            )
        case "softDeleteMessage":
            gone = f"deleted:{conversation}:{message}"
            return Deleted(
                **common,
                event_id=gone,
                conversation=conversation,
                message=message,
                named_at=moment(message),
                asked_as=_asked(activity),
            )
        case _:
            return None


# --- cards


def _acted(activity: Json, data: Json, common: _Common) -> Press | Submitted | None:
    ours = part(data, OURS)
    if text(ours, "form"):
        return _submitted(activity, data, common)
    return _press(activity, data, common) if text(ours, "button") else None


def _press(activity: Json, data: Json, common: _Common) -> Press:
    ours, ref = part(data, OURS), shown(activity, common["workspace"])
    at_home = ours.get("home") is True
    if ref and ours.get("aside") is True:
        ref = replace(ref, aside=f"{ref.conversation} {ref.message}")
    return Press(
        **common,
        event_id=f"press:{text(activity, 'id')}",
        button=text(ours, "button"),
        value=text(ours, "value"),
        inputs=dict(inputs(data)),
        trigger=common["person"],
        ref=None if at_home else ref,
        at_home=at_home,
        carried=text(ours, "words"),
    )


def _submitted(activity: Json, data: Json, common: _Common) -> Submitted:
    ours = part(data, OURS)
    return Submitted(
        **common,
        event_id=f"form:{conversation_of(activity)}:{text(activity, 'replyToId') or text(activity, 'id')}",
        form=text(ours, "form"),
        subject=text(ours, "subject"),
        values=filled(data, locale=text(activity, "locale"), today=common["at"].date()),
        trigger=common["person"],
        opening=text(ours, "opening"),
        stands=shown(activity, common["workspace"]),
    )


# --- being let in


def _installed(activity: Json, common: _Common) -> LetIn | ShutOut | None:
    alone = is_direct(activity)
    chosen = part(part(part(activity, "channelData"), "settings"), "selectedChannel")  # where they want to hear of us
    conversation = ("" if alone else text(chosen, "id")) or conversation_of(activity)
    event_id = f"activity:{text(activity, 'id')}"
    match text(activity, "action"):
        case "add":
            return LetIn(**common, event_id=event_id, conversation=conversation, is_direct=alone)
        case "remove":
            return ShutOut(**common, event_id=event_id, conversation=conversation, is_direct=alone)
        case _:
            return None
