"""The works council's seat: who gives it, who can have it, and who ends it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Command,
    Form,
    FormErrors,
    Message,
    Origin,
    Part,
    PeopleField,
    Person,
    Press,
    Row,
    Style,
    Submitted,
    Unanswered,
)
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.records.reading import Seat
from bot.coaching.verbs import Verb
from bot.flows.agreement.context import ReadingContext, reading_of
from bot.flows.agreement.direct_word import say_to, was_cut_off
from bot.flows.context.decision import Decision
from bot.flows.context.identify import met
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.person import stays_open
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Whom a form names, as the platform and we know them."""

    person: Person | None = None  # None for nobody
    member: Member | None = None  # None also for bots and the deactivated


async def council(ports: Ports, command: Command, rest: str) -> None:
    """`/coach council`: who has the seat; an admin gives it by a form, also where a name is typed behind it."""
    about = await reading_of(ports, command)
    await carry_out(ports, command, shown(ports.given(), about, command, named=bool(rest)))


def shown(given: Given, about: ReadingContext, command: Command, *, named: bool) -> Decision:
    """Return who has the seat; to an admin with the buttons, or with the form when they named somebody.

    A typed name tells nobody for certain: the person is picked in the form.
    """
    language = about.language(command)
    if named and about.is_admin is None:
        return Decision(says=line(given.words, language, "admin-not-asked"))
    if named:
        return Decision(opens=seat_form(given, language)) if about.is_admin else _only_admins(given, language)
    return Decision(says=_holders(given, about, language))


def _only_admins(given: Given, language: Language) -> Decision:
    return Decision(says=line(given.words, language, "admin-only"))


def _holders(given: Given, about: ReadingContext, language: Language) -> Message:
    """Return who has the seat, each with the button that ends it where it is the reader's to end."""
    words = given.words
    title = words.say("council-title", language)
    parts: list[Part] = [Body(words.body("council-about", language))]
    for seat, person in about.seats:
        told = words.body("council-has", language, name=person.name)
        parts.append(Row(told, _end(given, language, seat)) if _may_end(about, seat) else Body(told))
    if not about.seats:
        parts.append(Body(words.body("council-nobody-yet", language)))
    if about.is_admin:
        parts.append(Buttons((button(given, language, "council.open", "", style=Style.PRIMARY),)))
    return Message(fallback=title, parts=tuple(parts))


def _end(given: Given, language: Language, seat: Seat) -> Button:
    return button(given, language, "council.end", seat.id, confirm=True)


def _may_end(about: ReadingContext, seat: Seat) -> bool:
    return about.is_admin is True or (about.member is not None and about.member.id == seat.member)


# --- giving it --------------------------------------------------------------------------------------------------


async def opened(ports: Ports, press: Press) -> None:
    """The button *Give the seat*."""
    about = await reading_of(ports, press)
    await carry_out(ports, press, asked_whom(ports.given(), about, press))


def asked_whom(given: Given, about: ReadingContext, press: Press) -> Decision:
    """Return the form that asks whom, for an admin."""
    language = about.language(press)
    if about.is_admin:
        return Decision(opens=seat_form(given, language))
    key = "admin-not-asked" if about.is_admin is None else "admin-only"
    return Decision(says=line(given.words, language, key))


def seat_form(given: Given, language: Language) -> Form:
    """Return the form that asks who gets the seat."""
    words = given.words
    return Form(
        id="council.give",
        title=words.say("form-council-title", language),
        submit=words.say("form-council-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("council-about", language)),
            PeopleField(
                id="person",
                label=words.say("council-person", language),
                most=1,
                missing=words.say("council-person-missing", language),
            ),
        ),
    )


async def given_to(ports: Ports, form: Submitted) -> FormErrors | None:
    """Give the seat to whom an admin picked, and tell them what it is for."""
    about = await reading_of(ports, form, introduces=True)
    seat_id = ports.new_id()
    try:
        candidate = await _candidate(ports, form) if about.is_admin else Candidate()
    except Unanswered:
        return await carry_out(ports, form, stays_open(ports.given(), about, form, "person", "council-not-asked"))
    decision = seated(ports.given(), about, form, candidate, seat_id)
    wrong = await carry_out(ports, form, decision)
    if decision.says is not None and candidate.member is not None:
        await say_to(ports, candidate.member, "council-told", language=about.language(form))
    return wrong


async def _candidate(ports: Ports, form: Submitted) -> Candidate:
    """Return whom a form names, remembered from now on; raises Unanswered."""
    picked = form.values.get("person", ())
    external_id = (picked if isinstance(picked, str) else next(iter(picked), "")).strip()
    if not external_id:
        return Candidate()
    person = await ports.chat.person(form.workspace, external_id)
    return Candidate(person=person, member=await met(ports, form.workspace, external_id) if person else None)


def seated(given: Given, about: ReadingContext, form: Submitted, candidate: Candidate, seat_id: str) -> Decision:
    """Return the seat; or why that person cannot have it."""
    language, member = about.language(form), candidate.member
    if any(seat.id == seat_id for seat, _ in about.seats):  # given by this very form, before it was cut off
        return Decision(says=_given(given, member, language))
    if reason := _unfit(about, candidate):
        return stays_open(given, about, form, "person", reason)
    assert member is not None, "looked at before"
    assert about.member is not None, "an admin who acts is somebody"
    seat = Seat(
        id=seat_id,
        workspace=about.workspace.id,
        member=member.id,
        named_by=about.member.id,
        named_at=given.now,
    )
    return Decision(records=[seat], says=_given(given, member, language))


def _given(given: Given, member: Member | None, language: Language) -> Message:
    return line(given.words, language, "council-given", name=member.name if member else "")


def _unfit(about: ReadingContext, candidate: Candidate) -> str:
    """Return the key of why the seat is not given; empty when it is."""
    person, member = candidate.person, candidate.member
    if about.is_admin is None:
        return "admin-not-asked"
    if not about.is_admin or about.member is None:
        return "admin-only"
    if person is None or member is None:
        return "council-no-person"
    if person.origin is not Origin.INSIDE:
        return "council-outsider"
    if any(seat.member == member.id for seat, _ in about.seats):
        return "council-stands"
    return "council-coach" if about.roles(member.id) else ""


# --- ending it --------------------------------------------------------------------------------------------------


async def ended(ports: Ports, press: Press) -> None:
    """The button *End it*, of an admin or of who has the seat; who had it is told when another one ended it."""
    about = await reading_of(ports, press)
    found = await ports.store.seat(press.workspace, press.value)
    decision = given_up(ports.given(), about, press, found)
    await carry_out(ports, press, decision)
    if found is not None and decision.replaces and (about.member is None or about.member.id != found[1].id):
        await say_to(ports, found[1], "council-over", language=about.language(press))


def given_up(given: Given, about: ReadingContext, press: Press, found: tuple[Seat, Member] | None) -> Decision:
    """Return the seat as ended; pressed twice, nothing more comes of it."""
    language = about.language(press)
    if found is None or not (found[0].ended_at is None or was_cut_off(press, found[0].ended_at)):
        return Decision(refuses="press-stale")
    seat, person = found
    if not _may_end(about, seat):
        key = "admin-not-asked" if about.is_admin is None else "admin-only"
        return Decision(says=line(given.words, language, key))
    records = [] if seat.ended_at else [replace(seat, ended_at=given.now)]
    return Decision(records=records, says=line(given.words, language, "council-ended", name=person.name), replaces=True)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.COUNCIL: council}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"council.open": opened, "council.end": ended}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"council.give": given_to}
