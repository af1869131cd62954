"""A method of the Web API."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json


@dataclass(frozen=True)
class Method:
    """What runs, which scopes allow it (one is enough), and whether people see something new afterwards."""

    run: Callable[[Site, Arguments], Json]
    scopes: tuple[str, ...] = ()
    changes: bool = False
