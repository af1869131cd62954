"""Taking all of a person's words out of the channels: who leaves, or is erased, stands there no more."""

from datetime import datetime

from bot.coaching.member import Member
from bot.coaching.words import Words, withdrawn
from bot.store.port import Store

MOST = 10_000  # own words looked for in what a channel was shown


async def out_of_channel(store: Store, member: Member, at: datetime, *, enrollment: str | None = None) -> list[Words]:
    """Return a person's words out of the channels, those of one run if given; the caller saves them."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    return [
        withdrawn(each, at) for each in written if each.shared_at is not None and enrollment in (None, each.enrollment)
    ]
