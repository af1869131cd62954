"""The person's own page, and who read along."""

from bot.coaching.records.audit import Action, AuditEntry
from bot.store.port.readers import LogFilter
from tests.conftest import CHANNEL, World
from tests.content import NL, said, title, whole
from tests.flows.talk import BY_MARIT, ask, begin, click_home, form_text, home_text, member_of, press

LONG = "a long day at the desk " * 200  # 4,600 characters


async def test_a_stranger_reads_what_this_is_in_both_languages(world: World) -> None:
    await world.driver.open_home("Iris")
    page = await home_text(world, "Iris")
    assert said("home-join") in page
    assert said("home-join", NL) in page
    assert world.driver.labels(await world.driver.home("Iris") or {}) == []


async def test_home_shows_the_journey_the_next_message_and_what_was_written(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel("2026-01-13T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    await world.fill("Sanne", first="it is quiet", second="I ask Wim")
    for number in range(6):
        await world.driver.say("Sanne", "dm", f"thought {number} <!channel> *bold*")
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert f"{said('status-week', week=1, weeks=12)} · {title('people-before-systems/item')}" in page
    assert said("next-moment") in page
    assert whole("promise-plan-text", first="it is quiet", second="ask Wim") in page
    assert "thought 5 <!channel> *bold*" in page
    assert "thought 1" in page
    assert "thought 0" not in page  # the last five
    assert BY_MARIT in page


async def test_a_plan_whose_day_is_over_is_no_plan_any_more(world: World) -> None:
    await begin(world, "Sanne", scope="coach")
    await world.driver.travel("2026-01-13T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    await world.fill("Sanne", first="it is quiet", second="I ask Wim", day="2026-01-14")
    await world.driver.travel("2026-01-14T20:00")
    await world.driver.open_home("Sanne")
    assert said("home-plans") in await home_text(world, "Sanne")
    await world.driver.travel("2026-01-15T08:00")
    await world.driver.open_home("Sanne")
    assert said("home-plans") not in await home_text(world, "Sanne")
    assert said("promise-plan-label") not in await ask(world, "Sanne", "status")


async def test_a_private_note_opens_in_a_form_and_stands_nowhere_else(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="private")
    await world.driver.travel("2026-01-13T10:00")
    await world.click("Sanne", said("nudge-plan-button"))
    await world.fill("Sanne", first="Wim calls", second="I listen")
    await world.driver.say("Sanne", "dm", LONG)
    await world.driver.open_home("Sanne")
    page = await home_text(world, "Sanne")
    assert said("home-private-note", day="Tuesday 13 January") in page
    assert "long day" not in page
    assert "Wim" not in page
    await click_home(world, "Sanne", "reply.read")
    assert (await form_text(world, "Sanne")).replace("\n", "").count("a long day at the desk") >= 199
    member = await member_of(world, "Sanne")
    assert member is not None
    note = (await world.bot.ports.store.replies_of(member.workspace, member.id, limit=1))[0]
    assert said("press-stale") in await press(world, "Grace", "reply.read", note.id)
    assert await world.driver.modal("Grace") is None


async def test_home_follows_words_that_are_changed_or_taken_back_where_they_were_typed(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T12:00")
    ts = await world.driver.say("Sanne", "dm", "we talked, and it was hard")
    await world.driver.open_home("Sanne")
    await world.driver.edit("Sanne", "dm", ts, "we talked for an hour")
    assert "we talked for an hour" in await home_text(world, "Sanne")
    await world.driver.delete("Sanne", "dm", ts)
    assert "we talked" not in await home_text(world, "Sanne")


async def test_a_long_reply_is_cut_on_home(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.say("Sanne", "dm", LONG)
    await world.driver.open_home("Sanne")
    assert "…" in await home_text(world, "Sanne")


async def test_everything_on_home_can_be_pressed(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "next.open")
    assert whole("next-moment", day="Tuesday 13 January", time="10:00") in await form_text(
        world, "Sanne"
    )  # where the person is looking
    assert said("told-in-chat", platform=world.driver.platform) in await form_text(world, "Sanne")
    assert said("next-now-button") in await world.text("Sanne")
    await world.driver.close("Sanne", await world.form("Sanne"))
    await click_home(world, "Sanne", "pause.open")
    assert await world.fill("Sanne", until="2026-02-03") == {}
    assert said("status-paused-until", day="Tuesday 3 February") in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "resume.now")
    assert title("ask-your-partner/follow-up/also-1") in await form_text(world, "Sanne")
    await world.driver.close("Sanne", await world.form("Sanne"))
    assert "3 February" not in await home_text(world, "Sanne")
    await click_home(world, "Sanne", "settings.open")
    assert await world.fill("Sanne", language="nl", country="none") == {}
    assert said("home-data", NL) in await home_text(world, "Sanne")
    assert said("press-stale") in await press(world, "Iris", "next.open", "")
    assert said("press-stale") in await press(world, "Iris", "audit.open", "")


async def test_a_completed_journey_can_no_longer_be_paused_from_home(world: World) -> None:
    await world.start(journey="taster")
    await world.join("Sanne")
    await world.driver.travel("2026-01-29T16:00")
    await world.driver.open_home("Sanne")
    assert said("status-completed") in await home_text(world, "Sanne")
    assert said("pause-open-button") not in world.driver.labels(await world.driver.home("Sanne") or {})


async def test_the_page_of_somebody_who_was_wiped_meanwhile_is_a_strangers(world: World) -> None:
    await begin(world, "Sanne")
    member = await member_of(world, "Sanne")
    assert member is not None
    await world.driver.open_home("Sanne")
    await ask(world, "Sanne", "forget")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    await world.settle()
    if world.driver.platform == "teams":  # there it was a message of ours, and is gone
        await world.driver.open_home("Sanne")
    assert said("home-join", NL) in await home_text(world, "Sanne")


async def test_a_coach_finds_the_log_on_home(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Marit")
    page = await home_text(world, "Marit")
    assert said("home-join") in page
    assert said("home-join", NL) not in page  # the language was asked with the role
    await click_home(world, "Marit", whole("log-open-button", channel=world.driver.named(CHANNEL)))
    assert said("log-empty") in await form_text(world, "Marit")
    await world.driver.close("Marit", await world.form("Marit"))
    await world.driver.command("Marit", CHANNEL, "settings")
    await world.fill("Marit", language="nl", zone="Europe/Amsterdam")
    page = await home_text(world, "Marit")
    assert whole("log-open-button", NL, channel=world.driver.named(CHANNEL)) in page
    assert said("home-join") not in page


async def test_a_person_sees_who_read_their_words(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "audit.open")
    assert said("audit-nobody") in await form_text(world, "Sanne")
    await world.driver.close("Sanne", await world.form("Sanne"))
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.say("Sanne", "dm", "we talked")
    await ask(world, "Marit", "log")
    await ask(world, "Sanne", "export")
    store = world.bot.ports.store
    await store.operator_log(LogFilter(), before=None, limit=5, at=world.bot.ports.clock.now(), audit_id="operator-1")
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    exported = AuditEntry(
        id="operator-2",
        workspace=sanne.workspace,
        cohort=None,
        actor="operator",
        subject=sanne.id,
        action=Action.EXPORT,
        count=1,
        at=world.bot.ports.clock.now(),
    )
    await store.save(exported)
    await click_home(world, "Sanne", "audit.open")
    seen = await form_text(world, "Sanne")
    assert whole("audit-export", who=said("audit-operator")) in seen
    assert "Tuesday 13 January 10:00" in seen
    assert said("audit-read", who="Marit", count=1) in seen
    assert said("audit-own-export") in seen
    assert whole("audit-read", who=said("audit-operator"), count=1) in seen
    assert "we talked" not in seen
    await world.driver.close("Sanne", await world.form("Sanne"))
    await ask(world, "Marit", "forget")
    assert await world.fill("Marit", agreed=("yes",)) == {}
    await click_home(world, "Sanne", "audit.open")
    assert said("audit-gone") in await form_text(world, "Sanne")
