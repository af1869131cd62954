"""A form that a person has before them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """One opening of a form: whose it is, and where it stands."""

    workspace: str
    opening: str  # id of this very opening
    person: str  # external id
    form: str  # its kind; empty when nobody knows whether it was shown
    first_field: str
    about: str = ""  # id of the record whose words, another person's, it shows; empty when it shows none
    opened_at: datetime
    conversation: str = ""  # where its card stands, on a platform on which a form is a card
    message: str = ""
