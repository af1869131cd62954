import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

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
from bot.chat.teams.incoming.parse import echo, parse
from bot.coaching.language import Language
from bot.coaching.records.conversation_reference import ConversationReference
from tests.chat.slack.conftest import T0
from tests.chat.teams.incoming.authority import CLIENT, SERVICE, TENANT

Json = dict[str, Any]

PERSON = "5a2e0000-0000-4000-8000-00000000000a"
ACCOUNT = "29:1abc"
BOT = f"28:{CLIENT}"
CHAT = "a:1chat"
CHANNEL = "19:itmanagers@thread.tacv2"
ROOT = "1764000000000"
THREAD = f"{CHANNEL};messageid={ROOT}"
CARD = "1763999000000"
SENT = "1763974800123"  # ms: T0 and a bit


def activity(kind: str, **changes: Any) -> Json:
    return {
        "type": kind,
        "id": SENT,
        "timestamp": "2026-11-24T09:00:00.123Z",
        "localTimestamp": "2026-11-24T10:00:00.123+01:00",
        "localTimezone": "Europe/Amsterdam",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": ACCOUNT, "name": "Sanne de Wit", "aadObjectId": PERSON},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CHAT},
        "recipient": {"id": BOT, "name": "Pitstop"},
        "entities": [{"type": "clientInfo", "locale": "nl-NL", "country": "NL", "platform": "Web"}],
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "nl-NL",
        **changes,
    }


def message(**changes: Any) -> Json:
    return activity("message", **{"text": "Did it", "textFormat": "plain", **changes})


def in_channel(words: str, **changes: Any) -> Json:
    mention = {"type": "mention", "mentioned": {"id": BOT, "name": "Pitstop"}, "text": "<at>Pitstop</at>"}
    told = {
        "text": words,
        "conversation": {"conversationType": "channel", "isGroup": True, "tenantId": TENANT, "id": THREAD},
        "channelData": {
            "tenant": {"id": TENANT},
            "channel": {"id": CHANNEL, "name": "it-managers"},
            "team": {"id": CHANNEL, "name": "IT"},
        },
        "entities": [mention],
    }
    return message(**{**told, **changes})


def mentioning(words: str) -> Json:
    return message(
        text=words,
        entities=[{"type": "mention", "mentioned": {"id": BOT, "name": "Pitstop"}, "text": "<at>Pitstop</at>"}],
    )


def changed(event: str, kind: str = "messageUpdate", **changes: Any) -> Json:
    told = {"tenant": {"id": TENANT}, "eventType": event}
    return activity(kind, **{"text": "Did it twice", "textFormat": "plain", "channelData": told, **changes})


def acted(data: Any, **changes: Any) -> Json:
    value = {"action": {"type": "Action.Execute", "verb": "x", "data": data}, "trigger": "manual"}
    return activity(
        "invoke", **{"id": "f:1", "name": "adaptiveCard/action", "value": value, "replyToId": CARD, **changes}
    )


def submitted(data: Any, **changes: Any) -> Json:
    return activity("message", **{"value": data, "replyToId": CARD, **changes})


def installed(action: Any, **changes: Any) -> Json:
    return activity("installationUpdate", **{"action": action, "id": "f:2", **changes})


