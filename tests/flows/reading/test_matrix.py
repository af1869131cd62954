"""Who learns what, whoever asks and however: every button, form, verb and message, with every id there is.

Each text has a mark of its own. What is shown anywhere to each of these people is compared with what they may read,
which is written down here text by text and derived from no rule of the bot.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import Command, Deleted, Edited, HomeOpened, Incoming, Press, Said, Submitted
from bot.coaching.records.audit import OPERATOR
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.member import Member, MemberState, Origin
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reading import EndedBy, ReadGrant, Seat
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.verbs import Verb
from bot.flows.coach.page import Page
from bot.flows.dispatch import FORMS, PRESSES, receive
from bot.store.port import Record
from bot.store.port.readers import LogFilter
from tests.conftest import CHANNEL, World
from tests.flows.agreement.settled import promote
from tests.flows.talk import begin, common, member_of, run_of
from tests.flows.test_forged import FILLED, Mirror
from tests.long_form import only_long
from tests.store.scene import a_coach, a_commitment, a_grant, a_reply

TUESDAY = "2026-01-13T10:05"
MARKS = (
    "granted",  # shared with the coach, after the grant and the gate
    "plan",  # the same, a plan
    "earlier",  # from before the grant
    "private",
    "private-plan",
    "held",  # nobody knows yet what it is
    "gone",  # taken back
    "channel",  # shared with the coach, and let into the channel
    "word",  # the coach's, to its author
    "answer",  # to that word
    "robins",  # another member's, shared with the coach
    "robins-private",
)
ROBINS = frozenset({"robins", "robins-private"})
SANNES = frozenset(MARKS) - ROBINS - {"gone"}
LOGGED = frozenset({"granted", "plan", "channel", "word", "answer", "robins"})
NOTHING = frozenset[str]()


def mark(name: str) -> str:
    """Return the word that stands in one text alone."""
    return f"zeppelin{name.replace('-', '')}x"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody who asks, and what they may read in what way."""

    name: str  # who they are here
    who: str  # as whom they act
    must: frozenset[str] = NOTHING  # what they find, where they ask rightly
    may: frozenset[str] = NOTHING  # what may be shown to them besides


VIEWERS = [
    Viewer(name="the author", who="Sanne", must=SANNES),
    Viewer(name="another member", who="Robin", must=ROBINS),
    Viewer(name="the coach", who="Marit", must=LOGGED),
    Viewer(name="the coach of another cohort", who="Grace"),
    Viewer(name="a coach whom nobody granted", who="Arjun"),
    Viewer(name="a coach who stepped down", who="Iris"),
    Viewer(name="a coach who has not said yes", who="Iris"),
    Viewer(name="a coach who was taken away", who="Iris"),
    Viewer(name="the council", who="Iris"),
    Viewer(name="an admin", who="Iris"),
    Viewer(name="a guest", who="Iris"),
    Viewer(name="a stranger", who="Iris"),
    Viewer(name="the coach, while the gate is shut", who="Marit", may=frozenset({"word"})),
    Viewer(name="the coach, whom Sanne granted no more", who="Marit", must=frozenset({"word", "answer", "robins"})),
    Viewer(
        name="the coach, after Sanne left", who="Marit", must=frozenset({"robins"}), may=frozenset({"word", "answer"})
    ),
    Viewer(name="the coach, once deactivated", who="Marit", may=LOGGED),
    Viewer(name="the coach, once erased", who="Marit"),
]


async def texts(world: World) -> list[str]:
    """Let people share, keep and take back; return every id that a button of theirs could carry."""
    await begin(world, "Sanne", "Robin", zone="Europe/Amsterdam")
    await world.driver.travel(TUESDAY)
    store = world.bot.ports.store
    sanne, marit = await _person(world, "Sanne"), await _person(world, "Marit")
    records: list[Record] = []
    for who, names in (("Sanne", MARKS[:10]), ("Robin", MARKS[10:])):
        run = await run_of(world, who)
        nudge = next(row for row in await store.nudges_of(run.workspace, run.id) if row.kind is Kind.NUDGE)
        common_to_all = {
            "workspace": run.workspace,
            "cohort": run.cohort,
            "enrollment": run.id,
            "member": run.member,
            "nudge": nudge.id,
            "item": nudge.item,
        }
        now = world.bot.ports.now
        for place, name in enumerate(names):
            at = {"received_at": now + timedelta(seconds=place), "author": run.member, "text": mark(name)}
            special: dict[str, Any] = {
                "earlier": {"received_at": run.joined_at - timedelta(days=1)},
                "private": {"scope": Scope.PRIVATE},
                "robins-private": {"scope": Scope.PRIVATE},
                "held": {
                    "kind": ReplyKind.HELD,
                    "scope": Scope.COACH,
                    "held_until": now + timedelta(days=9),
                    "among": "",
                },
                "gone": {"text": None, "deleted_at": now},
                "channel": {"shared_at": now},
                "word": {"kind": ReplyKind.COACH, "author": marit.id},
                "answer": {"answers": "word"},
            }.get(name, {})
            if name.endswith("plan"):
                scope = Scope.PRIVATE if name.startswith("private") else Scope.COACH
                made = {"made_at": now, "first": mark(name), "scope": scope, "due_on": now.date() + timedelta(days=2)}
                records.append(a_commitment(name, **common_to_all, **made, kind=CommitmentKind.PLAN))
            else:
                records.append(a_reply(name, **(common_to_all | at | special)))
    await store.save(*records)
    run = await run_of(world, "Sanne")
    rows = await store.nudges_of(run.workspace, run.id)
    asked = [next(row for row in rows if row.kind is kind) for kind in (Kind.NUDGE, Kind.REFLECTION)]
    word = replace(
        asked[0], id="brought", kind=Kind.COACH_WORD, prompt="coach/word", occurrence="word", subject="word", version=0
    )
    heard = _to(word, marit, Kind.COACH_HEARD, "told", subject="answer")
    digest = _to(word, marit, Kind.COACH_DIGEST, "week", subject=None)
    await store.save(word, heard, digest)
    return [*MARKS, sanne.id, run.id, run.cohort, *(row.id for row in asked), word.id, heard.id, digest.id]


