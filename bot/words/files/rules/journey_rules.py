"""What is refused in journeys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.coaching.journey import Slot
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.state import STATES
from bot.words.files.folder import Entry
from bot.words.files.journeys import ROTATING, JourneySource
from bot.words.files.load import Sources
from bot.words.files.phrases import Phrases
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Where
from bot.words.files.rules.markdown import plain, sentences, words
from bot.words.files.rules.pattern import MalformedError, Names, names_of, parse, renderings
from bot.words.files.rules.phrase_rules import unknown_references

MOST_WORDS = 60  # what a phone shows at once, the title included
MOST_WORDS_OF = {"welcome": 100, "kit": None, "short": 30}  # the first says who reads along; a kit is a page
LONGEST_TITLE = 60
LONGEST_KIT = 6000
LONGEST_BODY = 3000  # what one section of a Slack message holds
FEWEST_ALTERNATIVES = 3
SHORTEST_REPEAT = 4  # words; "Take your time." may come twice
PLACEHOLDERS = frozenset({"week"})
ONE_ASK = frozenset({"nudge", "alternative"})
ITEM_KINDS = frozenset({Kind.NUDGE, Kind.FOLLOW_UP, Kind.UNDONE})
_NOT_OURS = (
    (re.compile(r"(?m)^[ \t]*#{1,6}[ \t]"), "a heading: only a kit has headings"),
    (re.compile(r"!\["), "an image: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"`"), "code: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"<[a-zA-Z/!]"), "HTML: Markdown here is paragraphs, bold, italic, lists and links"),
    (re.compile(r"(?m)^[ \t]*\|"), "a table: Markdown here is paragraphs, bold, italic, lists and links"),
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One title or body in one language."""

    entry: Entry
    language: Language
    name: str  # "title" or "body"
    source: str
    line: int

    def at(self, reason: str, near: str = "") -> Problem:
        """Return a problem at the line where some visible words of the part stand."""
        beginning = r"\W+".join(re.escape(word) for word in re.findall(r"\w+", near)[:4])
        found = re.search(beginning, self.source) if beginning else None
        offset = self.source.count("\n", 0, found.start()) if found else 0
        return Problem(self.entry.file, self.line + offset, reason)


def journey_problems(journey: JourneySource, sources: Sources) -> Iterator[Problem]:
    """Yield everything that is wrong with a journey."""
    for entry in journey.entries:
        yield from unsayable_texts(entry, sources)
        for language in Language:
            yield from _sizes(entry, language, sources)
            yield from _advice(entry, language, sources, forgotten=entry.item in journey.forgetting)
    yield from _too_few_alternatives(journey)
    yield from _repeats(journey, sources)
    yield from _steps(journey)
    yield from _unused(journey)
    yield from _too_few_reflections(journey)
    yield from _states(journey)


def unsayable_texts(entry: Entry, sources: Sources) -> Iterator[Problem]:
    """Yield what would fail when shown: bad Fluent, or a placeholder unknown or missing on one side."""
    names: dict[tuple[Language, str], Names] = {}
    for part in _parts(entry):
        try:
            found = names_of(part.source)
        except MalformedError as error:
            yield Problem(entry.file, part.line + error.line, error.reason)
            continue
        names[part.language, part.name] = found
        for name in sorted(found.variables - PLACEHOLDERS):
            yield part.at(f"unknown placeholder {{ ${name} }}; there is only {{ $week }}", name)
        yield from unknown_references(entry.file, part.line, found, sources.phrases[part.language])
    for (language, name), found in names.items():
        for other in Language:
            twin = names.get((other, name))
            for missing in sorted((twin.variables if twin else frozenset()) - found.variables):
                line = entry.lines[language, name]
                yield Problem(entry.file, line, f"the {name} lacks {{ ${missing} }}, which it has in {other}")


def _parts(entry: Entry, *languages: Language) -> Iterator[Part]:
    for language in languages or Language:
        for name, spoken in (("title", entry.text.title), ("body", entry.text.body)):
            if spoken[language]:
                line = entry.lines[language, name]
                yield Part(entry=entry, language=language, name=name, source=spoken[language], line=line)


def _shown(part: Part, phrases: Phrases) -> tuple[str, ...]:
    try:
        return renderings(parse(part.source), phrases.pattern)
    except MalformedError:
        return ()  # unsayable_texts tells


def _sizes(entry: Entry, language: Language, sources: Sources) -> Iterator[Problem]:
    parts = {part.name: part for part in _parts(entry, language)}
    shown = {name: _shown(part, sources.phrases[language]) for name, part in parts.items()}
    title, body = parts.get("title"), parts.get("body")
    if title and (longest := max((len(each) for each in shown["title"]), default=0)) > LONGEST_TITLE:
        yield title.at(f"a title of {longest} characters; at most {LONGEST_TITLE}")
    if not body:
        return
    limit = LONGEST_KIT if entry.role == "kit" else LONGEST_BODY
    if (longest := max((len(each) for each in shown["body"]), default=0)) > limit:
        yield body.at(f"a body of {longest} characters; at most {limit}")
    most = MOST_WORDS_OF.get(entry.role, MOST_WORDS)
    count = sum(max((words(each) for each in texts), default=0) for texts in shown.values())
    if most is not None and count > most:
        yield body.at(f"{count} words with its title; at most {most}")
    if entry.role in ONE_ASK and max((plain(each).count("?") for each in shown["body"]), default=0) > 1:
        yield body.at("more than one question: ask for one thing")
    for pattern, what in _NOT_OURS:
        found = pattern.search(body.source)
        if found and not (entry.role == "kit" and "#" in found[0]):
            yield body.at(what, body.source[found.start() :])


