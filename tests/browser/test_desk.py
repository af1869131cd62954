"""A real browser at the desk: a coach reads and answers, words that are taken back go, and the member sees it all."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.watching import MARKS, NARROW, WIDE, shot, watching
from tests.conftest import World
from tests.content import said

pytestmark = [*MARKS, pytest.mark.slack("the desk is the same for both platforms")]

NUDGED = "2026-01-13T17:00"  # in Amsterdam; the nudge has come in New York too
ODD = "She had never been asked. <b>Really</b> & truly <script>alert(1)</script> *not bold*"


@pytest_asyncio.fixture(loop_scope="session")
async def page(world: World, chromium: Browser) -> AsyncIterator[Page]:
    """Open the desk from the guide of the practice page; an error on a console fails the test."""
    async with watching(chromium, f"{world.url}/practice") as practice:
        async with practice.expect_popup() as opened:
            await practice.get_by_test_id("guide-7").click()
        page = await opened.value
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield page
        assert errors == []


async def looked_at(page: Page, name: str) -> None:
    """Take the page's picture wide and narrow, light and dark; nothing is wider than the window."""
    for width, size in (("wide", WIDE), ("narrow", NARROW)):
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            await page.screenshot(path=shot(f"desk-{name}-{width}-{scheme}"), full_page=True)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"
    await page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})


async def looks_for_words(page: Page) -> None:
    """Find words, open where they stand, come back to what was found, and leave it."""
    await page.get_by_role("searchbox").fill("BEEN ásked")
    await page.get_by_role("button", name="Search").click()
    await expect(page.locator("mark")).to_have_text("been asked")
    await looked_at(page, "found")
    await page.get_by_role("link", name="Open and answer").click()
    await expect(page.locator("mark")).to_have_text("been asked")
    await page.get_by_role("link", name=said("desk-conversation-found")).click()
    await expect(page.locator("mark")).to_have_text("been asked")
    await page.get_by_role("link", name=said("desk-search-leave")).click()


async def test_a_coach_reads_and_answers_and_the_member_sees_it(world: World, page: Page) -> None:
    await looked_at(page, "picker-empty")
    await world.start()
    await world.coach()
    await world.join("Sanne", language="nl")
    await world.join("Grace")
    await world.driver.travel(NUDGED)
    typed = await world.driver.say("Grace", "dm", ODD)
    await world.driver.say("Sanne", "dm", "Een klant belde en ik heb eerst geluisterd.\n\nDat was wennen.")
    await world.click("Grace", "I'll do it")
    await world.fill("Grace", first="a customer calls on Wednesday", second="listen first")

    await page.reload()
    await looked_at(page, "picker")
    await page.get_by_role("button", name="Marit").click()
    await expect(page.get_by_role("heading", name="Today")).to_be_visible()
    await looked_at(page, "today")
    await page.get_by_role("link", name="Read what Grace shared").click()
    await expect(page.get_by_text(ODD)).to_be_visible()
    await looked_at(page, "log")
    await looks_for_words(page)
    await page.get_by_role("link", name="Open and answer").last.click()
    await page.clock.install()
    await page.reload()
    await page.get_by_label("Your answer to Grace").fill("Well done. What did she say?")
    await looked_at(page, "conversation")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("status")).to_have_text(said("desk-answer-sent"))
    await looked_at(page, "answered")
    await page.get_by_label("Your answer to Grace").fill("half a sentence")
    await world.settle()
    assert "Well done. What did she say?" in await world.text("Grace")
    await world.driver.delete("Grace", "dm", typed)
    await page.clock.fast_forward(60_000)
    await expect(page.get_by_text(said("desk-gone-title"))).to_be_visible()
    await expect(page.get_by_text(ODD)).to_have_count(0)
    await expect(page.get_by_label("Your answer to Grace")).to_have_value("half a sentence")

    await page.get_by_role("link", name="Today").click()
    await expect(page.get_by_text("If a customer calls on Wednesday")).to_be_visible()
    await world.click("Grace", "plan.delete")
    await page.clock.fast_forward(60_000)
    await expect(page.get_by_text("If a customer calls on Wednesday")).to_have_count(0)

    await page.get_by_role("button", name="Sign out", exact=True).click()
    await looked_at(page, "out")
    await page.get_by_role("link", name="Choose who you are").click()
    await page.get_by_role("button", name="Grace").click()
    await expect(page.get_by_role("heading", name="Everything about you")).to_be_visible()
    await looked_at(page, "me")
    await page.get_by_role("link", name="See who read what").click()
    await expect(page.get_by_role("heading", name="Marit wrote to you")).to_be_visible()
    await looked_at(page, "looks")