BUTTON = {"pitstop": {"button": "nudge.done", "value": "n1"}}
PRESSED = acted({**BUTTON, "log.item": "ask", "left": "", "blank": " ", "number": 7, "nothing": None, "list": ["a"]})
BODY = [
    {"type": "TextBlock", "text": "Plan"},
    {"type": "Input.Text", "id": "if"},
    {"type": "Input.ChoiceSet", "id": "scope", "choices": []},
    {"type": "Input.ChoiceSet", "id": "days", "isMultiSelect": True},
    {"type": "Input.ChoiceSet", "id": "none", "isMultiSelect": True},
    {"type": "Container", "items": [{"type": "Input.ChoiceSet", "id": "coaches", "isMultiSelect": True}]},
]
FORM = {
    "pitstop": {"form": "plan.make", "subject": "n1", "title": "Plan", "submit": "Keep", "close": "No", "body": BODY},
    "if": " When I see, & hear, a < b ",
    "on": "2026-12-01",
    "at": "10:00",
    "scope": "coach",
    "days": "1,3",
    "none": "",
    "coaches": "p2,,p3",
    "sure": "true",
}
COMMON = {
    "workspace": "w1",
    "person": PERSON,
    "at": T0,
    "zone": "Europe/Amsterdam",
    "language": Language.NL,
    "reach": ConversationReference(conversation=CHAT, address=SERVICE, account=ACCOUNT),
}
BY_ID = {**COMMON, "event_id": f"activity:{SENT}"}
WORDS = {**COMMON, "conversation": CHAT, "message": SENT}
SAID = {**WORDS, "event_id": f"said:{CHAT}:{SENT}", "thread": None}
AT = datetime(2026, 11, 24, 9, 0, 0, 123_000, tzinfo=UTC)
SENT_AT = datetime.fromtimestamp(1763974800.123, UTC)
LOCAL = {
    before: (SENT_AT - timedelta(seconds=before)).astimezone(timezone(timedelta(hours=1))).isoformat()
    for before in (2.0, 2.001, -60.0)
}
NAMED_X = {"message": "x", "event_id": f"said:{CHAT}:x"}
EDITED = {
    **WORDS,
    "at": AT,
    "event_id": f"edited:{CHAT}:{SENT}:2026-11-24T09:00:00.123Z",
    "said_at": SENT_AT,
    "named_at": SENT_AT,
    "asked_as": f"activity:{SENT}",
}
IN_CHANNEL = {
    **BY_ID,
    "reach": ConversationReference(conversation=CHANNEL, address=SERVICE),
    "conversation": CHANNEL,
    "thread": ROOT,
    "trigger": PERSON,
    "is_direct": False,
    "conversation_name": "it-managers",
}
DIRECT = {**BY_ID, "conversation": CHAT, "conversation_name": "", "trigger": PERSON, "is_direct": True}
HELP = Command(**DIRECT, text="help")
CITED = '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1">Try</blockquote>'
TYPED = '<quoted messageId="1"/> x'
REF = MessageRef(workspace="w1", conversation=CHAT, message=CARD)
PRESS = {**COMMON, "event_id": "press:f:1", "button": "nudge.done", "value": "n1", "trigger": PERSON, "ref": REF}
VALUES = {
    "if": "When I see, & hear, a < b",
    "on": "2026-12-01",
    "at": "10:00",
    "scope": "coach",
    "days": ("1", "3"),
    "coaches": ("p2", "p3"),
    "sure": "true",
}
SUBMITTED = {
    **COMMON,
    "event_id": f"form:{CHAT}:{CARD}",
    "form": "plan.make",
    "subject": "n1",
    "values": VALUES,
    "trigger": PERSON,
    "stands": REF,
}
INSTALLED = {**COMMON, "event_id": "activity:f:2", "conversation": CHAT, "is_direct": True}
TEAM = {"conversation": {"conversationType": "channel", "isGroup": True, "tenantId": TENANT, "id": CHANNEL}}
IN_TEAM = {
    **INSTALLED,
    "reach": ConversationReference(conversation=CHANNEL, address=SERVICE),
    "conversation": CHANNEL,
    "is_direct": False,
}
GROUP = {"conversationType": "groupChat", "isGroup": True, "tenantId": TENANT, "id": "19:abc@thread.v2"}
UNKNOWN_VERB = {"pitstop": {"value": "n1"}}

