"""Stopping for a while, until a day or until one comes back, and going on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, time

from bot.chat.port import Body, ChecksField, Command, DateField, Form, FormErrors, Option, Press, Submitted
from bot.coaching.calendar import at_local
from bot.coaching.days.iso import iso_day
from bot.coaching.days.typed import read_day
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.rules.pause import LONGEST_WEEKS, as_before_stop, stopped, trouble_with
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.going_on import shift_from
from bot.flows.agenda.postpone import a_week_on
from bot.flows.agenda.schedule import replanned
from bot.flows.agenda.silence import at_its_end, due_in
from bot.flows.agenda.upcoming import next_words
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, today
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_command, by_form, by_press, stays_open
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.participation.typed_pause import BREAKABLE, days_meant, pause_asked
from bot.flows.ports import Ports
from bot.store.port import Record

UNKNOWN = "unknown"  # the box of who cannot name a day


def pause(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach pause [until]`: ask whether it is that day, or which one by a form."""
    course = about.course
    if course is None or course.enrollment.state not in BREAKABLE:
        return _nothing_to_pause(given, about, command)
    typed = read(command.text).rest
    if days := days_meant(given, course, typed):
        return Decision(says=pause_asked(given, course, days))
    return Decision(opens=pause_form(given, course, is_unread=bool(typed)))


def pause_until(given: Given, about: PersonContext, press: Press) -> Decision:
    """Yes: pause until the day that was said back."""
    run, _, day = press.value.partition(":")
    course, until = _run(about, run), iso_day(day)
    if course is None or until is None:
        return Decision(refuses="press-stale")
    if trouble := trouble_with(until, today(given, course)):
        offer = button(given, course.language, "pause.open", course.enrollment.id)
        told = line(given.words, course.language, f"pause-{trouble}", offer, weeks=LONGEST_WEEKS)
        return Decision(says=told, replaces=True)
    return replace(_paused(given, course, until), replaces=True)


def pause_open(given: Given, about: PersonContext, press: Press) -> Decision:
    """The pause button: ask until when."""
    course = _run(about, press.value)
    return Decision(opens=pause_form(given, course)) if course else Decision(refuses="press-stale")


def pause_submitted(given: Given, about: PersonContext, form: Submitted) -> Decision:
    """Pause until the day that was picked, or until the person comes back where they do not know it yet."""
    course = about.course
    if course is None or course.enrollment.id != form.subject or course.enrollment.state not in BREAKABLE:
        return stays_open(given, about, form, "until")
    picked = form.values.get("until")
    if not picked and UNKNOWN in form.values.get("open", ()):
        return _paused_open(given, course)
    until = iso_day(picked)
    if until is None:
        return stays_open(given, about, form, "until", "day-unread" if picked else "day-missing")
    if trouble := trouble_with(until, today(given, course)):
        wrong = given.words.say(f"pause-{trouble}", course.language, weeks=LONGEST_WEEKS)
        return Decision(wrong=FormErrors({"until": wrong}))
    return _paused(given, course, until)


def resume(given: Given, about: PersonContext, command: Command) -> Decision:
    """`/coach resume`: at once, unless words behind it say something else."""
    course = about.course
    if course is None or course.enrollment.state not in BREAKABLE:
        return _nothing_to_pause(given, about, command)
    if course.enrollment.state is not EnrollmentState.PAUSED:
        told = line(given.words, course.language, "resume-not-paused", next=next_words(given, course))
        return Decision(says=told)
    typed = read(command.text).rest
    meant = read_day(typed, course.language, today=today(given, course)) if typed else None
    if not typed or (meant and meant.days == (today(given, course),)):
        return going_on(given, course)
    now = button(given, course.language, "resume.now", course.enrollment.id)
    if meant is None:
        return Decision(says=line(given.words, course.language, "resume-unsure", now))
    return Decision(says=pause_asked(given, course, meant.days_on(), now))


def resume_now(given: Given, about: PersonContext, press: Press) -> Decision:
    """The resume button."""
    course = _run(about, press.value)
    if course is None or course.enrollment.state is not EnrollmentState.PAUSED:
        return Decision(refuses="press-stale")
    return replace(going_on(given, course), replaces=True)


