"""How the clients of Teams hand on the same words: each kind of client, and each age of it, in its own shape."""

import html
import re
from enum import StrEnum

from bot.practice.teams.world import Json

FORWARDED = "forwardedMessageReference"
_MENTION = re.compile(r"<at>([^<>]*)</at>")


class Client(StrEnum):
    """What somebody types with."""

    WEB = "web"
    MOBILE = "mobile"  # lines end in two signs, mentions are numbered, the directory's id is in capitals
    MARKED = "marked"  # the words themselves are mark-up
    OLDER = "older"  # mentions without their text, people without the directory's id


class Edit(StrEnum):
    """What an edit tells of the words."""

    WHOLE = "whole"
    COPY = "copy"  # only the copy with the mark-up
    NULL = "null"  # the words are null, and there is no copy
    ABSENT = "absent"  # neither words nor copy


class Carried(StrEnum):
    """How somebody else's words come with one's own."""

    COPY = "copy"  # in the plain words, told apart by the copy with the mark-up
    MARKED = "marked"  # in words that are mark-up
    MESSAGE = "message"  # copied from another conversation, one quote within another
    REFERENCE = "reference"  # beside the words


def as_typed_with(client: Client, activity: Json) -> Json:
    """Return an activity as this client hands it on."""
    match client:
        case Client.MOBILE:
            sender = {**activity["from"], "aadObjectId": activity["from"]["aadObjectId"].upper()}
            text = _MENTION.sub(r'<at id="0">\1</at>', activity["text"]).replace("\n", "\r\n")
            return {**activity, "from": sender, "text": text}
        case Client.MARKED:
            lines = "</p>\n<p>".join(activity["text"].split("\n"))
            return {**activity, "text": f"<p>{lines}</p>", "textFormat": "xml"}
        case Client.OLDER:
            sender = {name: value for name, value in activity["from"].items() if name != "aadObjectId"}
            return {**activity, "from": sender, "entities": [_untold(each) for each in activity["entities"]]}
        case _:
            return activity


def _untold(entity: Json) -> Json:
    return {name: value for name, value in entity.items() if name != "text"} if entity["type"] == "mention" else entity


def as_edited(edit: Edit, activity: Json) -> Json:
    """Return the activity of changed words that tells so much of them."""
    if edit is Edit.WHOLE:
        return activity
    bare = {name: value for name, value in activity.items() if name not in ("text", "textFormat", "attachments")}
    if edit is Edit.COPY:
        return {**bare, "attachments": activity["attachments"]}
    return {**bare, "text": None} if edit is Edit.NULL else bare


def carrying(how: Carried, activity: Json, others: str) -> Json:
    """Return the activity of words with which somebody forwards, or copies, somebody else's."""
    own, theirs = activity["text"], html.escape(others, quote=False)
    comment = f"<p>{own}</p>" if own else ""
    forward = f'{comment}<blockquote itemtype="http://schema.skype.com/Forward"><p>{theirs}</p></blockquote>'
    match how:
        case Carried.MARKED:
            return {**activity, "text": forward, "textFormat": "xml"}
        case Carried.MESSAGE:
            inner = f'<blockquote itemtype="http://schema.org/Message"><p>{theirs}</p></blockquote>'
            outer = f'<blockquote itemscope="" itemtype="http://schema.org/Message">{inner}<p>{theirs}</p></blockquote>'
            return {**activity, "text": f"{theirs}\r\n\r\n{own}".strip(), "attachments": _copy(f"{outer}{comment}")}
        case Carried.REFERENCE:
            return {**activity, "attachments": [*activity["attachments"], {"contentType": FORWARDED, "content": "{}"}]}
        case _:
            return {**activity, "text": f"{own}\r\n\r\n{theirs}".strip(), "attachments": _copy(forward)}


def _copy(content: str) -> list[Json]:
    return [{"contentType": "text/html", "content": content}]
