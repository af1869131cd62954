"""Which reply a message became; also when the platform brought it first under another id than news of it.

Words under another id tell, as near as can be, the moment that their own id stands for (`said_at`). News of words that
were never heard of under their own id is of the words nearest to that moment and close to it, and of no others; it
changes one message at most.
"""

from datetime import UTC, datetime, timedelta

from bot.chat.port import Deleted, Edited, Said, Undeleted
from bot.coaching.records.reply import Reply
from bot.flows.ports import Ports
from bot.store.port.heard import Heard, Typed

# Between the moment that a message's own id stands for and what its copy tells of it. It is shorter than anybody needs
# to type the next message: a longer one lets news of that be taken for news of this.
CLOSE = timedelta(seconds=0.5)
News = Edited | Deleted | Undeleted
Told = Said | News
_CAME = " came"  # ends the name of news whose words came


async def heard_of(ports: Ports, event: Told) -> Heard:
    """Return the person, with their runs, and what is known of words that came in or of which there is news."""
    noted, ahead, near, answers = [gone(event), unkept(event), wordless(event)], None, None, None
    if isinstance(event, Undeleted):
        noted.append(told_gone(event))
    if isinstance(event, Said | Edited):
        noted.append(changed_since(event))
        answers = event.thread or event.quotes
    if isinstance(event, Said):
        if event.said_at is not None:
            noted.append(renamed(event))
            ahead = (_ahead(event, event.said_at - CLOSE), _ahead(event, event.said_at + CLOSE) + _CAME)
    else:
        noted += [event.asked_as] if event.asked_as else []
        if event.named_at is not None:
            near = (event.named_at - CLOSE, event.named_at + CLOSE)
    typed = Typed(
        conversation=event.conversation, message=event.message, answers=answers, noted=noted, ahead=ahead, said=near
    )
    return await ports.store.heard(event.workspace, event.person, typed=typed)


def reply_of(event: Told, heard: Heard) -> Reply | None:
    """Return the reply that words became, deleted ones included.

    What is changed or taken back and was never heard of under its id is the reply that came under another one and is
    close to that moment; of several the nearest.
    """
    if heard.reply is not None or isinstance(event, Said) or event.named_at is None or was_answered(event, heard):
        return heard.reply
    named = event.named_at
    near = [(abs(named - each.said_at), each) for each in heard.near if each.said_at is not None]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def was_answered(event: Told, heard: Heard) -> bool:
    """Whether what the words were at first was answered, and so not kept."""
    asked_as = "" if isinstance(event, Said) else event.asked_as
    return unkept(event) in heard.noted or asked_as in heard.noted


def ahead_of(event: News, heard: Heard) -> list[str]:
    """Return under which name to note that news of words came before the words; none if they were answered as such."""
    return [] if event.named_at is None or was_answered(event, heard) else [_ahead(event, event.named_at)]


def awaited(event: Said, heard: Heard) -> str | None:
    """Return under which name it was noted that news of these words came before them; of several the nearest.

    News whose words came is of those alone.
    """
    said_at = event.said_at
    if said_at is None:
        return None
    waiting = [name for name in heard.ahead if not name.endswith(_CAME) and name + _CAME not in heard.ahead]
    return min(waiting, key=lambda name: abs(datetime.fromisoformat(name.rpartition("/")[2]) - said_at), default=None)


def came(event: Said, name: str) -> list[str]:
    """Return under which names to note that words are those of which there was news, under this name."""
    return [renamed(event), name + _CAME]


def renamed(event: Told) -> str:
    """Return under which name it is noted that a message is known under another id."""
    return f"renamed:{event.workspace}/{event.source}"


def gone(event: Told) -> str:
    """Return under which name it is noted that a message was taken back before we had it."""
    return f"gone:{event.workspace}/{event.source}"


def told_gone(event: Undeleted) -> str:
    """Return under which name it is noted that its person heard that a message's words are gone."""
    return f"undeleted:{event.workspace}/{event.source}"


def unkept(event: Told) -> str:
    """Return under which name it is noted that a message was answered and not kept."""
    return f"unkept:{event.workspace}/{event.source}"


def wordless(event: Told) -> str:
    """Return under which name it is noted that a message was answered, and had no words that could be kept."""
    return f"wordless:{event.workspace}/{event.source}"


def changed_since(event: Said | Edited) -> str:
    """Return under which name it is noted that words which were not kept were changed afterwards."""
    return f"changed:{event.workspace}/{event.source}"


def _ahead(event: Told, moment: datetime) -> str:
    at = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"ahead:{event.workspace}/{event.conversation}/{at}"
