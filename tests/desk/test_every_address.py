"""Every address of the desk, asked by everybody with odd values: no error of ours, and no word to a wrong reader."""

import re
from collections.abc import Iterator

import pytest
from starlette.routing import Route

from bot.coaching.records.reply import Scope
from tests.conftest import World
from tests.desk.browsing import Browser, at_the_desk, browser, share
from tests.flows.talk import begin

pytestmark = pytest.mark.slack("a page is the same for both platforms")

SECRET = "zeppelin"
ODD = ("%00%ff\u202e<b>", "x" * 3000, "1|2")
FIELDS = (
    "cohort",
    "person",
    "item",
    "week",
    "kind",
    "unanswered",
    "search",
    "before",
    "lines",
    "sent",
    "said",
    "everywhere",
    "words",
)


def addresses(world: World, *ids: str) -> Iterator[tuple[str, str]]:
    """Yield each method with each address, its places filled with each of these."""
    for route in world.bot.routes:
        if isinstance(route, Route) and route.path.startswith("/desk"):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                for path in {re.sub(r"\{\w+(:path)?\}", value, route.path) for value in (*ids, *ODD)}:
                    yield method, path


async def ask(mine: Browser, method: str, path: str, value: str) -> tuple[int, str]:
    values = dict.fromkeys(FIELDS, value)
    if method == "GET":
        shown = await mine.get(path + "?" + "&".join(f"{name}={each}" for name, each in values.items()))
    else:
        shown = await mine.post(path, text="my own words", token=value, **{**values, "everywhere": ""})
    return shown.status, shown.text


@pytest.mark.parametrize("who", ["nobody", "Sanne", "Marit"])
@pytest.mark.parametrize("value", ["", *ODD], ids=["empty", "signs", "long", "parts"])
async def test_no_address_fails_or_tells_of_others(world: World, who: str, value: str) -> None:
    await begin(world, "Sanne", "Grace")
    (private,) = await share(world, "Grace", f"{SECRET} apart", scope=Scope.PRIVATE)
    (shared,) = await share(world, "Grace", f"{SECRET} for the coach")
    asked = 0
    async with browser(world) if who == "nobody" else at_the_desk(world, who) as mine:
        for method, path in addresses(world, private.id, shared.id):
            if path == "/desk/out":
                continue
            status, text = await ask(mine, method, path, value)
            asked += 1
            assert status < 500, (method, path)
            assert status != 429, "too many to be asked at once"
            assert f"{SECRET} apart" not in text, (method, path)
            if who != "Marit":
                assert SECRET not in text, (method, path)
    assert asked > 20, "there are that many"
