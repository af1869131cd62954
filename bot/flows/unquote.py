"""Words that stand quoted in a channel: found, so that they can be taken out of it."""

from collections.abc import Collection

from bot.coaching.nudge import Kind, NudgeState
from bot.flows.compose.channel import SHARED_A_POST
from bot.store.port import Store


async def quoting(store: Store, cohort: str, replies: Collection[str]) -> tuple[str, ...]:
    """Return the ids of a cohort's posts in which one of these replies was quoted."""
    found = []
    for row in await store.posts_of(cohort):
        if row.kind is not Kind.TEAM_SHARE or row.state is not NudgeState.SENT or row.subject is None:
            continue
        made = await store.reflection_for(row.subject)
        start = int(row.occurrence.rsplit("-", 1)[1]) * SHARED_A_POST
        if made and not set(made.shared[start : start + SHARED_A_POST]).isdisjoint(replies):
            found.append(row.id)
    return tuple(found)
