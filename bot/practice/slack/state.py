"""What one person sees of the practice workspace, as the page shows it."""

from collections.abc import Mapping

from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT_USER, Conversation, Json, Kind, Person, Post, View


def look(site: Site, name: str, words: Mapping[str, str]) -> Json | None:
    """Return what a person sees, the first one when none is named; None for a stranger."""
    people = site.world.people
    person = people.get(name) if name else next((each for each in people.values() if not each.is_bot), None)
    return state(site, person, words) if person else None


def state(site: Site, person: Person, words: Mapping[str, str]) -> Json:
    """Return what the person sees; what travels and lints is added by the page."""
    world = site.world
    seen = sorted(world.seen_by(person.id), key=lambda each: each.kind is Kind.DIRECT)
    home = world.homes.get(person.id)
    return {
        "version": site.changes.version,
        "now": site.now().isoformat(timespec="seconds"),
        "me": _person(person, words),
        "people": [{**_person(each, words), "unread": _waiting(site, each)} for each in world.people.values()],
        "conversations": [_conversation(site, each, person) for each in seen],
        "messages": {each.id: _messages(site, each, person) for each in seen},
        "home": {"blocks": home.body["blocks"]} if home else None,
        "modals": [_modal(view) for view in world.modals.get(person.id, ())],
    }


def _person(person: Person, words: Mapping[str, str]) -> Json:
    return {
        "id": person.id,
        "name": person.name if not person.is_bot else person.real_name,
        "title": words.get(person.title, ""),
        "tz": person.tz,
        "locale": person.locale,
        "is_bot": person.is_bot,
        "deleted": person.deleted,
    }


def _waiting(site: Site, person: Person) -> int:
    """Return how many messages a person has not seen yet."""
    return 0 if person.is_bot else sum(_unread(site, each, person) for each in site.world.seen_by(person.id))


def _unread(site: Site, conversation: Conversation, person: Person) -> int:
    last = site.world.read.get(person.id, {}).get(conversation.id, "")
    posts = site.world.posts[conversation.id].values()
    return sum(post.ts > last and post.user != person.id and _sees(person, post) for post in posts)


def _conversation(site: Site, conversation: Conversation, person: Person) -> Json:
    name = conversation.name
    if conversation.kind is Kind.DIRECT:
        name = site.world.people[BOT_USER].real_name
    return {
        "id": conversation.id,
        "name": name,
        "kind": conversation.kind,
        "is_archived": conversation.is_archived,
        "has_bot": conversation.has_bot,
        "is_member": person.id in conversation.members,
        "unread": _unread(site, conversation, person),
    }


def _messages(site: Site, conversation: Conversation, person: Person) -> list[Json]:
    posts = [post for post in site.world.posts[conversation.id].values() if _sees(person, post)]
    threads: dict[str, list[str]] = {}
    for post in posts:
        if post.is_reply and post.thread_ts:
            threads.setdefault(post.thread_ts, []).append(post.ts)
    return [_message(site, post, threads.get(post.ts, [])) for post in posts]


def _message(site: Site, post: Post, replies: list[str]) -> Json:
    return {
        "ts": post.ts,
        "user": post.user,
        "text": post.text,
        "blocks": list(post.blocks),
        "thread_ts": post.thread_ts,
        "reply_count": len(replies),
        "reply_ts": replies,
        "edited": post.edited_ts is not None,
        "ephemeral": post.only_for is not None,
        "deleted": post.is_tombstone,
        "metadata": post.metadata,
        "files": [{"name": site.world.files[file].name, "url": f"/practice/slack/file/{file}"} for file in post.files],
    }


def _modal(view: View) -> Json:
    body = view.body
    words = {key: (body.get(key) or {}).get("text") for key in ("title", "submit", "close")}
    return {"id": view.id, **words, "blocks": body["blocks"], "errors": dict(view.errors)}


def _sees(person: Person, post: Post) -> bool:
    return post.only_for in (None, person.id)
