"""The consent card: what somebody agrees to, where they begin, and what becomes of a journey they have already."""

from dataclasses import dataclass, replace

from bot.chat.port import Body, Form, FormPart, Message, Option, RadioField, TextField
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import WORDS_KEPT
from bot.coaching.records.member import Member, Origin
from bot.coaching.records.reply import Scope
from bot.coaching.rules.joining import ASKED_FROM, Begin, last_post, ways, week_of_all
from bot.flows.agenda.going_on import continuable, going, has_begun, week_of
from bot.flows.agenda.schedule import rhythm_of_all
from bot.flows.context.person import PersonContext
from bot.flows.given import Given
from bot.flows.messages.channel import coach_names
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.reading.one_text import key_of
from bot.store.port.people import AroundCohort


@dataclass(frozen=True)
class How:
    """What a consent is for, as its form has it: which cohort, and what becomes of which run."""

    cohort: str
    readers: str = ""  # whom the card names
    way: str = ""  # "along": the run goes on in this cohort; "anew": it ends, and another begins
    run: str = ""

    @classmethod
    def of(cls, subject: str) -> "How":
        """Return what the subject of a form says."""
        return cls(*[*subject.split("|"), "", "", ""][:4])

    @property
    def subject(self) -> str:
        """The same as the subject of a form."""
        return f"{self.cohort}|{self.readers}|{self.way}|{self.run}"


def readers_key(offer: AroundCohort) -> str:
    """Return a name for the coaches that a consent card names, and for what it says of each: whether they may read."""
    return f"{key_of(offer.coaches)}{'' if offer.is_open else '-shut'}"


def card_key(given: Given, offer: AroundCohort) -> str:
    """Return a name for what a consent card says: whom it names, and in which words."""
    return f"{readers_key(offer)}{given.words.wording()}"


def question(given: Given, about: PersonContext, cohort: Cohort, language: Language) -> Message | None:
    """Return the question what is to become of the run somebody has; None where there is nothing to choose."""
    words, running, course = given.words, going(about), continuable(given, about, cohort)
    anew = button(given, language, "join.anew", cohort.id)
    along = button(given, language, "join.along", cohort.id)
    stay = button(given, language, "join.stay", cohort.id)
    if running is not None and running.cohort.id != cohort.id:
        there = running.cohort.channel_name
        if course is not None and running.cohort.channel == cohort.channel:
            return line(words, language, "join-next-round", along, anew, stay, week=week_of(given, running))
        if course is None:
            return line(words, language, "join-other-journey", anew, stay, there=there)
        return line(words, language, "join-moving", along, anew, stay, there=there, week=week_of(given, running))
    if course is None:
        return None
    on = replace(along, label=words.say("join-go-on-button", language))
    return line(words, language, "join-second", on, anew, week=week_of(given, course))


def consent_form(
    given: Given,
    about: PersonContext,
    member: Member,
    offer: AroundCohort,
    language: Language,
    told: Language | None,
    how: How,
) -> Form:
    """Return the consent card: who runs this, who reads what, how long, how to leave; no scope is preselected."""
    words = given.words
    operator = given.operator or offer.workspace.name
    names = coach_names(given, language, offer.coaches) or words.say("invitation-no-coach", language)
    late = before(given, about, offer.cohort, language, how)
    if how.way != "along":
        late = (*late, *_late(given, offer.cohort, language))
    return Form(
        id="consent.give",
        subject=how.subject,
        title=words.say("form-consent-title", language),
        submit=words.say("form-consent-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("consent-bot", language)),
            Body(words.body("consent-operator", language, operator=operator)),
            Body(words.body("consent-readers", language, coaches=names)),
            *(() if offer.is_open else (Body(words.body("reading-gate-shut", language)),)),
            Body(words.body("consent-channel", language)),
            Body(words.body("consent-retention", language)),
            *_sooner(given, offer.cohort, language),
            Body(words.body("consent-exits", language)),
            *_from_outside(given, member, language),
            *late,
            RadioField(
                id="scope",
                label=words.say("consent-scope", language),
                options=tuple(
                    Option(
                        scope,
                        words.say(f"scope-{scope}", language),
                        words.say(f"scope-{scope}-about", language),
                    )
                    for scope in Scope
                ),
                hint=words.say("consent-scope-hint", language),
                missing=words.say("scope-missing", language),
            ),
            RadioField(
                id="language",
                label=words.say("consent-language", language),
                options=tuple(Option(each, words.say(f"language-{each}", language)) for each in Language),
                chosen=member.language or told,
                missing=words.say("language-missing", language),
            ),
            TextField(
                id="zone",
                label=words.say("consent-zone", language),
                value=member.zone or "",
                placeholder=DEFAULT_ZONE,
                longest=60,
                hint=words.say("zone-hint", language),
                missing=words.say("zone-missing", language),
            ),
        ),
    )


def _sooner(given: Given, cohort: Cohort, language: Language) -> tuple[Body, ...]:
    """Return that words go sooner in this team, where they do."""
    if cohort.words_days >= WORDS_KEPT.days:
        return ()
    return (Body(given.words.body("consent-sooner", language, days=cohort.words_days)),)


def _from_outside(given: Given, member: Member, language: Language) -> tuple[FormPart, ...]:
    """Return what it means to join somebody else's organization; nothing for who belongs to it."""
    return () if member.origin is Origin.INSIDE else (Body(given.words.body("consent-outsider", language)),)


def before(given: Given, about: PersonContext, cohort: Cohort, language: Language, how: How) -> tuple[FormPart, ...]:
    """Return what a consent card says of the run that somebody has, or had."""
    words, course = given.words, about.course_of(how.run)
    if course is None:
        return (Body(words.body("consent-again", language)),) if has_begun(about, cohort) else ()
    there = course.cohort.channel_name
    if how.way == "anew":
        return (Body(words.body("consent-ends", language, there=there)),)
    is_round = course.cohort.channel == cohort.channel  # an earlier one of this channel
    key = "consent-go-on" if course.cohort.id == cohort.id else "consent-round" if is_round else "consent-along"
    return (Body(words.body(key, language, week=week_of(given, course), there=there)),)


def ways_into(given: Given, cohort: Cohort) -> tuple[int, tuple[Begin, ...]]:
    """Return the week in which the others are now, and how somebody may begin."""
    journey, today = given.words.journeys()[cohort.journey], local_day(given.now, cohort.zone)
    week = week_of_all(journey, rhythm_of_all(cohort), today)
    return week, ways(journey, week)


def _late(given: Given, cohort: Cohort, language: Language) -> tuple[FormPart, ...]:
    """Return where the others are, until when the channel has posts, and how to begin; nothing in weeks 0 and 1."""
    words, (week, both) = given.words, ways_into(given, cohort)
    if week < ASKED_FROM:
        return ()
    until = words.day(last_post(cohort.starts_on, cohort.reflection_day), language)
    weeks = words.journeys()[cohort.journey].weeks
    if Begin.TOGETHER not in both:
        return (Body(words.body("consent-last", language, week=week, weeks=weeks, day=until)),)
    options = tuple(
        Option(each, words.say(f"begin-{each}", language, week=week), words.say(f"begin-{each}-about", language))
        for each in both
    )
    asked = RadioField(
        id="begin",
        label=words.say("begin-label", language),
        options=options,
        missing=words.say("begin-missing", language),
    )
    return (Body(words.body("consent-late", language, week=week, weeks=weeks, day=until)), asked)
