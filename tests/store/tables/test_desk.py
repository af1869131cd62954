"""Links to the desk, sessions at it, and what its pages alone show."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.records.nudge import LEFT_OUT, Kind
from bot.coaching.records.session import IDLE, LINK_LASTS, LONGEST, Session, SignIn
from bot.coaching.words import is_shared
from bot.store.port import Conflict
from tests.store.scene import T0, Scene, a_commitment, a_nudge, a_reflection, a_reply, at

LINK = SignIn(id="hash", workspace="w", member="anna", made_at=T0, ends_at=T0 + LINK_LASTS)
SESSION = Session(id="hash", workspace="w", member="anna", made_at=T0, seen_at=T0, ends_at=T0 + LONGEST)


async def test_a_link_is_used_up_once(scene: Scene) -> None:
    await scene.add(LINK)
    link = await scene.store.sign_in("w", "hash")
    assert link is not None
    assert await scene.store.sign_ins_of("w", "anna") == [link]
    assert await scene.store.sign_in("other", "hash") is None
    used = replace(link, used_at=at(1))
    await scene.store.save(used, SESSION)
    with pytest.raises(Conflict):
        await scene.store.save(used, replace(SESSION, id="second"))
    assert await scene.store.session("w", "second") is None, "both or none"
    assert await scene.store.sign_ins_of("w", "anna") == []


async def test_a_session_is_found_with_its_person(scene: Scene) -> None:
    await scene.add(SESSION, replace(SESSION, id="over", ended_at=at(1)), replace(SESSION, id="bram", member="bram"))
    found = await scene.store.session("w", "hash")
    assert found is not None
    assert (found[0].id, found[1].id) == ("hash", "anna")
    assert await scene.store.session("other", "hash") is None
    assert [each.id for each in await scene.store.sessions_of("w", "anna")] == ["hash"]


async def test_what_is_over_is_dropped(scene: Scene) -> None:
    await scene.add(LINK, SESSION, replace(SESSION, id="over", ended_at=at(1)))
    await scene.store.drop_sessions(LINK.ends_at, ended_before=at(1), seen_before=T0)
    assert await scene.store.sign_in("w", "hash") is not None
    assert await scene.store.session("w", "over") is not None
    await scene.store.drop_sessions(LINK.ends_at + timedelta(seconds=1), ended_before=at(2), seen_before=T0)
    assert await scene.store.sign_in("w", "hash") is None
    assert await scene.store.session("w", "over") is None
    assert await scene.store.session("w", "hash") is not None
    await scene.store.drop_sessions(T0, ended_before=T0 + LONGEST + timedelta(seconds=1), seen_before=T0)
    assert await scene.store.session("w", "hash") is None


async def test_a_session_that_was_left_is_dropped_with_what_was_looked_for(scene: Scene) -> None:
    kept, _ = SESSION.search("my words", "s1")
    await scene.add(kept)
    found = await scene.store.session("w", "hash")
    assert found is not None
    assert found[0].searches == kept.searches
    await scene.store.drop_sessions(T0, ended_before=T0, seen_before=T0)
    assert await scene.store.session("w", "hash") is not None
    await scene.store.drop_sessions(T0, ended_before=T0, seen_before=T0 + timedelta(microseconds=1))
    assert await scene.store.session("w", "hash") is None


async def test_a_person_takes_their_sessions_along_and_leaves_none(scene: Scene) -> None:
    await scene.add(LINK, SESSION, replace(SESSION, id="bram", member="bram"))
    export = await scene.store.export("w", "anna")
    assert [len(export[table]) for table in ("sign_in", "session")] == [1, 1]
    await scene.store.erase("w", "anna", at=at(1), audit_id="gone")
    assert await scene.store.sign_in("w", "hash") is None
    assert await scene.store.session("w", "hash") is None
    assert await scene.store.session("w", "bram") is not None


def test_a_link_and_a_session_have_their_time() -> None:
    moment = timedelta(microseconds=1)
    assert LINK.is_open(LINK.ends_at - moment)
    assert not LINK.is_open(LINK.ends_at)
    assert not replace(LINK, used_at=T0).is_open(T0)
    assert SESSION.is_live(T0 + IDLE - moment)
    assert not SESSION.is_live(T0 + IDLE)
    late = replace(SESSION, seen_at=T0 + LONGEST - moment)
    assert late.is_live(T0 + LONGEST - moment)
    assert not late.is_live(T0 + LONGEST)
    assert not replace(SESSION, ended_at=T0).is_live(T0)


async def test_what_tells_of_words_that_were_left_out_is_found_by_its_press(scene: Scene) -> None:
    told = a_nudge("told", kind=Kind.READING_NEWS, prompt=LEFT_OUT, occurrence="r 1", subject="r")
    await scene.add(told, a_nudge("other", kind=Kind.READING_NEWS, prompt=LEFT_OUT, occurrence="r 2", subject="r"))
    assert await scene.store.told_left_out("w", "anna", "r 1") == await scene.store.nudge("w", "told")
    for workspace, member, occurrence in (("w", "bram", "r 1"), ("w", "anna", "r"), ("other", "anna", "r 1")):
        assert await scene.store.told_left_out(workspace, member, occurrence) is None


async def test_what_posts_were_built_from_comes_with_them_and_with_nobodys_own_look_back(scene: Scene) -> None:
    posts = [a_nudge(name, None, kind=Kind.TEAM_REFLECTION, occurrence=name) for name in ("first", "second")]
    await scene.add(*posts, a_nudge("own", kind=Kind.REFLECTION))
    await scene.add(
        a_reflection("b", None, nudge="second", made_at=at(2)),
        a_reflection("a", None, nudge="first", made_at=at(1)),
        a_reflection("own", nudge="own", made_at=at(3)),
    )
    found = await scene.store.posts_made("w", "c")
    assert [(made.id, post.id) for made, post in found] == [("a", "first"), ("b", "second")]
    assert await scene.store.posts_made("other", "c") == []
    assert await scene.store.posts_made("w", "c2") == []


async def test_people_are_found_by_id(scene: Scene) -> None:
    found = await scene.store.people("w", ["anna", "nobody"])
    assert {name: each.id for name, each in found.items()} == {"anna": "anna"}
    assert await scene.store.people("other", ["anna"]) == {}


async def test_who_left_words_out_is_forgotten_and_they_stay_left_out(scene: Scene) -> None:
    changes = {"shared_at": at(1), "left_out_at": at(2), "left_out_by": "carl"}
    await scene.add(a_nudge("n"), a_reply("r", nudge="n", **changes), a_commitment("k", nudge="n", **changes))
    await scene.store.erase("w", "carl", at=at(3), audit_id="gone")
    kept = await scene.store.words_with("w", ["r", "k"])
    assert [(each.left_out_by, each.left_out_at, is_shared(each)) for each in kept] == [("", at(2), False)] * 2
