"""From how showing a screen ended to what becomes of it. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.port import Ambiguous, Blame, Outcome, RetryAfter, Sent, Undeliverable
from bot.coaching.records.screen import Screen, ScreenState, Step
from bot.coaching.rules.delivery import MOST_ATTEMPTS, SETTLE, back_off

REFUSED_WAIT = timedelta(hours=1)  # between two tries where somebody does not let us, for words that were withdrawn
MOST_REFUSALS = 7 * 24  # such tries: a week
LOOK_OFTEN = timedelta(minutes=10)  # in which a message in doubt is looked for as often as a nudge is
LOOK_AGAIN = timedelta(minutes=10)  # between two looks afterwards
LOOK_LONGEST = timedelta(hours=4)
MOST_DOUBTS = 1  # after which a message is posted once more where nothing can be looked up


def after_update(
    screen: Screen, outcome: Outcome, now: datetime, *, digest: str, subjects: tuple[str, ...], chance: float
) -> Step:
    """Return what becomes of a screen that stands, once the platform was asked to show it as it is."""
    match outcome:
        case Sent():
            return Step(state=ScreenState.CURRENT, digest=digest, subjects=subjects)
        case Undeliverable(blame=Blame.ABSENT):
            return Step(state=ScreenState.CLOSED)
        case Undeliverable(blame=Blame.MESSAGE):
            return Step(state=ScreenState.STUCK, reason=outcome.error)
        case Undeliverable():
            return _kept_away(screen, outcome, now, chance)
        case RetryAfter():
            wait = timedelta(seconds=outcome.seconds) + back_off(1, chance)
            return Step(state=screen.state, due=now + wait, reason=outcome.error, digest=screen.digest)
        case Ambiguous():  # it may show either
            return _tried(screen, outcome.error, now, chance)


def _kept_away(screen: Screen, refusal: Undeliverable, now: datetime, chance: float) -> Step:
    """Return what follows a refusal for good; a conversation may be missed by mistake, and be there again soon."""
    if refusal.blame is Blame.CONVERSATION and not screen.is_withdrawal:
        return _tried(screen, refusal.error, now, chance)
    return _not_let(screen, refusal.error, now)


def _not_let(screen: Screen, error: str, now: datetime) -> Step:
    """Return what becomes of a screen that we are kept away from: what was withdrawn is tried for a week."""
    if screen.is_withdrawal and screen.attempt < MOST_REFUSALS:
        return Step(state=screen.state, due=now + REFUSED_WAIT, reason=error, is_failure=True)
    return Step(state=ScreenState.STUCK, reason=error)


def later(screen: Screen, error: str, now: datetime, chance: float) -> Step:
    """Return what becomes of a screen that we could not show ourselves: it is tried again, and not for ever."""
    return replace(_tried(screen, error, now, chance), digest=screen.digest)


def _tried(screen: Screen, error: str, now: datetime, chance: float) -> Step:
    if screen.attempt < MOST_ATTEMPTS:
        return Step(state=screen.state, due=now + back_off(screen.attempt + 1, chance), reason=error, is_failure=True)
    return _not_let(screen, error, now)


def after_delete(screen: Screen, outcome: Outcome, now: datetime, *, chance: float) -> Step:
    """Return what becomes of a screen once the platform was asked to take it away."""
    match outcome:
        case Sent() | Undeliverable(blame=Blame.ABSENT):
            return Step(state=ScreenState.CLOSED)
        case Undeliverable(blame=Blame.MESSAGE):
            return _given_up(screen, outcome.error)
        case _:
            follows = after_update(screen, outcome, now, digest="", subjects=(), chance=chance)
            return _given_up(screen, outcome.error) if follows.state is ScreenState.STUCK else follows


def _given_up(screen: Screen, error: str) -> Step:
    """Return what becomes of what cannot be taken away: of somebody who is erased not even the place is kept."""
    return Step(state=ScreenState.CLOSED if screen.state is ScreenState.CLOSING else ScreenState.STUCK, reason=error)


def after_post(
    outcome: Outcome,
    now: datetime,
    *,
    digest: str,
    subjects: tuple[str, ...],
    chance: float,
    settle: timedelta = SETTLE,
) -> Step:
    """Return what becomes of a new message that was posted, or was not."""
    match outcome:
        case Sent(ref=ref):
            return Step(
                state=ScreenState.CURRENT,
                digest=digest,
                subjects=subjects,
                conversation=ref.conversation,
                message=ref.message,
            )
        case RetryAfter():
            wait = timedelta(seconds=outcome.seconds) + back_off(1, chance)
            return Step(state=ScreenState.WANTED, due=now + wait, reason=outcome.error)
        case Ambiguous():
            return Step(state=ScreenState.UNCERTAIN, due=now + settle, reason=outcome.error, is_failure=True)
        case Undeliverable():  # whoever wrote is told nothing they need: what they wrote is kept
            return Step(state=ScreenState.CLOSED, reason=outcome.error)


def unanswered(screen: Screen, now: datetime, error: str, settle: timedelta = SETTLE) -> Step:
    """Return what follows a look that was not answered: nothing is concluded from it, and it is not tried for ever."""
    waited = now - (screen.look_since or now)
    if waited > LOOK_LONGEST:
        return Step(state=ScreenState.CLOSED, reason=f"in doubt: {error}")
    wait = settle if waited < LOOK_OFTEN else LOOK_AGAIN
    return Step(state=ScreenState.UNCERTAIN, due=now + wait, reason=error)


def after_look(screen: Screen, now: datetime, *, looks_back: bool) -> Step:
    """Return what follows a doubt when the message was looked for and is not there, or nothing can be looked up."""
    most = MOST_ATTEMPTS if looks_back else MOST_DOUBTS
    if screen.attempt > most:
        return Step(state=ScreenState.CLOSED, reason="in doubt too often")
    return Step(state=ScreenState.WANTED, due=now, reason="not found" if looks_back else "nobody can tell")
