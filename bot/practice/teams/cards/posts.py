"""What the bot's activities become: words, a card, or a file."""

from typing import Any

from bot.practice.teams.api.rules import BAD_REQUEST, refuse
from bot.practice.teams.cards.check import require_card
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Json, Post

CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
ASKED = "asked"


def posts_of(site: TeamsSite, conversation: str, activity: Json) -> list[Post]:
    """Return the messages that an activity becomes: words beside a card stand alone; raises Refusal."""
    attachments = _attachments(activity)
    if _string_of(activity, "text") and attachments:
        parts = [{**activity, "attachments": []}, {**activity, "text": ""}]
        return [post_of(site.bot, conversation, site.next_id(), part) for part in parts]
    return [post_of(site.bot, conversation, site.next_id(), activity)]


def post_of(bot: str, conversation: str, name: str, activity: Json) -> Post:
    """Return the message that an activity with one attachment at most becomes; raises Refusal."""
    if activity.get("type", "message") != "message":
        raise refuse("BadSyntax", BAD_REQUEST, "The type of the activity cannot be sent.")
    text, attachments = _string_of(activity, "text"), _attachments(activity)
    if not text and not attachments:
        raise refuse("BadSyntax", BAD_REQUEST, "The message has neither text nor an attachment.")
    if len(attachments) > 1:
        raise refuse("BadSyntax", BAD_REQUEST, "The practice Teams shows one attachment a message.")
    card, file = _shown(attachments[0]) if attachments else (None, None)
    return Post(
        id=name,
        conversation=conversation,
        author=bot,
        text=text,
        card=card,
        file=file,
        summary=_string_of(activity, "summary"),
    )


def _shown(attachment: Json) -> tuple[Json | None, Json | None]:
    kind, content = attachment.get("contentType"), attachment.get("content")
    if kind == CARD:
        return require_card(content), None
    if kind not in (CONSENT, INFO) or not isinstance(attachment.get("name"), str) or not isinstance(content, dict):
        raise refuse("BadSyntax", BAD_REQUEST, f"/attachments/0: {kind!r} cannot be shown")
    return None, _offer(attachment, content) if kind == CONSENT else _info(attachment, content)


def _offer(attachment: Json, content: Json) -> Json:
    if not isinstance(content.get("sizeInBytes"), int):
        raise refuse("BadSyntax", BAD_REQUEST, "/attachments/0/content/sizeInBytes: must be a number")
    return {
        "kind": "consent",
        "name": attachment["name"],
        "about": content.get("description") or "",
        "size": content["sizeInBytes"],
        "state": ASKED,
        "accept": content.get("acceptContext"),
        "decline": content.get("declineContext"),
    }


def _info(attachment: Json, content: Json) -> Json:
    if not isinstance(attachment.get("contentUrl"), str) or not isinstance(content.get("uniqueId"), str):
        raise refuse("BadSyntax", BAD_REQUEST, "/attachments/0: contentUrl and uniqueId are needed")
    return {"kind": "info", "name": attachment["name"], "url": attachment["contentUrl"]}


def _attachments(activity: Json) -> list[Json]:
    found: Any = activity.get("attachments") or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise refuse("BadSyntax", BAD_REQUEST, "/attachments: must be a list of objects")
    return found


def _string_of(activity: Json, name: str) -> str:
    found = activity.get(name)
    if found is not None and not isinstance(found, str):
        raise refuse("BadSyntax", BAD_REQUEST, f"/{name}: must be a text")
    return found or ""
