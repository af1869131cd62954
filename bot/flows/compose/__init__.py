"""What every message looks like now: a function of what is stored, never of what was shown before."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Message
from bot.coaching.nudge import Kind, Nudge
from bot.flows.compose import channel, coach, debrief, experiment, harvest, welcome
from bot.flows.ports import Ports
from bot.flows.scene import Scene, scene_of

WITHIN_A_RUN: dict[Kind, Callable[[Ports, Scene], Awaitable[Message]]] = {
    Kind.WELCOME: welcome.welcome,
    Kind.PULSE: welcome.pulse,
    Kind.NUDGE: experiment.nudge,
    Kind.FOLLOW_UP: experiment.follow_up,
    Kind.DAY_OF: experiment.day_of,
    Kind.DEBRIEF: debrief.debrief,
    Kind.CHECK: harvest.check,
    Kind.KEEP: harvest.keep,
    Kind.BOOSTER: harvest.booster,
    Kind.CLOSING: harvest.closing,
    Kind.REFLECTION: harvest.reflection,
    Kind.COACH_WORD: coach.word,
}

WITHOUT_A_RUN: dict[Kind, Callable[[Ports, Nudge], Awaitable[Message]]] = {
    Kind.INVITATION: channel.invitation,
    Kind.TEAM_REFLECTION: channel.team_reflection,
    Kind.TEAM_SHARE: channel.team_share,
    Kind.TEAM_CLOSING: channel.team_closing,
    Kind.COACH_ASK: coach.ask,
    Kind.COACH_HEARD: coach.heard,
}


async def composed(ports: Ports, row: Nudge, scene: Scene | None = None) -> Message:
    """Return a nudge as it looks now; `scene` is what is around it, where that was read a moment ago."""
    if row.kind in WITHOUT_A_RUN:
        return await WITHOUT_A_RUN[row.kind](ports, row)
    return await WITHIN_A_RUN[row.kind](ports, scene or await scene_of(ports, row))
