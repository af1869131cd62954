"""After two without an answer a short one; after two not for me, another way first; as written by one press."""

from bot.coaching.records.nudge import Kind, Manner
from tests.conftest import CHANNEL, World
from tests.content import said
from tests.flows.talk import begin, direct_text, live_on, member_of


async def test_the_third_experiment_follows_the_first_two_and_says_why_to_its_person_alone(world: World) -> None:
    await begin(world, "Sanne", "Arjun", scope="coach")
    for day in ("2026-01-13T10:05", "2026-01-27T10:05"):
        await live_on(world, day, "Arjun")
        await world.click("Sanne", "nudge.no")
        await world.click("Sanne", "nudge.skip")
    await live_on(world, "2026-02-09T10:00", "Sanne", "Arjun")
    await world.play(
        "Arjun", ("travel 2026-02-10T10:05", said("nudge-manner-short", times=0), said("pause-open-button"))
    )
    await world.play("Sanne", ("press nudge.usual", said("nudge-usual-said")))
    (short,) = [row for row in await world.rows("Arjun", Kind.NUDGE) if row.manner]
    assert short.manner is Manner.SHORT
    assert not [row for row in await world.rows("Sanne", Kind.NUDGE) if row.manner]
    sanne, arjun = await member_of(world, "Sanne"), await member_of(world, "Arjun")
    assert sanne is not None
    assert arjun is not None
    assert (sanne.adapts, arjun.adapts) == (False, True)
    text = await direct_text(world, "Sanne")
    assert said("nudge-manner-others", times=0) not in text
    heard = await direct_text(world, "Marit") + await world.text("Marit", CHANNEL)
    assert said("nudge-manner-short", times=0) not in heard
    assert said("nudge-manner-others", times=0) not in heard
