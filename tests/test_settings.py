"""From the environment to settings, or to one error that lists everything."""

from datetime import timedelta

import pytest

from bot.settings import DATABASE_URL, SLACK_API_URL, NotConfigured, Settings, is_to_talk, read_settings

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


def problems(environ: dict[str, str], *, talks: bool = True) -> list[str]:
    """The lines of the one error, without their bullet; none when all is well."""
    try:
        read_settings(environ, talks=talks)
    except NotConfigured as error:
        first, *rest = str(error).split("\n")
        assert first == "Pitstop cannot start yet:"
        return [line.removeprefix("  - ") for line in rest]
    return []


def named(environ: dict[str, str], *, talks: bool = True) -> list[str]:
    """The variable each problem begins with."""
    return [line.split()[0] for line in problems(environ, talks=talks)]


def test_an_empty_environment_is_enough_without_slack() -> None:
    assert read_settings({}, talks=False) == Settings(
        host="127.0.0.1", port=8080, database_url=DATABASE_URL, slack_api_url=SLACK_API_URL
    )


def test_every_variable_reaches_its_setting() -> None:
    environ = {
        "HOST": "0.0.0.0",  # noqa: S104
        "PORT": "9000",
        "PITSTOP_DATABASE_URL": "sqlite:////srv/p.db",
        "PITSTOP_OPERATOR": "IT of Example",
        "PITSTOP_PUBLIC_URL": "https://pitstop.example.com/",
        "PITSTOP_SECRET_KEY": f"{'n' * 32}, {'o' * 32}",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "PITSTOP_LEASE_SECONDS": "90",
        "PITSTOP_SETTLE_SECONDS": "45",
        "PITSTOP_DEBUG_LOOP": "1",
    }
    assert read_settings(environ, talks=True) == Settings(
        host="0.0.0.0",  # noqa: S104
        port=9000,
        database_url="sqlite:////srv/p.db",
        operator="IT of Example",
        public_url="https://pitstop.example.com",
        secret_keys=("n" * 32, "o" * 32),
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_signing_secret="s",
        slack_api_url="http://127.0.0.1:1/api/",
        lease=timedelta(seconds=90),
        settle=timedelta(seconds=45),
        names_blockers=True,
    )


def test_spaces_around_a_value_and_empty_values_do_not_count() -> None:
    names = ("HOST", "PORT", "PITSTOP_DATABASE_URL", "SLACK_API_URL", "PITSTOP_LEASE_SECONDS", "PITSTOP_DEBUG_LOOP")
    environ = dict.fromkeys(names, "  ")
    assert read_settings({**environ, "SLACK_BOT_TOKEN": " xoxb-1 "}, talks=False) == Settings(slack_bot_token="xoxb-1")


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://pitstop.example.com", True),
        ("https://pitstop.example.com:8443", True),
        ("http://127.0.0.1:8080", True),
        ("http://pitstop.example.com", False),  # a cookie would travel in the open
        ("https://example.com/pitstop", False),  # the desk is at /desk
        ("https://example.com?x", False),
        ("https://somebody@example.com", False),
        ("pitstop.example.com", False),
        ("https://", False),
    ],
)
def test_the_public_address_is_an_origin_that_is_safe(address: str, is_taken: bool) -> None:
    environ = {"PITSTOP_PUBLIC_URL": address}
    if is_taken:
        assert read_settings(environ, talks=False).public_url == address
    else:
        assert named(environ, talks=False) == ["PITSTOP_PUBLIC_URL"]


