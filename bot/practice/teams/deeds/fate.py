"""What befalls people's accounts, the app in personal chats, and the app in the team."""

from dataclasses import replace

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.teams import activities
from bot.practice.teams.courier import Courier
from bot.practice.teams.deeds.asked import doer, subject
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Conversation, Json, Kind, Person


class Fate:
    """Accounts come and go; the app is added and removed."""

    def __init__(self, site: TeamsSite, courier: Courier) -> None:
        """Work on a site and bring to the bot."""
        self._site = site
        self._courier = courier

    async def profile(self, asked: Asked) -> Json:
        """Change somebody's time zone or locale, or deactivate and reactivate them; Teams tells bots none of it."""
        self._site.world.add(replace(subject(self._site, asked), **asked.account()))
        self._site.changed()
        return {}

    async def add_app(self, asked: Asked) -> Json:
        """Add the app to one's personal chat."""
        return await self._install(asked, has_app=True)

    async def remove_app(self, asked: Asked) -> Json:
        """Remove the app from one's personal chat."""
        return await self._install(asked, has_app=False)

    async def add_to_team(self, asked: Asked) -> Json:
        """Add the app to the team."""
        return await self._enter(asked, has_team=True)

    async def remove_from_team(self, asked: Asked) -> Json:
        """Remove the app from the team."""
        return await self._enter(asked, has_team=False)

    async def forget_chat(self, asked: Asked) -> Json:
        """Remove the history of one's personal chat; the bot is not told."""
        self._site.world.begin_anew(doer(self._site, asked).id)
        self._site.changed()
        return {}

    async def wipe(self, asked: Asked) -> Json:
        """Remove one of the bot's messages, as administrators and retention do; the bot is not told."""
        post = self._site.world.post(asked.text("channel"), asked.text("id"))
        if post is None or post.author != self._site.bot:
            raise Refusal("message_not_found")
        self._site.world.take(post)
        self._site.changed()
        return {}

    async def redeliver(self, asked: Asked) -> Json:
        """Bring the last activity once more; with `fresh_id` as the second layer of retries does."""
        ack = await self._courier.repeat(fresh_id=bool(asked.body.get("fresh_id")))
        if ack is None:
            raise Refusal("nothing_delivered")
        if not ack.is_good:
            raise Refusal(ack.error)
        return {}

    async def _install(self, asked: Asked, *, has_app: bool) -> Json:
        person = doer(self._site, asked)
        personal = self._site.world.personal(person.id)
        if personal is None:
            raise Refusal("channel_not_found")
        if person.has_app is has_app:
            return {"acknowledged": True}
        self._site.world.add(replace(person, has_app=has_app))
        self._site.changed()
        return {"acknowledged": await self._tell(person, personal, is_here=has_app)}

    async def _enter(self, asked: Asked, *, has_team: bool) -> Json:
        person = doer(self._site, asked)
        channel = next(each for each in self._site.world.conversations.values() if each.kind is Kind.CHANNEL)
        if self._site.world.has_team is has_team:
            return {"acknowledged": True}
        self._site.world.has_team = has_team
        self._site.changed()
        return {"acknowledged": await self._tell(person, channel, is_here=has_team)}

    async def _tell(self, person: Person, conversation: Conversation, *, is_here: bool) -> bool:
        """Bring both activities that Teams makes of it."""
        told = [True]
        if is_here or conversation.kind is Kind.CHANNEL:
            activity = activities.joined(self._site, person, conversation, is_here=is_here)
            told.append(await self._courier.tell(activity))
        action = "add" if is_here else "remove"
        activity = activities.installed(self._site, person, conversation, action=action)
        told.append(await self._courier.tell(activity))
        return all(told)
