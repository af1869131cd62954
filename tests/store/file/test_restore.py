"""A copy is brought back so that nothing is lost on the way, nothing is sent twice, and nobody erased returns."""
# ruff: noqa: ASYNC221, ASYNC240 - these tests look at files

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Nudge, NudgeState
from bot.coaching.records.session import Session, SignIn
from bot.coaching.rules.delivery import SETTLE
from bot.store.port import Store, Unusable
from bot.store.sqlite import open_store
from bot.store.sqlite.file.backup import back_up
from bot.store.sqlite.file.erasures import Erasures
from bot.store.sqlite.file.examine import inside
from bot.store.sqlite.file.location import hold, home_of
from bot.store.sqlite.file.migrations import SCHEMA
from bot.store.sqlite.file.restore import LOOK_BACK, REASON, Restored, restore
from tests.long_form import LONG
from tests.store.scene import T0, Scene, a_member, a_nudge, a_reply, a_workspace, an_enrollment, at, cast, open_gaps
from tests.stored import traces
from tests.waiting import SLOWEST

ROOT = Path(__file__).parents[3]
LATER = T0 + timedelta(days=2)


async def copied(store: Store) -> Path:
    """Return a copy of the moment the scene begins."""
    return Path(await store.back_up(T0, keep=9))


async def brought_back(store: Store, copy: Path, file: Path, moment: datetime = LATER) -> tuple[Restored, Store]:
    """Stop, restore, start again."""
    await store.close()
    restored = restore(copy, file, moment)
    return restored, open_store(file)


def siblings(file: Path) -> set[str]:
    """Return what stands beside the file, its lock, its list of erasures and its keys."""
    of_it = {f"{file.name}{side}" for side in ("", ".lock", ".erased", ".keys", ".keys.copy", ".secret")}
    return {path.name for path in file.parent.iterdir()} - {*of_it, "backups"}


async def state_of(store: Store, name: str) -> Nudge:
    found = await store.nudge("w", name)
    assert found is not None
    return found


# --- what is brought back


async def test_the_copy_takes_the_place_of_the_file_which_is_kept_aside(scene: Scene, file: Path) -> None:
    await scene.add(a_reply("before"))
    copy = await copied(scene.store)
    await scene.add(a_reply("after"))
    restored, again = await brought_back(scene.store, copy, file)
    assert await again.reply("w", "before")
    assert await again.reply("w", "after") is None
    assert datetime.fromisoformat(await again.mark("restored_at") or "") == LATER
    await again.close()
    assert restored.made_at == T0
    assert restored.replaced == file.with_name("pitstop.db.replaced-20260108T090000Z")
    assert siblings(file) == {restored.replaced.name}
    aside = open_store(restored.replaced, keystore=home_of(file).keys)
    assert await aside.reply("w", "after"), "the old state is never lost"
    await aside.close()
    assert copy.stat().st_mode & 0o777 == file.stat().st_mode & 0o777 == 0o600


async def test_what_was_kept_aside_can_be_brought_back_again(scene: Scene, file: Path) -> None:
    copy = await copied(scene.store)
    await scene.add(a_reply("after"))
    restored, again = await brought_back(scene.store, copy, file)
    assert restored.replaced is not None
    _, once_more = await brought_back(again, restored.replaced, file)
    assert await once_more.reply("w", "after")
    await once_more.close()


async def test_a_copy_can_be_brought_to_a_machine_that_has_only_the_list_and_the_keys(
    scene: Scene, file: Path, tmp_path: Path
) -> None:
    copy = await copied(scene.store)
    keystore = home_of(file).keys
    elsewhere = tmp_path / "new" / "folder" / "example.db"
    elsewhere.parent.mkdir(parents=True)
    shutil.copyfile(f"{file}.erased", f"{elsewhere}.erased")
    restored = restore(copy, elsewhere, LATER, keystore=keystore)
    assert restored.replaced is None
    again = open_store(elsewhere, keystore=keystore)
    assert await again.member("w", "anna")
    await again.close()
    assert elsewhere.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("lost", ["nothing", "content", "file"])
