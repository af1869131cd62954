"""The platforms by their name, each imported where it is used: what one brings along takes half a second and more."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.settings import NotConfigured, Settings

if TYPE_CHECKING:
    from bot.platforms.registry import ClosableChat
    from bot.runtime.app import Join
    from bot.store.port import Store
    from bot.words.port import Words

_JOINED_BY = {"slack": "bot.platforms.slack", "teams": "bot.platforms.teams"}
_CALLED = {"slack": "Slack", "teams": "Teams"}


_NEEDS = {"teams": "microsoft_teams"}  # the library of a platform that is installed only where it is asked for
LACKING = "Teams needs more than is installed here: pip install 'pitstop[teams]', or make install in a clone."


def joins(how: Settings) -> "list[Join]":
    """Return what lets a bot live on each platform that is configured; raises NotConfigured where one is not there."""
    for each in how.platforms:
        if not is_installed(each):
            raise NotConfigured(LACKING)
    return [import_module(_JOINED_BY[platform]).join for platform in how.platforms]


def is_installed(platform: str) -> bool:
    """Return whether what a platform needs is installed."""
    needs = _NEEDS.get(platform)
    try:
        return needs is None or find_spec(needs) is not None
    except ValueError:
        return False


def chat_on(platform: str) -> "Callable[[Settings, Store, Words], ClosableChat]":
    """Return what makes the chat of a platform, without a bot around them."""
    made: Callable[[Settings, Store, Words], ClosableChat] = import_module(_JOINED_BY[platform]).chat_alone
    return made


def export_view_on(platform: str) -> Callable[[str], Mapping[str, object]]:
    """Return what tells a person's doing from what a platform sent of it."""
    told: Callable[[str], Mapping[str, object]] = import_module(f"bot.chat.{platform}.incoming.export_view").export_view
    return told


def called(platform: str) -> str:
    """Return what people call a platform."""
    return _CALLED[platform]
