"""What people of the practice workspace do, and what befalls them: one file for each kind of deed."""

from collections.abc import Awaitable, Callable, Mapping

from bot.practice.slack.deeds.asked import Asked
from bot.practice.slack.deeds.fate import Fate
from bot.practice.slack.deeds.interactions import Interactions
from bot.practice.slack.deeds.talk import Talk
from bot.practice.slack.events import Courier
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json

Deed = Callable[[Asked], Awaitable[Json]]
Words = Callable[[str], dict[str, str]]


def deeds(site: Site, courier: Courier, words: Words) -> Mapping[str, Deed]:
    """Return every deed by its name; each returns after the app acknowledged, or raises Refusal."""
    talk, fate = Talk(site, courier, words), Fate(site, courier)
    interactions = Interactions(site, courier, words)
    return {
        "say": talk.say,
        "edit": talk.edit,
        "delete": talk.delete,
        "read": talk.read,
        "command": interactions.command,
        "press": interactions.press,
        "submit": interactions.submit,
        "close": interactions.close,
        "open_home": interactions.open_home,
        "profile": fate.profile,
        "invite_bot": fate.invite_bot,
        "remove_bot": fate.remove_bot,
        "archive": fate.archive,
        "wipe": fate.wipe,
        "reload": fate.reload,
        "uninstall": fate.uninstall,
        "revoke": fate.revoke,
        "install": fate.install,
        "redeliver": fate.redeliver,
    }
