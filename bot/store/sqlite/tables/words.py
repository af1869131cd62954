"""What people promised, said and answered."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.words import Words as Written
from bot.store.port.words import Confirmed, Share
from bot.store.sqlite.rows import moment
from bot.store.sqlite.tables.beside import Beside


class Words(Beside):
    """Commitments, replies, reflections and the pulse, for those whose words they are."""

    async def reply(self, workspace: str, reply: str) -> Reply | None:
        """Return a reply by id, deleted ones included."""
        return self._one(Reply, "reply", workspace=workspace, reply=reply)

    async def reply_from(self, workspace: str, source: str) -> Reply | None:
        """Return the reply that was said as "<conversation>/<message>", deleted ones included."""
        return self._one(Reply, "reply_from", workspace=workspace, source=source)

    async def confirmed(self, workspace: str, reply: str) -> Confirmed | None:
        """Return a reply by id, deleted ones included, with what its confirmation shows."""
        names = ("reply", "nudge", "enrollment", "member", "cohort")
        kinds = (Reply, Nudge, Enrollment, Member, Cohort)
        with self._reading.snapshot():
            for found in self._side_by_side(kinds, "reply_confirmed", workspace=workspace, reply=reply):
                around: dict[str, Any] = dict(zip(names, found, strict=True))
                said, row = around["reply"], around["nudge"]
                promises: list[Commitment] = []
                if said.kind is ReplyKind.DEBRIEF:
                    promises = self._all(Commitment, "promises_around", workspace=workspace, nudge=row.id)
                    around["agenda"] = self._all(Nudge, "agenda_around", workspace=workspace, nudge=row.id)
                    around["answers"] = self._all(Reply, "answers_around", workspace=workspace, nudge=row.id)
                if said.kind is ReplyKind.DEBRIEF or said.intent is not None:
                    around["who"] = self._who_reads_in_run(around["enrollment"])
                known = {around["cohort"].id: who} if (who := around.get("who")) else {}
                of_item = [each for each in promises if each.item == row.item]
                return Confirmed(**around, promises=promises, places=self._places(workspace, [said, *of_item], known))
        return None

    async def replies_of(
        self, workspace: str, member: str, *, limit: int, kinds: Sequence[ReplyKind] = ()
    ) -> Sequence[Reply]:
        """Return a person's own replies, newest first; deleted ones are left out."""
        return self._all(
            Reply, "replies_of", workspace=workspace, member=member, kinds=json.dumps(list(kinds)), limit=limit
        )

    async def replies_held(self, until: datetime, *, limit: int) -> Sequence[Reply]:
        """Return what is held for longer than that in active workspaces, the longest first."""
        return self._all(Reply, "replies_held", until=moment(until), limit=limit)

    async def stops_of(self, workspace: str, member: str) -> Sequence[Reply]:
        """Return what of a person's words is held because it may ask for no more messages."""
        return self._all(Reply, "stops_of", workspace=workspace, member=member)

    async def replies_between(self, workspace: str, member: str, since: datetime, until: datetime) -> Sequence[Reply]:
        """Return a person's own replies of [since, until) that stand, oldest first."""
        return self._all(
            Reply, "replies_between", workspace=workspace, member=member, since=moment(since), until=moment(until)
        )

    async def commitments_between(
        self, workspace: str, member: str, since: datetime, until: datetime
    ) -> Sequence[Commitment]:
        """Return the commitments with words that a person made in [since, until), oldest first."""
        return self._all(
            Commitment,
            "commitments_between",
            workspace=workspace,
            member=member,
            since=moment(since),
            until=moment(until),
        )

    async def replies_shared(self, workspace: str, cohort: str) -> Sequence[Reply]:
        """Return the replies of a cohort that stand and that their authors let into the channel, in that order."""
        return self._all(Reply, "replies_shared", workspace=workspace, cohort=cohort)

    async def commitments_shared(self, workspace: str, cohort: str) -> Sequence[Commitment]:
        """Return the commitments of a cohort that have words and were let into the channel, in that order."""
        return self._all(Commitment, "commitments_shared", workspace=workspace, cohort=cohort)

    async def words_with(self, workspace: str, ids: Sequence[str]) -> Sequence[Written]:
        """Return the replies and commitments that still have words among these, in the order given."""
        return self._written(workspace, ids)

    async def shares_with(self, workspace: str, words: Sequence[Written]) -> Sequence[Share]:
        """Return the posts of threads made from reflections that hold one of these words, by due time."""
        return self._shares(workspace, words)

    async def reflection_for(self, workspace: str, nudge: str) -> Reflection | None:
        """Return what a reflection message was built from."""
        return self._one(Reflection, "reflection_for", workspace=workspace, nudge=nudge)
