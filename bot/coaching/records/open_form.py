"""A form that a person has before them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """One opening of a form that can be sent in, and whose it is."""

    workspace: str
    opening: str  # id of this very opening
    person: str  # external id
    form: str  # its kind; empty when nobody knows whether it was shown
    first_field: str
    opened_at: datetime
