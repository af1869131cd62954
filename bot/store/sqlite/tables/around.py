"""What use cases decide by, each read on one snapshot."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply
from bot.coaching.words import Words as Written
from bot.store.port.around import AroundLook, AroundNudge, AroundWord, AroundWords
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import TABLES, side_by_side
from bot.store.sqlite.tables.beside import who_reads_in

_AROUND = {
    "nudge": "around_nudge",
    "agenda": "agenda_around",
    "promises": "promises_around",
    "answers": "answers_around",
    "doubts": "doubts",
    "who": "who_around",
}
_AROUND_WORD = {**_AROUND, "word": "word_around", "answered": "answered_around"}
_AROUND_LOOK = {
    **_AROUND,
    "made": "reflection_for",
    "replies": "replies_looked_at",
    "commitments": "promises_looked_at",
}
_AROUND_WORDS = {
    "reply": "reply_around",
    "commitment": "commitment_around",
    "around": "around_words",
    "agenda": "agenda_around_words",
    "who": "who_around_words",
    "posts": "post_around_words",
    "screen": "screen_around_words",
}


class Around(Part):
    """Records, with those around them."""

    async def around_nudge(self, workspace: str, nudge: str) -> AroundNudge | None:
        """Return a person's nudge with its run; None for a post, and for one that is not there."""
        found = self._reading.together(_AROUND, workspace=workspace, nudge=nudge)
        return AroundNudge(**_of_nudge(found)) if found["nudge"] else None

    async def around_word(self, workspace: str, nudge: str) -> AroundWord | None:
        """Return the nudge that brought a coach's word, with that word."""
        found = self._reading.together(_AROUND_WORD, workspace=workspace, nudge=nudge)
        if not found["nudge"]:
            return None
        word = side_by_side(found["word"][0], Reply, Nudge, Member, Coach) if found["word"] else (None,) * 4
        return AroundWord(
            **_of_nudge(found),
            word=word[0],
            about=word[1],
            author=word[2],
            role=word[3],
            answered=[side_by_side(each, Reply, Nudge) for each in found["answered"]],
        )

    async def around_look(self, workspace: str, nudge: str) -> AroundLook | None:
        """Return a person's look back, with the words it was built from."""
        found = self._reading.together(_AROUND_LOOK, workspace=workspace, nudge=nudge)
        if not found["nudge"]:
            return None
        made = TABLES[Reflection].record(found["made"][0]) if found["made"] else None
        stand: dict[str, Written] = {row["id"]: TABLES[Reply].record(row) for row in found["replies"]}
        stand |= {row["id"]: TABLES[Commitment].record(row) for row in found["commitments"]}
        words = [stand[each] for each in dict.fromkeys(made.shared if made else ()) if each in stand]
        return AroundLook(**_of_nudge(found), words=words)

    async def around_words(self, workspace: str, words: str) -> AroundWords | None:
        """Return a reply or a commitment by id, deleted ones included, with its run."""
        found = self._reading.together(_AROUND_WORDS, workspace=workspace, words=words)
        if not found["around"]:
            return None
        enrollment, member, cohort, nudge = side_by_side(found["around"][0], Enrollment, Member, Cohort, Nudge)
        kind: type[Written] = Reply if found["reply"] else Commitment
        written: Written = TABLES[kind].record((found["reply"] or found["commitment"])[0])
        posts = [TABLES[Nudge].record(each) for each in found["posts"]]
        return AroundWords(
            words=written,
            nudge=nudge,
            enrollment=enrollment,
            member=member,
            cohort=cohort,
            agenda=[TABLES[Nudge].record(each) for each in found["agenda"]],
            who=who_reads_in(found["who"])[cohort.id],
            next_post=posts[0] if posts else None,
            is_confirmed=bool(found["screen"]),
        )


def _of_nudge(found: Mapping[str, list[sqlite3.Row]]) -> dict[str, Any]:
    """Return what was read around a nudge that is there."""
    row, enrollment, member, cohort = side_by_side(found["nudge"][0], Nudge, Enrollment, Member, Cohort)
    around = {"nudge": row, "enrollment": enrollment, "member": member, "cohort": cohort}
    return {
        **around,
        **_of_run(found),
        "doubts": found["doubts"][0]["doubts"],
        "who": who_reads_in(found["who"])[cohort.id],
    }


def _of_run(found: Mapping[str, list[sqlite3.Row]]) -> dict[str, Any]:
    """Return what is decided by in a run, as it was read."""
    return {
        "agenda": [TABLES[Nudge].record(each) for each in found["agenda"]],
        "promises": [TABLES[Commitment].record(each) for each in found["promises"]],
        "answers": [TABLES[Reply].record(each) for each in found["answers"]],
    }
