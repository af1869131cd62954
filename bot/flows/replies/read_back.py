"""Reading one person's conversation back, page by page, and handling what is in it as if it had just come in.

1. Down: the newest page names the one before it, and so on. Each name is noted in the file as soon as it is known, so
   that a refusal, or the end of the process, costs no page that was read before.
2. Up: from the oldest page on, what stands there is handled in the order in which it was typed. A page that is not
   remembered any more is read once more: it is the same, because the moment up to which is read was noted first.

That somebody deleted a message counts when the platform says so. One that is simply not there says nothing: a workspace
can be told to keep messages for some days only.
"""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chat.port import Deleted, Edited, Heard, History, Place
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.reply import Reply, ReplyKind
from bot.flows.ports import Ports
from bot.flows.replies import typed
from bot.store.port.watch import Gap, Progress

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=14)  # how old words may be whose change or end was missed
RETRIED = timedelta(minutes=10)  # how long before a gap news of words may have been on its way

Name = tuple[str, str, datetime, str, str]  # workspace, member, since; thread; page


@dataclass
class Pages:
    """Pages that were read and are not handled yet; lost with the process, and then read once more."""

    _read: dict[Name, History] = field(default_factory=dict)

    async def read(self, ports: Ports, gap: Gap, place: Place, until: datetime, page: str) -> History:
        """Return a page, remembered or read now; raises Unanswered."""
        name = (gap.workspace, gap.member, gap.since, place.thread or "", page)
        if name not in self._read:
            since = gap.since - LOOK_BACK
            self._read[name] = await ports.chat.heard(place, since=since, until=until, page=page)
        return self._read[name]

    def drop(self, gap: Gap) -> None:
        """Remember nothing of a conversation any more."""
        self._read = {name: page for name, page in self._read.items() if name[:2] != (gap.workspace, gap.member)}


@dataclass
class _Counts:
    said: int = 0
    edited: int = 0
    deleted: int = 0


async def read_back(ports: Ports, pages: Pages, gap: Gap) -> datetime:
    """Read a conversation and handle it; return the moment up to which nothing is missed. Raises Unanswered."""
    member = await ports.store.member(gap.workspace, gap.member)
    if member is None or member.direct is None or not await _listens(ports, member):
        return gap.until
    if not ports.chat.looks_back(member.workspace):  # what was missed is brought again, or lost
        return gap.until
    place = Place(workspace=member.workspace, conversation=member.direct)
    progress = gap.progress or Progress(until=max(ports.now, gap.until))
    while not progress.is_down:
        page = await pages.read(ports, gap, place, progress.until, progress.pages[-1])
        names = (*progress.pages, page.older) if page.older else progress.pages
        progress = replace(progress, pages=names, is_down=not page.older)
        if len(names) > 1:  # of one page alone nothing needs to be noted
            await _keep(ports, gap, progress)
    counts = _Counts()
    while progress.pages:
        found = await _whole(ports, pages, gap, place, progress)
        await _handled(ports, member, gap, found, counts)
        progress = replace(progress, pages=progress.pages[:-1])
        if progress.pages:
            await _keep(ports, gap, progress)
    log.info("caught up member=%s said=%d edited=%d deleted=%d", member.id, counts.said, counts.edited, counts.deleted)
    return progress.until


async def _keep(ports: Ports, gap: Gap, progress: Progress) -> None:
    await ports.store.keep_progress(gap.workspace, gap.member, since=gap.since, progress=progress)


async def _whole(ports: Ports, pages: Pages, gap: Gap, place: Place, progress: Progress) -> History:
    """Return the oldest page that is not handled yet, with what stands below its messages."""
    page = await pages.read(ports, gap, place, progress.until, progress.pages[-1])
    heard = [*page.heard]
    for thread in page.threads:
        below, older = replace(place, thread=thread), ""
        while True:
            part = await pages.read(ports, gap, below, progress.until, older)
            heard += part.heard
            older = part.older
            if not older:
                break
    distinct = {each.said.message: each for each in heard}
    return replace(page, heard=tuple(sorted(distinct.values(), key=lambda each: each.said.at)))


async def _handled(ports: Ports, member: Member, gap: Gap, page: History, counts: _Counts) -> None:
    """Do what would have been done if all this had come in when it happened."""
    own = [each for each in page.heard if each.said.person == member.external_id]
    said = [each for each in own if each.said.at >= gap.since - RETRIED]
    counts.said += sum([await _said(ports, each) for each in said])
    counts.edited += sum([await _changed(ports, each) for each in own if each.edited_at is not None])
    for number in page.deleted:
        assert member.direct is not None
        counts.deleted += await _gone(ports, member, f"{member.direct}/{number}")


async def _listens(ports: Ports, member: Member) -> bool:
    """Whether the person is still there, in a run that was not left."""
    runs = await ports.store.enrollments_of(member.workspace, member.id)
    return member.state is MemberState.ACTIVE and any(run.state is not EnrollmentState.LEFT for run in runs)


async def _said(ports: Ports, heard: Heard) -> bool:
    """Handle words that did not come in; those that did are known by the same id."""
    if await ports.store.seen(heard.said.workspace, heard.said.event_id):
        return False
    await typed.said(ports, heard.said)
    await ports.store.first_sight(heard.said.workspace, heard.said.person, heard.said.event_id, heard.said.at)
    return True


async def _changed(ports: Ports, heard: Heard) -> bool:
    """Follow a change on the platform; a later one in our own form stands."""
    reply = await ports.store.reply_from(heard.said.workspace, heard.said.source)
    if reply is None or heard.edited_at is None or not _stands(reply) or reply.text == heard.said.text:
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


def _stands(reply: Reply) -> bool:
    """Whether there are words of its author's to be changed or taken back, or were until they were done."""
    has_words = reply.text is not None or reply.kind is ReplyKind.REQUEST
    return reply.deleted_at is None and has_words and reply.author == reply.member


async def _gone(ports: Ports, member: Member, source: str) -> bool:
    """Take back what the person took back."""
    reply = await ports.store.reply_from(member.workspace, source)
    if reply is None or reply.member != member.id or not _stands(reply):
        return False
    conversation, _, message = source.partition("/")
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
