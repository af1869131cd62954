"""The person's own page: where they are, what they said, and everything they can set, take along or wipe."""

from collections.abc import Sequence

from bot.chat.port import Body, Button, Buttons, Facts, Heading, Line, Message, Part, Style
from bot.coaching.journey import Step
from bot.coaching.language import Language
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Scope
from bot.coaching.rules.who_reads import WhoReads
from bot.flows.agenda.upcoming import next_words, progress, still, week_now
from bot.flows.context.debrief import without_debrief
from bot.flows.context.nudge import Participation, today
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.messages.coach import digest_time
from bot.flows.messages.own_words import Page, own_words
from bot.flows.messages.parts import button, changes, label_of, note, promise
from bot.flows.messages.readers import others
from bot.flows.messages.reading import stands, waits_for

MOST_PLANS = 3


def stranger_page(given: Given) -> Message:
    """Return what this is and how to join, in both languages: nobody told us theirs yet."""
    parts = [part for language in Language for part in _about(given, language)]
    return Message(fallback=given.words.say("home-title", Language.EN), parts=tuple(parts))


def page(given: Given, about: Page, member: Member) -> Message:
    """Return the page of somebody we know, with their words from the newest on, or older than a moment."""
    run = about.course
    language = run.language if run else about.spoken or Language.EN
    coach = _coach(given, about, member, language)
    own = own_words(given, about)
    if run is not None:
        parts = [*_journey(given, run), *coach, *own, *_data(given, language)]
    elif about.spoken:
        parts = [*_about(given, language), *coach, *own, *_data(given, language)]
    else:
        stranger = [part for each in Language for part in _about(given, each)]
        parts = [*stranger, *coach, *own, *_data(given, language)]
    return Message(fallback=given.words.say("home-title", language), parts=tuple(parts))


def _about(given: Given, language: Language) -> list[Part]:
    words = given.words
    return [
        Heading(words.say("home-title", language)),
        Body(words.body("home-about", language)),
        Body(words.body("home-join", language)),
    ]


def _journey(given: Given, run: ParticipationContext) -> list[Part]:
    words, language = given.words, run.language
    rows = [(words.say("home-next", language), next_words(given, run)), *adapting(given, run)]
    paused = run.enrollment.state is EnrollmentState.PAUSED
    if paused and run.enrollment.paused_until:
        day = words.day(run.enrollment.paused_until, language)
        rows.insert(0, (words.say("home-pause", language), words.say("status-paused-until", language, day=day)))
    return [
        Heading(progress(given, run)),
        Facts(tuple(rows)),
        *still(given, run),
        Buttons(_controls(given, run)),
        *_readers(given, run),
        *_looking_back(given, run),
        *_earlier(given, run),
        *_plans(given, run),
        *_changes(given, run),
    ]


def _readers(given: Given, run: Participation) -> list[Part]:
    """Return who reads what this person shares, coach by coach, and the press that lets each of them, or stops it."""
    if run.who is None:
        return []
    words, language, readers = given.words, run.language, others(run)
    parts: list[Part] = [Line(), Heading(words.say("home-readers", language))]
    for role, person in readers:
        choices = tuple(button(given, language, each, role.id) for each in _choices(run.who, person))
        parts += [stands(given, language, run.zone, run.who, (role, person)), Buttons(choices)]
    if not readers:
        parts.append(Body(words.body("home-no-readers", language)))
    if run.enrollment.scope is Scope.PRIVATE and any(run.who.granted_to(person.id) for _, person in readers):
        parts.append(note(given, language, "home-readers-older"))
    return [*parts, *(waits_for(given, language, run.who, readers) if readers else ())]


def _choices(who: WhoReads, coach: Member) -> list[str]:
    """Return what can be pressed beside a coach, by what stands."""
    whole = who.whole(coach.id)
    lets = [] if whole is not None else ["reading.let"]
    earlier = [] if whole is not None and whole.includes_earlier else ["reading.let-earlier"]
    return [*lets, *earlier, *(["reading.stop"] if who.granted_to(coach.id) else [])]


def adapting(given: Given, run: Participation) -> list[tuple[str, str]]:
    """Return whether experiments may come otherwise after what became of the last ones, as a label with its value."""
    if run.enrollment.state is EnrollmentState.COMPLETED:
        return []
    how = "on" if run.member.adapts else "off"
    return [(given.words.say("adapts-label", run.language), given.words.say(f"adapts-{how}", run.language))]


