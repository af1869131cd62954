"""What people do, one lane each: they speak, change their words, take them back, press, fill in and type commands."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState, base_subjects
from bot.store.port import Record
from tests.faults.ledger import Deed, Ledger, Mood, Spoken, Version
from tests.faults.seed import COHORT, ITEMS, WORKSPACE, present, row, run_of
from tests.faults.town import Standing, Town

KEEPING = tuple(item for item in ITEMS if item != "ask-your-partner")  # what is said at home is not kept
QUESTIONS = 4
HOW_OFTEN = {"say": 46, "edit": 14, "delete": 7, "fill": 16, "press": 7, "type": 6, "coach": 4}
AGAIN = 4  # times a person presses Send in a form that does not close
FARTHEST = 150  # days

Json = dict[str, Any]
T = TypeVar("T", bound=Town)
P = TypeVar("P")  # a message of a platform
F = TypeVar("F")  # an open form of a platform


class Sender(Protocol):
    """The platform's side of the line to the bot."""

    answers: Counter[int]
    good: int

    async def event(self, event: Json) -> bool:
        """Bring an event until the bot takes it or the platform gives up; return whether it took it."""
        ...


S = TypeVar("S", bound=Sender)


@dataclass(kw_only=True)
class People(ABC, Generic[T, S, P, F]):
    """Everybody, with what they may still do; how it reaches the bot, each platform's own kind says."""

    typing: ClassVar[float] = 0.0  # seconds that somebody needs at least for the next words, or a change of words

    town: T
    sender: S
    chance: Random
    how_often: Mapping[str, int] = field(default_factory=lambda: HOW_OFTEN)
    ledger: Ledger = field(default_factory=Ledger)
    open: dict[str, list[tuple[Spoken, P]]] = field(default_factory=dict)  # messages that may still change
    debriefs: dict[str, list[str]] = field(default_factory=dict)
    nudges: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)  # the message that each person talks about
    place: dict[str, int] = field(default_factory=dict)  # next question, by debrief
    on_the_way: set[asyncio.Task[None]] = field(default_factory=set)
    screens: list[Screen] = field(default_factory=list)  # where what was sent before stands
    typed: dict[str, float] = field(default_factory=dict)  # when each person typed last
    _count: int = 0

    def sent(self, each: int) -> list[Record]:
        """Return what was sent to everybody before, and shows: so many debriefs and nudges each, and one reply."""
        records: list[Record] = []
        for person in self.town.people:
            rows = [self._shown(person, Kind.NUDGE, f"n{number}", number) for number in range(each)]
            looks = [self._shown(person, Kind.DEBRIEF, f"d{number}", number) for number in range(each)]
            self.first[person] = rows[0].id
            self.nudges[person] = [nudge.id for nudge in rows[1:]]  # the first one is talked about
            self.debriefs[person] = [nudge.id for nudge in looks]
            self.open[person] = []
            self.ledger.moods[person] = Mood(run=run_of(person))
            records += [*rows, *looks, _seed_reply(person, rows[0])]
        return [*records, *self.screens]

    def _shown(self, person: str, kind: Kind, name: str, number: int) -> Nudge:
        now = present() - timedelta(minutes=10)
        sent = row(person, kind, name, now, item=KEEPING[number % len(KEEPING)])
        at = self._show(person, sent.id, name)
        self.screens.append(
            Screen(
                id=sent.id,
                workspace=sent.workspace,
                kind=ScreenKind.NUDGE,
                about=sent.id,
                person=person,
                conversation=at.conversation,
                message=at.message,
                subjects=base_subjects(sent),
                state=ScreenState.CURRENT,
            )
        )
        return replace(sent, state=NudgeState.SENT, sent_at=now, attempt=1, fence=1)

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

    def twice(self) -> list[str]:
        """Return what the bot posted meanwhile and stands there more often than it may."""
        return [name for name, posts in self.town.visible().items() if len(posts) > self.town.copies]

    # --- words: each event finds its own way, so that they overtake each other when one must be brought again

    async def _say(self, person: str) -> None:
        words = await self._thought_of(person)
        at, post, event = self._typed(person, words)
        place = f"{at.conversation}/{at.message}"
        spoken = Spoken(source=place, versions=[Version(text=words)], is_timed=self._is_timed(person))
        self.ledger.spoken.append(spoken)
        self.open[person].append((spoken, post))
        await self._bring(event, lambda: setattr(spoken.versions[0], "acked", True))

    async def _edit(self, person: str) -> None:
        if not self.open[person]:
            await self._say(person)
            return
        place = self.chance.randrange(len(self.open[person]))
        spoken, before = self.open[person][place]
        words = await self._thought_of(person)
        post, event = self._changed(person, before, words)
        self.open[person][place] = (spoken, post)
        version = Version(text=words)
        spoken.versions.append(version)
        await self._bring(event, lambda: setattr(version, "acked", True))

    async def _delete(self, person: str) -> None:
        if not self.open[person]:
            await self._say(person)
            return
        spoken, post = self.open[person].pop(self.chance.randrange(len(self.open[person])))
        event = self._taken(person, post)
        spoken.is_deleted = True
        await self._bring(event, lambda: setattr(spoken, "deletion_acked", True))

    async def _bring(self, event: Json, note: Callable[[], None]) -> None:
        """Bring an event: mostly the next one waits for its first try, now and then it overtakes or comes twice."""
        task = asyncio.create_task(self._brought(event, note))
        self.on_the_way.add(task)
        task.add_done_callback(self.on_the_way.discard)
        if self.chance.random() < 0.1:
            await self._beside(event)
        if self.chance.random() > 0.1:
            await asyncio.wait([task], timeout=1.0)

    async def _brought(self, event: Json, note: Callable[[], None]) -> None:
        if self.chance.random() < 0.05:
            await asyncio.sleep(self.chance.uniform(0.1, 1.0))  # held up: what came later arrives before it
        if await self.sender.event(event):
            note()

    # --- forms, buttons, commands; in a form a person tries again

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
        fields = {"text": self._words(), "scope": "coach"}
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
        await self._send_in(self.town.coach, deed, "log.write", f"{person}-seed", {"text": words})

    async def _send_in(self, person: str, deed: Deed, form: str, subject: str, fields: Mapping[str, str]) -> None:
        self.ledger.deeds.append(deed)
        opened = self._opened(person, form, subject)
        for _ in range(AGAIN):
            if await self._sent_in(person, opened, fields):
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
        deed.acked = await self._pressed(person, nudge, "nudge.done", nudge)

    async def _type(self, person: str) -> None:
        """Say yes to a pause until a day, or go on."""
        mood = self.ledger.moods[person]
        day = (present() + timedelta(days=self.chance.randint(20, FARTHEST))).date().isoformat()
        until = None if mood.wishes and mood.wishes[-1][0] is not None else day
        mood.wishes.append((until, False))
        if until is None:
            acked = await self._asked(person, "resume")
        else:
            acked = await self._pressed(person, self.first[person], "pause.until", f"{mood.run}:{until}")
        mood.wishes[-1] = (until, acked)

    def _is_timed(self, person: str) -> bool:  # noqa: ARG002 (where each differs, the platform's own kind says)
        """Whether the words of a person come with the moment they were typed."""
        return True

    async def _thought_of(self, person: str) -> str:
        """Return what somebody types next, once there was time to type it."""
        await asyncio.sleep(max(0.0, self.typed.get(person, 0.0) + self.typing - time.monotonic()))
        self.typed[person] = time.monotonic()
        return self._words()

    def _words(self) -> str:
        self._count += 1
        return f"We tried it out, in run {self._count}"

    # --- how it looks and travels on a platform

    @abstractmethod
    def _show(self, person: str, nudge: str, text: str) -> Standing:
        """Show a message that was sent to somebody before."""

    @abstractmethod
    def _typed(self, person: str, words: str) -> tuple[Standing, P, Json]:
        """Let somebody type something; return where it stands, what it is, and what brings it to the bot."""

    @abstractmethod
    def _changed(self, person: str, before: P, words: str) -> tuple[P, Json]:
        """Let somebody change their words."""

    @abstractmethod
    def _taken(self, person: str, post: P) -> Json:
        """Let somebody take their words back."""

    @abstractmethod
    async def _beside(self, event: Json) -> None:
        """Bring an event that is on its way once more."""

    @abstractmethod
    def _opened(self, person: str, form: str, subject: str) -> F:
        """Let a form be open before somebody."""

    @abstractmethod
    async def _sent_in(self, person: str, opened: F, fields: Mapping[str, str]) -> bool:
        """Send a form in, once; return whether it was accepted."""

    @abstractmethod
    async def _pressed(self, person: str, nudge: str, button: str, value: str) -> bool:
        """Press a button in a message; return whether the bot took it."""

    @abstractmethod
    async def _asked(self, person: str, words: str) -> bool:
        """Type a command; return whether the bot took it."""


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
