"""What people do, as the Bot Framework writes it down."""

import html
import re
import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import (
    BOT_NAME,
    TEAM,
    TEAM_GROUP,
    TEAM_NAME,
    TENANT,
    THREAD_MARK,
    Conversation,
    File,
    Json,
    Kind,
    Person,
    Post,
)

MENTION = re.compile(rf"@{BOT_NAME}\b", re.IGNORECASE)
MENTIONED = f"<at>{BOT_NAME}</at>"
PREVIEW = 100  # signs of what is quoted
EVENT = "f:"  # begins the id of what is no message
ABOUT_A_MESSAGE = frozenset({"messageUpdate", "messageDelete"})  # the id of these says which
DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"


def said(site: TeamsSite, person: Person, post: Post, files: int = 0) -> Json:
    """Return the activity of words that were typed."""
    return {**_spoken(site, person, post), "attachments": [*_attached(site, files), _rendered(post)]}


def edited(site: TeamsSite, person: Person, post: Post, *, event: str = "editMessage") -> Json:
    """Return the activity of words that were changed, or brought back."""
    activity = {**_spoken(site, person, post), "type": "messageUpdate", "attachments": [_rendered(post)]}
    return _with(activity, eventType=event)


def deleted(site: TeamsSite, person: Person, post: Post) -> Json:
    """Return the activity of words that were taken back."""
    activity = {**_base(site, person, _place(site, post), thread=_thread_root(site, post)), "type": "messageDelete"}
    return _with({**activity, "id": post.id}, eventType="softDeleteMessage")


def pressed(site: TeamsSite, person: Person, post: Post, action: Json) -> Json:
    """Return the invoke of a button with Action.Execute."""
    value = {"action": {"type": "Action.Execute", **action}, "trigger": "manual"}
    return {**_invoke(site, person, post, "adaptiveCard/action"), "value": value}


def submitted(site: TeamsSite, person: Person, post: Post, data: Json) -> Json:
    """Return the message of a button with Action.Submit."""
    activity = _base(site, person, _place(site, post), thread=_thread_root(site, post))
    legacy = _with(activity, source={"name": "message"}, legacy={"replyToId": post.id})
    return {**legacy, "type": "message", "id": site.next_id(), "replyToId": post.id, "value": data}


def answered_file(site: TeamsSite, person: Person, post: Post, file: File | None) -> Json:
    """Return the invoke of a file that was accepted, or declined when there is none."""
    offer = post.file or {}
    context = offer.get("accept" if file else "decline")
    value: Json = {"type": "fileUpload", "action": "accept" if file else "decline", "context": context}
    if file:
        value["uploadInfo"] = {
            "contentUrl": f"{site.address}/file/{file.id}",
            "name": file.name,
            "uploadUrl": f"{site.address}/upload/{file.id}",
            "uniqueId": file.id,
            "fileType": file_type(file.name),
        }
    return {**_invoke(site, person, post, "fileConsent/invoke"), "value": value}


def installed(site: TeamsSite, person: Person, conversation: Conversation, *, action: str) -> Json:
    """Return the activity of the app that was added or removed: for one person, or for the team."""
    activity = _base(site, person, conversation, thread=None, is_install=True)
    if conversation.kind is Kind.CHANNEL:
        activity = _with(activity, settings={"selectedChannel": {"id": conversation.id}}, team=_team())
    activity = _with(activity, source={"name": "message"})
    return {**activity, "type": "installationUpdate", "id": _event_id(), "action": action}


def joined(site: TeamsSite, person: Person, conversation: Conversation, *, is_here: bool) -> Json:
    """Return the activity of the bot that came into a conversation, or left the team."""
    activity = _base(site, person, conversation, thread=None, is_install=True)
    if conversation.kind is Kind.CHANNEL:
        event = "teamMemberAdded" if is_here else "teamMemberRemoved"
        activity = _with(activity, eventType=event, team=_team())
    bot = {"id": site.bot, "name": BOT_NAME}
    key = "membersAdded" if is_here else "membersRemoved"
    return {**activity, "type": "conversationUpdate", "id": _event_id(), key: [bot]}


def anew(activity: Json, name: str, now: datetime) -> Json:
    """Return an activity as the second layer of retries brings it: later, and under another id where it is its own."""
    again = {**activity, "timestamp": stamp(now)}
    if activity["type"] in ABOUT_A_MESSAGE:
        return again
    return {**again, "id": _event_id() if activity["id"].startswith(EVENT) else name}


def stamp(now: datetime) -> str:
    """Return a moment as activities write it."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def file_type(name: str) -> str:
    """Return a file's extension."""
    return name.rpartition(".")[2].lower()


def names_bot(text: str) -> bool:
    """Return whether somebody speaks to the bot."""
    return MENTION.search(text) is not None


# --- parts


