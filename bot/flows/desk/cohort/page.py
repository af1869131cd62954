"""A team at the desk: its week, what was tried, how the pulse went, and its next post as it will stand.

Figures are those that the channel was told, and no others: what is counted anew at each look tells who answered since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.port import Part
from bot.coaching.calendar import local_day, local_hour
from bot.coaching.language import Language, Markdown
from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.words import Words, is_left_out
from bot.flows.coach.digest import looked
from bot.flows.desk.cohort.figures import PulseRow, figures, pulse
from bot.flows.desk.cohort.left_out import next_post_of
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, lines_shown
from bot.flows.desk.tokens import hashed
from bot.flows.given import Given
from bot.flows.messages import composed
from bot.flows.messages.channel import author_of, quotes
from bot.flows.messages.parts import text_of
from bot.flows.ports import Ports
from bot.flows.reflections.unposted import not_yet_posted, released
from bot.flows.reflections.weekly import built, share_posts
from bot.store.port.readers import LogFilter
from bot.store.port.shown import ShownPost

MOST_TRIED = 5  # texts about this week's experiment; the log has all of them


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """What a week asks for."""

    item: str  # slug
    theme: str
    about: Markdown
    title: str
    asks: Markdown


@dataclass(frozen=True, kw_only=True)
class Week:
    """Where a team is."""

    number: int
    of: int
    experiment: Experiment | None  # some weeks have none


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A line of the next post."""

    id: str
    label: str
    text: str
    by: str = ""  # who left it out


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The next post as it will stand, as far as it is known by now; it speaks the team's language."""

    day: str
    hour: str
    language: Language
    parts: Sequence[Part]
    lines: Sequence[PostLine]
    left_out: Sequence[PostLine]  # that can be put back
    hidden: int  # lines that this coach may not read before they are posted
    more: int  # for which the post has no room


@dataclass(frozen=True, kw_only=True)
class Team:
    """The page of a team."""

    cohort: Cohort
    teams: Sequence[Cohort]  # of this coach
    starts: str  # the day on which it begins; empty once it has
    week: Week | None  # None before it begins, and once it is over
    tried: Sequence[tuple[int, int]]  # week and how many tried, where the channel was told
    texts: Sequence[ShownLine]  # about this week's experiment, newest first
    pulse: Sequence[PulseRow]
    post: Preview | None


def chosen(coached: Sequence[Cohort], named: str) -> Cohort | None:
    """Return the team that an address names, the first for none; None when it is not theirs."""
    return next((each for each in coached if named in ("", each.id)), None)


async def page(ports: Ports, visitor: Visitor, cohort: Cohort) -> Team | None:
    """Return the page of a team, its looks noted before it leaves; None for who may not look into it now."""
    store, coach = ports.store, visitor.member
    posts, made = await store.posts_of(cohort.workspace, cohort.id), await store.posts_made(cohort.workspace, cohort.id)
    last_made = made[-1][0].made_at if made else None
    let_in = await released(store, cohort)
    waiting = await not_yet_posted(store, cohort.workspace, let_in)
    every = [*waiting, *(each for each in let_in if _may_come_back(each, last_made))]
    readable = await store.readable(coach.workspace, coach.id, cohort.id, [each.id for each in every], ports.now)
    if readable is None:
        return None
    undone = [each for each in every if is_left_out(each) and each.id in readable]
    people = await store.people(cohort.workspace, {author_of(each) for each in every} | _leavers(undone))
    given = ports.given()
    week = _week(given, visitor, cohort)
    row = next_post_of(cohort, posts)
    post = preview(given, visitor, cohort, row, waiting, undone, people, readable) if row else None
    if post is not None:
        shown = {each.id for each in (*post.lines, *post.left_out)}
        await _note(ports, visitor, [each for each in every if each.id in shown])
    told = [each for each, row in made if row.state is NudgeState.SENT]
    return Team(
        cohort=cohort,
        teams=visitor.about.coached,
        starts=given.words.day(cohort.starts_on, visitor.language) if _is_ahead(given, cohort) else "",
        week=week,
        tried=figures(told),
        texts=await _texts(ports, visitor, cohort, week),
        pulse=pulse(given, visitor.language, told),
        post=post,
    )