def _advice(entry: Entry, language: Language, sources: Sources, *, forgotten: bool) -> Iterator[Problem]:
    where = Where.FORGOTTEN if forgotten else None
    for part in _parts(entry, language):
        for shown in _shown(part, sources.phrases[language]):
            text = plain(shown)
            for rules in (sources.forbidden, sources.wording):
                for position, reason in rules.broken_by(text, language, where):
                    yield part.at(reason, text[position:])


def _too_few_alternatives(journey: JourneySource) -> Iterator[Problem]:
    for slug, (file, line, count) in journey.alternatives.items():
        if count < FEWEST_ALTERNATIVES:
            yield Problem(file, line, f"{count} alternatives for {slug}; at least {FEWEST_ALTERNATIVES}")


def _repeats(journey: JourneySource, sources: Sources) -> Iterator[Problem]:
    for language in Language:
        first: dict[str, tuple[Part, str]] = {}
        for part in (part for entry in journey.entries for part in _parts(entry, language)):
            said = (sentence for text in _shown(part, sources.phrases[language]) for sentence in sentences(text))
            for heard, sentence in {_heard(sentence): sentence for sentence in said}.items():
                is_either = heard in first and part.entry.text.when and first[heard][0].entry.file == part.entry.file
                if heard in first and not is_either and len(heard.split()) >= SHORTEST_REPEAT:
                    there = first[heard][0].at("", first[heard][1])
                    yield part.at(f"“{sentence}” is already at {there.file}:{there.line}", sentence)
                first.setdefault(heard, (part, sentence))


def _heard(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.casefold()))


def _steps(journey: JourneySource) -> Iterator[Problem]:
    seen: dict[tuple[str, int, Slot], int] = {}
    for step, line in journey.steps:
        key = (step.prompt, step.week, step.slot)
        if key in seen:
            yield Problem(journey.file, line, f"the same step is already at line {seen[key]}")
        seen.setdefault(key, line)
        if (step.slot is Slot.JOIN) != (step.week == 0):
            yield Problem(journey.file, line, "week 0 is for slot join, and slot join for week 0")
        if (step.kind in ITEM_KINDS) and step.item is None:
            yield Problem(journey.file, line, f"a {step.kind} step needs an item")
    if not journey.steps:
        yield Problem(journey.file, 1, "there is no step")


def _unused(journey: JourneySource) -> Iterator[Problem]:
    """Yield what nobody will ever read: a text of no step, or an item in no step."""
    named = {step.prompt for step, _ in journey.steps}
    used_items = {step.item for step, _ in journey.steps}
    rotating = {Kind.REFLECTION: ("personal", "personal-quiet"), Kind.TEAM_REFLECTION: ("team", "team-quiet")}
    rotated = {f"reflections/{name}" for kind in _kinds(journey) & rotating.keys() for name in rotating[kind]}
    told: set[str] = set()
    for entry in journey.entries:
        path = entry.text.path
        under = path.rpartition("/")[0]  # of one that is for another state, or rotates
        used = entry.item in used_items if entry.item else path in named or under in named or under in rotated

        if not used and entry.file not in told:
            told.add(entry.file)
            yield Problem(entry.file, entry.line, "no step uses this text")


def _states(journey: JourneySource) -> Iterator[Problem]:
    """Yield each state that lacks a text, and each that is declared and does not exist."""
    files: dict[str, list[Entry]] = {}
    for entry in journey.entries:
        files.setdefault(entry.file, []).append(entry)
    for file, entries in files.items():
        place = PurePosixPath(file).with_suffix("")
        name = place.name if entries[0].item else f"{place.parent.name}/{place.name}"
        declared = {state for entry in entries for state in entry.text.when}
        known = STATES.get(name, ())
        for state in sorted(declared - set(known)):
            yield Problem(file, 1, f"unknown state “{state}”; known are {', '.join(known) or 'none'}")
        for state in (each for each in known if each not in declared):
            yield Problem(file, 1, f"no text for the state “{state}”: `when:` says in which it is true")


def _kinds(journey: JourneySource) -> set[Kind]:
    return {step.kind for step, _ in journey.steps}


def _too_few_reflections(journey: JourneySource) -> Iterator[Problem]:
    for kind, path in ROTATING.items():
        wanted = sum(step.kind is kind for step, _ in journey.steps)
        for name in (path, f"{path}-quiet"):
            count = sum(entry.text.path.startswith(f"{name}/") for entry in journey.entries)
            if count < wanted:
                file = journey.file.replace("journey.yaml", f"{name}.yaml")
                yield Problem(file, 1, f"{count} texts for {wanted} {kind} steps: one would come twice")
