"""Words in Slack's mark-up, as a person reads them."""

from typing import Any

import pytest

from bot.chat.slack.incoming.words import said, unnamed

NAMES = {"U2": "Robin & Co", "W3": "Grace"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U2> and <@W3> helped", "@Robin & Co and @Grace helped"),
        ("<@U2|robin>, <@U9>", "@robin, @…"),  # a label wins; of whom nothing is known there is a sign
        ("in <#C1|it-desk> and <#C2> and <#C3|>", "in #it-desk and #… and #…"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel everyone"),
        ("<!subteam^S1|@designers> <!subteam^S2>", "@designers @…"),
        ("<!date^1768298400^{date} at {time}|13 January at 10:00>", "13 January at 10:00"),
        ("<!date^1768298400^{date}^https://a.example|Tuesday>", "Tuesday"),
        ("<!date^1768298400^{date}>", "2026-01-13"),
        ("<!date^soon^{date}>", "…"),
        ("&lt;@U2&gt; &lt;!here&gt; a &lt; b", "<@U2> <!here> a < b"),  # typed so
        ("<https://a.example|a &amp; b> <mailto:a@b.example|a@b.example>", "a & b (https://a.example) a@b.example"),
        ("<@> <#> <!> <", "@… #… @ <"),
        ("1 < 2 > 0\0", "1 < 2 > 0"),
        ("<@U2" * 1_000, "<@U2" * 1_000),
    ],
)
def test_mark_up_reads_as_it_looks(typed: str, read: str) -> None:
    assert said(typed, NAMES) == read


@pytest.mark.parametrize(
    ("event", "people"),
    [
        ({"text": "<@U2> <@U3|c> <@U2> <#C1> &lt;@U4&gt;"}, ["U2"]),
        ({"message": {"text": "<@U5>"}, "previous_message": {"text": "<@U6>"}}, ["U5"]),
        ({"text": None}, []),
    ],
)
def test_who_is_mentioned_without_a_name_is_known(event: dict[str, Any], people: list[str]) -> None:
    assert unnamed({"event": event}) == people