# --- the week -----------------------------------------------------------------------------------------------------


def _is_ahead(given: Given, cohort: Cohort) -> bool:
    return cohort.state is CohortState.ACTIVE and local_day(given.now, cohort.zone) < cohort.starts_on


def _week(given: Given, visitor: Visitor, cohort: Cohort) -> Week | None:
    """Return the week in which a team is; people's own weeks may be others."""
    words, language, journey = given.words, visitor.language, given.words.journeys()[cohort.journey]
    week = (local_day(given.now, cohort.zone) - cohort.starts_on).days // (7 * cohort.pace) + 1
    if cohort.state is CohortState.ENDED or not 1 <= week <= journey.weeks:
        return None
    item = journey.item_in_week(week)
    if item is None:
        return Week(number=week, of=journey.weeks, experiment=None)
    experiment = Experiment(
        item=item.slug,
        theme=words.title_of(item.theme, language, week=week),
        about=words.body_of(item.theme, language, week=week),
        title=words.title_of(item.nudge, language, week=week),
        asks=words.body_of(item.nudge, language, week=week),
    )
    return Week(number=week, of=journey.weeks, experiment=experiment)


async def _texts(ports: Ports, visitor: Visitor, cohort: Cohort, week: Week | None) -> Sequence[ShownLine]:
    """Return what people shared with this coach about the week's experiment, noted as it is read."""
    if week is None or week.experiment is None:
        return ()
    found = await ports.store.read_log(
        cohort.workspace,
        visitor.member.id,
        cohort.id,
        LogFilter(item=week.experiment.item),
        before=None,
        limit=MOST_TRIED,
        at=ports.now,
        audit_id=ports.new_id(),
        action=Action.PREVIEW,
    )
    return lines_shown(ports.given(), visitor.language, visitor.zone, cohort, found)


# --- the post -----------------------------------------------------------------------------------------------------


def _may_come_back(words: Words, last_made: datetime | None) -> bool:
    at = words.left_out_at
    return is_left_out(words) and at is not None and (last_made is None or last_made < at)


def _leavers(words: Sequence[Words]) -> set[str]:
    return {each.left_out_by for each in words if each.left_out_by}


def preview(
    given: Given,
    visitor: Visitor,
    cohort: Cohort,
    row: Nudge,
    waiting: Sequence[Words],
    undone: Sequence[Words],
    people: Mapping[str, Member],
    readable: Mapping[str, str],
) -> Preview:
    """Return the next post, composed as it will be; figures are counted when it is made, and are not in it before."""
    made = built(given, row, shared=waiting)
    post = ShownPost(nudge=row, cohort=cohort, made=made, words=waiting, authors=people)
    thread = [replace(post, nudge=replace(each, state=NudgeState.SENT)) for each in share_posts(given, row, made)]
    found = [quoted for each in thread for quoted in quotes(given, each)]
    return Preview(
        day=given.words.day(local_day(row.due_at, row.zone), visitor.language),
        hour=f"{local_hour(row.due_at, row.zone):%H:%M}",
        language=cohort.language,
        parts=composed(given, post).parts,
        lines=[
            PostLine(id=words.id, label=quote.label, text=quote.text) for words, quote in found if words.id in readable
        ],
        left_out=[
            PostLine(
                id=each.id,
                label=_name(people, author_of(each)),
                text=text_of(given, cohort.language, each),
                by=_name(people, each.left_out_by or ""),
            )
            for each in undone
        ],
        hidden=sum(words.id not in readable for words, _ in found),
        more=len(waiting) - len(found),
    )


def _name(people: Mapping[str, Member], member: str) -> str:
    return people[member].name if member in people else ""


async def _note(ports: Ports, visitor: Visitor, shown: Sequence[Words]) -> None:
    """Note whose words are on the page, once a session for the same texts; one's own words are no look."""
    told = [(each, author_of(each)) for each in shown if author_of(each) != visitor.member.id]
    if looks := looked(ports.given(), visitor.member, told):
        await ports.store.note(
            [
                replace(each, id=hashed(repr(each.seen), of=f"team {visitor.session.id}")[:32], action=Action.PREVIEW)
                for each in looks
            ]
        )
