"""The Web API: one file for each of Slack's nouns."""

from bot.practice.slack.api import auth, chat, conversations, files, users, views
from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import Refusal, require_room, require_scope, require_token
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}


def call(site: Site, name: str, arguments: Arguments, token: str | None) -> Json:
    """Do what a method promises and return its answer; raises Refusal."""
    method = METHODS.get(name)
    if method is None:
        raise Refusal("unknown_method", req_method=name)
    require_token(site.world, token, site.token)
    require_room(site.limits, name, _where(site, arguments), site.now())
    require_scope(site.scopes, *method.scopes)
    answer = {"ok": True, **method.run(site, arguments)}
    if method.changes:
        site.changed()
    return answer


def _where(site: Site, arguments: Arguments) -> str:
    """Return the conversation that a call names; a person's id means the one with that person."""
    channel = arguments.text("channel")
    direct = site.world.direct(channel)
    return direct.id if direct else channel
