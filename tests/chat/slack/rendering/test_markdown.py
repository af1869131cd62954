import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.slack.rendering.markdown import mrkdwn
from bot.chat.slack.rendering.text import split

CASES = [
    # our formatting
    ("**bold** and _it_ and *it*", "*bold* and _it_ and _it_"),
    ("wo**r**d", "wo\u200b*r*\u200bd"),  # a mark inside a word needs a border
    ("one\ntwo", "one two"),  # a soft break is a space
    ("one\\\ntwo", "one\ntwo"),
    ("one\n\ntwo", "one\n\ntwo"),
    ("### A **big** head\n\ntext", "*A big head*\n\ntext"),
    ("- a\n- b\n  - c", "• a\n• b\n    ◦ c"),
    ("3. x\n4. y", "3. x\n4. y"),
    ("> q\n>\n> r", "> q\n> \n> r"),
    ("`a<b`", "`a&lt;b`"),
    ("```\nx & y\n```", "```\nx &amp; y\n```"),
    ("a\n\n---\n\nb", "a\n\n—\n\nb"),
    # links
    ("[here](https://x.y/?a=1&b=2)", "<https://x.y/?a=1&amp;b=2|here>"),
    ("<https://x.y>", "<https://x.y>"),
    ("[pipe|d](https://x.y/a|b)", "<https://x.y/a%7Cb|pipe¦d>"),
    ("[local](file:///etc/passwd)", "[local](file:///etc/passwd)"),
    ("[path](/desk)", "path"),  # leads nowhere in Slack
    ("![picture](https://x.y)", "picture"),
    # a mention calls nobody
    ("Hello <@U123ABC>!", "Hello &lt;@U123ABC&gt;!"),
    (r"Hello \<@U123ABC\>!", "Hello &lt;@U123ABC&gt;!"),
    ("Hello &lt;@U123ABC&gt;!", "Hello &lt;@U123ABC&gt;!"),
    # nothing else has an effect
    ("<!channel> <b>x</b>", "&lt;!channel&gt; &lt;b&gt;x&lt;/b&gt;"),
    (r"\*loud\* \_low\_", "∗loud∗ ˍlowˍ"),
    ("jan_de_vries", "jan_de_vries"),  # cannot format: stays as it is
    ("5 \\* 3", "5 * 3"),
    (r"\> not a quote", "\u200b&gt; not a quote"),
    ("~gone~", "∼gone∼"),
    ("", ""),
]


@pytest.mark.parametrize(("markdown", "expected"), CASES)
def test_markdown_becomes_mrkdwn(markdown: str, expected: str) -> None:
    assert mrkdwn(markdown) == expected


@given(st.text())
def test_any_text_can_be_shown(text: str) -> None:
    assert "<!" not in mrkdwn(text)


def test_a_long_text_is_cut_between_paragraphs() -> None:
    first, second = "a" * 40, "b" * 40
    assert split(f"{first}\n\n{second}", 50) == [first, second]


def test_a_long_paragraph_is_cut_between_words() -> None:
    assert split("word " * 6, 24) == ["word word word word word", "word "]


def test_an_entity_is_never_cut() -> None:
    assert split("x" * 8 + "&amp;" + "y", 10) == ["x" * 8, "&amp;y"]


@given(st.text(min_size=1), st.integers(min_value=8, max_value=40))
def test_pieces_are_short_enough_and_lose_nothing_but_space(text: str, longest: int) -> None:
    pieces = split(text, longest)
    assert all(0 <= len(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
