import inspect
import json
import re
import struct
import tomllib
import zlib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from bot.chat.teams.incoming import guard
from bot.chat.teams.incoming.text_input import IN_PASSING, asks_home, command
from bot.chat.teams.settings import HOSTS, METADATA_URL
from bot.coaching.language import Language
from bot.coaching.verbs import Heard, read
from bot.commands.teams_package import MOST_COMMANDS, beyond_limits, filled
from bot.commands.teams_package import read as files_of
from bot.words.files.words import FileWords

ROOT = Path(__file__).parents[3]
TEAMS = ROOT / "teams"
GUIDE = (ROOT / "docs" / "teams.md").read_text("utf-8")
SCHEMAS = ROOT.parent / "shared" / "schemas" / "teams"
TODAY = date(2026, 11, 24)
CLIENT = "6E9D3F2A-1111-4222-8333-abcdefabcdef"
WEBSITE = "https://intranet.example.com/pitstop"
TRANSPARENT, RGBA = 0, 6


def taken_by(name: str) -> Any:
    """What checks against one of Teams' own schemas; without them a test says that it was not run."""
    file = SCHEMAS / f"v1.27.MicrosoftTeams.{name}.json"
    if not file.exists():
        pytest.skip("Teams' manifest schemas are not beside the checkout: the manifest was not checked against them")
    known = json.loads(file.read_text())
    return jsonschema.validators.validator_for(known)(known)  # its patterns are JavaScript's: not itself checked


@pytest.fixture
def manifest() -> dict[str, Any]:
    return json.loads((TEAMS / "manifest.json").read_text("utf-8"))


@pytest.fixture
def dutch() -> dict[str, str]:
    return json.loads((TEAMS / "nl.json").read_text("utf-8"))


def pixels(file: Path) -> tuple[int, int, list[tuple[int, ...]]]:
    """How wide and high a PNG with an alpha channel is, and its pixels."""
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", data[16:29])
    channels = 4 if kind == RGBA else 3
    assert depth == 8
    packed, place = b"", 8
    while place < len(data):
        length, name = struct.unpack(">I4s", data[place : place + 8])
        packed += data[place + 8 : place + 8 + length] if name == b"IDAT" else b""
        place += length + 12
    rows = list(unfiltered(zlib.decompress(packed), width * channels, channels))
    return width, height, [tuple(row[at : at + channels]) for row in rows for at in range(0, len(row), channels)]


