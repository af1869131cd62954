"""The weekly look back: what it is built from is fixed when it is due, before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.chat.port import Form, Press, Quote
from bot.coaching.calendar import at_local, local_day, week_of
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import Tally, Wave, large_enough
from bot.coaching.records.reflection import A_POST, MOST_POSTS, Reflection
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import TEAM_KINDS
from bot.coaching.rules.joining import last_post, outlasts
from bot.coaching.words import Words, written_at
from bot.flows.agenda.schedule import following, kept_open
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext, around
from bot.flows.given import Given
from bot.flows.handling.nudge import by_press_on, outdated
from bot.flows.messages.parts import text_of
from bot.flows.ports import Ports
from bot.flows.reflections.own_week import SECOND_QUIET, is_empty, last_before
from bot.flows.reflections.unposted import not_yet_posted, released
from bot.store.port import Record

NOTHING_MORE = "its weeks are over"  # then a post comes only where there is something to tell
MOST_READ = 20  # own notes shown in one form
LONGEST_READ = 2500


def _week_start(now: datetime, zone: str) -> datetime:
    return at_local(week_of(local_day(now, zone)), time(0, 0), zone)


# --- the cohort's ----------------------------------------------------------------------------------------------


async def reflect(ports: Ports, row: Nudge) -> bool:
    """Build a cohort's look back that is due, or leave it when there is nothing to say."""
    cohort = await ports.store.cohort(row.workspace, row.cohort)
    assert cohort is not None, "foreign keys hold"
    now = ports.now
    if cohort.state is CohortState.ENDED:
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason="the cohort ended")
    between = await _goes_on(ports, cohort, row)
    if row.kind is Kind.TEAM_CLOSING:
        late = row.expires_at <= now
        state, reason = (NudgeState.EXPIRED, "its window closed") if late else (NudgeState.READY, None)
        ended = replace(cohort, state=CohortState.ENDED, ended_at=now)  # in any case: the channel is free for another
        told = built(ports, row, pulse=await _before_and_after(ports, cohort))
        over: list[Record] = [told, replace(row, state=state, reason=reason), ended]
        await ports.save(*(between or over))
        return True
    if between:
        await ports.save(*between)
    if row.expires_at <= now:
        return await ports.store.settle(row, NudgeState.EXPIRED, at=now, reason="its window closed")
    made = await _team_week(ports, cohort, row)
    if is_empty(made) and row.week > ports.words.journeys()[cohort.journey].weeks:
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason=NOTHING_MORE)
    last = last_before(row, await ports.store.posts_of(cohort.workspace, cohort.id)) if is_empty(made) else None
    if last is not None and is_empty(await ports.store.reflection_for(last.workspace, last.id)):
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason=SECOND_QUIET)
    await ports.save(made, replace(row, state=NudgeState.READY), *share_posts(ports, row, made))
    return True


async def _goes_on(ports: Ports, cohort: Cohort, row: Nudge) -> list[Nudge]:
    """Return what becomes of a cohort's posts when its closing is near, and the weeks of somebody go on beyond it."""
    posts = await ports.store.posts_of(cohort.workspace, cohort.id)
    ahead = [each for each in posts if each.state is NudgeState.PLANNED and each.kind in TEAM_KINDS]
    closing = next((each for each in ahead if each.kind is Kind.TEAM_CLOSING), None)
    if closing is None or any(each.id not in (row.id, closing.id) for each in ahead):
        return []
    weeks = ports.words.journeys()[cohort.journey].weeks
    last_day = await ports.store.last_of_weeks(cohort.workspace, cohort.id, weeks)
    limit = last_post(cohort.starts_on, cohort.reflection_day)
    after = following(cohort, closing.local_date)
    return kept_open(ports.given(), cohort, closing) if outlasts(last_day, closing.local_date, after, limit) else []


async def _team_week(ports: Ports, cohort: Cohort, row: Nudge) -> Reflection:
    """Return what people let into the channel since the posts before, whenever they wrote it, and how many tried."""
    now = ports.now
    since = _week_start(now, cohort.zone) - timedelta(weeks=cohort.pace)
    shared = await not_yet_posted(ports.store, cohort.workspace, await released(ports.store, cohort))
    return replace(
        built(ports, row, pulse=await _where_they_start(ports, cohort, row), shared=shared),
        tried=await ports.store.count_tried(cohort.workspace, cohort.id, since, now),
    )


def built(given: Given, row: Nudge, *, pulse: tuple[Tally, ...] = (), shared: Sequence[Words] = ()) -> Reflection:
    """Return what a post of a cohort is built from at this moment: these words, and no figure but these answers."""
    return Reflection(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        member=None,
        nudge=row.id,
        week=row.week,
        tried=0,
        shared=tuple(each.id for each in shared),
        made_at=given.now,
        pulse=pulse,
    )


async def _where_they_start(ports: Ports, cohort: Cohort, row: Nudge) -> tuple[Tally, ...]:
    """Return how the first answers of a cohort spread, in its first post alone."""
    steps = ports.words.journeys()[cohort.journey].steps
    if row.week != min(step.week for step in steps if step.kind is row.kind):
        return ()
    found = await ports.store.tallies(cohort.workspace, cohort.id)
    return large_enough([each for each in found if each.wave is Wave.BEFORE])


async def _before_and_after(ports: Ports, cohort: Cohort) -> tuple[Tally, ...]:
    """Return how the answers of both waves spread; what the channel was told of the first one stays as it was told."""
    found = await ports.store.tallies(cohort.workspace, cohort.id)
    first = await ports.store.first_tallies(cohort.workspace, cohort.id)
    known = {(each.wave, each.question) for each in first}
    return (*first, *large_enough([each for each in found if (each.wave, each.question) not in known]))


def share_posts(given: Given, row: Nudge, made: Reflection) -> list[Nudge]:
    """Return the posts of the thread: what people let into the channel, a few at a time."""
    posts = min(MOST_POSTS, -(-len(made.shared) // A_POST))
    return [
        Nudge(
            id=given.new_id(),
            workspace=row.workspace,
            cohort=row.cohort,
            kind=Kind.TEAM_SHARE,
            prompt=row.prompt,
            occurrence=f"{row.occurrence}-share-{place}",
            week=row.week,
            subject=row.id,
            local_date=row.local_date,
            local_time=row.local_time,
            zone=row.zone,
            due_at=row.due_at + timedelta(microseconds=place + 1),
            expires_at=row.expires_at,
        )
        for place in range(posts)
    ]


# --- reading one's own ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Looking(PressContext):
    """A person's look back, with the words it was built from that still stand."""

    words: Sequence[Words]


async def _looking(ports: Ports, workspace: str, nudge: str) -> Looking | None:
    found = await ports.store.around_look(workspace, nudge)
    return Looking(**around(ports, found), words=found.words) if found else None


def read_own(given: Given, about: Looking, _press: Press) -> Decision:
    """Show the private notes of a week to the person who wrote them."""
    words, language = given.words, about.language
    own = [each for each in about.words if each.scope is Scope.PRIVATE]
    if not own:
        return outdated(about)
    form = Form(
        id="reflection.show",
        title=words.say("form-notes-title", language),
        submit=None,
        close=words.say("form-close", language),
        parts=tuple(
            Quote(
                text_of(given, language, each)[:LONGEST_READ],
                label=words.day(local_day(written_at(each), about.zone), language),
            )
            for each in own[:MOST_READ]
        ),
        shows=tuple(each.id for each in own[:MOST_READ]),
    )
    return Decision(opens=form)


PRESSES = {"reflection.read": by_press_on(_looking, read_own, Kind.REFLECTION)}
