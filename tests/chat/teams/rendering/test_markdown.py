import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.chat.teams.rendering.markdown import blocks, inert

J = "\u2060"  # shows nothing
CASES = [
    # our formatting
    ("**bold** and _it_ and *it*", ["**bold** and _it_ and _it_"]),
    ("wo**r**d", ["wo\u200b**r**\u200bd"]),  # a mark inside a word needs a border
    ("one\ntwo", ["one two"]),  # a soft break is a space
    ("one\\\ntwo", ["one\n\ntwo"]),  # and so would a hard one be
    ("one\n\ntwo", ["one", "two"]),
    ("### A **big** head\n\ntext", ["**A big head**", "text"]),
    ("- a\n- b\n  - c\n- d", ["- a\n- b\n- ◦ c\n- d"]),  # one level is shown everywhere
    ("- a\n\n  b", ["- a b"]),
    ("3. x\n4. y", ["3. x\n4. y"]),
    ("> q\n>\n> r", ["▏ q", "▏ r"]),
    ("`a*b`", ["a∗b"]),
    ("```\nx & y\n- z\n```", ["x & y", f"{J}- z"]),
    ("a\n\n---\n\nb", ["a", "—", "b"]),
    # links
    ("[here](https://x.y/?a=1&b=2)", ["[here](https://x.y/?a=1&b=2)"]),
    ("<https://x.y>", [f"[https:{J}//x.y](https://x.y)"]),
    ("[a [b] c](<https://x.y/a_(b) c>)", ["[a ❲b❳ c](https://x.y/a%5F%28b%29%20c)"]),
    ("[local](file:///etc/passwd)", [f"[local]{J}(file:{J}///etc/passwd)"]),
    ("[path](/desk)", ["path"]),  # leads nowhere in Teams
    ("![picture](https://x.y)", ["picture"]),
    # nothing else has an effect
    ("<at>Sanne</at> <b>x</b>", [f"<{J}at>Sanne<{J}/at> <{J}b>x<{J}/b>"]),
    (r"\*loud\* \_low\_ \[a\](https://x.y)", [f"∗loud∗ ˍlowˍ [a]{J}(https:{J}//x.y)"]),
    ("jan_de_vries", ["jan_de_vries"]),  # cannot format: stays as it is
    ("5 \\* 3", ["5 * 3"]),
    (r"\> no quote", [f"{J}> no quote"]),
    (r"1\. no list", [f"{J}1. no list"]),
    ("R&amp;D, &amp;lt;", [f"R&{J}D, &{J}lt;"]),
    ("{{DATE(2026-01-01T00:00:00Z,SHORT)}}", [f"{{{J}{{DATE(2026-01-01T00:00:00Z,SHORT)}}}}"]),
    ("a@b.nl www.x.y", [f"a@{J}b.nl www{J}.x.y"]),
    ("", []),
]


@pytest.mark.parametrize(("markdown", "expected"), CASES)
def test_markdown_becomes_what_cards_show(markdown: str, expected: list[str]) -> None:
    assert blocks(markdown) == expected


# Everything that any client may know of Markdown, tables and struck words included.
CLIENT = MarkdownIt("js-default", {"html": True})
DOUBLES = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", "\u200b": "", J: ""})
INERT = {"paragraph_open", "inline", "paragraph_close", "text", "softbreak"}
LIVELY = st.text(
    st.one_of(st.sampled_from("*_~`[]()<>#&;!\\|-+=.1: \n\t/@w{}\"'"), st.characters(exclude_categories=["Cs"]))
)


def seen(text: str) -> str:
    """Return what a reader sees, as far as it can be told apart."""
    kept = (c for c in text.translate(DOUBLES) if c.isprintable() or c.isspace())
    return "".join("".join(kept).split())


def interpreted(text: str) -> tuple[set[str], str]:
    """Return which kinds of thing a client makes of it, and the text that it shows."""
    kinds: set[str] = set()
    shown = ""
    for token in CLIENT.parse(text):
        kinds |= {token.type} | {child.type for child in token.children or []}
        shown += "".join(child.content for child in token.children or [])
    return kinds, shown


@given(LIVELY)
@settings(max_examples=1_500, deadline=None)
def test_whatever_a_person_writes_is_text(text: str) -> None:
    kinds, shown = interpreted(inert(text))
    assert kinds <= INERT
    assert seen(shown) == seen(text)


@given(LIVELY)
@settings(max_examples=500, deadline=None)
def test_what_is_no_formatting_of_ours_stays_text_in_our_own_words(text: str) -> None:
    ours = {"strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close"}
    lists = {f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "list_item") for end in ("open", "close")}
    for block in blocks(text):
        kinds, _ = interpreted(block)
        assert kinds <= INERT | ours | lists


def test_right_to_left_words_and_marks_come_through_unchanged() -> None:
    said = "שלום \u202eעולם\u202c مرحبا 👩🏽‍💻"
    assert inert(said) == said
