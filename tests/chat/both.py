"""What both platforms are asked in the same words: what is shown, and a message that is ready to go."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.chat.port import Body, Button, Buttons, Choice, Facts, Heading, Line, Note, Option, Part, Quote, Row, Style
from bot.coaching.language import Markdown
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.workspace import WorkspaceState
from bot.flows.ports import Ports
from bot.practice.faults import Fault
from bot.runtime.outbox import Outbox
from bot.store.port import Store
from tests.runtime.posting import T0, file_in, people
from tests.store.scene import a_nudge

# --- what is shown

PLAN = Button(id="nudge.plan", label="I'll do it", value="n1", style=Style.PRIMARY)
DONE = Button(id="nudge.done", label="Done already", value="n1")
ITEMS = (Option(value="a", label="Ask"), Option(value="b", label="Build", about="slowly"))
TWO = (Option(value="a", label="A"), Option(value="b", label="B"))

LONG = "🏁" * 40_000
ENDLESS: list[Part] = [
    Heading(LONG),
    Body(Markdown("word " * 8_000)),
    Body(Markdown(LONG)),
    Quote(LONG, LONG),
    Facts(tuple((LONG, LONG) for _ in range(30))),
    Note(Markdown("note " * 8_000)),
    Row(Markdown("line " * 8_000), Button(id="b", label=LONG, value="v" * 5_000)),
    Buttons(tuple(Button(id="b", label=LONG, value="v" * 5_000, confirm=LONG, deny=LONG) for _ in range(30))),
    Choice(id="c", label=LONG, options=tuple(Option(value=str(n), label=LONG, about=LONG) for n in range(150))),
]
SOME_BUTTONS = st.lists(
    st.builds(Button, id=st.sampled_from(["a.b", "c.d"]), label=st.text()), min_size=1, max_size=7
).map(tuple)
ANY_PART = st.one_of(
    st.builds(Heading, st.text()),
    st.builds(Body, st.text().map(Markdown)),
    st.builds(Note, st.text().map(Markdown)),
    st.builds(Quote, st.text(), st.text()),
    st.builds(Quote, st.text(min_size=1).map(lambda text: text * 3_000), st.text()),
    st.builds(Facts, st.lists(st.tuples(st.text(), st.text()), max_size=25).map(tuple)),
    st.just(Line()),
    st.builds(Buttons, SOME_BUTTONS),
    st.builds(Row, st.text().map(Markdown), st.just(DONE)),
)


# --- what goes out

READY, SENT, DEAD, UNCERTAIN = NudgeState.READY, NudgeState.SENT, NudgeState.DEAD, NudgeState.UNCERTAIN

Marks = tuple[WorkspaceState, MemberState, CohortState]
HEALTHY: Marks = (WorkspaceState.ACTIVE, MemberState.ACTIVE, CohortState.ACTIVE)
TOKEN_DEAD: Marks = (WorkspaceState.UNINSTALLED, MemberState.ACTIVE, CohortState.ACTIVE)
PERSON_GONE: Marks = (WorkspaceState.ACTIVE, MemberState.DEACTIVATED, CohortState.ACTIVE)


class Weather:
    """What goes wrong with which method, one fault for each call to come, and which calls there were."""

    def __init__(self) -> None:
        self.faults: dict[str, list[Fault]] = {}
        self.calls: list[str] = []

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        del arguments
        self.calls.append(method)
        waiting = self.faults.get(method)
        return waiting.pop(0) if waiting else None


async def store_with(folder: Path, *, person: str, channel: str) -> Store:
    """Return a file in which Anna is this person, whose team travels in this channel."""
    opened = file_in(folder)
    about_anna = [each for each in people("w1", ["anna"]) if not isinstance(each, Nudge)]
    await opened.save(
        *(replace(each, external_id=person, direct=None) if isinstance(each, Member) else each for each in about_anna)
    )
    cohort = await opened.cohort("w1", "c-w1")
    assert cohort is not None
    await opened.save(replace(cohort, channel=channel))
    return opened


def to_anna(**changes: Any) -> Nudge:
    """Return a message that is ready for a person."""
    about = {"prompt": "people-before-systems/nudge", "item": "people-before-systems"}
    nudge = a_nudge("n", "anna", cohort="c-w1", state=READY, **about)
    return replace(nudge, workspace="w1", due_at=T0, expires_at=T0 + timedelta(hours=4), **changes)


def to_channel() -> Nudge:
    """Return a post that is ready for the channel."""
    return replace(to_anna(), member=None, enrollment=None, kind=Kind.INVITATION)


async def sent(ports: Ports, row: str = "n") -> Nudge:
    """Send what may go now once, and return how that left the row."""
    outbox = Outbox(lambda: ports)
    await outbox.pump()
    await outbox.drained()
    found = await ports.store.nudge("w1", row)
    assert found is not None
    return found


async def marks(store: Store) -> Marks:
    """Return what is known of the workspace, the person and the channel."""
    workspace, member, cohort = (
        await store.workspace("w1"),
        await store.member("w1", "anna"),
        await store.cohort("w1", "c-w1"),
    )
    assert workspace is not None
    assert member is not None
    assert cohort is not None
    return workspace.state, member.state, cohort.state
