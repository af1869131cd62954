"""The weekly look back, personal or of the cohort."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Reflection:
    """What a reflection was built from, fixed at the moment it was made."""

    id: str
    workspace: str
    cohort: str
    member: str | None  # None for the cohort's
    nudge: str
    week: int
    tried: int  # experiments done in the span
    shared: tuple[str, ...]  # ids of the replies shown, in order
    made_at: datetime
    version: int = 0
