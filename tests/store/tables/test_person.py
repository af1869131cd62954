"""A person's own data: all of it to take along, none of it left behind."""

import json
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.conversation_reference import ConversationReference
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import ScreenKind
from bot.store.port import Conflict
from bot.store.port.inbox import Arrival, Receipt
from tests.store.scene import (
    T0,
    Scene,
    a_coach,
    a_commitment,
    a_member,
    a_nudge,
    a_pulse,
    a_reflection,
    a_reply,
    a_screen,
    at,
)
from tests.stored import commitment, replies_to, traces
from tests.unlocked import Plain

CIPHER = Plain

SEED = 14  # with it, deleting without writing the file anew leaves words
MARK = "XYLOPHONE"  # in every word of hers, and nowhere else


def hers(number: int) -> list[Reply | Commitment]:
    """Return a reply and a plan whose words carry the mark."""
    return [
        a_reply(f"r{number}", text=f"{MARK} {number} " * (number % 40 + 1), received_at=at(number)),
        a_commitment(f"k{number}", first=f"{MARK} if", second=f"{MARK} then", made_at=at(number)),
    ]


async def fill(scene: Scene) -> None:
    """Give anna a life in every table, also as bram's coach."""
    anna = await scene.store.member("w", "anna")
    nudge = await scene.store.nudge("w", "n-anna")
    assert anna is not None
    assert nudge is not None
    await scene.add(replace(anna, name=f"{MARK} Anna"))
    await scene.add(*hers(1), *hers(2))
    await scene.add(
        a_coach("anna"),
        a_nudge("unsent", state=NudgeState.READY),
        a_reply("from-carl", author="carl", kind=ReplyKind.COACH, text=f"dear {MARK}"),
        a_reply("to-bram", "bram", author="anna", kind=ReplyKind.COACH, text=f"{MARK} greets"),
        a_nudge("carry", "bram", kind=Kind.COACH_WORD, subject="to-bram"),
        a_reply("brams", "bram", scope=Scope.COACH),
        a_pulse("promise"),
        a_pulse("promise", "bram"),
        a_reflection("mine", shared=("r1",)),
        a_reflection("ours", None, shared=("r1", "brams")),
        AuditEntry(
            id="seen", workspace="w", cohort="c", actor="carl", subject="anna", action=Action.READ, count=1, at=T0
        ),
    )
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 1)
    await scene.store.settle(claimed, NudgeState.READY, at=T0, reason="later")


def an_arrival(name: str, lane: str = "anna", text: str = MARK) -> Arrival:
    """Return what somebody did, with words."""
    return Arrival(id=name, workspace="w", platform="slack", lane=f"U-{lane}", body=f'{{"text": "{text}"}}', at=T0)


def bytes_of(file: Path) -> bytes:
    """Return every byte the store keeps on the disk."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


def rows_about(file: Path, person: str) -> dict[str, int]:
    """Count the rows of each table that carry the person's id anywhere."""
    connection = sqlite3.connect(file)
    found = {}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        found[table] = sum(any(person in str(value) for value in row) for row in rows)
    connection.close()
    return {table: count for table, count in found.items() if count}


async def test_the_export_holds_every_row_and_is_json(scene: Scene) -> None:
    await fill(scene)
    export = await scene.store.export("w", "anna")
    assert {table: len(rows) for table, rows in export.items()} == {
        "member": 1,
        "coach": 1,
        "enrollment": 1,
        "opt_in": 1,
        "gate": 0,
        "read_grant": 1,
        "seat": 0,
        "nudge": 2,
        "delivery": 1,
        "commitment": 2,
        "reply": 4,
        "reflection": 1,
        "pulse": 1,
        "audit": 1,
        "sign_in": 0,
        "session": 0,
        "inbox": 0,
        "gap": 0,
        "away": 0,
        "reach": 0,
        "open_form": 0,
        "screen": 0,
    }
    [member] = export["member"]
    assert member["name"] == f"{MARK} Anna"
    assert member["zone_confirmed"] is False
    assert member["hours"]["workdays"] == [0, 1, 2, 3, 4]  # type: ignore[index]
    assert export["reflection"][0]["shared"] == ["r1"]
    assert not any("seq" in row for rows in export.values() for row in rows)
    assert json.loads(json.dumps(export)) == export


async def test_a_strangers_export_is_empty(scene: Scene) -> None:
    assert not any((await scene.store.export("w", "nobody")).values())


