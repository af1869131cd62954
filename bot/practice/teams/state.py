"""What one person sees of the practice Teams, as its page shows it."""

from collections.abc import Mapping

from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import BOT_NAME, Conversation, Json, Kind, Person, Post


def look(site: TeamsSite, name: str, words: Mapping[str, str]) -> Json | None:
    """Return what a person sees, the first one when nobody is named; None for a stranger."""
    person = site.world.people.get(name) if name else next(iter(site.world.people.values()))
    return state(site, person, words) if person else None


def state(site: TeamsSite, person: Person, words: Mapping[str, str]) -> Json:
    """Return what the person sees; what travels and lints is added by the page."""
    world = site.world
    seen = list(world.seen_by(person.id))
    return {
        "version": site.changes.version,
        "now": site.now().isoformat(timespec="seconds"),
        "bot": {"id": site.bot, "name": BOT_NAME},
        "me": _person(site, person, words),
        "people": [_person(site, each, words) for each in world.people.values()],
        "conversations": [_conversation(site, each, person) for each in seen],
        "messages": {each.id: _messages(site, each, person) for each in seen},
    }


def _person(site: TeamsSite, person: Person, words: Mapping[str, str]) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "title": words.get(person.title, ""),
        "tz": person.tz,
        "locale": person.locale,
        "deleted": person.deleted,
        "has_app": person.has_app,
        "unread": sum(_unread(site, each, person) for each in site.world.seen_by(person.id)),
    }


def _conversation(site: TeamsSite, conversation: Conversation, person: Person) -> Json:
    return {
        "id": conversation.id,
        "name": BOT_NAME if conversation.kind is Kind.PERSONAL else conversation.name,
        "kind": conversation.kind,
        "has_bot": site.world.has_bot(conversation),
        "unread": _unread(site, conversation, person),
    }


def _unread(site: TeamsSite, conversation: Conversation, person: Person) -> int:
    last = site.world.read.get(person.id, {}).get(conversation.id, 0)
    posts = site.world.posts[conversation.id].values()
    return sum(int(post.id) > last and post.author != person.id and not post.deleted for post in posts)


def _messages(site: TeamsSite, conversation: Conversation, person: Person) -> list[Json]:
    posts = sorted(site.world.posts[conversation.id].values(), key=lambda each: int(each.id))
    return [_message(post, person) for post in posts]


def _message(post: Post, person: Person) -> Json:
    return {
        "id": post.id,
        "from": post.author,
        "text": "" if post.deleted else "\n".join(filter(None, (post.text, post.others and f"> {post.others}"))),
        "card": post.card_of(person.id),
        "thread": post.thread,
        "quotes": post.quotes,
        "edited": post.edited,
        "deleted": post.deleted,
        "file": None if post.deleted else _file(post.file),
        "summary": post.summary,
    }


def _file(file: Json | None) -> Json | None:
    return {name: value for name, value in file.items() if name not in ("accept", "decline")} if file else None
