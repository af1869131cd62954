"""Words that stand in a channel: in which posts, which post takes what is let in next, and how they are taken out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reflection import shown_in
from bot.coaching.words import Words
from bot.store.port import Store

NEVER_CAME = frozenset({NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})


async def quoting(store: Store, cohort: str, ids: Collection[str]) -> tuple[Nudge, ...]:
    """Return a cohort's posts that quote one of these replies or commitments, or will, and those they stand under."""
    if not ids:
        return ()
    posts = [row for row in await store.posts_of(cohort) if row.state not in NEVER_CAME]
    shares = [row for row in posts if row.kind is Kind.TEAM_SHARE]
    found = [row for row in shares if not set(await _quoted(store, row)).isdisjoint(ids)]
    begun = {row.subject for row in found}
    return (*found, *(row for row in posts if row.id in begun))


async def not_yet_posted(store: Store, cohort: str, released: Iterable[Words]) -> list[Words]:
    """Return what was let into the channel and stands in no post since; a post that never came holds nothing."""
    posted: dict[str, datetime] = {}
    for row in await store.posts_of(cohort):
        if row.kind is Kind.TEAM_SHARE and row.state not in NEVER_CAME:
            made = await store.reflection_for(row.subject or "")
            posted |= dict.fromkeys(await _quoted(store, row), made.made_at) if made else {}
    return [each for each in released if each.shared_at is not None and not _is_in(posted, each, each.shared_at)]


def _is_in(posted: dict[str, datetime], words: Words, shared_at: datetime) -> bool:
    return words.id in posted and shared_at <= posted[words.id]


def renewed(posts: Iterable[Nudge], at: datetime) -> list[Nudge]:
    """Return the posts as to be shown again from that moment on, until the platform took it; the caller saves them."""
    return [replace(post, renew_at=at) for post in posts]


async def _quoted(store: Store, row: Nudge) -> Sequence[str]:
    made = await store.reflection_for(row.subject or "")
    return shown_in(row, made) if made else ()
