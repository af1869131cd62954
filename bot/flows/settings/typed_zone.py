"""A time zone that was typed into a form: the zone, or the sentence that asks for it again."""

from bot.coaching.calendar import is_zone
from bot.coaching.language import Language
from bot.flows.given import Given


def zone_in(
    given: Given, language: Language, typed: str, *, stood: str | None, country: str | None = None
) -> tuple[str, str]:
    """Return the zone and nothing, or nothing and what to say at the field.

    `stood` is what the field was filled with: left as it is, it is no question. A city that is in several countries is
    the one in the person's own.
    """
    name = typed.strip()
    if name == stood and is_zone(name):
        return name, ""
    read = given.words.read_zone(name, country)
    if read.trouble is None:
        return read.zone, ""
    among = ", ".join(read.among)
    return "", given.words.say(f"zone-{read.trouble}", language, typed=name, among=among)
