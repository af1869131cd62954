"""What goes wrong while people live: calls that fail, handlers that die, words taken back amid a call."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

from bot.chat.port import Command, Edited, Incoming, MessageRef
from bot.flows.dispatch import receive
from bot.flows.screens.paced_task import keep_true
from bot.practice.faults import Fault
from bot.practice.policy import Removal
from bot.store.port.inbox import Arrival
from tests.conftest import CHANNEL, World
from tests.flows.test_twice import PARSED, Killed, Life, Mortal
from tests.journey.records import records_of
from tests.runtime.posting import Amid

PEOPLE = ("Sanne", "Grace", "Iris")
TOKEN = re.compile(r"\bzq\d+zq\b")
UPDATES = ("chat.update", "views.publish")
POSTS = ("chat.postMessage",)


@dataclass
class Books:
    """What was typed by whom, and what was taken back; kept by who did it, and by no flow."""

    author: dict[str, str] = field(default_factory=dict)  # token to person
    source: dict[str, str] = field(default_factory=dict)  # and to the message in which it stands
    gone: set[str] = field(default_factory=set)  # deleted, or replaced by other words
    replaced: dict[str, str] = field(default_factory=dict)  # those that other words took the place of, and these
    in_doubt: dict[str, str] = field(default_factory=dict)  # the same, where the answer was lost: perhaps it was taken
    refused: set[str] = field(default_factory=set)  # typed into a form that was not taken, and stand there
    figures: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # what an outdated button did


class Troubled:
    """A world in which anything may fail or die."""

    def __init__(self, world: World, seed: int, *, deaths: float = 0.15, troubles: float = 0.15) -> None:
        """Stand before a world in which nothing has happened yet: what comes in is handled here from now on."""
        self.world = world
        self.chance, self.fate = random.Random(seed), random.Random(-seed)
        self.deaths = self.troubles = 0.0
        self.most = deaths, troubles
        self.closes = self.chance.random() < 0.3
        self.books = Books()
        self.numbers = count(1)
        self.erased: set[str] = set()
        self.channels: set[str] = set()
        home: Any = world.bot.homes[world.driver.platform]
        self.alive, home.handle = home.handle, self.handle

    async def handle(self, arrival: Arrival) -> dict[str, Any] | None:
        """Handle what came in; or die amid it, and be handled again, at once or when the lease is over."""
        if self.fate.random() >= self.deaths:
            return await self.amid(arrival) if self.fate.random() < self.deaths else await self.alive(arrival)
        incoming = parsed(arrival)
        ports, life = self.world.bot.ports, Life(self.fate.choice((1, 1, 2, 2, 3, 4, 5, 6)))
        store: Any = Mortal(ports.store, life)
        chat: Any = Mortal(ports.chat, life)
        try:
            wrong = await receive(replace(ports, store=store, chat=chat), incoming)
        except Killed:
            self.books.figures["kills"] += 1
        else:
            if wrong is not None and wrong.errors:
                return {"response_action": "errors", "errors": dict(wrong.errors)}
            return None
        if self.fate.random() < 0.5:
            self.world.practice.clock.leap(timedelta(seconds=61))
            await self.tick()
        return await self.alive(replace(arrival, attempt=2))

    async def amid(self, arrival: Arrival) -> dict[str, Any] | None:
        """Handle what came in; while its first screen is on the line, words are taken back elsewhere."""
        ports = self.world.bot.ports
        chat: Any = Amid(ports.chat, update=self.overtaken, send=self.overtaken)
        self.slow = [ports.chat.update, ports.chat.send]
        wrong = await receive(replace(ports, chat=chat), parsed(arrival))
        if wrong is not None and wrong.errors:
            return {"response_action": "errors", "errors": dict(wrong.errors)}
        return None

    async def overtaken(self, where: Any, message: Any, **how: Any) -> Any:
        """Show a message, during which somebody changes words of theirs."""
        update, send = self.slow
        outcome = await (update if isinstance(where, MessageRef) else send)(where, message, **how)
        who = self.fate.choice([name for name in PEOPLE if name not in self.erased])
        kept = {token for row in records_of(self.world, "replies") for token in TOKEN.findall(str(row[1]))}
        mine = [token for token in self.books.source if self.books.author[token] == who and token in kept]
        if not mine or self.books.figures["overtaken"] > self.books.figures["deeds"] / 4:
            return outcome
        self.books.figures["overtaken"] += 1
        words, source = self.words(who), self.books.source.pop(mine[-1])
        self.books.gone.add(mine[-1])
        self.books.source[TOKEN.findall(words)[0]] = source
        self.books.replaced[mine[-1]] = TOKEN.findall(words)[0]
        self.world.practice.clock.leap(timedelta(seconds=1))  # later than whatever was changed by a form
        base = {"workspace": where.workspace, "person": await self.world.driver.person(who), "event_id": ""}
        at, place = self.world.bot.ports.clock.now(), await self.world.driver.channel(who, "dm")
        if self.world.driver.platform == "slack":  # lets the bot read it again: there they stand by now
            there = self.world.practice.site.world
            there.put(replace(there.posts[place][source], text=words))
        edited = Edited(**base, at=at, conversation=place, message=source, text=words)
        await receive(self.world.bot.ports, edited)
        return outcome

    async def tick(self) -> None:
        """Let the clock bring up to date what is due; it may die of it too."""
        ports = self.world.bot.ports
        life = Life(self.fate.randint(1, 4) if self.fate.random() < 2 * self.deaths else 10_000)
        store: Any = Mortal(ports.store, life)
        chat: Any = Mortal(ports.chat, life)
        try:
            await keep_true(replace(ports, store=store, chat=chat))
        except Killed:
            self.books.figures["kills of the clock"] += 1

    def trouble(self) -> None:
        """Let one of the next calls fail, or everything that is posted stand as it is for a while."""
        if self.fate.random() >= self.troubles:
            return
        kinds = (
            Fault(status=429, headers={"Retry-After": "30"}),
            Fault(status=500),
            Fault(status=500, accept=True),
            Fault(drop=True, accept=True),
        )
        method = self.fate.choice((*UPDATES, *UPDATES, *POSTS))
        if method in POSTS and self.world.line.faults.get(method):
            return
        self.world.line.faults.setdefault(method, []).append(self.fate.choice(kinds))
        self.books.figures["faults"] += 1

    def close_window(self) -> None:
        """Let no message be changed from now on, or let it be again."""
        policy = self.world.practice.site.policy
        if policy.edit_window is not None:
            policy.edit_window = None
        elif self.closes and self.fate.random() < self.troubles / 5:
            policy.edit_window = timedelta(0)
            self.books.figures["windows closed"] += 1

    def words(self, who: str) -> str:
        """Return words that nobody typed before."""
        token = f"zq{next(self.numbers)}zq"
        self.books.author[token] = who
        return f"the queue was long {token}"

    async def quiet(self) -> None:
        """End all trouble, and let time pass until nothing is left to be brought up to date."""
        self.deaths = self.troubles = 0.0
        self.world.line.faults.clear()
        policy = self.world.practice.site.policy
        policy.edit_window, policy.removal = None, Removal.ALLOWED
        for _ in range(40):
            await self.world.passes(timedelta(minutes=2))
            if not records_of(self.world, "unquiet"):
                return
        raise AssertionError(f"never quiet: {records_of(self.world, 'unquiet')}")


def parsed(arrival: Arrival) -> Incoming:
    """Return what came in, as its platform would hand it over."""
    incoming = PARSED[arrival.platform](json.loads(arrival.body), workspace=arrival.workspace, at=arrival.at)
    assert incoming is not None
    if isinstance(incoming, Command) and not incoming.conversation_name:  # Teams tells it when it is asked
        incoming = replace(incoming, conversation_name=CHANNEL)
    return incoming
