"""The customer boundary."""

from dataclasses import dataclass
from enum import StrEnum


class WorkspaceState(StrEnum):
    """Whether we may still call."""

    ACTIVE = "active"
    UNINSTALLED = "uninstalled"  # the app was removed or its token revoked: nothing is sent


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A customer of ours: a Slack team or a Teams tenant."""

    id: str
    platform: str  # "slack" or "teams"
    external_id: str  # Slack's team_id, Teams' tenant id
    name: str
    bot: str  # the bot's own person id on the platform
    state: WorkspaceState = WorkspaceState.ACTIVE
    practice: bool = False  # lives in the practice workspace, never in a real one
    lets_outsiders_join: bool = False  # guests, and people of another organization
    lets_line_managers_coach: bool = True
    version: int = 0
