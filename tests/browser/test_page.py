"""A real browser lives the first week: opts in, answers, travels, reads the log and sees the reflection."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.watching import MARKS, NARROW, shot, watching
from tests.conftest import CHANNEL, World
from tests.content import NL, said, title, whole

pytestmark = [*MARKS, pytest.mark.slack("the page of the practice Teams has tests of its own")]


@pytest_asyncio.fixture(loop_scope="session")
async def page(world: World, chromium: Browser) -> AsyncIterator[Page]:
    """Open the practice page; an error on the console fails the test."""
    async with watching(chromium, f"{world.url}/practice") as page:
        yield page


async def be(page: Page, who: str) -> None:
    """Look as somebody."""
    await page.get_by_test_id("person").filter(has_text=who).click()


async def go(page: Page, place: str) -> None:
    """Open a conversation or the Home."""
    await page.get_by_test_id("place").filter(has_text=place).first.click()


async def sees(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the words stand on the stage or in the thread."""
    await expect(page.locator("main, #thread").get_by_text(words).last).to_be_visible()


async def send(page: Page, text: str) -> None:
    """Type into the composer and send."""
    box = page.get_by_test_id("composer")
    await box.fill(text)
    await box.press("Enter")


async def test_a_curious_manager_lives_the_first_week(world: World, page: Page) -> None:
    """Everything by the page alone, from the slash command to Monday's reflection."""
    await be(page, "Marit")
    await go(page, "it-managers")
    await send(page, "/coach start")
    modal = page.get_by_test_id("modal")
    await modal.get_by_label(said("language-en")).check()
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()
    await page.get_by_role("button", name=said("cohort-join-button")).click()
    await expect(modal).to_be_visible()
    await page.get_by_test_id("modal-close").first.click()

    await be(page, "Grace")
    await go(page, "it-managers")
    await page.get_by_role("button", name=said("cohort-join-button")).click()
    await modal.get_by_label(said("scope-coach")).check()
    await modal.get_by_label(said("language-en")).check()
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()
    await go(page, "Pitstop")
    await page.get_by_role("button", name=said("welcome-ok-button")).click()
    await sees(page, said("welcome-said"))

    await page.get_by_test_id("travel-event").first.click()
    await page.get_by_role("button", name=said("nudge-plan-button")).click()
    await modal.get_by_label(whole("plan-if-label"), exact=True).fill("a customer calls on Wednesday")
    await modal.get_by_label(whole("plan-then-label")).fill("listen first")
    await page.get_by_test_id("modal-submit").click()
    await sees(page, "a customer calls on Wednesday")
    await page.get_by_test_id("travel-event").first.click()
    await page.get_by_role("button", name=said("day-done-button"), exact=True).last.click()
    await send(page, "She had never been asked. <b>Really</b> & truly")
    await sees(page, "She had never been asked. <b>Really</b> & truly")
    await sees(page, said("card-noted"))
    await page.get_by_role("button", name=said("words-share-button")).last.click()
    await sees(page, said("channel-goes", day="Monday 19 January"))
    await page.screenshot(path=shot("nudge"))

    for _ in range(3):
        await page.get_by_test_id("travel-event").first.click()
        await expect(page.get_by_test_id("travelling")).to_be_hidden()
    await go(page, "it-managers")
    await sees(page, said("team-shared-below"))
    await page.get_by_test_id("replies").last.click()
    await sees(page, "She had never been asked. <b>Really</b> & truly")
    await page.screenshot(path=shot("reflection"))


async def test_the_page_fits_a_phone_and_the_dark(world: World, page: Page) -> None:
    """At 390 pixels nothing sticks out sideways, in light and in dark, in English and in Dutch."""
    await world.start()
    await world.join("Sanne", language="nl")
    await page.set_viewport_size(NARROW)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await page.goto(f"{world.url}/practice#as=U0SANNE&in=D0SANNE")
        await page.reload()
        await sees(page, title("welcome/welcome", NL))
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.screenshot(path=shot(f"phone-{scheme}"))


async def test_the_page_fits_a_desk_in_dutch_with_its_thread(world: World, page: Page) -> None:
    """From 1024 to 1548 pixels nothing sticks out sideways, the thread is whole, and the focus shifts nothing."""
    await world.start()
    await world.driver.say("Robin", CHANNEL, "Wie weet hier raad?")
    await page.get_by_test_id("language-nl").click()
    await page.goto("about:blank")
    await page.goto(f"{world.url}/practice#as=U0ROBIN&in={await world.driver.channel('Robin', CHANNEL)}")
    asked = page.locator(".message").filter(has_text="Wie weet hier raad?")
    await asked.hover()
    await asked.get_by_test_id("reply").click()
    thread = page.locator("#thread")
    await expect(thread).to_be_visible()
    for width in (1024, 1280, 1315, 1440, 1548):
        await page.set_viewport_size({"width": width, "height": 800})
        await thread.get_by_test_id("thread-composer").focus()
        box = await thread.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 800
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert await page.evaluate("document.getElementById('timebar').scrollWidth <= innerWidth"), width
        assert await page.evaluate("scrollX + scrollY + document.querySelector('.frame').scrollTop") == 0, width


async def test_what_somebody_sends_comes_into_sight_with_its_answer(world: World, page: Page) -> None:
    """Also when the conversation opened at a line far above, where the unread began."""
    await world.start()
    await world.join("Sanne")
    await world.driver.say("Sanne", "dm", "seen up to here")
    for _ in range(12):
        await world.driver.travel("event")
    await page.goto("about:blank")
    await page.goto(f"{world.url}/practice#as=U0SANNE&in=D0SANNE")
    await expect(page.locator("main").get_by_text(title("people-before-systems/nudge"))).to_be_visible()
    await send(page, "/coach status")
    await expect(page.locator("main").get_by_text(said("status-title"))).to_be_in_viewport()


async def test_the_keyboard_alone_is_enough(world: World, page: Page) -> None:
    """The composer, a form and its end are reached without a mouse."""
    await page.get_by_test_id("composer").focus()
    await page.keyboard.type("/coach help")
    await page.keyboard.press("Enter")
    await sees(page, re.compile("/coach pause"))
    await page.keyboard.type("/coach start")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("modal")).to_be_visible()
    focused = "document.activeElement.closest('[data-testid=modal]') !== null"
    assert await page.evaluate(focused)
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("modal")).to_be_hidden()
