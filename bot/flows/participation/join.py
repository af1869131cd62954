"""Joining a journey: everyone for themselves."""

from dataclasses import replace

from bot.chat.port import (
    Body,
    Command,
    Form,
    FormErrors,
    Option,
    Press,
    RadioField,
    Submitted,
    TextField,
)
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.enrollment import Enrollment, EnrollmentState, OptIn
from bot.coaching.records.member import Member
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import starts_on
from bot.coaching.verbs import read
from bot.flows.agenda.schedule import first_agenda
from bot.flows.context.acting_for_person import stays_open
from bot.flows.context.decision import Decision, carry_out
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation
from bot.flows.context.ownership import refuse
from bot.flows.context.person import PersonContext, introduced_person, person_of
from bot.flows.messages.channel import coach_names
from bot.flows.participation.pause import going_on
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.ports import Ports
from bot.flows.private_answer import line
from bot.flows.settings.typed_zone import zone_in
from bot.store.port import Record
from bot.store.port.people import AroundCohort


async def join_by_command(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach join` in a channel with a journey."""
    about = await person_of(ports, command)
    offer = await ports.store.around_cohort(about.here.workspace, about.here.id) if about.here else None
    if offer is not None:
        about = await introduced_person(ports, command, about=about)
    decision = asked_to_join(ports.given(), about, command, offer)
    await carry_out(ports, command, decision)


async def join(ports: Ports, press: Press) -> None:
    """The invitation's button."""
    offer = await ports.store.around_cohort(press.workspace, press.value)
    if offer is None or offer.cohort.workspace != press.workspace:
        await refuse(ports, press)
        return
    about = await introduced_person(ports, press)
    await carry_out(ports, press, asked_to_join(ports.given(), about, press, offer))


def asked_to_join(
    given: Given, about: PersonContext, incoming: Command | Press, offer: AroundCohort | None
) -> Decision:
    """Return the consent card; or why somebody does not join, or where they go on."""
    words = given.words
    if offer is None:
        is_direct = isinstance(incoming, Command) and incoming.is_direct
        key = "join-in-channel" if is_direct else "join-nothing-here"
        return Decision(says=line(words, about.language(incoming, only=Language.NL), key))
    member, cohort = about.member, offer.cohort
    language = _language(about, incoming, cohort)
    if cohort.state is CohortState.ENDED:
        return Decision(says=line(words, language, "join-ended"))
    if member is None:
        return Decision(says=line(words, language, "start-not-a-person"))
    still = (each for each in about.courses if each.cohort.id == cohort.id and each.enrollment.stands_still)
    if course := next(still, None):
        return going_on(given, course)
    if key := _elsewhere(about, cohort):
        return Decision(says=line(words, language, key))
    return Decision(opens=consent_form(given, member, offer, language, incoming.language))


def _language(about: PersonContext, incoming: Command | Press, cohort: Cohort) -> Language:
    if about.member is not None and about.member.language:
        return about.member.language
    heard = read(incoming.text).language if isinstance(incoming, Command) else None
    return Language.NL if heard is Language.NL else cohort.language  # "join" is said in both


def _elsewhere(about: PersonContext, cohort: Cohort) -> str:
    """Return the key of the sentence for somebody who is on a journey already; empty for everybody else."""
    for each in about.courses:
        if each.enrollment.state in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED):
            return "join-already" if each.cohort.id == cohort.id else "join-elsewhere"
    return ""


def consent_form(given: Given, member: Member, offer: AroundCohort, language: Language, told: Language | None) -> Form:
    """Return the consent card: who runs this, who reads what, how long, how to leave; no scope is preselected."""
    words = given.words
    operator = given.operator or offer.workspace.name
    names = coach_names(offer.coaches) or words.say("invitation-no-coach", language)
    return Form(
        id="consent.give",
        subject=offer.cohort.id,
        title=words.say("form-consent-title", language),
        submit=words.say("form-consent-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("consent-bot", language)),
            Body(words.body("consent-operator", language, operator=operator)),
            Body(words.body("consent-readers", language, coaches=names)),
            Body(words.body("consent-retention", language)),
            Body(words.body("consent-exits", language)),
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


async def consented(ports: Ports, form: Submitted) -> FormErrors | None:
    """Enroll the person who agreed: consent, run and agenda in one transaction."""
    about, offer = await person_of(ports, form), await ports.store.around_cohort(form.workspace, form.subject)
    return await carry_out(ports, form, agreed(ports.given(), about, form, offer.cohort if offer else None))


def agreed(given: Given, about: PersonContext, form: Submitted, cohort: Cohort | None) -> Decision:
    """Return the run of a person who agreed, with all that is planned in it; nothing once it is there."""
    member, run_id = about.member, given.new_id()
    if cohort is None or member is None or cohort.workspace != form.workspace:
        return stays_open(given, about, form, "scope")
    if about.course_of(run_id) is not None:  # saved by this very form, before it was cut off
        return Decision()
    if cohort.state is CohortState.ENDED:
        return stays_open(given, about, form, "scope", "join-ended")
    language = Language(str(form.values["language"]))
    zone, error = zone_in(
        given, language, str(form.values.get("zone", "")), stood=member.zone, country=member.country or cohort.country
    )
    if error:
        return Decision(wrong=FormErrors({"zone": error}))
    if key := _elsewhere(about, cohort):
        return stays_open(given, about, form, "scope", key)
    person = _as_agreed(member, cohort, zone, language, is_new=not about.courses)
    return Decision(records=_enrolled(given, form, cohort, person, language, run_id))


def _as_agreed(member: Member, cohort: Cohort, zone: str, language: Language, *, is_new: bool) -> Member:
    """Return the person with what they just told us; who joins for the first time starts with the cohort's hours."""
    person = replace(
        member,
        language=language,
        zone=zone,
        zone_confirmed=member.zone_confirmed or zone != member.zone,  # typed over what the platform says
    )
    return replace(person, country=cohort.country, hours=cohort.hours) if is_new else person


def _enrolled(
    given: Given, form: Submitted, cohort: Cohort, person: Member, language: Language, run_id: str
) -> tuple[Record, ...]:
    now = given.now
    scope = Scope(str(form.values["scope"]))
    enrollment = Enrollment(
        id=run_id,
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=person.id,
        scope=scope,
        starts_on=max(starts_on(now, person.zone or cohort.zone, person.hours), cohort.starts_on),
        joined_at=now,
    )
    opt_in = OptIn(
        id=given.new_id(),
        workspace=cohort.workspace,
        member=person.id,
        cohort=cohort.id,
        enrollment=enrollment.id,
        scope=scope,
        language=language,
        wording=given.words.wording(),
        at=now,
    )
    journey = given.words.journeys()[cohort.journey]
    run = Participation(member=person, enrollment=enrollment, cohort=cohort, journey=journey)
    return (person, enrollment, opt_in, *first_agenda(given, run))


PRESSES = {"cohort.join": join}
FORMS = {"consent.give": consented}
