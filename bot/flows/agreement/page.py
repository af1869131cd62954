"""Who may read here, whether reading is on, and on what ground: what `/coach reading` shows, and to whom."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.chat.port import Body, Button, Buttons, Facts, Heading, Line, Message, Note, Part, Style
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.audit import Action
from bot.coaching.records.reading import Gate, GateKind
from bot.coaching.rules.who_reads import NAMED
from bot.flows.agreement.context import ReadingContext
from bot.flows.agreement.forward import to_forward
from bot.flows.given import Given
from bot.flows.messages.channel import coach_names
from bot.flows.messages.parts import button, note
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.store.port.audit import ReadCount
from bot.store.port.people import AroundCohort

MOST_TEAMS = 10  # teams whose coaches are listed at once
MOST_REMOVALS = 20  # buttons that take a role away
CONSENT = (  # what a consent card says of who runs this and who reads
    "consent-bot",
    "consent-operator",
    "consent-readers",
    "consent-channel",
    "consent-retention",
    "consent-exits",
)


def zone_of(about: ReadingContext) -> str:
    """Return the zone in which days are told to somebody."""
    of_theirs = about.member.zone if about.member else None
    return of_theirs or (about.here.zone if about.here else DEFAULT_ZONE)


def dated(given: Given, day: date, language: Language) -> str:
    """Return a day in words with its year."""
    return f"{given.words.day(day, language, weekday=False)} {day.year}"


def reading_page(given: Given, about: ReadingContext, language: Language, counts: Sequence[ReadCount] = ()) -> Message:
    """Return the page; `counts` are shown to the council alone."""
    words = given.words
    title = words.say("agreement-title", language)
    parts: list[Part] = [Heading(title), *_readers(given, about, language), *_ground(given, about, language)]
    if about.may_set:
        parts += _settled(given, about, language)
    if about.has_seat:
        parts += [Line(), *_for_council(given, about, language, counts)]
    if about.is_admin is None:
        parts.append(note(given, language, "agreement-not-asked"))
    if buttons := _buttons(given, about, language):
        parts.append(Buttons(tuple(buttons)))
    parts += _removals(given, about, language)
    return Message(fallback=title, parts=tuple(parts))


# --- for everybody ----------------------------------------------------------------------------------------------


def _readers(given: Given, about: ReadingContext, language: Language) -> list[Part]:
    """Return who coaches which team: the one here, or one's own; of who may set it, all of them."""
    words, teams = given.words, _teams_for(about)
    rows = [(team.cohort.channel_name, _names(given, team, language)) for team in teams[:MOST_TEAMS]]
    if about.seats:
        names = ", ".join(person.name for _, person in about.seats)
        rows.append((words.say("agreement-council", language), names))
    shown: list[Part] = [Facts(tuple(rows))] if rows else []
    if not teams:
        shown.insert(0, Body(words.body("agreement-no-team", language)))
    if len(teams) > MOST_TEAMS:
        shown.append(note(given, language, "agreement-more-teams", count=len(teams) - MOST_TEAMS))
    return shown


def _teams_for(about: ReadingContext) -> list[AroundCohort]:
    if about.here is not None:
        return [team for team in about.teams if team.cohort.id == about.here.id]
    if about.may_set:
        return about.going_on
    theirs = {course.cohort.id for course in about.courses if course.going} | {each.id for each in about.coached}
    return [team for team in about.teams if team.cohort.id in theirs]


def _names(given: Given, team: AroundCohort, language: Language) -> str:
    return coach_names(given, language, team.coaches) or given.words.say("invitation-no-coach", language)


def _removals(given: Given, about: ReadingContext, language: Language) -> list[Part]:
    """Return, for an admin, a button for each coach named here that takes their role away."""
    if about.is_admin is not True:
        return []
    found = [
        Button(
            id="coach.remove",
            label=given.words.say("coach-remove-option", language, name=person.name, channel=team.cohort.channel_name),
            value=role.id,
            style=Style.DANGER,
            confirm=given.words.say("coach-remove-confirm", language, name=person.name),
            deny=given.words.say("keep-it-button", language),
        )
        for team in _teams_for(about)[:MOST_TEAMS]
        for role, person in team.coaches
        if role.state in NAMED
    ]
    return [Buttons(tuple(found[:MOST_REMOVALS]))] if found else []


