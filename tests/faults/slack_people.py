"""How what people do in Slack looks, and travels to the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.practice.slack import payloads
from bot.practice.slack.api import responses
from bot.practice.slack.fixed import IT_MANAGERS
from bot.practice.slack.world import BOT_USER, Json, Post, View, new_id
from tests.faults.people import People
from tests.faults.slack_sender import SlackSender
from tests.faults.slack_town import SlackTown, direct_of
from tests.faults.town import Standing


@dataclass(kw_only=True)
class SlackPeople(People[SlackTown, SlackSender, Post, View]):
    """People in Slack: events come again, forms, presses and commands come once."""

    def _show(self, person: str, nudge: str, text: str) -> Standing:
        site = self.town.practice.site
        metadata = {"event_type": "pitstop_nudge", "event_payload": {"nudge": nudge}}
        post = site.world.put(
            Post(ts=site.next_ts(), channel=direct_of(person), user=BOT_USER, text=text, metadata=metadata)
        )
        return Standing(conversation=post.channel, message=post.ts)

    def _typed(self, person: str, words: str) -> tuple[Standing, Post, Json]:
        site, channel = self.town.practice.site, direct_of(person)
        about = next(iter(self.town.practice.world.posts[channel].values()))
        post = site.world.put(Post(ts=site.next_ts(), channel=channel, user=person, text=words, thread_ts=about.ts))
        event = payloads.callback(payloads.said(site.world, post), site.now())
        return Standing(conversation=channel, message=post.ts), post, event

    def _changed(self, person: str, before: Post, words: str) -> tuple[Post, Json]:
        del person
        site = self.town.practice.site
        ts = site.next_ts()
        post = site.world.put(replace(before, text=words, edited_ts=ts))
        return post, payloads.callback(payloads.edited(site.world, post, before, ts), site.now())

    def _taken(self, person: str, post: Post) -> Json:
        del person
        site = self.town.practice.site
        site.world.take(post)
        return payloads.callback(payloads.taken_back(site.world, post, site.next_ts()), site.now())

    async def _beside(self, event: Json) -> None:
        await self.sender.once(event)

    def _opened(self, person: str, form: str, subject: str) -> View:
        body = {"type": "modal", "callback_id": form, "private_metadata": subject, "blocks": []}
        name = new_id("V")
        return View(id=name, user=person, body=body, hash="h", root=name)

    async def _sent_in(self, person: str, opened: View, fields: Mapping[str, str]) -> bool:
        site = self.town.practice.site
        state = {name: {name: _chosen(value) if name == "scope" else _filled(value)} for name, value in fields.items()}
        trigger = site.triggers.give(person)
        payload = payloads.submitted(site.world.people[person], opened, state=state, trigger=trigger)
        answer = await self.sender.interaction(payload)
        return answer.is_good and not answer.errors

    async def _pressed(self, person: str, nudge: str, button: str, value: str) -> bool:
        site = self.town.practice.site
        post = next(post for post in site.world.posts[direct_of(person)].values() if _carries(post, nudge))
        payload = payloads.pressed_message(
            site.world,
            site.world.people[person],
            post,
            action={
                "type": "button",
                "block_id": nudge,
                "action_id": button,
                "value": value,
                "action_ts": post.ts,
            },
            state={},
            trigger=site.triggers.give(person),
            response_url=self._address(person, post.channel, post.ts),
        )
        return (await self.sender.interaction(payload)).is_good

    async def _asked(self, person: str, words: str) -> bool:
        site = self.town.practice.site
        form = payloads.command(
            site.world.people[person],
            site.world.conversations[IT_MANAGERS],
            words,
            trigger=site.triggers.give(person),
            response_url=self._address(person, IT_MANAGERS, None),
        )
        return (await self.sender.command(form)).is_good

    def _address(self, person: str, channel: str, source: str | None) -> str:
        made = responses.address(self.town.practice.site, user=person, channel=channel, source=source)
        return f"http://127.0.0.1:{self.town.port}/practice/slack/response/{made.id}"


def _carries(post: Post, nudge: str) -> bool:
    return bool(post.metadata) and post.metadata["event_payload"]["nudge"] == nudge  # type: ignore[index]


def _filled(text: str) -> Json:
    return {"type": "plain_text_input", "value": text}


def _chosen(value: str) -> Json:
    return {"type": "radio_buttons", "selected_option": {"value": value}}
