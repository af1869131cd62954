"""What every message looks like now: a function of what is stored, never of what was shown before."""

from collections.abc import Callable
from datetime import datetime

from bot.chat.port import Line, Message, Note, Part
from bot.coaching.records.nudge import Kind
from bot.flows.given import Given
from bot.flows.messages import channel, coach, debrief, experiment, harvest, reading, welcome
from bot.flows.messages.parts import footer
from bot.flows.messages.shown import Context, Shown
from bot.store.port.shown import ShownDigest, ShownPost, ShownToCoach

WITHIN_A_RUN: dict[Kind, Callable[[Given, Shown], Message]] = {
    Kind.WELCOME: welcome.welcome,
    Kind.PULSE: welcome.pulse,
    Kind.SILENCE: welcome.silence,
    Kind.BACK: welcome.back,
    Kind.NUDGE: experiment.nudge,
    Kind.FOLLOW_UP: experiment.follow_up,
    Kind.UNDONE: experiment.undone,
    Kind.DAY_OF: experiment.day_of,
    Kind.DEBRIEF: debrief.debrief,
    Kind.CHECK: harvest.check,
    Kind.KEEP: harvest.keep,
    Kind.BOOSTER: harvest.booster,
    Kind.CLOSING: harvest.closing,
    Kind.REFLECTION: harvest.reflection,
    Kind.READING_ASK: reading.ask,
    Kind.READING_NEWS: reading.news,
    Kind.COACH_WORD: coach.word,
}

POSTS: dict[Kind, Callable[[Given, ShownPost], Message]] = {
    Kind.INVITATION: channel.invitation,
    Kind.TEAM_REFLECTION: channel.team_reflection,
    Kind.TEAM_SHARE: channel.team_share,
    Kind.TEAM_CLOSING: channel.team_closing,
}

TO_COACHES: dict[Kind, Callable[[Given, ShownToCoach], Message]] = {
    Kind.COACH_ASK: coach.ask,
    Kind.COACH_HEARD: coach.heard,
    Kind.COACH_WANTED: coach.wanted,
}


def _card(given: Given, about: Shown) -> Message:
    """Return several messages of one day as one; what becomes of typed words is said once, at the end.

    It is said of the one that they answer: the newest of those that say it.
    """
    parts: list[Part] = []
    said: dict[datetime, Note] = {}
    for each in (about, *about.below):
        line = footer(given, each) if each.agenda else None  # without one a message does not say it
        shown = WITHIN_A_RUN[each.nudge.kind](given, each).parts
        parts += [*([Line()] if parts else []), *(part for part in shown if part != line)]
        if line is not None and line in shown:
            said[each.nudge.due_at] = line
    fallback = WITHIN_A_RUN[about.nudge.kind](given, about).fallback
    return Message(fallback=fallback, parts=(*parts, *([said[max(said)]] if said else [])))


def composed(given: Given, about: Context) -> Message:
    """Return a message as it looks now."""
    kind = about.nudge.kind
    if isinstance(about, Shown):
        return _card(given, about) if about.below else WITHIN_A_RUN[kind](given, about)
    if isinstance(about, ShownDigest):
        return coach.digest(given, about)
    return POSTS[kind](given, about) if isinstance(about, ShownPost) else TO_COACHES[kind](given, about)
