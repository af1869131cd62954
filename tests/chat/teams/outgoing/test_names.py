"""What a channel is called, which Teams tells only when it is asked."""

import json
from typing import Any

import pytest

from bot.chat.teams.outgoing.send import TeamsChat
from bot.coaching.records.conversation_reference import ConversationReference
from bot.practice.faults import Fault
from bot.practice.teams.fixed import IT_MANAGERS
from bot.practice.teams.world import TEAM, TEAM_NAME
from tests.chat.teams.outgoing.test_send import JSON, Town, chat, town

__all__ = ["chat", "town"]

SERVICE_DESK = "19:servicedesk@thread.tacv2"


def at(town: Town, channel: str) -> ConversationReference:
    """Return how a channel is reached, as the command in it tells."""
    return ConversationReference(conversation=channel, address=town.address)


def listed(*channels: dict[str, Any]) -> Fault:
    """Return this list of channels as Teams' answer."""
    return Fault(status=200, body=json.dumps({"conversations": channels}).encode(), headers=JSON)


async def test_channels_are_called_what_their_team_calls_them_and_asked_for_once(chat: TeamsChat, town: Town) -> None:
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == "it-managers"
    assert await chat.names.of("w1", TEAM, at(town, SERVICE_DESK)) == "service-desk"
    assert town.weather.calls == ["team"]


async def test_the_first_channel_of_a_team_is_called_what_the_team_is(chat: TeamsChat, town: Town) -> None:
    town.weather.faults["team"] = [listed({"id": IT_MANAGERS})]
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == TEAM_NAME


async def test_the_first_channel_is_called_so_when_another_one_asked_before_it(chat: TeamsChat, town: Town) -> None:
    both = listed({"id": IT_MANAGERS}, {"id": SERVICE_DESK, "name": "service-desk"})
    town.weather.faults["team"] = [both]
    assert await chat.names.of("w1", TEAM, at(town, SERVICE_DESK)) == "service-desk"
    town.weather.faults["team"] = [both]
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == TEAM_NAME


async def test_one_workspace_does_not_learn_the_names_of_another(chat: TeamsChat, town: Town) -> None:
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == "it-managers"
    town.weather.faults["team"] = [Fault(status=403)]
    assert await chat.names.of("w2", TEAM, at(town, IT_MANAGERS)) == ""


@pytest.mark.parametrize(
    "fault", [Fault(status=403), Fault(status=404), Fault(status=429), Fault(status=502), Fault(drop=True)]
)
async def test_a_name_that_nobody_tells_is_asked_for_the_next_time(chat: TeamsChat, town: Town, fault: Fault) -> None:
    town.weather.faults["team"] = [fault]
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == ""
    assert await chat.names.of("w1", TEAM, at(town, IT_MANAGERS)) == "it-managers"


async def test_outside_of_teams_nobody_is_asked(chat: TeamsChat, town: Town) -> None:
    assert await chat.names.of("w1", "", at(town, "19:meeting@thread.v2")) == ""
    assert town.weather.calls == []


async def test_only_so_many_names_are_remembered(chat: TeamsChat, town: Town) -> None:
    town.weather.faults["team"] = [listed(*({"id": f"19:{number}", "name": f"n{number}"} for number in range(1_001)))]
    assert await chat.names.of("w1", TEAM, at(town, "19:1000")) == "n1000"
    assert town.weather.calls == ["team"]
    await chat.names.of("w1", TEAM, at(town, "19:0"))
    assert len(town.weather.calls) > 1  # the first one was let go
