"""What a page or a message asks of the store does not grow with the people, the words and the posts there are."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.coaching.language import Language
from bot.flows.ports import Ports
from bot.flows.review import Page, log_page
from tests.flows.crowd import Crowd, gathered
from tests.statements import counted

FEW = Crowd(people=12, texts=6)
MANY = Crowd(people=60, texts=60)


@pytest.fixture(params=[FEW, MANY], ids=["a few", "sixty people with sixty replies each"])
async def ports(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ports]:
    async with gathered(tmp_path, request.param) as found:
        yield found


async def test_a_page_of_the_log(ports: Ports) -> None:
    """May they read, the lines, one write for the traces of the look, and what there is to filter by."""
    coach, cohort = await ports.store.member("carl"), await ports.store.cohort("c")
    assert coach is not None
    assert cohort is not None
    with counted(ports.store) as statements:
        await log_page(ports, coach, cohort, Page(cohort="c"), Language.EN)
    assert len(statements) == 4, statements