async def test_what_an_unclean_stop_left_in_the_log_is_kept_aside_and_harms_nothing(file: Path, lost: str) -> None:
    """The old log must neither be lost with the old file nor be played into the new one."""
    code = """
import asyncio, os, sys
from pathlib import Path
from bot.store.sqlite import open_store
from tests.store.scene import T0, a_reply, cast
async def main():
    store = open_store(Path(sys.argv[1]))
    await store.save(*cast())
    await store.back_up(T0, keep=3)
    await store.save(a_reply("in-the-log"))
    os._exit(9)
asyncio.run(main())
"""
    subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=False)
    log = Path(f"{file}-wal").read_bytes()
    if lost == "content":
        file.write_bytes(b"")
    elif lost == "file":
        file.unlink()
    restored = restore(next((file.parent / "backups").iterdir()), file, LATER)
    assert not Path(f"{file}-wal").exists()
    assert Path(f"{restored.replaced}-wal").read_bytes() == log
    again = open_store(file)
    assert await again.member("w", "anna")
    assert await again.reply("w", "in-the-log") is None
    await again.close()
    if lost == "nothing":
        aside = open_store(restored.replaced or Path(), keystore=home_of(file).keys)
        assert await aside.reply("w", "in-the-log")
        await aside.close()


async def test_an_older_copy_is_brought_up_to_date(tmp_path: Path, file: Path) -> None:
    copy = tmp_path / "copy.db"
    await open_store(copy).close()
    newer = Path(shutil.copytree(SCHEMA, tmp_path / "schema"))
    (newer / "9999_mood.sql").write_text("ALTER TABLE member ADD COLUMN mood TEXT;")
    Path(f"{copy}.erased").rename(f"{file}.erased")
    keystore = home_of(copy).keys
    restored = restore(copy, file, LATER, schema=newer, keystore=keystore)
    assert restored.made_at == LATER, "nobody is in it: nothing was sent"
    again = open_store(file, schema=newer, keystore=keystore)
    assert await again.mark("restored_at")
    await again.close()
    assert not [name for name in siblings(file) if ".before-" in name and name.startswith("pitstop")]


# --- nothing twice


@pytest.mark.parametrize("state", [NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN])
async def test_what_a_person_may_have_got_since_is_looked_for_first(
    scene: Scene, file: Path, state: NudgeState
) -> None:
    in_flight = state in (NudgeState.SENDING, NudgeState.UNCERTAIN)
    await scene.add(
        a_nudge(
            "x",
            state=state,
            fence=3,
            attempt=2,
            lease_until=at(1) if in_flight else None,
            not_before=at(900),
            due_at=LATER + LOOK_BACK,  # not due yet, but the person may have asked for it early
        )
    )
    restored, again = await brought_back(scene.store, await copied(scene.store), file)
    found = await state_of(again, "x")
    assert found.look_since == T0 - LOOK_BACK
    assert found.state is (NudgeState.READY if in_flight else state)
    assert found.lease_until is None
    assert found.not_before == (None if in_flight else at(900))
    assert (found.fence, found.attempt, found.version) == (3, 2, 2)
    assert restored.looked_for == 1
    await again.close()


@pytest.mark.parametrize("state", [NudgeState.PLANNED, NudgeState.READY, NudgeState.SENDING, NudgeState.UNCERTAIN])
async def test_what_was_due_by_now_is_in_doubt_until_the_history_is_read(
    scene: Scene, file: Path, state: NudgeState
) -> None:
    await scene.add(a_nudge("x", state=state, fence=3, attempt=2, not_before=at(900), due_at=LATER))
    _, again = await brought_back(scene.store, await copied(scene.store), file)
    found = await state_of(again, "x")
    assert (found.state, found.look_since, found.lease_until) == (NudgeState.UNCERTAIN, T0 - LOOK_BACK, None)
    assert found.not_before == LATER + SETTLE, "what was sent in the last moment has time to show"
    assert (found.fence, found.attempt, found.version) == (3, 2, 2)
    await again.close()