def _to(row: Nudge, person: Member, kind: Kind, name: str, **changes: Any) -> Nudge:
    """Return a message to somebody as a coach."""
    sent = {"id": name, "occurrence": name, "prompt": f"coach/{name}", "kind": kind}
    return replace(row, enrollment=None, member=person.id, item=None, **(sent | changes))


async def _person(world: World, who: str) -> Member:
    """Return the record of somebody, who is known from now on."""
    known = await member_of(world, who)
    if known is None:
        (workspace,) = await world.bot.ports.store.workspaces()
        known = Member(id=f"m-{who}", workspace=workspace.id, name=who, external_id=await world.driver.person(who))
        await world.bot.ports.store.save(known)
        return replace(known, version=1)
    return known


ROLES: Mapping[str, Callable[[Coach, ReadGrant, datetime], list[Record]]] = {
    "the coach of another cohort": lambda role, grant, _: [replace(role, cohort="desk"), replace(grant, cohort="desk")],
    "a coach whom nobody granted": lambda role, *_: [role],
    "a coach who stepped down": lambda role, grant, now: [
        replace(role, state=CoachState.LEFT, ended_at=now),
        grant.ended(now, EndedBy.COACH),
    ],
    "a coach who was taken away": lambda role, grant, now: [
        replace(role, state=CoachState.REMOVED, ended_at=now),
        grant.ended(now, EndedBy.ADMIN),
    ],
    "a coach who has not said yes": lambda role, grant, _: [
        replace(role, state=CoachState.INVITED, answered_at=None),
        grant,
    ],
    "the council": lambda role, _, now: [
        Seat(id="seat", workspace=role.workspace, member=role.member, named_by="", named_at=now)
    ],
}


async def become(world: World, viewer: Viewer) -> None:
    """Let somebody be who they are to be."""
    store, now = world.bot.ports.store, world.bot.ports.now
    run = await run_of(world, "Sanne")
    if viewer.name in ROLES:
        person, cohort = await _person(world, viewer.who), await store.cohort(run.workspace, run.cohort)
        assert cohort is not None
        await store.save(Cohort(**{**vars(cohort), "id": "desk", "channel": "C-desk", "version": 0}))
        month_ago = now - timedelta(days=30)
        role = a_coach(person.id, id="role", workspace=run.workspace, cohort=cohort.id)
        role = replace(role, named_by=run.member, named_at=month_ago, answered_at=month_ago)
        granted = {"member": run.member, "coach": person.id, "cohort": cohort.id, "from_at": run.joined_at}
        grant = replace(a_grant("x"), workspace=run.workspace, **granted)
        await store.save(*ROLES[viewer.name](role, grant, now))
        return
    if viewer.name == "an admin":
        await promote(world, viewer.who)
        return
    if viewer.name == "a guest":
        guest = replace(await _person(world, viewer.who), origin=Origin.GUEST)
        await store.save(guest, replace((await store.workspaces())[0], lets_outsiders_join=True))
        return
    coach = await member_of(world, "Marit")
    assert coach is not None
    match viewer.name.partition(", ")[2]:
        case "while the gate is shut":
            gate = await store.gate(run.workspace)
            assert gate is not None
            await store.save(replace(gate, closed_at=now, closed_by=run.member))
        case "whom Sanne granted no more":
            grants = await store.grants_of(run.workspace, run.member)
            await store.save(*(each.ended(now, EndedBy.MEMBER) for each in grants))
        case "after Sanne left":
            await world.driver.command("Sanne", "dm", "leave")
        case "once deactivated":
            await store.save(replace(coach, state=MemberState.DEACTIVATED))
        case "once erased":
            await store.erase(coach.workspace, coach.id, at=now, audit_id="gone")


