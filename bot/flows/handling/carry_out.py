"""How a decision is carried out: in one order for all."""

from bot.chat.port import Command, FormErrors, Incoming, Press
from bot.flows.context.decision import Decision
from bot.flows.handling.ownership import refuse
from bot.flows.ports import Ports
from bot.flows.private_answer import open_form, tell


async def carry_out(ports: Ports, incoming: Incoming, decision: Decision) -> FormErrors | None:
    """Save, then say and open, as was decided; return what is wrong with a form.

    Raises Conflict before anything is said. What was marked by the save is shown by whoever received what came in.
    """
    if decision.records:
        await ports.save(*decision.records, withdraws=decision.withdraws, pages=decision.pages, also=decision.also)
    if decision.refuses and isinstance(incoming, Press):
        await refuse(ports, incoming, decision.refuses)
    if decision.again:
        await ports.again(incoming.workspace, *decision.again)
    if decision.opens is not None and isinstance(incoming, Command | Press):
        await open_form(ports, incoming, decision.opens)
    if decision.says is not None and decision.where is not None:
        await ports.chat.whisper(decision.where, incoming.person, decision.says)
    elif decision.says is not None:
        await tell(ports, incoming, decision.says, replaces=decision.replaces)
    return decision.wrong
