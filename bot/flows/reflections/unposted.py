"""Which words that were let into the channel stand in no post yet."""

from collections.abc import Sequence
from datetime import datetime

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.nudge import NudgeState
from bot.coaching.records.reflection import shown_in
from bot.coaching.words import Words, is_shared
from bot.store.port import Store

NEVER_CAME = frozenset({NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})


async def released(store: Store, cohort: Cohort) -> list[Words]:
    """Return all that people let into a cohort's channel, also what a coach left out of the post."""
    return [
        *await store.replies_shared(cohort.workspace, cohort.id),
        *await store.commitments_shared(cohort.workspace, cohort.id),
    ]


async def not_yet_posted(store: Store, workspace: str, released: Sequence[Words]) -> list[Words]:
    """Return what may stand in a channel and stands in no post since it was let in, in that order.

    A post that never came holds nothing.
    """
    posted: dict[str, datetime] = {}
    for share in await store.shares_with(workspace, released):
        if share.post.state not in NEVER_CAME:
            posted |= dict.fromkeys(shown_in(share.post, share.made), share.made.made_at)
    waiting = [(each.shared_at, each) for each in released if is_shared(each) and each.shared_at is not None]
    kept = [(at, each) for at, each in waiting if not _is_in(posted, each, at)]
    return [each for _, each in sorted(kept, key=lambda pair: (pair[0], pair[1].id))]


def _is_in(posted: dict[str, datetime], words: Words, shared_at: datetime) -> bool:
    return words.id in posted and shared_at <= posted[words.id]
