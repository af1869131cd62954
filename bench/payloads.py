"""What Slack sends when somebody types or presses, signed as Slack signs it."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from bench.slack import ROUTES, TEAM

SECRET = "bench"  # noqa: S105 - signs requests on loopback
PATH = "/slack/events"
KINDS = ("words", "click")

Json = dict[str, Any]


def person(number: int) -> str:
    """Return Slack's id of the n-th person."""
    return f"U{number:07}"


def direct(number: int) -> str:
    """Return the conversation between the n-th person and the bot."""
    return f"D{number:07}"


def nudge(number: int) -> str:
    """Return the id of the n-th person's nudge."""
    return f"n{number:07}"


def posted(number: int) -> str:
    """Return the ts of the message that showed the n-th person's nudge."""
    return f"1700000000.{number:07}"


def request(kind: str, number: int, slack: int = 0) -> bytes:
    """Return a whole HTTP request: the n-th person types words, or presses a button, signed now.

    `slack` is the port of the Slack at which a press can be answered.
    """
    if kind == "words":
        body, content_type = json.dumps(_words(number)).encode(), "application/json"
    else:
        body = urlencode({"payload": json.dumps(_click(number, slack))}).encode()
        content_type = "application/x-www-form-urlencoded"
    at = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {at}\r\nX-Slack-Signature: v0={signature}\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: */*\r\n\r\n"
    )
    return head.encode() + body


def _words(number: int) -> Json:
    ts = f"{time.time():.6f}"[:-7] + f".{number % 1_000_000:06}"
    text = "I asked my contact at the service desk what went well, and said thank you in the stand-up."
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    event = {
        "type": "message",
        "user": person(number),
        "text": text,
        "ts": ts,
        "client_msg_id": f"c{number}",
        "team": TEAM,
        "channel": direct(number),
        "event_ts": ts,
        "channel_type": "im",
        "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [leaf]}],
    }
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": "UBOT",
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "retired",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": "A0BENCH",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
    }


def _click(number: int, slack: int) -> Json:
    button = {
        "type": "button",
        "block_id": nudge(number),
        "action_id": "nudge.done",
        "text": {"type": "plain_text", "text": "Done already"},
        "value": nudge(number),
    }
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "One small thing for this week. " * 8}}
    message = {
        "type": "message",
        "user": "UBOT",
        "bot_id": "BBOT",
        "ts": posted(number),
        "text": "One small thing for this week.",
        "blocks": [words, {"type": "actions", "block_id": nudge(number), "elements": [button]}],
    }
    return {
        "type": "block_actions",
        "token": "retired",
        "api_app_id": "A0BENCH",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": person(number), "username": "somebody", "name": "somebody", "team_id": TEAM},
        "container": {"type": "message", "message_ts": posted(number), "channel_id": direct(number)},
        "channel": {"id": direct(number), "name": "directmessage"},
        "message": message,
        "trigger_id": f"tr.{number}",
        "response_url": f"http://127.0.0.1:{slack}/{ROUTES}/{direct(number)}",
        "actions": [button | {"action_ts": f"{time.time():.6f}"}],
        "state": {"values": {}},
        "enterprise": None,
        "is_enterprise_install": False,
    }
