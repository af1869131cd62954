"""Which reply a message became; also when the platform brought it first under another id than news of it."""

from datetime import UTC, datetime, timedelta

from bot.chat.port import Deleted, Edited, Said
from bot.coaching.reply import Reply
from bot.flows.ports import Ports

# Between the moment a message was typed and the one its own id stands for: two clocks, and the way between them.
BEFORE, AFTER = timedelta(seconds=1), timedelta(seconds=2)


async def reply_of(ports: Ports, event: Said | Edited | Deleted) -> Reply | None:
    """Return the reply that words became, deleted ones included.

    What is changed or taken back and was never heard of under its id is the reply that came under another one and was
    typed at that moment; of several the nearest.
    """
    reply = await ports.store.reply_from(event.workspace, source(event))
    if reply is not None or isinstance(event, Said) or event.named_at is None or await was_answered(ports, event):
        return reply
    named = event.named_at
    since, until = named - AFTER, named + BEFORE
    near = [
        (abs(named - each.said_at), each)
        for each in await ports.store.replies_said(event.workspace, event.conversation, since, until)
        if each.said_at is not None
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


async def was_answered(ports: Ports, event: Edited | Deleted) -> bool:
    """Whether what the words were at first was answered, and so not kept."""
    return await ports.store.seen(unkept(event)) or (event.asked_as != "" and await ports.store.seen(event.asked_as))


async def overtaken(ports: Ports, event: Said) -> bool:
    """Whether words were taken back, or changed and kept so, before they came under another id than that news."""
    if await ports.store.seen(gone(event)):
        return True
    if event.said_at is None:
        return False
    return await ports.store.seen_between(_ahead(event, event.said_at - BEFORE), _ahead(event, event.said_at + AFTER))


async def note_ahead(ports: Ports, event: Edited | Deleted) -> None:
    """Note that news of words came before the words, unless those were answered under that very id."""
    if event.named_at is not None and not await was_answered(ports, event):
        await ports.store.first_sight(_ahead(event, event.named_at), event.at)


def source(event: Said | Edited | Deleted) -> str:
    """Return where words stand."""
    return f"{event.conversation}/{event.message}"


def gone(event: Said | Deleted) -> str:
    """Return under which name it is noted that a message was taken back before we had it."""
    return f"gone:{event.workspace}/{source(event)}"


def unkept(event: Said | Edited | Deleted) -> str:
    """Return under which name it is noted that a message was answered and not kept."""
    return f"unkept:{event.workspace}/{source(event)}"


def changed_since(event: Said | Edited) -> str:
    """Return under which name it is noted that words which were not kept were changed afterwards."""
    return f"changed:{event.workspace}/{source(event)}"


def _ahead(event: Said | Edited | Deleted, moment: datetime) -> str:
    at = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"ahead:{event.workspace}/{event.conversation}/{at}"
