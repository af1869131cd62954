"""Joining a journey: everyone for themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.chat.port import (
    Command,
    FormErrors,
    Message,
    Press,
    Submitted,
)
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.enrollment import Enrollment, OptIn
from bot.coaching.records.member import Member
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.reply import Scope
from bot.coaching.rules.agenda import starts_on
from bot.coaching.rules.joining import Begin
from bot.coaching.verbs import read
from bot.flows.agenda.going_on import GOING, carried_on, continuable, going, has_begun, week_of
from bot.flows.agenda.postpone import left, ungranted
from bot.flows.agenda.schedule import first_agenda
from bot.flows.agenda.upcoming import next_words
from bot.flows.agreement.outsiders import looked_up, shuts_out
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation
from bot.flows.context.person import ParticipationContext, PersonContext, introduced_person, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import refuse
from bot.flows.handling.person import stays_open
from bot.flows.messages.phrase import line
from bot.flows.participation.consent import How, card_key, consent_form, question, ways_into
from bot.flows.participation.pause import going_on
from bot.flows.ports import Ports
from bot.flows.reading.grants import granted, named
from bot.flows.settings.typed_zone import zone_in
from bot.store.port import Record
from bot.store.port.people import AroundCohort


async def join_by_command(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach join` in a channel with a journey."""
    about = await person_of(ports, command)
    offer = await ports.store.around_cohort(about.here.workspace, about.here.id) if about.here else None
    if offer is not None:
        about = await looked_up(ports, await introduced_person(ports, command, about=about), offer.workspace)
    decision = asked_to_join(ports.given(), about, command, offer)
    await carry_out(ports, command, decision)


async def join(ports: Ports, press: Press) -> None:
    """The invitation's button."""
    offer = await ports.store.around_cohort(press.workspace, press.value)
    if offer is None or offer.cohort.workspace != press.workspace:
        await refuse(ports, press)
        return
    about = await looked_up(ports, await introduced_person(ports, press), offer.workspace)
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
    language, is_over = _language(about, incoming, offer.cohort), offer.cohort.state is CohortState.ENDED
    if is_over or about.member is None:
        return Decision(says=line(words, language, "join-ended" if is_over else "start-not-a-person"))
    return _by_their_runs(given, about, about.member, incoming, offer)


def _by_their_runs(
    given: Given, about: PersonContext, member: Member, incoming: Command | Press, offer: AroundCohort
) -> Decision:
    """Return what comes of joining a cohort that goes on: the runs that somebody has tell."""
    words, cohort, language = given.words, offer.cohort, _language(about, incoming, offer.cohort)
    still = (each for each in about.courses if each.cohort.id == cohort.id and each.enrollment.stands_still)
    if course := next(still, None):
        return going_on(given, course)
    if (course := going(about)) is not None and course.cohort.id == cohort.id:
        return Decision(says=line(words, language, "join-already"))
    if shuts_out(member, offer.workspace):
        return Decision(says=line(words, language, "join-outsider"))
    if (asked := question(given, about, cohort, language)) is not None:
        return Decision(says=asked)
    how = How(cohort.id, card_key(given, offer))
    return Decision(opens=consent_form(given, about, member, offer, language, incoming.language, how))


async def chosen(ports: Ports, press: Press) -> None:
    """What is to become of the run that somebody has: asked again where that is another one by now."""
    offer = await ports.store.around_cohort(press.workspace, press.value)
    if offer is None:
        await refuse(ports, press)
        return
    about = await person_of(ports, press)
    await carry_out(ports, press, asked_how(ports.given(), about, press, offer))


