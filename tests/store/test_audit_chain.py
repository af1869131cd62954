"""The audit as a chain: what is changed, cut out, moved or cut off by hand is found; forgetting leaves it whole."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coaching.records.audit import OPERATOR, Action, AuditEntry, SeenText
from bot.store.port import Conflict, Store
from bot.store.port.audit import Chain, Checkpoint, Fault
from bot.store.sqlite.file.open import open_store
from tests.store.scene import Scene, a_member, a_workspace, at

SIGNATURE = "signed"


def a_look(
    name: str, *, minute: int = 0, actor: str = "carl", subject: str = "anna", workspace: str = "w"
) -> AuditEntry:
    return AuditEntry(
        id=name,
        workspace=workspace,
        cohort="c",
        actor=actor,
        subject=subject,
        action=Action.READ,
        count=2,
        at=at(minute),
        seen=(SeenText(id="r1", edition=0), SeenText(id="r2", edition=3)),
    )


def ours(checkpoint: Checkpoint) -> bool | None:
    return checkpoint.signature == SIGNATURE


def signed(checkpoint: Checkpoint) -> str:
    assert checkpoint.hash
    return SIGNATURE


async def chain_of(store: Store, workspace: str = "w") -> Chain:
    return {each.workspace: each for each in await store.chains(ours)}[workspace]


async def five_looks(scene: Scene) -> None:
    for number in range(4):
        await scene.store.save(a_look(f"l{number}", minute=number))
    await scene.store.save(a_look("l4", minute=4, actor=OPERATOR, subject="bram"))


def by_hand(file: Path, *statements: str) -> None:
    """Do what somebody can who has the file, a shell and no shame."""
    with closing(sqlite3.connect(file)) as connection:
        for trigger in ("audit_is_never_changed", "audit_is_never_shortened"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


async def test_a_chain_nobody_touched_is_whole(scene: Scene) -> None:
    await five_looks(scene)
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault, chain.before) == (5, None, None)
    assert chain.head == await scene.store.audit_head("w")
    assert chain.head in chain.hashes
    assert len(chain.hashes) == 5


async def test_people_stand_under_an_alias_of_their_own_and_read_their_names(scene: Scene, file: Path) -> None:
    await five_looks(scene)
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT actor, subject, seen FROM audit ORDER BY seq").fetchall()
    assert len({(actor, subject) for actor, subject, _ in found[:4]}) == 1, "one alias a person"
    assert not {"carl", "anna", "bram"} & {each for row in found for each in row}
    assert found[4][0] == OPERATOR
    [newest, *_] = await scene.store.looks_at("w", "anna", limit=9)
    assert newest.entry == replace(a_look("l3", minute=3), version=1)
    assert newest.actor is not None
    assert newest.actor.name == "Carl"


@pytest.mark.parametrize(
    ("statements", "fault", "good"),
    [
        (["UPDATE audit SET count = 1 WHERE id = 'l2'"], Fault.CHANGED, 2),
        (["UPDATE audit SET at = '2026-01-06T10:00:00.000000+00:00' WHERE id = 'l0'"], Fault.CHANGED, 0),
        (["UPDATE audit SET seen = '[]' WHERE id = 'l3'"], Fault.CHANGED, 3),
        (["UPDATE audit SET cohort = NULL WHERE id = 'l3'"], Fault.CHANGED, 3),
        (["UPDATE audit SET actor = 'operator' WHERE id = 'l1'"], Fault.CHANGED, 1),
        (["UPDATE audit SET action = 'export' WHERE id = 'l1'"], Fault.CHANGED, 1),
        (["UPDATE audit SET subject = actor WHERE id = 'l1'"], Fault.CHANGED, 1),
        (["UPDATE audit SET id = 'other' WHERE id = 'l1'"], Fault.CHANGED, 1),
        (["DELETE FROM audit WHERE id = 'l0'"], Fault.MISSING, 0),
        (["DELETE FROM audit WHERE id = 'l2'"], Fault.MISSING, 2),
        (["UPDATE audit SET seq = seq + 10 WHERE id = 'l1'"], Fault.MISSING, 1),
        (["DELETE FROM audit WHERE id = 'l4'"], Fault.CUT_OFF, 4),
        (["DELETE FROM audit"], Fault.CUT_OFF, 0),
        (["DELETE FROM audit_head"], Fault.CUT_OFF, 5),
        (["UPDATE audit_head SET hash = 'x'"], Fault.CUT_OFF, 5),
        (["UPDATE audit_head SET rows = 4"], Fault.CUT_OFF, 5),
    ],
)
async def test_what_is_done_by_hand_is_found(
    scene: Scene, file: Path, statements: Sequence[str], fault: Fault, good: int
) -> None:
    await five_looks(scene)
    by_hand(file, *statements)
    [chain] = await scene.store.chains(ours)
    assert (chain.fault, chain.rows) == (fault, good)


async def test_rows_that_are_swapped_are_found(scene: Scene, file: Path) -> None:
    await five_looks(scene)
    by_hand(
        file,
        "UPDATE audit SET seq = 100 WHERE id = 'l1'",
        "UPDATE audit SET seq = (SELECT seq FROM audit WHERE id = 'l2') - 1 WHERE id = 'l2'",
        "UPDATE audit SET seq = 3 WHERE id = 'l1'",
    )
    assert (await chain_of(scene.store)).fault is Fault.MISSING


async def test_forgetting_dissolves_the_alias_and_leaves_the_chain_whole(scene: Scene, file: Path) -> None:
    await five_looks(scene)
    await scene.store.erase("w", "anna", at=at(5), audit_id="gone")
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (6, None)
    await scene.store.close()
    kept = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*") if path.suffix != ".erased")
    with closing(sqlite3.connect(file)) as connection:
        assert "anna" not in "".join(map(str, connection.execute("SELECT * FROM audit").fetchall()))
        assert connection.execute("SELECT count(*) FROM audit_alias WHERE member = 'anna'").fetchone() == (0,)
    assert b"anna" not in kept.lower()


async def test_who_comes_back_gets_another_alias(scene: Scene) -> None:
    await five_looks(scene)
    await scene.store.erase("w", "anna", at=at(5), audit_id="gone")
    await scene.store.save(a_member("anna"), a_look("again", minute=6))
    assert [each.entry.id for each in await scene.store.looks_at("w", "anna", limit=9)] == ["again"]
    assert (await chain_of(scene.store)).fault is None


async def test_each_workspace_has_a_chain_of_its_own(scene: Scene, file: Path) -> None:
    await scene.store.save(a_workspace("v"), a_member("dora", workspace="v"))
    await five_looks(scene)
    await scene.store.save(
        a_look("l0", workspace="v", actor=OPERATOR, subject="dora"), a_look("l9", minute=9, subject="bram")
    )
    chains = await scene.store.chains(ours)
    assert [(each.workspace, each.rows, each.fault) for each in chains] == [("v", 1, None), ("w", 6, None)]
    by_hand(file, "UPDATE audit SET count = 9 WHERE workspace = 'v'")
    assert [each.fault for each in await scene.store.chains(ours)] == [Fault.CHANGED, None]


async def test_an_id_that_is_taken_is_a_conflict_and_breaks_no_chain(scene: Scene) -> None:
    await five_looks(scene)
    with pytest.raises(Conflict):
        await scene.store.save(a_look("fresh", minute=8), a_look("l1", minute=9))
    await scene.store.save(a_look("later", minute=9))
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (6, None)


async def test_the_same_look_is_noted_once_and_what_is_new_beside_it(scene: Scene) -> None:
    await five_looks(scene)
    await scene.store.note([a_look("l1", minute=9), a_look("fresh", minute=9)])
    await scene.store.note([a_look("l1", minute=9), a_look("fresh", minute=9)])
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (6, None)


async def test_many_at_once_make_one_chain(scene: Scene) -> None:
    await asyncio.gather(*(scene.store.save(a_look(f"m{number}", minute=number)) for number in range(60)))
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (60, None)


async def test_old_rows_give_way_to_a_signed_checkpoint_and_the_chain_goes_on(scene: Scene) -> None:
    await five_looks(scene)
    assert await scene.store.shorten_audit(at(2), at(60), signed) == 2
    assert await scene.store.shorten_audit(at(2), at(61), signed) == 0, "once"
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (3, None)
    assert chain.before is not None
    assert (chain.before.rows, chain.before.made_at) == (2, at(60))
    assert [each.entry.id for each in await scene.store.looks_at("w", "anna", limit=9)] == ["l3", "l2"]
    assert await scene.store.shorten_audit(at(99), at(120), signed) == 2, "the newest row stays"
    await scene.store.save(a_look("next", minute=121))
    chain = await chain_of(scene.store)
    assert (chain.rows, chain.fault) == (2, None)
    assert chain.before is not None
    assert chain.before.rows == 4


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_checkpoint SET signature = 'forged'", Fault.SIGNATURE),
        ("UPDATE audit_checkpoint SET hash = 'x'", Fault.MISSING),
        ("UPDATE audit_checkpoint SET rows = 1", Fault.CUT_OFF),
        ("DELETE FROM audit_checkpoint", Fault.MISSING),
    ],
)
async def test_a_checkpoint_that_is_touched_is_found(scene: Scene, file: Path, statement: str, fault: Fault) -> None:
    await five_looks(scene)
    await scene.store.shorten_audit(at(2), at(60), signed)
    by_hand(file, statement)
    assert (await chain_of(scene.store)).fault is fault


async def test_without_a_key_a_signature_is_left_open(scene: Scene) -> None:
    await five_looks(scene)
    await scene.store.shorten_audit(at(2), at(60), signed)
    [chain] = await scene.store.chains(lambda _: None)
    assert chain.fault is None


async def test_a_look_in_the_chain_carries_its_hash(scene: Scene) -> None:
    await five_looks(scene)
    found = await scene.store.looks_in_chain("w", "anna")
    assert [each.look.entry.id for each in found] == ["l0", "l1", "l2", "l3"]
    assert {each.hash for each in found} < (await chain_of(scene.store)).hashes


async def test_a_file_brought_back_continues_its_chain(scene: Scene, file: Path) -> None:
    await five_looks(scene)
    await scene.store.close()
    again = open_store(file)
    await again.save(a_look("after", minute=7))
    chain = await chain_of(again)
    assert (chain.rows, chain.fault) == (6, None)
    await again.close()
