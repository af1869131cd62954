"""Whoever is forgotten is in no byte any more: here, in the keystore, and in old copies opened with it."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.reading import Gate, GateKind
from bot.coaching.records.reply import ReplyKind
from bot.coaching.records.session import Session
from bot.store.port import Store, Unusable
from bot.store.port.inbox import Arrival
from bot.store.sqlite import open_store
from bot.store.sqlite.file.keys import check_keys, set_aside
from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.file.restore import restore
from bot.store.sqlite.sealing.examine import sealed
from bot.store.sqlite.sealing.ring import Connection
from tests.store.scene import T0, Scene, a_commitment, a_member, a_reply, a_screen, a_workspace, at, cast
from tests.unlocked import unlocked

WORDS = [f"xylophone{number:02}" for number in range(40)]


async def planted(store: Store) -> None:
    """Put forty words of anna's, or about her, wherever words go."""
    word = iter(WORDS)
    anna = await store.member("w", "anna")
    assert anna is not None
    await store.save(replace(anna, name=next(word)))
    for number, kind in enumerate(kind for kind in ReplyKind if kind is not ReplyKind.COACH):
        await store.save(a_reply(f"r{number}", kind=kind, text=next(word)))
    await store.save(a_reply("edited", text=next(word)))
    await store.save(a_reply("edited", text=next(word), edition=1, edited_at=at(1), version=1))
    await store.save(a_reply("to-her", author="carl", kind=ReplyKind.COACH, text=next(word)))
    await store.save(a_reply("by-her", "bram", author="anna", kind=ReplyKind.COACH, text=next(word)))
    await store.save(a_commitment("plan", first=next(word), second=next(word)))
    await store.save(a_screen("s", person="U-anna"))
    await store.keep_route("w", "s", f"https://hooks.example/{next(word)}", at(30))
    session = Session(id="here", workspace="w", member="anna", made_at=T0, seen_at=T0, ends_at=at(99))
    await store.save(session.search(next(word), "search")[0])
    for number, rest in enumerate(word):
        arrival = Arrival(id=f"in{number}", workspace="w", platform="slack", lane="U-anna", body=rest, at=at(number))
        await store.arrive(arrival, lease_until=at(99))
        if number % 5 == 0:
            await store.give_up(arrival, at=at(1), reason="broken", lease_until=at(99))


def found_in(*files: Path) -> list[str]:
    kept = b"".join(each.read_bytes() for each in files)
    return [word for word in WORDS if word.encode() in kept]


def everything(file: Path) -> list[Path]:
    return [each for each in sorted(file.parent.rglob("*")) if each.is_file()]


def everything_of(file: Path) -> bytes:
    return file.read_bytes()


def opened(file: Path, keystore: Path) -> list[str]:
    """Return the planted words that a file shows to whoever has this keystore, in any of its columns."""
    shown: list[str] = []
    with unlocked(file, keystore) as connection:
        for lid in sealed_in(connection):
            shown += [word for word in WORDS if word in (lid or "")]
    return sorted(shown)


def opened_texts(file: Path, keystore: Path, words: str, secrets: Sequence[str] | None = None) -> list[str]:
    """Return every text that begins with these words, as it is shown to whoever has this keystore."""
    with unlocked(file, keystore, secrets) as connection:
        return [text for text in sealed_in(connection) if text is not None and text.startswith(words)]


def sealed_in(connection: Connection) -> Iterator[str | None]:
    return (lid.open() for lid in sealed(connection))


async def test_no_word_stands_in_any_file_as_it_was_said(scene: Scene, file: Path) -> None:
    await planted(scene.store)
    await scene.store.back_up(T0, keep=3)
    assert found_in(*everything(file)) == [], "database, log, keystore, copies"
    assert opened(file, home_of(file).keys) == sorted(set(WORDS) - {"xylophone08"}), "but for what an edit replaced"


