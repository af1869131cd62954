"""What the cohort's channel sees: never a private word, never who did not join, no numbers for a few."""

from collections.abc import Mapping, Sequence

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Part, Quote, Style
from bot.coaching.cohort import Coach, CoachState, Cohort
from bot.coaching.journey import Item, Journey
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.pulse import FEWEST_ANSWERS, QUESTIONS, PulseAnswer, Wave
from bot.coaching.reflection import A_POST, MOST_POSTS, Reflection, place_of, shown_in
from bot.coaching.reply import Reply
from bot.coaching.words import Words, is_shared
from bot.flows.compose.harvest import turn
from bot.flows.compose.parts import button, message, note, text_of
from bot.flows.compose.welcome import moment
from bot.flows.given import Given
from bot.flows.ports import Ports

LONGEST_SHARED = 700  # characters of one quote


async def cohort_of(ports: Ports, row: Nudge) -> tuple[Cohort, Journey]:
    """Return the cohort a post is for, and its journey."""
    cohort = await ports.store.cohort(row.cohort)
    assert cohort is not None, "foreign keys hold"
    return cohort, ports.words.journeys()[cohort.journey]


async def invitation(ports: Ports, row: Nudge) -> Message:
    """Return the invitation: what it is, how long, who coaches, and that everyone decides for themselves."""
    cohort, journey = await cohort_of(ports, row)
    words, language = ports.words, cohort.language
    title = words.say("invitation-heading", language)
    names = coach_names(await ports.store.coaches_known(cohort.id))
    rows = (
        (words.say("invitation-journey", language), journey.name[language]),
        (words.say("invitation-weeks", language), str(journey.weeks * cohort.pace)),
        (
            words.say("invitation-when", language),
            moment(ports, language, cohort.hours.first_day, cohort.hours, second=False),
        ),
        (words.say("invitation-starts", language), words.day(cohort.starts_on, language)),
        (words.say("invitation-coach", language), names or words.say("invitation-no-coach", language)),
    )
    join = button(ports, language, "cohort.join", cohort.id, style=Style.PRIMARY)
    return Message(
        fallback=title,
        parts=(
            Heading(title),
            Body(words.body("invitation-body", language)),
            Facts(rows),
            Buttons((join,)),
            note(ports, language, "invitation-note"),
        ),
    )


def coach_names(coaches: Sequence[tuple[Coach, Member]]) -> str:
    """Return who coaches or was asked to, without those who would rather not; empty when there is nobody."""
    return ", ".join(person.name for role, person in coaches if role.state is not CoachState.DECLINED)


async def team_reflection(ports: Ports, row: Nudge) -> Message:
    """Return Monday's post: the week that was, and the theme of the week ahead."""
    cohort, journey = await cohort_of(ports, row)
    language = cohort.language
    made = await ports.store.reflection_for(row.id)
    shared = await _standing(ports, made, made.shared) if made else []
    text = turn(journey.team_reflections if shared else journey.team_quiet, journey.steps, row)
    parts: list[Part] = []
    if made and made.tried >= FEWEST_ANSWERS:
        parts.append(note(ports, language, "team-tried", count=made.tried))
    parts += await _first_pulse(ports, cohort, journey, row)
    parts += _theme(ports, cohort, journey, row)
    if shared:
        parts.append(note(ports, language, "team-shared-below"))
    return message(ports, text, language, row.week, *parts)


def _theme(given: Given, cohort: Cohort, journey: Journey, row: Nudge) -> list[Part]:
    """Return the theme of the week that begins, when it is a new one."""
    item, before = journey.item_in_week(row.week), journey.item_in_week(row.week - 1)
    if item is None or item == before:
        return []
    words, language = given.words, cohort.language
    title = words.title_of(item.theme, language, week=row.week)
    return [
        Body(words.body("team-theme", language, theme=title)),
        Body(words.body_of(item.theme, language, week=row.week)),
    ]


async def _first_pulse(ports: Ports, cohort: Cohort, journey: Journey, row: Nudge) -> list[Part]:
    """Return where the cohort starts from, once, in its first reflection."""
    first = min(step.week for step in journey.steps if step.kind is row.kind)
    if row.week != first:
        return []
    before = await ports.store.pulse_in(cohort.id, Wave.BEFORE)
    rows = pulse_rows(ports, cohort, {Wave.BEFORE: before})
    return [note(ports, cohort.language, "team-pulse-before"), Facts(rows)] if rows else []


