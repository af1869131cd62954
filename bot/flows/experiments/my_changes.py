"""A person's changes wherever they stand: done, moved to another day, or dropped."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.port import FormErrors, Press, Submitted
from bot.coaching.records.commitment import Commitment, CommitmentKind, CommitmentState
from bot.flows.context.decision import Decision
from bot.flows.experiments.commitment import ask_on_the_day, check_moved, move_form, picked_day
from bot.flows.given import Given
from bot.flows.handling.nudge import stays_open
from bot.flows.handling.words import OwnWords, by_form, by_press
from bot.flows.ports import Ports


def done(given: Given, about: OwnWords[Commitment], _press: Press) -> Decision:
    """It has begun; four weeks later it is asked whether a customer noticed."""
    return _closed(given, about, CommitmentState.DONE)


def dropped(given: Given, about: OwnWords[Commitment], _press: Press) -> Decision:
    """It is off, without blame: nothing more is asked about it."""
    return _closed(given, about, CommitmentState.DROPPED)


def _closed(given: Given, about: OwnWords[Commitment], state: CommitmentState) -> Decision:
    if not _is_open(about):
        return _outdated(about)
    return Decision(records=[replace(about.words, state=state, closed_at=given.now)], pages=True)


def _is_open(about: OwnWords[Commitment]) -> bool:
    return about.words.is_open and about.words.kind is CommitmentKind.TRANSFER and not about.is_left


def _outdated(about: OwnWords[Commitment]) -> Decision:
    return Decision(refuses="press-stale", again=(about.words.id, about.member.id))


def move(given: Given, about: OwnWords[Commitment], _press: Press) -> Decision:
    """Ask for another day."""
    if not _is_open(about):
        return _outdated(about)
    return Decision(opens=move_form(given, about, "change.moved", about.words.id))


def moved(given: Given, about: OwnWords[Commitment], form: Submitted) -> Decision:
    """Move the change to the day that was picked, with what is asked on that day and four weeks after it."""
    if not _is_open(about):
        return stays_open(given, about, "day")
    day = picked_day(given, about, form)
    if isinstance(day, str):
        return stays_open(given, about, "day", day)
    fresh = replace(about.words, due_on=day, state=CommitmentState.MOVED)
    behind = [*check_moved(given, about, fresh), *ask_on_the_day(given, about, fresh)]
    return Decision(records=[fresh, *behind], pages=True)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "change.done": by_press(done, Commitment, again=True),
    "change.move": by_press(move, Commitment, again=True),
    "change.drop": by_press(dropped, Commitment, again=True),
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {
    "change.moved": by_form(moved, Commitment, "day")
}
