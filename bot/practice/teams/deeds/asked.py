"""Who asks for a deed, and about what."""

from typing import Any

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Conversation, Json, Kind, Person, Post


def subject(site: TeamsSite, asked: Asked) -> Person:
    """Return who it befalls, deactivated or not; raises Refusal."""
    person = site.world.people.get(asked.text("as"))
    if person is None:
        raise Refusal("user_not_found")
    return person


def doer(site: TeamsSite, asked: Asked) -> Person:
    """Return who does it; raises Refusal for strangers and the deactivated."""
    person = subject(site, asked)
    if person.deleted:
        raise Refusal("account_inactive")
    return person


def seen(site: TeamsSite, asked: Asked) -> tuple[Person, Conversation]:
    """Return who looks, and the conversation that person sees; raises Refusal."""
    person = doer(site, asked)
    conversation = site.world.conversations.get(asked.text("channel"))
    if conversation is None or conversation not in site.world.seen_by(person.id):
        raise Refusal("channel_not_found")
    return person, conversation


def written(site: TeamsSite, asked: Asked) -> tuple[Person, Conversation]:
    """Return who writes, and where; a personal chat needs the app. Raises Refusal."""
    person, conversation = seen(site, asked)
    if conversation.kind is Kind.PERSONAL and not person.has_app:
        raise Refusal("app_not_installed")
    return person, conversation


def shown(site: TeamsSite, asked: Asked) -> tuple[Person, Post]:
    """Return who looks, and the message of the bot that person sees; raises Refusal."""
    person, conversation = written(site, asked)
    post = site.world.post(conversation.id, asked.text("id"))
    if post is None or post.author != site.bot:
        raise Refusal("message_not_found")
    return person, post


def record(asked: Asked, name: str) -> Json:
    """Return an object, empty when absent; raises Refusal."""
    value: Any = asked.body.get(name)
    if value is not None and not isinstance(value, dict):
        raise Refusal("invalid_arguments")
    return value or {}
