"""The Teams world as values that JSON knows, and back."""

from datetime import timedelta

from bot.practice.keep import FORMAT, UnreadableError, values_of
from bot.practice.teams.world import Conversation, File, Json, Kind, Person, Post, World


def to_json(world: World, *, ahead: timedelta, version: int) -> Json:
    """Return the world without copying what never changes."""
    return {
        "format": FORMAT,
        "ahead": ahead.total_seconds(),
        "version": version,
        "last_id": world.last_id,
        "has_team": world.has_team,
        "people": [values_of(person) for person in world.people.values()],
        "conversations": [values_of(conversation) for conversation in world.conversations.values()],
        "posts": [values_of(post) for posts in world.posts.values() for post in posts.values()],
        "files": [values_of(file) for file in world.files.values()],
        "read": {person: dict(read) for person, read in world.read.items()},
    }


def from_json(kept: Json) -> World:
    """Return the world that was kept; raises UnreadableError."""
    try:
        return _world(kept)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableError("What was kept is not a practice Teams: remove it to begin anew.") from error


def _world(kept: Json) -> World:
    world = World()
    world.last_id = kept["last_id"]
    world.has_team = kept["has_team"]
    world.read = kept["read"]
    world.add(*(Person(**row) for row in kept["people"]))
    world.add(*(Conversation(**{**row, "kind": Kind(row["kind"])}) for row in kept["conversations"]))
    for row in kept["posts"]:
        world.put(Post(**row))
    world.files = {row["id"]: File(**row) for row in kept["files"]}
    return world
