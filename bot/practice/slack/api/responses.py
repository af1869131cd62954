"""What the app may answer to a response_url, or with its acknowledgment: five times, within half an hour."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.chat import LONGEST_TEXT, content, take_away
from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT_USER, Json, Post, ReplyAddress, new_id

MOST_USES = 5
LIFETIME = timedelta(minutes=30)
GONE = 404


def address(site: Site, *, user: str, channel: str, source: str | None = None) -> ReplyAddress:
    """Return a new response address for what a person did in a conversation."""
    made = site.now()
    still = {key: each for key, each in site.world.addresses.items() if made - _made(each) < 2 * LIFETIME}
    new = ReplyAddress(id=new_id("R"), user=user, channel=channel, made_at=made.isoformat(), source=source)
    site.world.addresses = {**still, new.id: new}
    return new


def use(site: Site, name: str, body: Json) -> None:
    """Do what was posted to a response address; raises Refusal."""
    found = site.world.addresses.get(name)
    if found is None:
        raise Refusal("invalid_url", status=GONE)
    if site.now() - _made(found) > LIFETIME:
        raise Refusal("expired_url", status=GONE)
    if found.uses >= MOST_USES:
        raise Refusal("used_url", status=GONE)
    answer(site, found, body)
    site.world.addresses[name] = replace(found, uses=found.uses + 1)


def answer(site: Site, to: ReplyAddress, body: Json) -> None:
    """Show, replace or take away as the body says; raises Refusal."""
    arguments = Arguments(body)
    source = site.world.post(to.channel, to.source) if to.source else None
    if arguments.flag("delete_original"):
        if source:
            take_away(site, source)
        site.changed()
        return
    text, blocks = content(arguments)
    if source and arguments.flag("replace_original"):
        site.world.put(replace(source, text=text[:LONGEST_TEXT], blocks=blocks))
    else:
        everybody = arguments.text("response_type") == "in_channel"
        site.world.put(
            Post(
                ts=site.next_ts(),
                channel=to.channel,
                user=BOT_USER,
                text=text[:LONGEST_TEXT],
                blocks=blocks,
                thread_ts=arguments.text("thread_ts") or None,
                only_for=None if everybody else to.user,
            )
        )
    site.changed()


def _made(found: ReplyAddress) -> datetime:
    return datetime.fromisoformat(found.made_at)
