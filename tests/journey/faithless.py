"""The bot with one promise broken, in one line each: the promises that people's lives are to prove.

PITSTOP_BROKEN=<defect> python -m pytest -p tests.journey.faithless tests/journey/test_twelve_weeks.py
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.coaching.intents import Intent, Meaning, Tier, plain
from bot.coaching.records.reply import ReplyKind
from bot.coaching.rules import due
from bot.coaching.verbs import Verb
from bot.flows import dispatch
from bot.flows.context import nudge, pending
from bot.flows.handling.person import by_command
from bot.flows.messages import experiment
from bot.flows.participation import pause
from bot.flows.participation.typed_pause import days_meant
from bot.flows.replies import answered_nudge, intent, store, typed
from tests.journey.broken import _put, unquote


def edited_stays_shared() -> None:
    """2: an edited text stays in the channel, and nobody is asked anew."""

    def reworded(reply: Any, text: str, at: Any) -> Any:
        return replace(reply, text=text, edited_at=at, edition=reply.edition + 1)

    _put(typed, "reworded", reworded)


def one_before_the_last() -> None:
    """3: words answer what was asked before the last question."""

    def before_last(rows: Any, when: Any = None) -> Any:
        asked = [(at, row.due_at, row.id, row) for row in rows if (at := pending.asked_at(row, when)) is not None]
        return sorted(asked)[-2:][0][3] if asked else None

    _put(answered_nudge, "asked_last", before_last)


def nobody_is_asked() -> None:
    """3: where two things may be meant, the newest is taken."""
    _put(answered_nudge, "_among", lambda *_: [])


def receipt_of_another() -> None:
    """3: words are kept with their item, and as no answer to its question."""
    _put(store, "_answers", lambda *_: (ReplyKind.TYPED, None, []))


def asks_in_vain() -> None:
    """4: what was done, or let go, is asked about as if it were open."""
    _put(due, "pointless", lambda *_: "")


def welcome_back() -> None:
    """4: who was never away is welcomed back, as a reminder says it after a break."""
    _put(experiment, "after_a_pause", lambda *_: "returned")


def half_a_day() -> None:
    """5: a pause begins as soon as a day of it was read, before anybody said yes."""
    decide = pause.pause

    def at_once(given: Any, about: Any, command: Any) -> Any:
        rest = command.text.partition(" ")[2]
        days = days_meant(given, about.course, rest) if about.course else ()
        return pause._paused(given, about.course, days[-1]) if days else decide(given, about, command)

    _put(dispatch, "COMMANDS", {**dispatch.COMMANDS, Verb.PAUSE: by_command(at_once)})


def half_a_command() -> None:
    """5: who begins a sentence with *stop* has everything stopped."""
    meaning_of = intent.meaning_of

    def by_first_word(text: str, rules: Any) -> Meaning | None:
        is_stop = plain(text).split()[:1] == ["stop"]
        return Meaning(intent=Intent.STOP, tier=Tier.ACT) if is_stop else meaning_of(text, rules)

    _put(intent, "meaning_of", by_first_word)


def withdrawn_stays() -> None:
    """6: a post in the channel is not known by what it quotes: what was taken back stays there."""
    unquote()


def home_is_kept() -> None:
    """7: what is typed in the weeks at home is kept."""
    _put(nudge, "is_at_home", lambda *_, **__: False)


DEFECTS: Mapping[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        edited_stays_shared,
        one_before_the_last,
        nobody_is_asked,
        receipt_of_another,
        asks_in_vain,
        welcome_back,
        half_a_day,
        half_a_command,
        withdrawn_stays,
        home_is_kept,
    )
}

if (broken := os.environ.get("PITSTOP_BROKEN", "")) in DEFECTS:
    DEFECTS[broken]()
