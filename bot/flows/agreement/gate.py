"""The gate: an admin records who agreed that coaches may read, and the council may stop all reading."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.chat.port import (
    Body,
    Command,
    DateField,
    Form,
    FormErrors,
    Note,
    Option,
    Press,
    RadioField,
    Submitted,
    TextField,
)
from bot.coaching.calendar import local_day
from bot.coaching.days.iso import iso_day
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.records.reading import LONGEST_GROUND, Gate, GateKind
from bot.coaching.verbs import Verb
from bot.flows.agenda.reading_news import OPENED, STOPPED
from bot.flows.agreement.context import ReadingContext, reading_of
from bot.flows.agreement.direct_word import say_to, was_cut_off
from bot.flows.agreement.everybody import told_everybody
from bot.flows.agreement.page import reading_page, zone_of
from bot.flows.context.decision import Decision
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.person import stays_open
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports

A_YEAR = timedelta(days=366)  # for which reads are counted
GROUNDS = (GateKind.AGREED, GateKind.NOT_NEEDED)  # that a person can record


async def reading(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach reading`: who may read here, whether they do, and on what ground."""
    about = await reading_of(ports, command)
    counts = await ports.store.read_counts(command.workspace, ports.now - A_YEAR) if about.has_seat else ()
    language = about.language(command)
    page = reading_page(ports.given(), about, language, counts)
    await carry_out(ports, command, Decision(says=page))


# --- recording --------------------------------------------------------------------------------------------------


async def opened(ports: Ports, press: Press) -> None:
    """The button *Record who agreed*."""
    about = await reading_of(ports, press)
    await carry_out(ports, press, asked_who_agreed(ports.given(), about, press))


def asked_who_agreed(given: Given, about: ReadingContext, press: Press) -> Decision:
    """Return the form, for an admin and while nothing is recorded."""
    language = about.language(press)
    if wrong := _not_theirs(about):
        return Decision(says=line(given.words, language, wrong))
    if about.gate is not None:
        return Decision(says=line(given.words, language, "gate-stands"))
    return Decision(opens=gate_form(given, language))


def _not_theirs(about: ReadingContext) -> str:
    """Return why somebody may not record it; empty for an admin."""
    if about.is_admin is None:
        return "admin-not-asked"
    return "" if about.is_admin else "admin-only"


def gate_form(given: Given, language: Language) -> Form:
    """Return the form that asks who agreed, or why nobody has to, and when."""
    words = given.words
    options = tuple(
        Option(kind, words.say(f"gate-{kind}", language), words.say(f"gate-{kind}-about", language)) for kind in GROUNDS
    )
    return Form(
        id="gate.record",
        title=words.say("form-gate-title", language),
        submit=words.say("form-gate-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("gate-intro", language)),
            RadioField(
                id="kind",
                label=words.say("gate-kind", language),
                options=options,
                missing=words.say("gate-kind-missing", language),
            ),
            TextField(
                id="ground",
                label=words.say("gate-ground", language),
                hint=words.say("gate-ground-hint", language),
                longest=LONGEST_GROUND,
                missing=words.say("gate-ground-missing", language),
            ),
            DateField(
                id="day",
                label=words.say("gate-day", language),
                missing=words.say("day-missing", language),
            ),
            Note(words.body("gate-note", language)),
        ),
    )


async def recorded(ports: Ports, form: Submitted) -> FormErrors | None:
    """Record who agreed; from then on coaches read what is written from now on, and each member is told."""
    about = await reading_of(ports, form, introduces=True, grants=True)
    return await carry_out(ports, form, agreed(ports.given(), about, form, ports.new_id()))


def agreed(given: Given, about: ReadingContext, form: Submitted, gate_id: str) -> Decision:
    """Return the open gate, and the news of it for who lets a coach read; or what is wrong with the form."""
    language, values = about.language(form), form.values
    if about.gate is not None and about.gate.id == gate_id:  # recorded by this very form, before it was cut off
        return Decision(says=line(given.words, language, "gate-recorded"))
    if about.member is None or (wrong := _not_theirs(about)):
        return stays_open(given, about, form, "kind", wrong if about.member else "admin-only")
    if about.gate is not None:
        return stays_open(given, about, form, "kind", "gate-stands")
    errors = _wrong(given, about, form, language)
    day = iso_day(values.get("day"))
    if errors or day is None:
        return Decision(wrong=FormErrors(errors))
    gate = Gate(
        id=gate_id,
        workspace=about.workspace.id,
        kind=GateKind(str(values["kind"])),
        who_agreed=_ground(form),
        agreed_on=day,
        recorded_by=about.member.id,
        recorded_at=given.now,
        is_by_coach=bool(about.roles(about.member.id)),
        wording=given.words.wording(),
    )
    news = told_everybody(given, about.granting, OPENED, gate.id)
    return Decision(records=[gate, *news], also=about.cohorts, says=line(given.words, language, "gate-recorded"))


def _ground(form: Submitted) -> str:
    return " ".join(str(form.values.get("ground", "")).split())


def _wrong(given: Given, about: ReadingContext, form: Submitted, language: Language) -> dict[str, str]:
    """Return what is wrong, field by field."""
    words, day, ground = given.words, iso_day(form.values.get("day")), _ground(form)
    errors = {}
    if form.values.get("kind") not in list(GROUNDS):
        errors["kind"] = words.say("gate-kind-missing", language)
    if not any(each.isalnum() for each in ground):  # signs that nobody sees are no ground
        errors["ground"] = words.say("gate-ground-missing", language)
    elif len(ground) > LONGEST_GROUND:
        errors["ground"] = words.say("field-too-long", language, most=LONGEST_GROUND)
    if day is None:
        errors["day"] = words.say("day-unread" if form.values.get("day") else "day-missing", language)
    elif day > local_day(given.now, zone_of(about)):
        errors["day"] = words.say("gate-day-future", language)
    return errors


# --- stopping ---------------------------------------------------------------------------------------------------


async def stop(ports: Ports, press: Press) -> None:
    """The council's button *Stop reading*: nothing is read any more, and everybody it concerns is told."""
    about = await reading_of(ports, press, grants=True)
    decision = stopped(ports.given(), about, press)
    await carry_out(ports, press, decision)
    if decision.withdraws:
        for coach in told_coaches(about):
            await say_to(ports, coach, "gate-stopped-coach")


def stopped(given: Given, about: ReadingContext, press: Press) -> Decision:
    """Return the gate closed, with the news of it; every screen with somebody's words is taken away first."""
    member, language = about.member, about.language(press)
    if member is None or not about.has_seat:
        return Decision(says=line(given.words, language, "council-only"))
    gate = next((each for each in about.gates if each.id == press.value), None)
    if gate is None:
        return Decision(refuses="press-stale")
    if gate.closed_at is not None and not was_cut_off(press, gate.closed_at):
        return Decision(says=line(given.words, language, "gate-stopped-before"))
    closed = replace(gate, closed_at=given.now, closed_by=member.id)
    news = told_everybody(given, about.granting, STOPPED, gate.id)
    return Decision(
        records=[] if gate.closed_at else [closed, *news],
        withdraws=True,
        also=about.cohorts,
        says=line(given.words, language, "gate-stopped"),
    )


def told_coaches(about: ReadingContext) -> list[Member]:
    """Return who coaches, but for who has just stopped it."""
    return [each for each in about.coaches if about.member is None or each.id != about.member.id]


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.READING: reading}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"gate.open": opened, "gate.stop": stop}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"gate.record": recorded}
