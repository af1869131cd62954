"""Where somebody keeps public holidays: a country and, where they differ, the part of it that was typed."""

from bot.coaching.language import Language
from bot.flows.given import Given

MOST_LISTED = 12  # parts of a country in one sentence; of more there are examples
EXAMPLES = 3


def place_in(given: Given, language: Language, country: str | None, typed: str) -> tuple[str | None, str]:
    """Return the place, such as "NL" or "GB-ENG", and nothing; or no place and what to say at the region's field."""
    words, name = given.words, typed.strip()
    if country is None:
        return None, words.say("region-alone", language) if name else ""
    known, called = words.regions(country, language), words.country(country, language)
    if not known:
        return country, words.say("region-none", language, country=called) if name else ""
    if place := words.read_region(country, name):
        return place, ""
    key, most = ("region-needed", len(known)) if len(known) <= MOST_LISTED else ("region-needed-of-many", EXAMPLES)
    return None, words.say(key, language, country=called, names=", ".join(known[:most]))