CASES: list[tuple[str, Json, Incoming | None]] = [
    ("words", message(), Said(**SAID, text="Did it")),
    ("no words", message(text=None), Said(**SAID, text="")),
    ("words that came late under their own id", message(localTimestamp=LOCAL[2.0]), Said(**SAID, text="Did it")),
    (
        "words that came under an id of later",
        message(localTimestamp=LOCAL[2.001]),
        Said(**SAID, text="Did it", said_at=SENT_AT - timedelta(seconds=2.001)),
    ),
    (
        "words that came under an id of later, which stands for a moment after its time",
        message(localTimestamp=LOCAL[2.001], timestamp=(SENT_AT - timedelta(seconds=1.07)).isoformat()),
        Said(**SAID, text="Did it", said_at=SENT_AT - timedelta(seconds=2.001 - 1.07)),
    ),
    (
        "words that came under an id of much later than its time",
        message(localTimestamp=LOCAL[2.001], timestamp=(SENT_AT - timedelta(seconds=2.001)).isoformat()),
        Said(**SAID, text="Did it", said_at=SENT_AT - timedelta(seconds=2.001)),
    ),
    ("words of a clock that is ahead", message(localTimestamp=LOCAL[-60.0]), Said(**SAID, text="Did it")),
    ("words under a name that is no moment", message(id="x"), Said(**{**SAID, **NAMED_X}, text="Did it")),
    (
        "files, and the copy of the words that Teams adds",
        message(
            text="",
            attachments=[
                {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "a.pdf"},
                {"contentType": "image/*", "contentUrl": "https://x.y"},
                {"contentType": "text/html", "content": "<p></p>"},
                {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}},
                {},
            ],
        ),
        Said(**SAID, text="", files=2),
    ),
    (
        "a message that was forwarded, a picture that moves, and an emoji that is none",
        message(
            attachments=[
                {"contentType": "forwardedMessageReference", "content": "{}"},
                {"contentType": "text/html", "content": '<p><img src="https://x.y/1.gif"></p>'},
                {"contentType": "text/html", "content": '<img itemtype="http://schema.skype.com/Emoji" alt="x">'},
            ]
        ),
        Said(**SAID, text="Did it", files=1, forwards=1),
    ),
    (
        "signs that Teams escapes",
        message(text="a &lt; b &amp;&amp; c &gt; d&nbsp;&amp;lt;\u00a0e\0"),
        Said(**SAID, text="a < b && c > d &lt; e"),
    ),
    ("a tag that somebody typed", message(text="say <b>hello</b>"), Said(**SAID, text="say <b>hello</b>")),
    (
        "the same as markup",
        message(text="<p>say <b>hello</b></p><p>a &lt;b&gt; &#x1F3C1;<br/>c</p>", textFormat="xml"),
        Said(**SAID, text="say hello\na <b> 🏁\nc"),
    ),
    ("a format nobody knows", message(textFormat="sparkling"), Said(**SAID, text="Did it")),
    (
        "a mention of us is nothing that was said, of others their name",
        message(
            text="<at>Pitstop</at> <at id='1'>Robin &amp; Co</at> did it",
            entities=[
                {"type": "mention", "mentioned": {"id": BOT}, "text": "<at>Pitstop</at>"},
                {"type": "mention", "mentioned": {"id": "29:2"}, "text": "<at id='1'>Robin &amp; Co</at>"},
                {"type": "mention", "mentioned": {"id": BOT}, "text": ""},
            ],
        ),
        Said(**SAID, text="Robin & Co did it"),
    ),
    (
        "markup that was to run",
        message(text="<p>ok<script>alert(1)</script><img src=x onerror=y></p>", textFormat="xml"),
        Said(**SAID, text="okalert(1)"),
    ),
    (
        "words in Markdown",
        message(text="**=cmd()** \u202eשלום [x](y) 🙂", textFormat="markdown"),
        Said(**SAID, text="**=cmd()** \u202eשלום [x](y) 🙂"),
    ),
    (
        "what it answers to is no part of what somebody says",
        message(
            text='<quoted messageId="1763999000000"/> Did it',
            entities=[{"type": "quotedReply", "quotedReply": {"messageId": CARD, "preview": "An experiment"}}],
        ),
        Said(**SAID, text="Did it", quotes=CARD),
    ),
    (
        "an answer to what the words alone name",
        message(text='<quoted messageId="1763999000000"/> Did it', entities=[{"type": "quotedReply"}]),
        Said(**SAID, text="Did it", quotes="1763999000000"),
    ),
    (
        "an answer to what the copy with its mark-up alone names",
        message(
            attachments=[
                {"contentType": "image/png", "content": CITED},
                {"contentType": "text/html", "content": f"\n{CITED}<p>Did it</p>"},
            ]
        ),
        Said(**SAID, text="Did it", quotes="1", files=1),
    ),
    (
        "what is quoted within the words is no answer",
        message(text='As in <quoted messageId="1"/>', attachments=[{"contentType": "text/html", "content": None}]),
        Said(**SAID, text="As in"),
    ),
    ("a command that answers to something", message(text='<quoted messageId="1"></quoted>help'), HELP),
    (
        "the same as somebody typed it",
        message(text="&lt;quoted messageId=&quot;1&quot;/&gt; x"),
        Said(**SAID, text=TYPED),
    ),
    (
        "what it answers to as markup",
        message(
            text='<blockquote itemtype="http://schema.skype.com/Reply" itemid="1">\n<b>Pitstop</b>\n<p>Try</p>'
            "</blockquote>\n<p>Did it</p><blockquote>as I said</blockquote>",
            textFormat="xml",
        ),
        Said(**SAID, text="Did it\nas I said", quotes="1"),
    ),
    ("a mention of us before a command", mentioning("<at>Pitstop</at>\u00a0\r\nhelp"), HELP),
    ("the same with an entity", mentioning("<at>Pitstop</at>&nbsp;\n help"), HELP),
    ("the same, named by another mark-up", mentioning('<at id="0">Pitstop</at> help'), HELP),
    ("a mention of us in a sentence", mentioning("I told <at>Pitstop</at> all"), Said(**SAID, text="I told   all")),
    (
        "a mention of us that somebody typed sign by sign",
        message(text="&lt;at&gt;Pitstop&lt;/at&gt; help"),
        Said(**SAID, text="<at>Pitstop</at> help"),
    ),
    ("a mention that nobody made", message(text="<at>Robin</at> help"), Said(**SAID, text="Robin help")),
    (
        "a locale that we do not speak, and none",
        message(locale="fr-FR"),
        Said(**{**SAID, "language": None}, text="Did it"),
    ),
    ("no locale", message(locale=None), Said(**{**SAID, "language": None}, text="Did it")),
    ("a locale of one word", message(locale="EN"), Said(**{**SAID, "language": Language.EN}, text="Did it")),
    ("100,000 signs", message(text="שלום" * 25_000), Said(**SAID, text="שלום" * 25_000)),
    ("100,000 signs without an end", message(text="<at>" * 25_000), Said(**SAID, text="<at>" * 25_000)),
    (
        "a zone that only the client's own data tell",
        message(localTimezone=None, entities=[{"type": "clientInfo", "timezone": "Asia/Tokyo"}]),
        Said(**{**SAID, "zone": "Asia/Tokyo"}, text="Did it"),
    ),
    (
        "a zone that only Windows knows",
        message(localTimezone="W. Europe Standard Time"),
        Said(**{**SAID, "zone": None}, text="Did it"),
    ),
    ("a zone that is a folder", message(localTimezone="Europe"), Said(**{**SAID, "zone": None}, text="Did it")),
    (
        "a conversation of no kind",
        message(conversation={"id": CHAT}),
        Said(**SAID, text="Did it"),
    ),
    ("a command typed", message(text="help"), Command(**DIRECT, text="help")),
    ("a command typed in Dutch", message(text=" Instellingen. "), Command(**DIRECT, text="Instellingen.")),
    ("a command with its name", message(text="/coach pauze tot 3 jan"), Command(**DIRECT, text="pauze tot 3 jan")),
    ("a name alone", message(text="Coach"), Command(**DIRECT, text="")),
    ("the bot's name typed without a mention", message(text="@Pitstop stop"), Command(**DIRECT, text="stop")),
    ("nothing but its name", message(text="Pitstop"), Command(**DIRECT, text="")),
    ("its name in a sentence", message(text="Pitstop, I did it"), Said(**SAID, text="Pitstop, I did it")),
    ("a name with an unknown verb", message(text="/coach dance"), Command(**DIRECT, text="dance")),
    ("a pause with its end", message(text="pause until Monday"), Command(**DIRECT, text="pause until Monday")),
    ("a pause of some weeks", message(text="coach, pauzeer 2 weken"), Command(**DIRECT, text="pauzeer 2 weken")),
    ("a word of a command, said in passing", message(text="Later!"), Said(**SAID, text="Later!")),
    ("another one", message(text="pauze"), Said(**SAID, text="pauze")),
    ("the same by name", message(text="/coach later"), Command(**DIRECT, text="later")),
    ("a pause that is a story", message(text="pause helped a lot"), Said(**SAID, text="pause helped a lot")),
    ("a pause for something", message(text="Pause for lunch"), Said(**SAID, text="Pause for lunch")),
    ("holding to something", message(text="Hold to the plan"), Said(**SAID, text="Hold to the plan")),
    ("a pause with half a day", message(text="pauze 1,5 week"), Said(**SAID, text="pauze 1,5 week")),
    ("a stop that has an end", message(text="stop t/m vrijdag"), Command(**DIRECT, text="stop t/m vrijdag")),
    ("putting off", message(text="later next Friday"), Command(**DIRECT, text="later next Friday")),
    ("a verb that begins a sentence", message(text="Later gaat het"), Said(**SAID, text="Later gaat het")),
    ("a coach in a sentence", message(text="Coach helped me"), Said(**SAID, text="Coach helped me")),
    ("a coachable person", message(text="coachable"), Said(**SAID, text="coachable")),
    ("the own page", message(text="Me"), HomeOpened(**BY_ID)),
    ("the own page in Dutch", message(text="/coach mijn  pagina!"), HomeOpened(**BY_ID)),
    (
        "a command in a channel",
        in_channel("<at>Pitstop</at>&nbsp;start\n"),
        Command(**IN_CHANNEL, text="start"),
    ),
    ("the same with a name", in_channel("<at>Pitstop</at> /coach start"), Command(**IN_CHANNEL, text="start")),
    (
        "a question in a channel",
        in_channel("what is <at>Pitstop</at> for?"),
        Command(**IN_CHANNEL, text="what is   for?"),
    ),
    (
        "a channel that only its team names, outside a thread",
        in_channel(
            "<at>Pitstop</at> log",
            conversation={"conversationType": "channel", "id": CHANNEL},
            channelData={"team": {"id": CHANNEL, "name": "IT"}},
        ),
        Command(**{**IN_CHANNEL, "thread": None, "conversation_name": "IT"}, text="log"),
    ),
    (
        "a group chat",
        in_channel("<at>Pitstop</at> help", conversation=GROUP, channelData={}),
        Command(
            **{
                **IN_CHANNEL,
                "conversation": GROUP["id"],
                "reach": ConversationReference(conversation=str(GROUP["id"]), address=SERVICE),
                "thread": None,
                "conversation_name": "",
            },
            text="help",
        ),
    ),
    ("words in a channel that are not for us", in_channel("lunch?", entities=[]), None),
    (
        "words in a channel for somebody else",
        in_channel("<at>Robin</at> help", entities=[{"type": "mention", "mentioned": {"id": "29:2"}, "text": "x"}]),
        None,
    ),
    (
        "words for another bot of that name",
        in_channel(
            "<at>Pitstop</at> help",
            entities=[{"type": "mention", "mentioned": {"id": "28:another"}, "text": "<at>Pitstop</at>"}],
        ),
        None,
    ),
    ("a mention of nobody", in_channel("<at>Pitstop</at> help", recipient={}), None),
    (
        "a mention of nobody to nobody",
        in_channel("<at>Pitstop</at> help", recipient={}, entities=[{"type": "mention", "text": "<at>Pitstop</at>"}]),
        None,
    ),
    ("a button", PRESSED, Press(**PRESS, inputs={"log.item": "ask"})),
    ("the same on an older client", submitted(BUTTON), Press(**{**PRESS, "event_id": f"press:{SENT}"})),
    (
        "the same with the words of the card",
        submitted(BUTTON, text="Done"),
        Press(**{**PRESS, "event_id": f"press:{SENT}"}),
    ),
    (
        "a button of a card for one person",
        acted({"pitstop": {"button": "log.next", "value": "", "aside": True}}),
        Press(
            **{
                **PRESS,
                "button": "log.next",
                "value": "",
                "ref": MessageRef(workspace="w1", conversation=CHAT, message=CARD, aside=f"{CHAT} {CARD}"),
            }
        ),
    ),
    (
        "a button of the own page",
        acted({"pitstop": {"button": "me.export", "value": "m1", "home": True}}),
        Press(**{**PRESS, "button": "me.export", "value": "m1", "ref": None, "at_home": True}),
    ),
    (
        "a button in a channel's thread",
        acted(BUTTON, conversation={"conversationType": "channel", "id": THREAD}),
        Press(
            **{
                **PRESS,
                "reach": ConversationReference(conversation=CHANNEL, address=SERVICE),
                "ref": MessageRef(workspace="w1", conversation=CHANNEL, message=CARD),
            }
        ),
    ),
    ("a button of no card", acted(BUTTON, replyToId=None), Press(**{**PRESS, "ref": None})),
    (
        "a button with things of another kind",
        acted({"pitstop": {"button": "nudge.done", "value": 7, "home": "yes", "aside": 1}}),
        Press(**{**PRESS, "value": ""}),
    ),
    ("a form", acted(FORM), Submitted(**SUBMITTED)),
    ("a form on an older client", submitted(FORM), Submitted(**SUBMITTED)),
    (
        "a form without its fields",
        acted({"pitstop": {"form": "plan.make", "body": "x"}, "days": "1,3"}),
        Submitted(**{**SUBMITTED, "subject": "", "values": {"days": "1,3"}}),
    ),
    ("a card of somebody else", acted({"button": "nudge.done"}), None),
    ("a card of somebody else, on an older client", submitted({"button": "nudge.done"}), None),
    ("words that a card of somebody else says", submitted({"x": 1}, text="Did it"), Said(**SAID, text="Did it")),
    ("a button without a name", acted(UNKNOWN_VERB), None),
    ("a button that carries a list", acted([1]), None),
    ("a button that carries words", acted({"pitstop": "x"}), None),
    ("no action", acted(None, value=None), None),
    ("another invoke", acted(FORM, name="task/fetch"), None),
    ("an invoke without a name", acted(FORM, name=None), None),
    ("a file that was accepted is the adapter's own business", acted({}, name="fileConsent/invoke"), None),
    (
        "words that were changed",
        changed("editMessage"),
        Edited(**EDITED, text="Did it twice"),
    ),
    (
        "words that were brought back",
        changed("undeleteMessage"),
        Undeleted(
            **WORDS,
            event_id=f"undeleted:{CHAT}:{SENT}:2026-11-24T09:00:00.123Z",
            named_at=SENT_AT,
            asked_as=f"activity:{SENT}",
        ),
    ),
    (
        "words that were changed, of no moment",
        changed("editMessage", id="x", timestamp="soon"),
        Edited(
            **{
                **EDITED,
                "message": "x",
                "at": T0,
                "event_id": f"edited:{CHAT}:x:soon",
                "said_at": None,
                "named_at": None,
                "asked_as": "activity:x",
            },
            text="Did it twice",
        ),
    ),
    (
        "words that were changed beyond all clocks",
        changed("editMessage", id="9" * 30, timestamp="0001-01-01T00:00:00+14:00"),
        Edited(
            **{
                **EDITED,
                "message": "9" * 30,
                "at": T0,
                "event_id": f"edited:{CHAT}:{'9' * 30}:0001-01-01T00:00:00+14:00",
                "said_at": None,
                "named_at": None,
                "asked_as": f"activity:{'9' * 30}",
            },
            text="Did it twice",
        ),
    ),
    (
        "words that were taken back",
        changed("softDeleteMessage", "messageDelete", text=None),
        Deleted(**WORDS, event_id=f"deleted:{CHAT}:{SENT}", named_at=SENT_AT, asked_as=f"activity:{SENT}"),
    ),
    ("a change of another kind", changed("sparkle"), None),
    ("a change in a channel", changed("editMessage", **TEAM), None),
    ("somebody let us in", installed("add", localTimezone=None), LetIn(**{**INSTALLED, "zone": None})),
    ("somebody shut us out", installed("remove"), ShutOut(**INSTALLED)),
    ("a team let us in", installed("add", **TEAM), LetIn(**IN_TEAM)),
    ("a team shut us out", installed("remove", **TEAM), ShutOut(**IN_TEAM)),
    ("we became newer", installed("add-upgrade"), None),
    ("we were older", installed("remove-upgrade"), None),
    ("nobody knows what we became", installed(None), None),
    ("somebody joined", activity("conversationUpdate", membersAdded=[{"id": ACCOUNT}]), None),
    ("somebody types", activity("typing"), None),
    ("somebody likes it", activity("messageReaction", reactionsAdded=[{"type": "like"}]), None),
    ("an event", activity("event", name="application/vnd.microsoft.meetingStart", value={}), None),
    ("what nobody knows", activity("somethingNew"), None),
    ("nobody's words", message(**{"from": None}), None),
    ("words of somebody without an account", message(**{"from": {"id": ACCOUNT, "name": "Guest"}}), None),
    ("our own words", message(**{"from": {"id": BOT, "aadObjectId": PERSON}}), None),
    ("another bot's words", message(**{"from": {"id": "x", "aadObjectId": PERSON, "role": "bot"}}), None),
    ("words without a name", message(id=None), None),
    ("words in no place", message(conversation=None), None),
]


