import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "slack.md"
SCHEMA = ROOT.parent / "shared" / "schemas" / "slack" / "manifest.schema.2.0.0.json"


@pytest.fixture
def manifest() -> dict[str, Any]:
    return json.loads((ROOT / "manifest.json").read_text())


def test_the_manifest_is_what_slack_takes(manifest: dict[str, Any]) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside the checkout: the manifest was not checked against it")
    schema = json.loads(SCHEMA.read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(manifest)


def test_the_schema_would_notice_a_misspelled_field(manifest: dict[str, Any]) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside the checkout")
    manifest["settings"]["socket_mode"] = True
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest, json.loads(SCHEMA.read_text()))


def test_the_scopes_are_the_least_that_work(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    least = {"chat:write", "commands", "im:write", "im:history", "users:read", "files:write"}
    assert set(scopes) == {"bot"}
    assert set(scopes["bot"]) == least


def test_only_events_that_are_handled_are_subscribed(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {"app_home_opened", "message.im", "user_change", "app_uninstalled", "tokens_revoked"}


def test_people_can_type_to_the_bot(manifest: dict[str, Any]) -> None:
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_the_manifest_for_http_is_what_slack_takes(manifest: dict[str, Any]) -> None:
    """With the four fields changed that docs/slack.md names."""
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside the checkout: the HTTP manifest was not checked")
    rows = re.findall(r"^\s*\| `([a-z_.\[\]0]+)` \| `(\S+)` \|$", GUIDE.read_text(), re.MULTILINE)
    assert len(rows) == 4
    for path, value in rows:
        *places, last = path.replace("[0]", ".0").split(".")
        node: Any = manifest
        for place in places:
            node = node[int(place) if place.isdigit() else place]
        node[last] = value == "true" if value in {"true", "false"} else value
    assert manifest["settings"]["socket_mode_enabled"] is False
    jsonschema.validate(manifest, json.loads(SCHEMA.read_text()))


def test_the_guide_explains_every_scope_and_no_other(manifest: dict[str, Any]) -> None:
    explained = re.findall(r"^\| `([a-z]+(?::[a-z]+)?)` \|", GUIDE.read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_the_guide_has_ten_steps() -> None:
    first = GUIDE.read_text().split("## ")[1]
    assert re.findall(r"^(\d+)\. ", first, re.MULTILINE) == [str(step) for step in range(1, 11)]
