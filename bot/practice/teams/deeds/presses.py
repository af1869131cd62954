"""People press what stands on a card; the bot answers with a word or with another card."""

from dataclasses import replace

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.deeds.asked import Asked
from bot.practice.teams import activities
from bot.practice.teams.cards import inputs
from bot.practice.teams.cards.check import problems
from bot.practice.teams.cards.walk import Pressable, pressables
from bot.practice.teams.courier import Ack, Courier
from bot.practice.teams.deeds.asked import record, shown
from bot.practice.teams.site import TeamsSite
from bot.practice.teams.world import Json, Post

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
SUCCESS = 200


class Presses:
    """Buttons; where the bot does not answer well, the person sees so."""

    def __init__(self, site: TeamsSite, courier: Courier) -> None:
        """Work on a site and bring to the bot."""
        self._site = site
        self._courier = courier

    async def press(self, asked: Asked) -> Json:
        """Press a button; `submit`: as clients that only know Action.Submit; `forged`: whatever stands there."""
        person, post = shown(self._site, asked)
        data, verb, given = record(asked, "data"), asked.text("verb"), record(asked, "inputs")
        is_submit, is_forged = bool(asked.body.get("submit")), bool(asked.body.get("forged"))
        if is_forged:
            sent = given
        else:
            found = self._found(post.card_of(person.id), data, verb, is_submit=is_submit)
            sent = inputs.values(found.inputs, given)
            if errors := inputs.errors(found.inputs, sent):
                raise Refusal("invalid_input", errors=errors)
        filled = {**data, **sent}
        if is_submit:
            told = await self._courier.tell(activities.submitted(self._site, person, post, filled))
            return {"acknowledged": told}
        action = {**({"verb": verb} if verb else {}), "data": filled}
        ack = await self._courier.invoke(activities.pressed(self._site, person, post, action))
        return self._answered(post.id, post.conversation, person.id, _said(ack))

    def _found(self, card: Json | None, data: Json, verb: str, *, is_submit: bool) -> Pressable:
        kind, verb = ("Action.Submit", "") if is_submit else ("Action.Execute", verb)
        for each in pressables(card, kind) if card else ():
            if each.carries(data, verb):
                if each.action.get("isEnabled") is False:
                    raise Refusal("action_disabled")
                return each
        raise Refusal("action_not_found")

    def _answered(self, name: str, conversation: str, person: str, said: Json) -> Json:
        kind, value = said.get("type"), said.get("value")
        if kind == CARD:
            if reasons := problems(value):
                raise Refusal("dispatch_failed", messages=reasons)
            self._replace(self._site.world.post(conversation, name), person, value)
            return {"card": True}
        return {"noted": value} if kind == MESSAGE and isinstance(value, str) else {}

    def _replace(self, post: Post | None, person: str, card: object) -> None:
        """Show a card instead of the one that was pressed, to who pressed it."""
        if post is not None and isinstance(card, dict):
            self._site.world.put(replace(post, seen={**post.seen, person: card}))
            self._site.changed()


def _said(ack: Ack) -> Json:
    if not ack.is_good:
        raise Refusal(ack.error)
    said = ack.body or {}
    if said.get("statusCode", SUCCESS) != SUCCESS:
        value = said.get("value")
        reason = value.get("message") if isinstance(value, dict) else None
        raise Refusal("dispatch_failed", messages=[str(reason or said["statusCode"])])
    return said