async def test_forgotten_in_old_copies_too(scene: Scene, file: Path, tmp_path: Path) -> None:
    await planted(scene.store)
    copies = [Path(await scene.store.back_up(T0 + timedelta(days=day), keep=9)) for day in range(3)]
    keys = home_of(file).keys
    of_others = [lid async for lid in others(scene.store)]
    assert all(opened(copy, keys) for copy in copies)
    await scene.store.erase("w", "anna", at=at(60), audit_id="e")
    assert found_in(*everything(file)) == []
    of_keys = tmp_path / "beside" / keys.name
    of_keys.parent.mkdir()
    shutil.copy(f"{keys}.copy", of_keys)
    shutil.copy(home_of(file).secret, home_of(of_keys.with_suffix("")).secret)
    for copy in (file, *copies):
        assert opened(copy, keys) == []
        assert opened(copy, of_keys) == [], "the copy of the keys does not have hers either"
    assert [lid async for lid in others(scene.store)] == of_others, "nobody else lost anything"
    await scene.store.close()
    listed = home_of(file).erased.read_text()
    home_of(file).erased.write_text(listed.partition("\n")[0] + "\n")  # the same list, and she is not in it
    with pytest.raises(Unusable, match="lacks the keys of 1 people"):
        restore(copies[0], file, at(90))
    home_of(file).erased.write_text(listed)
    assert restore(copies[0], file, at(90)).erased == 1
    again = open_store(file)
    assert await again.member("w", "anna") is None
    await again.close()
    assert opened(file, keys) == []


async def others(store: Store) -> Any:
    for name in ("bram", "carl"):
        member = await store.member("w", name)
        assert member is not None
        yield member.name


async def test_a_word_between_two_is_gone_with_either(scene: Scene, file: Path, tmp_path: Path) -> None:
    await scene.add(a_reply("word", author="carl", kind=ReplyKind.COACH, text=WORDS[0]))
    copy = Path(await scene.store.back_up(T0, keep=3))
    for who in ("anna", "carl"):
        place = tmp_path / who
        shutil.copytree(file.parent, place, ignore=lambda *_: {"anna", "carl"})
        store = open_store(place / file.name)
        await store.erase("w", who, at=at(1), audit_id="e")
        await store.close()
        assert opened(copy, home_of(place / file.name).keys) == [], who
    assert opened(copy, home_of(file).keys) == [WORDS[0]]


async def test_an_answer_to_a_coach_needs_the_key_of_both(scene: Scene, file: Path) -> None:
    await scene.add(a_reply("word", author="carl", kind=ReplyKind.COACH, text="nothing planted"))
    await scene.add(a_reply("answer", answers="word", text=WORDS[0]), a_reply("own", text=WORDS[1]))
    copy = Path(await scene.store.back_up(T0, keep=3))
    assert opened(file, home_of(file).keys) == WORDS[:2]
    await scene.store.erase("w", "carl", at=at(1), audit_id="e")
    assert opened(copy, home_of(file).keys) == [WORDS[1]], "in no old copy"
    assert opened(file, home_of(file).keys) == WORDS[:2], "and here she keeps what she wrote, sealed for her alone"
    await scene.store.erase("w", "anna", at=at(2), audit_id="f")
    assert opened(file, home_of(file).keys) == []


async def test_an_older_keystore_says_of_how_many_it_lacks_the_keys(scene: Scene, file: Path) -> None:
    keys = home_of(file).keys
    older = shutil.copy(keys, keys.with_name("older"))
    await scene.add(replace(a_member("dora"), name=WORDS[0]), replace(a_member("emil"), name=WORDS[1]))
    await scene.add(a_reply("r", "bram", author="dora", kind=ReplyKind.COACH, text=WORDS[2]), a_reply("of-anna"))
    copy = Path(await scene.store.back_up(T0, keep=3))
    await scene.store.close()
    shutil.copy(older, keys)
    before = everything_of(file)
    with pytest.raises(Unusable, match=r"lacks the keys of 2 people in it.*--accept-lost"):
        restore(copy, file, at(90))
    assert everything_of(file) == before
    assert restore(copy, file, at(90), accepts_lost=True).lost == 2
    again = open_store(file)
    dora, word, of_anna = (
        await again.member("w", "dora"),
        await again.reply("w", "r"),
        await again.reply("w", "of-anna"),
    )
    assert dora is not None
    assert dora.name == ""
    assert word is not None
    assert word.text is None
    assert of_anna is not None
    assert of_anna.text
    await again.save(replace(dora, name="Dora"))
    await again.close()
    assert check_keys(file, keystore=None, secrets=None, progress=lambda _: None).broken == ()


