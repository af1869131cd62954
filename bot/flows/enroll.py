"""Joining a journey: everyone for themselves."""

from collections.abc import Sequence
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
from bot.coaching.agenda import starts_on
from bot.coaching.cohort import Cohort, CohortState
from bot.coaching.enrollment import Enrollment, EnrollmentState, OptIn
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.reply import Scope
from bot.coaching.verbs import read
from bot.flows import pause
from bot.flows.compose.channel import coach_names
from bot.flows.given import Given
from bot.flows.meet import introduced, known, language_of
from bot.flows.plan import first_agenda
from bot.flows.ports import Ports
from bot.flows.scene import Run, run_of
from bot.flows.show import kept_open, refuse
from bot.flows.start import DEFAULT_ZONE, zone_error
from bot.flows.tell import line, open_form, tell
from bot.store.port import Record


async def join_by_command(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach join` in a channel with a journey."""
    heard = Language.NL if read(command.text).language is Language.NL else None  # "join" is said in both
    cohort = await ports.store.cohort_in(command.workspace, command.conversation)
    if cohort is None:
        language = await language_of(ports, command, command.conversation, heard)
        key = "join-in-channel" if command.is_direct else "join-nothing-here"
        await tell(ports, command, line(ports.words, language, key))
        return
    await _join(ports, command, cohort, heard)


async def join(ports: Ports, press: Press) -> None:
    """The invitation's button."""
    cohort = await ports.store.cohort(press.value)
    if cohort is None or cohort.workspace != press.workspace:
        await refuse(ports, press)
        return
    await _join(ports, press, cohort)


async def _join(ports: Ports, incoming: Command | Press, cohort: Cohort, heard: Language | None = None) -> None:
    member = await introduced(ports, incoming)
    language = (member.language if member else None) or heard or cohort.language
    if cohort.state is CohortState.ENDED:
        await tell(ports, incoming, line(ports.words, language, "join-ended"))
        return
    if member is None:
        await tell(ports, incoming, line(ports.words, language, "start-not-a-person"))
        return
    enrollments = await ports.store.enrollments_of(member.id)
    if still := next((each for each in enrollments if each.cohort == cohort.id and each.stands_still), None):
        await pause.go_on(ports, incoming, await run_of(ports, still, member))
        return
    if key := _elsewhere(enrollments, cohort):
        await tell(ports, incoming, line(ports.words, language, key))
        return
    await open_form(ports, incoming, await consent_form(ports, member, cohort, language, incoming.language))


def _elsewhere(enrollments: Sequence[Enrollment], cohort: Cohort) -> str | None:
    """Return the key of the sentence for somebody who is on a journey already; None for everybody else."""
    for enrollment in enrollments:
        if enrollment.state in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED):
            return "join-already" if enrollment.cohort == cohort.id else "join-elsewhere"
    return None


async def consent_form(ports: Ports, member: Member, cohort: Cohort, language: Language, told: Language | None) -> Form:
    """Return the consent card: who runs this, who reads what, how long, how to leave; no scope is preselected."""
    words = ports.words
    workspace = await ports.store.workspace(cohort.workspace)
    operator = ports.operator or (workspace.name if workspace else "")
    names = await coach_names(ports, cohort) or words.say("invitation-no-coach", language)
    return Form(
        id="consent.give",
        subject=cohort.id,
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
            ),
            RadioField(
                id="language",
                label=words.say("consent-language", language),
                options=tuple(Option(each, words.say(f"language-{each}", language)) for each in Language),
                chosen=member.language or told,
            ),
            TextField(
                id="zone",
                label=words.say("consent-zone", language),
                value=member.zone or "",
                placeholder=DEFAULT_ZONE,
                longest=60,
                hint=words.say("zone-hint", language),
            ),
        ),
    )


async def consented(ports: Ports, form: Submitted) -> FormErrors | None:
    """Enroll the person who agreed: consent, run and agenda in one transaction."""
    cohort = await ports.store.cohort(form.subject)
    member = await known(ports, form)
    if cohort is None or member is None or cohort.workspace != form.workspace:
        return await kept_open(ports, form, "scope")
    if cohort.state is CohortState.ENDED:
        return await kept_open(ports, form, "scope", "join-ended")
    language = Language(str(form.values["language"]))
    if error := zone_error(ports, language, str(form.values.get("zone", ""))):
        return FormErrors({"zone": error})
    enrollments = await ports.store.enrollments_of(member.id)
    if key := _elsewhere(enrollments, cohort):
        return await kept_open(ports, form, "scope", key)
    person = _as_agreed(member, cohort, form, language, is_new=not enrollments)
    await ports.save(*_enrolled(ports, form, cohort, person, language))
    return None


def _as_agreed(member: Member, cohort: Cohort, form: Submitted, language: Language, *, is_new: bool) -> Member:
    """Return the person with what they just told us; who joins for the first time starts with the cohort's hours."""
    zone = str(form.values["zone"])
    person = replace(
        member,
        language=language,
        zone=zone,
        zone_confirmed=member.zone_confirmed or zone != member.zone,  # typed over what the platform says
    )
    return replace(person, country=cohort.country, hours=cohort.hours) if is_new else person


def _enrolled(given: Given, form: Submitted, cohort: Cohort, person: Member, language: Language) -> tuple[Record, ...]:
    now = given.now
    zone, scope = str(form.values["zone"]), Scope(str(form.values["scope"]))
    enrollment = Enrollment(
        id=given.new_id(),
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=person.id,
        scope=scope,
        starts_on=max(starts_on(now, zone, person.hours), cohort.starts_on),
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
    run = Run(member=person, enrollment=enrollment, cohort=cohort, journey=journey)
    return (person, enrollment, opt_in, *first_agenda(given, run))


PRESSES = {"cohort.join": join}
FORMS = {"consent.give": consented}