def values(ids: Sequence[str], cohorts: Sequence[str], people: Sequence[str]) -> Iterator[str]:
    """Yield what a button could carry: an id, a version of one, a page of the log, older and newer."""
    yield from ids
    yield from (f"{each}:0" for each in MARKS)
    for cohort in cohorts:
        for which in (LogFilter(), *(LogFilter(people=(each,)) for each in people)):
            yield Page(cohort=cohort, which=which).carried()
    yield "2027-01-01T00:00:00+00:00|zzz"


def deeds(about: Mapping[str, Any], place: Mapping[str, Any], carried: Sequence[str]) -> Iterator[Incoming]:
    """Yield everything that a person can do here."""
    for value in carried:
        for name in PRESSES:
            yield Press(**about, button=name, value=value, ref=None, at_home=True)
        for name in FORMS:
            yield Submitted(**about, form=name, subject=value, values=FILLED)
    for verb in Verb:
        for rest in ("", "Sanne", "all"):
            yield Command(**about, **place, conversation_name="it-managers", text=f"{verb} {rest}".strip())


async def shown_to(world: World, viewer: Viewer, ids: Sequence[str]) -> str:
    """Let somebody do all there is to do; return everything that was shown to them meanwhile, and what stands there."""
    mirror = Mirror(world.bot.ports.chat)
    ports = replace(world.bot.ports, chat=mirror)
    about = await common(world, viewer.who)
    run = await run_of(world, "Sanne")
    people = [run.member, (await run_of(world, "Robin")).member]
    conversation = await world.driver.channel(viewer.who, CHANNEL)
    place = {"conversation": conversation, "is_direct": False}
    for incoming in deeds(about, place, list(values(ids, (run.cohort, "desk"), people))):
        if changes_who_they_are(incoming):
            continue
        if answer := await receive(ports, incoming):
            mirror.shown.append(("answered", answer))
    direct = await world.driver.channel(viewer.who, "dm")
    words: dict[str, Any] = {k: about[k] for k in ("workspace", "person", "event_id", "at")}
    for incoming in (
        HomeOpened(**words),
        Said(**words, conversation=direct, message="1.1", thread=None, text="what did Sanne write?"),
        Edited(**words, conversation=direct, message="1.1", text="show me the log"),
        Deleted(**words, conversation=direct, message="1.1"),
    ):
        await receive(ports, incoming)
    texts_shown = [repr(mirror.shown), *(await world.screen(viewer.who)).values()]
    return "\n".join(texts_shown)


def changes_who_they_are(incoming: Incoming) -> bool:
    """Whether this would take away what is looked for: somebody's words, run or role, or give them another one."""
    match incoming:
        case Press(button=name) | Submitted(form=name):
            return name in {"erase.yes", "reply.delete", "plan.delete", "coach.accept", "intent.leave"}
        case Command(text=text):
            return text.split()[0] in (Verb.LEAVE, Verb.FORGET)
    return False


async def learned(world: World, viewer: Viewer) -> frozenset[str]:
    """Return which texts are shown to somebody who does all there is to do."""
    ids = await texts(world)
    await become(world, viewer)
    shown = await shown_to(world, viewer, ids)
    return frozenset(name for name in MARKS if mark(name) in shown)


def as_agreed(viewer: Viewer, found: frozenset[str]) -> None:
    """Compare what somebody learned with what they may."""
    assert found - viewer.must - viewer.may == NOTHING, "what they may not read"
    assert viewer.must - found == NOTHING, "what they may"


@pytest.mark.parametrize("viewer", VIEWERS, ids=[viewer.name for viewer in VIEWERS])
@pytest.mark.parametrize("world", ["slack"], indirect=True)  # the same rights on each platform: see the long form
async def test_everybody_learns_what_they_may_read_and_nothing_else(world: World, viewer: Viewer) -> None:
    as_agreed(viewer, await learned(world, viewer))


@only_long
@pytest.mark.parametrize("viewer", VIEWERS, ids=[viewer.name for viewer in VIEWERS])
@pytest.mark.parametrize("world", ["teams"], indirect=True)
async def test_so_it_is_in_teams(world: World, viewer: Viewer) -> None:
    as_agreed(viewer, await learned(world, viewer))


@pytest.mark.parametrize("world", ["slack"], indirect=True)
async def test_the_operator_reads_what_some_coach_may_and_nothing_while_the_gate_is_shut(world: World) -> None:
    await texts(world)
    store, now = world.bot.ports.store, world.bot.ports.now

    async def read(audit_id: str) -> set[str]:
        lines = await store.operator_log(LogFilter(), before=None, limit=99, at=now, audit_id=audit_id)
        return {line.id for line in lines}

    assert await read("first") == LOGGED - {"answer"}
    (workspace,) = await store.workspaces()
    assert len(await store.looks_at(workspace.id, (await run_of(world, "Sanne")).member, limit=9)) == 1
    gate = await store.gate(workspace.id)
    assert gate is not None
    await store.save(replace(gate, closed_at=now, closed_by=""))
    assert await read("second") == set()
    viewer = await store.viewer(workspace.id, OPERATOR, now)
    assert (viewer.gate, viewer.coaches) == (None, frozenset())
