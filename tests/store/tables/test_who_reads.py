"""Who reads what a person shares, as the store tells it: one statement, whatever there is."""

from dataclasses import replace

from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind, NudgeState
from bot.coaching.records.reading import EndedBy
from bot.coaching.records.reply import Scope
from bot.coaching.rules.who_reads import WhoReads
from bot.store.port import Store
from bot.store.port.shown import ShownNudge
from tests.statements import counted
from tests.store.scene import T0, Scene, a_coach, a_cohort, a_gate, a_grant, a_member, a_nudge, a_reply, at


async def beside(scene: Scene) -> None:
    """Add a second coach, another team, and grants of several kinds."""
    await scene.add(
        a_member("dora"),
        a_coach("dora", state=CoachState.INVITED, named_at=at(1)),
        a_cohort("c2"),
        a_coach("dora", id="elsewhere", cohort="c2"),
        a_grant("anna", id="text", text="r", from_at=at(1)),
        a_grant("anna", id="over", text="x", ended_at=T0, ended_by=EndedBy.MEMBER),
        a_grant("anna", "dora", id="there", cohort="c2"),
    )


def told(who: WhoReads) -> tuple[list[str], list[str], bool]:
    """Return the coaches, the grants, and whether the gate is open."""
    return [role.id for role, _ in who.coaches], [each.id for each in who.grants], who.gate is not None


BOTH = ["coach-carl", "coach-dora"]
HERS = (BOTH, ["grant-anna-carl", "text"], True)


async def test_it_is_read_of_one_person_in_one_cohort(scene: Scene) -> None:
    await beside(scene)
    async with counted(scene.store) as statements:
        assert told(await scene.store.who_reads("w", "anna", "c")) == HERS
    assert len(statements) == 1
    assert told(await scene.store.who_reads("w", "bram", "c")) == (BOTH, ["grant-bram-carl"], True)
    assert told(await scene.store.who_reads("w", "anna", "c2")) == (["elsewhere"], ["there"], True)


async def test_the_gate_that_is_open_is_told_also_without_a_coach(scene: Scene) -> None:
    await scene.add(a_cohort("c3"), a_gate(id="before", closed_at=T0))
    assert told(await scene.store.who_reads("w", "anna", "c3")) == ([], [], True)
    gate = await scene.store.gate("w")
    assert gate is not None
    assert (await scene.store.who_reads("w", "anna", "c")).gate == gate
    await scene.store.save(replace(gate, closed_at=T0, closed_by="carl"))
    assert told(await scene.store.who_reads("w", "anna", "c"))[2] is False


async def test_it_comes_with_a_message_a_press_words_and_typing(scene: Scene) -> None:
    await beside(scene)
    await scene.add(a_reply("r"), a_reply("mine", scope=Scope.PRIVATE))
    store: Store = scene.store
    pressed, words = await store.around_nudge("w", "n-anna"), await store.around_words("w", "r")
    page = await store.around_page("w", "U-anna", before=None, limit=5)
    confirmed, alone = await store.confirmed("w", "r"), await store.confirmed("w", "mine")
    shown = await store.shown("w", "n-anna")
    assert isinstance(shown, ShownNudge)
    assert pressed is not None
    assert words is not None
    assert confirmed is not None
    assert alone is not None
    assert page.who is not None
    found = [pressed.who, words.who, page.who, page.places.readers["c"], confirmed.places.readers["c"], shown.who]
    assert [told(each) for each in found] == [HERS] * 6
    assert alone.places.readers == {}


async def test_what_a_coach_was_let_read_is_read_by_the_coach(scene: Scene) -> None:
    await beside(scene)
    found = {each.id for each in await scene.store.grants_to("w", "carl")}
    assert {"grant-anna-carl", "grant-bram-carl", "text"} <= found
    assert not found & {"over", "there"}
    role = await scene.store.coach_role("w", "elsewhere")
    assert role is not None
    assert (role.member, role.cohort) == ("dora", "c2")
    assert await scene.store.coach_role("other", "elsewhere") is None


async def test_a_question_about_who_coaches_no_more_is_not_sent(scene: Scene) -> None:
    ask = a_nudge("ask", kind=Kind.READING_ASK, prompt="reading/new-coach", subject="coach-carl")
    await scene.add(replace(ask, state=NudgeState.READY))
    [claimed] = await scene.store.claim(T0, workspaces=["w"], lease_until=at(1), free=lambda *_: 9)
    assert await scene.store.unwanted(claimed) is None
    role = await scene.store.coach_role("w", "coach-carl")
    assert role is not None
    await scene.store.save(replace(role, state=CoachState.LEFT))
    assert await scene.store.unwanted(claimed) == "left"
