"""Whether coaches may read: where nobody recorded who agreed, none does, and somebody may wonder why."""

from collections.abc import Iterator, Sequence

from bot.coaching.records.workspace import Workspace
from bot.doctor.finding import Finding, attention, good

TELLS = "slack"  # the platform that says who is an admin


def reading(workspaces: Sequence[Workspace], shut: Sequence[Workspace], *, has_admins: bool) -> Iterator[Finding]:
    """Yield a finding for each workspace in which nobody may read, or one for all; none where there is no workspace."""
    if workspaces and not shut:
        yield good("reading", "It is recorded who agreed that coaches may read.")
    for each in shut:
        told = f"No coach may read in {each.name}: it is not recorded who agreed."
        yield attention("reading", told, _remedy(each, has_admins=has_admins))


def _remedy(workspace: Workspace, *, has_admins: bool) -> str:
    if workspace.platform == TELLS:
        return "A Slack admin or owner types “/coach reading” there and presses “Record who agreed”."
    record = "An admin types “@Pitstop reading” there and presses “Record who agreed”."
    return record if has_admins else f"Name an admin in PITSTOP_ADMINS and start anew. {record}"
