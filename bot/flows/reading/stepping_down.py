"""A coach who stops: steps down, hands over, or is taken away by an admin; they read no more, at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.port import (
    Body,
    Command,
    Form,
    FormErrors,
    Message,
    Option,
    Origin,
    PeopleField,
    Person,
    Press,
    RadioField,
    Submitted,
)
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.records.workspace import Workspace
from bot.coaching.rules.who_reads import NAMED
from bot.flows.agenda.reading_news import GONE, told
from bot.flows.context.decision import Decision
from bot.flows.context.identify import known, met
from bot.flows.context.nudge import within
from bot.flows.context.person import PersonContext, person_called, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.person import stays_open
from bot.flows.messages.phrase import line
from bot.flows.participation.start import sent_now
from bot.flows.ports import Ports
from bot.flows.reading.admins import has_seat, is_admin
from bot.flows.reading.new_coach import Run
from bot.store.port import Record

STEP, HAND = "step", "hand"
NOBODY_LEFT = "coaches nobody"


@dataclass(frozen=True, kw_only=True)
class CoachContext(PersonContext):
    """A coach with their role in one cohort, and all that ends with it; without one who has none there."""

    role: Coach | None = None
    cohort: Cohort | None = None
    runs: Sequence[Run] = ()  # of the cohort
    lets: Sequence[ReadGrant] = ()  # what people of the cohort let this coach read


@dataclass(frozen=True, kw_only=True)
class Successor:
    """Whom a coach hands over to, as the platform and our records know them."""

    member: Member
    person: Person | None
    role: Coach | None = None  # in the cohort, whatever the answer
    has_seat: bool = False  # of the council
    workspace: Workspace | None = None


async def _in_role(ports: Ports, about: PersonContext, role: Coach | None) -> CoachContext:
    if role is None:
        return CoachContext(**vars(about))
    grants = await ports.store.grants_to(role.workspace, role.member)
    return CoachContext(
        **vars(about),
        role=role,
        cohort=await ports.store.cohort(role.workspace, role.cohort),
        runs=await ports.store.runs_in(role.workspace, role.cohort),
        lets=[each for each in grants if each.cohort == role.cohort],
    )


async def _own_role(ports: Ports, incoming: Press | Submitted, cohort: str) -> CoachContext:
    about = await person_of(ports, incoming)
    member = about.member
    role = await ports.store.coach(member.workspace, cohort, member.id) if member else None
    return await _in_role(ports, about, role)


def stopped(given: Given, about: CoachContext, state: CoachState, by: EndedBy) -> list[Record]:
    """Return a role as over: nothing is read by it any more, who let them read is told, and their digest stays away.

    What they wrote to people while they were the coach still arrives.
    """
    role = about.role
    if role is None:
        return []
    over = replace(role, state=state, ended_at=given.now)
    members = {each.member for each in about.lets}
    news = [
        told(given, within(given, member, run, cohort), GONE, role.id, occurrence=f"{role.id}/{role.version}")
        for run, member, cohort in about.runs
        if member.id in members
    ]
    coaches_on = any(each.id != role.cohort for each in about.coached)
    stays_away = [] if coaches_on or about.digest is None else [about.digest]
    digests = [replace(each, state=NudgeState.CANCELLED, reason=NOBODY_LEFT) for each in stays_away]
    return [over, *(each.ended(given.now, by) for each in about.lets), *news, *digests]


# --- the coach's own form -------------------------------------------------------------------------------------------


def stop_form(given: Given, language: Language, cohort: Cohort) -> Form:
    """Return the form that asks how a coach stops; nothing is chosen for them."""
    words = given.words
    options = tuple(
        Option(each, words.say(f"coach-stop-{each}", language), words.say(f"coach-stop-{each}-about", language))
        for each in (STEP, HAND)
    )
    return Form(
        id="coach.left",
        subject=cohort.id,
        title=words.say("form-coach-left-title", language),
        submit=words.say("form-coach-left-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("coach-stop-about", language, channel=cohort.channel_name)),
            RadioField(
                id="how",
                label=words.say("coach-stop-label", language),
                options=options,
                missing=words.say("coach-stop-missing", language),
            ),
            PeopleField(id="to", label=words.say("coach-hand-label", language), most=1, required=False),
        ),
    )


async def stop(ports: Ports, press: Press) -> None:
    """Ask a coach how they stop, for the team whose button it is."""
    about = await _own_role(ports, press, press.value)
    await carry_out(ports, press, asked_how(ports.given(), about, press))


def asked_how(given: Given, about: CoachContext, press: Press | Command) -> Decision:
    """Return the form; for who coaches there no more that this is so."""
    if about.role is None or about.cohort is None:
        return Decision(refuses="press-foreign")
    language = about.language(press)
    if about.role.state is not CoachState.ACTIVE:
        return Decision(says=line(given.words, language, "coach-left-done"), again=(about.cohort.id,))
    return Decision(opens=stop_form(given, language, about.cohort))


async def stopped_by_form(ports: Ports, form: Submitted) -> FormErrors | None:
    """Take the role of coach back, and ask who is to take over."""
    about = await _own_role(ports, form, form.subject)
    to = next(iter(form.values.get("to", ())), "")
    successor = await _successor(ports, about, to) if form.values.get("how") == HAND and to else None
    return await carry_out(ports, form, handed_over(ports.given(), about, form, successor))


async def _successor(ports: Ports, about: CoachContext, to: str) -> Successor | None:
    """Return whom a form names; None for a bot, an account that is off, and nobody."""
    if about.role is None:
        return None
    workspace = about.role.workspace
    member = await met(ports, workspace, to)
    if member is None:
        return None
    return Successor(
        member=member,
        person=await ports.chat.person(workspace, to),
        role=await ports.store.coach(workspace, about.role.cohort, member.id),
        has_seat=await has_seat(ports, workspace, member.id),
        workspace=await ports.store.workspace(workspace),
    )


def handed_over(given: Given, about: CoachContext, form: Submitted, to: Successor | None) -> Decision:
    """Return a role as stepped down from, with the question to who takes over; or why that person cannot."""
    role, cohort, language = about.role, about.cohort, about.language(form)
    if role is None or cohort is None:
        return stays_open(given, about, form, "how")
    if role.state is not CoachState.ACTIVE:  # by this very form, before it was cut off, or on another device
        return Decision(says=_said(given, language, to if _is_asked_by(role, to) else None))
    if form.values.get("how") != HAND and form.values.get("to"):
        return stays_open(given, about, form, "to", "coach-step-named")
    asks: list[Record] = []
    if form.values.get("how") == HAND:
        if refusal := _unfit(about, form, to):
            return stays_open(given, about, form, "to", refusal)
        assert to is not None, "who is nobody is unfit"
        asks = _asked(given, role, cohort, to)
    records = [*stopped(given, about, CoachState.LEFT, EndedBy.COACH), *asks]
    return Decision(records=records, withdraws=True, says=_said(given, language, to if asks else None))


def _said(given: Given, language: Language, asked: Successor | None) -> Message:
    """Return that somebody coaches here no more, and who was asked to take over."""
    if asked is None:
        return line(given.words, language, "coach-left-done")
    return line(given.words, language, "coach-handed-over", name=asked.member.name)


def _is_asked_by(role: Coach, to: Successor | None) -> bool:
    """Whether this coach has somebody asked to take over already."""
    asked = to.role if to is not None else None
    return asked is not None and asked.state in NAMED and asked.named_by == role.member


def _unfit(about: CoachContext, form: Submitted, to: Successor | None) -> str:
    """Return why somebody cannot take over, as the key of a sentence; empty when they can."""
    if not form.values.get("to"):
        return "coach-hand-missing"
    if to is None or to.person is None or to.person.is_bot or to.person.deactivated:
        return "coach-hand-nobody"
    lets_outsiders = to.workspace is not None and to.workspace.lets_outsiders_join
    reasons = (
        (about.member is not None and to.member.id == about.member.id, "coach-hand-self"),
        (to.has_seat, "coach-hand-council"),
        (to.person.origin is not Origin.INSIDE and not lets_outsiders, "coach-hand-outside"),
        (to.role is not None and to.role.state is CoachState.DECLINED, "coach-hand-declined"),
    )
    return next((key for applies, key in reasons if applies), "")


def _asked(given: Given, role: Coach, cohort: Cohort, to: Successor) -> list[Record]:
    """Return somebody as named, and the question whether they want to; nothing for who is named already."""
    if to.role is not None and to.role.state in NAMED:
        return []
    named = Coach(
        id=to.role.id if to.role else given.new_id(),
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=to.member.id,
        named_by=role.member,
        named_at=given.now,
        version=to.role.version if to.role else 0,
    )
    ask = sent_now(given, cohort, Kind.COACH_ASK, "coach/ask", to.member.id)
    return [named, replace(ask, occurrence=f"{named.id}/{named.version}")]


# --- by an admin ----------------------------------------------------------------------------------------------------


async def remove(ports: Ports, press: Press) -> None:
    """Take the role of coach away from somebody; an admin's press alone does."""
    by = await known(ports, press)
    is_theirs = await is_admin(ports, press.workspace, press.person)
    role = await ports.store.coach_role(press.workspace, press.value) if is_theirs else None
    coach = await person_called(ports, press.workspace, role.member) if role else PersonContext()
    about = await _in_role(ports, coach, role)
    await carry_out(ports, press, removed(ports.given(), about, press, by, is_admin=is_theirs))


def removed(given: Given, about: CoachContext, press: Press, by: Member | None, *, is_admin: bool) -> Decision:
    """Return a role as taken away; what is over already stays as it ended."""
    role, member, cohort = about.role, about.member, about.cohort
    if not is_admin:
        return Decision(refuses="press-foreign")
    if role is None or member is None or cohort is None:
        return Decision(refuses="press-stale")
    language = (by.language if by else None) or press.language or cohort.language
    says: Message = line(given.words, language, "coach-removed-done", name=member.name, channel=cohort.channel_name)
    if role.state not in NAMED:
        return Decision(says=says, again=(cohort.id,))
    return Decision(records=stopped(given, about, CoachState.REMOVED, EndedBy.ADMIN), withdraws=True, says=says)


PRESSES = {"coach.leave": stop, "coach.remove": remove}
FORMS = {"coach.left": stopped_by_form}
