"""A real browser, while Slack has no room for forms: questions are filled in and sent in the message."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.practice.faults import Fault
from tests.browser.test_page import be, go, sees
from tests.browser.watching import MARKS, NARROW, WIDE, shot, watching
from tests.conftest import World
from tests.content import said, whole
from tests.flows.screens.test_questions import TUESDAY
from tests.flows.talk import begin

pytestmark = [*MARKS, pytest.mark.slack("in Teams a form is a card of its own")]


@pytest_asyncio.fixture(loop_scope="session")
async def page(world: World, chromium: Browser) -> AsyncIterator[Page]:
    """Open the practice page; an error on the console fails the test."""
    async with watching(chromium, f"{world.url}/practice") as page:
        yield page


async def test_the_questions_of_a_plan_are_answered_in_the_message(world: World, page: Page) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    world.line.faults["views.open"] = [Fault(status=429, headers={"Retry-After": "30"})] * 9
    await be(page, "Sanne")
    await go(page, "Pitstop")
    await page.get_by_role("button", name=said("nudge-plan-button")).click()
    await expect(page.get_by_label(whole("plan-if-label"), exact=True)).to_be_visible()
    await expect(page.get_by_test_id("modal")).to_have_count(0)
    await page.get_by_label(whole("plan-then-label")).fill("ring <!channel> first")
    await page.screenshot(path=shot("questions-wide"))

    await page.get_by_role("button", name=said("form-plan-submit")).click()
    await sees(page, world.says("plan-if-missing"))
    await expect(page.get_by_label(whole("plan-then-label"))).to_have_value("ring <!channel> first")
    await page.set_viewport_size(NARROW)
    await page.get_by_label(whole("plan-if-label"), exact=True).scroll_into_view_if_needed()
    await page.screenshot(path=shot("questions-narrow"))
    wide = await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "nothing is wider than a phone"

    await page.get_by_label(whole("plan-if-label"), exact=True).fill("a customer calls")
    await page.get_by_role("button", name=said("form-plan-submit")).click()
    await sees(page, "a customer calls")
    await expect(page.get_by_label(whole("plan-if-label"), exact=True)).to_have_count(0)
    await page.set_viewport_size(WIDE)
    await page.screenshot(path=shot("questions-answered"))