def pulse_rows(
    given: Given, cohort: Cohort, waves: Mapping[Wave, Sequence[PulseAnswer]]
) -> tuple[tuple[str, str], ...]:
    """Return how answers spread, question by question; nothing where fewer than five answered."""
    words, language = given.words, cohort.language
    rows = []
    for question in QUESTIONS:
        spread = []
        for wave, answers in waves.items():
            values = [answer.value for answer in answers if answer.question == question.slug]
            if len(values) >= FEWEST_ANSWERS:
                told = "  ".join(f"{value}: {values.count(value)}×" for value in sorted(set(values)))
                spread.append(words.say(f"pulse-{wave}-spread", language, spread=told))
        if spread:
            rows.append((words.say(f"pulse-question-{question.slug}", language), "\n".join(spread)))
    return tuple(rows)


async def team_share(ports: Ports, row: Nudge) -> Message:
    """Return a part of what people let into the channel, each with its author's name; read again at this moment.

    As long as it is not known where it stands it holds no words: nobody could take them out of a message that is lost.
    """
    cohort, journey = await cohort_of(ports, row)
    words, language = ports.words, cohort.language
    title = words.say("team-share-fallback", language)
    if row.state is not NudgeState.SENT:
        return Message(fallback=title, parts=(note(ports, language, "team-share-fallback"),))
    made = await ports.store.reflection_for(row.subject or "")
    standing = await _standing(ports, made, _looked_at(row, made)) if made else []
    held = shown_in(row, made) if made else ()
    shown = [words for words in standing if words.id in held]
    authors = await ports.store.members_with([_author(words) for words in shown])
    parts: list[Part] = []
    for shared in shown:
        author = authors.get(_author(shared))
        item = journey.items.get(shared.item) if shared.item else None
        label = _label(ports, language, author, item, shared.week)
        parts.append(Quote(_short(text_of(ports, language, shared)), label=label))
    if not parts:
        parts.append(note(ports, language, "team-share-withdrawn"))
    if left := len(standing) - len(shown):
        parts.append(note(ports, language, "team-share-more", count=left))
    return Message(fallback=title, parts=tuple(parts))


async def still_shared(ports: Ports, row: Nudge) -> list[Words]:
    """Return what a post of the thread may quote at this moment."""
    made = await ports.store.reflection_for(row.subject or "")
    return await _standing(ports, made, shown_in(row, made)) if made else []


async def _standing(ports: Ports, made: Reflection, ids: Sequence[str]) -> list[Words]:
    """Return what may still stand in a post: let in before it was made, and neither changed nor taken out since."""
    return [
        words
        for words in await ports.store.words_with(ids)
        if is_shared(words) and words.shared_at is not None and words.shared_at <= made.made_at
    ]


def _looked_at(row: Nudge, made: Reflection) -> Sequence[str]:
    """Return what a post of the thread holds; in the last one also what the thread has no room for, to be counted."""
    held = shown_in(row, made)
    return held if place_of(row) + 1 < MOST_POSTS else (*held, *made.shared[MOST_POSTS * A_POST :])


def _author(words: Words) -> str:
    return words.author if isinstance(words, Reply) else words.member


def _label(given: Given, language: Language, author: Member | None, item: Item | None, week: int) -> str:
    name = author.name if author else ""
    if item is None:
        return name
    theme = given.words.title_of(item.theme, language, week=week)
    return given.words.say("team-share-label", language, name=name, about=theme)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHARED else text[: LONGEST_SHARED - 1].rstrip() + "…"


async def team_closing(ports: Ports, row: Nudge) -> Message:
    """Return the cohort's closing: before and after, where at least five answered."""
    cohort, journey = await cohort_of(ports, row)
    waves = {wave: await ports.store.pulse_in(cohort.id, wave) for wave in Wave}
    rows = pulse_rows(ports, cohort, waves)
    below: list[Part] = [Facts(rows)] if rows else []
    if not rows and any(step.kind is Kind.PULSE for step in journey.steps):
        below = [note(ports, cohort.language, "team-pulse-few", fewest=FEWEST_ANSWERS)]
    return message(ports, journey.texts[row.prompt], cohort.language, row.week, *below)
