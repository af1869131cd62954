"""Words that are held, with all that decides where they may go; read in one call."""

from dataclasses import dataclass

from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reply import Reply
from bot.flows.context.nudge import Participation, within
from bot.flows.ports import Ports
from bot.store.port.heard import Heard


@dataclass(frozen=True, kw_only=True)
class OnHold:
    """Held words with all that decides where they may go."""

    reply: Reply
    heard: Heard
    run: Participation

    @property
    def among(self) -> list[Nudge]:
        """The messages that may be meant, as far as they are there."""
        rows = {row.id: row for row in self.heard.nudges}
        return [rows[each] for each in (self.reply.among or "").split(",") if each in rows]


async def on_hold(ports: Ports, reply: Reply, person: str) -> OnHold | None:
    """Return words that are held, with what is known of their author; None when they are not that person's."""
    heard = await ports.store.heard(reply.workspace, person)
    found = next((each for each in heard.runs if each[0].id == reply.enrollment), None)
    if heard.member is None or found is None or heard.member.id != reply.author:
        return None
    return OnHold(reply=reply, heard=heard, run=within(ports, heard.member, *found))
