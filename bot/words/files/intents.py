"""The rules of intents and the sentences they are measured on, read from prompts/intents/."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.coaching.intents import ACTED_ON, Intent, Rule, Rules, plain
from bot.coaching.language import Language
from bot.words.files.node import Node, Reader, RefusedError, read
from bot.words.files.problem import Problem

FOLDER = "intents"
NEGATIVE = "negative"  # the label of what asks for nothing
HALVES = ("dev", "held")  # rules are written from the first; the second only measures
LONGEST_ACT = 5  # words of a message on which the bot acts
NO_RULES = Rules()

_TERM = re.compile(r"\{([a-z][a-z_ ]*)\}")


@dataclass(frozen=True)
class Labelled:
    """One sentence with what it asks for; None when it asks for nothing."""

    text: str
    intent: Intent | None
    line: int


def read_intents(root: Path, problems: list[Problem]) -> Mapping[Language, Rules]:
    """Read the rules of every language; without the folder there are none, and every message is an answer."""
    if not (root / FOLDER).is_dir():
        return dict.fromkeys(Language, NO_RULES)
    return {language: _rules(root, language, problems) for language in Language}


def read_labelled(root: Path, problems: list[Problem]) -> Mapping[tuple[Language, str], tuple[Labelled, ...]]:
    """Read the sentences by language and half."""
    return {
        (language, half): tuple(_labelled(root, f"labelled/{language}.{half}.yaml", problems))
        for language in Language
        for half in HALVES
    }


def spoken_first(rules: Mapping[Language, Rules], language: Language) -> tuple[Rules, ...]:
    """Return the rules of a language, then those of the others: people mix them."""
    return (rules[language], *(each for name, each in rules.items() if name is not language))


def _document(root: Path, path: str, problems: list[Problem]) -> tuple[Reader, Node | None]:
    reader = Reader(f"{root.name}/{FOLDER}/{path}", problems)
    try:
        return reader, read((root / FOLDER / path).read_text(encoding="utf-8"))
    except RefusedError as error:
        reader.refuse(error.line, error.reason)
    except FileNotFoundError:
        reader.refuse(1, "this file is missing")
    except (OSError, UnicodeDecodeError) as error:
        reader.refuse(1, f"cannot be read: {error}")
    return reader, None


def _labelled(root: Path, path: str, problems: list[Problem]) -> Iterator[Labelled]:
    reader, document = _document(root, path, problems)
    if document is None:
        return
    for label, sentences in reader.fields(document, frozenset({*Intent, NEGATIVE})).items():
        for each in reader.items(sentences):
            intent = Intent(label) if label in set(Intent) else None
            yield Labelled(reader.string(each), intent, each.line)


class _Language:
    """Reads the rules of one language."""

    def __init__(self, reader: Reader, terms: Mapping[str, str]) -> None:
        self.reader = reader
        self.terms = terms
        self.acts: dict[str, int] = {}  # whole messages, with the line on which each stands

    def patterns(self, node: Node | None) -> tuple[re.Pattern[str], ...]:
        compiled = (self._pattern(each) for each in self.reader.items(node))
        return tuple(each for each in compiled if each is not None)

    def _pattern(self, node: Node) -> re.Pattern[str] | None:
        source = self.reader.string(node)
        for name in set(_TERM.findall(source)) - self.terms.keys():
            self.reader.refuse(node.line, f"unknown term {{{name}}}")
        try:
            return re.compile(_TERM.sub(lambda found: f"(?:{self.terms.get(found.group(1), '')})", source))
        except re.error as error:
            self.reader.refuse(node.line, f"not a regular expression: {error}")
            return None

    def whole(self, node: Node | None) -> Iterator[str]:
        """Yield the messages on which the bot acts; each is short, and said by one intent alone."""
        for each in self.reader.items(node):
            text = plain(self.reader.string(each))
            if len(text.split()) > LONGEST_ACT:
                self.reader.refuse(each.line, f"the bot acts on {LONGEST_ACT} words at most")
            if text in self.acts:
                self.reader.refuse(each.line, f"“{text}” already stands on line {self.acts[text]}")
            self.acts[text] = each.line
            yield text

    def rule(self, intent: Intent, node: Node) -> Rule:
        known = {"acts", "offers", "excludes"} if intent in ACTED_ON else {"offers", "excludes"}
        fields = self.reader.fields(node, frozenset(known))
        return Rule(
            intent=intent,
            acts=frozenset(self.whole(fields.get("acts"))),
            offers=self.patterns(fields.get("offers")),
            excludes=self.patterns(fields.get("excludes")),
        )


def _rules(root: Path, language: Language, problems: list[Problem]) -> Rules:
    reader, document = _document(root, f"{language}.yaml", problems)
    if document is None:
        return NO_RULES
    fields = reader.fields(document, frozenset({"longest", "terms", "excludes", "intents"}))
    terms: dict[str, str] = {}
    if isinstance(raw := fields["terms"].value if "terms" in fields else None, Mapping):
        terms = {name: reader.string(each) for name, each in raw.items()}
    reads = _Language(reader, terms)
    intents = fields.get("intents")
    if intents is None:
        reader.refuse(document.line, "“intents” is missing")
        return NO_RULES
    named = reader.fields(intents, frozenset(Intent))
    for missing in sorted(set(Intent) - named.keys()):
        reader.refuse(intents.line, f"“{missing}” is missing")
    return Rules(
        longest=reader.number(fields.get("longest")),
        excludes=reads.patterns(fields.get("excludes")),
        intents=tuple(reads.rule(Intent(name), node) for name, node in named.items() if name in set(Intent)),
    )
