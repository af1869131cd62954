"""One title or body as the rules look at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.coaching.language import Language
from bot.words.files.folder import Entry
from bot.words.files.phrases import Phrases
from bot.words.files.problem import Problem
from bot.words.files.rules.pattern import MalformedError, parse, renderings


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


def parts_of(entry: Entry, *languages: Language) -> Iterator[Part]:
    """Yield the title and the body of a text in these languages, or in every one."""
    for language in languages or Language:
        for name, spoken in (("title", entry.text.title), ("body", entry.text.body)):
            if spoken[language]:
                line = entry.lines[language, name]
                yield Part(entry=entry, language=language, name=name, source=spoken[language], line=line)


def shown(part: Part, phrases: Phrases) -> tuple[str, ...]:
    """Return what a part can look like; nothing where it is malformed, which another rule tells."""
    try:
        return renderings(parse(part.source), phrases.pattern)
    except MalformedError:
        return ()