def asked_how(given: Given, about: PersonContext, press: Press, offer: AroundCohort) -> Decision:
    """Return the consent card of what was chosen, or that all stays as it is."""
    member, cohort, running = about.member, offer.cohort, going(about)
    if member is None or shuts_out(member, offer.workspace) or cohort.state is CohortState.ENDED:
        return asked_to_join(given, about, press, offer)
    if question(given, about, cohort, Language.EN) is None:
        return asked_to_join(given, about, press, offer)
    language = _language(about, press, cohort)
    if press.button == "join.stay" and running is not None:
        return Decision(says=line(given.words, language, "join-stayed"), replaces=True)
    along = continuable(given, about, cohort) if press.button == "join.along" else None
    if press.button != "join.anew" and along is None:
        return asked_to_join(given, about, press, offer)
    ending = running.enrollment.id if running else ""
    names = card_key(given, offer)
    how = How(cohort.id, names, "along", along.enrollment.id) if along else How(cohort.id, names, "anew", ending)
    return Decision(opens=consent_form(given, about, member, offer, language, press.language, how))


def _language(about: PersonContext, incoming: Command | Press, cohort: Cohort) -> Language:
    if about.member is not None and about.member.language:
        return about.member.language
    heard = read(incoming.text).language if isinstance(incoming, Command) else None
    return Language.NL if heard is Language.NL else cohort.language  # "join" is said in both


def ended_for_another(given: Given, about: PersonContext, run: str) -> list[Record]:
    """Return a run as left, because its person begins another; nothing where it is over by itself."""
    course = going(about)
    return left(given, about, course, "left") if course is not None and course.enrollment.id == run else []


async def consented(ports: Ports, form: Submitted) -> FormErrors | None:
    """Enroll the person who agreed: consent, run and agenda in one transaction."""
    offer = await ports.store.around_cohort(form.workspace, How.of(form.subject).cohort)
    about = await person_of(ports, form)
    return await carry_out(ports, form, agreed(ports.given(), about, form, offer))


def agreed(given: Given, about: PersonContext, form: Submitted, offer: AroundCohort | None) -> Decision:
    """Return the run of a person who agreed, with all that is planned in it; nothing once it is there."""
    member, run_id = about.member, given.new_id()
    if offer is None or member is None or offer.cohort.workspace != form.workspace:
        return stays_open(given, about, form, "scope")
    how, cohort = How.of(form.subject), offer.cohort
    along = about.course_of(how.run) if how.way == "along" else None
    is_moved = along is not None and along.cohort.id == cohort.id and along.enrollment.state in GOING
    if is_moved or about.course_of(run_id) is not None:  # by this very form, before it was cut off, or on two devices
        return Decision(says=_goes_on(given, along) if along else None)
    language = Language(str(form.values["language"]))
    zone, error = zone_in(
        given, language, str(form.values.get("zone", "")), stood=member.zone, country=member.country or cohort.country
    )
    if error:
        return Decision(wrong=FormErrors({"zone": error}))
    if wrong := _wrong(given, about, form, cohort) or _outdated(given, about, form, offer):
        return wrong
    person = _as_agreed(member, cohort, zone, language, is_new=not about.courses)
    readers = _let_read(given, about, form, offer, person)
    if along is not None:
        return _along(given, about, form, cohort, person, along, readers)
    over = ended_for_another(given, about, how.run)
    begun = _enrolled(given, form, cohort, person, run_id, is_again=has_begun(about, cohort))
    return Decision(records=(*over, *begun, *readers), withdraws=bool(over))


def _let_read(
    given: Given, about: PersonContext, form: Submitted, offer: AroundCohort, person: Member
) -> list[ReadGrant]:
    """Return what lets the coaches that the card names read; nothing for who shares with nobody."""
    if Scope(str(form.values["scope"])) is not Scope.COACH:
        return []
    return granted(given, person, offer.cohort, named(offer.coaches), before=about.grants)


