"""Who is let in to the desk."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.coaching.records.member import Member
from bot.coaching.records.session import Session, SignIn
from bot.store.port.desk import Wish
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import moment, name_in


class Desk(Part):
    """Links to the desk, and sessions at it."""

    async def sign_in(self, workspace: str, link: str) -> SignIn | None:
        """Return a link by the hash of its token, whether it is good or not."""
        return self._one(SignIn, "sign_in", workspace=workspace, link=link)

    async def sign_ins_of(self, workspace: str, member: str) -> Sequence[SignIn]:
        """Return the links of a person that were not used, oldest first."""
        return self._all(SignIn, "sign_ins_unused", workspace=workspace, member=member)

    async def session(self, workspace: str, session: str) -> tuple[Session, Member] | None:
        """Return a session by the hash of its token, ended ones included, with whose it is."""
        found = self._side_by_side((Session, Member), "session", workspace=workspace, session=session)
        return next(((row[0], row[1]) for row in found), None)

    async def sessions_of(self, workspace: str, member: str) -> Sequence[Session]:
        """Return the sessions of a person that nobody ended, oldest first."""
        return self._all(Session, "sessions_not_ended", workspace=workspace, member=member)

    async def wishes(self, workspace: str, coach: str) -> Sequence[Wish]:
        """Return who waits for a word with a coach, in the cohorts that somebody coaches, the longest first."""
        return [
            Wish(
                id=row["id"],
                cohort=row["cohort"],
                at=datetime.fromisoformat(row["at"]),
                name=name_in(row, workspace),
            )
            for row in self._reading.rows("wishes", workspace=workspace, coach=coach)
        ]

    async def drop_sessions(
        self, links_ended_before: datetime, *, ended_before: datetime, seen_before: datetime
    ) -> None:
        """Forget links and sessions that are over for long enough."""

        def work(connection: sqlite3.Connection) -> None:
            changed(connection, "drop_sign_ins", ended_before=moment(links_ended_before))
            changed(connection, "drop_sessions", ended_before=moment(ended_before), seen_before=moment(seen_before))

        await self._writer.write(work)
