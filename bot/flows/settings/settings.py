"""A person's own settings: language, zone, hours, days, holidays, quiet hours and who reads along."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.chat.port import (
    Body,
    ChecksField,
    Command,
    Form,
    FormErrors,
    FormPart,
    Option,
    Press,
    RadioField,
    SelectField,
    Submitted,
    TextField,
    TimeField,
)
from bot.coaching.calendar import is_quiet
from bot.coaching.language import Language
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import MONDAY, SUNDAY, Hours, Member
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Scope
from bot.coaching.verbs import Verb
from bot.flows.agenda.schedule import replanned
from bot.flows.agenda.upcoming import next_words
from bot.flows.coach import digest
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation
from bot.flows.context.person import PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_command, by_form, by_press, stays_open
from bot.flows.messages.phrase import line
from bot.flows.messages.readers import coaches_line, others
from bot.flows.participation.start_form import NONE, country_of, region_field
from bot.flows.ports import Ports
from bot.flows.reading.grants import granted
from bot.flows.reading.one_text import key_of
from bot.flows.settings.changed_fields import Values, carried, carrying, merged
from bot.flows.settings.typed_hours import hour_in, unread_hours
from bot.flows.settings.typed_region import place_in
from bot.flows.settings.typed_zone import zone_in
from bot.store.port import Record

LONGEST_ZONE = 60
ADAPTS, AS_WRITTEN = "on", "off"
HOLIDAY_COUNTRIES = 99  # a menu holds a hundred options, and one of them is "none"


def settings(given: Given, about: PersonContext, incoming: Command | Press) -> Decision:
    """`/coach settings`, and the button on Home and under the welcome."""
    language = about.language(incoming)
    if about.member is None:
        return Decision(says=line(given.words, language, "start-not-a-person"))
    subject = incoming.value if isinstance(incoming, Press) else ""
    return Decision(opens=settings_form(given, about.member, about.course, language, subject))


def settings_form(given: Given, member: Member, run: Participation | None, language: Language, subject: str) -> Form:
    """Return the form; who is in no journey is asked for language and zone only.

    Its subject is "<nudge id>:<the values it was filled from>".
    """
    words = given.words
    parts: list[FormPart] = [
        RadioField(
            id="language",
            label=words.say("settings-language", language),
            options=tuple(Option(each, words.say(f"language-{each}", language)) for each in Language),
            chosen=member.language,
            missing=words.say("language-missing", language),
        ),
        TextField(
            id="zone",
            label=words.say("settings-zone", language),
            value=run.zone if run else member.zone or "",
            placeholder=words.say("settings-zone-placeholder", language),
            longest=LONGEST_ZONE,
            hint=words.say("zone-hint", language),
            missing=words.say("zone-missing", language),
        ),
    ]
    parts += _rhythm_fields(given, run) if run else [Body(words.body("settings-no-journey", language))]
    return Form(
        id="settings.save",
        subject=carrying(subject, field_values(given, member, run)),
        title=words.say("form-settings-title", language),
        submit=words.say("form-settings-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
    )


def _rhythm_fields(given: Given, run: Participation) -> list[FormPart]:
    words, language, hours = given.words, run.language, run.member.hours
    days = tuple(Option(str(day), words.weekday(day, language)) for day in range(MONDAY, SUNDAY + 1))
    countries = given.countries[:HOLIDAY_COUNTRIES]

    def say(name: str) -> str:
        return words.say(f"settings-{name}", language)

    no_time = words.say("time-missing", language)
    return [
        SelectField(id="first_day", label=say("first-day"), options=days, chosen=str(hours.first_day)),
        TimeField(id="first_time", label=say("first-time"), value=hours.first_time, missing=no_time),
        SelectField(id="second_day", label=say("second-day"), options=days, chosen=str(hours.second_day)),
        TimeField(id="second_time", label=say("second-time"), value=hours.second_time, missing=no_time),
        ChecksField(
            id="workdays",
            label=say("workdays"),
            options=days,
            chosen=tuple(str(day) for day in hours.workdays),
            missing=say("no-workday"),
        ),
        SelectField(
            id="country",
            label=say("country"),
            options=(
                Option(NONE, say("no-country")),
                *(Option(code, words.country(code, language)) for code in countries),
            ),
            chosen=_country(run.member, countries),
            hint=say("country-hint"),
        ),
        region_field(given, language, run.member.country),
        TimeField(id="quiet_from", label=say("quiet-from"), value=hours.quiet_from, missing=no_time),
        TimeField(id="quiet_until", label=say("quiet-until"), value=hours.quiet_until, missing=no_time),
        RadioField(
            id="adapts",
            label=say("adapts"),
            options=tuple(Option(each, say(f"adapts-{each}")) for each in (ADAPTS, AS_WRITTEN)),
            chosen=_adapts(run.member),
            hint=say("adapts-hint"),
        ),
        RadioField(
            id="scope",
            label=say("scope"),
            options=tuple(
                Option(each, words.say(f"scope-{each}", language), words.say(f"scope-{each}-about", language))
                for each in Scope
            ),
            chosen=run.enrollment.scope,
            hint=" ".join(each for each in (say("scope-hint"), coaches_line(given, run, others(run))) if each),
        ),
    ]


def field_values(given: Given, member: Member, run: Participation | None) -> Values:
    """Return what stands in a form that is opened now, field by field."""
    values: dict[str, str | tuple[str, ...]] = {"zone": run.zone if run else member.zone or ""}
    if member.language:
        values["language"] = member.language
    if run is None:
        return values
    hours = member.hours
    region = given.words.region(member.country, run.language) if member.country else ""
    return values | {
        "first_day": str(hours.first_day),
        "first_time": f"{hours.first_time:%H:%M}",
        "second_day": str(hours.second_day),
        "second_time": f"{hours.second_time:%H:%M}",
        "workdays": tuple(str(day) for day in hours.workdays),
        "country": _country(member, given.countries[:HOLIDAY_COUNTRIES]),
        **({"region": region} if region else {}),
        "quiet_from": f"{hours.quiet_from:%H:%M}",
        "quiet_until": f"{hours.quiet_until:%H:%M}",
        "adapts": _adapts(member),
        "scope": run.enrollment.scope,
        **({"readers": key_of(others(run))} if run.who is not None else {}),
    }


def _country(member: Member, countries: Sequence[str]) -> str:
    """Return the country's option, whichever part of it the person is in."""
    country = (member.country or "").partition("-")[0]
    return country if country in countries else NONE