def _along(
    given: Given,
    about: PersonContext,
    form: Submitted,
    cohort: Cohort,
    person: Member,
    course: ParticipationContext,
    readers: Sequence[ReadGrant],
) -> Decision:
    """Return a run that goes on in this cohort, agreed to anew, and what comes next in it.

    The coaches of the one it comes from read no more.
    """
    records = carried_on(given, course, cohort, person, Scope(str(form.values["scope"])))
    unread = ungranted(given, about, course.cohort) if course.cohort.id != cohort.id else []
    opt_in = _opt_in(given, form, cohort, person, course.enrollment.id)
    after = replace(course, cohort=cohort).after(person, *records)
    return Decision(
        records=(person, *records, opt_in, *unread, *readers), withdraws=bool(unread), says=_goes_on(given, after)
    )


def _goes_on(given: Given, run: ParticipationContext) -> Message:
    return line(given.words, run.language, "join-goes-on", week=week_of(given, run), next=next_words(given, run))


def _outdated(given: Given, about: PersonContext, form: Submitted, offer: AroundCohort) -> Decision | None:
    """Return what keeps a consent on the screen of who may not join now, or whose card says something else by now."""
    if about.member is not None and shuts_out(about.member, offer.workspace):
        return stays_open(given, about, form, "scope", "join-outsider")
    is_same = How.of(form.subject).readers == card_key(given, offer)
    return None if is_same else stays_open(given, about, form, "scope", "join-readers-changed")


def _wrong(given: Given, about: PersonContext, form: Submitted, cohort: Cohort) -> Decision | None:
    """Return what keeps a consent on the screen that says where to begin; None when nothing does."""
    how, course = How.of(form.subject), going(about)
    if cohort.state is CohortState.ENDED:
        return stays_open(given, about, form, "scope", "join-ended")
    if course is not None and course.cohort.id == cohort.id:
        return stays_open(given, about, form, "scope", "join-already")
    if course is not None and course.enrollment.id != how.run:
        return stays_open(given, about, form, "scope", "join-elsewhere")
    if how.way == "along":
        fits = continuable(given, about, cohort)
        is_same = fits is not None and fits.enrollment.id == how.run
        return None if is_same else stays_open(given, about, form, "scope")
    if _begin(form) not in ways_into(given, cohort)[1]:
        return stays_open(given, about, form, "begin", "join-too-late")
    return None


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
    given: Given, form: Submitted, cohort: Cohort, person: Member, run_id: str, *, is_again: bool
) -> tuple[Record, ...]:
    now = given.now
    scope = Scope(str(form.values["scope"]))
    enrollment = Enrollment(
        id=run_id,
        workspace=cohort.workspace,
        cohort=cohort.id,
        member=person.id,
        scope=scope,
        starts_on=_first_monday(given, cohort, person, _begin(form)),
        joined_at=now,
    )
    opt_in = _opt_in(given, form, cohort, person, run_id)
    journey = given.words.journeys()[cohort.journey]
    run = Participation(member=person, enrollment=enrollment, cohort=cohort, journey=journey)
    return (person, enrollment, opt_in, *first_agenda(given, run, is_again=is_again))


def _opt_in(given: Given, form: Submitted, cohort: Cohort, person: Member, run: str) -> OptIn:
    return OptIn(
        id=given.new_id(),
        workspace=cohort.workspace,
        member=person.id,
        cohort=cohort.id,
        enrollment=run,
        scope=Scope(str(form.values["scope"])),
        language=Language(str(form.values["language"])),
        wording=given.words.wording(),
        at=given.now,
    )


def _begin(form: Submitted) -> Begin:
    """Return how a form asks to begin; where it did not ask, with week 1, as it was written in it."""
    return Begin(str(form.values.get("begin") or Begin.FIRST))


def _first_monday(given: Given, cohort: Cohort, person: Member, begin: Begin) -> date:
    """Return the Monday of a person's week 1: with the others it is theirs, also where it is past."""
    if begin is Begin.TOGETHER:
        return cohort.starts_on
    return max(starts_on(given.now, person.zone or cohort.zone, person.hours), cohort.starts_on)


PRESSES = {"cohort.join": join, **dict.fromkeys(("join.along", "join.anew", "join.stay"), chosen)}
FORMS = {"consent.give": consented}
