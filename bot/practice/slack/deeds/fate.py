"""What befalls people's accounts, channels and the app."""

from dataclasses import replace

from bot.practice.slack import payloads
from bot.practice.slack.api.chat import take_away
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.slack.events import Courier
from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT_USER, Conversation, Json


class Fate:
    """Accounts come and go, channels are archived, the app is thrown out and let in."""

    def __init__(self, site: Site, courier: Courier) -> None:
        """Work on a site and bring to the app."""
        self._site = site
        self._courier = courier

    async def profile(self, asked: Asked) -> Json:
        """Change somebody's time zone, or deactivate and reactivate them."""
        person = replace(asked.subject(self._site), **asked.account())
        self._site.world.add(person)
        self._site.changed()
        if not self._site.world.is_installed:
            return {}
        event = payloads.person_changed(person, self._site.now(), self._site.next_ts())
        return {"acknowledged": await self._tell(event)}

    async def invite_bot(self, asked: Asked) -> Json:
        """Let the bot into a channel."""
        channel = asked.channel(self._site)
        return self._place(replace(channel, members=(*_people(channel), BOT_USER)))

    async def remove_bot(self, asked: Asked) -> Json:
        """Put the bot out of a channel."""
        channel = asked.channel(self._site)
        return self._place(replace(channel, members=_people(channel)))

    async def archive(self, asked: Asked) -> Json:
        """Archive a channel; with `archived: false` bring it back."""
        channel = asked.channel(self._site)
        return self._place(replace(channel, is_archived=bool(asked.body.get("archived", True))))

    async def wipe(self, asked: Asked) -> Json:
        """Remove one of the app's messages, as administrators and retention do; the app is not told."""
        post = self._site.world.post(asked.text("channel"), asked.text("ts"))
        if post is None or post.user != BOT_USER:
            raise Refusal("message_not_found")
        take_away(self._site, post)
        self._site.changed()
        return {}

    async def reload(self, asked: Asked) -> Json:
        """Open Slack anew: what one person alone saw is gone, and every modal; the app is not told."""
        person = asked.person(self._site)
        self._site.world.forget_ephemerals(person.id)
        self._site.world.modals[person.id] = self._site.world.elsewhere[person.id] = ()
        self._site.changed()
        return {}

    async def uninstall(self, asked: Asked) -> Json:
        """Take the app out of the workspace."""
        del asked
        self._site.world.is_installed = False
        self._site.changed()
        told = [await self._tell(_revoked()), await self._tell({"type": "app_uninstalled"})]
        return {"acknowledged": all(told)}

    async def revoke(self, asked: Asked) -> Json:
        """Take the app's token back."""
        del asked
        self._site.world.is_token_good = False
        self._site.changed()
        return {"acknowledged": await self._tell(_revoked())}

    async def install(self, asked: Asked) -> Json:
        """Give the app its place and token back."""
        del asked
        self._site.world.is_installed = self._site.world.is_token_good = True
        self._site.changed()
        return {}

    async def redeliver(self, asked: Asked) -> Json:
        """Bring the last event, command or interaction once more, as Slack does when it saw no answer."""
        del asked
        ack = await self._courier.repeat()
        if ack is None:
            raise Refusal("nothing_delivered")
        if not ack.is_good:
            raise Refusal(ack.error)
        return {}

    def _place(self, channel: Conversation) -> Json:
        self._site.world.add(channel)
        self._site.changed()
        return {}

    async def _tell(self, event: Json) -> bool:
        return await self._courier.event(payloads.callback(event, self._site.now()))


def _people(channel: Conversation) -> tuple[str, ...]:
    return tuple(member for member in channel.members if member != BOT_USER)


def _revoked() -> Json:
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
