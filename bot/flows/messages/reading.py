"""Who reads what somebody shares: said coach by coach, asked for a press, and told once when it changes."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.port import Body, Buttons, Facts, Heading, Message, Note, Part
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import LEFT_OUT, Nudge
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.rules.who_reads import NAMED, WhoReads
from bot.coaching.words import is_left_out, written_at
from bot.flows.agenda.reading_news import GONE, NEW_COACH, OPENED
from bot.flows.given import Given
from bot.flows.messages.parts import about_of, button, note
from bot.flows.messages.readers import Reader, reader_name, reader_names
from bot.flows.messages.shown import Shown

CHOICES = ("reading.yes", "reading.earlier", "reading.no")


def asked_about(row: Nudge, who: WhoReads | None) -> list[Reader]:
    """Return whom a question is about: one coach, or all those whom the person let read before something changed."""
    if who is None:
        return []
    if row.prompt == NEW_COACH:
        found = who.role(row.subject or "")
        return [found] if found is not None and found[0].state in NAMED else []
    return [each for each in who.named if who.granted_to(each[1].id)]


def stands(given: Given, language: Language, zone: str, who: WhoReads, reader: Reader) -> Body:
    """Return what one coach reads of a person, as that person let them."""
    person, name = reader[1], reader_name(given, language, reader)
    whole, found = who.whole(person.id), who.granted_to(person.id)
    until = max((each.until_at for each in found if each.until_at is not None and _lets_older(each)), default=None)
    if whole is not None and whole.includes_earlier:
        return Body(given.words.body("reads-earlier-too", language, name=name))
    if whole is not None:
        since = max(whole.from_at, who.gate.recorded_at) if who.gate else whole.from_at
        return Body(given.words.body("reads-since", language, name=name, day=_day(given, language, since, zone)))
    if until is not None:
        return Body(given.words.body("reads-until", language, name=name, day=_day(given, language, until, zone)))
    key = "reads-some" if any(each.text for each in found) else "reads-none"
    return Body(given.words.body(key, language, name=name))


def _lets_older(grant: ReadGrant) -> bool:
    """Whether a grant that waits for a new press still lets anything be read."""
    is_empty = grant.until_at is not None and grant.until_at <= grant.from_at
    return not grant.text and (grant.includes_earlier or not is_empty)


def waits_for(given: Given, language: Language, who: WhoReads, readers: Sequence[Reader]) -> list[Note]:
    """Return why coaches read nothing yet, whatever a person let them: the gate, or a yes of their own."""
    if who.gate is None:
        return [note(given, language, "reading-gate-shut")]
    asked = [each for each in readers if each[0].state is CoachState.INVITED]
    return [note(given, language, "reading-not-said-yes", name=each[1].name) for each in asked]


def _day(given: Given, language: Language, at: datetime, zone: str) -> str:
    return given.words.day(local_day(at, zone), language)


# --- the question ---------------------------------------------------------------------------------------------------


def ask(given: Given, scene: Shown) -> Message:
    """Return the question whether somebody may read; once it is answered, what stands, and how to change it."""
    words, language, row, who = given.words, scene.language, scene.nudge, scene.who or WhoReads()
    title = words.say("reading-ask-title", language)
    about = asked_about(row, who)
    if row.cohort != scene.enrollment.cohort:
        return Message(fallback=title, parts=(note(given, language, "reading-elsewhere"),))
    if not about:
        return Message(fallback=title, parts=(_nobody(given, scene, who),))
    names = reader_names(given, language, about)
    key = "reading-ask-coach" if row.prompt == NEW_COACH else "reading-ask-changed"
    is_manager = any(role.is_line_manager for role, _ in about)
    manages = [note(given, language, "reading-ask-manager")] if is_manager else []
    head: list[Part] = [Heading(title), Body(words.body(key, language, names=names)), *manages]
    said = [stands(given, language, scene.zone, who, each) for each in about]
    below = waits_for(given, language, who, about)
    if row.answer is not None:
        change = Buttons((button(given, language, "reading.change", row.id),))
        return Message(fallback=title, parts=(*head, *said, *below, change))
    if not any(who.granted_to(person.id) for _, person in about):
        said = []  # nothing stands yet
    choices = Buttons(tuple(button(given, language, each, row.id) for each in CHOICES))
    told = Body(words.body("reading-ask-about", language))
    return Message(fallback=title, parts=(*head, *said, told, choices, *below))


def _nobody(given: Given, scene: Shown, who: WhoReads) -> Note:
    """Return that whom a question was about does not coach any more."""
    found = who.role(scene.nudge.subject or "")
    if found is None:
        return note(given, scene.language, "reading-ask-over")
    return note(given, scene.language, "reading-coach-left", name=found[1].name)


# --- the news -------------------------------------------------------------------------------------------------------


def news(given: Given, scene: Shown) -> Message:
    """Return what has changed in who reads, as it is now, and whom the person lets read."""
    if scene.nudge.prompt == LEFT_OUT:
        return _left_out(given, scene)
    words, language, who = given.words, scene.language, scene.who or WhoReads()
    title = words.say("reading-news-title", language)
    if scene.nudge.cohort != scene.enrollment.cohort:
        return Message(fallback=title, parts=(note(given, language, "reading-elsewhere"),))
    told = _gone(given, scene, who) if scene.nudge.prompt == GONE else _gate(given, scene, who.gate)
    readers = [each for each in who.named if who.granted_to(each[1].id)]
    said = [stands(given, language, scene.zone, who, each) for each in readers] if who.gate else []
    nobody = [] if readers or who.gate is None else [note(given, language, "reading-nobody")]
    below = waits_for(given, language, who, readers) if who.gate else []
    return Message(fallback=title, parts=(Heading(title), *told, *said, *nobody, *below))


def _gone(given: Given, scene: Shown, who: WhoReads) -> list[Part]:
    """Return that a coach is one no more; or is again, since."""
    language, found = scene.language, who.role(scene.nudge.subject or "")
    if found is None:
        return [Body(given.words.body("reading-gone-nobody", language))]
    role, person = found
    key = "reading-back" if role.state in NAMED else "reading-gone"
    told: list[Part] = [Body(given.words.body(key, language, name=person.name))]
    return [*told, *([note(given, language, "reading-gate-shut")] if who.gate is None else [])]


def _gate(given: Given, scene: Shown, gate: Gate | None) -> list[Part]:
    """Return that coaches may read, and who agreed to it; or that they may not, by now."""
    words, language = given.words, scene.language
    was_opened = scene.nudge.prompt == OPENED
    if gate is None:
        return [Body(words.body("reading-stopped-since" if was_opened else "reading-stopped", language))]
    key = "reading-opened" if was_opened else "reading-opened-again"
    day = words.day(gate.agreed_on, language)
    rows = (
        (words.say(f"reading-{gate.kind}", language), gate.who_agreed),
        (words.say("reading-agreed-on", language), day),
    )
    return [Body(words.body(key, language)), *([Facts(rows)] if gate.who_agreed else [])]


# --- the team's post ------------------------------------------------------------------------------------------------


def _left_out(given: Given, scene: Shown) -> Message:
    """Return that a coach left something out of the team's post; or that it is in it after all, or over."""
    words, language = given.words, scene.language
    title = words.say("reading-left-out-title", language)
    written = next(iter(scene.words), None)
    if written is None or written.shared_at is None:
        return Message(fallback=title, parts=(Heading(title), note(given, language, "reading-left-out-over")))
    about = {"about": about_of(given, scene, written), "day": _day(given, language, written_at(written), scene.zone)}
    if not is_left_out(written):
        back = Body(words.body("reading-left-out-back", language, **about))
        return Message(fallback=title, parts=(Heading(title), back))
    coach = scene.author.name if scene.author else words.say("reading-left-out-coach", language)
    told = Body(words.body("reading-left-out", language, coach=coach, **about))
    return Message(fallback=title, parts=(Heading(title), told, note(given, language, "reading-left-out-note")))
