"""Taking all of a person's words out of the channels: who leaves, or is erased, stands there no more."""

from datetime import datetime, timedelta

from bot.coaching.member import Member
from bot.coaching.nudge import Nudge
from bot.coaching.reply import Reply
from bot.coaching.words import withdrawn
from bot.flows.unquote import quoting, renewed
from bot.store.port import Record, Store

ERASED_BY = timedelta(minutes=1)  # by when words are erased that are being taken off the screens
MOST = 10_000  # own words looked for in what a channel was shown


async def out_of_channel(store: Store, member: Member, at: datetime, *, enrollment: str | None = None) -> list[Record]:
    """Return a person's words out of the channels, those of one run if given, with the posts to show again."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    released = [each for each in written if each.shared_at is not None and enrollment in (None, each.enrollment)]
    posts: dict[str, Nudge] = {}
    for cohort in {each.cohort for each in released}:
        found = await quoting(store, cohort, [each.id for each in released])
        posts |= {post.id: post for post in found}
    return [*(withdrawn(each, at) for each in released), *renewed(posts.values(), at)]


async def in_other_chats(store: Store, member: Member, at: datetime) -> list[Nudge]:
    """Return the messages to others that show a person's words as a coach, or their name, to be shown again without."""
    sent = [*await store.words_of_coach(member.id), *await store.told_of(member.id)]
    return renewed(sent, at + ERASED_BY)


async def answers_of(store: Store, member: Member) -> list[Reply]:
    """Return what this person answered to a coach's word, and still stands."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    return [each for each in written if isinstance(each, Reply) and each.answers is not None]


async def posts_of(store: Store, member: Member) -> list[Nudge]:
    """Return the posts in channels in which words of this person stand, or may still stand."""
    written = await store.own_words(member.id, before=None, limit=MOST)
    shared = {each.id for each in written if each.shared_at is not None}
    found: dict[str, Nudge] = {}
    for cohort in {each.cohort for each in written}:
        quoted = await quoting(store, cohort, [each.id for each in written])
        found |= {post.id: post for post in quoted if post.renew_at is not None}
        found |= {post.id: post for post in await quoting(store, cohort, shared)}
    return list(found.values())
