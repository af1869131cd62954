"""What words that come in are decided by, read on one snapshot."""

import json
from typing import Any

from bot.coaching.cohort import Coach, Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import Enrollment
from bot.coaching.member import Member
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.reply import Reply
from bot.store.port.heard import CoachWord, Heard, Typed
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import TABLES, all_side_by_side, moment

_OF_MEMBER = {"runs": "runs_of", "nudges": "nudges_of_member"}


class Listening(Part):
    """A person with their runs, and words they typed."""

    async def heard(self, workspace: str, person: str, *, typed: Typed | None = None) -> Heard:
        """Return what is known of a person by their external id, and of words, if given."""
        with self._reading.snapshot():
            known = self._known(workspace, person, typed)
            reply, member = known.get("reply"), known["member"]
            if not person and reply is not None:
                known["member"] = member = self._one(Member, "member", member=reply.author)
            return Heard(**known, **(self._of_member(member) if member is not None else {}))

    def _known(self, workspace: str, person: str, typed: Typed | None) -> dict[str, Any]:
        """Return who it is, and what is known of words."""
        asked = {"who": "member_of"}
        given: dict[str, object] = {"workspace": workspace, "external_id": person}
        if typed is not None:
            asked |= {"noted": "noted", "reply": "reply_from"}
            given["source"] = f"{typed.conversation}/{typed.message}"
            given |= {"ids": json.dumps(list(typed.noted)), "first": "", "last": "", "conversation": typed.conversation}
            if typed.ahead is not None:
                given["first"], given["last"] = typed.ahead
            if typed.said is not None:
                asked["near"] = "replies_said"
                given["since"], given["until"] = map(moment, typed.said)
            if typed.answers is not None:
                asked["answers"] = "answered"
                given["message"] = typed.answers
        found = self._reading.several(asked, **given)
        noted = {row["id"] for row in found.get("noted", ())}
        known: dict[str, Any] = {"member": next(iter(TABLES[Member].records(found["who"])), None)}
        if typed is not None:
            known["reply"] = next(iter(TABLES[Reply].records(found["reply"])), None)
            known["near"] = TABLES[Reply].records(found.get("near", ()))
            known["noted"] = noted.intersection(typed.noted)
            known["ahead"] = noted.difference(typed.noted)
            for row in found.get("answers", ()):
                known |= {"answers": row["nudge"], "answers_message": bool(row["is_message"])}
        return known

    def _of_member(self, member: Member) -> dict[str, Any]:
        """Return a person's runs with all that was sent in them, and what stands behind it."""
        found = self._reading.several(_OF_MEMBER, member=member.id)
        nudges = TABLES[Nudge].records(found["nudges"])
        around: dict[str, Any] = {"runs": all_side_by_side(found["runs"], Enrollment, Cohort), "nudges": nudges}
        kinds = {row.kind for row in nudges if row.sent_at is not None}
        if Kind.COACH_WORD in kinds:
            words = self._side_by_side((Reply, Member, Coach), "coach_words_to", member=member.id)
            around["words"] = {word.id: CoachWord(word=word, author=who, role=role) for word, who, role in words}
            around["told"] = self._side_by_side((Reply, Nudge), "told_with", author=member.id)
        if Kind.DAY_OF in kinds:
            around["promises"] = {each.id: each for each in self._all(Commitment, "commitments_of", member=member.id)}
        return around
