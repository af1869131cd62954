"""Which words that were let into the channel stand in no post yet."""

from collections.abc import Sequence
from datetime import datetime

from bot.coaching.records.nudge import NudgeState
from bot.coaching.records.reflection import shown_in
from bot.coaching.words import Words
from bot.store.port import Store

NEVER_CAME = frozenset({NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED})


async def not_yet_posted(store: Store, workspace: str, released: Sequence[Words]) -> list[Words]:
    """Return what was let into a channel and stands in no post since; a post that never came holds nothing."""
    posted: dict[str, datetime] = {}
    for share in await store.shares_with(workspace, released):
        if share.post.state not in NEVER_CAME:
            posted |= dict.fromkeys(shown_in(share.post, share.made), share.made.made_at)
    return [each for each in released if each.shared_at is not None and not _is_in(posted, each, each.shared_at)]


def _is_in(posted: dict[str, datetime], words: Words, shared_at: datetime) -> bool:
    return words.id in posted and shared_at <= posted[words.id]