def test_one_error_lists_everything_and_says_how_to_get_it() -> None:
    told = problems({"PORT": "eighty", "PITSTOP_DATABASE_URL": "postgres://u:hush@host/db", "SLACK_API_URL": "slack"})
    assert [line.split()[0] for line in told] == [
        "PORT",
        "PITSTOP_DATABASE_URL",
        "Neither",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "TEAMS_CLIENT_ID",
        "TEAMS_CLIENT_SECRET",
        "TEAMS_TENANT_ID",
    ]
    assert "One of the two is enough" in told[2]
    assert "OAuth & Permissions" in told[3]
    assert "Basic Information" in told[4]
    assert "SLACK_APP_TOKEN" in told[4], "the other way to listen is named too"
    assert all("entra.microsoft.com" in each for each in told[6:])
    assert "hush" not in "\n".join(told), "a password never reaches a message"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": ""}, []),  # Socket Mode needs no secret
        ({"SLACK_BOT_TOKEN": ""}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN"]),  # a person's token
        ({"SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN"]),  # the two tokens swapped
        ({"SLACK_SIGNING_SECRET": ""}, ["SLACK_SIGNING_SECRET"]),
        ({"PORT": "0"}, ["PORT"]),
        ({"PORT": "65535"}, []),
        ({"PORT": "65536"}, ["PORT"]),
        ({"PORT": "-1"}, ["PORT"]),
        ({"PORT": "²"}, ["PORT"]),  # a digit, but no number
        ({"PITSTOP_DATABASE_URL": "data/p.db"}, ["PITSTOP_DATABASE_URL"]),
        ({"SLACK_API_URL": "http://slack.example/api/"}, ["SLACK_API_URL"]),  # a token in the open
        ({"SLACK_API_URL": "http://localhost:8080/api/"}, []),
        ({"SLACK_API_URL": "https:///api/"}, ["SLACK_API_URL"]),  # no host
        ({"SLACK_API_URL": "https://["}, ["SLACK_API_URL"]),  # not an address at all
        ({"SLACK_API_URL": "ftp://slack.com/"}, ["SLACK_API_URL"]),
        ({"PITSTOP_LEASE_SECONDS": "29"}, ["PITSTOP_LEASE_SECONDS"]),  # shorter than a call and a look may take
        ({"PITSTOP_LEASE_SECONDS": "30", "PITSTOP_SETTLE_SECONDS": "600"}, []),
        ({"PITSTOP_SETTLE_SECONDS": "601"}, ["PITSTOP_SETTLE_SECONDS"]),
        ({"PITSTOP_SETTLE_SECONDS": "half a minute"}, ["PITSTOP_SETTLE_SECONDS"]),
        ({"PITSTOP_SETTLE_SECONDS": "1", "SLACK_API_URL": "http://localhost:1/"}, []),  # a practice Slack is quick
        ({"PITSTOP_SETTLE_SECONDS": "0", "SLACK_API_URL": "http://localhost:1/"}, ["PITSTOP_SETTLE_SECONDS"]),
        ({"PITSTOP_DEBUG_LOOP": "yes"}, ["PITSTOP_DEBUG_LOOP"]),
        ({"PITSTOP_SECRET_KEY": "hunter2"}, ["PITSTOP_SECRET_KEY"]),
        ({"PITSTOP_SECRET_KEY": f"{'n' * 32},short"}, ["PITSTOP_SECRET_KEY"]),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, str], wrong: list[str]) -> None:
    assert named({**GOOD, **changes}) == wrong


def test_no_platform_is_asked_for_where_none_is_needed() -> None:
    assert named({"SLACK_BOT_TOKEN": "nonsense", "PORT": "0"}, talks=False) == ["PORT"]
    assert named({"TEAMS_CLIENT_ID": "nonsense"}, talks=False) == []


def test_a_secret_never_shows_in_a_log_line() -> None:
    shown = repr(read_settings({**GOOD, "SLACK_APP_TOKEN": "xapp-2", "SLACK_SIGNING_SECRET": "hush"}, talks=True))
    assert not any(secret in shown for secret in ("xoxb-1", "xapp-2", "hush"))