async def test_a_second_restore_looks_back_as_far_as_the_first(scene: Scene, file: Path) -> None:
    await scene.add(a_nudge("x", state=NudgeState.READY))
    _, again = await brought_back(scene.store, await copied(scene.store), file)
    later = Path(await again.back_up(LATER, keep=9))
    _, once_more = await brought_back(again, later, file, LATER + timedelta(days=9))
    assert (await state_of(once_more, "x")).look_since == T0 - LOOK_BACK
    await once_more.close()


@pytest.mark.parametrize("state", [NudgeState.SENT, NudgeState.DEAD, NudgeState.EXPIRED, NudgeState.CANCELLED])
async def test_what_had_ended_stays_as_it_was(scene: Scene, file: Path, state: NudgeState) -> None:
    ended = a_nudge("x", state=state, reason="because")
    post = a_nudge("p", None, state=state, reason="because")
    await scene.add(ended, post)
    restored, again = await brought_back(scene.store, await copied(scene.store), file)
    assert await state_of(again, "x") == replace(ended, version=1)
    assert await state_of(again, "p") == replace(post, version=1)
    assert (restored.looked_for, restored.expired) == (0, 0)
    await again.close()


@pytest.mark.parametrize(
    ("state", "due_at", "after"),
    [
        (NudgeState.PLANNED, LATER, NudgeState.EXPIRED),  # due between the copy and now
        (NudgeState.PLANNED, LATER + timedelta(microseconds=1), NudgeState.PLANNED),  # it cannot stand there yet
        (NudgeState.READY, at(-1), NudgeState.EXPIRED),  # due before, and perhaps sent just after the copy
        (NudgeState.SENDING, at(-1), NudgeState.EXPIRED),
        (NudgeState.UNCERTAIN, at(-1), NudgeState.EXPIRED),
    ],
)
async def test_a_channel_post_that_may_stand_there_is_not_sent(
    scene: Scene, file: Path, state: NudgeState, due_at: datetime, after: NudgeState
) -> None:
    await scene.add(a_nudge("p", None, state=state, due_at=due_at, expires_at=LATER + timedelta(days=9)))
    restored, again = await brought_back(scene.store, await copied(scene.store), file)
    found = await state_of(again, "p")
    assert (found.state, found.look_since) == (after, None)
    assert (found.reason == REASON) is (after is NudgeState.EXPIRED)
    assert restored.expired == (after is NudgeState.EXPIRED)
    await again.close()


async def test_what_people_wrote_since_will_be_read(scene: Scene, file: Path) -> None:
    anna = await scene.store.member("w", "anna")
    assert anna is not None
    await scene.add(replace(anna, direct="D1"))
    restored, again = await brought_back(scene.store, await copied(scene.store), file)
    [gap] = await open_gaps(again, LATER, limit=9)
    assert (gap.member, gap.since, gap.until) == ("anna", T0 - LOOK_BACK, LATER)
    assert restored.missed == 1
    await again.close()


@pytest.mark.parametrize(
    ("marks", "made_at"),
    [
        ({"copied_at": at(5), "alive_at": at(3)}, at(5)),  # a copy of ours
        ({"copied_at": at(-900), "alive_at": at(3)}, at(3)),  # made by other means, from a file with an older copy
        ({"alive_at": LATER + timedelta(days=9)}, LATER),  # its clock ran ahead
        ({}, T0),  # nothing is known: since it all began
    ],
)
async def test_the_copys_moment_is_what_it_knows_itself(
    scene: Scene, file: Path, tmp_path: Path, marks: dict[str, datetime], made_at: datetime
) -> None:
    for name, moment in marks.items():
        await scene.store.set_mark(name, moment.isoformat(timespec="microseconds"))
    copy = tmp_path / "by-hand.db"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    restored, again = await brought_back(scene.store, copy, file)
    await again.close()
    assert restored.made_at == made_at


