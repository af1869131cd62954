"""A changed wording: who agreed to other texts than people read now is asked again before anything more is shown."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.coaching.records.workspace import WorkspaceState
from bot.flows.agreement.context import Granting, granting
from bot.flows.agreement.everybody import asked_again
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port import Conflict

log = logging.getLogger(__name__)


async def ask_again(ports: Ports) -> int:
    """Ask in every workspace who agreed to other texts; return how many questions that makes.

    What they let coaches read holds until now alone, so that nobody is asked twice for one change.
    """
    asked = 0
    for workspace in await ports.store.workspaces():
        there = ports.at(workspace.id)
        is_on = workspace.state is WorkspaceState.ACTIVE
        if is_on and await ports.store.is_agreed_otherwise(workspace.id, there.words.wording()):
            asked += await _asked_in(there, workspace.id)
    return asked


async def _asked_in(ports: Ports, workspace: str) -> int:
    records = for_other_texts(ports.given(), await granting(ports, workspace))
    if not records:
        return 0
    try:
        await ports.save(*records)
    except Conflict:  # somebody pressed meanwhile: the next look finds what is left
        log.info("again after conflict wording workspace=%s", workspace)
        return 0
    questions = sum(isinstance(each, Nudge) for each in records)
    log.info("asked again wording=%s workspace=%s questions=%d", ports.words.wording(), workspace, questions)
    return questions


def for_other_texts(given: Given, granting: Iterable[Granting]) -> list[ReadGrant | Nudge]:
    """Return what was granted to other texts, held until now, with a question in each run that has such a grant.

    The subject is of this very change: texts that go back to what they were are asked about anew.
    """
    wording = given.words.wording()
    others = (replace(each, grants=[grant for grant in each.grants if grant.wording != wording]) for each in granting)
    return asked_again(given, others, f"{wording}/{given.new_id()}")
