"""Being the coach of a cohort: asked by name, answered by a button."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.chat.port import Press
from bot.coaching.calendar import is_quiet
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.member import DigestTime, Member
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.workspace import Workspace
from bot.coaching.rules.digest import usual
from bot.flows.coach import digest
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, person_in
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.messages.coach import MANAGER, NO, YES
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.reading.admins import has_seat
from bot.flows.reading.new_coach import Run, newly_asked
from bot.store.port import Record


@dataclass(frozen=True, kw_only=True)
class RoleContext(PersonContext):
    """Somebody with their role as coach of one cohort; without one who was not asked."""

    role: Coach | None = None
    cohort: Cohort | None = None
    workspace: Workspace | None = None
    has_seat: bool = False  # the council's
    runs: Sequence[Run] = ()  # of the cohort
    lets: Sequence[ReadGrant] = ()  # what people let this coach read

    @property
    def spoken(self) -> Language | None:
        """The language to speak with them; who chose none yet is answered as their question is asked."""
        return super().spoken or (self.cohort.language if self.cohort else None)


async def _role(ports: Ports, press: Press) -> RoleContext:
    cohort = press.value.partition(":")[0]
    found = await ports.store.around_role(press.workspace, press.person, cohort)
    about = RoleContext(**vars(person_in(ports, found)), role=found.role, cohort=found.cohort)
    if about.role is None or press.button == "coach.decline":
        return about
    return replace(
        about,
        workspace=await ports.store.workspace(press.workspace),
        has_seat=await has_seat(ports, press.workspace, about.role.member),
        runs=await ports.store.runs_in(press.workspace, cohort),
        lets=await ports.store.grants_to(press.workspace, about.role.member),
    )


def declined(given: Given, about: RoleContext, _press: Press) -> Decision:
    """Take a no; nobody is told why they would rather not."""
    return _answered(given, about, CoachState.DECLINED)


def accepted(given: Given, about: RoleContext, press: Press) -> Decision:
    """Take a yes, with the language, the day and the hour of the digest, and plan the first one.

    Whether they are people's line manager must be said; who did not let them read yet is asked.
    """
    decision, member, cohort = _answered(given, about, CoachState.ACTIVE), about.member, about.cohort
    if decision.refuses or member is None or cohort is None or about.role is None:
        return decision
    if about.has_seat:
        return Decision(says=line(given.words, about.language(press), "council-no-coach"))
    manages = press.inputs.get(MANAGER, "")
    if refusal := _refusal(about, manages):
        return Decision(says=line(given.words, about.language(press), refusal))
    role = replace(about.role, state=CoachState.ACTIVE, answered_at=given.now, is_line_manager=manages == YES)
    fresh = _served(member, cohort, press.inputs) if member.digest is None else member
    if not about.courses and fresh.country is None and member.digest is None:
        fresh = replace(fresh, country=cohort.country)  # their own days off are asked in the form behind the button
    coming = [] if about.digest else digest.planned(given, fresh, [*about.coached, cohort])
    asks = newly_asked(given, role, about.runs, about.lets, since_known=manages == YES)
    records: list[Record] = [role, *([fresh] if fresh != member else []), *coming, *asks]
    return Decision(records=records)


def manages(given: Given, about: RoleContext, press: Press) -> Decision:
    """Take that a coach is people's line manager after all, and ask who let them read without knowing; or is not."""
    role, said = about.role, press.value.partition(":")[2]
    if role is None:
        return Decision(refuses="press-foreign")
    if role.state is not CoachState.ACTIVE or role.is_line_manager is None or said not in (YES, NO):
        return Decision(refuses="press-stale", again=(role.cohort,))
    if refusal := _refusal(about, said):
        return Decision(says=line(given.words, about.language(press), refusal))
    if role.is_line_manager == (said == YES):
        return Decision(again=(role.cohort,))
    fresh = replace(role, is_line_manager=said == YES)
    return Decision(
        records=[
            fresh,
            *(newly_asked(given, fresh, about.runs, about.lets, since_known=True) if said == YES else ()),
        ]
    )


def _refusal(about: RoleContext, manages: str) -> str:
    """Return why somebody cannot coach by what they say of being people's line manager; empty when they can."""
    if manages not in (YES, NO):
        return "coach-manager-missing"
    forbids = about.workspace is not None and not about.workspace.lets_line_managers_coach
    return "coach-manager-refused" if manages == YES and forbids else ""


def _answered(given: Given, about: RoleContext, state: CoachState) -> Decision:
    """Take the one answer of who was asked to coach."""
    role = about.role
    if role is None:
        return Decision(refuses="press-foreign")
    if role.state is not CoachState.INVITED:
        return Decision(refuses="press-stale", again=(role.cohort,))
    return Decision(records=[replace(role, state=state, answered_at=given.now)])


def _served(member: Member, cohort: Cohort, inputs: Mapping[str, str]) -> Member:
    """Return the coach as they chose beside the button; what they did not choose is as it was offered."""
    wish, language = usual(cohort.reflection_day, member.hours.workdays), inputs.get("coach.language")
    day, hour = inputs.get("coach.day", ""), inputs.get("coach.hour", "")
    if day.isdecimal() and int(day) in member.hours.workdays:
        wish = replace(wish, day=int(day))
    try:
        picked = time.fromisoformat(hour)
    except ValueError:
        picked = wish.hour
    if not is_quiet(picked, member.hours):
        wish = replace(wish, hour=picked)
    spoken = Language(language) if language in list(Language) else member.language or cohort.language
    return replace(member, language=spoken, digest=DigestTime(day=wish.day, hour=wish.hour))


def _by_press(
    decide: Callable[[Given, RoleContext, Press], Decision],
) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button of who was asked, which names the cohort."""

    async def flow(ports: Ports, press: Press) -> None:
        about = await _role(ports, press)
        await carry_out(ports, press, decide(ports.given(), about, press))

    return flow


PRESSES = {
    "coach.accept": _by_press(accepted),
    "coach.decline": _by_press(declined),
    "coach.manages": _by_press(manages),
}
