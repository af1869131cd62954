"""A word with my coach, from what was typed to who takes it."""

from tests.conftest import World
from tests.content import said
from tests.flows.replies.test_intent import nudged
from tests.flows.replies.test_not_kept import at_home, in_the_file

WISH = "can my coach call me about this?"


async def test_the_coach_hears_at_once_and_the_person_sees_who_takes_it(world: World) -> None:
    await nudged(world)
    await world.play(
        "Sanne",
        (f"say {WISH}", said("asked-coach")),
        ("press intent.coach", said("request-coach"), f"not: {said('intent-keep-button')}"),
    )
    assert not in_the_file(world, WISH)
    assert said("wanted", name="Sanne") in await world.text("Marit")
    await world.play("Marit", ("press wanted.take", said("wanted-yours")))
    assert said("request-coach-taken", coach="Marit") in "\n".join((await world.screen("Sanne")).values())


async def test_it_is_asked_for_below_any_receipt_and_at_home_too(world: World) -> None:
    await at_home(world)
    await world.play(
        "Sanne",
        (f"say {WISH}", said("asked-not-kept")),
        ("press intent.coach", said("request-coach")),
    )
    assert not in_the_file(world, WISH)
    assert said("wanted", name="Sanne") in await world.text("Marit")
