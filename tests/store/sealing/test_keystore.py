"""The file with the keys: what is made, found, destroyed, wrapped anew, and refused without being touched."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.port import StoreError, Unusable
from bot.store.sqlite import open_store
from bot.store.sqlite.file.keys import check_keys, rotate_keys
from bot.store.sqlite.file.location import home_of
from bot.store.sqlite.sealing.cipher import digest
from bot.store.sqlite.sealing.keystore import NAME, Keystore, make_keystore, open_keystore
from tests.store.scene import a_reply, at, cast

OLD, NEW = "o" * 40, "n" * 40
OF = "0123456789abcdef"
ANNA = b"a" * 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pitstop.db.keys"
    make_keystore(path, OF, [OLD])
    return path


def test_a_key_is_made_once_found_again_and_is_its_owners_alone(path: Path) -> None:
    with closing(open_keystore(path, OF, [OLD])) as keys, closing(open_keystore(path, OF, [OLD])) as beside:
        assert keys.key(ANNA) is None
        made = keys.made(ANNA)
        assert beside.key(ANNA) == beside.made(ANNA) == keys.made(ANNA) == made, "another process has the same at once"
        assert keys.made(b"b" * 16) != made
        assert keys.name("w", "member", "anna") == beside.name("w", "member", "anna")
        assert keys.name("w", "member", "anna") != keys.name("w2", "member", "anna")
    assert path.stat().st_mode & 0o777 == 0o600
    assert made not in path.read_bytes(), "it stands there wrapped"


def test_nothing_of_a_destroyed_key_stays_in_the_file(path: Path) -> None:
    """Also where rows moved between pages, which leaves copies behind."""
    with closing(open_keystore(path, OF, [OLD])) as keys:
        names = [digest(bytes(32), str(number).encode(), NAME) for number in range(400)]
        for name in names:
            keys.made(name)
        wrapped = {name: keys._found(name) for name in names}
        assert keys.drop(names[::3])
        assert not keys.drop(names[::3]), "once"
        kept = path.read_bytes()
        for name, found in wrapped.items():
            assert found is not None
            assert (found[0] in kept, name in kept) == ((keys.key(name) is not None),) * 2
        assert sum(keys.key(name) is None for name in names) == len(names[::3])


def test_another_process_sees_that_the_file_was_written_to(path: Path) -> None:
    with closing(open_keystore(path, OF, [OLD])) as keys:
        before = keys.stamp()
        assert keys.stamp() == before
        with closing(open_keystore(path, OF, [OLD])) as other:
            other.made(ANNA)
        assert keys.stamp() != before


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another(path: Path) -> None:
    path.unlink()
    make_keystore(path, "another", [OLD])


def moved_below_another_name(path: Path) -> None:
    with closing(open_keystore(path, OF, [OLD])) as keys:
        keys.made(ANNA)
        keys.made(b"b" * 16)
    with closing(sqlite3.connect(path)) as it, it:
        (one,) = it.execute("SELECT wrapped FROM data_key WHERE name = ?", [ANNA]).fetchone()
        it.execute("UPDATE data_key SET wrapped = ? WHERE name = ?", [one, b"index"])


REFUSED: list[tuple[Callable[[Path], object], str]] = [
    (Path.unlink, "is missing: without it nobody's words can be read"),
    (lambda path: path.write_bytes(b""), "it is empty"),
    (lambda path: path.write_bytes(b"not a database, but long enough to be taken for one" * 99), "it is damaged"),
    (truncated, "it is damaged"),
    (of_another, "the keys of another database"),
    (moved_below_another_name, "it is damaged"),
    (lambda path: path.chmod(0o644), "others can read it"),
]


@pytest.mark.parametrize(("harm", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_used_is_refused_in_words_and_stays_as_it_is(
    path: Path, harm: Callable[[Path], object], told: str
) -> None:
    harm(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(Unusable, match=told):
        open_keystore(path, OF, [OLD])
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize("secrets", [[NEW], [OLD[:-1]], [NEW, OLD + "x"]])
def test_a_wrong_secret_opens_nothing(path: Path, secrets: list[str]) -> None:
    before = path.read_bytes()
    with pytest.raises(Unusable, match="cannot be opened by PITSTOP_SECRET_KEY"):
        open_keystore(path, OF, secrets)
    assert path.read_bytes() == before


def test_keys_of_another_database_are_never_overwritten(path: Path) -> None:
    with closing(open_keystore(path, OF, [OLD])) as keys:
        keys.made(ANNA)
    before = path.read_bytes()
    with pytest.raises(Unusable, match="the keys of another database"):
        make_keystore(path, "another", [NEW])
    assert path.read_bytes() == before


def test_what_a_first_start_left_behind_is_begun_anew(path: Path) -> None:
    """Killed between the two files, the database knows of no keystore yet, and no key is in it."""
    make_keystore(path, "another", [OLD])
    open_keystore(path, "another", [OLD]).close()


# --- another secret


def filled(file: Path, secret: str = OLD) -> None:
    async def fill() -> None:
        store = open_store(file, secrets=[secret])
        await store.save(*cast(), a_reply("r", text="words of hers"))
        await store.close()

    asyncio.run(fill())


def read(file: Path, *secrets: str) -> str | None:
    async def look() -> str | None:
        store = open_store(file, secrets=secrets)
        found = await store.reply("w", "r")
        await store.close()
        return found.text if found else None

    return asyncio.run(look())


def test_a_new_secret_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    filled(file)
    assert read(file, NEW, OLD) == "words of hers", "both are known while it is changed"
    said: list[tuple[int, int]] = []
    done = rotate_keys(file, keystore=None, secrets=[NEW, OLD], progress=lambda *each: said.append(each))
    assert done > 1
    assert said[-1] == (done, done)
    assert read(file, NEW) == "words of hers"
    with pytest.raises(Unusable, match="another key wrapped it"):
        read(file, OLD)
    assert rotate_keys(file, keystore=None, secrets=[NEW, OLD], progress=lambda *_: None) == 0, "run again"


def test_a_rotation_that_is_cut_short_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    filled(file)
    with closing(open_keystore(home_of(file).keys, *known(file), [NEW, OLD])) as keys:
        for number in range(1_200):
            keys.made(number.to_bytes(16))

    class Killed(Exception):
        pass

    def die(done: int, _: int) -> None:
        raise Killed(done)

    rotate_keys(file, keystore=None, secrets=[OLD, NEW], progress=lambda *_: None)
    with pytest.raises(Killed, match="500"):
        rotate_keys(file, keystore=None, secrets=[NEW, OLD], progress=die)
    assert read(file, NEW, OLD) == "words of hers", "some are wrapped by one, some by the other"
    rest = rotate_keys(file, keystore=None, secrets=[NEW, OLD], progress=lambda *_: None)
    assert rest > 700
    assert read(file, NEW) == "words of hers"


def known(file: Path) -> tuple[str]:
    with closing(sqlite3.connect(file)) as it:
        return it.execute("SELECT value FROM installation_mark WHERE name = 'keystore'").fetchone()


def test_two_do_not_rotate_at_once(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    filled(file)
    told: list[str] = []

    def another(*_: int) -> None:
        with pytest.raises(Unusable, match="being rotated by another process") as refused:
            rotate_keys(file, keystore=None, secrets=[OLD, NEW], progress=lambda *_: None)
        told.append(str(refused.value))

    rotate_keys(file, keystore=None, secrets=[NEW, OLD], progress=another)
    assert told
    assert read(file, NEW) == "words of hers"


# --- what stands in the database


def test_everything_is_tried_and_what_was_touched_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"

    async def fill() -> None:
        store = open_store(file, secrets=[OLD])
        await store.save(*cast(), *(a_reply(name, text=f"words of {name}") for name in ("one", "two", "cut", "good")))
        await store.save(a_reply("moved", "bram", text="words of bram's"))
        await store.close()

    asyncio.run(fill())
    whole = check_keys(file, keystore=None, secrets=[OLD], progress=lambda _: None)
    assert (whole.gone, whole.broken) == (0, ())
    with closing(sqlite3.connect(file)) as it, it:
        one, two = (it.execute("SELECT text FROM reply WHERE id = ?", [each]).fetchone()[0] for each in ("one", "two"))
        it.execute("UPDATE reply SET text = ? WHERE id = 'one'", [two])
        it.execute("UPDATE reply SET text = ? WHERE id = 'two'", [one])
        it.execute("UPDATE reply SET text = substr(text, 1, 20) WHERE id = 'cut'")
        it.execute("UPDATE reply SET member = 'anna', author = 'anna' WHERE id = 'moved'")
    found = check_keys(file, keystore=None, secrets=[OLD], progress=lambda _: None)
    assert set(found.broken) == {"reply one", "reply two", "reply cut", "reply moved"}
    assert found.opened == whole.opened - 4

    async def look() -> None:
        store = open_store(file, secrets=[OLD])
        for name in ("one", "two", "cut", "moved"):
            with pytest.raises(StoreError, match="not as it was stored"):
                await store.reply("w", name)
        good = await store.reply("w", "good")
        assert good is not None
        assert good.text == "words of good"
        await store.close()

    asyncio.run(look())


def test_an_older_edition_of_a_text_does_not_come_back(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"

    async def life() -> None:
        store = open_store(file, secrets=[OLD])
        await store.save(*cast(), a_reply("r", text="first words"))
        with closing(sqlite3.connect(file)) as it:
            (old,) = it.execute("SELECT text FROM reply").fetchone()
        await store.save(a_reply("r", text="second words", edition=1, edited_at=at(1), version=1))
        with closing(sqlite3.connect(file)) as it, it:
            it.execute("UPDATE reply SET text = ?", [old])
        with pytest.raises(StoreError, match="not as it was stored"):
            await store.reply("w", "r")
        await store.close()

    asyncio.run(life())


def test_a_keystore_that_cannot_be_written_keeps_nothing_of_a_stranger(tmp_path: Path) -> None:
    """Somebody new has no key yet: what they said is refused, so that it comes again, and is not kept in plain."""
    file = tmp_path / "pitstop.db"
    filled(file)

    async def life() -> None:
        store = open_store(file, secrets=[OLD])
        keys: Keystore = store._ring.keystore  # type: ignore[attr-defined]
        keys._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError):
            await store.save(a_reply("r2", "stranger"))
        assert await store.reply("w", "r2") is None
        known = await store.reply("w", "r")
        assert known is not None
        assert known.text == "words of hers"
        await store.close()

    asyncio.run(life())


def test_nothing_begins_without_the_keystore_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    filled(file)
    keys = home_of(file).keys
    keys.rename(keys.with_suffix(".aside"))
    before = file.read_bytes()
    with pytest.raises(Unusable, match="is missing"):
        open_store(file, secrets=[OLD])
    assert not keys.exists(), "no new one is made in its place"
    assert file.read_bytes() == before


def test_without_a_secret_the_one_command_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pitstop.db"
    with pytest.raises(Unusable, match=r"PITSTOP_SECRET_KEY is missing.*`python -m bot keys new` prints one"):
        open_store(file, secrets=())
    assert not home_of(file).keys.exists()
