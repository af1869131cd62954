"""The prompts that come with the product."""

import pytest

from bot.coaching.language import Language
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Forbidden, read_forbidden
from bot.words.files.rules.lint import lint
from bot.words.files.words import FileWords

EN, NL = Language.EN, Language.NL


@pytest.fixture(scope="module")
def forbidden() -> Forbidden:
    problems: list[Problem] = []
    rules = read_forbidden(prompts_folder(), problems)
    assert problems == []
    return rules


def test_the_linter_finds_nothing() -> None:
    problems = lint(load(prompts_folder()))
    assert not problems, "\n".join(str(problem) for problem in problems)


def test_every_text_can_be_shown_in_every_language() -> None:
    words = FileWords(prompts_folder())
    for journey in words.journeys().values():
        for text in journey.texts.values():
            for language in Language:
                words.title_of(text, language, week=1)
                assert words.body_of(text, language, week=1, since="1 May")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Throw a pebble at your windscreen, then call Carglass.", EN),
        ("Throw a good pebble at it, don't hesitate.", EN),
        ("Don't be afraid to chuck a stone at the car.", EN),
        ("Go on: smash your own window.", EN),
        ("Chip the windshield and see what happens.", EN),
        ("Tap the windscreen with a hammer.", EN),
        ("Then file a claim with your insurer.", EN),
        ("Claim it on your insurance.", EN),
        ("Call your insurer afterwards.", EN),
        ("Write down the names of your candidates.", EN),
        ("Who is your favorite candidate?", EN),
        ("Tell me what your partner said.", EN),
        ("What did your wife answer?", EN),
        ("Gooi een steentje tegen je voorruit en bel Carglass.", NL),
        ("Je kunt een kiezelsteen tegen de ruit gooien.", NL),
        ("Aarzel niet: gooi een steen tegen je autoruit.", NL),
        ("Tik met een hamer op je voorruit.", NL),
        ("Dien daarna een claim in.", NL),
        ("Bel je verzekeraar.", NL),
        ("Noem je drie kandidaten.", NL),
        ("Schrijf de namen van de kandidaten op.", NL),
        ("Wat zei je partner?", NL),
        ("Vertel eens wat je vrouw antwoordde.", NL),
    ],
)
def test_forbidden_advice_is_caught(forbidden: Forbidden, said: str, language: Language) -> None:
    assert list(forbidden.broken_by(said, language, forgotten=False))


@pytest.mark.parametrize(
    ("said", "language"),
    [("What did they say?", EN), ("Write down what you heard.", EN), ("Wat zeiden ze?", NL)],
)
def test_where_words_are_forgotten_nobody_asks_for_the_answer(
    forbidden: Forbidden, said: str, language: Language
) -> None:
    assert list(forbidden.broken_by(said, language, forgotten=True))
    assert not list(forbidden.broken_by(said, language, forgotten=False))


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("No pebbles needed.", EN),
        ("Carglass if you really have a chip, a starred restaurant, or your bakery.", EN),
        ("Never throw a pebble at your windscreen.", EN),
        ("You don't have to throw a stone at your windscreen for it.", EN),
        ("A chip in your windscreen is a good reason to call Carglass.", EN),
        ("Please break no glass and file no claim.", EN),
        ("I won't ask what they said.", EN),
        ("What your partner said stays yours.", EN),
        ("Don't name your candidates here.", EN),
        ("What did the customer say?", EN),
        ("Break the ice.", EN),
        ("Een steentje gooien hoeft niet.", NL),
        ("Carglass als je écht een sterretje in je ruit hebt.", NL),
        ("Gooi nooit een steen tegen je voorruit.", NL),
        ("Dien geen claim in.", NL),
        ("Ik vraag niet wat je partner zei.", NL),
        ("Noem hier geen kandidaten.", NL),
        ("Ik vraag niet naar het antwoord.", NL),
        ("Wat zei de klant?", NL),
    ],
)
@pytest.mark.parametrize("forgotten", [True, False])
def test_telling_people_not_to_is_fine(forbidden: Forbidden, said: str, language: Language, forgotten: bool) -> None:
    assert list(forbidden.broken_by(said, language, forgotten=forgotten)) == []