CLIENT = "11111111-0000-4000-8000-000000000009"
TENANTS = ("7e9a0000-0000-4000-8000-000000000001", "7E9A0000-0000-4000-8000-000000000002")
TEAMS = {"TEAMS_CLIENT_ID": CLIENT, "TEAMS_CLIENT_SECRET": "hush", "TEAMS_TENANT_ID": ", ".join(TENANTS)}


def test_teams_is_there_when_it_has_a_client_id() -> None:
    settings = read_settings({**GOOD, **TEAMS}, talks=True)
    assert (settings.teams_client_id, settings.teams_client_secret) == (CLIENT, "hush")
    assert settings.teams_tenants == TENANTS
    assert settings.teams_metadata_url.startswith("https://login.botframework.com/")
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "named_first"),
    [
        ({"TEAMS_CLIENT_SECRET": ""}, "TEAMS_CLIENT_SECRET"),
        ({"TEAMS_CLIENT_ID": "pitstop"}, "TEAMS_CLIENT_ID"),
        ({"TEAMS_TENANT_ID": " , "}, "TEAMS_TENANT_ID"),
        ({"TEAMS_TENANT_ID": f"{TENANTS[0]}, example.com"}, "TEAMS_TENANT_ID"),  # no message tells a domain
        ({"TEAMS_OPENID_METADATA_URL": "http://keys.example/"}, "TEAMS_OPENID_METADATA_URL"),
        ({"DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": "1"}, "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS"),
    ],
)
def test_teams_half_configured_or_open_to_anybody_does_not_start(change: dict[str, str], named_first: str) -> None:
    assert named({**GOOD, **TEAMS, **change}) == [named_first]


SLACK_HERE = {**GOOD, "SLACK_API_URL": "http://localhost:1/api/"}
TEAMS_HERE = {**TEAMS, "TEAMS_OPENID_METADATA_URL": "http://127.0.0.1:1/openid"}


@pytest.mark.parametrize(
    ("environ", "is_quick"),
    [
        (SLACK_HERE, True),
        (TEAMS_HERE, True),
        ({**SLACK_HERE, **TEAMS_HERE}, True),
        ({**SLACK_HERE, **TEAMS}, False),  # one of the two is far away
        ({**GOOD, **TEAMS_HERE}, False),
        (TEAMS, False),
    ],
)
def test_waits_may_be_short_when_every_platform_is_on_this_machine(environ: dict[str, str], is_quick: bool) -> None:
    names = ["PITSTOP_LEASE_SECONDS", "PITSTOP_SETTLE_SECONDS"]
    assert named({**environ, **dict.fromkeys(names, "1")}) == ([] if is_quick else names)


@pytest.mark.parametrize(
    ("environ", "platforms"),
    [(GOOD, ("slack",)), (TEAMS, ("teams",)), ({**GOOD, **TEAMS}, ("slack", "teams"))],
)
def test_one_platform_is_enough(environ: dict[str, str], platforms: tuple[str, ...]) -> None:
    assert read_settings(environ, talks=True).platforms == platforms


def test_a_platform_that_is_begun_must_be_whole_whatever_else_is_there() -> None:
    assert named({**TEAMS, "SLACK_SIGNING_SECRET": "s"}) == ["SLACK_BOT_TOKEN"]
    assert named({**GOOD, "TEAMS_CLIENT_ID": CLIENT}) == ["TEAMS_CLIENT_SECRET", "TEAMS_TENANT_ID"]


@pytest.mark.parametrize(
    ("environ", "talks"),
    [({}, False), ({"PORT": "1", "SLACK_BOT_TOKEN": " "}, False), ({"SLACK_API_URL": "x"}, True), (TEAMS, True)],
)
def test_who_names_a_platform_is_to_talk(environ: dict[str, str], talks: bool) -> None:
    assert is_to_talk(environ) is talks


def test_without_a_client_id_nothing_of_teams_is_asked_for() -> None:
    assert problems({**GOOD, "TEAMS_CLIENT_SECRET": "s"}) == []
