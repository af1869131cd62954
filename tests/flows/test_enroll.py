"""Starting and joining, as people do it."""

from tests.conftest import World


async def test_a_team_opts_in_and_a_person_is_welcomed(world: World) -> None:
    """From the slash command to the first words in the direct conversation."""
    assert await world.start() == {}
    invitation = await world.latest("Sanne", "it-managers")
    assert "Join" in world.driver.labels(invitation)
    await world.coach()
    await world.join("Sanne", language="nl")
    assert "bot" in world.driver.texts((await world.direct("Sanne"))[0])
