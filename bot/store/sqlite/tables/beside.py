"""What stands beside words, and the words of a list of ids: for every part that shows words."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import Gate, ReadGrant
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply, Scope
from bot.coaching.rules.who_reads import WhoReads
from bot.coaching.words import Words as Written
from bot.coaching.words import is_shared, may_be_shared
from bot.store.port.words import Places, Share
from bot.store.sqlite.queries import Part
from bot.store.sqlite.rows import all_side_by_side, name_in


def who_reads_in(rows: Iterable[sqlite3.Row]) -> dict[str, WhoReads]:
    """Return by cohort who reads there, of rows in which cohort, gate, role, coach and grant stand side by side."""
    found: dict[str, WhoReads] = {}
    for cohort, gate, role, person, grant in all_side_by_side(rows, Cohort, Gate, Coach, Member, ReadGrant):
        known = found.get(cohort.id, WhoReads(gate=gate))
        is_new = role is not None and all(each.id != role.id for each, _ in known.coaches)
        found[cohort.id] = WhoReads(
            coaches=[*known.coaches, (role, person)] if is_new else known.coaches,
            grants=known.grants if grant is None else [*known.grants, grant],
            gate=gate,
        )
    return found


class Beside(Part):
    """A part that shows words."""

    def _written(self, workspace: str, ids: Sequence[str]) -> list[Written]:
        """Return the replies and commitments that still have words among these, in the order given."""
        wanted = json.dumps(list(ids))
        found: dict[str, Written] = {
            each.id: each for each in self._all(Reply, "replies_with", workspace=workspace, ids=wanted)
        }
        found |= {each.id: each for each in self._all(Commitment, "commitments_with", workspace=workspace, ids=wanted)}
        return [found[each] for each in dict.fromkeys(ids) if each in found]

    def _who_reads(self, workspace: str, member: str, cohorts: Collection[str]) -> dict[str, WhoReads]:
        """Return by cohort who reads what a person shares there, in one statement."""
        values = {"workspace": workspace, "member": member, "cohorts": json.dumps(sorted(cohorts))}
        return who_reads_in(self._reading.rows("who_reads", **values))

    def _who_reads_in_run(self, run: Enrollment) -> WhoReads | None:
        """Return who reads what is shared in a run; None where its person keeps all of it to themselves."""
        if run.scope is Scope.PRIVATE:
            return None
        return self._who_reads(run.workspace, run.member, [run.cohort])[run.cohort]

    def _shares(self, workspace: str, words: Sequence[Written]) -> tuple[Share, ...]:
        """Return the posts of threads made from reflections that hold one of these words, by due time."""
        found = self._reading.rows(
            "shares_with",
            workspace=workspace,
            cohorts=json.dumps(sorted({each.cohort for each in words})),
            ids=json.dumps([each.id for each in words]),
        )
        together = all_side_by_side(found, Nudge, Reflection, Nudge)
        return tuple(Share(post=post, made=made, under=under) for post, made, under in together)

    def _places(self, workspace: str, words: Sequence[Written], known: Mapping[str, WhoReads] | None = None) -> Places:
        """Return what can be said beside words of one person, in five questions at most: what none needs is empty.

        `known` is by cohort who reads there, as far as that was read already; None where nothing is said of it.
        """
        shared = [each for each in words if is_shared(each)]
        others = [each for each in words if each.scope is not Scope.PRIVATE and may_be_shared(each)]
        waiting = sorted({each.cohort for each in (*shared, *others)})
        said_by = sorted({each.answers for each in words if isinstance(each, Reply) and each.answers is not None})
        posts = self._all(Nudge, "next_posts", workspace=workspace, cohorts=json.dumps(waiting)) if waiting else []
        coaches = self._reading.rows("coaches_behind", workspace=workspace, ids=json.dumps(said_by)) if said_by else []
        taken = {each.id: each.taken_by for each in words if isinstance(each, Reply) and each.taken_by is not None}
        ids = json.dumps(sorted(set(taken.values())))
        people = self._all(Member, "members_with", workspace=workspace, ids=ids) if taken else []
        names = {each.id: each.name for each in people}
        return Places(
            shares=self._shares(workspace, shared) if shared else (),
            next_posts={post.cohort: post for post in posts},
            coaches={row["word"]: name_in(row, workspace) for row in coaches},
            readers={} if known is None else self._readers(workspace, words, known),
            takers={reply: names[who] for reply, who in taken.items() if who in names},
        )

    def _readers(
        self, workspace: str, words: Sequence[Written], known: Mapping[str, WhoReads]
    ) -> Mapping[str, WhoReads]:
        """Return by cohort who reads what of these words is shared with coaches."""
        shared = [each for each in words if each.scope is Scope.COACH]
        cohorts = {each.cohort for each in shared if not (isinstance(each, Reply) and each.answers is not None)}
        if cohorts <= known.keys():
            return known
        return self._who_reads(workspace, shared[0].member, cohorts)
