"""Words that are held: in no list, found when their time is over; and a stop that holds back what is due."""

from dataclasses import replace

import pytest

from bot.coaching.intents import Intent
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reply import ReplyKind, Scope
from bot.store.port import Store
from bot.store.port.readers import LogFilter
from tests.store.scene import T0, Scene, a_nudge, a_reply, at

HELD = {"kind": ReplyKind.HELD, "scope": Scope.PRIVATE, "text": "leave me alone", "received_at": at(1)}


async def test_what_is_held_stands_in_no_list_and_is_found_when_its_time_is_over(scene: Scene) -> None:
    store: Store = scene.store
    for kind in (ReplyKind.HELD, ReplyKind.REQUEST):
        await scene.add(a_reply(str(kind), **{**HELD, "kind": kind}, intent=Intent.STOP, held_until=at(60)))
    assert await store.replies_of("w", "anna", limit=9) == []
    assert await store.replies_between("w", "anna", T0, at(90)) == []
    seen = await store.operator_log(LogFilter(), before=None, limit=9, at=at(2), audit_id="a")
    assert [entry.text for entry in seen] == []
    assert await store.replies_held(at(59), limit=9) == []
    assert {reply.id for reply in await store.replies_held(at(60), limit=9)} == {"held", "request"}


@pytest.mark.parametrize(
    ("changes", "held_back"),
    [
        ({"intent": Intent.STOP}, True),
        ({"intent": Intent.PAUSE}, False),
        ({"intent": Intent.STOP, "text": None}, False),  # taken back
        ({"intent": Intent.STOP, "kind": ReplyKind.REQUEST}, False),  # done: the run itself stands still
        ({"intent": Intent.STOP, "kind": ReplyKind.TYPED}, False),
    ],
)
async def test_nothing_is_due_and_nothing_goes_out_while_a_stop_waits_for_its_answer(
    scene: Scene, changes: dict[str, object], *, held_back: bool
) -> None:
    store: Store = scene.store
    await scene.add(a_nudge("n", due_at=at(5)))
    await scene.add(a_nudge("word", kind=Kind.COACH_WORD, due_at=at(5)))  # a coach is heard all the same
    await scene.add(a_reply("r", nudge="n-anna", **{**HELD, **changes}))
    due = {row.id for row in await store.due("w", at(6), limit=9)}
    assert due == {"word"} if held_back else due == {"n", "word"}
    sending = replace(a_nudge("s", due_at=at(5)), state=NudgeState.SENDING, fence=1, lease_until=at(9))
    await scene.add(sending)
    assert await store.unwanted(sending) == ("paused" if held_back else None)
