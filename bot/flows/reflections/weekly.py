"""The weekly look back: what it is built from is fixed when it is due, before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.chat.port import Form, Press, Quote
from bot.coaching.calendar import at_local, local_day, week_of
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reflection import A_POST, MOST_POSTS, Reflection
from bot.coaching.records.reply import Scope
from bot.coaching.rules.due import Verdict, verdict
from bot.coaching.words import Words, written_at
from bot.flows.agenda.due_context import completed, due_context
from bot.flows.agenda.postpone import held_back
from bot.flows.context.acting_on_nudge import by_press_on, outdated
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import PressContext, around
from bot.flows.context.person import ParticipationContext, PersonContext, person_called
from bot.flows.messages.parts import text_of
from bot.flows.ports import Ports
from bot.flows.reflections.unposted import not_yet_posted
from bot.store.port import Record

MOST_READ = 20  # own notes shown in one form
LONGEST_READ = 2500
LONGEST_ASKED = timedelta(days=14)  # how old words may be about which a look back asks
SECOND_QUIET = "a second quiet week"


async def reflect(ports: Ports, row: Nudge) -> bool:
    """Build a look back that is due, or leave it when there is nothing to say; False when it has to wait."""
    return await (_team if row.member is None else _personal)(ports, row)


async def _personal(ports: Ports, row: Nudge) -> bool:
    assert row.member is not None, "only a person has a run"
    about, given = await person_called(ports, row.workspace, row.member), ports.given()
    course = about.course_of(row.enrollment)
    assert course is not None, "foreign keys hold"
    since, last = _asked_since(given, course), _last(row, course.agenda)
    said: list[Words] = [
        *await ports.store.replies_between(row.workspace, row.member, since, given.now),
        *await ports.store.commitments_between(row.workspace, row.member, since, given.now),
    ]
    made = await ports.store.reflection_for(last.workspace, last.id) if last else None
    decision = looked_back(given, about, course, row, said, was_quiet=last is not None and _is_empty(made))
    await ports.save(*decision.records)
    return bool(decision.records)


def looked_back(
    given: Given,
    about: PersonContext,
    course: ParticipationContext,
    row: Nudge,
    said: Sequence[Words],
    *,
    was_quiet: bool,
) -> Decision:
    """Return a person's look back that is due, or that there is none; nothing while it has to wait.

    `said` is what they wrote that no look back asked about; `was_quiet` says whether the last one had nothing in it.
    """
    rows = course.agenda
    if any(_is_reminder(other, row) and other.state is NudgeState.PLANNED for other in rows):
        return Decision()  # whether it comes decides whether this one does
    ruling, reason = verdict(row, due_context(given, course, row))
    if ruling is Verdict.POSTPONE and course.enrollment.stands_still:
        return Decision(records=held_back(given, course, about.shared, [row]))
    ended = completed(given, course, row, rows)
    records: list[Record] = [ended] if ended else []
    if ruling is Verdict.SEND and _reminded_today(row, rows):
        ruling, reason = Verdict.CANCEL, "the reminder came in its place"
    if ruling is Verdict.SEND:
        made = _own_week(given, course, row, said)
        if not (_is_empty(made) and was_quiet):  # one kind word is enough
            return Decision(records=[*records, made, replace(row, state=NudgeState.READY)])
        ruling, reason = Verdict.CANCEL, SECOND_QUIET
    state = NudgeState.EXPIRED if ruling is Verdict.EXPIRE else NudgeState.CANCELLED
    return Decision(records=[*records, replace(row, state=state, reason=reason)])


def _reminded_today(row: Nudge, rows: Sequence[Nudge]) -> bool:
    """The Thursday of an item's first week has room for one message: the reminder, where it is needed."""
    came = (NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN, NudgeState.SENT)
    return any(_is_reminder(other, row) and other.state in came for other in rows)


def _is_reminder(other: Nudge, row: Nudge) -> bool:
    """Whether another message is the reminder of the same moment."""
    return other.kind is Kind.FOLLOW_UP and other.local_date == row.local_date and other.due_at <= row.due_at


