"""users.*"""

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import person_of
from bot.practice.slack.shapes import person_shape
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json


def info(site: Site, arguments: Arguments) -> Json:
    """Describe somebody."""
    person = person_of(site.world, arguments.need("user"))
    return {"user": person_shape(person, site.now(), locale=arguments.flag("include_locale"))}


def everybody(site: Site, arguments: Arguments) -> Json:
    """Describe everybody, the deactivated too."""
    locale = arguments.flag("include_locale")
    people = [person_shape(person, site.now(), locale=locale) for person in site.world.people.values()]
    limit = arguments.number("limit", 0) or len(people)
    begin = arguments.number("cursor", 0)
    end = begin + limit
    return {
        "members": people[begin:end],
        "cache_ts": int(site.now().timestamp()),
        "response_metadata": {"next_cursor": str(end) if end < len(people) else ""},
    }


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(everybody, ("users:read",)),
}
