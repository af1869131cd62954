"""A real Chromium that looks at a practice page; an error on its console fails the test."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.waiting import IN_THE_END

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
MARKS = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),  # the loop that Chromium was started on
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: the browser tests were not run"),
]

MILLISECONDS = 1_000 * IN_THE_END  # that the browser waits for whatever is awaited
expect.set_options(timeout=MILLISECONDS)

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SHOTS = Path(__file__).parent / "shots"  # git-ignored: to look at


@asynccontextmanager
async def started() -> AsyncIterator[Browser]:
    """Run a Chromium as long as the context lasts."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=MILLISECONDS
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def watching(chromium: Browser, address: str) -> AsyncIterator[Page]:
    """Open a page that shares nothing with another, keep a last picture of it, and refuse what it complained about."""
    context = await chromium.new_context(viewport=WIDE, locale="en-GB")
    context.set_default_timeout(MILLISECONDS)
    page = await context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(address)
    yield page
    await page.screenshot(path=shot("last"))
    await context.close()
    assert errors == []


def shot(name: str) -> Path:
    """Return where a picture goes."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS / f"{name}.png"
