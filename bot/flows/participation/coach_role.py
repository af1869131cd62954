"""Being the coach of a cohort: asked by name, answered by a button."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from bot.chat.port import Press
from bot.coaching.calendar import is_quiet
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.member import DigestTime, Member
from bot.coaching.rules.digest import usual
from bot.flows.agreement.council import has_seat
from bot.flows.coach import digest
from bot.flows.context.decision import Decision, carry_out
from bot.flows.context.given import Given
from bot.flows.context.person import PersonContext, person_in
from bot.flows.ports import Ports
from bot.flows.private_answer import line
from bot.store.port import Record


@dataclass(frozen=True, kw_only=True)
class RoleContext(PersonContext):
    """Somebody with their role as coach of one cohort; without one who was not asked."""

    role: Coach | None = None
    cohort: Cohort | None = None
    has_seat: bool = False  # the council's


async def _role(ports: Ports, press: Press) -> RoleContext:
    found = await ports.store.around_role(press.workspace, press.person, press.value)
    sits = found.member is not None and await has_seat(ports, press.workspace, found.member.id)
    return RoleContext(**vars(person_in(ports, found)), role=found.role, cohort=found.cohort, has_seat=sits)


def declined(given: Given, about: RoleContext, _press: Press) -> Decision:
    """Take a no; nobody is told why they would rather not."""
    return _answered(given, about, CoachState.DECLINED)


def accepted(given: Given, about: RoleContext, press: Press) -> Decision:
    """Take a yes, with the language, the day and the hour of the digest, and plan the first one."""
    decision, member, cohort = _answered(given, about, CoachState.ACTIVE), about.member, about.cohort
    if decision.refuses or member is None or cohort is None:
        return decision
    if about.has_seat:
        return Decision(says=line(given.words, about.language(press), "council-no-coach"))
    fresh = _served(member, cohort, press.inputs) if member.digest is None else member
    if not about.courses and fresh.country is None and member.digest is None:
        fresh = replace(fresh, country=cohort.country)  # their own days off are asked in the form behind the button
    coming = [] if about.digest else digest.planned(given, fresh, [*about.coached, cohort])
    records: list[Record] = [*decision.records, *([fresh] if fresh != member else []), *coming]
    return Decision(records=records)


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


PRESSES = {"coach.accept": _by_press(accepted), "coach.decline": _by_press(declined)}
