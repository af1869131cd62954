"""One folder of authored texts: its files taken apart, with the line of every text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.coaching.journey import Text
from bot.coaching.language import Language
from bot.words.files.node import Node, Reader, RefusedError, read
from bot.words.files.problem import Problem

LANGUAGES = tuple(language.value for language in Language)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An authored text with where it stands and what it is for."""

    text: Text
    role: str  # the stem of its file; "alternative", "question" or "example" for what is inside one
    item: str | None
    file: str
    line: int
    lines: Mapping[tuple[Language, str], int]  # of each title and body that is there


@dataclass(frozen=True)
class Found:
    """One file of a journey, taken apart."""

    reader: Reader
    fields: Mapping[str, Node]
    line: int


@dataclass
class Folder:
    """Reads the files of one folder; what is wrong with them is among the problems."""

    root: Path
    folder: Path
    problems: list[Problem]
    entries: list[Entry] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)  # by path, as the files say

    # --- files and fields

    def _file(self, path: str, known: frozenset[str], *kinds: str) -> Found:
        """Read a file whose `kind`, when it has one, is one of these."""
        place = self.folder / f"{path}.yaml"
        reader = Reader(f"{self.root.name}/{place.relative_to(self.root).as_posix()}", self.problems)
        try:
            node = read(place.read_text(encoding="utf-8"))
        except RefusedError as error:
            reader.refuse(error.line, error.reason)
        except FileNotFoundError:
            reader.refuse(1, "this file is missing")
        except (OSError, UnicodeDecodeError) as error:
            reader.refuse(1, f"cannot be read: {error}")
        else:
            found = Found(reader, reader.fields(node, known), node.line)
            if kinds and (kind := reader.choice(self._wanted(found, "kind"), kinds)):
                self.kinds[path] = kind
            return found
        return Found(_muted(reader.file), {}, 1)

    def _wanted(self, found: Found, name: str, within: Mapping[str, Node] | None = None, line: int = 0) -> Node | None:
        fields = found.fields if within is None else within
        if name not in fields:
            found.reader.refuse(line or found.line, f"“{name}” is missing")
        return fields.get(name)

    def _plain(self, found: Found, name: str) -> dict[Language, str]:
        node = self._wanted(found, name)
        if node is None:
            return {}
        fields = found.reader.fields(node, frozenset(LANGUAGES))
        return {
            language: found.reader.string(self._wanted(found, language.value, fields, node.line))
            for language in Language
        }

    # --- texts

    def _text(
        self,
        found: Found,
        path: str,
        role: str,
        *,
        item: str | None = None,
        within: Node | None = None,
        body: str = "body",
        titled: bool = True,
        more: Sequence[str] = (),
    ) -> Text:
        fields = found.fields
        line = found.line
        if within is not None:
            fields = found.reader.fields(within, frozenset({*LANGUAGES, "fits", "note", "when"}))
            line = within.line
        titles: dict[Language, str] = {}
        bodies: dict[Language, str] = {}
        lines: dict[tuple[Language, str], int] = {}
        for language in Language:
            spoken = self._wanted(found, language.value, fields, line)
            if spoken is None:
                continue
            known = frozenset({"title", "body", *more})
            parts = found.reader.fields(spoken, known)
            wanted = (("title", titles), (body, bodies)) if titled else ((body, bodies),)
            for name, into in wanted:
                node = self._wanted(found, name, parts, spoken.line)
                if node:
                    into[language] = found.reader.string(node)
                    lines[language, "title" if into is titles else "body"] = node.text_line
        place_of_this = len(self.entries)  # before its further texts
        also, again = (
            tuple(
                self._text(found, f"{path}/{name}-{place}", role, item=item, within=node, body=body, titled=titled)
                for place, node in enumerate(found.reader.items(fields.get(name)) if within is None else (), 1)
            )
            for name in ("also", "again")
        )
        when = found.reader.items(fields.get("when", found.fields.get("when")))
        text = Text(
            path=path,
            title={language: titles.get(language, "") for language in Language},
            body={language: bodies.get(language, "") for language in Language},
            when=frozenset(found.reader.string(each) for each in when),
            also=also,
            again=again,
        )
        entry = Entry(text=text, role=role, item=item, file=found.reader.file, line=line, lines=lines)
        self.entries.insert(place_of_this, entry)
        return text


def _muted(file: str) -> Reader:
    """Return a reader for a file whose one problem is already told."""
    return Reader(file, [])
