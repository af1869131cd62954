"""A look at everything that could be wrong, and what to do about it."""

import asyncio
import json
import sys
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import click

from bot.chat.slack.examine import examine
from bot.chat.slack.serve import SlackError
from bot.chat.slack.settings import SlackSettings
from bot.coaching.calendar import is_zone
from bot.commands.environment import environment
from bot.doctor.address import address
from bot.doctor.disk import content, copies, damaged, disk, zones
from bot.doctor.finding import Finding, State, bad, good
from bot.doctor.line import line, refused
from bot.doctor.queue import cut_off, heartbeat, queue, tried_again
from bot.doctor.reading import reading
from bot.doctor.way_in import way_in
from bot.flows.agenda.rezone import ZONES
from bot.flows.upkeep.heartbeat import ALIVE_AT
from bot.flows.upkeep.lines import lines_of
from bot.runtime.clock import SystemClock
from bot.settings import DATABASE_URL, NotConfigured, Settings, is_to_talk, read_settings, secret_keys_in
from bot.store.open import Outside, file_of, inside, open_store, outside
from bot.store.port import StoreError, Unusable
from bot.words.files.locate import prompts_folder

SIGNS = {State.GOOD: "good     ", State.ATTENTION: "attention", State.BAD: "bad      "}
MOST_DEAD = 500  # looked at; more would be counted by nobody
RECENTLY = timedelta(days=7)


class Keys(NamedTuple):
    """Where the keys of people are, and what they are wrapped by."""

    keystore: str
    secrets: tuple[str, ...]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def doctor(as_json: bool) -> None:
    """Look at configuration, token, clock, zones, file, backups and queues, and say what to do."""
    zoneinfo.reset_tzpath(to=())  # what Pitstop computes with
    findings = asyncio.run(_found(environment()))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{SIGNS[finding.state]}  {finding.what}: {finding.told}")
            if finding.remedy:
                click.echo(f"           → {finding.remedy}")
    sys.exit(any(finding.state is State.BAD for finding in findings))


async def _found(environ: Mapping[str, str]) -> list[Finding]:
    platforms: tuple[str, ...] = ()
    try:
        how = read_settings(environ, talks=is_to_talk(environ))
    except NotConfigured as missing:
        told = str(missing).split("\n  - ")[1:]
        findings = [bad("configuration", each, "Set it, then look again.") for each in told]
    else:
        platforms = how.platforms
        told_by = "It is complete." if how.platforms else "No platform is configured, which is enough to practice."
        findings = [good("configuration", told_by), *(await _line(how) if "slack" in how.platforms else ())]
        findings += [await asyncio.to_thread(address, how.public_url)] if how.platforms else []
    database = environ.get("PITSTOP_DATABASE_URL", "").strip() or DATABASE_URL
    has_admins = any(map(str.strip, environ.get("PITSTOP_ADMINS", "").split(",")))
    keys = Keys(environ.get("PITSTOP_KEYSTORE", "").strip(), secret_keys_in(environ))
    return [*findings, *await _file(database, keys, has_admins=has_admins, platforms=platforms)]


async def _line(how: Settings) -> list[Finding]:
    talk = SlackSettings(
        bot_token=how.slack_bot_token,
        app_token=how.slack_app_token or None,
        signing_secret=how.slack_signing_secret or None,
        api_url=how.slack_api_url,
    )
    try:
        token = await examine(talk)
    except SlackError as error:
        return [refused(str(error))]
    manifest = json.loads((prompts_folder().parent / "manifest.json").read_text("utf-8"))
    return list(line(token, frozenset(manifest["oauth_config"]["scopes"]["bot"]), SystemClock().now()))


async def _file(address: str, keys: Keys, *, has_admins: bool, platforms: Iterable[str]) -> list[Finding]:
    found: Outside | None = None
    now = SystemClock().now()
    try:
        file = file_of(address)
        found = outside(file)
    except Unusable as unusable:
        return [damaged(str(unusable), found)]
    findings = list(disk(found))
    if not found.is_there:
        return findings
    try:
        return [*findings, *await _content(file, found, keys, has_admins=has_admins, platforms=platforms)]
    except Unusable as unusable:
        return [*findings, copies(found, now), damaged(str(unusable), found)]
    except StoreError as error:
        told = f"The database did not answer: {error}."
        return [*findings, copies(found, now), bad("file", told, "Look at the disk, then look again.")]


async def _content(
    file: Path, found: Outside, keys: Keys, *, has_admins: bool, platforms: Iterable[str]
) -> list[Finding]:
    now, held = SystemClock().now(), inside(file)
    findings = [content(held, found.size)]
    if held.pending or held.unknown or not found.is_writable:
        return [*findings, copies(found, now)]
    store = open_store(file, checks=False, keystore=keys.keystore, secrets=keys.secrets)  # `inside` did
    try:
        workspaces = await store.workspaces()
        practice = any(workspace.practice for workspace in workspaces)
        real = [each for each in workspaces if not each.practice]
        shut = [each for each in real if await store.gate(each.id) is None]
        dead = [row for row in await store.dead(limit=MOST_DEAD) if row.due_at > now - RECENTLY]
        return [
            *findings,
            copies(found, now, practice=practice),
            zones(held.zones, version("tzdata"), await store.mark(ZONES), is_zone),
            *queue(await store.queue(now), dead, now),
            *tried_again(await store.refused_so_far()),
            *cut_off(await store.cut_off(now)),
            *reading(real, shut, has_admins=has_admins),
            heartbeat(await store.mark(ALIVE_AT), now, met=bool(workspaces), practice=practice),
            *way_in(await lines_of(store, platforms), await store.mark(ALIVE_AT), now),
        ]
    finally:
        await store.close()