async def test_erasing_leaves_only_a_trace_without_words(scene: Scene, file: Path) -> None:
    await fill(scene)
    assert MARK.encode() in bytes_of(file)
    assert await scene.store.erase("w", "anna", at=at(60), audit_id="erased") == 4
    assert rows_about(file, "anna") == {}
    assert MARK.encode() not in bytes_of(file)
    seen, trace = traces(scene.store)
    assert (seen.id, seen.actor, seen.action, seen.count) == ("seen", "carl", Action.READ, 1)
    assert (trace.id, trace.action, trace.count, trace.at) == ("erased", Action.ERASE, 4, at(60))
    assert trace.actor == trace.subject == seen.subject, "one alias a person, which nobody can resolve any more"


async def act(scene: Scene) -> None:
    """Let anna act: one thing handled, one given up, one being handled, one waiting; and have missed something."""
    anna, bram = await scene.store.member("w", "anna"), await scene.store.member("w", "bram")
    assert anna is not None
    assert bram is not None
    await scene.add(replace(anna, direct="D1"), replace(bram, direct="D2"))
    assert await scene.store.open_gaps(at(-60), T0) == 2
    for arrival in (an_arrival("over"), an_arrival("broken"), an_arrival("brams", "bram", "hello")):
        await scene.store.arrive(arrival, lease_until=at(1))
    assert await scene.store.finish(an_arrival("over"), at=T0, lease_until=at(1))
    await scene.store.give_up(an_arrival("broken"), at=T0, reason="TypeError", lease_until=at(1))
    for arrival in (an_arrival("handled"), an_arrival("waits")):
        await scene.store.arrive(arrival, lease_until=at(1))


async def test_the_export_shows_what_still_waits_and_what_could_not_be_handled(scene: Scene) -> None:
    await act(scene)
    export = await scene.store.export("w", "anna")
    assert [(row["id"], row["state"]) for row in export["inbox"]] == [("waits", "waiting"), ("broken", "dead")]
    assert all(MARK in str(row["body"]) for row in export["inbox"])
    assert [row["member"] for row in export["gap"]] == ["anna"]
    assert json.loads(json.dumps(export)) == export


async def test_erasing_takes_what_came_in_too(scene: Scene, file: Path) -> None:
    await act(scene)
    handled = an_arrival("handled")
    await scene.store.erase("w", "anna", at=at(60), audit_id="erased")
    assert rows_about(file, "anna") == {}
    assert MARK.encode() not in bytes_of(file)
    assert await scene.store.finish(handled, at=at(60), lease_until=at(61)) is None
    assert await scene.store.arrive(an_arrival("new"), lease_until=at(90)) is Receipt.TAKEN
    assert rows_about(file, "bram")["inbox"] == 1, "his stands"
    [kept] = await scene.store.left_lying(at(61), lease_until=at(62), limit=9)
    assert kept.body == '{"text": "hello"}'


async def test_what_could_not_be_handled_fades_too(scene: Scene, file: Path) -> None:
    await act(scene)
    before = bytes_of(file).count(MARK.encode())
    assert await scene.store.fade(T0) == 0
    assert await scene.store.fade(at(1)) == 1
    assert await scene.store.fade(at(1)) == 0, "once"
    assert before > bytes_of(file).count(MARK.encode()) == 2, "what is handled, and what waits"
    assert (await scene.store.queue(T0)).inbox_dead == 1, "that it happened stays"


async def test_erasing_one_leaves_the_others_whole(scene: Scene) -> None:
    await fill(scene)
    before = await scene.store.export("w", "bram")
    await scene.store.erase("w", "anna", at=at(60), audit_id="erased")
    after = await scene.store.export("w", "bram")
    assert [row["id"] for row in before["reply"]] == ["to-bram", "brams"]
    assert [row["id"] for row in after["reply"]] == ["brams"]
    assert {name: rows for name, rows in after.items() if name not in ("reply", "nudge")} == {
        name: rows for name, rows in before.items() if name not in ("reply", "nudge")
    }
    carried = await scene.store.nudge("w", "carry")
    assert carried is not None
    assert (carried.state, carried.reason) == (NudgeState.CANCELLED, "erased")
    ours = await scene.store.reflection_for("w", "n-None")
    assert ours is not None
    assert ours.shared == ("r1", "brams"), "ids say nothing"