async def test_the_last_thing_sent_dates_a_copy_from_before_there_were_marks(
    scene: Scene, file: Path, tmp_path: Path
) -> None:
    await scene.add(a_nudge("x", state=NudgeState.READY))
    [claimed] = await scene.store.claim(at(1), workspaces=["w"], lease_until=at(2), free=lambda *_: 1)
    await scene.store.settle(claimed, NudgeState.SENT, at=at(7), conversation="D", message="1")
    copy = tmp_path / "by-hand.db"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    restored, again = await brought_back(scene.store, copy, file)
    await again.close()
    assert restored.made_at == at(7)


# --- nobody returns


async def test_who_was_erased_since_does_not_come_back(scene: Scene, file: Path) -> None:
    await scene.add(a_reply("r1", text="XYLOPHONE"))
    copy = await copied(scene.store)
    await scene.store.erase("w", "anna", at=at(9), audit_id="e")
    restored, again = await brought_back(scene.store, copy, file)
    assert restored.erased == 1
    assert await again.member("w", "anna") is None
    assert traces(again)[-1].action == "erase"
    await again.close()
    assert b"XYLOPHONE" not in file.read_bytes()


@pytest.mark.parametrize("list_is", ["missing", "named after another database", "of another database"])
async def test_without_its_list_a_copy_is_not_brought_back(
    scene: Scene, file: Path, tmp_path: Path, list_is: str
) -> None:
    copy = await copied(scene.store)
    await scene.store.erase("w", "anna", at=at(9), audit_id="e")
    await scene.store.close()
    new = tmp_path / "new" / "example.db"
    new.parent.mkdir()
    if list_is == "named after another database":
        shutil.copyfile(f"{file}.erased", new.parent / "pitstop.db.erased")
    if list_is == "of another database":
        Erasures(new.parent / "example.db.erased").begin()
    told = {
        "missing": "example.db.erased is missing. It says who was erased",
        "named after another database": "is it pitstop.db.erased?",
        "of another database": "example.db.erased is not the list of the database that this is a copy of",
    }
    before = set(new.parent.iterdir())
    with pytest.raises(Unusable, match=re.escape(told[list_is])):
        restore(copy, new, LATER)
    assert set(new.parent.iterdir()) - {Path(f"{new}.lock")} == before, "nothing was made"


async def test_without_its_list_a_copy_knows_whom_the_copies_beside_it_know(
    scene: Scene, file: Path, tmp_path: Path
) -> None:
    """Anna was erased between two copies, Bram after both: the first copy brings back Bram alone, without his words."""
    keystore = home_of(file).keys
    first = await copied(scene.store)
    await scene.store.erase("w", "anna", at=at(9), audit_id="e")
    second = Path(await scene.store.back_up(T0 + timedelta(hours=1), keep=9))
    await scene.store.erase("w", "bram", at=at(19), audit_id="f")
    new = tmp_path / "new" / "example.db"
    with pytest.raises(Unusable, match="lacks the keys of 1 people"):
        restore(first, new, LATER, without_list=True, keystore=keystore)
    done = restore(first, new, LATER, without_list=True, keystore=keystore, accepts_lost=True)
    assert (done.erased, done.lost) == (1, 1)
    again = open_store(new, keystore=keystore)
    assert [await again.member("w", "anna") is None, await again.member("w", "bram") is None] == [True, False]
    await again.close()
    assert inside(new).lost == ()
    assert len(Erasures(new.with_name("example.db.erased")).standing()) == 1, "it goes on from here"
    with pytest.raises(Unusable, match="is not the list"):
        restore(second, new, LATER, keystore=keystore)
    with closing(sqlite3.connect(new)) as connection:
        tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'travelling'"
        assert connection.execute(tables).fetchone() == (0,), "only copies carry it"


