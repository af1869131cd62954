"""A person asks for a word with their coach: every coach is told, until one takes it, and the person sees who."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.port import Press
from bot.coaching.calendar import local_day, local_hour, out_of_quiet
from bot.coaching.intents import Intent
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.words import taken_back
from bot.flows.coach.notice import KEPT_FOR
from bot.flows.context.decision import Decision
from bot.flows.context.identify import known
from bot.flows.context.person import ParticipationContext, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import refuse
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.screens.new import receipt
from bot.store.port import Record


def waits(request: Reply | None) -> bool:
    """Whether somebody still waits for a coach to take their request."""
    return request is not None and request.kind is ReplyKind.REQUEST and request.taken_by is None


# --- the person -------------------------------------------------------------------------------------------------


async def wish(ports: Ports, press: Press) -> None:
    """Ask for a word with my coach."""
    about = await person_of(ports, press)
    reply = await ports.store.reply(press.workspace, press.value) if press.value else None
    if reply is not None and (about.member is None or reply.author != about.member.id):
        await refuse(ports, press, "press-foreign")
        return
    run = about.course_of(reply.enrollment) if reply is not None else about.course
    if run is None or run.enrollment.state is EnrollmentState.LEFT or (press.value and reply is None):
        await refuse(ports, press)
        return
    around = await ports.store.around_cohort(press.workspace, run.cohort.id)
    before = await ports.store.reply(press.workspace, _beside(press.value)) if press.value else None
    decision = wished(ports.given(), run, reply, before, around.coaches if around else ())
    await carry_out(ports, press, decision)


def wished(
    given: Given,
    run: ParticipationContext,
    reply: Reply | None,
    before: Reply | None,
    coaches: Sequence[tuple[Coach, Member]],
) -> Decision:
    """Return a request for a word, on its way to every active coach; `before` is the one made at the same words."""
    if before is not None or (reply is not None and reply.kind is ReplyKind.REQUEST):  # pressed twice
        return Decision(again=tuple(each.id for each in (before, reply) if each is not None))
    active = [
        member
        for role, member in coaches
        if role.state is CoachState.ACTIVE and member.state is MemberState.ACTIVE and member.id != run.member.id
    ]
    if not active:
        return Decision(says=line(given.words, run.language, "coach-none"))
    request, *card = _request(given, run, reply)
    told = [_told(given, run, request.id, each) for each in active]
    return Decision(records=[request, *card, *told], withdraws=True)


def _request(given: Given, run: ParticipationContext, reply: Reply | None) -> list[Record]:
    """Return the request, without a word of it; where words did not make it, with a card that shows who takes it."""
    if reply is not None and reply.intent is not None:
        return [replace(taken_back(reply, given.now), kind=ReplyKind.REQUEST, intent=Intent.COACH, held_until=None)]
    sent = [row for row in run.agenda if row.sent_at is not None] or run.agenda  # a note may come before any message
    under = next((row for row in run.agenda if reply is not None and row.id == reply.nudge), sent[-1])
    request = Reply(
        id=_beside(reply.id) if reply is not None else given.new_id(),
        workspace=under.workspace,
        cohort=run.cohort.id,
        enrollment=run.enrollment.id,
        member=run.member.id,
        author=run.member.id,
        nudge=under.id,
        item=None,
        week=under.week,
        kind=ReplyKind.REQUEST,
        text=None,
        scope=Scope.PRIVATE,
        received_at=given.now,
        deleted_at=given.now,
        intent=Intent.COACH,
    )
    return [request, receipt(given, request, run.member, run.member.direct or "")]


def _beside(reply: str) -> str:
    return f"{reply}-word"


def _told(given: Given, run: ParticipationContext, request: str, coach: Member) -> Nudge:
    """Return what tells a coach of it, at once within their hours."""
    zone = coach.zone or run.cohort.zone
    due_at = out_of_quiet(given.now, zone, coach.hours)
    return Nudge(
        id=given.new_id(),
        workspace=coach.workspace,
        cohort=run.cohort.id,
        member=coach.id,
        kind=Kind.COACH_WANTED,
        prompt="coach/wanted",
        occurrence=request,
        week=0,
        subject=request,
        local_date=local_day(due_at, zone),
        local_time=local_hour(due_at, zone).replace(second=0, microsecond=0),
        zone=zone,
        due_at=due_at,
        expires_at=due_at + KEPT_FOR,
    )


# --- the coach --------------------------------------------------------------------------------------------------


async def take(ports: Ports, press: Press) -> None:
    """A coach takes a request: the first who presses."""
    request = await ports.store.reply(press.workspace, press.value)
    if request is None or request.kind is not ReplyKind.REQUEST:
        await refuse(ports, press)
        return
    member = await known(ports, press)
    role = await ports.store.coach(press.workspace, request.cohort, member.id) if member is not None else None
    await carry_out(ports, press, taken(request, role))


def taken(request: Reply, role: Coach | None) -> Decision:
    """Return a request as taken by an active coach of its cohort; who comes second sees that it is taken."""
    if role is None or role.state is not CoachState.ACTIVE:
        return Decision(refuses="press-foreign")
    if request.taken_by is not None:
        return Decision(again=(request.id,))
    return Decision(records=[replace(request, taken_by=role.member)])


PRESSES = {"intent.coach": wish, "wanted.take": take}