def _looking_back(given: Given, run: ParticipationContext) -> list[Part]:
    """Return a button for the four questions about each experiment that was done after its weeks."""
    words, language = given.words, run.language
    found = without_debrief(run.agenda, given.now)[:MOST_PLANS] if run.going else []
    buttons = tuple(
        Button(
            id="debrief.open",
            label=words.say("debrief-open-button", language, about=label_of(given, run, row)),
            value=row.id,
        )
        for row in found
    )
    return [Body(words.body("home-look-back", language)), Buttons(buttons)] if buttons else []


def not_had(given: Given, run: ParticipationContext) -> list[Step]:
    """Return the experiments of the weeks before somebody joined which they have not had."""
    if run.enrollment.state is not EnrollmentState.ACTIVE:
        return []
    had, week = {row.item for row in run.agenda if row.kind is Kind.NUDGE}, week_now(given, run)
    steps = (step for step in run.journey.steps if step.kind is Kind.NUDGE and step.week < week)
    return [step for step in steps if step.item not in had]


def _earlier(given: Given, run: ParticipationContext) -> list[Part]:
    """Return a button for each experiment that the others had before this person joined."""
    words, language = given.words, run.language
    buttons = tuple(
        Button(
            id="earlier.send",
            label=words.title_of(run.journey.items[step.item or ""].theme, language, week=step.week),
            value=f"{run.enrollment.id}:{step.item}",
        )
        for step in not_had(given, run)
    )
    return [Body(words.body("home-earlier", language)), Buttons(buttons)] if buttons else []


def _controls(given: Given, run: Participation) -> tuple[Button, ...]:
    language, subject = run.language, run.enrollment.id
    going: tuple[Button, ...]
    if run.enrollment.state is EnrollmentState.PAUSED:
        going = (
            button(given, language, "resume.now", subject, style=Style.PRIMARY),
            button(given, language, "pause.open", subject),
        )
    elif run.enrollment.state is EnrollmentState.ACTIVE:
        going = (button(given, language, "next.open", subject), button(given, language, "pause.open", subject))
    else:
        going = (button(given, language, "next.open", subject),)
    return (*going, button(given, language, "settings.open", ""))


def open_plans(given: Given, course: ParticipationContext) -> Sequence[Commitment]:
    """Return the plans and changes this person still means to carry out, the soonest first.

    One whose day is over without an answer is no plan any more; its question stays in the conversation.
    """
    since = today(given, course)
    mine = [
        plan
        for plan in course.promises
        if plan.is_open and (plan.due_on >= since or plan.kind is CommitmentKind.TRANSFER)
    ]
    return sorted(mine, key=lambda plan: (plan.due_on, plan.id))[:MOST_PLANS]


def _plans(given: Given, run: ParticipationContext) -> list[Part]:
    parts: list[Part] = []
    for plan in (each for each in open_plans(given, run) if each.kind is CommitmentKind.PLAN):
        parts += promise(given, run, plan)
        if plan.scope is Scope.PRIVATE:
            parts.append(Buttons((button(given, run.language, "plan.read", plan.id),)))
    if not parts:
        return []
    return [Line(), Heading(given.words.say("home-plans", run.language)), *parts]


def _changes(given: Given, run: ParticipationContext) -> list[Part]:
    """Return the changes of this run that are still to come or to settle, each with how it may end."""
    listed = changes(given, run, (each for each in run.promises if each.enrollment == run.enrollment.id))
    return [Line(), Heading(given.words.say("home-changes", run.language)), *listed] if listed else []


def _data(given: Given, language: Language) -> list[Part]:
    return [
        Line(),
        Heading(given.words.say("home-data", language)),
        Body(given.words.body("home-data-about", language)),
        Buttons(
            (
                button(given, language, "audit.open", ""),
                button(given, language, "export.make", ""),
                button(given, language, "erase.open", "", style=Style.DANGER),
            )
        ),
    ]


def _coach(given: Given, about: PersonContext, member: Member, language: Language) -> list[Part]:
    """Return a button for the log of each cohort this person coaches, and when their digest comes."""
    if not about.coached:
        return []
    words = given.words
    buttons = tuple(
        Button(
            id="log.open",
            label=words.say("log-open-button", language, channel=cohort.channel_name),
            value=cohort.id,
        )
        for cohort in about.coached
    )
    return [
        Line(),
        Heading(words.say("home-coach", language)),
        Body(words.body("home-coach-about", language)),
        Buttons(buttons),
        *digest_time(given, member, about.coached[0], language),
    ]