async def test_nobody_is_let_in_to_the_desk_by_what_a_copy_holds(scene: Scene, file: Path) -> None:
    """A link that was used, or a session that was ended, since the copy was made would be good again."""
    link = SignIn(id="link", workspace="w", member="anna", made_at=T0, ends_at=LATER)
    session = Session(id="hash", workspace="w", member="anna", made_at=T0, seen_at=T0, ends_at=LATER)
    await scene.add(link, session)
    _, again = await brought_back(scene.store, await copied(scene.store), file)
    assert await again.sign_in("w", "link") is None
    assert await again.session("w", "hash") is None
    await again.close()


# --- refusals: nothing changes


async def refused(copy: Path, file: Path) -> str:
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    with pytest.raises(Unusable) as refusal:
        restore(copy, file, LATER)
    assert {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()} == before
    return str(refusal.value)


async def test_nothing_is_restored_under_a_running_process(scene: Scene, file: Path) -> None:
    copy = await copied(scene.store)
    assert await refused(copy, file) == (
        f"{file} cannot be used: Pitstop is running on it. Stop every Pitstop that uses it, then try again."
    )
    assert await scene.store.member("w", "anna")
    other = open_store(file)
    await scene.store.close()
    assert "Pitstop is running on it" in await refused(copy, file), "another one still does"
    await other.close()
    assert restore(copy, file, LATER).replaced


async def test_nothing_starts_while_a_copy_is_brought_back(file: Path) -> None:
    await open_store(file).close()
    let_go = hold(file, alone=True)
    with pytest.raises(Unusable, match=r"a backup is being restored into it. Start again when that is done"):
        open_store(file)
    let_go()
    await open_store(file).close()


async def test_nothing_is_restored_under_another_program(scene: Scene, file: Path) -> None:
    copy = await copied(scene.store)
    await scene.store.close()
    other = sqlite3.connect(file)
    other.execute("SELECT * FROM member").fetchone()
    with pytest.raises(Unusable, match=r"another program has it open. Stop that program"):
        restore(copy, file, LATER)
    other.close()
    assert restore(copy, file, LATER).replaced


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SQLite format 3\0",
        b"not a database at all\n" * 999,
    ],
)
async def test_what_is_no_copy_is_refused(scene: Scene, file: Path, tmp_path: Path, content: bytes) -> None:
    await scene.store.close()
    copy = tmp_path / "copy"
    copy.write_bytes(content)
    assert "copy cannot be restored: it is damaged, or no copy of Pitstop's database." in await refused(copy, file)


async def test_a_damaged_copy_is_refused(scene: Scene, file: Path) -> None:
    copy = await copied(scene.store)
    await scene.store.close()
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    assert "it is damaged" in await refused(copy, file)
    copy.write_bytes(content[:8192] + os.urandom(8192) + content[16384:])
    assert "it is damaged" in await refused(copy, file)


async def test_another_programs_database_is_refused(scene: Scene, file: Path, tmp_path: Path) -> None:
    await scene.store.close()
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE recipe (id)")
    assert "no copy of Pitstop's database" in await refused(tmp_path / "other.db", file)


async def test_a_copy_of_a_newer_version_is_refused(scene: Scene, file: Path) -> None:
    copy = await copied(scene.store)
    await scene.store.close()
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('pitstop', '9999_x', '')"
        )
    said = await refused(copy, file)
    assert said.startswith(f"{copy} cannot be used: a newer Pitstop wrote it (9999_x).")


async def test_a_missing_copy_and_the_file_itself_are_refused(scene: Scene, file: Path) -> None:
    await scene.store.close()
    assert "there is no such file" in await refused(file.with_name("nowhere"), file)
    assert "it is the file in use" in await refused(file, file)


