"""What messages show, each read on one snapshot."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import ABOUT_READING, LEFT_OUT, Kind, Nudge, NudgeState
from bot.coaching.records.pulse import PulseAnswer, Tally, Wave
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.rules.reading import deciding, may_read
from bot.coaching.rules.who_reads import WhoReads
from bot.store.port.shown import NewText, ShownDigest, ShownNudge, ShownPost, ShownToCoach
from bot.store.sqlite.log_line import decided_by, lines_of
from bot.store.sqlite.rows import moment, name_in
from bot.store.sqlite.tables.beside import Beside
from bot.store.sqlite.tables.readers import viewer_of

WEEK = timedelta(days=6)  # from the first day of a digest's week to its last
# Messages that name nobody who reads: what they show is no word of their person, or was named where it was written.
WITHOUT_READERS = frozenset({Kind.PULSE, Kind.SILENCE, Kind.BACK, Kind.CLOSING, Kind.REFLECTION, Kind.COACH_WORD})
MOST_OWN = 6  # of one kind; the habit that stands is among the newest of them


class Shown(Beside):
    """Messages, with what they show."""

    async def shown(self, workspace: str, nudge: str) -> ShownNudge | ShownPost | ShownToCoach | ShownDigest | None:
        """Return a message by the id of its nudge; None for one that is not there."""
        with self._reading.snapshot():
            for found in self._side_by_side(
                (Nudge, Cohort, Member, Enrollment), "shown", workspace=workspace, nudge=nudge
            ):
                row, cohort, member, enrollment = found
                if enrollment is not None:
                    who = self._who_reads_beside(row, enrollment)
                    run = {"cohort": cohort, "member": member, "enrollment": enrollment, "who": who}
                    known = {enrollment.cohort: who} if who is not None else {}
                    rows = self._all(Nudge, "below", workspace=workspace, nudge=nudge) if row.card == row.id else ()
                    below = [ShownNudge(nudge=each, **run, **self._in_run(each, known)) for each in rows]
                    return ShownNudge(nudge=row, below=below, **run, **self._in_run(row, known))
                if row.kind is Kind.COACH_DIGEST:
                    made = self._one(Reflection, "reflection_for", workspace=workspace, nudge=nudge)
                    return self._digest(row, made, made.made_at if made else row.due_at)
                if member is not None:
                    names = ("role", "starter", "answer", "author")
                    behind = self._side_by_side(
                        (Coach, Member, Reply, Member), "shown_to_coach", workspace=workspace, nudge=nudge
                    )[0]
                    return ShownToCoach(
                        nudge=row, cohort=cohort, member=member, **dict(zip(names, behind, strict=True))
                    )
                return ShownPost(nudge=row, cohort=cohort, **self._in_post(row))
        return None

    async def tallies(self, workspace: str, cohort: str) -> Sequence[Tally]:
        """Return how a cohort answers the pulse by now, however few they are."""
        found = self._reading.rows("pulse_of_cohort", workspace=workspace, cohort=cohort)
        return [Tally(**{**each, "wave": Wave(each["wave"])}) for each in map(dict, found)]

    async def first_tallies(self, workspace: str, cohort: str) -> Sequence[Tally]:
        """Return how the answers spread that the cohort's channel was told of first; nothing where it was not."""
        made = self._one(Reflection, "first_pulse_told", workspace=workspace, cohort=cohort)
        return made.pulse if made else ()

    async def digest_made(self, digest: Nudge, until: datetime, *, since: datetime | None = None) -> ShownDigest:
        """Return what a coach's digest would tell of if it were made at that moment."""
        with self._reading.snapshot():
            return self._digest(digest, None, until, moment(since) if since else None)

    async def new_texts(
        self, workspace: str, coach: str, since: Mapping[str, datetime | None], until: datetime
    ) -> Sequence[NewText]:
        """Return what a coach may read of each of these cohorts that came after its moment, oldest first."""
        moments = json.dumps({cohort: moment(at) if at else "" for cohort, at in since.items()})
        asked = {"workspace": workspace, "member": coach, "since": moments, "until": moment(until)}
        with self._reading.snapshot():
            viewer = viewer_of(self._reading.rows, workspace, coach, until)
            lines = lines_of(self._reading.rows("new_texts", **asked))
            runs = json.dumps(sorted({line["enrollment"] for line in lines}))
            known = {row["id"]: row for row in self._reading.rows("runs_called", workspace=workspace, runs=runs)}
        for line in lines:
            line["run_ended_at"] = known[line["enrollment"]]["run_ended_at"]
        lines.sort(key=itemgetter("at", "id"))
        return [
            NewText(
                id=line["id"],
                edition=line["edition"],
                cohort=line["cohort"],
                person=line["member"],
                name=name_in(known[line["enrollment"]], workspace),
                is_answer=line["answers"] is not None,
            )
            for line in lines
            if may_read(viewer, decided_by(line))
        ]

    def _digest(self, row: Nudge, made: Reflection | None, until: datetime, asked: str | None = None) -> ShownDigest:
        coach = {"workspace": row.workspace, "member": row.member}
        found = asked or self._reading.rows("digests_before", **coach, until=moment(until))[0]["since"]
        since = {"since": found or "", "until": moment(until)}
        week = {"first_day": row.local_date.isoformat(), "last_day": (row.local_date + WEEK).isoformat()}
        member = self._one(Member, "member", **coach)
        cohort = self._one(Cohort, "cohort", workspace=row.workspace, cohort=row.cohort)
        assert member is not None, "foreign keys hold"
        assert cohort is not None, "foreign keys hold"
        viewer = viewer_of(self._reading.rows, row.workspace, row.member or "", until)
        return ShownDigest(
            viewer=viewer,
            nudge=row,
            member=member,
            cohort=cohort,
            made=made,
            coached=self._all(Cohort, "coached_by", **coach),
            since=datetime.fromisoformat(found) if found else None,
            replies=[
                (reply, author)
                for reply, author, word, run in self._side_by_side(
                    (Reply, Member, Reply, Enrollment), "digest_replies", **coach, **since
                )
                if may_read(viewer, deciding(reply, word, run.ended_at))
            ],
            promises=[
                (promise, author)
                for promise, author, run in self._side_by_side(
                    (Commitment, Member, Enrollment), "digest_promises", **coach, **since, **week
                )
                if may_read(viewer, deciding(promise, None, run.ended_at))
            ],
            posts={post.cohort: post for post in self._all(Nudge, "posts_after", **coach, until=moment(until))},
            words=self._written(row.workspace, made.shared if made else ()),
        )

    def _who_reads_beside(self, row: Nudge, run: Enrollment) -> WhoReads | None:
        """Return who reads what a person shares, where the message says so."""
        if row.kind in ABOUT_READING:
            return self._who_reads(row.workspace, run.member, [row.cohort])[row.cohort]
        return None if row.kind in WITHOUT_READERS else self._who_reads_in_run(run)

    def _in_run(self, row: Nudge, known: Mapping[str, WhoReads]) -> dict[str, Any]:
        match row.kind:
            case Kind.READING_NEWS if row.prompt == LEFT_OUT:
                return self._left_out(row)
            case Kind.WELCOME | Kind.SILENCE | Kind.READING_ASK | Kind.READING_NEWS:
                return {}
            case Kind.PULSE:
                return {"pulse": self._all(PulseAnswer, "pulse_of", workspace=row.workspace, enrollment=row.enrollment)}
            case Kind.CLOSING:
                return {
                    "pulse": self._all(PulseAnswer, "pulse_of", workspace=row.workspace, enrollment=row.enrollment),
                    "agenda": self._all(Nudge, "agenda_around", workspace=row.workspace, nudge=row.id),
                    "promises": self._all(Commitment, "promises_around", workspace=row.workspace, nudge=row.id),
                    "habits": self._own(row, ReplyKind.KEEP),
                    "noticed": self._own(row, ReplyKind.CHECK),
                }
            case Kind.REFLECTION:
                made = self._one(Reflection, "reflection_for", workspace=row.workspace, nudge=row.id)
                words = self._written(row.workspace, made.shared if made else ())
                return {
                    "made": made,
                    "words": words,
                    "places": self._places(row.workspace, words),
                    "promises": self._all(Commitment, "promises_around", workspace=row.workspace, nudge=row.id),
                }
            case _:
                return {
                    "agenda": self._all(Nudge, "agenda_around", workspace=row.workspace, nudge=row.id),
                    **self._in_agenda(row, known),
                }

    def _left_out(self, row: Nudge) -> dict[str, Any]:
        """Return what a coach left out of a post, with who that was, as it stands now."""
        words = self._written(row.workspace, [row.subject or ""])
        by = next((each.left_out_by for each in words if each.left_out_by), None)
        coach = self._one(Member, "member", workspace=row.workspace, member=by) if by else None
        return {"words": words, "author": coach}

    def _in_agenda(self, row: Nudge, known: Mapping[str, WhoReads]) -> dict[str, Any]:
        """Return what else a message shows that says whether typed words are kept."""
        match row.kind:
            case Kind.KEEP:
                return {}
            case Kind.BACK:  # only when the next one comes
                return {"promises": self._all(Commitment, "promises_around", workspace=row.workspace, nudge=row.id)}
            case Kind.BOOSTER:
                return {"habits": self._own(row, ReplyKind.KEEP)}
            case Kind.COACH_WORD:
                brought = self._side_by_side(
                    (Reply, Nudge, Member, Coach), "word_around", workspace=row.workspace, nudge=row.id
                )
                word, _, author, role = brought[0] if brought else (None,) * 4
                return {"word": word, "author": author, "role": role}
            case _:
                promises = self._all(Commitment, "promises_around", workspace=row.workspace, nudge=row.id)
                of_item = [each for each in promises if each.item == row.item]
                return {"promises": promises, "places": self._places(row.workspace, of_item, known)}

    def _own(self, row: Nudge, kind: ReplyKind) -> list[Reply]:
        """Return what a person said of one kind, newest first, in whatever run."""
        values = {"workspace": row.workspace, "member": row.member, "kinds": json.dumps([kind])}
        return self._all(Reply, "replies_of", **values, limit=MOST_OWN)

    def _in_post(self, row: Nudge) -> dict[str, Any]:
        match row.kind:
            case Kind.INVITATION:
                return {
                    "coaches": self._side_by_side(
                        (Coach, Member), "coaches_known", workspace=row.workspace, cohort=row.cohort
                    )
                }
            case Kind.TEAM_SHARE:
                return self._made(row.workspace, row.subject or "")
            case Kind.TEAM_REFLECTION:
                return {**self._made(row.workspace, row.id), "before": self._told_before(row)}
            case _:
                return self._made(row.workspace, row.id)

    def _told_before(self, row: Nudge) -> list[Reflection]:
        """Return what the weekly posts were built from that stand in a channel, and came before this one."""
        found = self._side_by_side((Reflection, Nudge), "posts_made", workspace=row.workspace, cohort=row.cohort)
        return [
            made
            for made, post in found
            if (post.kind, post.state) == (row.kind, NudgeState.SENT) and post.due_at < row.due_at
        ]

    def _made(self, workspace: str, nudge: str) -> dict[str, Any]:
        """Return what a post was built from, as it stands now, with whose words they are."""
        made = self._one(Reflection, "reflection_for", workspace=workspace, nudge=nudge)
        words = self._written(workspace, made.shared if made else ())
        authors = [each.author if isinstance(each, Reply) else each.member for each in words]
        people = self._all(Member, "members_with", workspace=workspace, ids=json.dumps(sorted(set(authors))))
        return {"made": made, "words": words, "authors": {each.id: each for each in people}}
