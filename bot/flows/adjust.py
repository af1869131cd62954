"""A person's own say in the journey: where they stand, what comes next, and every word the bot understands."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import (
    Body,
    Button,
    Buttons,
    Command,
    Facts,
    Heading,
    Message,
    Note,
    Part,
    Press,
    Quote,
    Style,
)
from bot.coaching.calendar import WINDOW, local_day, local_hour
from bot.coaching.due import Verdict, verdict
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.verbs import Heard, Verb, read
from bot.flows import pause, settings
from bot.flows.compose.page import open_plans
from bot.flows.compose.parts import button, promise, scope_line
from bot.flows.given import Given
from bot.flows.judge import standing
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, Scene, current_run, scene_of, today
from bot.flows.show import refuse
from bot.flows.tell import line, tell
from bot.flows.upcoming import moment_of, next_words, progress, still, upcoming

STEPS = frozenset(
    {Kind.NUDGE, Kind.DEBRIEF, Kind.FOLLOW_UP, Kind.CHECK, Kind.KEEP, Kind.BOOSTER, Kind.CLOSING}
)  # what may be asked for sooner than planned


# --- next -------------------------------------------------------------------------------------------------------


async def next_(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach next`: when the next message comes, and a button to have the next step now."""
    member = await known(ports, command)
    run = await current_run(ports, member) if member else None
    if run is None:
        language = await language_of(ports, command, command.conversation, read(command.text).language)
        await tell(ports, command, line(ports.words, language, "not-in"))
        return
    await tell(ports, command, await next_message(ports, run))


async def next_open(ports: Ports, press: Press) -> None:
    """The next button on Home: the same answer."""
    member = await known(ports, press)
    run = await current_run(ports, member) if member else None
    if run is None:
        await refuse(ports, press)
        return
    await tell(ports, press, await next_message(ports, run))


async def next_message(ports: Ports, run: Run) -> Message:
    """Return when the next message comes, with what the person can do about it."""
    words, language = ports.words, run.language
    if run.enrollment.state is EnrollmentState.PAUSED and run.enrollment.paused_until:
        day = words.day(run.enrollment.paused_until, language)
        offer = button(ports, language, "resume.now", run.enrollment.id)
        return line(words, language, "next-paused", offer, day=day, next=await next_words(ports, run))
    if run.enrollment.stands_still:
        going_on = Buttons((button(ports, language, "resume.now", run.enrollment.id),))
        return Message(fallback=words.say("next-still", language), parts=(*still(ports, run), going_on))
    row = await upcoming(ports, run)
    if row is None:
        return line(words, language, "next-none")
    told = line(words, language, "next-told", next=moment_of(ports, run, row))
    step = row if row.kind in STEPS else await upcoming(ports, run, STEPS)
    if step is None:
        return told
    parts = list(told.parts)
    if step is not row:
        parts.append(Body(words.body("next-step", language, next=moment_of(ports, run, step))))
    parts.append(Buttons((button(ports, language, "next.now", step.id),)))
    return replace(told, parts=tuple(parts))


async def next_now(ports: Ports, press: Press) -> None:
    """Bring the next step forward to this moment."""
    row = await ports.store.nudge(press.value)
    if row is None or row.enrollment is None or row.kind not in STEPS or row.state is not NudgeState.PLANNED:
        await refuse(ports, press)
        return
    scene = await scene_of(ports, row)
    if scene.member.external_id != press.person or row.workspace != press.workspace:
        await refuse(ports, press, "press-foreign")
        return
    step = await upcoming(ports, scene, STEPS)
    if not scene.going or step is None or step.id != row.id or not await _may_go(ports, scene):
        await refuse(ports, press)
        return
    words, language = ports.words, scene.language
    if await _had_one_today(ports, scene):
        await tell(
            ports, press, line(words, language, "next-one-a-day", next=moment_of(ports, scene, row)), replaces=True
        )
        return
    await ports.save(_now(ports, scene), pages=True, also=(scene.member.id,))
    await tell(ports, press, line(words, language, "next-coming"), replaces=True)


async def _may_go(ports: Ports, scene: Scene) -> bool:
    """Whether a step that was asked for may be sent: the week's limit is for what the bot starts by itself."""
    rows = await ports.store.nudges_of(scene.enrollment.id)
    asked_for = replace(await standing(ports, scene, rows), started_this_week=0)
    ruling, _ = verdict(scene.nudge, asked_for)
    return ruling is Verdict.SEND


async def _had_one_today(ports: Ports, run: Run) -> bool:
    """Whether a step came today or is on its way: one a day is plenty."""
    day = today(ports, run)
    under_way = (NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN, NudgeState.SENT)
    return any(
        row.kind in STEPS and row.state in under_way and local_day(row.sent_at or row.due_at, run.zone) == day
        for row in await ports.store.nudges_of(run.enrollment.id)
    )


