"""When a coach's weekly digest comes, and whether: asked in a form; who is in no journey sets language and zone too."""

from dataclasses import replace
from datetime import time

from bot.chat.port import (
    Form,
    FormErrors,
    FormPart,
    Message,
    Option,
    Press,
    RadioField,
    SelectField,
    Submitted,
    TextField,
    TimeField,
)
from bot.coaching.calendar import is_quiet
from bot.coaching.days.iso import iso_hour
from bot.coaching.language import Language
from bot.coaching.records.member import MONDAY, DigestTime, Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.rules.digest import usual
from bot.flows.coach import digest
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_form, by_press
from bot.flows.messages.phrase import line
from bot.flows.participation.start_form import NONE, country_of, region_field
from bot.flows.settings.changed_fields import Values, carried, carrying, merged
from bot.flows.settings.settings import HOLIDAY_COUNTRIES, LONGEST_ZONE
from bot.flows.settings.typed_region import place_in
from bot.flows.settings.typed_zone import zone_in

WEEKLY, NEVER = "weekly", "never"


def opened(given: Given, about: PersonContext, press: Press) -> Decision:
    """Ask a coach when the digest is to come."""
    member, language = about.member, about.language(press)
    if member is None or not about.coached:
        return Decision(refuses="press-stale")
    return Decision(opens=_form(given, about, member, language))


def _form(given: Given, about: PersonContext, member: Member, language: Language) -> Form:
    words, values = given.words, _values(given, about, member)

    def say(name: str) -> str:
        return words.say(name, language)

    days = tuple(Option(str(day), words.weekday(day, language)) for day in member.hours.workdays)
    often = tuple(Option(each, say(f"digest-{each}")) for each in (WEEKLY, NEVER))
    parts: list[FormPart] = [
        RadioField(id="often", label=say("digest-often"), options=often, chosen=str(values["often"])),
        SelectField(id="day", label=say("digest-day"), options=days, chosen=str(values["day"])),
        TimeField(id="hour", label=say("digest-hour"), value=_wish(about, member).hour, missing=say("time-missing")),
    ]
    if about.course is None:
        parts += _own_fields(given, language, values)
    return Form(
        id="digest.save",
        subject=carrying("", values),
        title=say("form-digest-title"),
        submit=say("form-settings-submit"),
        close=say("form-cancel"),
        parts=tuple(parts),
    )


def _own_fields(given: Given, language: Language, values: Values) -> list[FormPart]:
    """Return what somebody on a journey says in the settings."""
    words, countries = given.words, given.countries[:HOLIDAY_COUNTRIES]
    listed = (
        Option(NONE, words.say("settings-no-country", language)),
        *(Option(code, words.country(code, language)) for code in countries),
    )
    return [
        RadioField(
            id="language",
            label=words.say("settings-language", language),
            options=tuple(Option(each, words.say(f"language-{each}", language)) for each in Language),
            chosen=str(values["language"]),
        ),
        TextField(
            id="zone",
            label=words.say("settings-zone", language),
            value=str(values["zone"]),
            placeholder=words.say("settings-zone-placeholder", language),
            longest=LONGEST_ZONE,
            hint=words.say("zone-hint", language),
            missing=words.say("zone-missing", language),
        ),
        SelectField(
            id="country",
            label=words.say("settings-country", language),
            options=listed,
            chosen=str(values["country"]) if values["country"] in countries else NONE,
            hint=words.say("settings-country-hint", language),
        ),
        replace(region_field(given, language, None), value=str(values.get("region", ""))),
    ]


def _wish(about: PersonContext, member: Member) -> DigestTime:
    """Return when it comes, or would."""
    first = about.coached[0].reflection_day if about.coached else MONDAY
    return member.digest or usual(first, member.hours.workdays)


def _values(given: Given, about: PersonContext, member: Member) -> Values:
    """Return what stands in a form that is opened now, field by field."""
    wish = _wish(about, member)
    day = wish.day if wish.day in member.hours.workdays else usual(wish.day, member.hours.workdays).day
    values = {"often": NEVER if wish.is_off else WEEKLY, "day": str(day), "hour": f"{wish.hour:%H:%M}"}
    if about.course is not None:
        return values
    zone = member.zone or (about.coached[0].zone if about.coached else "")
    spoken, place = about.spoken or Language.EN, member.country or ""
    region = given.words.region(place, spoken)
    own = {"language": spoken, "zone": zone, "country": place.partition("-")[0] or NONE}
    return values | own | ({"region": region} if region else {})


def saved(given: Given, about: PersonContext, form: Submitted) -> Decision:
    """Keep when the digest comes; the one that is planned moves, or goes, with it."""
    member, language = about.member, about.language(form)
    if member is None or not about.coached:
        return Decision(wrong=FormErrors({"often": given.words.say("form-stale", language)}))
    stands = _values(given, about, member)
    values = merged(form.values, carried(form.subject), stands)
    hour, language = iso_hour(values["hour"]), Language(str(values.get("language", language)))
    zone, wrong = _zone(given, values, stands, member, language)
    place, no_place = place_in(given, language, country_of(values.get("country")), str(values.get("region", "")))
    is_moved = any(values.get(name) != stands.get(name) for name in ("country", "region"))
    wrong |= _wrong_hour(given, member, hour, language) | ({"region": no_place} if is_moved and no_place else {})
    if wrong or hour is None:
        return Decision(wrong=FormErrors(wrong))
    is_off = values["often"] == NEVER
    fresh = replace(member, digest=DigestTime(day=int(str(values["day"])), hour=hour, is_off=is_off))
    if "zone" in values:
        is_told = str(values["zone"]).strip() == str(form.values.get("zone", "")).strip()
        fresh = replace(
            fresh,
            language=language,
            zone=zone,
            zone_confirmed=member.zone_confirmed or is_told,
            country=place if is_moved else member.country,
        )
    coming = digest.moved(given, about.digest, fresh, about.coached)
    return Decision(
        records=[fresh, *coming], says=_said(given, next(iter(coming), about.digest), language, is_off=is_off)
    )


def _wrong_hour(given: Given, member: Member, hour: time | None, language: Language) -> dict[str, str]:
    """Return what is wrong with the hour, at its field."""
    hours = member.hours
    if hour is None:
        return {"hour": given.words.say("hour-unread", language)}
    if not is_quiet(hour, hours):
        return {}
    night = {"begin": f"{hours.quiet_from:%H:%M}", "end": f"{hours.quiet_until:%H:%M}"}
    return {"hour": given.words.say("digest-hour-quiet", language, **night)}


def _zone(
    given: Given, values: Values, stands: Values, member: Member, language: Language
) -> tuple[str | None, dict[str, str]]:
    """Return the zone that was typed, or what is wrong with it, at its field; on a journey it is not asked for here."""
    if "zone" not in values:
        return member.zone, {}
    country = country_of(values.get("country")) or member.country
    zone, error = zone_in(given, language, str(values["zone"]), stood=str(stands["zone"]), country=country)
    return zone, {"zone": error} if error else {}


def _said(given: Given, row: Nudge | None, language: Language, *, is_off: bool) -> Message:
    """Return what is said: when the next one comes, or that none does."""
    if is_off:
        return line(given.words, language, "digest-off")
    if row is None:
        return line(given.words, language, "digest-saved")
    day, hour = given.words.day(row.local_date, language), f"{row.local_time:%H:%M}"
    return line(given.words, language, "digest-saved-next", day=day, hour=hour)


PRESSES = {"digest.open": by_press(opened)}
FORMS = {"digest.save": by_form(saved, introduces=True)}
