"""Stopping for a while, always with an end, and going on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, time

from bot.chat.port import Body, Command, DateField, Form, FormErrors, Incoming, Press, Submitted
from bot.coaching.agenda import agenda
from bot.coaching.calendar import at_local
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.nudge import NudgeState
from bot.coaching.pause import LONGEST_WEEKS, least_shift, shift_so_far, trouble_with
from bot.coaching.verbs import Verb, read
from bot.flows.compose.parts import button
from bot.flows.given import Given
from bot.flows.meet import known, language_of
from bot.flows.plan import replanned, rhythm_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, current_run, days_off, today
from bot.flows.show import refuse
from bot.flows.tell import line, open_form, tell
from bot.flows.upcoming import next_words

BREAKABLE = (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)
STILL_TO_COME = (NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING)  # what is not called yet is held back


async def pause(ports: Ports, command: Command, rest: str) -> None:
    """`/coach pause [until]`: until that day, or the day a form asks for."""
    run = await _run(ports, command)
    if run is None:
        return
    until = read_day(ports, run, rest)
    if until is None:
        await open_form(ports, command, pause_form(ports, run))
        return
    if trouble := trouble_with(until, today(ports, run)):
        offer = button(ports, run.language, "pause.open", run.enrollment.id)
        told = line(ports.words, run.language, f"pause-{trouble}", offer, weeks=LONGEST_WEEKS)
        await tell(ports, command, told)
        return
    await _pause(ports, command, run, until)


async def pause_open(ports: Ports, press: Press) -> None:
    """The pause button: ask until when."""
    run = await _pressed(ports, press)
    if run is not None:
        await open_form(ports, press, pause_form(ports, run))


async def pause_submitted(ports: Ports, form: Submitted) -> FormErrors | None:
    """Pause until the day that was picked."""
    member = await known(ports, form)
    run = await current_run(ports, member) if member else None
    if run is None or run.enrollment.id != form.subject or run.enrollment.state not in BREAKABLE:
        language = run.language if run else await language_of(ports, form, None, None)
        return FormErrors({"until": ports.words.say("press-stale", language)})
    until = date.fromisoformat(str(form.values["until"]))
    if trouble := trouble_with(until, today(ports, run)):
        return FormErrors({"until": ports.words.say(f"pause-{trouble}", run.language, weeks=LONGEST_WEEKS)})
    await _pause(ports, form, run, until)
    return None


async def resume(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach resume`."""
    run = await _run(ports, command)
    if run is None:
        return
    if run.enrollment.state is not EnrollmentState.PAUSED:
        told = line(ports.words, run.language, "resume-not-paused", next=await next_words(ports, run))
        await tell(ports, command, told)
        return
    await go_on(ports, command, run)


async def go_on(ports: Ports, incoming: Command | Press, run: Run) -> None:
    """Let a run go on where it was, and say what comes next."""
    run = await _resume(ports, run)
    await tell(ports, incoming, line(ports.words, run.language, "resume-done", next=await next_words(ports, run)))


async def resume_now(ports: Ports, press: Press) -> None:
    """The resume button."""
    run = await _pressed(ports, press)
    if run is None:
        return
    if run.enrollment.state is not EnrollmentState.PAUSED:
        await refuse(ports, press)
        return
    run = await _resume(ports, run)
    told = line(ports.words, run.language, "resume-done", next=await next_words(ports, run))
    await tell(ports, press, told, replaces=True)


def pause_form(given: Given, run: Run) -> Form:
    """Return the form that asks for the first day after the pause."""
    words, language = given.words, run.language
    return Form(
        id="pause.save",
        subject=run.enrollment.id,
        title=words.say("form-pause-title", language),
        submit=words.say("form-pause-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("pause-intro", language)),
            DateField(
                id="until",
                label=words.say("pause-until", language),
                value=run.enrollment.paused_until,
                hint=words.say("pause-until-hint", language, weeks=LONGEST_WEEKS),
            ),
        ),
    )


def read_day(given: Given, run: Run, typed: str) -> date | None:
    """Return the day meant, in either language and with or without a word like "until" before it."""
    _, _, after = typed.strip().partition(" ")
    languages = (run.language, *(each for each in Language if each is not run.language))
    for text in (typed, after):
        for language in languages:
            if text.strip() and (day := given.words.read_date(text, language, today=today(given, run))):
                return day
    return None


async def _run(ports: Ports, command: Command) -> Run | None:
    """Return the run that can be paused; else say why there is none."""
    member = await known(ports, command)
    run = await current_run(ports, member) if member else None
    if run is None:
        language = await language_of(ports, command, command.conversation, read(command.text).language)
        await tell(ports, command, line(ports.words, language, "not-in"))
        return None
    if run.enrollment.state not in BREAKABLE:
        await tell(ports, command, line(ports.words, run.language, "pause-completed"))
        return None
    return run


async def _pressed(ports: Ports, press: Press) -> Run | None:
    """Return the presser's own run when the button is about it; else say so kindly."""
    member = await known(ports, press)
    run = await current_run(ports, member) if member else None
    if run is None or run.enrollment.id != press.value or run.enrollment.state not in BREAKABLE:
        await refuse(ports, press)
        return None
    return run


async def _pause(ports: Ports, incoming: Incoming, run: Run, until: date) -> None:
    was_paused = run.enrollment.state is EnrollmentState.PAUSED
    shift = await _shift(ports, run, at_local(until, time(0, 0), run.zone))
    enrollment = replace(
        run.enrollment,
        state=EnrollmentState.PAUSED,
        paused_on=run.enrollment.paused_on or today(ports, run),
        paused_until=until,
        shift_weeks=shift,
    )
    paused = replace(run, enrollment=enrollment)
    await ports.save(enrollment, *await replanned(ports, paused))
    key = "pause-moved" if was_paused else "pause-done"
    offer = button(ports, run.language, "resume.now", enrollment.id)
    day = ports.words.day(until, run.language)
    await tell(ports, incoming, line(ports.words, run.language, key, offer, day=day))


async def _resume(ports: Ports, run: Run) -> Run:
    enrollment = replace(
        run.enrollment,
        state=EnrollmentState.ACTIVE,
        paused_on=None,
        paused_until=None,
        shift_weeks=await _shift(ports, run, ports.now),
    )
    going = replace(run, enrollment=enrollment)
    await ports.save(enrollment, *await replanned(ports, going))
    return going


async def _shift(ports: Ports, run: Run, not_before: datetime) -> int:
    """Return the shift with which nothing of the journey that is still to come falls before the moment."""
    rows = await ports.store.nudges_of(run.enrollment.id)
    rhythm, holidays = rhythm_of(run), days_off(ports, run)
    steps = {(step.step.prompt, step.occurrence) for step in agenda(run.journey, rhythm, holidays)}
    floor = rhythm.shift_weeks
    if run.enrollment.state is EnrollmentState.PAUSED:
        sent = [row for row in rows if row.state is NudgeState.SENT and (row.prompt, row.occurrence) in steps]
        floor = shift_so_far(rhythm, [(row.week, row.local_date) for row in sent])
    remaining = {(row.prompt, row.occurrence) for row in rows if row.state in STILL_TO_COME}
    return least_shift(run.journey, rhythm, remaining, not_before, holidays, floor=floor)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.PAUSE: pause,
    Verb.RESUME: resume,
}
PRESSES = {"pause.open": pause_open, "resume.now": resume_now}
FORMS = {"pause.save": pause_submitted}