def _now(given: Given, scene: Scene) -> Nudge:
    """Return the row due at this moment, its conditions already checked."""
    now = given.now
    return replace(
        scene.nudge,
        state=NudgeState.READY,
        local_date=today(given, scene),
        local_time=local_hour(now, scene.zone).replace(second=0, microsecond=0),
        zone=scene.zone,
        due_at=now,
        expires_at=now + WINDOW,
    )


# --- status -----------------------------------------------------------------------------------------------------


async def status(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach status`: where the asker stands; never who else joined."""
    member = await known(ports, command)
    run = await current_run(ports, member) if member else None
    language = await language_of(ports, command, command.conversation, read(command.text).language)
    parts = await _status(ports, run) if run else await _outside(ports, command, language)
    if member is not None:
        parts += await _coaching(ports, member.id, run.language if run else language)
    title = ports.words.say("status-title", run.language if run else language)
    await tell(ports, command, Message(fallback=title, parts=(Heading(title), *parts)))


async def _status(ports: Ports, run: Run) -> list[Part]:
    words, language = ports.words, run.language
    rows = [
        (words.say("status-progress", language), await progress(ports, run)),
        (words.say("status-next", language), await next_words(ports, run)),
        (words.say("status-scope", language), scope_line(ports, language, run.enrollment.scope)),
    ]
    buttons: list[Button] = [button(ports, language, "settings.open", "")]
    if run.enrollment.state is EnrollmentState.PAUSED:
        if run.enrollment.paused_until:
            day = words.day(run.enrollment.paused_until, language)
            rows.append((words.say("status-pause", language), words.say("status-paused-until", language, day=day)))
        buttons.insert(0, button(ports, language, "resume.now", run.enrollment.id, style=Style.PRIMARY))
    plans = [part for plan in await open_plans(ports, run) for part in promise(ports, run, plan)]
    return [Facts(tuple(rows)), *still(ports, run), *plans, Buttons(tuple(buttons))]


async def _outside(ports: Ports, command: Command, language: Language) -> list[Part]:
    """Return what somebody in no journey may know: whether one runs here, and how to join."""
    cohort = await ports.store.cohort_in(command.workspace, command.conversation)
    if cohort is None:
        return [Body(ports.words.body("status-nothing-here", language))]
    name = ports.words.journeys()[cohort.journey].name[language]
    return [
        Body(ports.words.body("status-runs-here", language, journey=name)),
        Buttons((button(ports, language, "cohort.join", cohort.id, style=Style.PRIMARY),)),
    ]


async def _coaching(ports: Ports, member: str, language: Language) -> list[Part]:
    cohorts = await ports.store.coached_by(member)
    if not cohorts:
        return []
    names = ", ".join(cohort.channel_name for cohort in cohorts)
    return [
        Facts(((ports.words.say("status-coach", language), names),)),
        Note(ports.words.body("status-coach-log", language)),
    ]


# --- help -------------------------------------------------------------------------------------------------------


async def help_(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach help`, or nothing at all: every verb with one line."""
    languages = await _understood(ports, command)
    title = ports.words.say("help-title", languages[0])
    parts = [part for language in languages for part in help_parts(ports, language)]
    await tell(ports, command, Message(fallback=title, parts=tuple(parts)))


async def unknown(ports: Ports, command: Command, heard: Heard) -> None:
    """What was typed is no verb of ours: say which one it looks like, and show them all."""
    languages = await _understood(ports, command)
    words, near = ports.words, heard.nearest
    key = "help-unknown-near" if near else "help-unknown"
    values = {"near": near} if near else {}
    parts: list[Part] = [Quote(heard.rest, label=words.say("help-unknown-label", languages[0]))]
    parts += [Body(words.body(key, language, **values)) for language in languages]
    parts += [part for language in languages for part in help_parts(ports, language)]
    await tell(ports, command, Message(fallback=words.say(key, languages[0], **values), parts=tuple(parts)))


def help_parts(given: Given, language: Language) -> list[Part]:
    """Return every verb with what it does."""
    words = given.words
    rows = tuple((words.say(f"help-{verb}-usage", language), words.say(f"help-{verb}", language)) for verb in Verb)
    return [
        Heading(words.say("help-title", language)),
        Body(words.body("help-intro", language)),
        Facts(rows),
        Note(words.body("help-note", language)),
    ]


async def _understood(ports: Ports, command: Command) -> tuple[Language, ...]:
    """Return the languages to help somebody in: both, until we know or have heard theirs."""
    member = await known(ports, command)
    if member is not None and member.language:
        return (member.language,)
    return (Language.NL,) if read(command.text).language is Language.NL else tuple(Language)


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.NEXT: next_,
    Verb.STATUS: status,
    Verb.HELP: help_,
    **pause.COMMANDS,
    **settings.COMMANDS,
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "next.open": next_open,
    "next.now": next_now,
    **pause.PRESSES,
    **settings.PRESSES,
}
FORMS = {**pause.FORMS, **settings.FORMS}