@pytest.mark.parametrize(("brought", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_teams_sends_is_read(brought: Json, expected: Incoming | None) -> None:
    assert parse(brought, workspace="w1", at=T0) == expected


def places(payload: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container in a payload with each of its keys."""
    if isinstance(payload, dict | list):
        for key in payload if isinstance(payload, dict) else range(len(payload)):
            yield payload, key
            yield from places(payload[key])


def copied(payload: Any) -> Any:
    if isinstance(payload, dict):
        return {key: copied(value) for key, value in payload.items()}
    return [copied(each) for each in payload] if isinstance(payload, list) else payload


def spoiled(payload: Any, number: int, value: Any) -> Any:
    """Return a copy with one thing in it replaced, the one of that number."""
    copy = copied(payload)
    spots = list(places(copy))
    if spots:
        container, key = spots[number % len(spots)]
        container[key] = value
    return copy


@pytest.mark.parametrize("value", [None, 0, 1.5, True, "", "x", [], {}, [None], [{}], {"id": 7}, {"type": {}}], ids=str)
def test_nothing_of_another_kind_breaks_the_reading(value: Any) -> None:
    for _, brought, _ in CASES:
        for number in range(len(list(places(brought)))):
            spoiled_once = spoiled(brought, number, value)
            parse(spoiled_once, workspace="w1", at=T0)
            echo(spoiled_once)


LONG = [
    "<at" * 40_000,
    "<at>" * 30_000 + "</at>",
    "&" * 100_000,
    "&#" * 50_000,
    "<" * 100_000,
    "<br" * 40_000,
    "</p" * 40_000,
    " " * 100_000 + "x",
    "coach" * 20_000,
    "pause " + "to" * 50_000,
    "later " * 20_000,
    "<quoted " * 14_000,
    "<quoted>" * 14_000,
    "<quoted" + " messageid" * 10_000,
    "<blockquote" + " itemid" * 14_000,
    '<blockquote "schema.skype.com/Reply">' * 3_000,
    " " * 50_000 + "<blockquote" * 5_000,
]


@pytest.mark.parametrize("words", LONG, ids=range(len(LONG)))
@pytest.mark.parametrize("kind", ["plain", "xml"])
def test_a_long_text_is_read_in_no_time(words: str, kind: str) -> None:
    """Twice as long a text takes about twice as much work; with a careless pattern it would be four times."""

    def work(text: str) -> float:
        """Return the seconds of this thread's own work, the least of several."""
        spent = []
        for _ in range(3):
            began = time.thread_time()
            assert parse(message(text=text, textFormat=kind), workspace="w1", at=T0)
            spent.append(time.thread_time() - began)
        return min(spent)

    assert work(words * 2) < 3 * work(words) + 0.02


# --- what comes again as if it were new


@pytest.mark.parametrize("brought", [message(), in_channel("<at>Pitstop</at> start"), PRESSED, submitted(BUTTON)])
def test_what_comes_again_under_another_name_sounds_the_same(brought: Json) -> None:
    fresh = {**brought, "id": "another", "timestamp": "2026-11-24T09:00:30.000Z"}
    assert echo(fresh) == echo(brought)
    assert echo(brought)[1] == 600


def test_words_that_were_changed_are_no_newer_when_news_of_it_comes_again() -> None:
    again = parse(changed("editMessage", timestamp="2026-11-24T09:00:30.000Z"), workspace="w1", at=T0)
    assert isinstance(again, Edited)
    assert again.at == AT


@pytest.mark.parametrize(
    "other",
    [
        message(text="Did it!"),
        message(localTimestamp="2026-11-24T10:00:01.123+01:00"),
        message(**{"from": {"id": "29:2", "aadObjectId": "p2"}}),
        message(conversation={"id": "a:2"}),
        message(type="messageUpdate"),
        message(replyToId="1"),
        message(value={"x": 1}),
        message(name="x"),
    ],
)
def test_what_somebody_did_besides_sounds_otherwise(other: Json) -> None:
    assert echo(other)[0] != echo(message())[0]


def test_what_tells_no_moment_is_the_same_for_a_short_while() -> None:
    assert echo(message(localTimestamp=None))[1] == 15
