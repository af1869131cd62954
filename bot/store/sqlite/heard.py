"""What words that come in are decided by, read on one snapshot."""

import json
from operator import itemgetter
from typing import Any

from bot.coaching.cohort import Coach, Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import Enrollment
from bot.coaching.member import Member
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.reply import Reply
from bot.store.port.heard import CoachWord, Heard, Typed
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import moment


class Listening(Part):
    """A person with their runs, and words they typed."""

    async def heard(self, workspace: str, person: str, *, typed: Typed | None = None) -> Heard:
        """Return what is known of a person by their external id, and of words, if given."""
        with self._reading.snapshot():
            known = self._known(workspace, typed) if typed is not None else {}
            if person:
                member = self._one(Member, "member_of", workspace=workspace, external_id=person)
            else:
                reply = known.get("reply")
                member = self._one(Member, "member", member=reply.author) if reply else None
            return Heard(member=member, **known, **(self._of_member(member) if member else {}))

    def _known(self, workspace: str, typed: Typed) -> dict[str, Any]:
        """Return what is known of words."""
        source = f"{typed.conversation}/{typed.message}"
        first, last = typed.ahead or ("", "")
        found = self._reading.rows("noted", ids=json.dumps(list(typed.noted)), first=first, last=last)
        noted = {*map(itemgetter("id"), found)}
        known: dict[str, Any] = {
            "reply": self._one(Reply, "reply_from", workspace=workspace, source=source),
            "noted": noted.intersection(typed.noted),
            "is_ahead": not noted.issubset(typed.noted),
        }
        if typed.said is not None:
            since, until = map(moment, typed.said)
            span = {"workspace": workspace, "conversation": typed.conversation, "since": since, "until": until}
            known["near"] = self._all(Reply, "replies_said", **span)
        if typed.answers is not None:
            place = {"workspace": workspace, "conversation": typed.conversation, "message": typed.answers}
            for row in self._reading.rows("answered", **place):
                known |= {"answers": row["nudge"], "answers_message": bool(row["is_message"])}
        return known

    def _of_member(self, member: Member) -> dict[str, Any]:
        """Return a person's runs with all that was sent in them, and what stands behind it."""
        around: dict[str, Any] = {
            "nudges": self._all(Nudge, "nudges_of_member", member=member.id),
            "runs": self._side_by_side((Enrollment, Cohort), "runs_of", member=member.id),
        }
        kinds = {row.kind for row in around["nudges"] if row.sent_at is not None}
        if Kind.COACH_WORD in kinds:
            found = self._side_by_side((Reply, Member, Coach), "coach_words_to", member=member.id)
            around["words"] = {word.id: CoachWord(word=word, author=who, role=role) for word, who, role in found}
            around["told"] = self._side_by_side((Reply, Nudge), "told_with", author=member.id)
        if Kind.DAY_OF in kinds:
            around["promises"] = {each.id: each for each in self._all(Commitment, "commitments_of", member=member.id)}
        return around
