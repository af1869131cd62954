"""The prompts that come with the product."""

import pytest

from bot.coaching.language import Language
from bot.words.files.load import load
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import Problem
from bot.words.files.rules.forbidden import Forbidden, Where, read_forbidden
from bot.words.files.rules.lint import lint
from bot.words.files.words import FileWords

EN, NL = Language.EN, Language.NL


@pytest.fixture(scope="module")
def forbidden() -> Forbidden:
    problems: list[Problem] = []
    rules = read_forbidden(prompts_folder(), problems)
    assert problems == []
    return rules


@pytest.fixture(scope="module")
def wording() -> Forbidden:
    problems: list[Problem] = []
    rules = read_forbidden(prompts_folder(), problems, "wording.yaml")
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
                assert words.body_of(text, language, week=1)


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
    assert list(forbidden.broken_by(said, language))


@pytest.mark.parametrize(
    ("said", "language"),
    [("What did they say?", EN), ("Write down what you heard.", EN), ("Wat zeiden ze?", NL)],
)
def test_where_words_are_forgotten_nobody_asks_for_the_answer(
    forbidden: Forbidden, said: str, language: Language
) -> None:
    assert list(forbidden.broken_by(said, language, Where.FORGOTTEN))
    assert not list(forbidden.broken_by(said, language))


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
@pytest.mark.parametrize("where", [None, Where.FORGOTTEN])
def test_telling_people_not_to_is_fine(
    forbidden: Forbidden, said: str, language: Language, where: Where | None
) -> None:
    assert list(forbidden.broken_by(said, language, where)) == []


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Your look back", EN),
        ("Day of the team's look back", EN),
        ("All that's left is a rare look back.", EN),
        ("A minute of looking back", EN),
        ("Whoever waits for IT hears along the way how things stand.", EN),
        ("Which mark does the service from IT deserve?", EN),
        ("No machine gives marks here.", EN),
        ("What you wrote yourself stands on my Home page.", EN),
        ("Your own before and after stand below.", EN),
        ("Take my data along", EN),
        ("Wipe everything", EN),
        ("What is yours", EN),
        ("No model reads along.", EN),
        ("If you answered the eight questions both times, they are below.", EN),
        ("Four weeks ago you picked one thing.", EN),
        ("Never a look back.", EN),  # a negation changes nothing
        ("Iedereen in dit kanaal beslist zelf of hij meedoet.", NL),
        ("Een team waarin iedereen zijn plek kent", NL),
        ("Antwoord vanaf je eigen stoel.", NL),
        ("De tweede dag moet in de week ná de eerste komen.", NL),
        ("Feestdagen van", NL),
        ("Zo, dat weet je vast.", NL),
        ("Dit heeft de week achtergelaten.", NL),
        ("Een paar dingen die voor jullie oren bestemd zijn.", NL),
        ("Voordat de mailbox wakker wordt", NL),
        ("Vijf experimenten verder", NL),
        ("Geen techniek aan te pas gekomen", NL),
        ("Wat moeten we vooral nooit laten?", NL),
        ("Zulke kleine stops breng ik naar IT-managers", NL),
        ("Kleine experimenten buiten de wereld van tickets", NL),
        ("Welk klein menselijk ding maakte het verschil?", NL),
        ("De beste servicemens in jullie pand", NL),
        ("Heb je de acht vragen beide keren beantwoord, dan staan ze hieronder.", NL),
        ("Vier weken geleden koos je één ding.", NL),
        ("Mijn gegevens meenemen", NL),
        ("Er leest geen taalmodel mee.", NL),
        ("Wat wilt u doen?", NL),
    ],
)
def test_what_nobody_would_say_is_caught(wording: Forbidden, said: str, language: Language) -> None:
    assert list(wording.broken_by(said, language))


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("The door was closed.", EN),
        ("A drawer full of good intentions", EN),
        ("Slack deed de deur dicht.", NL),
        ("Stilte in de pitstraat", NL),
    ],
)
def test_an_image_is_caught_in_a_sentence_of_the_system_alone(
    wording: Forbidden, said: str, language: Language
) -> None:
    assert list(wording.broken_by(said, language, Where.PHRASES))
    assert not list(wording.broken_by(said, language))


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Let's look back at what you did.", EN),
        ("The message shows where things stand.", EN),
        ("What stands in the way, seen from their chair?", EN),
        ("If you say “ticket”, you start again.", EN),
        ("Wie ‘ticket’ zegt, begint opnieuw.", NL),
        ("Heb je nog iets, zet het dan hier.", NL),
        ("Lees hem voor aan iemand buiten IT.", NL),
    ],
)
def test_how_people_speak_is_left_alone(wording: Forbidden, said: str, language: Language) -> None:
    assert list(wording.broken_by(said, language, Where.PHRASES)) == []


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Ask it tonight, at the table.", EN),
        ("Ring one customer this morning.", EN),
        ("It works well on a Monday morning.", EN),
        ("A rainy day is made for this.", EN),
        ("Ask your wife what she thinks of the desk.", EN),
        ("Your kids know how to listen.", EN),
        ("You must be tired by now.", EN),
        ("You're probably very busy.", EN),
        ("You look tired.", EN),
        ("Vraag het vanavond aan tafel.", NL),
        ("Goedemorgen, daar ben ik weer.", NL),
        ("Ook op maandagochtend.", NL),
        ("Met dit weer blijf je liever binnen.", NL),
        ("Vraag het je vrouw.", NL),
        ("Je bent vast moe.", NL),
        ("Je zult het wel druk hebben.", NL),
    ],
)
def test_what_nobody_can_know_is_not_assumed(wording: Forbidden, said: str, language: Language) -> None:
    assert list(wording.broken_by(said, language, Where.MESSAGES))
    assert not list(wording.broken_by(said, language))


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("It can be asked on any evening you like.", EN),
        ("Small enough for a bad Monday.", EN),
        ("Is anyone else on your team busy with this?", EN),
        ("Ask your partner, a sister or an old friend.", EN),
        ("How do you know you are finished?", EN),
        ("The colleague who opens the desk in the morning", EN),
        ("Op een avond die jou past.", NL),
        ("Klein genoeg voor een beroerde maandag.", NL),
        ("Vraag het een vriendin, je broer of je moeder.", NL),
        ("Je bent drie weken met vakantie.", NL),
        ("De mannen en vrouwen van de brandweer", NL),
        ("Je wilt weten hoe druk het bij de balie is.", NL),
    ],
)
def test_what_assumes_nothing_is_left_alone(wording: Forbidden, said: str, language: Language) -> None:
    assert list(wording.broken_by(said, language, Where.MESSAGES)) == []


@pytest.mark.parametrize(
    ("said", "language", "is_list"),
    [
        ("Done already, on a day you pick, or not for you: you say.", EN, True),
        ("Would you like it smaller, another one, or shall we let it go?", EN, True),
        ("Letting it rest is fine too.", EN, False),
        ("Whose problem this week would you most like to understand?", EN, False),
        ("Al gedaan, op een dag die je kiest, of niks voor jou.", NL, True),
        ("Wil je hem kleiner, liever een andere, of laten we hem gaan?", NL, True),
        ("Kies die dag. Laten rusten mag ook.", NL, False),
        ("Welke klant schiet je nu als eerste te binnen?", NL, False),
    ],
)
def test_a_reminder_lists_no_answers(wording: Forbidden, said: str, language: Language, *, is_list: bool) -> None:
    assert bool(list(wording.broken_by(said, language, Where.REMINDERS))) is is_list
    assert not list(wording.broken_by(said, language, Where.MESSAGES))
