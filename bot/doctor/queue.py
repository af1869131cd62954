"""What waits, what is in doubt, what could not be delivered, and whether anybody works at it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.coaching.records.nudge import Nudge
from bot.doctor.finding import Finding, State, attention, bad, good, span
from bot.store.port.agenda import CutOff, Queue

LATE = timedelta(minutes=5)  # what is due goes out within seconds
STUCK = timedelta(hours=1)
UNHANDLED = timedelta(minutes=1)
SILENT = timedelta(minutes=1)  # the heart beats every ten seconds
_RUN = "Start Pitstop (serve, or web and worker). If it runs, read its log."
_GOES_ON = "The next post comes by itself then, with what people shared meanwhile."
_ON_THE_WAY = "Something between Pitstop and the platform refused it, most likely a proxy. Look at what it answers."
_DEAD = {
    "not_in_channel": f"Invite Pitstop into the channel: /invite @Pitstop. {_GOES_ON}",
    "channel_not_found": f"The channel is gone, or private and without Pitstop. If it is there, invite it. {_GOES_ON}",
    "is_archived": f"The channel is archived. Open it again, and invite Pitstop. {_GOES_ON}",
    "restricted_action": f"The channel lets only some people post. Allow the app. {_GOES_ON}",
    "BotNotInConversationRoster": f"Add Pitstop to the team again. {_GOES_ON}",
    "ConversationNotFound": f"The channel is gone, or Pitstop was taken out. Add it to the team again. {_GOES_ON}",
    "InvalidBotApiHost": "Teams was called at another cloud's address. Let somebody write to Pitstop: that tells it.",
    "BotDisabledByAdmin": "The app is blocked in the Teams admin center. Allow it there. Pitstop goes on by itself.",
    "http_403": f"{_ON_THE_WAY} Nobody was put on hold for it.",
    "http_404": f"{_ON_THE_WAY} Nobody was put on hold for it.",
    "user_not_found": "The account is gone. Nothing to do.",
    "user_disabled": "The account is switched off. Pitstop goes on when it is back.",
    "account_inactive": "The app or its workspace was switched off. Install the app again.",
    "token_revoked": "The app was removed. Install it again and set the new token.",
    "invalid_auth": "The token is wrong. Set SLACK_BOT_TOKEN anew.",
    "missing_scope": "The token lacks a scope. Paste manifest.json again, and install the app again.",
    "msg_too_long": "A text is too long for Slack. Run python -m bot check, and report it.",
    "invalid_blocks": "Slack refuses how a message is built. Report it, with the version of Pitstop.",
    "cannot compose": "A text cannot be put together. Run python -m bot check, and read the log.",
}
_TOO_OFTEN = (
    "The platform could not be reached, or asked for patience, eight times. Look at the network, at status.slack.com "
    "or status.cloud.microsoft."
)
_UNKNOWN = (
    "Look the reason up: Slack's at docs.slack.dev/reference/methods/chat.postMessage, Teams' at "
    "learn.microsoft.com/microsoftteams/platform/bots, under proactive messages."
)


def queue(found: Queue, dead: Sequence[Nudge], now: datetime) -> Iterator[Finding]:
    """Yield what there is to say of what goes out and what came in."""
    yield _outgoing(found, now)
    if found.uncertain:
        yield good("in doubt", f"{found.uncertain} of which Slack's answer was lost; they are looked up.")
    if found.put_off:
        yield attention(
            "put off",
            f"{found.put_off} due messages could not be decided when they were looked at, and are looked at again.",
            "Read the log for 'cannot plan': it names the error. Those in doubt after a restore go on by themselves.",
        )
    yield from _died(dead)
    yield _incoming(found, now)
    if found.inbox_dead:
        yield attention(
            "given up",
            f"{found.inbox_dead} arrivals could not be handled in eight attempts, and are kept.",
            "Read the log for 'given up': it names the error and its place. Report it.",
        )
    if found.gaps:
        yield good("missed", f"The conversations of {found.gaps} people are still to be read for what was missed.")


def tried_again(refused: Mapping[str, int]) -> Iterator[Finding]:
    """Yield one line for each reason for which messages were not taken so far, where more than waiting can be done."""
    for reason, count in refused.items():
        if told := next((remedy for code, remedy in _DEAD.items() if reason.startswith(code)), None):
            yield attention("refused", f"{count} messages are tried again, refused so far: {reason}.", told)


def cut_off(found: Sequence[CutOff]) -> Iterator[Finding]:
    """Yield one line for each workspace that we are not connected to, if something waits there."""
    for place in found:
        if place.messages:
            yield attention(
                "not connected",
                f"{place.messages} messages wait in {place.name} ({place.platform}): Pitstop is not connected to it.",
                f"Configure {place.platform} again, or install the app there again; then they go on. "
                "If it is gone for good, there is nothing to do.",
            )


def heartbeat(alive_at: str | None, now: datetime, *, met: bool, practice: bool) -> Finding:
    """Return whether anybody listens."""
    if practice:
        return good("heartbeat", "A practice workspace has none.")
    if alive_at is None and not met:
        return good("heartbeat", "There is no workspace in the file yet.")
    if alive_at is None:
        return attention("heartbeat", "Pitstop has never listened to a Slack with this file.", _RUN)
    silent = now - datetime.fromisoformat(alive_at)
    if silent > SILENT:
        return bad("heartbeat", f"Nobody has listened for {span(silent)}.", _RUN)
    return good("heartbeat", "Pitstop listens.")


def _outgoing(found: Queue, now: datetime) -> Finding:
    counts = f"{found.planned + found.ready} due, {found.sending} being sent"
    if found.oldest_due is None:
        return good("outgoing", f"{counts}.")
    late = now - found.oldest_due
    told = f"{counts}; the oldest has been due for {span(late)}."
    state = _by(late, LATE, STUCK)
    return Finding(what="outgoing", state=state, told=told, remedy="" if state is State.GOOD else _RUN)


def _incoming(found: Queue, now: datetime) -> Finding:
    told = f"{found.inbox} arrivals to handle."
    if found.inbox_oldest is None:
        return good("incoming", told)
    age = now - found.inbox_oldest
    state = _by(age, UNHANDLED, STUCK)
    told = f"{told[:-1]}; the oldest came {span(age)} ago."
    return Finding(what="incoming", state=state, told=told, remedy="" if state is State.GOOD else _RUN)


def _died(dead: Sequence[Nudge]) -> Iterator[Finding]:
    """Yield one line for each reason and kind."""
    counts: Mapping[tuple[str, str], int] = Counter((row.reason or "no reason", row.kind.value) for row in dead)
    for (reason, kind), count in sorted(counts.items()):
        yield attention("dead", f"{count} × {kind} could not be delivered: {reason}.", _remedy(reason))


def _remedy(reason: str) -> str:
    told = next((remedy for code, remedy in _DEAD.items() if reason.startswith(code)), None)
    return told or (_TOO_OFTEN if reason.endswith("attempts") else _UNKNOWN)


def _by(age: timedelta, late: timedelta, stuck: timedelta) -> State:
    return State.BAD if age > stuck else State.ATTENTION if age > late else State.GOOD
