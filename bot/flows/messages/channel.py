"""What the cohort's channel sees: never a private word, never who did not join, no numbers for a few."""

from collections.abc import Sequence

from bot.chat.port import Body, Buttons, Chart, Facts, Heading, Message, Part, Quote, Style
from bot.coaching.journey import Item, Journey
from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.pulse import FEWEST_ANSWERS, QUESTIONS, Tally, Wave
from bot.coaching.records.reflection import A_POST, MOST_POSTS, Reflection, place_of, shown_in
from bot.coaching.records.reply import Reply
from bot.coaching.rules.reading import Viewer, deciding, may_read
from bot.coaching.rules.who_reads import NAMED
from bot.coaching.words import Words
from bot.flows.given import Given
from bot.flows.messages.harvest import turn
from bot.flows.messages.parts import button, message, note, text_of
from bot.flows.messages.readers import reader_names
from bot.flows.messages.welcome import moment
from bot.store.port.shown import ShownPost

MOST_BARS = 20  # weeks in a chart
LONGEST_SHARED = 700  # characters of one quote


def invitation(given: Given, post: ShownPost) -> Message:
    """Return the invitation: what it is, how long, who coaches, and that everyone decides for themselves."""
    cohort, journey = post.cohort, given.words.journeys()[post.cohort.journey]
    words, language = given.words, cohort.language
    title = words.say("invitation-heading", language)
    names = coach_names(given, language, post.coaches)
    rows = (
        (words.say("invitation-journey", language), journey.name[language]),
        (words.say("invitation-weeks", language), str(journey.weeks * cohort.pace)),
        (
            words.say("invitation-when", language),
            moment(given, language, cohort.hours.first_day, cohort.hours, second=False),
        ),
        (words.say("invitation-starts", language), words.day(cohort.starts_on, language)),
        (words.say("invitation-coach", language), names or words.say("invitation-no-coach", language)),
    )
    join = button(given, language, "cohort.join", cohort.id, style=Style.PRIMARY)
    return Message(
        fallback=title,
        parts=(
            Heading(title),
            Body(words.body("invitation-body", language, pace=cohort.pace)),
            Facts(rows),
            Buttons((join,)),
            note(given, language, "invitation-note"),
        ),
    )


def coach_names(given: Given, language: Language, coaches: Sequence[tuple[Coach, Member]]) -> str:
    """Return who coaches or was asked to, without those who would rather not, or do no more; empty for nobody."""
    return reader_names(given, language, [each for each in coaches if each[0].state in NAMED])


def team_reflection(given: Given, post: ShownPost) -> Message:
    """Return Monday's post: the week that was, and the theme of the week ahead."""
    cohort, row, journey = post.cohort, post.nudge, given.words.journeys()[post.cohort.journey]
    language = cohort.language
    made, shared = post.made, still_shared(post)
    text = turn(journey.team_reflections if shared else journey.team_quiet, journey.steps, row)
    parts: list[Part] = []
    if made and made.tried >= FEWEST_ANSWERS:
        parts.append(note(given, language, "team-tried", count=made.tried))
        parts += _tried(given, language, [*post.before, made])
    parts += _first_pulse(given, post)
    parts += _theme(given, cohort, journey, row)
    if shared:
        parts.append(note(given, language, "team-shared-below"))
    return message(given, text, language, row.week, *parts)


def _tried(given: Given, language: Language, told: Sequence[Reflection]) -> list[Part]:
    """Return how many tried week by week, once the channel was told of two: a few are no figure."""
    figures = {each.week: each.tried for each in told if each.tried >= FEWEST_ANSWERS}
    say = given.words.say
    rows = tuple((say("about-week", language, week=week), figures[week]) for week in sorted(figures))
    return [Chart(say("team-tried-chart", language), rows[-MOST_BARS:])] if len(rows) > 1 else []


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


def _first_pulse(given: Given, post: ShownPost) -> list[Part]:
    """Return where the cohort starts from, in the one reflection that was made with it."""
    cohort = post.cohort
    rows = pulse_rows(given, cohort, post.made.pulse) if post.made else ()
    return [note(given, cohort.language, "team-pulse-before"), Facts(rows)] if rows else []