async def test_an_erasure_that_failed_after_the_keys_went_is_done_at_the_next_start(scene: Scene, file: Path) -> None:
    await scene.add(a_reply("r", text=WORDS[0]))
    with unlocked(file) as connection:
        connection.ring.forget("w", [("member", "anna")])
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TRIGGER fails BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        await scene.store.erase("w", "anna", at=at(1), audit_id="e")
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TRIGGER fails")
    await scene.store.close()
    again = open_store(file)
    assert await again.member("w", "anna") is None
    await again.close()


async def test_what_an_erased_person_sends_again_has_another_key(scene: Scene, file: Path) -> None:
    arrival = Arrival(id="a", workspace="w", platform="slack", lane="U-anna", body=WORDS[0], at=T0)
    await scene.store.arrive(arrival, lease_until=at(1))
    copy = Path(await scene.store.back_up(T0, keep=3))
    await scene.store.erase("w", "anna", at=at(1), audit_id="e")
    await scene.store.arrive(arrival, lease_until=at(1))
    assert opened(file, home_of(file).keys) == [WORDS[0]], "it is handled like anybody's"
    with unlocked(copy, home_of(file).keys) as connection, pytest.raises(Exception, match="not as it was stored"):
        list(sealed_in(connection))


async def test_another_process_seals_for_nobody_who_was_forgotten(scene: Scene, file: Path) -> None:
    """It has the old key in hand: what comes in is sealed by the new one, which whoever handles it finds."""
    beside = open_store(file)
    first = Arrival(id="a", workspace="w", platform="slack", lane="U-anna", body=WORDS[0], at=T0)
    await beside.arrive(first, lease_until=at(1))
    await scene.store.erase("w", "anna", at=at(1), audit_id="e")
    await beside.arrive(replace(first, id="b", body=WORDS[1]), lease_until=at(1))
    await beside.close()
    [found] = await scene.store.left_lying(at(9), lease_until=at(10), limit=9)
    assert found.body == WORDS[1]


async def test_what_was_handled_is_noted_beside_no_id(scene: Scene, file: Path) -> None:
    assert await scene.store.first_sight("w", "U-anna", "x:1", T0)
    with closing(sqlite3.connect(file)) as connection:
        [(who,)] = connection.execute("SELECT person FROM sight").fetchall()
        assert "anna" not in who
        await scene.store.erase("w", "anna", at=at(1), audit_id="e")
        assert connection.execute("SELECT count(*) FROM sight").fetchone() == (0,)


async def test_lists_and_grounds_are_encrypted_too(scene: Scene, file: Path) -> None:
    gate = Gate(
        id="g",
        workspace="w2",
        kind=GateKind.AGREED,
        who_agreed=WORDS[0],
        agreed_on=T0.date(),
        recorded_by="carl",
        recorded_at=T0,
        is_by_coach=False,
        wording="1",
    )
    seen = (SeenText(id=WORDS[1], edition=2),)
    look = AuditEntry(
        id="l", workspace="w", cohort="c", actor="carl", subject="anna", action=Action.READ, count=1, at=T0, seen=seen
    )
    await scene.add(a_workspace("w2"), gate, look)
    assert await scene.store.gate("w2") == replace(gate, version=1)
    newest = await scene.store.newest_look("w", "anna")
    assert newest is not None
    assert newest.seen == seen
    assert found_in(*everything(file)) == []
    await scene.store.erase("w", "anna", at=at(1), audit_id="e")
    [chain] = await scene.store.chains(lambda _: None)
    assert chain.fault is None, "the chain stands over what is stored"


def test_a_practice_file_of_before_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    assert set_aside(file) is None, "there is none"

    async def fill() -> None:
        store = open_store(file)
        await store.save(*cast())
        await store.close()

    asyncio.run(fill())
    assert set_aside(file) is None, "it is of this version"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM installation_mark WHERE name = 'keystore'")
    Path(f"{file}.practice.json").write_text("{}")
    with pytest.raises(Unusable, match="before words were encrypted"):
        open_store(file)
    assert set_aside(file) == tmp_path / "pitstop.db.old"
    assert not Path(f"{file}.practice.json").exists()
    asyncio.run(fill())
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
    assert set_aside(other) is None, "it is not ours"
