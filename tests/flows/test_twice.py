"""A process that dies while it handles something: the next one handles it again, and it ends as if none had died."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat.port import Command, FormErrors, Incoming
from bot.chat.slack.incoming.parse import parse as from_slack
from bot.chat.teams.incoming.parse import parse as from_teams
from bot.coaching.records.nudge import Kind
from bot.flows.dispatch import receive
from bot.store.port.inbox import Arrival
from bot.store.sqlite.rows import TABLES
from tests.conftest import CHANNEL, World, living
from tests.flows.talk import begin, click_home, live_on
from tests.long_form import LONG
from tests.unlocked import unlocked

EFFECTS = frozenset(
    {
        "save",
        "first_sight",
        "erase",
        "read_log",
        "keep_form",
        "drop_screen",
        "settle_screen",
        "place_screen",
        "mark_screens",
        "ask",
    }
    | {
        "send",
        "whisper",
        "respond",
        "update",
        "delete",
        "open_direct",
        "open_form",
        "fill_form",
        "close_form",
        "show_home",
        "send_file",
    }
)

PARSED = {"slack": from_slack, "teams": from_teams}
AFTER = range(1, 7) if LONG else (1,)  # effects after which each handler dies

# What a person would miss, or find doubled. Ids, moments and versions differ from one life to the next.
TOLD = {
    "member": "language, zone, zone_confirmed, country, digest, state",
    "cohort": "channel_name, language, pace, state",
    "coach": "state, is_line_manager",
    "read_grant": "includes_earlier, text = '', until_at IS NULL, ended_by",
    "enrollment": "state, scope, starts_on, paused_on, paused_until, shift_weeks",
    "opt_in": "scope, language",
    "nudge": "kind, prompt, week, local_date, state, answer, question, alternative",
    "commitment": "kind, item, due_on, state, scope",
    "reply": "kind, item, week, question, scope, deleted_at IS NULL",
    "pulse": "wave, question, value",
    "reflection": "week, tried, json_array_length(shared)",
    "audit": "action, count",
    "workspace": "lets_outsiders_join, lets_line_managers_coach",
    "gate": "kind, agreed_on, is_by_coach, closed_at IS NULL",
    "seat": "ended_at IS NULL",
}
# And what is encrypted of it.
WORDS = {"member": ("name",), "commitment": ("first", "second"), "reply": ("text",), "gate": ("who_agreed",)}


class Killed(BaseException):
    """The process ends here."""


class Life:
    """How many effects are left before the process dies."""

    def __init__(self, effects: int) -> None:
        self.effects = effects

    def spend(self) -> None:
        self.effects -= 1
        self.go_on()

    def go_on(self) -> None:
        if self.effects <= 0:
            raise Killed


class Mortal:
    """A store or a chat in a process that dies right after one of its effects."""

    def __init__(self, inner: Any, life: Life) -> None:
        self._inner = inner
        self._life = life

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._inner, name)
        if name not in EFFECTS:
            return inner

        async def and_die(*args: Any, **more: Any) -> Any:
            self._life.go_on()  # what else the process was at ends with it
            outcome = await inner(*args, **more)
            self._life.spend()
            return outcome

        return and_die


async def cut_off(world: World, incoming: Incoming) -> FormErrors | None:
    """Let the process die right after the first save, and the next one handle it again; return what that one says."""
    incoming = replace(incoming, event_id=incoming.event_id or "cut-off")
    store: Any = Mortal(world.bot.ports.store, Life(1))
    with pytest.raises(Killed):
        await receive(replace(world.bot.ports, store=store), incoming)
    return await receive(world.bot.ports, replace(incoming, attempt=2))


def haunt(world: World, effects: int) -> Counter[str]:
    """Let every handler die after so many effects, and the next process handle it again; count who died of what."""
    died: Counter[str] = Counter()

    async def handle(arrival: Arrival) -> dict[str, Any] | None:
        incoming = PARSED[arrival.platform](json.loads(arrival.body), workspace=arrival.workspace, at=arrival.at)
        assert incoming is not None
        if isinstance(incoming, Command) and not incoming.conversation_name:  # Teams tells it when it is asked
            incoming = replace(incoming, conversation_name=CHANNEL)
        life, ports = Life(effects), world.bot.ports
        store: Any = Mortal(ports.store, life)
        chat: Any = Mortal(ports.chat, life)
        try:
            wrong = await receive(replace(ports, store=store, chat=chat), incoming)
        except Killed:
            died[type(incoming).__name__] += 1
            wrong = None
        if wrong is not None and wrong.errors:
            return {"response_action": "errors", "errors": dict(wrong.errors)}
        await world.bot.homes[arrival.platform].handle(replace(arrival, attempt=2))
        return None

    world.bot.inbox._handle = handle
    return died


def tables(world: World) -> dict[str, Counter[tuple[object, ...]]]:
    """Return what is stored, without what differs from one life to the next."""
    told = {table.name: table for table in TABLES.values()}
    found: dict[str, Counter[tuple[object, ...]]] = {}
    with unlocked(Path(world.database_url.removeprefix("sqlite:///"))) as connection:
        for name, columns in TOLD.items():
            words = WORDS.get(name, ())
            rows = connection.execute(f"SELECT {name}.*, '', {columns} FROM {name}")  # noqa: S608 - names of our own
            found[name] = Counter()
            for row in rows:
                record = told[name].record(row) if words else None
                plain = tuple(row)[row.keys().index("''") + 1 :]
                found[name][*(getattr(record, each) for each in words), *plain] += 1
    return found


async def said_by_the_bot(world: World) -> set[str]:
    """Return every message that stands in a conversation with the bot or in the channel."""
    shown: set[str] = set()
    for person in ("Sanne", "Grace", "Iris", "Marit", "Robin"):
        for conversation in ("dm", CHANNEL):
            for message in await world.driver.messages(person, conversation):
                if world.is_bots(message) and not message["ephemeral"]:
                    shown.add(f"{person}: {world.driver.texts(message)}")
    return shown


async def settled(world: World) -> None:
    """Let the council stop all reading, an admin record a new agreement, and both settle who may join and coach."""
    await world.play("Marit", ("type council robin",))
    assert await world.fill("Marit", person=("Robin",)) == {}
    await world.play("Robin", ("type reading",), ("press gate.stop",))
    await world.play("Marit", ("type reading",), ("press gate.open",))
    assert await world.fill("Marit", kind="agreed", ground="all of us", day="2026-01-12") == {}
    await world.play("Robin", ("type reading",), ("press rules.open",), ("send outsiders=yes",))
    await world.play("Marit", ("type council",), ("press council.end",))


async def lived(world: World) -> None:
    """Do everything that can be done, most of it once."""
    driver = world.driver
    await begin(world, "Sanne", scope="coach")
    await world.join("Grace", scope="coach", language="nl")
    await world.join("Iris", scope="private")
    await world.play(
        "Sanne",
        ("press welcome.ok",),
        ("press pulse.open",),
        ("send promise=4 | overall=7",),
        ("travel 2026-01-13T10:00",),
        ("say look what I did",),
        ("travel 2026-01-13T10:05",),
        ("say status",),
        ("press nudge.plan",),
        ("send first=the stand-up is over | second=ring Purchasing",),
        ("press nudge.plan_change",),
        ("send second=write to Purchasing",),
        ("press nudge.kit",),
        ("close",),
        ("press reply.change",),
        ("send text=look what I have done",),
    )
    await driver.travel("2026-01-13T10:10")
    ts = await driver.say("Sanne", "dm", "a second thought")
    await driver.edit("Sanne", "dm", ts, "a better thought")
    await driver.travel("2026-01-13T10:15")
    gone = await driver.say("Sanne", "dm", "never mind")
    await driver.travel("2026-01-13T10:20")
    await driver.delete("Sanne", "dm", gone)
    await world.play(
        "Sanne",
        ("travel 2026-01-13T10:25",),
        ("say what was the task again?",),
        ("travel 2026-01-13T10:30",),
        ("press intent.next",),
        ("say please leave me alone",),
        ("travel 2026-01-13T10:35",),
        ("press intent.keep",),
        ("travel 2026-01-13T10:40",),
        ("press intent.unfile",),
        ("say stop",),
        ("travel 2026-01-13T10:45",),
        ("press intent.undo",),
        ("say can my coach call me?",),
        ("travel 2026-01-13T10:50",),
        ("press intent.coach",),
        ("travel 2026-01-13T10:55",),
    )
    await world.play("Marit", ("press wanted.take",))
    await world.play(
        "Grace",
        ("press pulse.skip",),
        ("travel 2026-01-13T17:00",),
        ("press nudge.later",),
        ("send when=tomorrow",),
        ("type pause until 2026-03-01",),
        ("press pause.until",),
        ("type pause",),
        ("send until=2026-02-01",),
        ("type resume",),
        ("type settings",),
        ("send zone=Europe/London",),
    )
    await world.play(
        "Iris",
        ("press nudge.no",),
        ("press nudge.another",),
        ("press nudge.done",),
        ("say mine alone",),
        ("travel 2026-01-13T17:05",),  # whoever died may have posted its confirmation: it is looked for first
        ("press reply.delete",),
        ("type next",),
        ("press next.now",),
    )
    await driver.command("Marit", CHANNEL, "log")
    await world.click("Marit", "log.answer", CHANNEL)
    await world.fill("Marit", text="well done")
    await world.click("Marit", "digest.open")
    await world.fill("Marit", day="3", hour="15:00")
    await world.play(
        "Sanne",
        ("travel 2026-01-14T15:00",),
        ("press day.move",),
        ("send day=2026-01-15",),
        ("travel 2026-01-15T15:00",),
        ("press day.done",),
    )
    await world.play(
        "Iris",  # the debrief came yesterday, and the review since
        ("say the one or the other",),
        ("travel 2026-01-15T15:05",),
        ("press reply.put",),
        ("say neither",),
        ("travel 2026-01-15T15:10",),
        ("press debrief.stop",),
    )
    await world.play(
        "Sanne",
        ("travel 2026-01-20T10:00",),
        ("say silence",),
        ("travel 2026-01-20T10:05",),
        ("press debrief.write",),
        ("send text=we laughed",),
        ("travel 2026-01-20T10:10",),  # so with this one, whose questions stand below it
        ("press debrief.skip",),
        ("press debrief.tomorrow",),
    )
    await world.play("Grace", ("travel 2026-01-20T11:05",), ("press undone.smaller",))
    await world.play("Grace", ("send first=er wordt gebeld | second=ik vraag | day=2026-01-22",))
    await world.play(
        "Sanne",
        ("travel 2026-01-21T10:00",),
        ("say ask twice",),
        ("press transfer.make",),
        ("send first=one call | second=I do | day=2026-01-22",),
    )
    await driver.open_home("Sanne")
    await click_home(world, "Sanne", "change.move")
    await world.play(
        "Sanne",
        ("send day=2026-01-23",),
        ("travel 2026-01-23T15:00",),
        ("press day.done",),
    )
    await driver.open_home("Sanne")
    await click_home(world, "Sanne", "export.make")
    await world.play("Iris", ("travel 2026-01-27T10:00",), ("press nudge.done",))
    await world.play("Sanne", ("type later 2026-01-29",), ("press later.until",))
    await offered(world)
    await changed(world)
    await undone(world)
    await later(world)
    await settled(world)


async def offered(world: World) -> None:
    """Press what stands under words that seem to ask for something, and below words about home.

    Whoever died may have posted what stands there: it is looked for first.
    """
    await world.play("Iris", ("travel 2026-01-27T10:30",), ("say we cooked",), ("travel 2026-01-27T10:35",))
    await world.play("Iris", ("press unkept.no",), ("say it was the queue",), ("travel 2026-01-27T10:40",))
    await world.play("Iris", ("press unkept.keep",), ("travel 2026-01-28T10:30",))
    await world.play("Iris", *(("press debrief.next",) for _ in range(4)))
    await change(world, "Iris", "change.drop")
    await world.driver.travel("2026-02-10T11:30")
    await world.driver.say("Grace", "dm", "herinner me morgen")
    await world.driver.say("Iris", "dm", "i'm on holiday for two weeks")
    await world.driver.say("Sanne", "dm", "not for me")
    await world.driver.travel("2026-02-10T11:35")
    await world.play("Grace", ("press intent.later",))
    await world.play("Iris", ("press intent.pause",), ("close",))
    await world.play("Sanne", ("press intent.stop",), ("press intent.undo",))


async def changed(world: World) -> None:
    """Bring a change back: one begins, the other one is let go."""
    await world.play("Sanne", ("press nudge.done",), ("travel 2026-02-11T10:30",))
    await world.play("Sanne", *(("press debrief.skip",) for _ in range(4)))
    await change(world, "Sanne", "change.done")


async def change(world: World, who: str, button: str) -> None:
    """Make a change and press a button of it on the own page."""
    await world.play(who, ("press transfer.make",), ("send first=a visit | second=I go | day=2026-02-13",))
    await world.driver.open_home(who)
    await click_home(world, who, button)


async def undone(world: World) -> None:
    """Answer, each in their own way, what became of what was not done."""
    await world.driver.travel("2026-03-03T18:00")
    for who, button in (("Sanne", "undone.another"), ("Grace", "undone.drop"), ("Iris", "undone.done")):
        await world.play(who, (f"press {button}",))


async def later(world: World) -> None:
    """Live to the end of the journey, then leave and be forgotten."""
    await live_on(world, "2026-03-24T12:00", "Sanne", "Iris")
    assert await world.row("Sanne", Kind.CHECK)
    await world.play(
        "Sanne",
        ("press check.yes",),
        ("say a customer said so",),
        ("travel 2026-03-24T12:02",),
        ("press keep.write",),
        ("travel 2026-03-24T12:05",),
        ("send text=listen first",),
    )
    await readers(world)
    await world.play("Grace", ("type leave",), ("press leave.run",))
    await world.driver.command("Grace", CHANNEL, "join")
    await world.click("Grace", "join.along", CHANNEL)
    assert await world.fill("Grace", scope="private") == {}
    await world.play("Iris", ("travel 2026-03-24T12:10",), ("type forget",))
    form = await world.form("Iris")
    await world.driver.submit("Iris", form, world.driver.fill(form, {"agreed": ("yes",)}))
    await world.driver.travel("2026-03-24T12:30")  # what is brought up to date at the pace that the platform allows


async def readers(world: World) -> None:
    """Let another one coach, and say who may read."""
    for button in ("reading.stop", "reading.let", "reading.stop", "reading.let-earlier"):
        await world.driver.open_home("Sanne")
        await click_home(world, "Sanne", button)
    await world.driver.command("Marit", CHANNEL, "leave")
    assert await world.fill("Marit", how="hand", to=("Grace",)) == {}
    await world.settle()
    await world.click("Grace", "coach.accept", manager="no")
    await world.settle()
    await world.play(
        "Sanne", ("press reading.yes",), ("press reading.change",), ("press reading.no",), ("press reading.change",)
    )
    await world.play("Sanne", ("press reading.earlier",))
    await world.play("Grace", ("press coach.manages",))


KNOWN: dict[str, tuple[dict[str, Counter[tuple[object, ...]]], set[str]]] = {}


async def undisturbed(folder: Path, platform: str) -> tuple[dict[str, Counter[tuple[object, ...]]], set[str]]:
    """Return what is stored and shown after a life in which no process died; lived once for all tests."""
    if platform not in KNOWN:
        async with living(folder, platform=platform) as world:
            await lived(world)
            KNOWN[platform] = tables(world), await said_by_the_bot(world)
    return KNOWN[platform]


@pytest.mark.parametrize("effects", AFTER)
async def test_a_life_in_which_every_handler_dies_once_ends_like_one_in_which_none_does(
    world: World, tmp_path_factory: pytest.TempPathFactory, effects: int
) -> None:
    stored, shown = await undisturbed(tmp_path_factory.mktemp("undisturbed"), world.driver.platform)
    died = haunt(world, effects)
    await lived(world)
    assert died
    for table, rows in tables(world).items():
        assert (rows - stored[table], stored[table] - rows) == (Counter(), Counter()), table
    assert shown - await said_by_the_bot(world) == set()
