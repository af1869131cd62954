"""A coach's week at the desk in a real browser, from the guide of the practice page to what the member sees of it."""

import csv
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.coaching.records.audit import Action
from tests.browser.watching import MARKS, watching
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import looks, share
from tests.flows.talk import begin

pytestmark = [*MARKS, pytest.mark.slack("the desk is the same for both platforms")]

REPLIES = 1_000
NEEDLE = "the printer of ward 7 stood still"
ANSWER = "Well found. What did they say?"


async def test_a_coach_comes_from_the_guide_reads_answers_and_takes_the_log_along_and_the_member_sees_it(
    world: World, chromium: Browser, tmp_path: Path
) -> None:
    await begin(world, "Sanne", "Grace")
    texts = [f"number {number}" for number in range(REPLIES)]
    texts[-3] = NEEDLE
    await share(world, "Sanne", *texts)
    async with watching(chromium, f"{world.url}/practice") as practice:
        await practice.get_by_test_id("guide-open").click()
        async with practice.expect_popup() as opened:  # one click from the guide
            await practice.get_by_test_id("guide-7").click()
        page = await opened.value
        await page.get_by_role("button", name="Marit").click()
        await page.get_by_role("link", name="Read what Sanne shared").click()
        line = page.get_by_role("article").filter(has_text=NEEDLE)
        await line.get_by_role("link", name="Open and answer").click()
        await page.get_by_label("Your answer to Sanne").fill(ANSWER)
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_role("status")).to_have_text(said("desk-answer-sent"))
        await world.settle()
        assert ANSWER in await world.text("Sanne")

        await page.get_by_role("link", name="Back to the log").click()
        async with page.expect_download() as loading:
            await page.get_by_role("link", name=said("desk-csv")).click()
        file = tmp_path / "log.csv"
        await (await loading.value).save_as(file)
        with file.open(encoding="utf-8-sig", newline="") as sheet:
            _, *rows = csv.reader(sheet)
        assert sorted(row[-1] for row in rows) == sorted([*texts, ANSWER])
        noted = await looks(world, "Sanne")
        assert sum(count for action, count in noted if action is Action.DOWNLOAD) == REPLIES + 1

        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.get_by_role("link", name="Choose who you are").click()
        await page.get_by_role("button", name="Sanne").click()
        await page.get_by_role("link", name="See who read what").click()
        for told in ("took", "wrote to you", "read"):
            await expect(page.get_by_role("heading", name=f"Marit {told}").first).to_be_visible()
        await expect(page.get_by_text(NEEDLE).first).to_be_visible()
