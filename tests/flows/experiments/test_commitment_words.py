"""Plans and changes are words: they say who reads them, and can be changed, narrowed, shared and deleted."""

from collections.abc import Mapping

import pytest

from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Scope
from tests.conftest import CHANNEL, World
from tests.content import said, title, whole
from tests.driver import BOT
from tests.flows.talk import BY_MARIT, ask, begin, click_home, did_it, home_text, member_of, press, submitted
from tests.remembered import remembered
from tests.stored import commitments_of

PLAN = {"first": "the stand-up is over", "second": "ring Purchasing", "day": "2026-01-14"}
CHANGE = {"first": "ring back first", "second": "Sanne", "day": "2026-01-23"}
MONDAY = "2026-01-19T12:00"
DEBRIEF = "2026-01-20T11:00"
NEXT_MONDAY = "2026-01-26T12:00"


async def newest(world: World) -> Commitment:
    """Return Sanne's newest plan or change."""
    member = await member_of(world, "Sanne")
    assert member is not None
    return commitments_of(world.bot.ports.store, member.id)[0]


@remembered
async def planned(world: World, *, scope: str = "coach") -> Commitment:
    """Let Sanne make a plan."""
    await begin(world, "Sanne", "Grace", scope=scope)
    await world.driver.travel("2026-01-13T11:00")
    await world.click("Sanne", "nudge.plan")
    assert await world.fill("Sanne", **PLAN) == {}
    return await newest(world)


@remembered
async def changed(world: World, *, scope: str = "coach") -> Commitment:
    """Let Sanne choose one change at work."""
    await begin(world, "Sanne", scope=scope)
    await did_it(world, "Sanne")
    await world.driver.travel(DEBRIEF)
    for _ in range(4):
        await world.click("Sanne", "debrief.skip")
    await world.click("Sanne", "transfer.make")
    assert await world.fill("Sanne", **CHANGE) == {}
    return await newest(world)


async def channel(world: World) -> str:
    posts = await world.driver.messages("Iris", CHANNEL)
    return "\n".join(world.driver.texts(each) for each in posts if each["user"] == BOT and not each["ephemeral"])


async def standing(world: World, which: str) -> str:
    """Return the message that has a button."""
    for message in reversed(await world.direct("Sanne")):
        if which in world.driver.labels(message):
            return str(world.driver.texts(message))
    raise LookupError(which)


async def test_a_plan_says_who_reads_it_and_is_shared_by_a_press(world: World) -> None:
    await planned(world)
    text = await standing(world, said("nudge-plan_change-button"))
    assert BY_MARIT in text
    await world.click("Sanne", "words.share")
    assert said("channel-goes", day="Monday 19 January") in await standing(world, said("nudge-plan_change-button"))
    await world.driver.travel(MONDAY)
    assert "\n".join(
        (
            whole("team-share-label", name="Sanne", about=title("people-before-systems/item")),
            whole("promise-plan-text", first="the stand-up is over", second="ring Purchasing"),
        )
    ) in await channel(world)


async def test_a_changed_plan_leaves_the_channel_first(world: World) -> None:
    await planned(world)
    await world.click("Sanne", "words.share")
    await world.driver.travel(MONDAY)
    assert "ring Purchasing" in await channel(world)
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "plan.change")
    assert await world.fill("Sanne", second="ring my wife") == {}
    assert "ring Purchasing" not in await channel(world)
    assert "ring my wife" not in await channel(world)
    assert said("channel-kept-out") in await home_text(world, "Sanne")
    assert (await newest(world)).edition == 1


async def test_the_plan_form_itself_takes_it_out_too(world: World) -> None:
    await planned(world)
    await world.click("Sanne", "words.share")
    await world.click("Sanne", "nudge.plan_change")
    assert await world.fill("Sanne", second="ring my wife") == {}
    assert (await newest(world)).shared_at is None
    await world.click("Sanne", "words.share")
    await world.click("Sanne", "nudge.plan_change")
    assert await world.fill("Sanne", day="2026-01-15") == {}
    assert (await newest(world)).shared_at is not None, "another day changes no words"


async def test_narrowed_it_is_neither_the_coachs_nor_in_the_chat(world: World) -> None:
    await planned(world)
    assert "ring Purchasing" in await ask(world, "Marit", "log", "dm")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "plan.change")
    assert await world.fill("Sanne", scope="private") == {}
    assert "ring Purchasing" not in await ask(world, "Marit", "log", "dm")
    for message in await world.direct("Sanne"):
        assert "ring Purchasing" not in world.driver.texts(message)
    assert "ring Purchasing" not in await home_text(world, "Sanne")
    assert said("scope-private") in await standing(world, said("nudge-plan_change-button"))
    assert (await newest(world)).scope is Scope.PRIVATE