def going_on(given: Given, course: ParticipationContext) -> Decision:
    """Return that a run goes on where it was, and what comes next; after its last day only its closing comes."""
    going = replace(
        course.enrollment,
        state=EnrollmentState.ACTIVE,
        paused_on=None,
        paused_until=None,
        paused_before=None,
        resumed_at=given.now,
        silent_on=None,
    )
    if course.enrollment.silent_on is not None and (rows := at_its_end(given, course)):
        moved = replanned(given, course.after(going, *rows))
        ended = list({each.id: each for each in (*rows, *moved)}.values())
        return Decision(records=[going, *ended], says=line(given.words, course.language, "back-closing"))
    held = [a_week_on(given, course, row) for row in due_in(course, given.now)]  # so that it gets its turn, too
    going = replace(going, shift_weeks=shift_from(given, course, given.now))
    moved = replanned(given, course.after(going, *held))
    records: list[Record] = [going, *{each.id: each for each in (*held, *moved)}.values()]
    after = next_words(given, course.after(*records))
    return Decision(records=records, says=line(given.words, course.language, "resume-done", next=after))


def stands_still(given: Given, courses: Sequence[ParticipationContext]) -> list[Record]:
    """Return these runs standing still, until their person lets them go on."""
    records: list[Record] = []
    for course in courses:
        if course.enrollment.state in BREAKABLE and not course.enrollment.stands_still:
            still = stopped(course.enrollment, today(given, course))
            records += [still, *replanned(given, course.after(still))]
    return records


def unstopped(given: Given, courses: Sequence[ParticipationContext]) -> list[Record]:
    """Return runs that stand still as they were before: going on, or in the pause that stood there."""
    records: list[Record] = []
    for course in courses:
        if course.enrollment.stands_still:
            paused = as_before_stop(course.enrollment, today(given, course))
            if paused is None:
                records += going_on(given, course).records
            else:
                records += [paused, *replanned(given, course.after(paused))]
    return records


def pause_form(given: Given, run: Participation, *, is_unread: bool = False) -> Form:
    """Return the form that asks for the first day after the pause; it says so when a typed one was not understood."""
    words, language = given.words, run.language
    unread = (Body(words.body("day-unsure", language)),) if is_unread else ()
    return Form(
        id="pause.save",
        subject=run.enrollment.id,
        title=words.say("form-pause-title", language),
        submit=words.say("form-pause-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            *unread,
            Body(words.body("pause-intro", language)),
            DateField(
                id="until",
                label=words.say("pause-until", language),
                value=run.enrollment.paused_until,
                hint=words.say("pause-until-hint", language, weeks=LONGEST_WEEKS),
                required=False,
            ),
            ChecksField(
                id="open",
                label=words.say("pause-unknown-label", language),
                options=(Option(UNKNOWN, words.say("pause-unknown", language)),),
                required=False,
            ),
        ),
    )


def _nothing_to_pause(given: Given, about: PersonContext, command: Command) -> Decision:
    """Return why no run can be paused: there is none, or its weeks are done."""
    if about.course is None:
        return Decision(says=line(given.words, about.language(command), "not-in"))
    return Decision(says=line(given.words, about.course.language, "pause-completed"))


def _run(about: PersonContext, run: str) -> ParticipationContext | None:
    """Return the presser's own run when the button is about it, and it can be paused."""
    course = about.course
    is_meant = course is not None and course.enrollment.id == run
    return course if is_meant and course and course.enrollment.state in BREAKABLE else None


def _paused(given: Given, course: ParticipationContext, until: date) -> Decision:
    was_paused = course.enrollment.state is EnrollmentState.PAUSED
    offer = button(given, course.language, "resume.now", course.enrollment.id)
    if was_paused and course.enrollment.paused_until == until:  # pressed twice
        return Decision(says=line(given.words, course.language, "pause-moved", offer, day=_named(given, course, until)))
    paused = replace(
        course.enrollment,
        state=EnrollmentState.PAUSED,
        paused_on=course.enrollment.paused_on or today(given, course),
        paused_until=until,
        paused_before=None,
        shift_weeks=shift_from(given, course, at_local(until, time(0, 0), course.zone)),
    )
    key = "pause-moved" if was_paused else "pause-done"
    return Decision(
        records=[paused, *replanned(given, course.after(paused))],
        says=line(given.words, course.language, key, offer, day=_named(given, course, until)),
    )


def _paused_open(given: Given, course: ParticipationContext) -> Decision:
    """Return a run that waits until its person comes back."""
    still = stopped(course.enrollment, today(given, course))
    is_new = still != course.enrollment
    records: list[Record] = [still, *replanned(given, course.after(still))] if is_new else []
    offer = button(given, course.language, "resume.now", course.enrollment.id)
    return Decision(records=records, says=line(given.words, course.language, "pause-open", offer, weeks=LONGEST_WEEKS))


def _named(given: Given, course: ParticipationContext, day: date) -> str:
    return given.words.day(day, course.language)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.PAUSE: by_command(pause),
    Verb.RESUME: by_command(resume),
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "pause.open": by_press(pause_open),
    "pause.until": by_press(pause_until),
    "resume.now": by_press(resume_now),
}
FORMS = {"pause.save": by_form(pause_submitted)}
