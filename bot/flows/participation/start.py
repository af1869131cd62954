"""Starting a journey in a channel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.chat.port import (
    Command,
    FormErrors,
    Message,
    Place,
    Submitted,
    Unanswered,
    Undeliverable,
)
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.rules.agenda import starts_on
from bot.flows.agenda.schedule import JOIN_WINDOW, team_posts
from bot.flows.agreement.forward import say_what_is_missing
from bot.flows.context.decision import Decision
from bot.flows.context.identify import met
from bot.flows.context.person import PersonContext, introduced_person
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.person import stays_open
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.participation.start_form import DEFAULT_ZONE, country_of, start_form
from bot.flows.ports import Ports
from bot.flows.settings.typed_hours import hour_in, unread_hours
from bot.flows.settings.typed_region import place_in
from bot.flows.settings.typed_zone import zone_in


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What the platform says of the people and the channel that a form names."""

    coaches: Sequence[Member] = ()
    is_gone: bool = False  # one of them is nobody there
    refused: str = ""  # why nothing can be posted in the channel


async def start(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach start`: ask what the journey in this channel shall be like."""
    about = await introduced_person(ports, command)
    if about.member is not None and about.here is None and not command.is_direct:
        command = replace(command, language=await _told(ports, about, command))
    decision = asked_for(ports.given(), about, command)
    if decision.opens is not None:
        await ports.store.first_sight(
            command.workspace, command.person, _asked(command, decision.opens.subject), command.at
        )
    await carry_out(ports, command, decision)


async def _told(ports: Ports, about: PersonContext, command: Command) -> Language | None:
    """Return the language of somebody's client, asked of a platform that does not tell it along; None in doubt."""
    if about.spoken or command.language:
        return command.language
    try:
        person = await ports.chat.person(command.workspace, command.person)
    except Unanswered:
        return None
    return person.language if person else None


def asked_for(given: Given, about: PersonContext, command: Command) -> Decision:
    """Return the form, where a journey can begin."""
    language = about.language(command)
    if command.is_direct:
        return Decision(says=line(given.words, language, "start-in-channel"))
    if about.member is None:
        return Decision(says=line(given.words, language, "start-not-a-person"))
    if about.here is not None:
        return Decision(says=_already(given, language, about.here))
    subject = f"{command.conversation}|{command.conversation_name}"
    return Decision(opens=start_form(given, about.member, language, subject))


def _asked(incoming: Command | Submitted, subject: str) -> str:
    """Return under which name it is noted that a person asked for a journey, and so is in that channel."""
    return f"start:{incoming.workspace}/{incoming.person}/{subject}"


def _already(given: Given, language: Language, running: Cohort) -> Message:
    return line(given.words, language, "start-already", button(given, language, "cohort.join", running.id))


async def started(ports: Ports, form: Submitted) -> FormErrors | None:
    """Set the cohort up, invite the channel, and ask the coaches."""
    channel = form.subject.partition("|")[0]
    about = await introduced_person(ports, form, channel=channel)
    # A form says what was written into it, whoever did.
    is_asked = await ports.store.seen(form.workspace, _asked(form, form.subject))
    cohort_id = ports.new_id()
    decision = refused(ports.given(), about, form, cohort_id, is_asked=is_asked)
    if decision is None:
        reached = await _reached(ports, form, channel)
        decision = set_up(ports.given(), about, form, cohort_id, reached)
    wrong = await carry_out(ports, form, decision)
    has_begun = decision.records or (about.here is not None and about.here.id == cohort_id)  # now, or before a cut
    if has_begun and about.member is not None:
        await say_what_is_missing(ports, about.member, about.language(form))
    return wrong


def refused(given: Given, about: PersonContext, form: Submitted, cohort_id: str, *, is_asked: bool) -> Decision | None:
    """Return why no journey begins, as far as it is known here; None when the platform is to be asked."""
    if about.member is None or (about.here is not None and about.here.id == cohort_id):
        return Decision()  # nobody; or it began by this very form, before it was cut off
    if not is_asked:
        return stays_open(given, about, form, "journey")
    language = Language(str(form.values["language"]))
    if about.here is not None:
        place = Place(workspace=form.workspace, conversation=about.here.channel)
        return Decision(says=_already(given, about.member.language or language, about.here), where=place)
    errors = _start_errors(given, form, language, about.member)
    return Decision(wrong=FormErrors(errors)) if errors else None


async def _reached(ports: Ports, form: Submitted, channel: str) -> Reached:
    """Ask the platform for the coaches, and whether the channel lets us in."""
    coaches = []
    for person in form.values.get("coaches", ()):
        coach = await met(ports, form.workspace, person)
        if coach is None:
            return Reached(is_gone=True)
        coaches.append(coach)
    language = Language(str(form.values["language"]))
    place = Place(workspace=form.workspace, conversation=channel)
    seen = await ports.chat.whisper(place, form.person, line(ports.words, language, "start-under-way"))
    return Reached(coaches=coaches, refused=seen.error if isinstance(seen, Undeliverable) else "")


def set_up(given: Given, about: PersonContext, form: Submitted, cohort_id: str, reached: Reached) -> Decision:
    """Return the cohort with its posts, its invitation, and the questions to its coaches."""
    language, words = Language(str(form.values["language"])), given.words
    if about.member is None:
        return Decision()
    if reached.is_gone:
        return Decision(wrong=FormErrors({"coaches": words.say("start-coach-gone", language)}))
    if reached.refused:
        key = "start-archived" if reached.refused == "is_archived" else "start-invite-me"
        return Decision(wrong=FormErrors({"journey": words.say(key, language)}))
    cohort = _cohort(given, form, cohort_id, language, about.member)
    roles = [
        Coach(
            id=given.new_id(),
            workspace=form.workspace,
            cohort=cohort.id,
            member=coach.id,
            named_by=about.member.id,
            named_at=given.now,
        )
        for coach in reached.coaches
    ]
    asks = [sent_now(given, cohort, Kind.COACH_ASK, "coach/ask", coach.id) for coach in reached.coaches]
    invitation = sent_now(given, cohort, Kind.INVITATION, "channel/invitation", None)
    return Decision(records=[cohort, *roles, invitation, *asks, *team_posts(given, cohort)])


def _hours(form: Submitted) -> Hours:
    values = form.values
    return Hours(
        first_day=int(str(values["first_day"])),
        first_time=hour_in(values, "first_time", Hours().first_time),
        second_day=int(str(values["second_day"])),
        second_time=hour_in(values, "second_time", Hours().second_time),
    )


def _start_errors(given: Given, form: Submitted, language: Language, member: Member) -> dict[str, str]:
    words, hours = given.words, _hours(form)
    errors = {field: words.say(key, language) for field, key in unread_hours(form.values).items()}
    if hours.second_day <= hours.first_day:
        errors["second_day"] = words.say("second-not-after-first", language)
    for field in ("first_time", "second_time"):
        hour = getattr(hours, field)
        if not hours.quiet_until <= hour < hours.quiet_from:
            errors[field] = words.say("hour-quiet", language)
    if error := _zone(given, form, language, member)[1]:
        errors["zone"] = error
    if error := _place(given, form, language)[1]:
        errors["region"] = error
    return errors


def _place(given: Given, form: Submitted, language: Language) -> tuple[str | None, str]:
    """Return where the channel keeps public holidays, or what is wrong with it."""
    return place_in(given, language, country_of(form.values.get("country")), str(form.values.get("region", "")))


def _zone(given: Given, form: Submitted, language: Language, member: Member) -> tuple[str, str]:
    """Return the channel's zone, or what is wrong with it."""
    values = form.values
    return zone_in(
        given,
        language,
        str(values.get("zone", "")),
        stood=member.zone or DEFAULT_ZONE,
        country=country_of(values.get("country")),
    )


def _cohort(given: Given, form: Submitted, cohort_id: str, language: Language, member: Member) -> Cohort:
    zone, _ = _zone(given, form, language, member)
    channel, _, name = form.subject.partition("|")
    now, hours = given.now, _hours(form)
    return Cohort(
        id=cohort_id,
        workspace=form.workspace,
        channel=channel,
        channel_name=name,
        journey=str(form.values["journey"]),
        language=language,
        pace=int(str(form.values["pace"])),
        hours=hours,
        zone=zone,
        country=_place(given, form, language)[0],
        reflection_day=int(str(form.values["reflection_day"])),
        starts_on=starts_on(now, zone, hours),
        started_by=member.id,
        started_at=now,
    )


def sent_now(given: Given, cohort: Cohort, kind: Kind, prompt: str, member: str | None) -> Nudge:
    """Return a message that a person set off: it goes out at once, whatever the hour."""
    now = given.now
    return Nudge(
        id=given.new_id(),
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=member,
        kind=kind,
        prompt=prompt,
        occurrence=cohort.id,
        week=0,
        local_date=local_day(now, cohort.zone),
        local_time=time(0, 0),
        zone=cohort.zone,
        due_at=now,
        expires_at=now + JOIN_WINDOW,
    )


FORMS = {"cohort.start": started}
