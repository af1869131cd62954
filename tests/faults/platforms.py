"""The platforms over which a storm may pass, and how each comes to be."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Protocol

import aiohttp

from tests.faults.people import People
from tests.faults.slack_people import SlackPeople
from tests.faults.slack_sender import SlackSender
from tests.faults.slack_town import slack_town
from tests.faults.teams_people import TeamsPeople
from tests.faults.teams_sender import TeamsSender
from tests.faults.teams_town import teams_town
from tests.faults.town import Town
from tests.faults.weather import Weather


class Opened(Protocol):
    """What serves a platform with so many people."""

    def __call__(
        self, folder: Path, *, people: int, weather: Weather, history_lag: float = 0.0
    ) -> AbstractAsyncContextManager[Any]:
        """Serve it as long as the context lasts."""
        ...


Crowd = People[Any, Any, Any, Any]
Gathered = Callable[[Any, aiohttp.ClientSession, Random, Mapping[str, int]], Crowd]


@dataclass(frozen=True, kw_only=True)
class Platform:
    """What differs from one platform to the other."""

    name: str
    town: Opened
    crowd: Gathered


def _in_slack(town: Town, session: aiohttp.ClientSession, chance: Random, how_often: Mapping[str, int]) -> Crowd:
    sender = SlackSender(session=session, address=f"{town.bot_url}/slack/events")
    return SlackPeople(town=town, sender=sender, chance=chance, how_often=how_often)  # type: ignore[arg-type]


def _in_teams(town: Any, _: aiohttp.ClientSession, chance: Random, how_often: Mapping[str, int]) -> Crowd:
    sender = TeamsSender(courier=town.practice.courier, site=town.practice.site)
    people = TeamsPeople(town=town, sender=sender, chance=chance, how_often=how_often)
    people.ledger.names = sender.names
    return people


SLACK = Platform(name="Slack", town=slack_town, crowd=_in_slack)
TEAMS = Platform(name="Teams", town=teams_town, crowd=_in_teams)
