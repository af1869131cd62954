"""What is refused in phrases."""

import re
from collections.abc import Collection, Iterator, Mapping

from bot.coaching.language import Language
from bot.words.files.load import Sources
from bot.words.files.phrases import Phrase, Phrases
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Where
from bot.words.files.rules.markdown import plain
from bot.words.files.rules.pattern import Names

LIMITS = (  # Slack's, by the end of the key
    (re.compile(r"-(?:button|option)$"), 75),
    (re.compile(r"^form-.*-title$"), 24),
    (re.compile(r"-(?:submit|close)$"), 24),
    (re.compile(r"-placeholder$"), 150),
)
_FUNCTIONS = frozenset({"NUMBER", "DATETIME"})


def phrase_problems(sources: Sources) -> Iterator[Problem]:
    """Yield everything that is wrong with the phrases."""
    yield from unsayable_phrases(sources)
    seen: set[tuple[str, ...]] = set()  # most of it is said alike on every platform
    for spoken in sources.spoken.values():
        for phrases in spoken.values():
            for phrase in phrases.entries.values():
                shown = phrases.variants(phrase.key)
                if (said := (phrase.file, phrase.key, *shown)) not in seen:
                    seen.add(said)
                    yield from _limits_and_advice(phrase, shown, phrases.language, sources)


def unsayable_phrases(sources: Sources) -> Iterator[Problem]:
    """Yield what would fail when said: a side missing, or a name that nothing is behind."""
    for spoken in sources.spoken.values():
        yield from _unsayable(spoken)


def _unsayable(spoken: Mapping[Language, Phrases]) -> Iterator[Problem]:
    for language, phrases in spoken.items():
        others = {other: twins for other, twins in spoken.items() if other != language}
        for phrase in phrases.entries.values():
            yield from unknown_references(phrase.file, phrase.line, phrase.names, phrases)
            if not phrase.key.startswith("-"):  # a term is grammar: each language has its own
                for other, twins in others.items():
                    for reason in _against_twin(phrase, phrases, other, twins):
                        yield Problem(phrase.file, phrase.line, reason)


def unknown_references(file: str, line: int, names: Names, phrases: Phrases) -> Iterator[Problem]:
    """Yield each term, phrase or function that is used but not there."""
    for key in sorted(names.references - phrases.entries.keys()):
        yield Problem(file, line, f"unknown {'term' if key.startswith('-') else 'phrase'} “{key}”")
    for function in sorted(names.functions - _FUNCTIONS):
        yield Problem(file, line, f"unknown function {function}()")


def _against_twin(phrase: Phrase, phrases: Phrases, other: str, twins: Phrases) -> Iterator[str]:
    if phrase.key not in twins.entries:
        yield f"“{phrase.key}” is missing in {other}"
        return
    for name in sorted(twins.variables(phrase.key) - phrases.variables(phrase.key)):
        yield f"“{phrase.key}” lacks {{ ${name} }}, which it has in {other}"


def _limits_and_advice(
    phrase: Phrase, shown: Collection[str], language: Language, sources: Sources
) -> Iterator[Problem]:
    longest = max(len(each) for each in shown)
    for ending, limit in LIMITS:
        if ending.search(phrase.key) and longest > limit:
            yield Problem(phrase.file, phrase.line, f"“{phrase.key}” has {longest} characters, over {limit}")
    for each in shown:
        for rules in (sources.forbidden, sources.wording):
            for _, reason in rules.broken_by(plain(each), language, Where.PHRASES):
                yield Problem(phrase.file, phrase.line, reason)
