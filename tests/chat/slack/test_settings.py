import pytest

from bot.chat.slack.settings import SlackSettings


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "app token"),  # nobody could be told from Slack
        ({"signing_secret": ""}, "app token"),  # an empty secret signs everything
        ({"signing_secret": "s", "api_url": "http://slack.example/api/"}, "https"),
        ({"signing_secret": "s", "api_url": "ftp://127.0.0.1/"}, "https"),
    ],
)
def test_an_unsafe_combination_is_refused(given: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SlackSettings(bot_token="xoxb-1", **given)


def test_a_token_is_not_shown() -> None:
    settings = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", signing_secret="hush")
    assert not any(word in repr(settings) for word in ("xoxb-1", "xapp-1", "hush"))


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:9"])
def test_a_practice_slack_may_be_plain_http(host: str) -> None:
    settings = SlackSettings(bot_token="x", signing_secret="s", api_url=f"http://{host}/api/")
    assert settings.is_local
