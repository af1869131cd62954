"""What a short typed message asks for, by rule: no model reads it, and what no rule names is an answer.

1. The message is made plain: small letters without accents, apostrophes, punctuation and emoji.
2. In the *act* tier a message is exactly one of a short published list, or it is not.
3. In the *offer* tier it is short, tells of nobody else, and one of an intent's patterns is found in it.

Rules are read in their order; those of a person's own language come first.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_APOSTROPHES = re.compile("['’‘`´]")
_QUOTES = re.compile('["“”„«»]')
_WORDS = re.compile(r"[^\w]+|_+")
# What changes how an emoji looks, not what it is: variation selectors, skin tones, what joins several to one.
_EMOJI_LOOKS = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\\s]+")


class Intent(StrEnum):
    """What a message may ask for."""

    STOP = "stop"  # no message ever again
    PAUSE = "pause"  # none for a while
    COACH = "coach"  # a word with a person
    LATER = "later"  # this one again, in hours or tomorrow
    NOT_NOW = "not_now"  # a bad moment
    DONE = "done"  # the experiment was done
    NOT_DONE = "not_done"  # it was not, or it failed
    WHAT_NOW = "what_now"  # what am I to do?
    HELP = "help"  # what is this, and how does it work?
    THANKS = "thanks"  # nothing is asked: thank you, fine
    WHO_READS = "who_reads"  # who can see what I write?


# What can be done at once: it costs nothing, can be undone, or asks for its day. All else is asked first, however it is
# said.
ACTED_ON = frozenset(
    {Intent.STOP, Intent.PAUSE, Intent.LATER, Intent.WHAT_NOW, Intent.HELP, Intent.THANKS, Intent.WHO_READS}
)


class Tier(StrEnum):
    """How sure a rule is."""

    ACT = "act"  # the whole message is one of a published list
    OFFER = "offer"  # it looks like it: the person is asked


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one intent is said in one language."""

    intent: Intent
    acts: frozenset[str] = frozenset()  # whole messages, plain
    offers: tuple[re.Pattern[str], ...] = ()  # found in a plain message
    excludes: tuple[re.Pattern[str], ...] = ()  # found in it, no offer is made


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every intent in one language, the first that fits wins."""

    longest: int = 0  # words of a message that may ask for something
    excludes: tuple[re.Pattern[str], ...] = ()  # of every intent: who tells of somebody else asks for nothing
    intents: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a message seems to ask for."""

    intent: Intent
    tier: Tier


def plain(text: str) -> str:
    """Return a message as rules see it, e.g. "Don’t STOP!! 🙂" as "dont stop"; one of emoji alone as these."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _WORDS.sub(" ", _APOSTROPHES.sub("", bare)).strip()
    return words or _EMOJI_LOOKS.sub("", text)


def meaning_of(text: str, languages: Iterable[Rules]) -> Meaning | None:
    """Return what a message seems to ask for; None for an answer, and for what quotes somebody."""
    if _QUOTES.search(text):
        return None
    said, tongues = plain(text), tuple(languages)
    if not said:
        return None
    acts = (rule.intent for rules in tongues for rule in rules.intents if said in rule.acts)
    if (exact := next(acts, None)) is not None:
        return Meaning(intent=exact, tier=Tier.ACT)
    offers = (rule.intent for rules in tongues if _may_ask(said, rules) for rule in rules.intents if _fits(said, rule))
    looser = next(offers, None)
    return None if looser is None else Meaning(intent=looser, tier=Tier.OFFER)


def _may_ask(said: str, rules: Rules) -> bool:
    return len(said.split()) <= rules.longest and not _any(rules.excludes, said)


def _fits(said: str, rule: Rule) -> bool:
    return _any(rule.offers, said) and not _any(rule.excludes, said)


def _any(patterns: Iterable[re.Pattern[str]], said: str) -> bool:
    return any(pattern.search(said) for pattern in patterns)
