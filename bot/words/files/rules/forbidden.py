"""Advice that is never given, and wording that is never used, as patterns kept beside the words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.coaching.language import Language
from bot.words.files.node import Node, Reader, RefusedError, read
from bot.words.files.problem import Problem

_SENTENCE_ENDS = re.compile(r"[.!?;:…\n]+(?:\s|$)|\s[–—-]\s")


class Where(StrEnum):
    """Where a rule holds that does not hold everywhere."""

    FORGOTTEN = "forgotten"  # in items whose typed words are not kept
    PHRASES = "phrases"  # in what the system itself says
    MESSAGES = "messages"  # in every text of a journey but its kits
    REMINDERS = "reminders"  # in follow-ups, and in the question about what was not done


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What must not be said, and why."""

    reason: str
    where: Where | None = None  # None: everywhere
    patterns: Mapping[Language, tuple[re.Pattern[str], ...]]


@dataclass(frozen=True, kw_only=True)
class Forbidden:
    """Every rule of a file, and the words that turn a sentence into its opposite."""

    rules: tuple[Rule, ...] = ()
    negations: Mapping[Language, re.Pattern[str]]
    encouragements: Mapping[Language, re.Pattern[str]]  # a negation in them does not count: "don't hesitate"

    def broken_by(self, text: str, language: Language, *where: Where | None) -> Iterator[tuple[int, str]]:
        """Yield the position and the reason of each broken rule in a plain text that is said in these places.

        A sentence breaks none when a negation stands before what was found, or right after it.
        """
        start = 0
        for end in [*(match.end() for match in _SENTENCE_ENDS.finditer(text)), len(text)]:
            sentence = text[start:end]
            for rule in self.rules:
                if rule.where in (None, *where):
                    for pattern in rule.patterns[language]:
                        match = pattern.search(sentence)
                        if match and not self._negated(sentence, match, language):
                            yield start + match.start(), rule.reason
                            break
            start = end

    def _negated(self, sentence: str, match: re.Match[str], language: Language) -> bool:
        before, after = sentence[: match.end()], sentence[match.end() :].split(",", maxsplit=1)[0]
        clear = self.encouragements[language].sub(" ", before)
        return any(self.negations[language].search(part) for part in (clear, after))


_NEVER = re.compile(r"(?!)")
NOTHING = Forbidden(negations=dict.fromkeys(Language, _NEVER), encouragements=dict.fromkeys(Language, _NEVER))


def read_forbidden(root: Path, problems: list[Problem], file: str = "forbidden.yaml") -> Forbidden:
    """Read a file of rules; a missing one forbids nothing."""
    place = root / file
    if not place.exists():
        return NOTHING
    reader = Reader(f"{root.name}/{file}", problems)
    try:
        top = reader.fields(
            read(place.read_text(encoding="utf-8")), frozenset({"negations", "encouragements", "rules"})
        )
    except RefusedError as error:
        reader.refuse(error.line, error.reason)
        return NOTHING
    return Forbidden(
        rules=tuple(_rule(reader, node) for node in reader.items(top.get("rules"))),
        negations=_either(reader, top.get("negations")),
        encouragements=_either(reader, top.get("encouragements")),
    )


def _rule(reader: Reader, node: Node) -> Rule:
    languages = [language.value for language in Language]
    fields = reader.fields(node, frozenset({"reason", "where", *languages}))
    reason = reader.string(fields["reason"]) if "reason" in fields else "forbidden advice"
    where = reader.choice(fields["where"], tuple(Where)) if "where" in fields else None
    return Rule(
        reason=reason,
        where=Where(where) if where else None,
        patterns={language: _patterns(reader, fields.get(language.value)) for language in Language},
    )


def _patterns(reader: Reader, node: Node | None) -> tuple[re.Pattern[str], ...]:
    made = (_compiled(reader, each, reader.string(each)) for each in reader.items(node))
    return tuple(pattern for pattern in made if pattern)


def _either(reader: Reader, node: Node | None) -> dict[Language, re.Pattern[str]]:
    fields = reader.fields(node, frozenset(language.value for language in Language)) if node else {}
    return {
        language: _compiled(reader, fields[language.value], reader.string(fields[language.value])) or _NEVER
        if language.value in fields
        else _NEVER
        for language in Language
    }


def _compiled(reader: Reader, node: Node, pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        reader.refuse(node.line, f"not a pattern: {error}")
        return None
