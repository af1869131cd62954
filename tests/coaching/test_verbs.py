"""What people type after the slash."""

import pytest

from bot.coaching.language import Language
from bot.coaching.verbs import Heard, Verb, read

EN, NL = Language.EN, Language.NL


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        # every verb
        *[(verb.value, verb) for verb in Verb],
        # Dutch
        ("meedoen", Verb.JOIN),
        ("doe mee", Verb.JOIN),
        ("stop", Verb.LEAVE),
        ("stoppen", Verb.LEAVE),
        ("verlaat", Verb.LEAVE),
        ("pauze", Verb.PAUSE),
        ("verder", Verb.RESUME),
        ("hervat", Verb.RESUME),
        ("volgende", Verb.NEXT),
        ("straks", Verb.LATER),
        ("instellingen", Verb.SETTINGS),
        ("logboek", Verb.LOG),
        ("exporteer", Verb.EXPORT),
        ("vergeet", Verb.FORGET),
        ("vergeet mij", Verb.FORGET),
        ("wis", Verb.FORGET),
        ("stand", Verb.STATUS),
        ("hulp", Verb.HELP),
        # as people type
        ("  JOIN  ", Verb.JOIN),
        ("Doe   Mee!", Verb.JOIN),
        ("doe mee !", Verb.JOIN),
        ("help?", Verb.HELP),
        ("/help", Verb.HELP),
        ("`status`", Verb.STATUS),
        ("Pauzé", Verb.PAUSE),
        # nothing at all
        ("", Verb.HELP),
        ("   ", Verb.HELP),
    ],
)
def test_a_verb_is_understood(typed: str, heard: Verb) -> None:
    assert read(typed).verb is heard


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("join", EN),
        ("pause", EN),
        ("meedoen", NL),
        ("instellingen", NL),
        ("start", None),  # both
        ("stop", None),
        ("log", None),
        ("help", None),
        ("", None),
        ("xyzzy", None),
    ],
)
def test_a_word_of_one_language_tells_it(typed: str, language: Language | None) -> None:
    assert read(typed).language is language


def test_what_follows_the_verb_is_kept_as_typed() -> None:
    assert read("Pause  until  3 Jan") == Heard(verb=Verb.PAUSE, rest="until 3 Jan", language=EN)
    assert read("doe mee graag").rest == "graag"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("strat", "start"),
        ("setings please", "settings"),
        ("instelingen", "instellingen"),
        ("volgnde", "volgende"),
    ],
)
def test_a_slip_gets_the_nearest_word(typed: str, nearest: str) -> None:
    assert read(typed) == Heard(verb=None, rest=typed, nearest=nearest)


@pytest.mark.parametrize("typed", ["xyzzy", "🙂", "42", "שלום", "!!!"])
def test_something_else_gets_no_suggestion(typed: str) -> None:
    assert read(typed) == Heard(verb=None, rest=typed)