async def test_no_word_survives_a_long_life_of_edits(scene: Scene, file: Path) -> None:
    """Pages split, merge and are reused: deleting alone leaves old words in their unused parts."""
    chance = random.Random(SEED)
    for number in range(250):
        text = f"{MARK} " * chance.choice([1, 3, 40, 300, 900])
        plain = "plain " * chance.choice([1, 5, 60, 700])
        name = f"{chance.random()}"
        await scene.add(
            a_reply(name, text=text, received_at=at(number)),
            a_reply(f"{name}b", "bram", text=plain, received_at=at(number)),
            a_commitment(name, first=f"{MARK} if " * chance.randrange(30)),
        )
        if number % 4 == 0:
            reply = chance.choice(await scene.store.replies_of("w", "anna", limit=500))
            await scene.add(replace(reply, text=f"{MARK} edited " * chance.choice([1, 2, 50, 400])))
        if number % 5 == 0:
            reply = chance.choice(await scene.store.replies_of("w", "bram", limit=500))
            await scene.add(replace(reply, text="plain " * chance.choice([1, 2, 50, 700])))
    await scene.store.erase("w", "anna", at=at(60), audit_id="erased")
    assert MARK.encode() not in bytes_of(file)
    assert len(await scene.store.replies_of("w", "bram", limit=500)) == 250


async def test_who_is_erased_may_join_as_a_stranger_but_not_be_written_about(scene: Scene) -> None:
    await fill(scene)
    old = await scene.store.member("w", "anna")
    assert old is not None
    await scene.store.erase("w", "anna", at=at(60), audit_id="erased")
    with pytest.raises(Conflict):
        await scene.add(a_reply("too-late"))
    with pytest.raises(Conflict):
        await scene.add(replace(old, name="Back"))
    await scene.add(a_member("anna2", external_id="U-anna"))
    assert await scene.store.erase("w", "anna", at=at(61), audit_id="again") == 0


async def test_a_nudge_in_flight_when_its_person_goes_is_settled_by_nobody(scene: Scene) -> None:
    await fill(scene)
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 1)
    await scene.store.erase("w", "anna", at=at(60), audit_id="erased")
    assert not await scene.store.settle(claimed, NudgeState.SENT, at=at(60), conversation="D1", message="1")


@pytest.mark.parametrize("state", [EnrollmentState.COMPLETED, EnrollmentState.LEFT])
async def test_words_fade_after_the_run_has_ended(scene: Scene, file: Path, state: EnrollmentState) -> None:
    await fill(scene)
    run = await scene.store.enrollment("w", "run-anna")
    anna = await scene.store.member("w", "anna")
    assert run is not None
    assert anna is not None
    await scene.add(replace(anna, name="Anna"), replace(run, state=state, ended_at=at(30)))
    await scene.store.erase("w", "nobody", at=T0, audit_id="none")
    assert await scene.store.fade(at(30)) == 0
    assert await scene.store.fade(at(30.01)) == 5
    assert await scene.store.fade(at(30.01)) == 0, "once"
    faded, plan = await scene.store.reply("w", "r1"), commitment(scene.store, "k1")
    assert faded == a_reply("r1", text=None, received_at=at(1), version=2)
    assert plan == a_commitment("k1", first="", second="", made_at=at(1), version=2)
    assert replies_to(scene.store, "n-anna") == []
    assert [reply.id for reply in replies_to(scene.store, "n-bram")] == ["to-bram", "brams"]
    assert bytes_of(file).count(MARK.encode()) == 1, "only what she wrote to bram, whose run goes on"


async def test_nothing_fades_while_the_run_goes_on(scene: Scene) -> None:
    await fill(scene)
    run = await scene.store.enrollment("w", "run-anna")
    assert run is not None
    await scene.add(replace(run, state=EnrollmentState.PAUSED, ended_at=T0))
    assert await scene.store.fade(at(999)) == 0


async def test_how_a_person_is_reached_goes_along_and_is_erased(scene: Scene) -> None:
    await fill(scene)
    anna = await scene.store.member("w", "anna")
    assert anna is not None
    reach = ConversationReference(conversation="a:1", address="https://smba.example/", account="29:1")
    await scene.store.keep_reach(anna.workspace, anna.external_id, reach)
    assert (await scene.store.export("w", "anna"))["reach"] == [
        {"conversation": "a:1", "address": "https://smba.example/", "account": "29:1"}
    ]
    await scene.store.erase("w", "anna", at=T0, audit_id="gone")
    assert await scene.store.reach_to(anna.workspace, anna.external_id) is None


async def test_the_own_page_is_known_as_long_as_the_conversation_is_the_same(scene: Scene) -> None:
    store, person = scene.store, ("w", "U-anna")
    reach = ConversationReference(conversation="a:1", address="https://smba.example/", account="29:1")
    await scene.add(a_screen("page", kind=ScreenKind.PAGE, conversation="a:1", message="7"))
    await store.keep_reach(*person, reach)
    await store.keep_reach(*person, replace(reach, address="https://smba.example/emea/"))
    assert await store.page_screen(*person) is not None
    assert await store.page_screen("w", "U-bram") is None
    await store.keep_reach(*person, replace(reach, conversation="a:2"))
    assert await store.page_screen(*person) is None
