"""Who is let in to the desk."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.coaching.records.member import Member
from bot.coaching.records.nudge import LEFT_OUT, Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.session import Session, SignIn
from bot.store.port.desk import Wish
from bot.store.sqlite.queries import Part, changed
from bot.store.sqlite.rows import moment, name_in


class Desk(Part):
    """Links to the desk, sessions at it, and what its pages alone show."""

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

    async def told_left_out(self, workspace: str, member: str, occurrence: str) -> Nudge | None:
        """Return what tells a person that a coach left words out of the team's post, if anything."""
        values = {"workspace": workspace, "member": member, "prompt": LEFT_OUT, "occurrence": occurrence}
        return self._one(Nudge, "told_about", **values)

    async def posts_made(self, workspace: str, cohort: str) -> Sequence[tuple[Reflection, Nudge]]:
        """Return what each post of a cohort that has been due was built from, with the post, oldest first."""
        return self._side_by_side((Reflection, Nudge), "posts_made", workspace=workspace, cohort=cohort)

    async def people(self, workspace: str, members: Collection[str]) -> Mapping[str, Member]:
        """Return the people of these ids that are still known, by id."""
        found = self._all(Member, "members_with", workspace=workspace, ids=json.dumps(sorted(members)))
        return {each.id: each for each in found}

    async def drop_sessions(
        self, links_ended_before: datetime, *, ended_before: datetime, seen_before: datetime
    ) -> None:
        """Forget links and sessions that are over for long enough."""

        def work(connection: sqlite3.Connection) -> None:
            changed(connection, "drop_sign_ins", ended_before=moment(links_ended_before))
            changed(connection, "drop_sessions", ended_before=moment(ended_before), seen_before=moment(seen_before))

        await self._writer.write(work)
