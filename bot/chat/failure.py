"""What the platforms' failures have in common."""

from bot.chat.port import Ambiguous, RetryAfter, Undeliverable

Failure = RetryAfter | Undeliverable | Ambiguous

UNREACHED = 5.0  # seconds until somebody who was not there is tried again
_LONGEST = 3_600.0


def not_yet(failure: Failure) -> RetryAfter | Undeliverable:
    """Return a failure where doubt does no harm, because trying again shows nothing twice."""
    if isinstance(failure, Ambiguous):
        return RetryAfter(seconds=UNREACHED, error=failure.error)
    return failure


def pause(given: str | None, otherwise: float) -> float:
    """Return the seconds of a Retry-After that can be believed."""
    if given is None or not given.isascii() or not given.isdigit():
        return otherwise
    return min(float(given), _LONGEST)
