"""What people do, one lane each: they speak, change their words, take them back, press, fill in and type commands."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from bot.coaching.nudge import Kind, Nudge, NudgeState
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.practice import payloads
from bot.practice.api import responses
from bot.practice.fixed import COACH, IT_MANAGERS
from bot.practice.world import BOT_USER, Json, Post, View, new_id
from bot.store.port import Record
from tests.faults.ledger import Deed, Ledger, Mood, Spoken, Version
from tests.faults.seed import COHORT, ITEMS, WORKSPACE, present, row, run_of
from tests.faults.sender import Answer, Sender
from tests.faults.town import Town, direct_of

KEEPING = tuple(item for item in ITEMS if item != "ask-your-partner")  # what is said at home is not kept
QUESTIONS = 4
HOW_OFTEN = {"say": 46, "edit": 14, "delete": 7, "fill": 16, "press": 7, "type": 6, "coach": 4}
AGAIN = 4  # times a person presses Send in a form that does not close
FARTHEST = 150  # days


@dataclass(kw_only=True)
class People:
    """Everybody, with what they may still do."""

    town: Town
    sender: Sender
    chance: Random
    how_often: Mapping[str, int] = field(default_factory=lambda: HOW_OFTEN)
    ledger: Ledger = field(default_factory=Ledger)
    open: dict[str, list[tuple[Spoken, Post]]] = field(default_factory=dict)  # messages that may still change
    debriefs: dict[str, list[str]] = field(default_factory=dict)
    nudges: dict[str, list[str]] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)  # next question, by debrief
    on_the_way: set[asyncio.Task[None]] = field(default_factory=set)
    _count: int = 0

    def sent(self, each: int) -> list[Record]:
        """Return what was sent to everybody before, and shows: so many debriefs and nudges each, and one reply."""
        records: list[Record] = []
        for person in self.town.people:
            rows = [self._shown(person, Kind.NUDGE, f"n{number}", number) for number in range(each)]
            looks = [self._shown(person, Kind.DEBRIEF, f"d{number}", number) for number in range(each)]
            self.nudges[person] = [nudge.id for nudge in rows[1:]]  # the first one is talked about
            self.debriefs[person] = [nudge.id for nudge in looks]
            self.open[person] = []
            self.ledger.moods[person] = Mood(run=run_of(person))
            records += [*rows, *looks, _seed_reply(person, rows[0])]
        return records

    def _shown(self, person: str, kind: Kind, name: str, number: int) -> Nudge:
        now = present() - timedelta(minutes=10)
        site = self.town.practice.site
        sent = row(person, kind, name, now, item=KEEPING[number % len(KEEPING)])
        metadata = {"event_type": "pitstop_nudge", "event_payload": {"nudge": sent.id}}
        post = site.world.put(
            Post(ts=site.next_ts(), channel=direct_of(person), user=BOT_USER, text=name, metadata=metadata)
        )
        return replace(
            sent, state=NudgeState.SENT, sent_at=now, conversation=post.channel, message=post.ts, attempt=1, fence=1
        )

    async def one(self, person: str) -> None:
        """Do one thing, as this person, and wait until it is acknowledged or failed."""
        deeds: dict[str, Callable[[str], Awaitable[None]]] = {
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "fill": self._fill,
            "press": self._press,
            "type": self._type,
            "coach": self._coach,
        }
        (what,) = self.chance.choices(list(self.how_often), weights=list(self.how_often.values()))
        await deeds[what](person)

    async def settled(self) -> None:
        """Wait until everything was brought, or given up."""
        while self.on_the_way:
            await asyncio.wait(self.on_the_way)

    # --- words: each event finds its own way, so that they overtake each other when one must be brought again

    async def _say(self, person: str) -> None:
        site, channel = self.town.practice.site, direct_of(person)
        about = next(iter(self.town.practice.world.posts[channel].values()))
        post = site.world.put(
            Post(ts=site.next_ts(), channel=channel, user=person, text=self._words(), thread_ts=about.ts)
        )
        spoken = Spoken(source=f"{channel}/{post.ts}", versions=[Version(text=post.text)])
        self.ledger.spoken.append(spoken)
        self.open[person].append((spoken, post))
        event = payloads.callback(payloads.said(site.world, post), site.now())
        await self._bring(event, lambda: setattr(spoken.versions[0], "acked", True))

    async def _edit(self, person: str) -> None:
        if not self.open[person]:
            await self._say(person)
            return
        site = self.town.practice.site
        place = self.chance.randrange(len(self.open[person]))
        spoken, before = self.open[person][place]
        ts = site.next_ts()
        post = site.world.put(replace(before, text=self._words(), edited_ts=ts))
        self.open[person][place] = (spoken, post)
        version = Version(text=post.text)
        spoken.versions.append(version)
        event = payloads.callback(payloads.edited(site.world, post, before, ts), site.now())
        await self._bring(event, lambda: setattr(version, "acked", True))

    async def _delete(self, person: str) -> None:
        if not self.open[person]:
            await self._say(person)
            return
        site = self.town.practice.site
        spoken, post = self.open[person].pop(self.chance.randrange(len(self.open[person])))
        site.world.take(post)
        spoken.is_deleted = True
        event = payloads.callback(payloads.taken_back(site.world, post, site.next_ts()), site.now())
        await self._bring(event, lambda: setattr(spoken, "deletion_acked", True))

    async def _bring(self, event: Json, note: Callable[[], None]) -> None:
        """Bring an event: mostly the next one waits for its first try, now and then it overtakes or comes twice."""
        task = asyncio.create_task(self._brought(event, note))
        self.on_the_way.add(task)
        task.add_done_callback(self.on_the_way.discard)
        if self.chance.random() < 0.1:
            await self.sender.once(event)
        if self.chance.random() > 0.1:
            await asyncio.wait([task], timeout=1.0)

    async def _brought(self, event: Json, note: Callable[[], None]) -> None:
        if self.chance.random() < 0.05:
            await asyncio.sleep(self.chance.uniform(0.1, 1.0))  # held up: what came later arrives before it
        if await self.sender.event(event):
            note()

    # --- forms, buttons, commands: brought once; a person tries again

    async def _fill(self, person: str) -> None:
        """Answer the next question of a debrief in its form."""
        if not self.debriefs[person]:
            await self._say(person)
            return
        debrief = self.debriefs[person][0]
        place = self.place.setdefault(debrief, 0)
        deed = Deed(
            kind="debrief.answer",
            question="SELECT 1 FROM reply WHERE nudge = ? AND kind = 'debrief' AND question = ?",
            values=(debrief, place + 1),
        )
        fields = {"text": _typed(self._words()), "scope": _chosen("coach")}
        await self._send_in(person, deed, "debrief.answer", f"{debrief}:{place}", fields)
        self.place[debrief] = place + 1
        if place + 1 == QUESTIONS or not deed.acked:
            self.debriefs[person].pop(0)

    async def _coach(self, person: str) -> None:
        """The coach writes to somebody."""
        words = self._words()
        deed = Deed(
            kind="log.write",
            question="SELECT 1 FROM reply JOIN nudge ON nudge.subject = reply.id WHERE reply.text = ?",
            values=(words,),
        )
        await self._send_in(COACH, deed, "log.write", f"{person}-seed", {"text": _typed(words)})

    async def _send_in(self, person: str, deed: Deed, form: str, subject: str, fields: Json) -> None:
        self.ledger.deeds.append(deed)
        site = self.town.practice.site
        body = {"type": "modal", "callback_id": form, "private_metadata": subject, "blocks": []}
        name = new_id("V")
        view = View(id=name, user=person, body=body, hash="h", root=name)
        state = {field: {field: value} for field, value in fields.items()}
        for _ in range(AGAIN):
            trigger = site.triggers.give(person)
            payload = payloads.submitted(site.world.people[person], view, state=state, trigger=trigger)
            answer = await self.sender.interaction(payload)
            if answer.is_good and not answer.errors:
                deed.acked = True
                return
            await asyncio.sleep(self.chance.uniform(0.3, 2.0))

    async def _press(self, person: str) -> None:
        """Press "Done already"."""
        if not self.nudges[person]:
            await self._say(person)
            return
        nudge = self.nudges[person].pop()
        deed = Deed(kind="nudge.done", question="SELECT 1 FROM nudge WHERE id = ? AND answer = 'done'", values=(nudge,))
        self.ledger.deeds.append(deed)
        site = self.town.practice.site
        post = next(post for post in site.world.posts[direct_of(person)].values() if _carries(post, nudge))
        payload = payloads.pressed_message(
            site.world,
            site.world.people[person],
            post,
            action={
                "type": "button",
                "block_id": nudge,
                "action_id": "nudge.done",
                "value": nudge,
                "action_ts": post.ts,
            },
            state={},
            trigger=site.triggers.give(person),
            response_url=self._address(person, post.channel, post.ts),
        )
        deed.acked = (await self.sender.interaction(payload)).is_good

    async def _type(self, person: str) -> None:
        """Pause until a day, or go on."""
        mood = self.ledger.moods[person]
        day = (present() + timedelta(days=self.chance.randint(20, FARTHEST))).date().isoformat()
        until = None if mood.wishes and mood.wishes[-1][0] is not None else day
        mood.wishes.append((until, False))
        answer = await self._command(person, "resume" if until is None else f"pause {until}")
        mood.wishes[-1] = (until, answer.is_good)

    async def _command(self, person: str, words: str) -> Answer:
        site = self.town.practice.site
        form = payloads.command(
            site.world.people[person],
            site.world.conversations[IT_MANAGERS],
            words,
            trigger=site.triggers.give(person),
            response_url=self._address(person, IT_MANAGERS, None),
        )
        return await self.sender.command(form)

    def _address(self, person: str, channel: str, source: str | None) -> str:
        made = responses.address(self.town.practice.site, user=person, channel=channel, source=source)
        return f"http://127.0.0.1:{self.town.port}/practice/slack/response/{made.id}"

    def _words(self) -> str:
        self._count += 1
        return f"We tried it out, in run {self._count}"


def _seed_reply(person: str, about: Nudge) -> Reply:
    """Return something the coach can answer."""
    return Reply(
        id=f"{person}-seed",
        workspace=WORKSPACE,
        cohort=COHORT,
        enrollment=run_of(person),
        member=person,
        author=person,
        nudge=about.id,
        item=about.item,
        week=1,
        kind=ReplyKind.TYPED,
        text="It went well.",
        scope=Scope.COACH,
        received_at=present(),
    )


def _carries(post: Post, nudge: str) -> bool:
    return bool(post.metadata) and post.metadata["event_payload"]["nudge"] == nudge  # type: ignore[index]


def _typed(text: str) -> Json:
    return {"type": "plain_text_input", "value": text}


def _chosen(value: str) -> Json:
    return {"type": "radio_buttons", "selected_option": {"value": value}}
