"""Nothing keeps people out of the desk or the practice pages: axe finds nothing, and the keyboard alone is enough."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.coaching.intents import Intent
from bot.coaching.language import Language
from bot.coaching.records.member import Member
from bot.coaching.records.reply import ReplyKind, Scope
from bot.flows.desk.entry import session_of
from tests.browser.barriers import Barrier, barriers, unreached
from tests.browser.watching import MARKS, MILLISECONDS, WIDE
from tests.conftest import World
from tests.desk.browsing import link, share
from tests.flows.talk import begin, member_of

pytestmark = MARKS

NUDGED = "2026-01-13T17:00"
HOSTILE = "She had never been asked. " * 12 + "w" * 90 + " <b>really</b> \u202eevil\u202c"


@asynccontextmanager
async def reading(chromium: Browser, world: World, member: Member | None, language: Language) -> AsyncIterator[Page]:
    """Open a browser in a language, in which somebody is signed in, or nobody."""
    context = await chromium.new_context(viewport=WIDE, locale=language, reduced_motion="reduce")
    context.set_default_timeout(MILLISECONDS)
    if member is not None:
        session, token = session_of(world.bot.ports, member.workspace, member.id)
        await world.bot.ports.save(session)
        await context.add_cookies([{"name": "pitstop", "value": token, "url": world.url}])
    yield await context.new_page()
    await context.close()


async def known(world: World, who: str, language: Language) -> Member:
    """Return somebody, who reads in a language from now on."""
    found = await member_of(world, who)
    assert found is not None
    await world.bot.ports.save(replace(found, language=language))
    found = await member_of(world, who)
    assert found is not None
    return found


class Walk:
    """What is found on the way along pages."""

    def __init__(self, page: Page, base: str, language: Language, *, by_keyboard: bool = True) -> None:
        """Begin with nothing; `by_keyboard` pages are gone through with Tab, too."""
        self.page = page
        self.found: list[Barrier] = []
        self._base = base
        self._language = language
        self._by_keyboard = by_keyboard and language is Language.EN  # the same elements stand in both

    async def to(self, path: str, name: str) -> None:
        """Open a page and look at it."""
        await self.page.goto(f"{self._base}{path}")
        await self.here(name)

    async def follow(self, where: Locator) -> None:
        """Press what leads to another page, and wait until that is there with its styles."""
        async with self.page.expect_navigation():
            await where.click()

    async def here(self, name: str) -> None:
        """Look at the page that is open."""
        self.found += await barriers(self.page, name, self._language)
        if self._by_keyboard:
            self.found += await unreached(self.page, name)


@pytest.mark.slack("the desk is the same for both platforms")
@pytest.mark.parametrize("language", Language)
async def test_nothing_keeps_anybody_out_of_the_desk(world: World, chromium: Browser, language: Language) -> None:
    async with reading(chromium, world, None, language) as page:
        walk = Walk(page, world.url, language)
        await walk.to("/practice/desk", "picker, nobody there")
        await begin(world, "Sanne", "Grace")
        await walk.to("/practice/desk", "picker")
        await walk.to("/desk", "nobody signed in")
        await walk.to(f"/desk/in/{await link(world, 'Sanne')}", "link")
        await walk.to("/desk/in/used", "link that is used")
        found = walk.found

    marit, sanne = [await known(world, who, language) for who in ("Marit", "Sanne")]
    async with reading(chromium, world, marit, language) as page:
        walk = Walk(page, world.url, language)
        await walk.to("/desk", "today, empty")
        await walk.to("/desk/log", "log, empty")
        await walk.to("/desk/me", "me, of a coach")
        await walk.to("/desk/me/looks", "who read, nobody")
        found += walk.found

    gone = await filled(world)
    async with reading(chromium, world, marit, language) as page:
        walk = Walk(page, world.url, language)
        await walk.to("/desk", "today")
        await walk.to("/desk?late=yes", "today, another coach was faster")
        await searched(walk)
        await page.goto(f"{world.url}/desk/log")
        await walk.follow(page.get_by_role("link", name="Grace").first)
        await walk.here("conversation")
        await page.locator("textarea").fill("   ")
        await walk.follow(page.locator("form.answer button"))
        await walk.here("conversation, answer refused")
        await page.locator("textarea").fill("Well done")
        await walk.follow(page.locator("form.answer button"))
        await walk.here("conversation, answer sent")
        await walk.to("/desk/log?week=3", "log, nothing of that")
        await walk.to(f"/desk/line/{gone}", "line that is gone")
        await walk.to("/desk/nowhere", "nothing there")
        gate = await world.bot.ports.store.gate(marit.workspace)
        assert gate is not None
        await world.bot.ports.save(replace(gate, closed_at=world.bot.ports.now, closed_by=sanne.id))
        await walk.to("/desk", "today, gate shut")
        await walk.to("/desk/log", "log, gate shut")
        await walk.follow(page.locator("footer button"))
        await walk.here("signed out")
        found += walk.found

    async with reading(chromium, world, sanne, language) as page:
        walk = Walk(page, world.url, language)
        await walk.to("/desk/me", "me")
        await walk.to("/desk/me/looks", "who read")
        found += walk.found
    assert found == []


async def searched(walk: Walk) -> None:
    """Look at a team, at the log, and at what is found in it."""
    await walk.to("/desk/cohort", "team")
    await walk.to("/desk/log", "log")
    await walk.page.get_by_role("searchbox").fill("never")
    await walk.follow(walk.page.locator("form.seek button"))
    await walk.here("log, searched")


async def filled(world: World) -> str:
    """Let people have planned, shared and asked for a word; return the id of what the coach may not read."""
    await world.driver.travel(NUDGED)
    await world.click("Grace", "I'll do it")
    await world.fill("Grace", first="a customer calls on Wednesday", second="listen first")
    await share(world, "Grace", HOSTILE, "one more", kind=ReplyKind.DEBRIEF, question=1)
    await share(world, "Sanne", "two\n\nlines")
    now = world.bot.ports.now
    await share(world, "Sanne", "", text=None, kind=ReplyKind.REQUEST, intent=Intent.COACH, deleted_at=now)
    (private,) = await share(world, "Sanne", "apart", scope=Scope.PRIVATE)
    return private.id


@pytest.mark.slack("the practice Teams has a test of its own")
@pytest.mark.parametrize("language", Language)
async def test_nothing_keeps_anybody_out_of_the_practice_slack(
    world: World, chromium: Browser, language: Language
) -> None:
    async with practicing(chromium, world, "/practice", language) as walk:
        page = walk.page
        await walk.here("nothing there")
        await begin(world, "Sanne")
        await world.driver.travel(NUDGED)
        await page.get_by_test_id("message").first.get_by_test_id("reply").click()
        await walk.here("a conversation with its thread")
        await page.get_by_test_id("composer").fill("/coach log")
        await walk.here("commands")
        await page.get_by_test_id("composer").fill("")
        await page.get_by_test_id("place").filter(has_text="Home").click()
        await walk.here("Home")
        await world.click("Sanne", "I'll do it")
        await expect(page.get_by_test_id("modal")).to_be_visible()
        await walk.here("a form")
    assert walk.found == []


@pytest.mark.teams("the practice Slack has a test of its own")
@pytest.mark.parametrize("language", Language)
async def test_nothing_keeps_anybody_out_of_the_practice_teams(
    world: World, chromium: Browser, language: Language
) -> None:
    async with practicing(chromium, world, "/practice/teams", language) as walk:
        page = walk.page
        await walk.here("nothing there")
        await begin(world, "Sanne")
        await world.driver.travel(NUDGED)
        await walk.here("a conversation")
        await page.get_by_test_id("commands").click()
        await walk.here("commands")
        await page.keyboard.press("Escape")
        await world.click("Sanne", "I'll do it")
        await walk.here("a form")
        await page.get_by_test_id("place").filter(has_text="it-managers").click()
        await walk.here("the channel")
    assert walk.found == []


@asynccontextmanager
async def practicing(chromium: Browser, world: World, path: str, language: Language) -> AsyncIterator[Walk]:
    """Open a practice page in a language, in Sanne's conversation with the bot."""
    who, where = await world.driver.person("Sanne"), await world.driver.channel("Sanne", "dm")
    async with reading(chromium, world, None, language) as page:
        await page.goto(f"{world.url}{path}#as={who}&in={where}")
        await page.get_by_test_id(f"language-{language}").click()
        yield Walk(page, world.url, language, by_keyboard=False)
