"""People type, change their words, take them back, and read."""

import html
from collections.abc import Callable
from dataclasses import replace

from bot.practice.slack import payloads
from bot.practice.slack.api.chat import LONGEST_TEXT, take_away
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.slack.events import Courier
from bot.practice.slack.site import Site
from bot.practice.slack.world import Conversation, File, Json, Kind, Person, Post, new_id

MOST_FILES = 10


class Talk:
    """Messages of people; the app hears of those in its direct conversations."""

    def __init__(self, site: Site, courier: Courier, words: Callable[[str], dict[str, str]]) -> None:
        """Work on a site, bring to the app, and speak in the page's words."""
        self._site = site
        self._courier = courier
        self._words = words

    async def say(self, asked: Asked) -> Json:
        """Type a message; with `others` it forwards what somebody else wrote."""
        person, conversation = asked.written(self._site)
        text, others = _typed(asked), asked.text("others")
        count = asked.body.get("files") or 0
        if not isinstance(count, int) or not 0 <= count <= MOST_FILES:
            raise Refusal("invalid_arguments")
        if not text and not count and not others:
            raise Refusal("no_text")
        thread = self._thread(conversation, asked.text("thread_ts"))
        post = Post(
            ts=self._site.next_ts(),
            channel=conversation.id,
            user=person.id,
            text=text,
            thread_ts=thread,
            files=tuple(self._attach(person) for _ in range(count)),
            others=others,
        )
        self._site.world.put(post)
        self._note(person, conversation, post.ts)
        self._site.changed()
        heard = await self._tell(conversation, payloads.said(self._site.world, post))
        return {"ts": post.ts, "acknowledged": heard}

    async def edit(self, asked: Asked) -> Json:
        """Change the words of an own message."""
        conversation, before = self._own(asked, "cant_update_message")
        text = _typed(asked)
        if not text:
            raise Refusal("no_text")
        ts = self._site.next_ts()
        now = self._site.world.put(replace(before, text=text, edited_ts=ts))
        self._site.changed()
        event = payloads.edited(self._site.world, now, before, ts)
        return {"acknowledged": await self._tell(conversation, event)}

    async def delete(self, asked: Asked) -> Json:
        """Take an own message back."""
        conversation, before = self._own(asked, "cant_delete_message")
        ts = self._site.next_ts()
        event = payloads.taken_back(self._site.world, before, ts)
        if take_away(self._site, before):
            stone = self._site.world.posts[before.channel][before.ts]
            stone = replace(stone, text=self._words("en").get("practice-tombstone", ""))
            event = payloads.edited(self._site.world, self._site.world.put(stone), before, ts)
        self._site.changed()
        return {"acknowledged": await self._tell(conversation, event)}

    async def read(self, asked: Asked) -> Json:
        """See what stands in a conversation."""
        person, conversation = asked.seen(self._site)
        last = next(reversed(self._site.world.posts[conversation.id]), "")
        if self._site.world.read.get(person.id, {}).get(conversation.id, "") < last:
            self._note(person, conversation, last)
            self._site.changed()
        return {}

    def _own(self, asked: Asked, error: str) -> tuple[Conversation, Post]:
        person, conversation = asked.written(self._site)
        post = self._site.world.post(conversation.id, asked.text("ts"))
        if post is None or post.is_tombstone or post.only_for not in (None, person.id):
            raise Refusal("message_not_found")
        if post.user != person.id:
            raise Refusal(error)
        return conversation, post

    def _thread(self, conversation: Conversation, thread: str) -> str | None:
        if not thread:
            return None
        parent = self._site.world.post(conversation.id, thread)
        if parent is None or parent.only_for:
            raise Refusal("thread_not_found")
        return parent.thread_ts or parent.ts

    def _attach(self, person: Person) -> str:
        number = len(self._site.world.files) + 1
        file = File(id=new_id("F"), name=f"image-{number}.png", user=person.id, size=0)
        self._site.world.files[file.id] = file
        return file.id

    def _note(self, person: Person, conversation: Conversation, ts: str) -> None:
        self._site.world.read.setdefault(person.id, {})[conversation.id] = ts

    async def _tell(self, conversation: Conversation, event: Json) -> bool:
        if conversation.kind is not Kind.DIRECT or not self._site.world.is_installed:
            return True
        return await self._courier.event(payloads.callback(event, self._site.now()))


def _typed(asked: Asked) -> str:
    text = html.escape(asked.text("text").strip(), quote=False)
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    return text
