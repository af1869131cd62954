"""The form that sets a journey up."""

from bot.chat.port import (
    Body,
    Form,
    FormPart,
    Option,
    PeopleField,
    RadioField,
    SelectField,
    TextField,
    TimeField,
)
from bot.coaching.language import Language
from bot.coaching.records.member import MONDAY, SATURDAY, Hours, Member
from bot.flows.given import Given

DEFAULT_ZONE = "Europe/Amsterdam"
NONE = "none"  # the option "no public holidays"
LONGEST_REGION = 60
WEEK = range(MONDAY, SATURDAY)


def country_of(chosen: str | tuple[str, ...] | None) -> str | None:
    """Return the country that was chosen for its public holidays; None for none."""
    return chosen if isinstance(chosen, str) and chosen != NONE else None


def region_field(given: Given, language: Language, place: str | None) -> TextField:
    """Return the field that asks for the part of the country."""
    return TextField(
        id="region",
        label=given.words.say("region-label", language),
        value=given.words.region(place, language) if place else "",
        required=False,
        longest=LONGEST_REGION,
        hint=given.words.say("region-hint", language),
    )


def start_form(given: Given, member: Member, language: Language, subject: str) -> Form:
    """Return the form that sets a journey up."""
    words = given.words
    journeys = tuple(
        Option(slug, journey.name[language], journey.about[language])
        for slug, journey in sorted(words.journeys().items(), key=lambda pair: -pair[1].weeks)
        if journey.is_offered
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
            missing=say("language-missing"),
        ),
        RadioField(
            id="pace",
            label=say("start-pace"),
            options=(Option("1", say("start-pace-1")), Option("2", say("start-pace-2"))),
            chosen="1",
        ),
        SelectField(id="first_day", label=say("start-first-day"), options=days, chosen=str(hours.first_day)),
        TimeField(id="first_time", label=say("start-first-time"), value=hours.first_time, missing=say("time-missing")),
        SelectField(id="second_day", label=say("start-second-day"), options=days, chosen=str(hours.second_day)),
        TimeField(
            id="second_time", label=say("start-second-time"), value=hours.second_time, missing=say("time-missing")
        ),
        PeopleField(id="coaches", label=say("start-coaches"), hint=say("start-coaches-hint"), most=5, required=False),
        SelectField(id="reflection_day", label=say("start-reflection-day"), options=days, chosen=str(MONDAY)),
        TextField(
            id="zone",
            label=say("start-zone"),
            value=member.zone or DEFAULT_ZONE,
            longest=60,
            hint=say("zone-hint"),
            missing=say("zone-missing"),
        ),
        SelectField(
            id="country",
            label=say("start-country"),
            options=(Option(NONE, say("start-no-country")), *countries),
            chosen=NONE,
            hint=say("start-country-hint"),
        ),
        region_field(given, language, None),
    ]
    return Form(
        id="cohort.start",
        subject=subject,
        title=say("form-start-title"),
        submit=say("form-start-submit"),
        close=say("form-cancel"),
        parts=tuple(parts),
    )
