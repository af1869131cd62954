"""Who is in a conversation, and what is in a team, as the bot is told."""

from bot.practice.teams.api.rules import FORBIDDEN, NOT_FOUND, open_to_bot, refuse
from bot.practice.teams.world import TEAM, TEAM_GROUP, TEAM_NAME, TENANT, Json, Kind, Person, World

DOMAIN = "practice.example"


def members(world: World, conversation: str) -> list[Json]:
    """Return everybody in a conversation but the bot; raises Refusal."""
    found, _ = open_to_bot(world, conversation)
    if found.kind is Kind.PERSONAL:
        return [_member(world.people[found.person])]
    return [_member(person) for person in world.people.values() if not person.deleted]


def member(world: World, conversation: str, name: str) -> Json:
    """Return somebody in a conversation, by account or by object id; raises Refusal."""
    person = world.who(name)
    found = next((each for each in members(world, conversation) if person and each["id"] == person.account), None)
    if found is None:
        raise refuse("MemberNotFoundInConversation", NOT_FOUND)
    return found


def team(world: World, name: str) -> Json:
    """Return what a team is called; raises Refusal."""
    _require_team(world, name)
    count = sum(not person.deleted for person in world.people.values())
    return {
        "id": TEAM,
        "name": TEAM_NAME,
        "aadGroupId": TEAM_GROUP,
        "tenantId": TENANT,
        "type": "standard",
        "channelCount": len(channels(world, name)["conversations"]),
        "memberCount": count,
    }


def channels(world: World, name: str) -> Json:
    """Return the channels of a team; raises Refusal."""
    _require_team(world, name)
    found = [each for each in world.conversations.values() if each.kind is Kind.CHANNEL]
    return {"conversations": [{"id": each.id, "name": each.name, "type": "standard"} for each in found]}


def _require_team(world: World, name: str) -> None:
    if name != TEAM:
        raise refuse("ConversationNotFound", NOT_FOUND)
    if not world.has_team:
        raise refuse("BotNotInConversationRoster", FORBIDDEN)


def _member(person: Person) -> Json:
    given, _, family = person.real_name.partition(" ")
    address = f"{person.name.lower()}@{DOMAIN}"
    return {
        "id": person.account,
        "name": person.real_name,
        "aadObjectId": person.id,
        "objectId": person.id,
        "givenName": given,
        "surname": family,
        "email": address,
        "userPrincipalName": address,
        "tenantId": person.tenant,
        "userRole": "guest" if person.is_guest else "user",
    }
