"""An invitation that a channel does not take: who started the journey and who is to coach it hear so, once each."""

from collections.abc import Sequence

from bot.chat.port import Place
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.flows.messages.phrase import line
from bot.flows.ports import Ports
from bot.flows.private_answer import direct

CONCERNED = (CoachState.INVITED, CoachState.ACTIVE)


async def told(ports: Ports, row: Nudge, *, is_over: bool) -> None:
    """Tell those whom it concerns that nobody was invited yet; `is_over` once it is not tried any more."""
    if row.kind is not Kind.INVITATION:
        return
    offer = await ports.store.around_cohort(row.workspace, row.cohort)
    if offer is None:
        return
    key = "invitation-failed" if is_over else "invitation-refused"
    ports = ports.at(row.workspace)
    coaches = [coach for role, coach in offer.coaches if role.state in CONCERNED]
    for member in await _concerned(ports, row.workspace, offer.cohort.started_by, coaches):
        name = f"{key}:{row.id}/{member.id}"
        if not await ports.store.first_sight(row.workspace, member.external_id, name, ports.now):
            continue
        conversation = await direct(ports, member)
        if conversation is not None:
            language = member.language or offer.cohort.language
            told = line(ports.words, language, key, channel=offer.cohort.channel_name)
            await ports.chat.send(Place(workspace=row.workspace, conversation=conversation), told)


async def _concerned(ports: Ports, workspace: str, starter: str, coaches: Sequence[Member]) -> list[Member]:
    began = await ports.store.member(workspace, starter)
    return [*{each.id: each for each in (*([began] if began else []), *coaches)}.values()]
