"""No test holds a sentence of the interface: whoever rewrites one in prompts/ turns no test red."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.words.files.locate import prompts_folder

TESTS = Path(__file__).parent
IN_A_ROW = 5  # as few as four are said by people, too: "until the end of"
ABOUT_TEXTS = "words"  # the folder of those tests that judge texts
_ENTRY = re.compile(r"^(?P<key>[\w-]+) = ?(?P<first>.*)$|^ +(?:\*?\[\w+\])?(?P<further>.*)$")
_BETWEEN = re.compile(r"\{[^{}]*\}|\{.*->|[*`_]{2,}")
_WORD = re.compile(r"\w+(?:['’]\w+)*")

Run = tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """Yield each few words in a row, in lower case."""
    words = _WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(IN_A_ROW)), strict=False)


def phrases(source: str) -> Iterator[tuple[str, str]]:
    """Yield each stretch of a phrase file that has no value in it, with its key."""
    key = ""
    for line in source.splitlines():
        if entry := _ENTRY.match(line):
            key = entry["key"] or key
            for stretch in _BETWEEN.split(entry["first"] or entry["further"] or ""):
                yield key, stretch


@cache
def told() -> Mapping[Run, str]:
    """Return what the interface says, some words in a row each, with the key of the phrase."""
    files = [path for folder in ("phrases", "platforms") for path in sorted((prompts_folder() / folder).rglob("*.ftl"))]
    stretches = (stretch for path in files for stretch in phrases(path.read_text(encoding="utf-8")))
    return {run: key for key, stretch in stretches for run in runs(stretch)}


def held(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a test holds words of a phrase: the line, the words, and the key to use instead."""
    if told().keys().isdisjoint(runs(source.replace("\\n", " "))):
        return
    tree = ast.parse(source)
    texts = (each for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str))
    docstrings = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for text in texts:
        if id(text) not in docstrings:
            found = next((run for run in runs(text.value) if run in told()), None)
            if found:
                yield text.lineno, " ".join(found), told()[found]


def test_no_test_holds_a_sentence_of_the_interface() -> None:
    wrong = [
        f'{path.relative_to(TESTS)}:{line}: "{words}" is said("{key}") of tests/content.py'
        for path in sorted(TESTS.rglob("*.py"))
        if path.parent.name != ABOUT_TEXTS
        for line, words, key in held(path.read_text(encoding="utf-8"))
    ]
    assert wrong == [], "\n".join(wrong)


def test_it_is_found_wherever_a_test_may_hold_one() -> None:
    run, key = next((run, key) for run, key in told().items() if key == "press-stale")
    words = " ".join(run)
    for source in (f'x = "{words}"', f'y = f"{{x}}: {words}"', f'z = ("a {run[0]} "\n  "{" ".join(run[1:])} b")'):
        assert [(found, which) for _, found, which in held(source)] == [(words, key)], source
    for source in (f'def f():\n    """{words}"""', f"# {words}\nx = 1", f'x = "{" and ".join(run)}"'):
        assert list(held(source)) == [], source
