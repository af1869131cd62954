"""Starting a journey in a channel."""

from datetime import time

from bot.chat.port import (
    Body,
    Command,
    Form,
    FormErrors,
    FormPart,
    Message,
    Option,
    PeopleField,
    Place,
    RadioField,
    SelectField,
    Submitted,
    TextField,
    TimeField,
    Undeliverable,
)
from bot.coaching.agenda import starts_on
from bot.coaching.calendar import is_zone, local_day
from bot.coaching.cohort import Coach, Cohort
from bot.coaching.language import Language
from bot.coaching.member import MONDAY, SATURDAY, Hours, Member
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.verbs import read
from bot.coaching.zones import nearest_zone
from bot.flows.compose.parts import button
from bot.flows.given import Given
from bot.flows.meet import introduced, language_of, met
from bot.flows.plan import JOIN_WINDOW, team_posts
from bot.flows.ports import Ports
from bot.flows.show import kept_open
from bot.flows.tell import line, open_form, tell

DEFAULT_ZONE = "Europe/Amsterdam"
NONE = "none"  # the option "no public holidays"
WEEK = range(MONDAY, SATURDAY)


async def start(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach start`: ask what the journey in this channel shall be like."""
    member = await introduced(ports, command)
    language = await language_of(ports, command, command.conversation, read(command.text).language)
    if command.is_direct:
        await tell(ports, command, line(ports.words, language, "start-in-channel"))
        return
    if member is None:
        await tell(ports, command, line(ports.words, language, "start-not-a-person"))
        return
    running = await ports.store.cohort_in(command.workspace, command.conversation)
    if running is not None:
        await tell(ports, command, _already(ports, language, running))
        return
    subject = f"{command.conversation}|{command.conversation_name}"
    await ports.store.first_sight(_asked(command, subject), command.at)
    await open_form(ports, command, start_form(ports, member, language, subject))


def _asked(incoming: Command | Submitted, subject: str) -> str:
    """Return under which name it is noted that a person asked for a journey, and so is in that channel."""
    return f"start:{incoming.workspace}/{incoming.person}/{subject}"


def _already(given: Given, language: Language, running: Cohort) -> Message:
    return line(given.words, language, "start-already", button(given, language, "cohort.join", running.id))


def start_form(given: Given, member: Member, language: Language, subject: str) -> Form:
    """Return the form that sets a journey up."""
    words = given.words
    journeys = tuple(
        Option(slug, journey.name[language], journey.about[language])
        for slug, journey in sorted(words.journeys().items(), key=lambda pair: -pair[1].weeks)
    )
    days = tuple(Option(str(day), words.weekday(day, language)) for day in WEEK)
    countries = tuple(Option(code, words.country(code, language)) for code in given.countries)
    hours = Hours()

    def say(key: str) -> str:
        return words.say(key, language)

    parts: list[FormPart] = [
        Body(words.body("start-intro", language)),
        SelectField(id="journey", label=say("start-journey"), options=journeys, chosen=journeys[0].value),
        RadioField(
            id="language",
            label=say("start-language"),
            options=tuple(Option(each, say(f"language-{each}")) for each in Language),
        ),
        RadioField(
            id="pace",
            label=say("start-pace"),
            options=(Option("1", say("start-pace-1")), Option("2", say("start-pace-2"))),
            chosen="1",
        ),
        SelectField(id="first_day", label=say("start-first-day"), options=days, chosen=str(hours.first_day)),
        TimeField(id="first_time", label=say("start-first-time"), value=hours.first_time),
        SelectField(id="second_day", label=say("start-second-day"), options=days, chosen=str(hours.second_day)),
        TimeField(id="second_time", label=say("start-second-time"), value=hours.second_time),
        PeopleField(id="coaches", label=say("start-coaches"), hint=say("start-coaches-hint"), most=5, required=False),
        SelectField(id="reflection_day", label=say("start-reflection-day"), options=days, chosen=str(MONDAY)),
        TextField(
            id="zone",
            label=say("start-zone"),
            value=member.zone or DEFAULT_ZONE,
            longest=60,
            hint=say("zone-hint"),
        ),
        SelectField(
            id="country",
            label=say("start-country"),
            options=(Option(NONE, say("start-no-country")), *countries),
            chosen=NONE,
            hint=say("start-country-hint"),
        ),
    ]
    return Form(
        id="cohort.start",
        subject=subject,
        title=say("form-start-title"),
        submit=say("form-start-submit"),
        close=say("form-cancel"),
        parts=tuple(parts),
    )


async def started(ports: Ports, form: Submitted) -> FormErrors | None:
    """Set the cohort up, invite the channel, and ask the coaches."""
    channel, _, name = form.subject.partition("|")
    member = await introduced(ports, form)
    is_asked = await ports.store.seen(_asked(form, form.subject))  # a form says what was written into it, whoever did
    if member is None or not is_asked:
        return await kept_open(ports, form, "journey") if member else None
    language = Language(str(form.values["language"]))
    running = await ports.store.cohort_in(form.workspace, channel)
    if running is not None:
        place = Place(workspace=form.workspace, conversation=channel)
        await ports.chat.whisper(place, form.person, _already(ports, member.language or language, running))
        return None
    hours = _hours(form)
    if errors := _start_errors(ports, form, language, hours):
        return FormErrors(errors)
    coaches = []
    for person in form.values.get("coaches", ()):
        coach = await met(ports, form.workspace, person)
        if coach is None:
            return FormErrors({"coaches": ports.words.say("start-coach-gone", language)})
        coaches.append(coach)
    place = Place(workspace=form.workspace, conversation=channel)
    seen = await ports.chat.whisper(place, form.person, line(ports.words, language, "start-under-way"))
    if isinstance(seen, Undeliverable):
        key = "start-archived" if seen.error == "is_archived" else "start-invite-me"
        return FormErrors({"journey": ports.words.say(key, language)})
    cohort = _cohort(ports, form, channel, name, language, hours, member)
    roles = [
        Coach(
            id=ports.new_id(),
            workspace=form.workspace,
            cohort=cohort.id,
            member=coach.id,
            named_by=member.id,
            named_at=ports.now,
        )
        for coach in coaches
    ]
    asks = [_now(ports, cohort, Kind.COACH_ASK, "coach/ask", coach.id) for coach in coaches]
    invitation = _now(ports, cohort, Kind.INVITATION, "channel/invitation", None)
    await ports.save(cohort, *roles, invitation, *asks, *team_posts(ports, cohort))
    return None


def _hours(form: Submitted) -> Hours:
    values = form.values
    return Hours(
        first_day=int(str(values["first_day"])),
        first_time=time.fromisoformat(str(values["first_time"])),
        second_day=int(str(values["second_day"])),
        second_time=time.fromisoformat(str(values["second_time"])),
    )


def _start_errors(given: Given, form: Submitted, language: Language, hours: Hours) -> dict[str, str]:
    words = given.words
    errors = {}
    if hours.second_day <= hours.first_day:
        errors["second_day"] = words.say("second-not-after-first", language)
    for field in ("first_time", "second_time"):
        hour = getattr(hours, field)
        if not hours.quiet_until <= hour < hours.quiet_from:
            errors[field] = words.say("hour-quiet", language)
    if error := zone_error(given, language, str(form.values.get("zone", ""))):
        errors["zone"] = error
    return errors


def zone_error(given: Given, language: Language, zone: str) -> str | None:
    """Return what is wrong with a zone's name, with the nearest one that exists."""
    if is_zone(zone):
        return None
    near = nearest_zone(zone)
    if near is None:
        return given.words.say("zone-unknown", language)
    return given.words.say("zone-unknown-near", language, near=near)


def _cohort(
    given: Given, form: Submitted, channel: str, name: str, language: Language, hours: Hours, member: Member
) -> Cohort:
    zone, country = str(form.values["zone"]), str(form.values.get("country", NONE))
    now = given.now
    return Cohort(
        id=given.new_id(),
        workspace=form.workspace,
        channel=channel,
        channel_name=name,
        journey=str(form.values["journey"]),
        language=language,
        pace=int(str(form.values["pace"])),
        hours=hours,
        zone=zone,
        country=None if country == NONE else country,
        reflection_day=int(str(form.values["reflection_day"])),
        starts_on=starts_on(now, zone, hours),
        started_by=member.id,
        started_at=now,
    )


def _now(given: Given, cohort: Cohort, kind: Kind, prompt: str, member: str | None) -> Nudge:
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