def _spoken(site: TeamsSite, person: Person, post: Post) -> Json:
    conversation = _place(site, post)
    activity = _base(site, person, conversation, thread=_thread_root(site, post))
    escaped = html.escape(post.text, quote=False)
    text = MENTION.sub(MENTIONED, escaped)
    if names_bot(post.text):
        mention = {"mentioned": {"id": site.bot, "name": BOT_NAME}, "text": MENTIONED, "type": "mention"}
        activity["entities"] = [mention, *activity["entities"]]
    if post.quotes:
        activity["entities"] = [_quote(site, post.conversation, post.quotes), *activity["entities"]]
        text = f'<quoted messageId="{post.quotes}"/> {text}'
    return {**activity, "type": "message", "id": post.id, "text": text, "textFormat": "plain"}


def _quote(site: TeamsSite, conversation: str, name: str) -> Json:
    """Return what tells beside the words which message they answer."""
    quoted = site.world.post(conversation, name)
    told: Json = {"messageId": name, "time": name, "isReplyDeleted": quoted is None or quoted.deleted}
    if quoted is not None:
        told |= {"senderId": quoted.author, "preview": (quoted.summary or quoted.text)[:PREVIEW]}
    return {"type": "quotedReply", "quotedReply": {**told, "validatedMessageReference": True}}


def _rendered(post: Post) -> Json:
    """Return the copy of what was typed that Teams adds as an attachment."""
    escaped = html.escape(post.text, quote=False)
    shown = MENTION.sub(f'<span itemscope="" itemtype="http://schema.skype.com/Mention">{BOT_NAME}</span>', escaped)
    return {"contentType": "text/html", "content": f"<p>{shown}</p>"}


def _attached(site: TeamsSite, files: int) -> list[Json]:
    return [
        {
            "contentType": DOWNLOAD,
            "contentUrl": f"{site.address}/file/image-{number}.png",
            "name": f"image-{number}.png",
            "content": {
                "downloadUrl": f"{site.address}/file/image-{number}.png",
                "uniqueId": str(uuid.uuid4()),
                "fileType": "png",
            },
        }
        for number in range(1, files + 1)
    ]


def _invoke(site: TeamsSite, person: Person, post: Post, name: str) -> Json:
    activity = _base(site, person, _place(site, post), thread=_thread_root(site, post))
    sourced = _with(activity, source={"name": "message"}, legacy={"replyToId": post.id})
    return {**sourced, "type": "invoke", "id": _event_id(), "name": name, "replyToId": post.id}


def _base(
    site: TeamsSite, person: Person, conversation: Conversation, *, thread: str | None, is_install: bool = False
) -> Json:
    now = site.now()
    client: Json = {"locale": person.locale, "country": person.locale[-2:], "platform": "Web"}
    activity: Json = {
        "timestamp": stamp(now),
        "channelId": "msteams",
        "serviceUrl": site.service_url,
        "from": {"id": person.account, "name": person.real_name, "aadObjectId": person.id},
        "conversation": _conversation(conversation, thread),
        "recipient": {"id": site.bot, "name": BOT_NAME},
        "entities": [{**client, "type": "clientInfo"}],
        "channelData": _channel_data(conversation),
        "locale": person.locale,
    }
    if is_install or person.tz is None:
        return activity
    local = now.astimezone(ZoneInfo(person.tz)).isoformat(timespec="milliseconds")
    zone = [{**client, "timezone": person.tz, "type": "clientInfo"}]
    return {**activity, "localTimestamp": local, "localTimezone": person.tz, "entities": zone}


def _conversation(conversation: Conversation, thread: str | None) -> Json:
    if conversation.kind is Kind.PERSONAL:
        return {"conversationType": "personal", "tenantId": TENANT, "id": conversation.id}
    name = f"{conversation.id}{THREAD_MARK}{thread}" if thread else conversation.id
    return {"isGroup": True, "conversationType": "channel", "tenantId": TENANT, "id": name}


def _channel_data(conversation: Conversation) -> Json:
    tenant = {"tenant": {"id": TENANT}}
    if conversation.kind is Kind.PERSONAL:
        return tenant
    return {
        "teamsChannelId": conversation.id,
        "teamsTeamId": TEAM,
        "channel": {"id": conversation.id},
        "team": {"id": TEAM},
        **tenant,
    }


def _team() -> Json:
    return {"aadGroupId": TEAM_GROUP, "name": TEAM_NAME, "id": TEAM}


def _with(activity: Json, **more: object) -> Json:
    return {**activity, "channelData": {**activity["channelData"], **more}}


def _place(site: TeamsSite, post: Post) -> Conversation:
    return site.world.conversations[post.conversation]


def _thread_root(site: TeamsSite, post: Post) -> str | None:
    return None if _place(site, post).kind is Kind.PERSONAL else post.thread or post.id


def _event_id() -> str:
    return f"{EVENT}{uuid.uuid4()}"
