"""The language of the slash command: a verb, in English or Dutch, and the rest."""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.coaching.language import Language

NEAR = 0.6  # how alike an unknown word must be to be offered


class Verb(StrEnum):
    """What can be asked of the bot by command."""

    START = "start"
    JOIN = "join"
    LEAVE = "leave"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    LATER = "later"
    SETTINGS = "settings"
    LOG = "log"
    READING = "reading"
    COUNCIL = "council"
    DESK = "desk"
    EXPORT = "export"
    PROOF = "proof"
    FORGET = "forget"
    STATUS = "status"
    HELP = "help"


_WORDS: Mapping[Language, Mapping[Verb, tuple[str, ...]]] = {
    Language.EN: {
        Verb.START: ("start", "begin"),
        Verb.JOIN: ("join",),
        Verb.LEAVE: ("leave", "stop", "quit"),
        Verb.PAUSE: ("pause", "hold"),
        Verb.RESUME: ("resume", "continue"),
        Verb.NEXT: ("next",),
        Verb.LATER: ("later", "snooze"),
        Verb.SETTINGS: ("settings", "preferences"),
        Verb.LOG: ("log",),
        Verb.READING: ("reading", "readers"),
        Verb.COUNCIL: ("council", "works council"),
        Verb.DESK: ("desk",),
        Verb.EXPORT: ("export", "download"),
        Verb.PROOF: ("proof", "receipt"),
        Verb.FORGET: ("forget", "erase", "forget me", "delete"),
        Verb.STATUS: ("status",),
        Verb.HELP: ("help",),
    },
    Language.NL: {
        Verb.START: ("start", "starten", "begin", "beginnen"),
        Verb.JOIN: ("meedoen", "doe mee", "ik doe mee"),
        Verb.LEAVE: ("stop", "stoppen", "verlaat", "verlaten"),
        Verb.PAUSE: ("pauze", "pauzeer", "pauzeren"),
        Verb.RESUME: ("verder", "ga verder", "hervat", "hervatten"),
        Verb.NEXT: ("volgende",),
        Verb.LATER: ("later", "straks"),
        Verb.SETTINGS: ("instellingen", "voorkeuren"),
        Verb.LOG: ("log", "logboek"),
        Verb.READING: ("meelezen", "meelezers"),
        Verb.COUNCIL: ("ondernemingsraad", "or"),
        Verb.DESK: ("desk", "bureau"),
        Verb.EXPORT: ("export", "exporteer", "exporteren"),
        Verb.PROOF: ("bewijs",),
        Verb.FORGET: ("vergeet", "vergeet mij", "vergeet me", "wis", "wissen", "verwijder"),
        Verb.STATUS: ("status", "stand"),
        Verb.HELP: ("help", "hulp"),
    },
}
_SPOKEN: Mapping[str, tuple[Verb, frozenset[Language]]] = {
    word: (verb, frozenset(language for language in Language if word in _WORDS[language].get(verb, ())))
    for verbs in _WORDS.values()
    for verb, words in verbs.items()
    for word in words
}
_LONGEST = max(len(word.split()) for word in _SPOKEN)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What somebody asked for."""

    verb: Verb | None  # None when the word is unknown
    rest: str = ""  # what came after the verb, as it was typed
    nearest: str | None = None  # for an unknown word: the known one most like it
    language: Language | None = None  # when the word exists in only one


def read(text: str) -> Heard:
    """Return what a command asks for; nothing typed asks for help."""
    typed = text.split()
    if not typed:
        return Heard(verb=Verb.HELP)
    for count in range(min(_LONGEST, len(typed)), 0, -1):
        word = _plain(" ".join(typed[:count]))
        if word in _SPOKEN:
            verb, languages = _SPOKEN[word]
            only = next(iter(languages)) if len(languages) == 1 else None
            return Heard(verb=verb, rest=" ".join(typed[count:]), language=only)
    near = difflib.get_close_matches(_plain(typed[0]), _SPOKEN, n=1, cutoff=NEAR)
    return Heard(verb=None, rest=" ".join(typed), nearest=near[0] if near else None)


def _plain(word: str) -> str:
    """Return a word in lower case without accents or the punctuation around it."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.split()).strip(" /.,;:!?…\"'“”‘’`*_~()[]{}<>-–—")
