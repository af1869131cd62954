"""A real browser lives the first week in Teams: starts by mention, joins on a card, answers, travels, looks back."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.watching import MARKS, shot, watching
from tests.conftest import World
from tests.content import said, whole

pytestmark = [*MARKS, pytest.mark.teams("the page of the practice Slack has a week of its own")]


@pytest_asyncio.fixture(loop_scope="session")
async def page(world: World, chromium: Browser) -> AsyncIterator[Page]:
    """Open the page of the practice Teams; an error on the console fails the test."""
    async with watching(chromium, f"{world.url}/practice/teams") as page:
        yield page


async def be(page: Page, who: str) -> None:
    """Look as somebody."""
    await page.get_by_test_id("person").filter(has_text=who).click()


async def go(page: Page, place: str) -> None:
    """Open a conversation."""
    await page.get_by_test_id("place").filter(has_text=place).first.click()


async def send(page: Page, text: str) -> None:
    """Type into the composer and send."""
    box = page.get_by_test_id("composer")
    await box.fill(text)
    await box.press("Enter")


def card(page: Page, words: str | re.Pattern[str]) -> Locator:
    """Return the newest card with these words."""
    return page.locator(".card").filter(has_text=words).last


async def test_a_curious_manager_lives_the_first_week_in_teams(page: Page) -> None:
    """Everything by the page alone, from the mention to Monday's reflection."""
    await be(page, "Marit")
    await go(page, "it-managers")
    await send(page, "@Pitstop start")
    await go(page, "Pitstop")
    form = card(page, said("form-start-title"))
    await form.get_by_label(said("language-en")).check()
    await page.screenshot(path=shot("teams-start"))
    await form.get_by_role("button", name=said("form-start-submit")).click()
    await expect(page.locator(".card").filter(has_text="✓").last).to_be_visible()

    await be(page, "Grace")
    await go(page, "it-managers")
    await page.get_by_role("button", name=said("cohort-join-button")).click()
    await go(page, "Pitstop")
    consent = card(page, said("consent-bot"))
    await consent.get_by_label(said("scope-coach")).check()
    await consent.get_by_label(said("language-en")).check()
    await page.screenshot(path=shot("teams-consent"))
    await consent.get_by_role("button", name=said("form-consent-submit")).click()
    await page.get_by_role("button", name=said("welcome-ok-button")).click()
    await expect(page.get_by_text(said("welcome-said"))).to_be_visible()

    await page.get_by_test_id("travel-event").first.click()
    await page.screenshot(path=shot("teams-nudge"))
    await page.get_by_role("button", name=said("nudge-plan-button")).click()
    plan = card(page, whole("plan-then-label"))
    await plan.get_by_label(whole("plan-if-label")).fill("a customer calls on Wednesday")
    await plan.get_by_label(whole("plan-then-label")).fill("listen first")
    await plan.get_by_role("button", name=said("form-plan-submit")).click()
    await expect(page.get_by_text("a customer calls on Wednesday").last).to_be_visible()
    await page.get_by_test_id("travel-event").first.click()
    await page.get_by_role("button", name=said("day-done-button"), exact=True).last.click()
    await send(page, "She had never been asked. <b>Really</b> & truly")
    await expect(page.get_by_text(said("card-noted")).last).to_be_visible()
    await page.get_by_role("button", name=said("words-share-button")).last.click()
    await expect(page.get_by_text(said("channel-goes", day="Monday 19 January")).last).to_be_visible()
    await page.screenshot(path=shot("teams-noted"))

    for _ in range(3):
        await page.get_by_test_id("travel-event").first.click()
        await expect(page.get_by_test_id("travelling")).to_be_hidden()
    await send(page, "me")
    await expect(page.get_by_text(said("audit-open-button")).last).to_be_visible()
    await page.screenshot(path=shot("teams-me"))
    await go(page, "it-managers")
    await expect(page.get_by_text(said("team-share-fallback")).last).to_be_visible()
    await page.get_by_test_id("replies").last.click()
    await expect(page.get_by_text("She had never been asked. <b>Really</b> & truly").last).to_be_visible()
    await page.screenshot(path=shot("teams-reflection"))
