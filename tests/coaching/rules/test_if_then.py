"""A plan's halves inside the sentence that already begins them."""

import pytest

from bot.coaching.language import Language
from bot.coaching.rules.if_then import bare

EN, NL = Language.EN, Language.NL


@pytest.mark.parametrize(
    ("language", "first", "second", "said"),
    [
        (EN, "I am hungry", "walk to Purchasing", ("I am hungry", "walk to Purchasing")),
        (EN, "If I am hungry", "then I walk", ("I am hungry", "walk")),
        (EN, "IF it rains", "THEN I will call", ("it rains", "call")),
        (EN, "when it rains", "I'll call", ("it rains", "call")),
        (EN, "if: it rains", "then, I’ll call", ("it rains", "call")),
        (EN, "als ik honger heb", "dan ga ik", ("ik honger heb", "ga ik")),  # another language than the reader's
        (NL, "als ik honger heb", "dan ga ik lopen", ("ik honger heb", "ga ik lopen")),
        (NL, "Als het regent", "Dan bel ik", ("het regent", "bel ik")),
        (NL, "wanneer het regent", "… dan bel ik", ("het regent", "bel ik")),
        (NL, "if it rains", "then I call", ("it rains", "I call")),
        # nothing else begins with these words, and nothing is cut from within
        (EN, "iffy weather", "thenceforth", ("iffy weather", "thenceforth")),
        (NL, "alsof er niets is", "danst het team", ("alsof er niets is", "danst het team")),
        (EN, "it rains if ever", "wait, then I call", ("it rains if ever", "wait, then I call")),
        (EN, "if", "then", ("if", "then")),
        (EN, "", "", ("", "")),
        (EN, "if if it rains", "then then I call", ("if it rains", "then I call")),  # once: the rest was meant
    ],
)
def test_the_leading_word_stands_once(language: Language, first: str, second: str, said: tuple[str, str]) -> None:
    assert bare(first, second, language) == said
