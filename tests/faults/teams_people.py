"""How what people do in Teams looks, and travels to the bot."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import ClassVar

from bot.practice.teams import activities
from bot.practice.teams.cards.walk import pressables
from bot.practice.teams.clients import Carried, Client, Edit, as_edited, as_typed_with, carrying
from bot.practice.teams.world import Json, Person, Post
from tests.faults.people import People
from tests.faults.process import until
from tests.faults.seed import present
from tests.faults.teams_sender import TeamsSender
from tests.faults.teams_town import TeamsTown
from tests.faults.town import Standing

OURS = "pitstop"  # where an action's data says what is the bot's
GOOD = 200
OLD_CLIENTS = 0.3  # share of presses that come as Action.Submit, which Teams brings again
SHOWN_WITHIN = 3.0  # seconds
CLIENTS = (Client.WEB, Client.MOBILE, Client.MARKED, Client.OLDER)
THEIRS = "What somebody else wrote"
FORWARDS = 0.1  # share of words that come with somebody else's
EMPTY_EDITS = 0.2  # share of changes that tell no words
UNDELETED = 0.5  # share of messages that are brought back
EVERY = 3  # of so many messages one stands there twice


@dataclass(kw_only=True)
class TeamsPeople(People[TeamsTown, TeamsSender, Post, Post]):
    """People in Teams: everything comes again, also under another id, but for presses that somebody waits for.

    Words under another id have nothing of their own but the moment they were typed, and a change of words has no other
    name than its moment: who types twice at the same moment cannot be understood by anybody, and nobody does.
    """

    typing: ClassVar[float] = 0.6

    shown: dict[str, list[Post]] = field(default_factory=dict)  # the copies of each nudge
    # Ids of what was sent before: those of ten minutes ago. Made now they would run ahead of the clock, by one
    # millisecond each, and with them the ids of all that is typed.
    before: Iterator[int] = field(default_factory=lambda: count(_thousandths()))

    def twice(self) -> list[str]:
        """Return what the bot posted meanwhile and stands there more often than it may."""
        return [name for name in super().twice() if name not in self.shown]

    def _show(self, person: str, nudge: str, text: str) -> Standing:
        copies = 1 + (len(self.shown) % EVERY == 0)
        self.shown[nudge] = [self._card(person, text, {"id": nudge}, str(next(self.before))) for _ in range(copies)]
        return Standing(conversation=self.shown[nudge][-1].conversation, message=self.shown[nudge][-1].id)

    def _card(self, person: str, text: str, more: Json, name: str = "") -> Post:
        """Show somebody a card of the bot."""
        site = self.town.practice.site
        card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": text}], **more}
        personal = site.world.personal(person)
        assert personal is not None, "everybody has one"
        return site.world.put(Post(id=name or site.next_id(), conversation=personal.id, author=site.bot, card=card))

    # --- words

    def _typed(self, person: str, words: str) -> tuple[Standing, Post, Json]:
        site, conversation = self.town.practice.site, self.town.direct_of(person)
        post = site.world.put(Post(id=site.next_id(), conversation=conversation, author=person, text=words, heard=True))
        event = self._handed_on(activities.said(site, self._who(person), post))
        return Standing(conversation=conversation, message=post.id), post, event

    def _changed(self, person: str, before: Post, words: str) -> tuple[Post, Json]:
        site = self.town.practice.site
        post = site.world.put(replace(before, text=words, edited=True))
        tells = self.chance.choice((Edit.WHOLE, Edit.WHOLE, Edit.COPY))
        return post, as_edited(tells, activities.edited(site, self._who(person), post))

    def _taken(self, person: str, post: Post) -> Json:
        site = self.town.practice.site
        gone = site.world.put(replace(post, deleted=True))
        return activities.deleted(site, self._who(person), gone)

    def _handed_on(self, event: Json) -> Json:
        """Return words as some client hands them on, now and then with somebody else's."""
        whole = as_typed_with(self.chance.choice(CLIENTS), event)
        return carrying(self.chance.choice(list(Carried)), whole, THEIRS) if self.chance.random() < FORWARDS else whole

    async def _edit(self, person: str) -> None:
        """Change words; now and then news of a change tells none of them, and changes nothing."""
        if self.open[person] and self.chance.random() < EMPTY_EDITS:
            _, post = self.chance.choice(self.open[person])
            event = activities.edited(self.town.practice.site, self._who(person), post)
            await self._bring(as_edited(self.chance.choice((Edit.NULL, Edit.ABSENT)), event), _nothing)
            return
        await super()._edit(person)

    async def _delete(self, person: str) -> None:
        """Take words back; now and then bring the message back, which brings no words."""
        before = [post for _, post in self.open[person]]
        await super()._delete(person)
        left = [post for _, post in self.open[person]]
        gone = next((post for post in before if post not in left), None)
        if gone is not None and len(left) < len(before) and self.chance.random() < UNDELETED:
            site = self.town.practice.site
            await self._bring(activities.edited(site, self._who(person), gone, event="undeleteMessage"), _nothing)

    async def _beside(self, event: Json) -> None:
        """Bring an event that is on its way once more, and twice as if it were new, all at once."""
        anew = [self.sender.anew(event) for _ in range(2)]
        await asyncio.gather(*(self.sender.once(each) for each in (event, *anew)))

    # --- cards

    def _opened(self, person: str, form: str, subject: str) -> Post:
        ours = {"form": form, "subject": subject, "title": form, "close": "Close", "submit": "Send", "body": []}
        action = {"type": "Action.Execute", "title": "Send", "verb": form, "data": {OURS: ours}}
        return self._card(person, form, {"actions": [action]})

    async def _sent_in(self, person: str, opened: Post, fields: Mapping[str, str]) -> bool:
        action = (opened.card or {})["actions"][0]
        data = {**action["data"], **fields}
        site = self.town.practice.site
        if self.chance.random() < OLD_CLIENTS:
            took = await self.sender.event(self._submitted(person, opened, data))
            return took and await self._has_closed(opened)
        said = await self._invoked(
            activities.pressed(site, self._who(person), opened, {"verb": action["verb"], "data": data})
        )
        return said is not None and _is_closed(said.get("value") or {})

    async def _has_closed(self, opened: Post) -> bool:
        """Whether the bot shows soon that a form was accepted: an older client does not look at its answer."""
        world = self.town.practice.world

        def card() -> Json:
            post = world.post(opened.conversation, opened.id)
            return (post and post.card) or {}

        return await until(lambda: card() != opened.card, seconds=SHOWN_WITHIN, every=0.05) and _is_closed(card())

    async def _pressed(self, person: str, nudge: str, button: str, value: str) -> bool:
        """Press a button in a message, in all of its copies at the same time."""
        data = {OURS: {"button": button, "value": value, "nudge": nudge}}
        return any(await asyncio.gather(*(self._pressed_in(person, copy, data) for copy in self.shown[nudge])))

    async def _pressed_in(self, person: str, copy: Post, data: Json) -> bool:
        if self.chance.random() < OLD_CLIENTS:
            return await self.sender.event(self._submitted(person, copy, data))
        site = self.town.practice.site
        pressed = activities.pressed(site, self._who(person), copy, {"verb": data[OURS]["button"], "data": data})
        return await self._invoked(pressed) is not None

    def _submitted(self, person: str, post: Post, data: Json) -> Json:
        return activities.submitted(self.town.practice.site, self._who(person), post, data)

    async def _invoked(self, activity: Json) -> Json | None:
        """Bring an invoke and return what was answered; None for nothing good."""
        ack = await self.sender.once(activity)
        said = ack.body or {}
        return said if ack.is_good and said.get("statusCode") == GOOD else None

    # --- commands

    async def _type(self, person: str) -> None:
        """Pause until a day, or go on; where no local time is told, the same twice within a moment counts once."""
        if not self._is_timed(person):
            await self._say(person)
            return
        await super()._type(person)

    async def _asked(self, person: str, words: str) -> bool:
        _, _, event = self._typed(person, f"/coach {words}")
        return await self.sender.event(event)

    def _is_timed(self, person: str) -> bool:
        return self._who(person).tz is not None

    def _who(self, person: str) -> Person:
        return self.town.practice.world.people[person]


def _nothing() -> None:
    """Expect nothing of it."""


def _thousandths() -> int:
    return round((present() - timedelta(minutes=10)).timestamp() * 1000)


def _is_closed(card: Json) -> bool:
    return next(pressables(card, "Action.Execute"), None) is None
