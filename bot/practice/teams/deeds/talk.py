"""People type, change their words, take them back, bring them back, and read."""

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.teams import activities
from bot.practice.teams.clients import Carried, Client, Edit, as_edited, as_typed_with, carrying
from bot.practice.teams.courier import Courier
from bot.practice.teams.deeds.asked import seen, written
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Conversation, Json, Kind, Person, Post

E = TypeVar("E", bound=StrEnum)

LONGEST_TEXT = 28_000
MOST_FILES = 10


class Talk:
    """Messages of people; the bot hears of those in personal chats, and of those in a channel that name it."""

    def __init__(self, site: TeamsSite, courier: Courier) -> None:
        """Work on a site and bring to the bot."""
        self._site = site
        self._courier = courier

    async def say(self, asked: Asked) -> Json:
        """Type a message, with a `client`; with `others` words of somebody else come with it, `carried` somehow."""
        person, conversation = written(self._site, asked)
        others, carried = asked.text("others"), _one_of(Carried, asked.text("carried"), Carried.COPY)
        client = _one_of(Client, asked.text("client"), Client.WEB)
        text, count = _typed(asked), asked.body.get("files") or 0
        if not isinstance(count, int) or not 0 <= count <= MOST_FILES:
            raise Refusal("invalid_arguments")
        if not text and not count and not others:
            raise Refusal("no_text")
        post = Post(
            id=self._site.next_id(),
            conversation=conversation.id,
            author=person.id,
            text=text,
            thread=self._thread(conversation, asked.text("thread")),
            quotes=self._quoted(conversation, asked.text("quotes")),
            file={"kind": "attached", "count": count} if count else None,
            others=others,
            heard=self._hears(conversation, text),
        )
        self._site.world.made(conversation.id)
        self._site.world.put(post)
        self._note(person, post)
        self._site.changed()
        activity = as_typed_with(client, activities.said(self._site, person, post, count))
        if others:
            activity = carrying(carried, activity, others)
        told = await self._tell(post, activity)
        return {"id": post.id, "acknowledged": told}

    async def edit(self, asked: Asked) -> Json:
        """Change the words of an own message; `tells` says how much of them the bot is told."""
        person, before = self._own(asked)
        tells = _one_of(Edit, asked.text("tells"), Edit.WHOLE)
        text = _typed(asked)
        if not text:
            raise Refusal("no_text")
        heard = self._hears(self._site.world.conversations[before.conversation], text)
        post = self._site.world.put(replace(before, text=text, edited=True, heard=heard))
        self._site.changed()
        activity = as_edited(tells, activities.edited(self._site, person, post))
        return {"acknowledged": await self._tell(post, activity)}

    async def delete(self, asked: Asked) -> Json:
        """Take an own message back."""
        person, before = self._own(asked)
        post = self._site.world.put(replace(before, deleted=True))
        self._site.changed()
        return {"acknowledged": await self._tell(post, activities.deleted(self._site, person, post))}

    async def undelete(self, asked: Asked) -> Json:
        """Bring back what one took back."""
        person, before = self._own(asked, deleted=True)
        post = self._site.world.put(replace(before, deleted=False))
        self._site.changed()
        activity = activities.edited(self._site, person, post, event="undeleteMessage")
        return {"acknowledged": await self._tell(post, activity)}

    async def read(self, asked: Asked) -> Json:
        """See what stands in a conversation."""
        person, conversation = seen(self._site, asked)
        posts = self._site.world.posts[conversation.id]
        if posts:
            before = self._site.world.read.get(person.id, {}).get(conversation.id, 0)
            last = self._site.world.post(conversation.id, max(posts, key=int))
            if last and before < int(last.id):
                self._note(person, last)
                self._site.changed()
        return {}

    def _own(self, asked: Asked, *, deleted: bool = False) -> tuple[Person, Post]:
        person, conversation = written(self._site, asked)
        post = self._site.world.post(conversation.id, asked.text("id"))
        if post is None or post.deleted is not deleted:
            raise Refusal("message_not_found")
        if post.author != person.id:
            raise Refusal("not_your_message")
        return person, post

    def _thread(self, conversation: Conversation, thread: str) -> str | None:
        if not thread:
            return None
        parent = self._site.world.post(conversation.id, thread)
        if parent is None or conversation.kind is Kind.PERSONAL:
            raise Refusal("thread_not_found")
        return parent.thread or parent.id

    def _quoted(self, conversation: Conversation, quotes: str) -> str | None:
        if not quotes:
            return None
        post = self._site.world.post(conversation.id, quotes)
        if post is None or post.deleted or conversation.kind is not Kind.PERSONAL:
            raise Refusal("message_not_found")
        return post.id

    def _hears(self, conversation: Conversation, text: str) -> bool:
        return conversation.kind is Kind.PERSONAL or activities.names_bot(text)

    def _note(self, person: Person, post: Post) -> None:
        self._site.world.read.setdefault(person.id, {})[post.conversation] = int(post.id)

    async def _tell(self, post: Post, activity: Json) -> bool:
        conversation = self._site.world.conversations[post.conversation]
        if not post.heard or not self._site.world.has_bot(conversation):
            return True
        return await self._courier.tell(activity)


def _one_of(kind: type[E], name: str, otherwise: E) -> E:
    if not name:
        return otherwise
    try:
        return kind(name)
    except ValueError as error:
        raise Refusal("invalid_arguments") from error


def _typed(asked: Asked) -> str:
    text = asked.text("text").strip()
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    return text
