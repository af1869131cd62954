"""Whether people's browsers reach us."""

import asyncio

import pytest

from bot.commands.server import listen
from bot.doctor.address import address
from bot.doctor.finding import State
from tests.conftest import World


def test_without_an_address_there_is_no_desk_and_nothing_is_wrong() -> None:
    finding = address("")
    assert finding.state is State.GOOD
    assert "PITSTOP_PUBLIC_URL is not set" in finding.told


@pytest.mark.slack("one address for both platforms")
async def test_an_address_that_leads_to_us_is_good(world: World) -> None:
    finding = await asyncio.to_thread(address, world.url)
    assert (finding.state, finding.told) == (State.GOOD, f"{world.url} answers.")


def test_one_at_which_nobody_answers_is_told_of() -> None:
    door = listen("127.0.0.1", 0)
    port = door.getsockname()[1]
    door.close()
    finding = address(f"http://127.0.0.1:{port}")
    assert finding.state is State.ATTENTION
    assert "links to the desk lead nowhere" in finding.told
