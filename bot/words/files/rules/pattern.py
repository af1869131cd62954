"""Authored text as Fluent patterns: Markdown goes in as it is, placeholders and plurals work everywhere."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from bot.words.files.fluent import Parser

_LEADING = ("*", "[", ".")  # Fluent gives these a meaning at the start of a line, Markdown another
_LITERAL = re.compile(r'"[^"]*"')
_INDENT = "    "
_KEY = "text"
_PARSER = Parser(with_spans=True)

Lookup = Callable[[str], ast.Pattern | None]  # "key" or "-term" to its pattern


class MalformedError(Exception):
    """The text is not Fluent; carries the line within it, counted from 0."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep where and why."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


@lru_cache(maxsize=8192)
def parse(text: str) -> ast.Pattern:
    """Return an authored text as a Fluent pattern; raises MalformedError."""
    source = f"{_KEY} =\n" + "\n".join(_lines(text)) + "\n"
    entries = _PARSER.parse(source).body
    for entry in entries:
        if isinstance(entry, ast.Junk):
            position, reason = complaint(entry)
            raise MalformedError(max(0, source.count("\n", 0, position) - 1), reason)
    return cast(ast.Pattern, cast(ast.Message, entries[0]).value)


def complaint(junk: ast.Junk) -> tuple[int, str]:
    """Return where in its source Fluent gave up, and why."""
    first = junk.annotations[0]
    return first.span.start if first.span else 0, f"not Fluent: {first.message}"


def _lines(text: str) -> Iterator[str]:
    depth = 0
    for line in text.split("\n"):
        lead = line.lstrip(" ")
        if depth == 0 and lead.startswith(_LEADING):
            spaces = " " * (len(line) - len(lead))
            yield f'{_INDENT}{spaces}{{ "{lead[0]}" }}{lead[1:]}'
        else:
            yield f"{_INDENT}{line}" if lead else ""
        bare = _LITERAL.sub("", line)
        depth += bare.count("{") - bare.count("}")


@dataclass(frozen=True)
class Names:
    """What a pattern refers to."""

    variables: frozenset[str]
    references: frozenset[str]  # "key" or "-term"
    functions: frozenset[str]


NO_NAMES = Names(frozenset(), frozenset(), frozenset())


def names_of(text: str) -> Names:
    """Return every name an authored text uses; raises MalformedError. What has no brace is not even parsed."""
    is_plain = "{" not in text and "}" not in text and text.strip()
    return NO_NAMES if is_plain else names_in(parse(text))


def names_in(node: ast.BaseNode) -> Names:
    """Return every name a pattern uses."""
    found = _Names()
    found.visit(node)
    return Names(frozenset(found.variables), frozenset(found.references), frozenset(found.functions))


class _Names(Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.functions: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: Any) -> None:  # noqa: N802
        self.references.add(node.id.name)

    def visit_TermReference(self, node: Any) -> None:  # noqa: N802
        self.references.add(f"-{node.id.name}")
        self.generic_visit(node)

    def visit_FunctionReference(self, node: Any) -> None:  # noqa: N802
        self.functions.add(node.id.name)
        self.generic_visit(node)


def renderings(pattern: ast.Pattern, lookup: Lookup) -> tuple[str, ...]:
    """Return what a pattern can look like: every variant of a choice once, a variable as "{name}"."""
    most = max((len(each.variants) for each in _choices(pattern)), default=1)
    return tuple(_render(pattern, which, lookup, 8) for which in range(most))


def _choices(pattern: ast.Pattern) -> list[Any]:
    found = _Choices()
    found.visit(pattern)
    return found.choices


class _Choices(Visitor):
    def __init__(self) -> None:
        self.choices: list[Any] = []

    def visit_SelectExpression(self, node: Any) -> None:  # noqa: N802
        self.choices.append(node)
        self.generic_visit(node)


def _render(node: Any, which: int, lookup: Lookup, depth: int) -> str:
    match node:
        case ast.Pattern():
            shown = "".join(_render(each, which, lookup, depth) for each in node.elements)
        case ast.TextElement():
            shown = str(node.value)
        case ast.Placeable():
            shown = _render(node.expression, which, lookup, depth)
        case ast.SelectExpression():
            shown = _render(node.variants[min(which, len(node.variants) - 1)].value, which, lookup, depth)
        case ast.StringLiteral() | ast.NumberLiteral():
            shown = str(node.parse()["value"])
        case ast.VariableReference():
            shown = f"{{{node.id.name}}}"
        case ast.MessageReference() | ast.TermReference():
            key = f"-{node.id.name}" if isinstance(node, ast.TermReference) else node.id.name
            meant = lookup(key)
            shown = _render(meant, which, lookup, depth - 1) if meant and depth else ""
        case _:  # a function shows its first argument
            shown = "".join(_render(each, which, lookup, depth) for each in node.arguments.positional[:1])
    return shown
