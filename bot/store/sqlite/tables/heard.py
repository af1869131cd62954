"""What words that come in are decided by, read on one snapshot."""

import json
from typing import Any

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, Scope
from bot.store.port.heard import CoachWord, Heard, Typed
from bot.store.sqlite.rows import TABLES, all_side_by_side, moment
from bot.store.sqlite.tables.beside import Beside


class Listening(Beside):
    """A person with their runs, and words they typed."""

    async def heard(self, workspace: str, person: str, *, typed: Typed | None = None) -> Heard:
        """Return what is known of a person by their external id, and of words, if given."""
        with self._reading.snapshot():
            known = self._known(workspace, person, typed)
            reply = known.get("reply")
            if not person and reply is not None:
                known["member"] = self._one(Member, "member", workspace=workspace, member=reply.author)
                known["runs"] = self._side_by_side(
                    (Enrollment, Cohort), "runs_of", workspace=workspace, member=reply.author
                )
            member, runs = known["member"], known["runs"]
            if typed is not None and runs:
                known["next_post"] = self._next_post(*runs[0])
                known["who"] = self._who_reads_in_run(runs[0][0])
            return Heard(**known, **(self._of_member(workspace, member) if member is not None else {}))

    def _known(self, workspace: str, person: str, typed: Typed | None) -> dict[str, Any]:
        """Return who it is, with their runs, and what is known of words."""
        asked = {"who": "member_with_runs"}
        given: dict[str, object] = {"workspace": workspace, "external_id": person}
        if typed is not None:
            asked |= {"noted": "noted", "reply": "reply_from", "said_before": "said_before"}
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
        who = all_side_by_side(found["who"], Member, Enrollment, Cohort)
        known: dict[str, Any] = {"member": None, "runs": ()}
        if who:
            known["member"] = who[0][0]
            known["runs"] = [(run, cohort) for _, run, cohort in who if run is not None]
        if typed is not None:
            known["reply"] = next(iter(TABLES[Reply].records(found["reply"])), None)
            known["near"] = TABLES[Reply].records(found.get("near", ()))
            known["said_before"] = found["said_before"][0]["texts"]
            known["noted"] = noted.intersection(typed.noted)
            known["ahead"] = noted.difference(typed.noted)
            for row in found.get("answers", ()):
                known |= {"answers": row["nudge"], "answers_message": bool(row["is_message"])}
        return known

    def _next_post(self, run: Enrollment, cohort: Cohort) -> Nudge | None:
        """Return the post that takes in what is let into the channel next; None where nobody but the person reads."""
        if run.scope is Scope.PRIVATE:
            return None
        return self._one(Nudge, "next_posts", workspace=cohort.workspace, cohorts=json.dumps([cohort.id]))

    def _of_member(self, workspace: str, member: Member) -> dict[str, Any]:
        """Return all that was sent in a person's runs, and what stands behind it."""
        nudges = self._all(Nudge, "nudges_of_member", workspace=workspace, member=member.id)
        around: dict[str, Any] = {"nudges": nudges}
        kinds = {row.kind for row in nudges if row.sent_at is not None}
        if Kind.COACH_WORD in kinds:
            words = self._side_by_side((Reply, Member, Coach), "coach_words_to", workspace=workspace, member=member.id)
            around["words"] = {word.id: CoachWord(word=word, author=who, role=role) for word, who, role in words}
            around["told"] = self._side_by_side((Reply, Nudge), "told_with", workspace=workspace, author=member.id)
        if Kind.DAY_OF in kinds:
            around["promises"] = {
                each.id: each for each in self._all(Commitment, "commitments_of", workspace=workspace, member=member.id)
            }
        return around
