"""The files of phrases: what is said everywhere, and on top of it what one platform says otherwise."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from fluent.syntax import ast

from bot.coaching.language import Language
from bot.words.files.fluent import Parser
from bot.words.files.phrases import PLATFORMS, Phrase, Phrases
from bot.words.files.problem import Problem
from bot.words.files.rules.pattern import complaint, names_in

_Entry = ast.Message | ast.Term


def read_phrases(root: Path, language: Language, problems: list[Problem]) -> dict[str, Phrases]:
    """Read the phrases of a language as each platform says them; what cannot be read is among the problems."""
    folder = root / "phrases" / language
    places = sorted(place for place in folder.glob("*.ftl") if not place.name.startswith("."))
    if not places:
        problems.append(Problem(f"{root.name}/phrases/{language}", 1, "there are no phrases"))
    everywhere = _read(root, places, problems)
    spoken = {}
    for platform in PLATFORMS:
        own = root / "platforms" / platform / f"{language}.ftl"
        spoken[platform] = _phrases(language, everywhere | _read(root, [own] if own.exists() else [], problems))
    return spoken


def _phrases(language: Language, read: Mapping[str, tuple[Phrase, _Entry]]) -> Phrases:
    entries = {key: phrase for key, (phrase, _) in read.items()}
    return Phrases(language, entries, ast.Resource([entry for _, entry in read.values()]))


def _read(root: Path, places: Iterable[Path], problems: list[Problem]) -> dict[str, tuple[Phrase, _Entry]]:
    found: dict[str, tuple[Phrase, _Entry]] = {}
    for place in places:
        file = f"{root.name}/{place.relative_to(root).as_posix()}"
        try:
            source = place.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(file, 1, f"cannot be read: {error}"))
            continue
        for entry in Parser(with_spans=True).parse(source).body:
            if isinstance(entry, ast.Junk):
                position, reason = complaint(entry)
                problems.append(Problem(file, _line(source, position), reason))
            elif isinstance(entry, (ast.Message, ast.Term)):
                _take(entry, file, source, found, problems)
    return found


def _take(
    entry: _Entry, file: str, source: str, found: dict[str, tuple[Phrase, _Entry]], problems: list[Problem]
) -> None:
    key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
    line = _line(source, entry.id.span.start if entry.id.span else 0)
    if entry.value is None:
        problems.append(Problem(file, line, f"“{key}” says nothing"))
    elif key in found:
        first, _ = found[key]
        problems.append(Problem(file, line, f"“{key}” is already at {first.file}:{first.line}"))
    else:
        phrase = Phrase(key=key, file=file, line=line, pattern=entry.value, names=names_in(entry.value))
        found[key] = phrase, entry


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position) + 1
