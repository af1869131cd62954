"""What the page asks for, by whom and where."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.site import Site
from bot.practice.slack.world import Conversation, Json, Kind, Person, View


@dataclass(frozen=True)
class Asked:
    """One deed: its values, and the address under which the practice workspace was called."""

    body: Json
    base: str

    def text(self, name: str) -> str:
        """Return a text, empty when absent; raises Refusal for anything else."""
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            raise Refusal("invalid_arguments")
        return value or ""

    def account(self) -> Json:
        """Return what shall be changed of somebody's account, by field; raises Refusal."""
        changed: Json = {}
        if "tz" in self.body:
            changed["tz"] = _zone(self.text("tz"))
        if "locale" in self.body:
            changed["locale"] = self.text("locale")
        if "deleted" in self.body:
            changed["deleted"] = bool(self.body["deleted"])
        return changed

    def state(self) -> Json:
        """Return what was filled in, by block and action; raises Refusal."""
        state = self.body.get("state") or {}
        if not isinstance(state, dict) or not all(_is_record_of_records(each) for each in state.values()):
            raise Refusal("invalid_arguments")
        return state

    def person(self, site: Site) -> Person:
        """Return who does it; raises Refusal for strangers and the deactivated."""
        person = self.subject(site)
        if person.deleted:
            raise Refusal("account_inactive")
        return person

    def subject(self, site: Site) -> Person:
        """Return who it befalls, deactivated or not; raises Refusal."""
        person = site.world.people.get(self.text("as"))
        if person is None or person.is_bot:
            raise Refusal("user_not_found")
        return person

    def seen(self, site: Site) -> tuple[Person, Conversation]:
        """Return who looks, and the conversation that person sees; raises Refusal."""
        person = self.person(site)
        conversation = site.world.conversations.get(self.text("channel"))
        if conversation is None or conversation not in site.world.seen_by(person.id):
            raise Refusal("channel_not_found")
        return person, conversation

    def written(self, site: Site) -> tuple[Person, Conversation]:
        """Return who writes, and the conversation where that person may; raises Refusal."""
        person, conversation = self.seen(site)
        if conversation.is_archived:
            raise Refusal("is_archived")
        if person.id not in conversation.members:
            raise Refusal("not_in_channel")
        return person, conversation if conversation.is_open else site.world.open(conversation)

    def channel(self, site: Site) -> Conversation:
        """Return a channel, whoever sees it; raises Refusal."""
        channel = site.world.conversations.get(self.text("channel"))
        if channel is None or channel.kind is Kind.DIRECT:
            raise Refusal("channel_not_found")
        return channel

    def modal(self, site: Site, person: Person) -> View:
        """Return a modal that the person has open; raises Refusal."""
        view = site.world.modal(person.id, self.text("view"))
        if view is None:
            raise Refusal("view_not_found")
        return view


def _is_record_of_records(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


def _zone(name: str) -> str | None:
    if not name:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal("invalid_tz") from None
