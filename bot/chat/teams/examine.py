"""Looking at a registration: whether Microsoft gives it a token, and the keys that Teams signs with."""

from dataclasses import dataclass

from bot.chat.teams.incoming.keys import Keys, NoKeys
from bot.chat.teams.outgoing.bearer import NoToken, bearer
from bot.chat.teams.settings import TeamsSettings

_NO_KEY = "examined"  # no key has this id: asking for it only tells whether there are any


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What is there of a registration."""

    has_token: bool
    has_keys: bool


async def examine(settings: TeamsSettings) -> Registration:
    """Return what Microsoft gives us; asks it, and waits for seconds."""
    try:
        await bearer(settings).token()
        has_token = True
    except NoToken:
        has_token = False
    keys = Keys(settings)
    try:
        await keys.having(_NO_KEY)
        has_keys = True
    except NoKeys:
        has_keys = False
    finally:
        await keys.stop()
    return Registration(has_token=has_token, has_keys=has_keys)
