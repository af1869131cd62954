"""What a page or a message asks of the store does not grow with the people, the words and the posts there are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.language import Language
from bot.coaching.records.nudge import LEFT_OUT, Answer, Kind
from bot.coaching.records.screen import ScreenKind
from bot.flows.coach.page import Page, log_page
from bot.flows.context.nudge import current_participation
from bot.flows.messages import composed
from bot.flows.messages.own_page import page
from bot.flows.messages.own_words import page_of
from bot.flows.messages.shown import shown
from bot.flows.ports import Ports
from tests.flows.crowd import Crowd, a_sent, gathered
from tests.flows.decisions.told import given
from tests.statements import counted
from tests.store.scene import a_screen

FEW = Crowd(people=30, texts=6)
MANY = Crowd(people=60, texts=60)
CHANNEL: dict[str, Any] = {"member": None, "enrollment": None, "item": None}
SHARE: dict[str, Any] = {**CHANNEL, "kind": Kind.TEAM_SHARE, "subject": "post-0"}


@pytest.fixture(params=[FEW, MANY], ids=["a few", "sixty people with sixty replies each"])
async def ports(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ports]:
    async with gathered(tmp_path, request.param) as found:
        yield found


async def test_a_page_of_the_log(ports: Ports) -> None:
    """When they looked last, what they may read (twice), the lines, what to filter by, and the looks in their chain.

    For those: who they are in the audit (asked twice, given once), what is noted of this look, the chain's end, all of
    them in one write, and where the chain ends now.
    """
    coach, cohort = await ports.store.member("w", "carl"), await ports.store.cohort("w", "c")
    assert coach is not None
    assert cohort is not None
    async with counted(ports.store) as statements:
        await log_page(ports, coach, cohort, Page(cohort="c"), Language.EN)
    assert len(statements) == 17, statements


async def test_the_own_page(ports: Ports) -> None:
    """Whoever has many words, plans, shared texts and posts waits no longer for their page than others do."""
    async with counted(ports.store) as statements:
        about = await page_of(ports, a_screen("page", "p0", kind=ScreenKind.PAGE))
    assert len(statements) == 14, statements
    assert about.member is not None
    assert "r-p0-" in repr(page(given(ports.now), about, about.member))


async def test_who_is_where_in_a_journey_is_read_at_once(ports: Ports) -> None:
    member = await ports.store.member("w", "p0")
    assert member is not None
    async with counted(ports.store) as statements:
        await current_participation(ports, member)
    assert len(statements) == 1, statements


@pytest.mark.parametrize("person", ["U-p0", "U-carl", "U-nobody"])
async def test_everything_around_a_person_is_read_at_once(ports: Ports, person: str) -> None:
    async with counted(ports.store) as statements:
        await ports.store.around_person("w", person, channel="C-c")
    assert len(statements) == (2 if person == "U-nobody" else 8), statements


MESSAGES: list[tuple[str, int, dict[str, Any]]] = [
    # name, statements (one of them who reads, where the message says so), what is special about the message
    ("a welcome", 2, {"kind": Kind.WELCOME, "prompt": "welcome/welcome", "item": None, "week": 0}),
    ("silence", 1, {"kind": Kind.SILENCE, "prompt": "silence", "item": None}),
    ("being back", 3, {"kind": Kind.BACK, "prompt": "back", "item": None}),
    ("a pulse", 2, {"kind": Kind.PULSE, "prompt": "pulse/before", "item": None, "week": 0}),
    ("an experiment", 6, {}),
    ("an experiment not for me", 6, {"answer": Answer.NOT_FOR_ME, "alternative": 0}),
    ("an experiment that was planned", 6, {"id": "n-p0", "answer": Answer.PLANNED}),
    ("an experiment that was done", 6, {"answer": Answer.DONE}),
    ("what became of it", 6, {"kind": Kind.UNDONE}),
    ("a reminder", 6, {"kind": Kind.FOLLOW_UP}),
    ("a reminder that was answered", 6, {"kind": Kind.FOLLOW_UP, "answer": Answer.DONE}),
    ("a planned day", 6, {"kind": Kind.DAY_OF, "subject": "plan-p0-0"}),
    ("a debrief", 6, {"kind": Kind.DEBRIEF}),
    ("a debrief with its change", 6, {"id": "n-p0", "kind": Kind.DEBRIEF, "question": 4}),
    ("a check", 6, {"kind": Kind.CHECK, "subject": "plan-p0-0"}),
    ("a habit to keep", 3, {"kind": Kind.KEEP, "prompt": "keep/keep", "item": None, "week": 11}),
    ("a booster", 4, {"kind": Kind.BOOSTER, "prompt": "boosters/week-16", "item": None, "week": 16}),
    ("a closing", 6, {"kind": Kind.CLOSING, "prompt": "closing/closing", "item": None, "week": 12}),
    ("a look back", 8, {"kind": Kind.REFLECTION, "id": "look-back", "item": None}),
    ("a coach's word", 3, {"kind": Kind.COACH_WORD, "prompt": "coach/word", "subject": "word-p0"}),
    ("who may read", 2, {"kind": Kind.READING_ASK, "prompt": "reading/new-coach", "subject": "coach-carl"}),
    ("who reads", 2, {"kind": Kind.READING_NEWS, "prompt": "reading/opened", "subject": "gate"}),
    ("a line left out", 4, {"kind": Kind.READING_NEWS, "prompt": LEFT_OUT, "subject": "r-p0-2"}),
    ("being asked to coach", 2, {"kind": Kind.COACH_ASK, "prompt": "coach/ask", "enrollment": None}),
    ("a coach's news", 2, {"kind": Kind.COACH_HEARD, "member": "carl", "enrollment": None, "subject": "r-p0-2"}),
    ("a wish for a word", 2, {"kind": Kind.COACH_WANTED, "member": "carl", "enrollment": None, "subject": "r-p0-2"}),
    ("a coach's week", 14, {"kind": Kind.COACH_DIGEST, "member": "carl", "enrollment": None, "item": None}),
    ("an invitation", 2, {"kind": Kind.INVITATION, **CHANNEL}),
    ("a quiet Monday's post", 6, {"kind": Kind.TEAM_REFLECTION, "week": 2, **CHANNEL}),
    ("a Monday's post", 6, {"kind": Kind.TEAM_REFLECTION, "id": "post-0", "week": 2, **CHANNEL}),
    ("a part of a Monday's thread", 5, {**SHARE, "id": "post-0-0", "occurrence": "post-0-share-0"}),
    ("the last of a thread", 5, {**SHARE, "id": "post-0-4", "occurrence": "post-0-share-4"}),
    ("a cohort's closing", 5, {"kind": Kind.TEAM_CLOSING, "prompt": "closing/team", **CHANNEL}),
]


async def test_messages(ports: Ports) -> None:
    found = {}
    for name, _, how in MESSAGES:
        row = replace(a_sent(name, "p0"), **({"occurrence": name} | how))
        known = await ports.store.nudge(row.workspace, row.id)
        await ports.store.save(replace(row, version=known.version if known else 0))
        async with counted(ports.store) as statements:
            about = await shown(ports, row.workspace, row.id)
        assert about is not None
        assert composed(given(ports.now), about).parts
        found[name] = len(statements)
    assert found == {name: statements for name, statements, _ in MESSAGES}


def test_no_kind_of_message_is_left_out() -> None:
    assert {row[2].get("kind", Kind.NUDGE) for row in MESSAGES} == set(Kind)
