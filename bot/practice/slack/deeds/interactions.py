"""People type commands, press, fill in and close; the app answers."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.practice.slack import inputs, payloads
from bot.practice.slack.api import responses, views
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.blocks import elements, view_body
from bot.practice.slack.deeds.asked import Asked
from bot.practice.slack.events import Ack, Courier
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json, Person, View

HOME = "home"


class Interactions:
    """Commands, presses and forms; where the app does not acknowledge, the person sees so."""

    def __init__(self, site: Site, courier: Courier, words: Callable[[str], dict[str, str]]) -> None:
        """Work on a site, bring to the app, and speak in the page's words."""
        self._site = site
        self._courier = courier
        self._words = words

    async def command(self, asked: Asked) -> Json:
        """Type the slash command."""
        self._require_app()
        person, conversation = asked.written(self._site)
        address = responses.address(self._site, user=person.id, channel=conversation.id)
        form = payloads.command(
            person,
            conversation,
            asked.text("text").strip(),
            trigger=self._site.triggers.give(person.id),
            response_url=f"{asked.base}/slack/response/{address.id}",
        )
        if said := _said(await self._courier.command(form)):
            responses.answer(self._site, address, said)
        return {}

    async def press(self, asked: Asked) -> Json:
        """Press or choose something on a message, a modal or the Home."""
        self._require_app()
        payload = self._pressed_view(asked) if asked.text("view") else self._pressed_message(asked)
        _said(await self._courier.interaction(payload))
        return {}

    async def submit(self, asked: Asked) -> Json:
        """Send a modal in."""
        self._require_app()
        person = asked.person(self._site)
        view = asked.modal(self._site, person)
        if not view.body.get("submit"):
            raise Refusal("view_not_submittable")
        state = inputs.values(view.body["blocks"], asked.state())
        if errors := self._missing(person, view, state):
            return self._with_errors(view, errors)
        trigger = self._site.triggers.give(person.id, view.id)
        payload = payloads.submitted(person, view, state=state, trigger=trigger)
        return self._after_submit(view, _said(await self._courier.interaction(payload)))

    async def close(self, asked: Asked) -> Json:
        """Close a modal, or with `all` everything that is open."""
        person = asked.person(self._site)
        top = asked.modal(self._site, person)
        everything = bool(asked.body.get("all"))
        gone = self._site.world.modals[person.id] if everything else (top,)
        for view in gone:
            self._site.world.shut(view)
        self._site.changed()
        for view in reversed(gone):
            if view.body.get("notify_on_close"):
                payload = payloads.closed(person, view, is_cleared=everything)
                _said(await self._courier.interaction(payload))
        return {}

    async def open_home(self, asked: Asked) -> Json:
        """Look at the app."""
        self._require_app()
        person = asked.person(self._site)
        direct = self._site.world.direct(person.id)
        if direct is None:
            raise Refusal("channel_not_found")
        home = self._site.world.homes.get(person.id)
        event = payloads.home_opened(person, direct, asked.text("tab") or HOME, home, ts=self._site.next_ts())
        return {"acknowledged": await self._courier.event(payloads.callback(event, self._site.now()))}

    # --- what the app hears

    def _require_app(self) -> None:
        if not self._site.world.is_installed:
            raise Refusal("app_uninstalled")

    def _pressed_message(self, asked: Asked) -> Json:
        person, conversation = asked.seen(self._site)
        post = self._site.world.post(conversation.id, asked.text("ts"))
        if post is None or post.only_for not in (None, person.id):
            raise Refusal("message_not_found")
        state = inputs.values(post.blocks, asked.state())
        address = responses.address(self._site, user=person.id, channel=conversation.id, source=post.ts)
        return payloads.pressed_message(
            self._site.world,
            person,
            post,
            action=self._action(post.blocks, asked, state),
            state=state,
            trigger=self._site.triggers.give(person.id),
            response_url=f"{asked.base}/slack/response/{address.id}",
        )

    def _pressed_view(self, asked: Asked) -> Json:
        person = asked.person(self._site)
        at_home = asked.text("view") == HOME
        view = self._site.world.homes.get(person.id) if at_home else asked.modal(self._site, person)
        if view is None:
            raise Refusal("view_not_found")
        state = inputs.values(view.body["blocks"], asked.state())
        return payloads.pressed_view(
            person,
            view,
            action=self._action(view.body["blocks"], asked, state),
            state=state,
            trigger=self._site.triggers.give(person.id, None if at_home else view.id),
        )

    def _action(self, blocks: Iterable[Json], asked: Asked, state: Json) -> Json:
        block_id, action_id = asked.text("block_id"), asked.text("action_id")
        named = (pair for pair in elements(blocks) if pair[1]["action_id"] == action_id)
        gone: tuple[Json, None] = ({"block_id": block_id}, None)
        block, element = next((pair for pair in named if pair[0]["block_id"] == block_id), gone)
        action = inputs.action(block, element, action_id=action_id, value=asked.text("value"), state=state)
        return {**action, "action_ts": self._site.next_ts()}

    # --- what the app answers

    def _missing(self, person: Person, view: View, state: Json) -> dict[str, str]:
        words = self._words(person.locale[:2])
        return {block: words.get(key, key) for block, key in inputs.missing(view.body["blocks"], state)}

    def _with_errors(self, view: View, errors: dict[str, str]) -> Json:
        if self._site.world.modal(view.user, view.id):
            self._site.world.show(replace(view, errors=errors))
            self._site.changed()
        raise Refusal("invalid_input", errors=errors)

    def _after_submit(self, view: View, said: Json) -> Json:
        kind = said.get("response_action")
        stands = self._site.world.modal(view.user, view.id)
        if kind == "errors":
            return self._with_errors(stands or view, dict(said.get("errors") or {}))
        if stands is None:
            return {}
        try:
            self._follow(stands, kind, said.get("view"))
        except Refusal as refusal:
            raise Refusal("dispatch_failed", messages=refusal.messages or (refusal.error,)) from refusal
        self._site.changed()
        return {}

    def _follow(self, view: View, kind: Any, body: Any) -> None:
        if kind == "clear":
            self._site.world.modals[view.user] = ()
        elif kind == "update":
            views.renew(self._site, view, view_body(body, kind="modal"))
        elif kind == "push":
            views.stack(self._site, view.user, view_body(body, kind="modal"))
        else:
            self._site.world.shut(view)


def _said(ack: Ack) -> Json:
    """Return what the app said with its acknowledgment; plain text is an ephemeral answer."""
    if not ack.is_good:
        raise Refusal(ack.error)
    if not ack.body.strip():
        return {}
    if not ack.is_json:
        return {"text": ack.body}
    try:
        said = json.loads(ack.body)
    except ValueError:
        raise Refusal("dispatch_failed") from None
    return said if isinstance(said, dict) else {"text": ack.body}
