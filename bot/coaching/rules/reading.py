"""Who may read which text: the one place that decides.

Every way to somebody's words asks `may_read`: the coach's log, a digest, a form, the command line, an export, a post in
the channel. A statement of the store may narrow down what is asked about, and never widens what comes out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.coaching.records.audit import OPERATOR
from bot.coaching.records.enrollment import WORDS_KEPT
from bot.coaching.records.reading import Gate, GateKind, ReadGrant
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.workspace import Workspace
from bot.coaching.words import Words, has_words, is_shared, written_at

UNFILED = frozenset({ReplyKind.HELD, ReplyKind.REQUEST})  # of which it is not known yet what they are


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody who wants to read, with every right they have at one moment."""

    at: datetime
    person: str = ""  # member id, or OPERATOR
    channel: str = ""  # id of the cohort whose channel it is; nobody in particular then
    coaches: frozenset[str] = frozenset()  # ids of the cohorts that they coach
    grants: Sequence[ReadGrant] = ()  # to them, not ended; of the operator all those of the workspace
    gate: Gate | None = None  # the open one

    @cached_property
    def grants_by_log(self) -> Mapping[tuple[str, str], Sequence[ReadGrant]]:
        """The grants by member and cohort: of a long log each text is asked about, and few of them are about it."""
        found: defaultdict[tuple[str, str], list[ReadGrant]] = defaultdict(list)
        for each in self.grants:
            found[each.member, each.cohort].append(each)
        return found


@dataclass(frozen=True, kw_only=True)
class Text:
    """What decides who may read a text; nothing of what it says."""

    id: str
    member: str  # whose log it stands in
    author: str
    cohort: str
    scope: Scope
    written_at: datetime
    has_words: bool = True
    is_unfiled: bool = False
    is_shared: bool = False  # its author let this very version into the channel
    answers: str | None = None  # member id of the coach whose word it answers
    run_ended_at: datetime | None = None


def deciding(words: Words, answered: Reply | None, run_ended_at: datetime | None) -> Text:
    """Return what decides who may read these words; `answered` is the coach's word that they answer."""
    reply = words if isinstance(words, Reply) else None
    return Text(
        id=words.id,
        member=words.member,
        author=reply.author if reply else words.member,
        cohort=words.cohort,
        scope=words.scope,
        written_at=written_at(words),
        has_words=has_words(words),
        is_unfiled=reply is not None and reply.kind in UNFILED,
        is_shared=is_shared(words),
        answers=(answered.author if answered else "") if reply and reply.answers else None,
        run_ended_at=run_ended_at,
    )


def may_read(viewer: Viewer, text: Text) -> bool:
    """Whether somebody may read a text at this moment."""
    if not text.has_words or _is_over(viewer, text):
        return False
    if viewer.channel:
        return text.is_shared and text.cohort == viewer.channel
    is_theirs = viewer.person in (text.author, text.member)  # their own, or written to them
    return is_theirs or _may_read_of_another(viewer, text)


def _may_read_of_another(viewer: Viewer, text: Text) -> bool:
    gate = viewer.gate
    if gate is None or text.is_unfiled or text.scope is Scope.PRIVATE:
        return False
    is_granted = any(covers(grant, gate, text) for grant in viewer.grants_by_log.get((text.member, text.cohort), ()))
    if viewer.person == OPERATOR:
        return is_granted and text.answers is None
    if text.answers is not None:  # sent to one coach by its author's press, which is the grant
        is_granted = text.answers == viewer.person
    return is_granted and text.cohort in viewer.coaches


def may_look(viewer: Viewer, cohort: str) -> bool:
    """Whether somebody may open the log of a cohort at all, whatever stands in it."""
    return viewer.gate is not None and cohort in viewer.coaches


def covers(grant: ReadGrant, gate: Gate | None, text: Text) -> bool:
    """Whether a grant that has not ended is for this text; what is older than the gate counts as earlier.

    Without a gate this says what its member meant; nothing may be read by it.
    """
    if (grant.member, grant.cohort) != (text.member, text.cohort) or grant.text not in ("", text.id):
        return False
    if grant.until_at is not None and text.written_at >= grant.until_at:
        return False
    return grant.includes_earlier or text.written_at >= max(grant.from_at, gate.recorded_at if gate else grant.from_at)


def _is_over(viewer: Viewer, text: Text) -> bool:
    return text.run_ended_at is not None and text.run_ended_at + WORDS_KEPT <= viewer.at


def gate_of_practice(workspace: Workspace, at: datetime) -> list[Gate]:
    """Return the gate that a practice workspace begins with, where nobody works; a real one begins without."""
    if not workspace.practice:
        return []
    return [
        Gate(
            id=f"{workspace.id}-practice",
            workspace=workspace.id,
            kind=GateKind.PRACTICE,
            who_agreed="",
            agreed_on=at.date(),
            recorded_by="",
            recorded_at=at,
            wording="",
        )
    ]