def _own_week(given: Given, course: ParticipationContext, row: Nudge, said: Sequence[Words]) -> Reflection:
    since = _week_start(given.now, course.zone)
    return Reflection(
        id=given.new_id(),
        workspace=course.member.workspace,
        cohort=course.cohort.id,
        member=course.member.id,
        nudge=row.id,
        week=row.week,
        tried=sum(_done(each, since, given.now) for each in course.agenda),
        shared=tuple(each.id for each in said),
        made_at=given.now,
    )


def _asked_since(given: Given, course: ParticipationContext) -> datetime:
    """Return since when no look back asked about the person's words: since the one before, two weeks at most."""
    came = [row.sent_at for row in course.agenda if row.kind is Kind.REFLECTION and row.sent_at is not None]
    return max([given.now - LONGEST_ASKED, *(came[-1:] or [course.enrollment.joined_at])])


def _done(row: Nudge, since: datetime, until: datetime) -> bool:
    """Whether an experiment was done in a span."""
    done = row.kind is Kind.NUDGE and row.answer is Answer.DONE
    return done and row.answered_at is not None and since <= row.answered_at <= until


def _week_start(now: datetime, zone: str) -> datetime:
    return at_local(week_of(local_day(now, zone)), time(0, 0), zone)


def _last(row: Nudge, rows: Sequence[Nudge]) -> Nudge | None:
    """Return the latest look back that came before this one, or that a second quiet week kept away."""
    before = [
        each
        for each in rows
        if each.kind is row.kind
        and each.due_at < row.due_at
        and (each.state is NudgeState.SENT or each.reason == SECOND_QUIET)
    ]
    return before[-1] if before else None


def _is_empty(made: Reflection | None) -> bool:
    return made is None or not (made.shared or made.tried)


# --- the cohort's ----------------------------------------------------------------------------------------------


async def _team(ports: Ports, row: Nudge) -> bool:
    cohort = await ports.store.cohort(row.workspace, row.cohort)
    assert cohort is not None, "foreign keys hold"
    now = ports.now
    if cohort.state is CohortState.ENDED:
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason="the cohort ended")
    if row.kind is Kind.TEAM_CLOSING:
        late = row.expires_at <= now
        state, reason = (NudgeState.EXPIRED, "its window closed") if late else (NudgeState.READY, None)
        ended = replace(cohort, state=CohortState.ENDED)  # in any case: the channel is free for a next journey
        await ports.save(replace(row, state=state, reason=reason), ended)
        return True
    if row.expires_at <= now:
        return await ports.store.settle(row, NudgeState.EXPIRED, at=now, reason="its window closed")
    made = await _team_week(ports, cohort, row)
    last = _last(row, await ports.store.posts_of(cohort.workspace, cohort.id)) if _is_empty(made) else None
    if last is not None and _is_empty(await ports.store.reflection_for(last.workspace, last.id)):
        return await ports.store.settle(row, NudgeState.CANCELLED, at=now, reason=SECOND_QUIET)
    await ports.save(made, replace(row, state=NudgeState.READY), *_share_post(ports, row, made))
    return True


async def _team_week(ports: Ports, cohort: Cohort, row: Nudge) -> Reflection:
    """Return what people let into the channel since the posts before, whenever they wrote it, and how many tried."""
    now = ports.now
    since = _week_start(now, cohort.zone) - timedelta(days=7)
    released: list[Words] = [
        *await ports.store.replies_shared(cohort.workspace, cohort.id),
        *await ports.store.commitments_shared(cohort.workspace, cohort.id),
    ]
    shared = sorted(
        await not_yet_posted(ports.store, cohort.workspace, released), key=lambda each: (each.shared_at, each.id)
    )
    return Reflection(
        id=ports.new_id(),
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=None,
        nudge=row.id,
        week=row.week,
        tried=await ports.store.count_tried(cohort.workspace, cohort.id, since, now),
        shared=tuple(each.id for each in shared),
        made_at=now,
    )


def _share_post(given: Given, row: Nudge, made: Reflection) -> list[Record]:
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
