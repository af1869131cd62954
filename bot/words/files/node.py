"""YAML that remembers the line each value stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import yaml

from bot.words.files.problem import Problem

_DEEPEST = 12  # deeper than any text; an anchor inside itself has no end

_Loader = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(frozen=True, kw_only=True)
class Node:
    """A value with its place."""

    value: "str | Sequence[Node] | Mapping[str, Node]"
    line: int  # where it begins
    text_line: int  # where the first line of a block of text stands
    key_line: int = 0  # where its name stands, for a field


class RefusedError(Exception):
    """The file is not the YAML we read; carries the line and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep where and why."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


def read(source: str) -> Node:
    """Return the document of a YAML text; raises RefusedError."""
    try:
        document = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RefusedError(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise RefusedError(1, f"not YAML: {error}") from error
    if document is None:
        raise RefusedError(1, "the file is empty")
    return _node(document, _DEEPEST)


def _node(raw: yaml.Node, depth: int) -> Node:
    line = raw.start_mark.line + 1
    if depth == 0:
        raise RefusedError(line, "nested too deep")
    if isinstance(raw, yaml.ScalarNode):
        return Node(value=raw.value, line=line, text_line=line + (raw.style in ("|", ">")))
    if isinstance(raw, yaml.SequenceNode):
        return Node(value=[_node(each, depth - 1) for each in raw.value], line=line, text_line=line)
    fields: dict[str, Node] = {}
    for key, value in raw.value:
        name, key_line = str(key.value), key.start_mark.line + 1
        if name in fields:
            raise RefusedError(key_line, f"“{name}” stands here twice")
        fields[name] = replace(_node(value, depth - 1), key_line=key_line)
    return Node(value=fields, line=line, text_line=line)


class Reader:
    """Takes a file's values apart and collects what is wrong instead of stopping at the first."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        """Report problems of this file to that list."""
        self.file = file
        self._problems = problems

    def refuse(self, line: int, reason: str) -> None:
        """Note a problem."""
        self._problems.append(Problem(self.file, line, reason))

    def fields(self, node: Node, known: frozenset[str]) -> Mapping[str, Node]:
        """Return the known fields of a value that should have fields."""
        if not isinstance(node.value, Mapping):
            self.refuse(node.line, f"expected the fields {_listed(known)}")
            return {}
        for name, value in node.value.items():
            if name not in known:
                self.refuse(value.key_line, f"unknown field “{name}”; known are {_listed(known)}")
        return node.value

    def items(self, node: Node | None) -> Sequence[Node]:
        """Return the entries of a value that should be a list; none when it is absent."""
        if node is None:
            return ()
        if isinstance(node.value, (str, Mapping)):
            self.refuse(node.line, "expected a list")
            return ()
        return node.value

    def string(self, node: Node | None) -> str:
        """Return a value that should be text that is not empty; nothing when it is absent."""
        if node is None:
            return ""
        if isinstance(node.value, str) and node.value.strip():
            return node.value.strip("\n")
        self.refuse(node.line, "expected text")
        return ""

    def choice(self, node: Node | None, choices: Sequence[str]) -> str | None:
        """Return a value that should be one of a few."""
        value = self.string(node)
        if value in choices:
            return value
        if node and value:
            self.refuse(node.line, f"“{value}” is not one of {_listed(choices)}")
        return None

    def number(self, node: Node | None) -> int:
        """Return a value that should be a whole number, zero or more."""
        value = self.string(node)
        if value.isdecimal():
            return int(value)
        if node and value:
            self.refuse(node.line, f"“{value}” is not a number")
        return 0


def _listed(names: frozenset[str] | Sequence[str]) -> str:
    return ", ".join(sorted(names) if isinstance(names, frozenset) else names)
