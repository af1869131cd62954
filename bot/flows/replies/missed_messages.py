"""What people typed while nobody listened: read in the conversation, and handled as if it had just come in."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.chat.port import Deleted, Edited, Heard, History, MessageRef, Place, Unanswered
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.rules.delivery import back_off
from bot.flows.agenda.after_restore import is_in_doubt
from bot.flows.ports import Ports
from bot.flows.renewed import renewed
from bot.flows.replies import typed
from bot.store.port.watch import Gap

log = logging.getLogger(__name__)

AT_ONCE = 20  # gaps a tick, and one of each workspace at least
SIDE_BY_SIDE = 4  # conversations read at a time: whoever sells this bot may read one a minute
LOOK_BACK = timedelta(days=14)  # how old words may be whose change or end was missed
RETRIED = timedelta(minutes=10)  # how long before a gap news of words may have been on its way
MOST_REPLIES = 200


async def catch_up(ports: Ports) -> int:
    """Read what was missed, a few people at a time; return how many are up to date again."""
    refused: set[str] = set()  # workspaces that answer no more for now
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(gap: Gap) -> bool:
        async with gate:
            if gap.workspace not in refused:
                return await _closed(ports, gap, refused)
            # Behind those that were not tried yet.
            await ports.store.put_off_gap(gap.workspace, gap.id, not_before=ports.now + ports.lease)
            return False

    waiting = await ports.store.gaps_in(ports.now)
    share = max(1, AT_ONCE // len(waiting)) if waiting else 0
    gaps = [gap for each in waiting for gap in await ports.store.gaps(each, ports.now, limit=share)]
    return sum(await asyncio.gather(*(one(gap) for gap in gaps)))


async def _closed(ports: Ports, gap: Gap, refused: set[str]) -> bool:
    """Read one gap and forget it; what goes wrong is tried again later, and not for ever."""
    if await is_in_doubt(ports, gap.workspace, gap.member):  # words belong to what stood there when they were typed
        await ports.store.put_off_gap(gap.workspace, gap.id, not_before=ports.now + ports.settle)
        return False
    await ports.store.try_gap(gap.workspace, gap.id, not_before=ports.now + ports.lease)  # no other worker's meanwhile

    async def renew() -> None:
        await ports.store.put_off_gap(gap.workspace, gap.id, not_before=ports.now + ports.lease)

    try:
        async with renewed(ports.lease, renew):
            await _read(ports, gap)
    except Unanswered as unanswered:
        refused.add(gap.workspace)
        reason = str(unanswered)
    except Exception as error:
        log.exception("cannot catch up gap=%s", gap.id)
        reason = type(error).__name__
    else:
        await ports.store.close_gap(gap.workspace, gap.id)
        return True
    now = ports.now
    if now >= gap.until + LOOK_BACK:
        log.error("given up gap=%s member=%s reason=%s", gap.id, gap.member, reason)
        await ports.store.close_gap(gap.workspace, gap.id)
        return True
    await ports.store.put_off_gap(gap.workspace, gap.id, not_before=now + back_off(gap.attempt, ports.chance()))
    return False


async def _read(ports: Ports, gap: Gap) -> None:
    member = await ports.store.member(gap.workspace, gap.member)
    if member is None or member.direct is None or not await _listens(ports, member):
        return
    if not ports.chat.looks_back(member.workspace):  # what was missed is brought again, or lost
        return
    place = Place(workspace=member.workspace, conversation=member.direct)
    since = gap.since - LOOK_BACK
    history = await ports.chat.heard(place, since=since)
    own = [each for each in history.heard if each.said.person == member.external_id]
    typed_here = await ports.store.replies_typed(member.workspace, member.id, place.conversation, limit=MOST_REPLIES)
    kept = {reply.source: reply for reply in typed_here}
    said = [each for each in own if each.said.at >= gap.since - RETRIED]
    heard = sum([await _said(ports, each) for each in said])
    changed = sum([await _changed(ports, each, kept.get(_source(each)) or await _held(ports, each)) for each in own])
    gone = sum([await _gone(ports, member, reply) for reply in _absent(kept.values(), own, history, since)])
    log.info("caught up member=%s said=%d edited=%d deleted=%d", member.id, heard, changed, gone)


async def _listens(ports: Ports, member: Member) -> bool:
    """Whether the person is still there, in a run that was not left."""
    runs = await ports.store.enrollments_of(member.workspace, member.id)
    return member.state is MemberState.ACTIVE and any(run.state is not EnrollmentState.LEFT for run in runs)


def _source(heard: Heard) -> str:
    return f"{heard.said.conversation}/{heard.said.message}"


async def _said(ports: Ports, heard: Heard) -> bool:
    """Handle words that did not come in; those that did are known by the same id."""
    if await ports.store.seen(heard.said.workspace, heard.said.event_id):
        return False
    await typed.said(ports, heard.said)
    await ports.store.first_sight(heard.said.workspace, heard.said.person, heard.said.event_id, heard.said.at)
    return True


async def _held(ports: Ports, heard: Heard) -> Reply | None:
    """Return what words became that were changed and are in no list, because it is still asked what they are."""
    if heard.edited_at is None:
        return None
    reply = await ports.store.reply_from(heard.said.workspace, _source(heard))
    return reply if reply is not None and reply.kind in (ReplyKind.HELD, ReplyKind.REQUEST) else None


async def _changed(ports: Ports, heard: Heard, reply: Reply | None) -> bool:
    """Follow a change on the platform; a later one in our own form stands."""
    if reply is None or heard.edited_at is None or reply.text == heard.said.text:
        return False
    said = heard.said
    await typed.edited(
        ports,
        Edited(
            workspace=said.workspace,
            person=said.person,
            event_id="",
            at=heard.edited_at,
            conversation=said.conversation,
            message=said.message,
            text=said.text,
            thread=said.thread,
        ),
    )
    return True


def _absent(replies: Iterable[Reply], own: Iterable[Heard], history: History, since: datetime) -> list[Reply]:
    """Return the replies that should have been found and were not.

    Those older than everything that stands are left out: a workspace lets its messages go after a time, and that is
    nobody's wish to take words back.
    """
    standing = {_source(each) for each in own}
    oldest = max(since, history.reaches or datetime.max.replace(tzinfo=since.tzinfo))
    return [reply for reply in replies if reply.source not in standing and reply.received_at > oldest]


async def _gone(ports: Ports, member: Member, reply: Reply) -> bool:
    """Take back what the person took back, once the platform says of that very message that it is gone."""
    conversation, _, message = (reply.source or "").partition("/")
    ref = MessageRef(workspace=member.workspace, conversation=conversation, message=message)
    if await ports.chat.stands(ref):
        return False
    await typed.deleted(
        ports,
        Deleted(
            workspace=member.workspace,
            person=member.external_id,
            event_id="",
            at=ports.now,
            conversation=conversation,
            message=message,
        ),
    )
    return True
