"""Whether what people do reaches us, platform by platform."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.coaching.rules.line import Line, LineState
from bot.doctor.finding import Finding, attention, bad, good, span
from bot.doctor.queue import SILENT

_CALLED = {"slack": "Slack", "teams": "Teams"}
_SOCKET = "Look at the network, at SLACK_APP_TOKEN, and at status.slack.com; the log says what was answered."
_HTTP = (
    "Look at the request URLs of the app and at the proxy before /slack/events; api.slack.com/apps → Event "
    "Subscriptions tells whether Slack reaches it. What people type is read back until then."
)
_OF_OLD = 4  # days without a sign from anybody that are no weekend


def way_in(lines: Mapping[str, Line], alive_at: str | None, now: datetime) -> Iterator[Finding]:
    """Yield how each line is, and since when; nothing while nobody listens, which is said elsewhere."""
    if alive_at is None or now - datetime.fromisoformat(alive_at) > SILENT:
        return
    for platform, line in lines.items():
        called, state = _CALLED.get(platform, platform), line.state(now)
        since = f"{line.since(now):%Y-%m-%d %H:%M} UTC, for {span(now - line.since(now))}"
        if state is LineState.DOWN:
            told = f"What people do in {called} does not reach Pitstop, since {since}."
            yield bad("line", told, _SOCKET if line.tells else _HTTP)
        elif state is LineState.QUIET and (now - line.since(now)).days >= _OF_OLD:
            told = f"Nothing has come in from {called} since {since}."
            yield attention("line", told, f"If people use it, see that {called} reaches Pitstop's address.")
        elif state is LineState.QUIET:
            told = f"Nothing has come in from {called} since {since}; it may be that nobody did anything."
            yield good("line", told)
        else:
            yield good("line", f"What people do in {called} reaches Pitstop, since {since}.")
