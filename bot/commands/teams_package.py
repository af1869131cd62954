"""The app package for Microsoft Teams: a manifest that says who runs this, its Dutch, and two icons."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from bot.commands.environment import environment
from bot.words.files.locate import prompts_folder
from bot.words.files.problem import WordsError

Json = dict[str, Any]

MANIFEST = "manifest.json"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
VERSION = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
ADDRESS = re.compile(r"https://[^\s/]+\.[^\s]+")
SIZES = {"color": 192, "outline": 32}  # pixels, of a square
LONGEST = {"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4000}  # as Teams allows
LONGEST_NAME = 32  # of who runs this
LONGEST_COMMAND = {"title": 32, "description": 128}
MOST_COMMANDS = 10  # in one menu
PNG_SIZE = slice(16, 24)  # where a PNG says how wide and how high it is
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip knows: the same package is the same file
READABLE = 0o644 << 16


@click.command("teams-package")
@click.option(
    "--website", metavar="URL", help="Where people read what this is and who runs it: https, public or yours."
)
@click.option("--privacy", metavar="URL", help="Your page on privacy; the website when left out.")
@click.option("--terms", metavar="URL", help="Your terms of use; the website when left out.")
@click.option("--app-version", metavar="X.Y.Z", help="A higher one than what Teams has; the manifest's when left out.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("pitstop-teams.zip"),
    show_default=True,
    help="Write here.",
)
def teams_package(
    website: str | None, privacy: str | None, terms: str | None, app_version: str | None, out: Path
) -> None:
    """Write the app package that an administrator uploads to Microsoft Teams."""
    environ = environment()
    client = environ.get("TEAMS_CLIENT_ID", "").strip()
    operator = environ.get("PITSTOP_OPERATOR", "").strip()
    if problems := list(_unsaid(client, operator, website)):
        raise click.ClickException(_listed(problems))
    try:
        files = read(prompts_folder().parent / "teams")
        manifest = filled(json.loads(files[MANIFEST]), client, operator, website or "", privacy, terms)
        manifest["version"] = app_version or manifest["version"]
        problems = list(beyond_limits(manifest, files))
    except (WordsError, OSError, ValueError, LookupError) as unreadable:
        raise click.ClickException(f"{MANIFEST} or what it names cannot be read: {unreadable}") from None
    if problems:
        raise click.ClickException(_listed(problems))
    files[MANIFEST] = f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n".encode()
    try:
        out.write_bytes(zipped(files))
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out}, version {manifest['version']} for the app {client}.")
    click.echo("Upload it in the Teams admin center: Teams apps, Manage apps, Upload new app. See docs/teams.md.")


def read(folder: Path) -> dict[str, bytes]:
    """Return what belongs into a package: the manifest and the files it names. Raises OSError and ValueError."""
    written = (folder / MANIFEST).read_bytes()
    manifest = json.loads(written)
    languages = [each["file"] for each in manifest["localizationInfo"]["additionalLanguages"]]
    named = [*manifest["icons"].values(), *languages]
    return {MANIFEST: written} | {name: (folder / name).read_bytes() for name in named}


def filled(
    manifest: Json, client: str, operator: str, website: str, privacy: str | None = None, terms: str | None = None
) -> Json:
    """Return a manifest that says whose app it is and who runs it."""
    return manifest | {
        "id": client.lower(),
        "bots": [each | {"botId": client.lower()} for each in manifest["bots"]],
        "developer": {
            "name": operator,
            "websiteUrl": website,
            "privacyUrl": privacy or website,
            "termsOfUseUrl": terms or website,
        },
    }


def beyond_limits(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what Teams would refuse, in words that say what to change."""
    if not GUID.fullmatch(manifest["id"]):
        yield f"TEAMS_CLIENT_ID is {manifest['id']!r}: it must be the application (client) id, five groups of signs."
    if not VERSION.fullmatch(manifest["version"]):
        yield f"The version is {manifest['version']!r}: it must look like 1.2.3."
    yield from _developer(manifest["developer"])
    texts = {name: manifest[name.split(".")[0]][name.split(".")[1]] for name in LONGEST}
    yield from _too_long(MANIFEST, texts | _commands(manifest))
    for number, each in enumerate(manifest["bots"][0]["commandLists"]):
        if len(each["commands"]) > MOST_COMMANDS:
            yield f"{MANIFEST}: commandLists[{number}] has {len(each['commands'])} commands, {MOST_COMMANDS} at most."
    for language in manifest["localizationInfo"]["additionalLanguages"]:
        yield from _language(language["file"], json.loads(files[language["file"]]), texts | _commands(manifest))
    for name, size in SIZES.items():
        file = manifest["icons"][name]
        if files[file][PNG_SIZE] != size.to_bytes(4, "big") * 2:
            yield f"{file} must be a PNG of {size} × {size} pixels."


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip: the same files are the same bytes, on every machine and at any time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, READABLE  # as on Unix, wherever it is made
            package.writestr(entry, files[name])
    return written.getvalue()


def _unsaid(client: str, operator: str, website: str | None) -> Iterator[str]:
    if not client:
        yield (
            "TEAMS_CLIENT_ID is missing: entra.microsoft.com → App registrations → your app → Overview → "
            "Application (client) ID."
        )
    if not operator:
        yield "PITSTOP_OPERATOR is missing: who runs this, as people read it in Teams beside the app."
    if not website:
        yield (
            "The public address is missing: --website https://… is the page on which people read what this is and "
            "who runs it; a page of your intranet will do."
        )


def _developer(developer: Mapping[str, str]) -> Iterator[str]:
    name = developer["name"]
    if len(name) > LONGEST_NAME:
        yield f"PITSTOP_OPERATOR has {len(name)} signs: Teams shows {LONGEST_NAME} at most. Set a shorter one for this."
    for option, key in (("--website", "websiteUrl"), ("--privacy", "privacyUrl"), ("--terms", "termsOfUseUrl")):
        if not ADDRESS.fullmatch(developer[key]):
            yield f"{option} is {developer[key]!r}: it must be an address that begins with https://."


def _commands(manifest: Json) -> dict[str, str]:
    """Return the menus' texts by the name that a language's file has for them."""
    return {
        f"bots[0].commandLists[{menu}].commands[{place}].{part}": command[part]
        for menu, each in enumerate(manifest["bots"][0]["commandLists"])
        for place, command in enumerate(each["commands"])
        for part in LONGEST_COMMAND
    }


def _language(file: str, texts: Json, ours: Mapping[str, str]) -> Iterator[str]:
    said = {name: text for name, text in texts.items() if name != "$schema"}
    if missing := ours.keys() - said.keys():
        yield f"{file} lacks {', '.join(sorted(missing))}."
    if strange := said.keys() - ours.keys():
        yield f"{file} has what {MANIFEST} has not: {', '.join(sorted(strange))}."
    yield from _too_long(file, said)


def _too_long(file: str, texts: Mapping[str, str]) -> Iterator[str]:
    for name, text in texts.items():
        most = LONGEST.get(name) or LONGEST_COMMAND.get(name.rpartition(".")[2], LONGEST["description.full"])
        if len(text) > most:
            yield f"{file}: {name} has {len(text)} signs, {most} at most."


def _listed(problems: list[str]) -> str:
    return "\n".join(["The package cannot be made yet:", *(f"  - {each}" for each in problems)])