# --- files that are beyond use


@pytest.mark.parametrize("content", [b"", b"garbage" * 999, None])
async def test_a_broken_file_is_kept_aside_as_it_is_with_its_log(
    scene: Scene, file: Path, content: bytes | None
) -> None:
    copy = await copied(scene.store)
    await scene.store.close()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    Path(f"{file}-wal").write_bytes(b"a log that may be worth something")
    restored = restore(copy, file, LATER)
    assert restored.replaced is not None
    assert Path(f"{restored.replaced}-wal").read_bytes() == b"a log that may be worth something"
    if content is not None:
        assert restored.replaced.read_bytes() == content
    again = open_store(file)
    assert await again.member("w", "anna")
    await again.close()


# --- cut short


def known(file: Path) -> str:
    """Return which world a file tells of, or what is wrong with it."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        said = {row[0] for row in connection.execute("SELECT id FROM reply")}
        looks = connection.execute("SELECT count(*) FROM nudge WHERE look_since IS NOT NULL").fetchone()[0]
    return {
        (frozenset({"before", "after"}), 0): "old",
        (frozenset({"before"}), 1): "restored",
    }.get((frozenset(said), looks), f"neither: {said}, {looks}")


@pytest.mark.parametrize(("clean", "stride"), [(True, 5 if LONG else 10), (False, 2 if LONG else 5)])
def test_a_restore_killed_at_any_step_leaves_the_old_file_or_the_new_one_and_can_be_repeated(
    tmp_path: Path, clean: bool, stride: int
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    file = home / "pitstop.db"
    store = open_store(file)
    asyncio.run(store.save(*cast(), a_nudge("x", state=NudgeState.SENDING, lease_until=at(1)), a_reply("before")))
    copy = Path(asyncio.run(store.back_up(T0, keep=3))).relative_to(home)
    asyncio.run(store.save(a_reply("after")))
    if clean:
        asyncio.run(store.close())
        start = home
    else:
        start = Path(shutil.copytree(home, tmp_path / "unclean"))  # as a power cut leaves it, log and all
        asyncio.run(store.close())
        assert (start / "pitstop.db-wal").stat().st_size
    folder = tmp_path / "left"
    folder.mkdir()
    deed = [str(stride), "restore", str(start), str(copy), str(folder)]
    command = [sys.executable, "-m", "tests.store.file.dying", *deed]
    subprocess.run(command, cwd=ROOT, check=True, timeout=SLOWEST)

    places = sorted(folder.iterdir())
    assert len(places) > 60 // stride
    worlds = []
    for place in places:
        left = place / "pitstop.db"
        worlds.append(known(Path(shutil.copytree(place, tmp_path / "look" / place.name)) / "pitstop.db"))
        restore(place / copy, left, datetime(2026, 1, 14, tzinfo=UTC))
        asides = [path for path in place.iterdir() if ".replaced-" in path.name and not path.name.endswith("-wal")]
        assert known(left) == "restored"
        assert "old" in {known(path) for path in asides}, "the old state is never lost"
        assert not [path for path in place.iterdir() if ".restoring" in path.name or ".partial" in path.name]
    assert set(worlds) == {"old", "restored"}
    assert worlds == sorted(worlds), "and it changes once"


async def test_a_copy_made_of_a_stopped_system_will_do(file: Path) -> None:
    store = open_store(file)
    await store.save(a_workspace(), a_member("anna"))
    await store.close()
    copy = back_up(file, file.parent / "backups", T0, 3)
    assert restore(copy, file, LATER).replaced


async def test_a_run_that_was_left_has_nothing_to_read_up_on(scene: Scene, file: Path) -> None:
    await scene.add(a_member("dora", direct="D9"), an_enrollment("dora", state=EnrollmentState.LEFT))
    restored, again = await brought_back(scene.store, await copied(scene.store), file)
    await again.close()
    assert restored.missed == 0
