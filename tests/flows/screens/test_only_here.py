"""Nothing but the screens changes or takes away what stands before people."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCREENS = "bot/flows/screens/"
ADAPTERS = ("bot/chat/", "bot/practice/")  # who does what the port asks, and the platforms to try it on
ALLOWED: dict[str, Set[str]] = {  # method of the chat port -> where it is called, a file or a folder
    "update": {SCREENS},
    "delete": {SCREENS},
    "fill_form": {SCREENS},
    "close_form": {SCREENS},
    "show_home": {SCREENS},
    "respond": {"bot/flows/private_answer.py"},  # one person sees it until they reload; it may replace such a one
}


def calls(source: str) -> Iterator[str]:
    """Return the methods that are used of something that is called chat."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            whose = node.value
            name = whose.attr if isinstance(whose, ast.Attribute) else whose.id if isinstance(whose, ast.Name) else ""
            if name.strip("_") == "chat":
                yield node.attr


def used() -> dict[str, set[str]]:
    """Return by method of the chat port in which files of ours it is used."""
    found = defaultdict(set)
    for path in sorted((ROOT / "bot").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if not name.startswith(ADAPTERS):
            for method in calls(path.read_text(encoding="utf-8")):
                found[method].add(name)
    return found


@pytest.mark.parametrize("method", sorted(ALLOWED))
def test_what_stands_is_changed_by_the_screens_alone(method: str) -> None:
    files = used()[method]
    assert {name for name in files if not name.startswith(tuple(ALLOWED[method]))} == set()
    assert files, "somebody does it"


@pytest.mark.parametrize(
    "source",
    [
        "await ports.chat.update(ref, shown)",
        "await patiently(lambda: ports.chat.update(ref, shown))",
        "partial(self._chat.update, ref)",
        "chat = ports.chat\nchat.update(ref, shown)",
    ],
)
def test_however_it_is_called_it_is_found(source: str) -> None:
    assert "update" in set(calls(source))
