"""How somebody is let in to the desk: a link that is good once, and the session that it begins.

Both are kept under the hash of a token; the token itself is known to its person's browser alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LINK_LASTS = timedelta(minutes=10)
LONGEST = timedelta(hours=8)  # from the first page to the last
IDLE = timedelta(minutes=30)  # between two pages
MOST_SEARCHES = 5  # that a session remembers


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A link to the desk: whoever has it gets in once, as the person who asked for it."""

    id: str  # hash of its token
    workspace: str
    member: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None  # also when it was called back unused
    version: int = 0

    def is_open(self, at: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.used_at is None and at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a coach looks for in the log: kept with their session, gone with it."""

    id: str  # stands in addresses, where the words never do
    words: str  # as typed


@dataclass(frozen=True, kw_only=True)
class Session:
    """A person at the desk, in one browser."""

    id: str  # hash of the cookie's token
    workspace: str
    member: str
    made_at: datetime
    seen_at: datetime  # when a page was asked for, to the minute
    ends_at: datetime
    ended_at: datetime | None = None
    searches: tuple[Search, ...] = ()  # the newest first, MOST_SEARCHES at most
    version: int = 0

    def is_live(self, at: datetime) -> bool:
        """Whether it still lets its person read."""
        return self.ended_at is None and at < min(self.ends_at, self.seen_at + IDLE)

    def ended(self, at: datetime) -> "Session":
        """Return it ended; what was looked for goes at once."""
        return replace(self, ended_at=at, searches=())

    def search(self, words: str, fresh_id: str) -> tuple["Session", Search]:
        """Return it with these words among its searches, as the newest; the same words once more keep their id."""
        known = next((each for each in self.searches if each.words == words), Search(id=fresh_id, words=words))
        others = [each for each in self.searches if each.words != words]
        return replace(self, searches=(known, *others)[:MOST_SEARCHES]), known
