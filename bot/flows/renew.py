"""Showing whatever speaks of a person's words as it is now; where words were withdrawn, until the platform took it."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import Blame, MessageRef, Outcome, Sent, Undeliverable
from bot.coaching.commitment import Commitment, CommitmentKind
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind
from bot.coaching.words import Words
from bot.flows import forms, lay_aside
from bot.flows.compose.card import card
from bot.flows.debrief import debrief_again
from bot.flows.home import refresh
from bot.flows.ports import Ports
from bot.flows.scene import scene_of
from bot.flows.show import again, item_again, update
from bot.flows.unquote import quoting, renewed
from bot.store.port import Conflict, Record

log = logging.getLogger(__name__)

AT_ONCE = 20  # posts a tick
AGAIN = timedelta(seconds=30)  # until a post that could not be shown is tried once more
TRIES = 5  # times a post is shown again because more changed meanwhile
REFUSED = timedelta(hours=1)  # the same, where the channel does not let us


async def keep(ports: Ports, words: Words, *records: Record, words_stand: bool = False) -> None:
    """Save changed words and bring everything that speaks of them up to date, the channel's posts first."""
    posts = [*await quoting(ports.store, words.cohort, (words.id,)), *await _told_of(ports, words)]
    await ports.store.save(words, *records, *renewed(posts, ports.clock.now()))
    await shown_again(ports, words, words_stand=words_stand)


async def shown_again(ports: Ports, words: Words, *, words_stand: bool = False) -> None:
    """Show what speaks of these words as it is now: the channel's posts first, then logs, then the author's own.

    Forms and logs that show them to a coach are closed, unless the words stand as they were and still are the coach's.
    """
    for post in await quoting(ports.store, words.cohort, (words.id,)):
        await post_again(ports, post.id)
    if not words_stand:
        await forms.close_about(ports, [words.id])
        await lay_aside.outdated(ports, words.cohort)
    if isinstance(words, Reply):
        await card_again(ports, words.id)
        for row in await _told_of(ports, words):
            await post_again(ports, row.id)
    else:
        await _promise_again(ports, words)
    for row in await ports.store.nudges_of(words.enrollment):
        if row.state is NudgeState.SENT and await _recalls(ports, row, words):
            await again(ports, row.id)
    writer = await ports.store.member(words.member if isinstance(words, Commitment) else words.author)
    if writer is not None:
        await refresh(ports, writer)


async def _told_of(ports: Ports, words: Words) -> list[Nudge]:
    """Return what told a coach of these words, naming their author."""
    if not isinstance(words, Reply) or words.answers is None:
        return []
    return [row for row in await ports.store.told_of(words.author) if row.subject == words.id]


async def renew_posts(ports: Ports) -> int:
    """Show posts again from which words are still to go; return how many are as they should be now."""
    rows = await ports.store.to_renew(ports.clock.now(), limit=AT_ONCE)
    return sum([await post_again(ports, row.id) for row in rows])


async def posts_again(ports: Ports, posts: Iterable[str]) -> list[str]:
    """Show posts as they are now, and return those that could not be."""
    return [post for post in posts if not await post_again(ports, post)]


async def post_again(ports: Ports, post: str) -> bool:
    """Show a post as it is now, and tell whether it is; what failed is tried again by the clock.

    One that is on its way at this moment is shown once it is there. What changed while the platform was asked may have
    overtaken that call: it is shown once more.
    """
    for _ in range(TRIES):
        row = await ports.store.nudge(post)
        if row is None or row.state is not NudgeState.SENT:
            return False
        outcome = await update(ports, row)
        is_over = isinstance(outcome, Sent) or _is_gone(row, outcome)
        wait = REFUSED if isinstance(outcome, Undeliverable) else AGAIN
        with suppress(Conflict):
            await ports.store.save(replace(row, renew_at=None if is_over else ports.clock.now() + wait))
            return is_over
    return False


def _is_gone(row: Nudge, outcome: Outcome | None) -> bool:
    """Whether nobody sees the message any more, or ever will."""
    if not isinstance(outcome, Undeliverable) or outcome.blame is not Blame.MESSAGE:
        return False
    log.error("cannot be shown again nudge=%s error=%s", row.id, outcome.error)
    return True


async def _promise_again(ports: Ports, words: Commitment) -> None:
    about = await ports.store.nudge(words.nudge)
    if about is None:
        return
    await item_again(ports, await scene_of(ports, about))
    if words.kind is CommitmentKind.TRANSFER:
        await debrief_again(ports, about)


async def _recalls(ports: Ports, row: Nudge, words: Words) -> bool:
    """Whether a person's message shows an earlier text of theirs."""
    if row.kind is Kind.BOOSTER:
        return isinstance(words, Reply) and words.kind is ReplyKind.KEEP
    if row.kind is Kind.CHECK:
        return row.subject == words.id
    if row.kind is not Kind.REFLECTION:
        return False
    made = await ports.store.reflection_for(row.id)
    return made is not None and words.id in made.shared


async def card_again(ports: Ports, reply_id: str) -> None:
    """Show a reply's confirmation as it is now."""
    reply = await ports.store.reply(reply_id)
    about = await ports.store.nudge(reply.nudge) if reply else None
    if reply is None or about is None or reply.card is None:
        return
    scene = await scene_of(ports, about)
    conversation, message = reply.card.split("/")
    ref = MessageRef(workspace=reply.workspace, conversation=conversation, message=message)
    await ports.chat.update(ref, await card(ports, scene, reply))