def _ground(given: Given, about: ReadingContext, language: Language) -> list[Part]:
    """Return whether reading is on, since when and on what ground; or what is missing."""
    gate = about.gate
    if gate is None:
        return _shut(given, about, language)
    if gate.kind is GateKind.PRACTICE:
        return [Body(given.words.body("agreement-practice", language))]
    day = _local(given, about, gate.recorded_at, language)
    return [
        Body(given.words.body("agreement-on", language, day=day)),
        Facts(ground_rows(given, about, gate, language)),
    ]


def _local(given: Given, about: ReadingContext, moment: datetime, language: Language) -> str:
    return dated(given, local_day(moment, zone_of(about)), language)


def ground_rows(given: Given, about: ReadingContext, gate: Gate, language: Language) -> tuple[tuple[str, str], ...]:
    """Return who agreed or why nobody has to, when, and who recorded it."""
    words = given.words
    agreed = "agreement-agreed-by" if gate.kind is GateKind.AGREED else "agreement-not-needed"
    recorder = about.people.get(gate.recorded_by)
    name = recorder.name if recorder else words.say("agreement-nobody", language)
    by_coach = gate.is_by_coach or bool(about.roles(gate.recorded_by))
    return (
        (words.say(agreed, language), gate.who_agreed),
        (words.say("agreement-agreed-on", language), dated(given, gate.agreed_on, language)),
        (
            words.say("agreement-recorded-by", language),
            words.say("agreement-recorded-by-coach", language, name=name) if by_coach else name,
        ),
    )


def _shut(given: Given, about: ReadingContext, language: Language) -> list[Part]:
    closed = [each for each in about.gates if each.closed_at is not None]
    told = Body(given.words.body("agreement-shut", language))
    if closed and closed[-1].closed_at is not None:
        day = _local(given, about, closed[-1].closed_at, language)
        told = Body(given.words.body("agreement-stopped", language, day=day))
    return [told, *([] if about.is_admin else [Line(), *to_forward(given, language, was_open=bool(about.gates))])]


# --- for admins and the council ---------------------------------------------------------------------------------


def _settled(given: Given, about: ReadingContext, language: Language) -> list[Part]:
    words, workspace = given.words, about.workspace
    outsiders = "yes" if workspace.lets_outsiders_join else "no"
    managers = "yes" if workspace.lets_line_managers_coach else "no"
    rows = (
        (words.say("agreement-outsiders", language), words.say(f"agreement-{outsiders}", language)),
        (words.say("agreement-line-managers", language), words.say(f"agreement-{managers}", language)),
    )
    return [Facts(rows)]


def _for_council(given: Given, about: ReadingContext, language: Language, counts: Sequence[ReadCount]) -> list[Part]:
    """Return how often was read, and what people agree to; never a word of theirs, and nothing about one of them."""
    words = given.words
    rows = tuple((_month(each.month), _counted(given, each, language)) for each in counts)
    shown: list[Part] = [Heading(words.say("agreement-counts", language))]
    shown.append(Facts(rows) if rows else Body(words.body("agreement-no-counts", language)))
    shown.append(Heading(words.say("agreement-consent", language)))
    shown += [Body(words.body(key, language, **_values(given, about, language, key))) for key in CONSENT]
    shown.append(Note(words.body("agreement-wording", language, wording=words.wording())))
    return shown


def _values(given: Given, about: ReadingContext, language: Language, key: str) -> dict[str, str]:
    if key == "consent-operator":
        return {"operator": given.operator or about.workspace.name}
    return {"coaches": given.words.say("agreement-coach-here", language)} if key == "consent-readers" else {}


def _month(first: date) -> str:
    return f"{first:%Y-%m}"


def _counted(given: Given, count: ReadCount, language: Language) -> str:
    by = "operator" if count.by_operator else "digest" if count.action is Action.DIGEST else "coach"
    return given.words.say(f"agreement-count-{by}", language, looks=count.looks, texts=count.texts)


def _buttons(given: Given, about: ReadingContext, language: Language) -> list[Button]:
    gate, found = about.gate, []
    if gate is None and about.is_admin:
        found.append(button(given, language, "gate.open", "", style=Style.PRIMARY))
    if about.may_set:
        found.append(button(given, language, "rules.open", ""))
    if gate is not None and about.has_seat:
        found.append(button(given, language, "gate.stop", gate.id, style=Style.DANGER, confirm=True))
    return found
