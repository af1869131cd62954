"""A look at everything that could be wrong, and what to do about it."""

import asyncio
import json
import platform
import sys
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import click

from bot import __version__
from bot.chat.slack.examine import Token, examine
from bot.chat.slack.serve import SlackError
from bot.chat.slack.settings import SlackSettings
from bot.coaching.calendar import is_zone
from bot.commands.by_platform import LACKING, is_installed
from bot.commands.environment import ENV, as_typed, environment
from bot.commands.misspelt import misspelt, unread
from bot.commands.own_words import sources
from bot.doctor.address import address
from bot.doctor.disk import beside, content, copies, damaged, disk, zones
from bot.doctor.finding import Finding, State, attention, bad, good
from bot.doctor.line import foreign, line, refused, unconfigured
from bot.doctor.queue import cut_off, heartbeat, queue, tried_again
from bot.doctor.reading import reading
from bot.doctor.registration import registration
from bot.doctor.rights import folder, secrets
from bot.doctor.way_in import way_in
from bot.doctor.words import walked, words
from bot.flows.agenda.rezone import ZONES
from bot.flows.upkeep.heartbeat import ALIVE_AT
from bot.flows.upkeep.lines import lines_of
from bot.runtime.clock import SystemClock
from bot.settings import DATABASE_URL, NotConfigured, Settings, is_to_talk, read_settings, secret_keys_in
from bot.store.open import ENGINE, Outside, file_of, inside, open_store, outside
from bot.store.port import StoreError, Unusable
from bot.words.files.layers.kept import completed, kept_beside
from bot.words.files.load import Sources
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import WordsError
from bot.words.files.rules.lint import unusable

SIGNS = {State.GOOD: "good     ", State.ATTENTION: "attention", State.BAD: "bad      "}
MOST_DEAD = 500  # looked at; more would be counted by nobody
RECENTLY = timedelta(days=7)
_CORRECT = "Correct its name, or take it out."


class Keys(NamedTuple):
    """Where the keys of people are, and what they are wrapped by."""

    keystore: str
    secrets: tuple[str, ...]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def doctor(as_json: bool) -> None:
    """Look at version, configuration, token, clock, zones, words, file, backups and queues, and say what to do."""
    zoneinfo.reset_tzpath(to=())  # what Pitstop computes with
    found = asyncio.run(_found(environment()))
    findings = [replace(each, told=as_typed(each.told), remedy=as_typed(each.remedy)) for each in found]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{SIGNS[finding.state]}  {finding.what}: {finding.told}")
            if finding.remedy:
                click.echo(f"           → {finding.remedy}")
    sys.exit(any(finding.state is State.BAD for finding in findings))