def _adapts(member: Member) -> str:
    return ADAPTS if member.adapts else AS_WRITTEN


def hours_in(values: Values, hours: Hours) -> Hours:
    """Return the hours a form was sent in with; what it left out stays as it was."""

    def day(name: str, now: int) -> int:
        return int(str(values.get(name, now)))

    return Hours(
        first_day=day("first_day", hours.first_day),
        first_time=hour_in(values, "first_time", hours.first_time),
        second_day=day("second_day", hours.second_day),
        second_time=hour_in(values, "second_time", hours.second_time),
        workdays=tuple(sorted(int(each) for each in values.get("workdays", ()))),
        quiet_from=hour_in(values, "quiet_from", hours.quiet_from),
        quiet_until=hour_in(values, "quiet_until", hours.quiet_until),
    )


def hours_errors(hours: Hours) -> dict[str, str]:
    """Return what is wrong with these hours: field by field, the key of the sentence that says it."""
    errors = {}
    if hours.second_day <= hours.first_day:
        errors["second_day"] = "second-not-after-first"
    if not hours.workdays:
        errors["workdays"] = "settings-no-workday"
    if is_quiet(hours.first_time, hours):
        errors["first_time"] = "settings-hour-quiet"
    if is_quiet(hours.second_time, hours):
        errors["second_time"] = "settings-hour-quiet"
    return errors