async def test_a_private_plan_is_shared_from_its_form_alone(world: World) -> None:
    plan = await planned(world, scope="private")
    assert said("words-share-button") not in await standing(world, said("nudge-plan_change-button"))
    assert said("share-private") in await press(world, "Sanne", "words.share", f"{plan.id}:0")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "plan.change")
    assert await world.fill("Sanne", share=("yes",)) == {}
    await world.driver.travel(MONDAY)
    assert "ring Purchasing" in await channel(world)


async def test_a_deleted_plan_is_dropped_and_its_nudge_asks_again(world: World) -> None:
    await planned(world)
    await world.click("Sanne", "words.share")
    await world.click("Sanne", "plan.delete")
    gone = await newest(world)
    assert (gone.first, gone.second, gone.state) == ("", "", CommitmentState.DROPPED)
    assert said("words-share-button") not in await standing(world, said("nudge-plan-button"))
    await world.driver.travel(MONDAY)
    assert "ring Purchasing" not in await channel(world)
    assert [row for row in await world.rows("Sanne", Kind.DAY_OF) if row.sent_at] == []


async def test_a_change_has_the_same_at_its_card(world: World) -> None:
    await changed(world)
    text = await standing(world, said("plan-change-button"))
    assert BY_MARIT in text
    await world.click("Sanne", "words.share")
    await world.click("Sanne", "plan.change")
    assert await world.fill("Sanne", first="ring back within the hour") == {}
    assert "ring back within the hour" in await standing(world, said("plan-change-button"))
    assert (await newest(world)).shared_at is None
    await world.click("Sanne", "words.share")
    await world.driver.travel(NEXT_MONDAY)
    assert whole("promise-transfer-text", first="ring back within the hour", second="Sanne") in await channel(world)
    await world.click("Sanne", "plan.delete")
    assert "ring back" not in await channel(world)
    gone = await newest(world)
    assert (gone.kind, gone.state) == (CommitmentKind.TRANSFER, CommitmentState.DROPPED)
    assert said("promise-deleted") in "\n".join(world.driver.texts(each) for each in await world.direct("Sanne"))


async def test_a_done_plan_keeps_its_state_when_its_words_go(world: World) -> None:
    await planned(world)
    await world.click("Sanne", "nudge.done")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "plan.delete")
    gone = await newest(world)
    assert (gone.first, gone.state) == ("", CommitmentState.DONE)


async def refused(world: World, who: str, subject: str, first: str) -> Mapping[str, str]:
    """Return what is said of a form that is not taken."""
    form = await submitted(world, who, "plan.changed", subject, first=first, second="b")
    wrong = await world.bot.handle(form)
    assert wrong is not None
    return wrong.errors


async def test_nobody_else_and_no_older_form_changes_them(world: World) -> None:
    plan = await planned(world)
    for button in ("plan.change", "plan.delete", "plan.read"):
        await press(world, "Grace", button, plan.id)
        await press(world, "Marit", button, plan.id)
    assert await world.driver.modal("Grace") is None
    assert await refused(world, "Grace", f"{plan.id}:0:", "a") is not None
    told = await refused(world, "Sanne", f"{plan.id}:7:", "a")
    assert said("form-changed") in told["first"]
    assert said("plan-if-missing") in (await refused(world, "Sanne", f"{plan.id}:0:", ""))["first"]
    assert await newest(world) == plan


async def test_the_own_page_reaches_all_words_each_with_its_experiment(world: World) -> None:
    await planned(world)
    for number in range(9):
        await world.do("Sanne", f"say note {number}")
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert "note 8" in page
    assert "note 3" not in page
    assert whole("card-short", about=title("people-before-systems/item"), scope=BY_MARIT) in page
    await click_home(world, "Sanne", "home.older")
    page = await home_text(world, "Sanne")
    assert "note 3" in page
    assert "note 8" not in page
    assert page.count(whole("promise-plan-text", first="the stand-up is over", second="ring Purchasing")) == 2, (
        "among the plans, and among all that was written"
    )
    assert said("home-older-button") not in page
    await click_home(world, "Sanne", "home.newer")
    assert "note 8" in await home_text(world, "Sanne")


@pytest.mark.parametrize("value", ["x", "2026-01-01|", "2026-01-01|r", "|"])
async def test_a_page_that_is_none_of_ours_is_not_turned_to(world: World, value: str) -> None:
    await planned(world)
    await world.driver.open_home("Sanne")
    before = await home_text(world, "Sanne")
    await press(world, "Sanne", "home.older", value)
    assert await home_text(world, "Sanne") == before


async def test_who_left_still_reads_and_deletes_what_they_wrote(world: World) -> None:
    plan = await planned(world)
    await world.do("Sanne", "say a note")
    await world.driver.command("Sanne", "dm", "leave")
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert "a note" in page
    assert "ring Purchasing" in page
    assert said("reply-change-button") not in page
    assert said("words-share-button") not in page
    assert said("press-left-words") in await press(world, "Sanne", "plan.change", plan.id)
    await click_home(world, "Sanne", "plan.delete")
    assert "ring Purchasing" not in await home_text(world, "Sanne")
