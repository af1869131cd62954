"""What people promised, said and answered."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.coaching.cohort import Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import Enrollment
from bot.coaching.member import Member
from bot.coaching.nudge import Nudge
from bot.coaching.pulse import PulseAnswer, Wave
from bot.coaching.reflection import Reflection
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.words import Words as Written
from bot.coaching.words import is_shared, may_be_shared
from bot.store.port.words import Confirmed, Places, Share
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import NEWEST, moment, side_by_side


class Words(Part):
    """Commitments, replies, reflections and the pulse, for those whose words they are."""

    async def commitment(self, commitment: str) -> Commitment | None:
        """Return a commitment by id."""
        return self._one(Commitment, "commitment", commitment=commitment)

    async def commitments_of(self, member: str) -> Sequence[Commitment]:
        """Return a member's commitments, newest first."""
        return self._all(Commitment, "commitments_of", member=member)

    async def commitments_for(self, nudge: str) -> Sequence[Commitment]:
        """Return the commitments that answer a nudge, newest first."""
        return self._all(Commitment, "commitments_for", nudge=nudge)

    async def reply(self, reply: str) -> Reply | None:
        """Return a reply by id, deleted ones included."""
        return self._one(Reply, "reply", reply=reply)

    async def reply_from(self, workspace: str, source: str) -> Reply | None:
        """Return the reply that was said as "<conversation>/<message>", deleted ones included."""
        return self._one(Reply, "reply_from", workspace=workspace, source=source)

    async def confirmed(self, reply: str) -> Confirmed | None:
        """Return a reply by id, deleted ones included, with what its confirmation shows."""
        for found in self._side_by_side((Reply, Nudge, Enrollment, Member, Cohort), "reply_confirmed", reply=reply):
            said, nudge, enrollment, member, cohort = found
            places = await self.places_of([said])
            return Confirmed(
                reply=said, nudge=nudge, enrollment=enrollment, member=member, cohort=cohort, places=places
            )
        return None

    async def replies_to(self, nudge: str) -> Sequence[Reply]:
        """Return the replies that stand, oldest first; deleted ones are left out."""
        return self._all(Reply, "replies_to", nudge=nudge)

    async def replies_of(self, member: str, *, limit: int, kinds: Sequence[ReplyKind] = ()) -> Sequence[Reply]:
        """Return a person's own replies, newest first; deleted ones are left out."""
        return self._all(Reply, "replies_of", member=member, kinds=json.dumps(list(kinds)), limit=limit)

    async def replies_between(self, member: str, since: datetime, until: datetime) -> Sequence[Reply]:
        """Return a person's own replies of [since, until) that stand, oldest first."""
        return self._all(Reply, "replies_between", member=member, since=moment(since), until=moment(until))

    async def commitments_between(self, member: str, since: datetime, until: datetime) -> Sequence[Commitment]:
        """Return the commitments with words that a person made in [since, until), oldest first."""
        return self._all(Commitment, "commitments_between", member=member, since=moment(since), until=moment(until))

    async def replies_shared(self, cohort: str) -> Sequence[Reply]:
        """Return the replies of a cohort that stand and that their authors let into the channel, in that order."""
        return self._all(Reply, "replies_shared", cohort=cohort)

    async def commitments_shared(self, cohort: str) -> Sequence[Commitment]:
        """Return the commitments of a cohort that have words and were let into the channel, in that order."""
        return self._all(Commitment, "commitments_shared", cohort=cohort)

    async def own_words(self, member: str, *, before: tuple[datetime, str] | None, limit: int) -> Sequence[Written]:
        """Return what a person wrote and still stands, replies and commitments, newest first by (moment, id)."""
        before_at, before_id = NEWEST if before is None else (moment(before[0]), before[1])
        found = self._reading.rows("own_words", member=member, before_at=before_at, before_id=before_id, limit=limit)
        return await self.words_with([row["id"] for row in found])

    async def words_with(self, ids: Sequence[str]) -> Sequence[Written]:
        """Return the replies and commitments that still have words among these, in the order given."""
        wanted = json.dumps(list(ids))
        found: dict[str, Written] = {each.id: each for each in self._all(Reply, "replies_with", ids=wanted)}
        if len(found) < len(ids):
            found |= {each.id: each for each in self._all(Commitment, "commitments_with", ids=wanted)}
        return [found[each] for each in dict.fromkeys(ids) if each in found]

    async def shares_with(self, words: Sequence[Written]) -> Sequence[Share]:
        """Return the posts of threads made from reflections that hold one of these words, by due time."""
        if not words:
            return ()
        found = self._reading.rows(
            "shares_with",
            cohorts=json.dumps(sorted({each.cohort for each in words})),
            ids=json.dumps([each.id for each in words]),
        )
        together = [side_by_side(row, Nudge, Reflection, Nudge) for row in found]
        return [Share(post=post, made=made, under=under) for post, made, under in together]

    async def places_of(self, words: Sequence[Written]) -> Places:
        """Return what can be said beside these words, in three questions at most."""
        shared = [each for each in words if is_shared(each)]
        others = [each for each in words if each.scope is not Scope.PRIVATE and may_be_shared(each)]
        waiting = sorted({each.cohort for each in (*shared, *others)})
        said_by = sorted({each.answers for each in words if isinstance(each, Reply) and each.answers is not None})
        posts = self._all(Nudge, "next_posts", cohorts=json.dumps(waiting)) if waiting else []
        coaches = self._reading.rows("coaches_behind", ids=json.dumps(said_by)) if said_by else []
        return Places(
            shares=await self.shares_with(shared),
            next_posts={post.cohort: post for post in posts},
            coaches={row["word"]: row["name"] for row in coaches},
        )

    async def reflection_for(self, nudge: str) -> Reflection | None:
        """Return what a reflection message was built from."""
        return self._one(Reflection, "reflection_for", nudge=nudge)

    async def pulse_of(self, enrollment: str) -> Sequence[PulseAnswer]:
        """Return a member's answers of both waves, in the order given."""
        return self._all(PulseAnswer, "pulse_of", enrollment=enrollment)

    async def pulse_in(self, cohort: str, wave: Wave) -> Sequence[PulseAnswer]:
        """Return a cohort's answers of one wave."""
        return self._all(PulseAnswer, "pulse_in", cohort=cohort, wave=str(wave))
