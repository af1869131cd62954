"""Recording who agreed, and stopping it: in chat, on both platforms."""

from dataclasses import replace

from bot.coaching.records.nudge import Kind
from bot.coaching.records.reading import GateKind
from bot.flows.dispatch import receive
from tests import content
from tests.conftest import CHANNEL, World
from tests.flows.agreement.settled import demote, gate_of, promote, seated, shut
from tests.flows.coach.test_digest import digest, shared
from tests.flows.talk import ask, begin, direct_text, form_text, submitted, the_log

STARTED = {
    "journey": "twelve-weeks",
    "pace": "1",
    "first_day": "1",
    "first_time": "10:00",
    "second_day": "3",
    "second_time": "15:00",
    "reflection_day": "0",
    "zone": "Europe/Amsterdam",
    "country": "none",
}
FILLED = {"kind": "agreed", "ground": "<!channel> =cmd() works council", "day": "2026-01-09"}


async def test_everybody_can_ask_who_reads(world: World) -> None:
    await world.start()
    shown = await ask(world, "Iris", "reading")
    assert content.said("agreement-practice") in shown
    assert "Marit" in shown
    assert "rules" not in shown
    assert content.said("agreement-title", content.NL) in await ask(world, "Iris", "meelezen")


async def test_an_admin_records_who_agreed_and_reading_begins(world: World) -> None:
    await begin(world, "Sanne")
    await shut(world)
    assert content.said("log-stopped") in await ask(world, "Marit", "log")
    assert content.said("agreement-forward-again") in await ask(world, "Sanne", "reading", "dm")
    await world.driver.command("Marit", "dm", "reading")
    await world.click("Marit", "gate.open")
    assert await world.fill("Marit", **FILLED) == {}
    gate = await gate_of(world)
    assert gate is not None
    assert (gate.kind, gate.who_agreed, gate.is_by_coach) == (GateKind.AGREED, FILLED["ground"], True)
    assert content.said("gate-recorded") in await world.text("Marit")
    assert FILLED["ground"] in await ask(world, "Sanne", "reading", "dm")
    assert await the_log(world, who="Marit")
    assert len(await world.rows("Sanne", Kind.READING_NEWS)) == 1


async def test_of_two_admins_the_first_one_records_it(world: World) -> None:
    await begin(world, "Sanne")
    await shut(world)
    await promote(world, "Grace")
    for who in ("Marit", "Grace"):
        await world.driver.command(who, "dm", "reading")
        await world.click(who, "gate.open")
    assert await world.fill("Marit", **FILLED) == {}
    gate = await gate_of(world)
    form = await world.form("Grace")
    errors = await world.driver.submit("Grace", form, world.driver.fill(form, FILLED))
    assert content.said("gate-stands") in (errors.get("kind") or await form_text(world, "Grace"))
    assert await gate_of(world) == gate


async def test_who_lost_the_right_meanwhile_records_nothing(world: World) -> None:
    await begin(world, "Sanne")
    await shut(world)
    await world.driver.command("Marit", "dm", "reading")
    await world.click("Marit", "gate.open")
    await demote(world, "Marit")
    form = await world.form("Marit")
    await world.driver.submit("Marit", form, world.driver.fill(form, FILLED))
    assert await gate_of(world) is None


async def test_the_council_stops_reading_and_an_open_log_goes(world: World) -> None:
    await begin(world, "Sanne")
    await seated(world)
    await world.driver.say("Sanne", "dm", "An open word.")
    await world.settle()
    await ask(world, "Marit", "log", "dm")
    assert "An open word." in world.driver.texts(await the_log(world))
    await world.driver.command("Iris", "dm", "reading")
    await world.click("Iris", "gate.stop")
    assert content.said("gate-stopped") in await world.text("Iris")
    await world.settle()
    assert await gate_of(world) is None
    assert "An open word." not in world.driver.texts(await the_log(world))
    assert content.said("log-stopped") in await ask(world, "Marit", "log", "dm")
    assert any(content.said("gate-stopped-coach") in world.driver.texts(each) for each in await world.direct("Marit"))
    assert len(await world.rows("Sanne", Kind.READING_NEWS)) == 1
    await world.click("Iris", "gate.stop")
    assert content.said("gate-stopped-before") in await world.text("Iris")


async def test_a_digest_that_stands_before_a_coach_tells_no_more_of_anybody(world: World) -> None:
    await shared(world)
    await seated(world)
    await world.driver.travel("2026-01-19T12:00")
    stands = await digest(world)
    assert "Sanne" in world.driver.texts(stands)
    await world.driver.command("Iris", "dm", "reading")
    await world.click("Iris", "gate.stop")
    await world.settle()
    seen = [world.driver.texts(each) for each in await world.direct("Marit") if each["ts"] == stands["ts"]]
    assert not any("Sanne" in text or "listen first" in text for text in seen)


async def test_the_start_says_what_to_send_to_an_admin(world: World) -> None:
    await world.driver.command("Marit", CHANNEL, "help")
    await shut(world)
    await world.start(by="Grace")
    forward = content.said("agreement-forward-again")
    assert forward in await direct_text(world, "Grace")
    assert forward not in await direct_text(world, "Sanne")


async def test_the_start_says_it_also_when_it_was_cut_off_before(world: World) -> None:
    await world.driver.command("Marit", CHANNEL, "help")
    await shut(world)
    await world.driver.command("Grace", CHANNEL, "start")
    shown = await world.form("Grace")
    filled = {name.rpartition("|")[2]: value for name, value in world.driver.fill(shown, {"language": "en"}).items()}
    told = {name: value for name, value in filled.items() if isinstance(value, str) and value}
    subject = f"{await world.driver.channel('Grace', CHANNEL)}|it-managers"
    sent = await submitted(world, "Grace", "cohort.start", subject, **{**STARTED, **told, "language": "en"})
    await world.bot.ports.store.first_sight(
        sent.workspace, sent.person, f"start:{sent.workspace}/{sent.person}/{subject}", sent.at
    )
    for attempt in (1, 2):
        assert await receive(world.bot.ports, replace(sent, event_id="e", attempt=attempt)) is None
    said = [world.driver.texts(each) for each in await world.direct("Grace")]
    assert sum(content.said("agreement-forward-again") in each for each in said) == 2