def unfiltered(raw: bytes, stride: int, channels: int) -> Any:
    """The rows of a PNG as they are meant."""
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        how, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for at in range(stride):
            left, up = row[at - channels] if at >= channels else 0, above[at]
            corner = above[at - channels] if at >= channels else 0
            row[at] = (row[at] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[how]) % 256
        above = bytes(row)
        yield above


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbor that is nearest to what three of them let expect."""
    return min((left, up, corner), key=lambda each: abs(left + up - corner - each))


def commands(manifest: dict[str, Any], scope: str) -> list[str]:
    """What a menu offers."""
    lists = manifest["bots"][0]["commandLists"]
    return [each["title"] for menu in lists if menu["scopes"] == [scope] for each in menu["commands"]]


def in_dutch(dutch: dict[str, str], menu: int) -> list[str]:
    """What a menu offers in Dutch."""
    start = f"bots[0].commandLists[{menu}]."
    return [text for name, text in dutch.items() if name.startswith(start) and name.endswith(".title")]


# --- what Teams takes -------------------------------------------------------------------------------------------


def test_the_manifest_is_what_teams_takes_as_it_is_and_filled_in(manifest: dict[str, Any]) -> None:
    schema = taken_by("schema")
    schema.validate(manifest)
    schema.validate(filled(manifest, CLIENT, "IT of Example Ltd", WEBSITE))


def test_the_dutch_is_what_teams_takes(dutch: dict[str, str]) -> None:
    taken_by("Localization.schema").validate(dutch)


def test_it_says_that_it_works_in_every_kind_of_channel(manifest: dict[str, Any]) -> None:
    """Teams takes no package of this version for teams without it, whatever the schema says."""
    assert manifest["manifestVersion"] >= "1.25"
    assert "team" in manifest["bots"][0]["scopes"]
    assert manifest["supportsChannelFeatures"] == "tier1"


def test_the_schema_would_notice_a_misspelled_field(manifest: dict[str, Any]) -> None:
    manifest["bots"][0]["supportFiles"] = True
    with pytest.raises(jsonschema.ValidationError):
        taken_by("schema").validate(manifest)


def test_it_keeps_the_limits_that_the_package_is_checked_for(manifest: dict[str, Any]) -> None:
    ready = filled(manifest, CLIENT, "IT of Example Ltd", WEBSITE)
    assert list(beyond_limits(ready, files_of(TEAMS))) == []


def test_it_names_nobody_until_it_is_packed(manifest: dict[str, Any]) -> None:
    assert set(manifest["id"]) == {"0", "-"}
    assert manifest["bots"][0]["botId"] == manifest["id"]
    assert all(each.endswith(".invalid") for name, each in manifest["developer"].items() if name != "name")


def test_its_version_is_the_package_s(manifest: dict[str, Any]) -> None:
    assert manifest["version"] == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


# --- what it may do ---------------------------------------------------------------------------------------------


def test_it_asks_for_no_more_than_it_needs(manifest: dict[str, Any]) -> None:
    [ours] = manifest["bots"]
    assert ours["scopes"] == ["personal", "team"]
    assert ours["supportsFiles"] is True, "an export is handed over as a file"
    assert set(manifest["permissions"]) == {"identity", "messageTeamMembers"}
    assert manifest["validDomains"] == []


@pytest.mark.parametrize(
    "name",
    [
        "authorization",  # resource-specific consent: with it a bot hears what nobody said to it
        "webApplicationInfo",
        "devicePermissions",
        "composeExtensions",
        "staticTabs",
        "configurableTabs",
    ],
)
def test_it_asks_for_none_of(manifest: dict[str, Any], name: str) -> None:
    assert name not in manifest


def test_the_guide_explains_every_permission_and_no_other(manifest: dict[str, Any]) -> None:
    part = GUIDE.split("\n## What the app may do\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) == manifest["permissions"]


def test_the_guide_has_twelve_steps() -> None:
    first = GUIDE.split("\n## ")[1]
    assert re.findall(r"^(\d+)\. ", first, re.MULTILINE) == [str(step) for step in range(1, 13)]


def test_every_address_that_is_called_is_in_the_guide() -> None:
    told = GUIDE.split("\n## What travels where\n")[1].split("\n## ")[0]
    assert f"`{urlsplit(METADATA_URL).hostname}`" in told
    assert f"`{HOSTS[0]}`" in told


@pytest.mark.parametrize("why", re.findall(r"`refused status=\d+ why=([^`]+)`", GUIDE))
def test_a_refusal_that_the_guide_explains_is_one_of_the_guard_s(why: str) -> None:
    assert f'"{why}"' in inspect.getsource(guard)


# --- what its menus offer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["personal", "team"])
def test_a_menu_is_short_and_says_nothing_twice(manifest: dict[str, Any], dutch: dict[str, str], scope: str) -> None:
    for offered in (commands(manifest, scope), in_dutch(dutch, ["personal", "team"].index(scope))):
        assert 0 < len(offered) <= MOST_COMMANDS
        assert len(set(offered)) == len(offered)


def test_in_our_own_chat_each_word_of_the_menu_is_understood(manifest: dict[str, Any], dutch: dict[str, str]) -> None:
    for word in (*commands(manifest, "personal"), *in_dutch(dutch, 0)):
        assert asks_home(word) or word.lower() in IN_PASSING or command(word, TODAY) == word, word


def test_in_a_channel_each_word_of_the_menu_is_understood(manifest: dict[str, Any], dutch: dict[str, str]) -> None:
    for word in (*commands(manifest, "team"), *in_dutch(dutch, 1)):
        assert read(word).verb is not None, word


def test_both_languages_offer_the_same_in_the_same_order(manifest: dict[str, Any], dutch: dict[str, str]) -> None:
    def meant(word: str) -> Heard | str:
        return "home" if asks_home(word) else str(read(word).verb)

    for number, menu in enumerate(manifest["bots"][0]["commandLists"]):
        assert [meant(each["title"]) for each in menu["commands"]] == [meant(each) for each in in_dutch(dutch, number)]


def test_what_only_a_channel_has_is_not_offered_elsewhere(manifest: dict[str, Any]) -> None:
    assert {"start", "join"} <= set(commands(manifest, "team"))
    assert not {"start", "join"} & set(commands(manifest, "personal"))


def test_a_way_to_pause_that_the_menu_names_is_understood(manifest: dict[str, Any], dutch: dict[str, str]) -> None:
    [english] = [each for each in manifest["bots"][0]["commandLists"][0]["commands"] if each["title"] == "pause"]
    for told in (english["description"], dutch["bots[0].commandLists[0].commands[3].description"]):
        example = told.partition(": ")[2]
        assert command(example, TODAY) == example


def test_both_languages_say_the_same_things(manifest: dict[str, Any], dutch: dict[str, str]) -> None:
    """Every text the manifest has in English, Teams finds in Dutch, and no other."""
    menus = manifest["bots"][0]["commandLists"]
    texts = {f"{part}.{each}" for part in ("name", "description") for each in manifest[part]}
    for menu, each in enumerate(menus):
        for place, one in enumerate(each["commands"]):
            texts |= {f"bots[0].commandLists[{menu}].commands[{place}].{part}" for part in one}
    assert dutch.keys() - {"$schema"} == texts


@pytest.mark.parametrize("language", list(Language))
def test_what_people_are_told_to_type_is_what_the_bot_calls_itself(
    manifest: dict[str, Any], dutch: dict[str, str], language: Language
) -> None:
    told = manifest["description"]["full"] if language is Language.EN else dutch["description.full"]
    words = FileWords(ROOT / "prompts").on("teams")
    assert words.say("help-start-usage", language) in told


# --- what it looks like -----------------------------------------------------------------------------------------


def test_the_color_icon_is_a_full_square(manifest: dict[str, Any]) -> None:
    width, height, dots = pixels(TEAMS / manifest["icons"]["color"])
    assert (width, height) == (192, 192)
    background = tuple(bytes.fromhex(manifest["accentColor"].removeprefix("#")))
    assert all(dots[at][:3] == background for at in (0, width - 1, -width, -1)), "to the corners"
    assert all(len(dot) == 3 or dot[3] == 255 for dot in dots)


def test_the_outline_icon_is_white_on_nothing(manifest: dict[str, Any]) -> None:
    width, height, dots = pixels(TEAMS / manifest["icons"]["outline"])
    assert (width, height) == (32, 32)
    assert dots[0][3] == TRANSPARENT
    assert any(dot[3] == 255 for dot in dots)
    assert {dot[:3] for dot in dots if dot[3] == 255} == {(255, 255, 255)}
    # Chromium writes the half-covered edge as white too, give or take the rounding of premultiplied alpha.
    assert all(min(dot[:3]) > 240 for dot in dots if dot[3] > 16)
