"""A coach leaves a line out of the team's next post, or puts it back: what it says and its author's press stay.

The author is told once for each press of theirs. The post that goes out is built from the same records, so what is left
out here is not in it, whoever is faster.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.nudge import LEFT_OUT, Kind, Nudge, NudgeState
from bot.coaching.words import Words, is_left_out, is_shared, left_out, put_back
from bot.flows.agenda.reading_news import told
from bot.flows.coach.answer import Shared, shared
from bot.flows.desk.entry import Visitor
from bot.flows.given import Given
from bot.flows.messages.channel import author_of
from bot.flows.ports import Ports
from bot.flows.reflections.unposted import not_yet_posted
from bot.store.port import Conflict, Record

TOLD_AFTER = timedelta(minutes=10)  # in which a line that was left out by mistake can be put back, and nobody hears
IN_POST = "post:"  # before the id of a line that stands in the post, on a page that asks what still stands
MOST_TRIES = 3  # when somebody changes the same line at this moment


class Fate(StrEnum):
    """What became of a line; the page says it."""

    OUT = "out"  # it will not be in the post
    BACK = "back"  # it will be
    POSTED = "posted"  # the post was made: nothing changes any more
    GONE = "gone"  # its author took it out of the channel, or it is no more
    NO_POST = "none"  # the team gets no more posts


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A line that its author let into the channel, with what decides whether it may still leave the next post."""

    about: Shared
    is_posted: bool
    next_post: Nudge | None
    last_made: datetime | None  # when the team's newest post was built
    notice: Nudge | None  # what tells its author, for this press of theirs


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What is saved, and what became of the line."""

    fate: Fate
    records: Sequence[Record] = ()


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What became of a line of a team."""

    cohort: str  # its id
    fate: Fate


Deed = Callable[[Given, PostLine], Ruling]


def leave_out(given: Given, line: PostLine) -> Ruling:
    """Leave a line out of the post; pressed twice, it stays as it is."""
    words = line.about.record
    if is_left_out(words):
        return Ruling(fate=Fate.OUT)
    if not is_shared(words):
        return Ruling(fate=Fate.GONE)
    if line.is_posted:
        return Ruling(fate=Fate.POSTED)
    if line.next_post is None:
        return Ruling(fate=Fate.NO_POST)
    fresh = left_out(words, line.about.coach.id, given.now)
    return Ruling(fate=Fate.OUT, records=[fresh, *_notice(given, line)])


def restore(_given: Given, line: PostLine) -> Ruling:
    """Let a line stand in the post after all, as long as that was not made; pressed twice, it stays as it is."""
    words = line.about.record
    if words.left_out_at is None:
        return Ruling(fate=Fate.BACK if is_shared(words) else Fate.GONE)
    if line.last_made is not None and words.left_out_at <= line.last_made:
        return Ruling(fate=Fate.POSTED)
    if line.next_post is None:
        return Ruling(fate=Fate.NO_POST)
    notice = line.notice
    is_waiting = notice is not None and notice.state in (NudgeState.PLANNED, NudgeState.READY)
    unsaid = [replace(notice, state=NudgeState.CANCELLED, reason="put back")] if notice and is_waiting else []
    return Ruling(fate=Fate.BACK, records=[put_back(words), *unsaid])


def _notice(given: Given, line: PostLine) -> list[Nudge]:
    """Return what tells the author; nothing when they heard, are about to, or did it themselves as a coach."""
    words, before = line.about.record, line.notice
    if author_of(words) == line.about.coach.id:
        return []
    if before is not None and before.state is not NudgeState.CANCELLED:
        return []
    fresh = told(given, line.about.run, LEFT_OUT, words.id, occurrence=press_of(words), after=TOLD_AFTER)
    if before is None:
        return [fresh]
    when = {name: getattr(fresh, name) for name in ("local_date", "local_time", "zone", "due_at", "expires_at")}
    return [replace(before, state=NudgeState.PLANNED, reason=None, **when)]


def press_of(words: Words) -> str:
    """Return what tells one press of an author for the channel from another."""
    return f"{words.id} {words.shared_at.isoformat() if words.shared_at else ''}"


def next_post_of(cohort: Cohort, posts: Sequence[Nudge]) -> Nudge | None:
    """Return the post that takes what was let in, among those of a cohort by due time; None when there is none more."""
    if cohort.state is CohortState.ENDED:
        return None
    return next((each for each in posts if (each.kind, each.state) == (Kind.TEAM_REFLECTION, NudgeState.PLANNED)), None)


async def changed(ports: Ports, visitor: Visitor, line: str, deed: Deed) -> Changed | None:
    """Do something to a line of the next post; None when it is not the coach's to read."""
    cohort = ""
    for _ in range(MOST_TRIES):
        found = await _line(ports, visitor, line)
        if found is None:
            return None
        ruling, cohort = deed(ports.given(), found), found.about.cohort.id
        try:
            if ruling.records:
                await ports.save(*ruling.records, withdraws=ruling.fate is Fate.OUT)
        except Conflict:  # another tab, another coach, or its author: what became of it is looked at once more
            continue
        return Changed(cohort=cohort, fate=ruling.fate)
    return Changed(cohort=cohort, fate=Fate.GONE)


async def _line(ports: Ports, visitor: Visitor, line: str) -> PostLine | None:
    store, member = ports.store, visitor.member
    around = await store.around_line(member.workspace, line, reader=member.id, at=ports.now)
    about = shared(ports.given(), visitor.about, around) if around else None
    if about is None:
        return None
    words, made = about.record, await store.posts_made(member.workspace, about.cohort.id)
    return PostLine(
        about=about,
        is_posted=is_shared(words) and not await not_yet_posted(store, member.workspace, [words]),
        next_post=next_post_of(about.cohort, await store.posts_of(member.workspace, about.cohort.id)),
        last_made=made[-1][0].made_at if made else None,
        notice=await store.told_left_out(member.workspace, author_of(words), press_of(words)),
    )


async def standing(ports: Ports, visitor: Visitor, cohort: str, lines: Collection[str]) -> Collection[str] | None:
    """Return which of these lines their reader may read now, and, of lines of the post, which are still to be in it.

    None for who may not look into the cohort's log. Nobody sees them, so no look is noted.
    """
    member, ids = visitor.member, {each: each.removeprefix(IN_POST) for each in lines}
    found = await ports.store.readable(member.workspace, member.id, cohort, [*ids.values()], ports.now)
    if found is None:
        return None
    of_post = [each for line, each in ids.items() if line != each]
    words = await ports.store.words_with(member.workspace, of_post) if of_post else []
    shared_now = {each.id for each in words if is_shared(each)}
    return [line for line, each in ids.items() if each in found and (line == each or each in shared_now)]