async def _found(environ: Mapping[str, str]) -> list[Finding]:
    findings = [_version(), *secrets(ENV)]
    findings += [attention("configuration", each, _CORRECT) for each in (*misspelt(environ), *unread(ENV))]
    token: Token | None = None
    platforms: tuple[str, ...] = ()
    try:
        how = read_settings(environ, talks=is_to_talk(environ))
    except NotConfigured as missing:
        told = str(missing).split("\n  - ")[1:]
        findings += [bad("configuration", each, "Set it, then look again.") for each in told]
    else:
        platforms = how.platforms
        told_by = "It is complete." if how.platforms else "No platform is configured, which is enough to practice."
        findings.append(good("configuration", told_by))
        if "slack" in how.platforms:
            token, said = await _line(how)
            findings += said
        findings += await _registration(how) if "teams" in how.platforms else ()
        findings += [await asyncio.to_thread(address, how.public_url)] if how.platforms else []
    read: Sources | None = None
    try:
        read = sources()
        findings.append(words([str(problem) for problem in unusable(read)]))
    except WordsError as error:
        remedy = "Set PITSTOP_PROMPTS to the folder of your own words, or take it out."
        findings.append(bad("words", str(error), remedy))
    keys = Keys(environ.get("PITSTOP_KEYSTORE", "").strip(), secret_keys_in(environ))
    look = _Look(environ=environ, keys=keys, token=token, sources=read, platforms=platforms)
    return [*findings, *await _file(environ.get("PITSTOP_DATABASE_URL", "").strip() or DATABASE_URL, look)]


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What the file is held against."""

    environ: Mapping[str, str]
    keys: Keys
    token: Token | None  # Slack's, where it is good
    sources: Sources | None  # None where they cannot be read
    platforms: Iterable[str]  # that are configured


def _version() -> Finding:
    runs = f"Python {platform.python_version()}, {ENGINE}, {platform.system()}"
    return good("version", f"Pitstop {__version__}, {runs}.")


async def _line(how: Settings) -> tuple[Token | None, Sequence[Finding]]:
    talk = SlackSettings(
        bot_token=how.slack_bot_token,
        app_token=how.slack_app_token or None,
        signing_secret=how.slack_signing_secret or None,
        api_url=how.slack_api_url,
    )
    try:
        token = await examine(talk)
    except SlackError as error:
        return None, [refused(str(error))]
    manifest = json.loads((prompts_folder().parent / "manifest.json").read_text("utf-8"))
    return token, list(line(token, frozenset(manifest["oauth_config"]["scopes"]["bot"]), SystemClock().now()))


async def _registration(how: Settings) -> Sequence[Finding]:
    if not is_installed("teams"):
        return [bad("teams", "It is configured, and not installed.", LACKING)]
    # Who does not use Teams does not wait for its SDK.
    from bot.chat.teams.examine import examine as look_at  # noqa: PLC0415
    from bot.platforms.teams import told_in  # noqa: PLC0415

    found = await look_at(told_in(how))
    return list(registration(has_token=found.has_token, has_keys=found.has_keys))


async def _file(address: str, look: _Look) -> list[Finding]:
    found: Outside | None = None
    now = SystemClock().now()
    try:
        file = file_of(address)
        found = outside(file)
    except Unusable as unusable:
        return [damaged(str(unusable), found)]
    findings = [*disk(found), *folder(file.parent)]
    if not found.is_there:
        return findings
    try:
        return [*findings, *await _content(file, found, look)]
    except Unusable as unusable:
        return [*findings, copies(found, now), damaged(str(unusable), found)]
    except StoreError as error:
        told = f"The database did not answer: {error}."
        return [*findings, copies(found, now), bad("file", told, "Look at the disk, then look again.")]


async def _content(file: Path, found: Outside, look: _Look) -> list[Finding]:
    now, held = SystemClock().now(), inside(file)
    findings = [content(held, found.size), *beside(held)]
    if look.sources:
        today = {each.slug: each.journey for each in look.sources.journeys if each.journey}
        findings += walked(held.under_way, today, completed(today, *kept_beside(file).journeys()))
    if held.pending or held.unknown or not found.is_writable:
        return [*findings, copies(found, now)]
    store = open_store(file, checks=False, keystore=look.keys.keystore, secrets=look.keys.secrets)  # `inside` did
    try:
        workspaces = await store.workspaces()
        practice = any(workspace.practice for workspace in workspaces)
        real = [each for each in workspaces if not each.practice]
        slack = [(each.external_id, each.name) for each in real if each.platform == "slack"]
        shut = [each for each in real if await store.gate(each.id) is None]
        dead = [row for row in await store.dead(limit=MOST_DEAD) if row.due_at > now - RECENTLY]
        has_admins = any(map(str.strip, look.environ.get("PITSTOP_ADMINS", "").split(",")))
        return [
            *findings,
            *(foreign(look.token, slack) if look.token else ()),
            *(unconfigured(real) if not is_to_talk(look.environ) else ()),
            copies(found, now, practice=practice),
            zones(held.zones, version("tzdata"), await store.mark(ZONES), is_zone),
            *queue(await store.queue(now), dead, now),
            *tried_again(await store.refused_so_far()),
            *cut_off(await store.cut_off(now)),
            *reading(real, shut, has_admins=has_admins),
            heartbeat(await store.mark(ALIVE_AT), now, met=bool(workspaces), practice=practice, held=found.is_held),
            *way_in(await lines_of(store, look.platforms), await store.mark(ALIVE_AT), now),
        ]
    finally:
        await store.close()
