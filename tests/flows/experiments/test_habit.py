"""Week 11: the one habit to keep, in a form or typed."""

from dataclasses import replace

from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import ReplyKind, Scope
from tests.conftest import CHANNEL, World
from tests.content import NL, said, title
from tests.flows.talk import begin, live_on, member_of, press, submitted
from tests.stored import replies_to

WEEK_11 = "2026-03-24T10:00"
STALE = said("press-stale")
MOVED_ON = said("form-stale")
FOREIGN = said("press-foreign")


async def refused(world: World, who: str, subject: str, **values: str) -> dict[str, str]:
    """Send a habit in that is open on another screen; return its errors."""
    answer = await world.bot.handle(await submitted(world, who, "keep.save", subject, **values))
    return dict(answer.errors) if answer else {}


async def test_a_habit_is_chosen_in_a_form_typed_or_rather_not(world: World) -> None:
    await begin(world, "Sanne", "Grace", "Arjun", "Robin", zone="Europe/Amsterdam")
    await live_on(world, WEEK_11, "Sanne", "Grace", "Arjun", "Robin")
    rows = {who: await world.row(who, Kind.KEEP) for who in ("Sanne", "Grace", "Arjun", "Robin")}
    await world.play(
        "Sanne",
        ("press keep.write", said("form-keep-title"), said("keep-label"), said("scope-label")),
        (
            "send text=count to five | scope=private",
            said("keep-done-said"),
            said("scope-private"),
            said("reply-change-button"),
        ),
    )
    await world.play(
        "Grace", ("say listen first", said("card-noted", about=title("keep/keep")), said("keep-done-said"))
    )
    await world.play("Arjun", ("press keep.skip", said("keep-skipped-said")))
    store = world.bot.ports.store
    for who, text, scope in (("Sanne", "count to five", Scope.PRIVATE), ("Grace", "listen first", Scope.COACH)):
        (reply,) = replies_to(store, rows[who].id)
        assert (reply.kind, reply.text, reply.scope) == (ReplyKind.KEEP, text, scope)
    states = [(await world.row(who, Kind.KEEP)).answer for who in rows]
    assert states == [Answer.DONE, Answer.DONE, Answer.SKIPPED, None]
    await world.nowhere("count to five")

    for who in ("Sanne", "Grace", "Arjun"):  # stale and doubled
        for button in ("keep.write", "keep.skip"):
            assert STALE in await press(world, who, button, rows[who].id)
        told = MOVED_ON if who == "Arjun" else said("form-sent")
        assert told in (await refused(world, who, rows[who].id, text="x", scope="coach"))["text"]
    assert len(replies_to(store, rows["Sanne"].id)) == 1

    robin = rows["Robin"].id  # foreign, empty, and left
    assert FOREIGN in await press(world, "Grace", "keep.write", robin)
    assert FOREIGN in (await refused(world, "Grace", robin, text="x", scope="coach"))["text"]
    assert said("words-missing") in (await refused(world, "Robin", robin, scope="coach"))["text"]
    assert MOVED_ON in (await refused(world, "Robin", "no-such-row", text="x", scope="coach"))["text"]
    await world.do("Robin", "press keep.write")
    await world.driver.command("Robin", CHANNEL, "leave")
    assert said("press-left") in (await world.fill("Robin", text="x"))["text"]
    assert replies_to(store, robin) == []


async def test_a_habit_is_picked_from_the_persons_own_journey(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.do("Sanne", "press nudge.done")
    await live_on(world, WEEK_11, "Sanne")
    await world.play(
        "Sanne",
        (
            "press keep.write",
            said("keep-from"),
            title("people-before-systems/item"),
            said("keep-own-label"),
        ),
        ("send from=people-before-systems", said("keep-done-said")),
    )
    row = await world.row("Sanne", Kind.KEEP)
    (reply,) = replies_to(world.bot.ports.store, row.id)
    assert (reply.kind, reply.text) == (ReplyKind.KEEP, title("people-before-systems/item"))


async def test_the_confirmation_comes_also_where_the_conversation_has_to_be_opened_for_it(world: World) -> None:
    await begin(world, "Sanne", zone="Europe/Amsterdam")
    await live_on(world, WEEK_11, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.bot.ports.store.save(replace(member, direct=None))
    await world.play(
        "Sanne",
        ("press keep.write", said("keep-label")),
        (
            "send text=count to five | scope=private",
            said("keep-done-said"),
            said("scope-private"),
            said("reply-change-button"),
        ),
    )


async def test_a_habit_is_chosen_in_dutch(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await live_on(world, "2026-03-22T10:00", "Sanne")
    await world.play(
        "Sanne",
        (f"travel {WEEK_11}", title("keep/keep", NL), said("keep-write-button", NL), said("keep-skip-button", NL)),
        ("press keep.write", said("form-keep-title", NL), said("keep-label", NL)),
        ("send text=eerst luisteren", said("keep-done-said", NL), said("card-noted", NL, about=title("keep/keep", NL))),
    )
