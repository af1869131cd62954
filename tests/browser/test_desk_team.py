"""A real browser on a team's page: a coach leaves a line out of the next post, and the page stands still."""

import pytest
from playwright.async_api import Browser, expect

from bot.coaching.records.pulse import QUESTIONS, Tally, Wave
from tests.browser.test_desk import looked_at
from tests.browser.watching import MARKS, watching
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import link, share, told_in_channel
from tests.flows.talk import begin

pytestmark = [*MARKS, pytest.mark.slack("the desk is the same for both platforms")]

LONG = "The queue has faces now: I sat beside payroll for an hour, and half of what I thought I knew was wrong. " * 3
SHIFTED = """() => new Promise((done) => {
    let moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((each) => { moved += each.value; }))
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


async def test_a_coach_leaves_a_line_out_of_the_next_post(world: World, chromium: Browser) -> None:
    await begin(world, "Sanne", "Grace")
    now = world.bot.ports.now
    await share(world, "Sanne", LONG, "Better not this one", shared_at=now)
    await share(world, "Grace", "שלום <b>dag</b>", shared_at=now)
    spread = ((1, 2), (2, 5), (3, 6), (4, 3))
    start = [Tally(wave=Wave.BEFORE, question=each.slug, value=v, people=n) for each in QUESTIONS for v, n in spread]
    end = [Tally(wave=Wave.AFTER, question=each.slug, value=v + 1, people=n) for each in QUESTIONS for v, n in spread]
    for week, tried, pulse in ((2, 8, start), (3, 12, []), (4, 5, [*start, *end])):
        await told_in_channel(world, week, tried, *pulse)
    async with watching(chromium, f"{world.url}/desk/in/{await link(world, 'Marit')}") as page:
        await page.get_by_role("button", name="Come in").click()
        await page.get_by_role("link", name="Team", exact=True).click()
        await expect(page.get_by_role("img", name="Week 2: 8, Week 3: 12, Week 4: 5")).to_be_visible()
        assert await page.locator("figure svg").count() == len(QUESTIONS)
        assert await page.evaluate(SHIFTED) == 0
        line = page.get_by_role("listitem").filter(has_text="Better not this one")
        await line.get_by_role("button", name="Leave out").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_have_text(said("desk-post-said-out"))
        await expect(line.get_by_role("button", name="Put back")).to_be_visible()
        await looked_at(page, "team")
        await page.emulate_media(media="print")
        await expect(page.get_by_role("button").first).to_be_hidden()
