"""Taking all of a person's words out of the channels: who leaves, or is erased, stands there no more."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.coaching.member import Member
from bot.coaching.nudge import Nudge
from bot.coaching.reflection import shown_in
from bot.coaching.reply import Reply
from bot.coaching.words import withdrawn
from bot.flows.unquote import NEVER_CAME, renewed
from bot.store.port import Record, Store
from bot.store.port.words import Share

ERASED_BY = timedelta(minutes=1)  # by when words are erased that are being taken off the screens
MOST = 10_000  # own words looked for in what a channel was shown


async def out_of_channel(store: Store, member: Member, at: datetime, *, enrollment: str | None = None) -> list[Record]:
    """Return a person's words out of the channels, those of one run if given, with the posts to show again."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    released = [each for each in written if each.shared_at is not None and enrollment in (None, each.enrollment)]
    posts = _quoting(await store.shares_with(released), {each.id for each in released})
    return [*(withdrawn(each, at) for each in released), *renewed(posts.values(), at)]


async def in_other_chats(store: Store, member: Member, at: datetime) -> list[Nudge]:
    """Return the messages to others that show a person's words as a coach, or their name, to be shown again without."""
    sent = [*await store.words_of_coach(member.id), *await store.told_of(member.id)]
    return renewed(sent, at + ERASED_BY)


async def answers_of(store: Store, member: Member) -> list[Reply]:
    """Return what this person answered to a coach's word, and still stands."""
    return list(await store.answers_of(member.id))


async def posts_of(store: Store, member: Member) -> list[Nudge]:
    """Return the posts in channels in which words of this person stand, or may still stand."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    shares = await store.shares_with(written)
    stale = _quoting(shares, {each.id for each in written})
    held = _quoting(shares, {each.id for each in written if each.shared_at is not None})
    return list(({post.id: post for post in stale.values() if post.renew_at is not None} | held).values())


def _quoting(shares: Sequence[Share], ids: Collection[str]) -> dict[str, Nudge]:
    """Return the posts by id that quote one of these texts, or will, and after them those they stand under."""
    found = [
        share
        for share in shares
        if share.post.state not in NEVER_CAME and not set(shown_in(share.post, share.made)).isdisjoint(ids)
    ]
    under = (share.under for share in found if share.under is not None and share.under.state not in NEVER_CAME)
    return {post.id: post for post in (*(share.post for share in found), *under)}
