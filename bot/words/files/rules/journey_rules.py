"""What is refused in journeys."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.coaching.journey import Slot
from bot.coaching.language import Language
from bot.coaching.records.nudge import Kind
from bot.coaching.rules.state import STATES
from bot.words.files.folder import Entry
from bot.words.files.journeys import ROTATING, JourneySource
from bot.words.files.load import Sources
from bot.words.files.problem import Problem
from bot.words.files.rules.markdown import sentences
from bot.words.files.rules.part import Part, parts_of, shown
from bot.words.files.rules.pattern import MalformedError, Names, names_of
from bot.words.files.rules.phrase_rules import unknown_references
from bot.words.files.rules.text_rules import text_problems

FEWEST_ALTERNATIVES = 3
FEWEST_WORDINGS = {"nudge": 3, "day-of": 5}  # of what may come to the same person once more
SHORTEST_REPEAT = 4  # words; "Take your time." may come twice
PLACEHOLDERS = frozenset({"week"})
ITEM_KINDS = frozenset({Kind.NUDGE, Kind.FOLLOW_UP, Kind.UNDONE})


def journey_problems(journey: JourneySource, sources: Sources) -> Iterator[Problem]:
    """Yield everything that is wrong with a journey."""
    for entry in journey.entries:
        yield from unsayable_texts(entry, sources)
        for language in Language:
            yield from text_problems(entry, language, sources, forgotten=entry.item in journey.forgetting)
    yield from _too_few_alternatives(journey)
    yield from _too_few_wordings(journey)
    yield from _repeats(journey, sources)
    yield from _steps(journey)
    yield from _unused(journey)
    yield from _too_few_reflections(journey)
    yield from _states(journey)


def unsayable_texts(entry: Entry, sources: Sources) -> Iterator[Problem]:
    """Yield what would fail when shown: bad Fluent, or a placeholder unknown or missing on one side."""
    names: dict[tuple[Language, str], Names] = {}
    for part in parts_of(entry):
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


def _too_few_alternatives(journey: JourneySource) -> Iterator[Problem]:
    for slug, (file, line, count) in journey.alternatives.items():
        if count < FEWEST_ALTERNATIVES:
            yield Problem(file, line, f"{count} alternatives for {slug}; at least {FEWEST_ALTERNATIVES}")


def _too_few_wordings(journey: JourneySource) -> Iterator[Problem]:
    for entry in journey.entries:
        wanted = FEWEST_WORDINGS.get(entry.role, 0)
        count = 1 + len(entry.text.again)
        if "/again-" not in entry.text.path and count < wanted:
            yield Problem(entry.file, entry.line, f"{count} of {wanted} wordings: `again:` lists the further ones")


def _repeats(journey: JourneySource, sources: Sources) -> Iterator[Problem]:
    for language in Language:
        first: dict[str, tuple[Part, str]] = {}
        for part in (part for entry in journey.entries for part in parts_of(entry, language)):
            for heard, sentence in _said(part, sources).items():
                is_either = heard in first and part.entry.text.when and first[heard][0].entry.file == part.entry.file
                if heard in first and not is_either:
                    yield _already(part, sentence, *first[heard])
                first.setdefault(heard, (part, sentence))


def repeats_between(sources: Sources) -> Iterator[Problem]:
    """Yield each sentence of a journey that another one has too: a person may do both."""
    for language in Language:
        first: dict[str, tuple[str, Part, str]] = {}
        for journey in sources.journeys:
            for part in (part for entry in journey.entries for part in parts_of(entry, language)):
                for heard, sentence in _said(part, sources).items():
                    slug, where, said = first.setdefault(heard, (journey.slug, part, sentence))
                    if slug != journey.slug:
                        yield _already(part, sentence, where, said)


def _said(part: Part, sources: Sources) -> dict[str, str]:
    """Return the sentences of a part that may not come again, by how they are heard."""
    said = (sentence for text in shown(part, sources.phrases[part.language]) for sentence in sentences(text))
    heard = {" ".join(re.findall(r"\w+", sentence.casefold())): sentence for sentence in said}
    return {key: sentence for key, sentence in heard.items() if len(key.split()) >= SHORTEST_REPEAT}


def _already(part: Part, sentence: str, where: Part, said: str) -> Problem:
    there = where.at("", said)
    return part.at(f"“{sentence}” is already at {there.file}:{there.line}", sentence)


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
