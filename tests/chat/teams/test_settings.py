from typing import Any

import pytest

from bot.chat.teams.settings import METADATA_URL, TeamsSettings

GIVEN: dict[str, Any] = {"client_id": "c1", "client_secret": "hush", "tenants": ("T1", "t2")}
LOCAL = {**GIVEN, "metadata_url": "http://127.0.0.1:8080/practice/teams/.well-known/openidconfiguration"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"client_id": ""}, "client id"),
        ({"client_secret": ""}, "secret"),  # the SDK would take it for a managed identity
        ({"tenants": ()}, "tenant"),  # everybody's people could talk to us
        ({"tenants": ("t1", " ")}, "tenant"),
        ({"metadata_url": "http://login.example/openid"}, "https"),
        ({"metadata_url": "http://127.0.0.1.example/openid"}, "https"),
        ({"metadata_url": "ftp://127.0.0.1/openid"}, "https"),
        ({"metadata_url": ""}, "https"),
    ],
)
def test_an_unsafe_combination_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        TeamsSettings(**{**GIVEN, **changes})


def test_a_secret_is_not_shown() -> None:
    assert "hush" not in repr(TeamsSettings(**GIVEN))


def test_the_other_side_is_microsoft_unless_it_is_on_this_machine() -> None:
    assert TeamsSettings(**GIVEN).metadata_url == METADATA_URL
    assert not TeamsSettings(**GIVEN).is_local
    assert TeamsSettings(**LOCAL).is_local
    assert TeamsSettings(**{**GIVEN, "metadata_url": "http://[::1]:8/openid"}).is_local


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("https://smba.trafficmanager.net/emea/7e9a0000-0000-4000-8000-000000000001/", True),
        ("https://smba.trafficmanager.net", True),
        ("https://SMBA.trafficmanager.net:443/teams/", True),
        ("https://smba.infra.gcc.teams.microsoft.com/teams", True),
        ("http://smba.trafficmanager.net/teams/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evil.example/smba.trafficmanager.net", False),
        ("https://evil.example#.smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://evil.example\\@smba.trafficmanager.net/", False),  # two readers, two opinions
        ("https://smba.trafficmanager.net/?to=https://evil.example", False),
        ("https://smba.trafficmanager.net/a b", False),
        ("https://smba.trafficmanager.net/\n", False),
        ("https://smba.trafficmanager.net:x/", False),
        ("https://ѕmba.trafficmanager.net/", False),  # a letter of another script
        ("https://127.0.0.1/", False),
        ("http://localhost:3978/", False),
        ("//smba.trafficmanager.net/", False),
        ("", False),
    ],
)
def test_our_token_goes_to_teams_and_nowhere_else(address: str, is_allowed: bool) -> None:
    assert TeamsSettings(**GIVEN).may_call(address) is is_allowed


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("http://127.0.0.1:8080/practice/teams/connector/", True),
        ("http://localhost:1/", True),
        ("http://[::1]:2/x", True),
        ("https://smba.trafficmanager.net/teams/", False),  # a practice token means nothing there
        ("http://127.0.0.1.example/", False),
        ("http://127.0.0.1@evil.example/", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_a_practice_teams_is_called_on_this_machine_only(address: str, is_allowed: bool) -> None:
    assert TeamsSettings(**LOCAL).may_call(address) is is_allowed


@pytest.mark.parametrize(("tenant", "is_ours"), [("t1", True), ("T2", True), ("t3", False), ("", False), (" ", False)])
def test_a_tenant_is_ours_when_it_is_on_the_list(tenant: str, is_ours: bool) -> None:
    assert TeamsSettings(**GIVEN).is_ours(tenant) is is_ours
