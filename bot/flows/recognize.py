"""Which reply a message became; also when the platform brought it first under another id than news of it."""

from datetime import UTC, datetime, timedelta

from bot.chat.port import Deleted, Edited, Said
from bot.coaching.reply import Reply
from bot.flows.ports import Ports
from bot.store.port.heard import Heard, Typed

# Between the moment a message was typed and the one its own id stands for: two clocks, and the way between them.
BEFORE, AFTER = timedelta(seconds=1), timedelta(seconds=2)


async def heard_of(ports: Ports, event: Said | Edited | Deleted) -> Heard:
    """Return the person, with their runs, and what is known of words that came in or of which there is news."""
    noted, ahead, near, answers = [gone(event), unkept(event)], None, None, None
    if not isinstance(event, Deleted):
        noted.append(changed_since(event))
        answers = event.thread or event.quotes
    if isinstance(event, Said):
        if event.said_at is not None:
            ahead = (_ahead(event, event.said_at - BEFORE), _ahead(event, event.said_at + AFTER))
    else:
        noted += [event.asked_as] if event.asked_as else []
        if event.named_at is not None:
            near = (event.named_at - AFTER, event.named_at + BEFORE)
    typed = Typed(
        conversation=event.conversation, message=event.message, answers=answers, noted=noted, ahead=ahead, said=near
    )
    return await ports.store.heard(event.workspace, event.person, typed=typed)


def reply_of(event: Said | Edited | Deleted, heard: Heard) -> Reply | None:
    """Return the reply that words became, deleted ones included.

    What is changed or taken back and was never heard of under its id is the reply that came under another one and was
    typed at that moment; of several the nearest.
    """
    if heard.reply is not None or isinstance(event, Said) or event.named_at is None or was_answered(event, heard):
        return heard.reply
    named = event.named_at
    near = [(abs(named - each.said_at), each) for each in heard.near if each.said_at is not None]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def was_answered(event: Said | Edited | Deleted, heard: Heard) -> bool:
    """Whether what the words were at first was answered, and so not kept."""
    asked_as = "" if isinstance(event, Said) else event.asked_as
    return unkept(event) in heard.noted or asked_as in heard.noted


def ahead_of(event: Edited | Deleted, heard: Heard) -> list[str]:
    """Return under which name to note that news of words came before the words; none if they were answered as such."""
    return [] if event.named_at is None or was_answered(event, heard) else [_ahead(event, event.named_at)]


def gone(event: Said | Edited | Deleted) -> str:
    """Return under which name it is noted that a message was taken back before we had it."""
    return f"gone:{event.workspace}/{event.source}"


def unkept(event: Said | Edited | Deleted) -> str:
    """Return under which name it is noted that a message was answered and not kept."""
    return f"unkept:{event.workspace}/{event.source}"


def changed_since(event: Said | Edited) -> str:
    """Return under which name it is noted that words which were not kept were changed afterwards."""
    return f"changed:{event.workspace}/{event.source}"


def _ahead(event: Said | Edited | Deleted, moment: datetime) -> str:
    at = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"ahead:{event.workspace}/{event.conversation}/{at}"
