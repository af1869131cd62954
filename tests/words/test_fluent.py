"""What is read sooner is read as Fluent's own parser reads it."""

from contextlib import suppress
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from hypothesis import given
from hypothesis import strategies as st

from bot.words.files.fluent import Parser
from bot.words.files.locate import prompts_folder
from bot.words.files.rules.pattern import MalformedError, Names, names_in, names_of, parse

PHRASES = sorted(prompts_folder().glob("phrases/*/*.ftl"))
SOURCES = st.lists(
    st.sampled_from([*'a {}"$-=.[*\r\n\t\u00a0\u2028é', "key = ", "\n    ", "\r\n", "{ $x }", "{ -t }"])
).map("".join)


@pytest.mark.parametrize("file", PHRASES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_our_own_phrases_are_read_the_same(file: Path) -> None:
    source = file.read_text("utf-8")
    assert Parser().parse(source).equals(FluentParser().parse(source), ignored_fields=[])


@given(SOURCES)
def test_anything_at_all_is_read_the_same_mistakes_included(text: str) -> None:
    source = f"key = {text}\n"
    assert Parser().parse(source).to_json() == FluentParser().parse(source).to_json()


@given(SOURCES)
def test_the_names_in_a_text_are_the_same_whether_it_had_to_be_parsed_or_not(text: str) -> None:
    found: Names | None = None
    with suppress(MalformedError):
        found = names_of(text)
    parsed: Names | None = None
    with suppress(MalformedError):
        parsed = names_in(parse(text))
    assert found == parsed