def settings_saved(given: Given, about: PersonContext, form: Submitted) -> Decision:
    """Keep what was changed in the settings; everything still to come moves with it in the same transaction."""
    member, course = about.member, about.course
    if member is None:
        return Decision()
    stands = field_values(given, member, course)
    values = merged(form.values, carried(form.subject), stands)
    language = Language(str(values["language"]))
    chosen = country_of(values.get("country")) or member.country
    zone, error = zone_in(given, language, str(values["zone"]), stood=str(stands["zone"]), country=chosen)
    is_moved = course is not None and any(values.get(name) != stands.get(name) for name in ("country", "region"))
    place, no_place = place_in(given, language, country_of(values.get("country")), str(values.get("region", "")))
    found = {"zone": error, "region": no_place if is_moved else ""}
    wrong = _wrong(given, values, member if course else None, language)
    if wrong := wrong | {field: words for field, words in found.items() if words}:
        return Decision(wrong=FormErrors(wrong))
    # Else it changed behind the form, and nobody said that it is so.
    is_told = str(values["zone"]).strip() == str(form.values["zone"]).strip()
    fresh = replace(member, language=language, zone=zone, zone_confirmed=member.zone_confirmed or is_told)
    if course is None:
        coming = digest.moved(given, about.digest, fresh, about.coached) if about.digest else ()
        return Decision(records=[fresh, *coming], says=line(given.words, language, "settings-saved-only"))
    fresh = replace(fresh, hours=hours_in(values, member.hours), adapts=values.get("adapts") != AS_WRITTEN)
    if is_moved:
        fresh = replace(fresh, country=place)
    agreed = replace(course.enrollment, scope=Scope(str(values["scope"])))
    if agreed.scope is not course.enrollment.scope and _names_others(form, course):
        return stays_open(given, about, form, "scope", "scope-readers-changed")
    answered = _welcome_answered(given, about, form.subject.partition(":")[0])
    records: list[Record] = [fresh, agreed, *answered, *replanned(given, course.after(fresh, agreed))]
    records += digest.moved(given, about.digest, fresh, about.coached) if about.digest else ()
    records += _lets_read(given, about, course, agreed)
    after = course.after(*records)
    return Decision(records=records, says=line(given.words, language, "settings-saved", next=next_words(given, after)))


def _names_others(form: Submitted, run: Participation) -> bool:
    """Whether a form names other coaches than there are by now."""
    named = carried(form.subject).get("readers")
    return named is not None and run.who is not None and named != key_of(others(run))


def _lets_read(given: Given, about: PersonContext, run: Participation, agreed: Enrollment) -> list[ReadGrant]:
    """Return what lets the coaches that the form names read from now on, for who just chose to share with them.

    Who keeps to themselves from now on leaves it as it is: it is for what they shared before.
    """
    if agreed.scope is not Scope.COACH or run.enrollment.scope is Scope.COACH:
        return []
    return granted(given, run.member, run.cohort, [person for _, person in others(run)], before=about.grants)


def _wrong(given: Given, values: Values, member: Member | None, language: Language) -> dict[str, str]:
    """Return what is wrong, field by field; the hours count for a member on a journey."""
    keys = hours_errors(hours_in(values, member.hours)) | unread_hours(values) if member else {}
    return {field: given.words.say(key, language) for field, key in keys.items()}


def _welcome_answered(given: Given, about: PersonContext, nudge: str) -> list[Nudge]:
    """Return the welcome the form was opened from as answered: correcting the hours does so."""
    own = about.own(nudge)
    if own is None or own[1].kind is not Kind.WELCOME:
        return []
    welcome = own[1]
    if welcome.state is not NudgeState.SENT or welcome.answer is not None:
        return []
    return [replace(welcome, answer=Answer.DONE, answered_at=given.now)]


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.SETTINGS: by_command(settings, introduces=True, reads=True)
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "settings.open": by_press(settings, introduces=True, reads=True)
}
FORMS = {"settings.save": by_form(settings_saved, introduces=True, reads=True)}