def pulse_rows(given: Given, cohort: Cohort, answers: Sequence[Tally]) -> tuple[tuple[str, str], ...]:
    """Return how answers spread, question by question; nothing where fewer than five answered."""
    words, language = given.words, cohort.language
    rows = []
    for question in QUESTIONS:
        spread = []
        for wave in Wave:
            counted = [each for each in answers if (each.wave, each.question) == (wave, question.slug)]
            people = {each.value: each.people for each in counted}
            if sum(people.values()) >= FEWEST_ANSWERS:
                told = "  ".join(f"{value}: {people[value]}×" for value in sorted(people))
                spread.append(words.say(f"pulse-{wave}-spread", language, spread=told))
        if spread:
            rows.append((words.say(f"pulse-question-{question.slug}", language), "\n".join(spread)))
    return tuple(rows)


def team_share(given: Given, post: ShownPost) -> Message:
    """Return a part of what people let into the channel, each with its author's name; read again at this moment.

    As long as it is not known where it stands it holds no words: nobody could take them out of a message that is lost.
    """
    row, language = post.nudge, post.cohort.language
    title = given.words.say("team-share-fallback", language)
    if row.state is not NudgeState.SENT:
        return Message(fallback=title, parts=(note(given, language, "team-share-fallback"),))
    shown = quotes(given, post)
    parts: list[Part] = [quote for _, quote in shown]
    if not parts:
        parts.append(note(given, language, "team-share-withdrawn"))
    if left := len(_looked_at(post)) - len(shown):
        parts.append(note(given, language, "team-share-more", count=left))
    return Message(fallback=title, parts=tuple(parts))


def quotes(given: Given, post: ShownPost) -> list[tuple[Words, Quote]]:
    """Return what one message of the thread quotes, each text with how it stands there."""
    language, journey = post.cohort.language, given.words.journeys()[post.cohort.journey]
    found = []
    for shared in still_shared(post):
        author = post.authors.get(author_of(shared))
        item = journey.items.get(shared.item) if shared.item else None
        label = _label(given, language, author, item, shared.week)
        found.append((shared, Quote(_short(text_of(given, language, shared)), label=label)))
    return found


def still_shared(post: ShownPost) -> list[Words]:
    """Return what a post of a cohort may quote, or tell of, at this moment."""
    made = post.made
    if made is None:
        return []
    held = shown_in(post.nudge, made) if post.nudge.kind is Kind.TEAM_SHARE else made.shared
    return _standing(post, made, held)


def _looked_at(post: ShownPost) -> list[Words]:
    """Return what a post of the thread holds; in the last one also what the thread has no room for, to be counted."""
    made = post.made
    if made is None or place_of(post.nudge) + 1 < MOST_POSTS:
        return still_shared(post)
    return _standing(post, made, (*shown_in(post.nudge, made), *made.shared[MOST_POSTS * A_POST :]))


def _standing(post: ShownPost, made: Reflection, ids: Sequence[str]) -> list[Words]:
    """Return what may still stand in a post: let in before it was made, and neither changed nor taken out since."""
    channel = Viewer(at=made.made_at, channel=post.cohort.id)
    let_in = [words for words in post.words if words.id in ids and may_read(channel, deciding(words, None, None))]
    return [words for words in let_in if words.shared_at is not None and words.shared_at <= made.made_at]


def author_of(words: Words) -> str:
    """Return the member id of who wrote something."""
    return words.author if isinstance(words, Reply) else words.member


def _label(given: Given, language: Language, author: Member | None, item: Item | None, week: int) -> str:
    name = author.name if author else ""
    if item is None:
        return name
    theme = given.words.title_of(item.theme, language, week=week)
    return given.words.say("team-share-label", language, name=name, about=theme)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHARED else text[: LONGEST_SHARED - 1].rstrip() + "…"


def team_closing(given: Given, post: ShownPost) -> Message:
    """Return the cohort's closing: before and after, where at least five answered."""
    cohort, row, journey = post.cohort, post.nudge, given.words.journeys()[post.cohort.journey]
    rows = pulse_rows(given, cohort, post.made.pulse) if post.made else ()
    waves = "both" if any("\n" in spread for _, spread in rows) else "before"
    below: list[Part] = [note(given, cohort.language, f"team-pulse-{waves}"), Facts(rows)] if rows else []
    if not rows and any(step.kind is Kind.PULSE for step in journey.steps):
        below = [note(given, cohort.language, "team-pulse-few", fewest=FEWEST_ANSWERS)]
    return message(given, journey.texts[row.prompt], cohort.language, row.week, *below)
