"""The person's own page: where they are, what they said, and everything they can set, take along or wipe."""

from collections.abc import Sequence

from bot.chat.port import Body, Button, Buttons, Facts, Heading, Line, Message, Part, Style
from bot.coaching.commitment import Commitment, CommitmentKind
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.reply import Scope
from bot.flows.compose.own_words import Above, own_words
from bot.flows.compose.parts import button, promise
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Run, today
from bot.flows.upcoming import next_words, progress, still

MOST_PLANS = 3


def stranger_page(given: Given) -> Message:
    """Return what this is and how to join, in both languages: nobody told us theirs yet."""
    parts = [part for language in Language for part in _about(given, language)]
    return Message(fallback=given.words.say("home-title", Language.EN), parts=tuple(parts))


async def page(ports: Ports, member: Member, run: Run | None, *, before: Above | None = None) -> Message:
    """Return the page of somebody we know, with their words from the newest on, or older than a moment."""
    language = run.language if run else member.language or Language.EN
    coach = await _coach(ports, member, language)
    own = await own_words(ports, member, run, before)
    if run is not None:
        parts = [*await _journey(ports, run), *coach, *own, *_data(ports, language)]
    elif member.language:
        parts = [*_about(ports, language), *coach, *own, *_data(ports, language)]
    else:
        about = [part for each in Language for part in _about(ports, each)]
        parts = [*about, *coach, *own, *_data(ports, language)]
    return Message(fallback=ports.words.say("home-title", language), parts=tuple(parts))


def _about(given: Given, language: Language) -> list[Part]:
    words = given.words
    return [
        Heading(words.say("home-title", language)),
        Body(words.body("home-about", language)),
        Body(words.body("home-join", language)),
    ]


async def _journey(ports: Ports, run: Run) -> list[Part]:
    words, language = ports.words, run.language
    rows = [(words.say("home-next", language), await next_words(ports, run))]
    paused = run.enrollment.state is EnrollmentState.PAUSED
    if paused and run.enrollment.paused_until:
        day = words.day(run.enrollment.paused_until, language)
        rows.insert(0, (words.say("home-pause", language), words.say("status-paused-until", language, day=day)))
    return [
        Heading(await progress(ports, run)),
        Facts(tuple(rows)),
        *still(ports, run),
        Buttons(_controls(ports, run)),
        *await _plans(ports, run),
    ]


def _controls(given: Given, run: Run) -> tuple[Button, ...]:
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


async def open_plans(ports: Ports, run: Run) -> Sequence[Commitment]:
    """Return the plans and changes this person still means to carry out, the soonest first.

    One whose day is over without an answer is no plan any more; its question stays in the conversation.
    """
    since = today(ports, run)
    mine = [
        plan
        for plan in await ports.store.commitments_of(run.member.id)
        if plan.is_open and (plan.due_on >= since or plan.kind is CommitmentKind.TRANSFER)
    ]
    return sorted(mine, key=lambda plan: (plan.due_on, plan.id))[:MOST_PLANS]


async def _plans(ports: Ports, run: Run) -> list[Part]:
    parts: list[Part] = []
    for plan in await open_plans(ports, run):
        parts += promise(ports, run, plan)
        if plan.scope is Scope.PRIVATE:
            parts.append(Buttons((button(ports, run.language, "plan.read", plan.id),)))
    if not parts:
        return []
    return [Line(), Heading(ports.words.say("home-plans", run.language)), *parts]


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


async def _coach(ports: Ports, member: Member, language: Language) -> list[Part]:
    """Return a button for the log of each cohort this person coaches."""
    cohorts = await ports.store.coached_by(member.id)
    if not cohorts:
        return []
    words = ports.words
    buttons = tuple(
        Button(
            id="log.open",
            label=words.say("log-open-button", language, channel=cohort.channel_name),
            value=cohort.id,
        )
        for cohort in cohorts
    )
    return [
        Line(),
        Heading(words.say("home-coach", language)),
        Body(words.body("home-coach-about", language)),
        Buttons(buttons),
    ]
