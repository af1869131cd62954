"""A real browser shows the cards of an app in the practice Teams, and brings back what is pressed and filled in."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from microsoft_teams.cards import AdaptiveCard
from playwright.async_api import Browser, Locator, Page, expect

from bot.coaching.language import Language
from tests.browser.watching import MARKS, NARROW, shot, watching
from tests.conftest import shipped_words
from tests.content import said
from tests.practice.teams.staging import CHANNEL, Stage, message, person_id, staged

pytestmark = MARKS

WORDS = shipped_words()
SANNES = f"/practice/teams#as={person_id('Sanne')}&in=a:1sanne"
PEOPLE = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
Json = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """Serve a practice Teams whose page has words, with an app that answers as a test says."""
    async with staged(page_words=lambda spoken: WORDS.phrases_under("practice-", Language(spoken))) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def page(stage: Stage, chromium: Browser) -> AsyncIterator[Page]:
    """Look at Sanne's chat."""
    async with watching(chromium, f"{stage.url}{SANNES}") as page:
        yield page


def card(*body: Json, actions: tuple[Json, ...] = ()) -> AdaptiveCard:
    return AdaptiveCard.model_validate({"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": actions})


def words(text: str) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True}


def press(title: str, **more: Any) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": title.lower(), "data": own(title.lower()), **more}


def own(name: str) -> Json:
    """Return what a button carries: whatever the app likes, also what reads like a part of a card."""
    return {"pitstop": {"button": name, "value": "7", "body": [{"type": "Input.ChoiceSet", "choices.data": PEOPLE}]}}


def field(kind: str, name: str, label: str, **more: Any) -> Json:
    return {"type": f"Input.{kind}", "id": name, "label": label, **more}


def button(page: Page, name: str) -> Locator:
    return page.get_by_test_id("card").get_by_role("button", name=name, exact=True)


async def test_what_people_typed_never_becomes_markup(stage: Stage, page: Page) -> None:
    """Not in a message, not in a card: no tag, no picture, no address that runs."""
    hostile = "<img src=x onerror=alert(1)> <b>b</b> [run](javascript:alert(1)) ![p](https://x.test/p.png) **yes** # no"
    await stage.show(shown=card(words(hostile), {"type": "FactSet", "facts": [{"title": "T", "value": hostile}]}))
    await stage.api().conversations.create_activity("a:1sanne", message(text=hostile))
    await stage.act("say", as_="Sanne", channel="a:1sanne", text=hostile)
    await expect(page.get_by_test_id("message")).to_have_count(3)
    inside = page.locator(".message-body")
    await expect(inside.locator("img, b, h1, [onerror], a:not([href^='https://x.test/'])")).to_have_count(0)
    await expect(inside.locator("strong")).to_have_text(["yes", "yes", "yes"])
    for each in await inside.all():
        assert "<img src=x onerror=alert(1)> <b>b</b>" in (await each.inner_text())


async def test_a_press_carries_the_buttons_own_data_and_everything_that_was_filled_in(stage: Stage, page: Page) -> None:
    """Cleared fields are empty, people are picked from who lives here, and the old kind of button works too."""
    days = [{"title": "Monday", "value": "1"}, {"title": "Tuesday", "value": "2"}]
    await stage.show(
        shown=card(
            field("Text", "why", "Why", value="before"),
            field("ChoiceSet", "days", "Days", choices=days, isMultiSelect=True, value="1"),
            field("ChoiceSet", "coaches", "Coaches", choices=[], isMultiSelect=True, **{"choices.data": PEOPLE}),
            field("Date", "start", "First day"),
            {"type": "Input.Toggle", "id": "quiet", "title": "Quiet"},
            actions=(press("Go"), {"type": "Action.Submit", "title": "Old", "data": own("old")}),
        )
    )
    box = page.get_by_test_id("card")
    await box.get_by_label("Why").fill("")
    await box.get_by_label("Tuesday").check()
    await box.get_by_label("Grace").check()
    await box.get_by_label("First day").fill("2026-12-01")
    await box.get_by_label("Quiet").check()
    await button(page, "Go").click()
    await stage.app.until(1)
    filled = {"why": "", "days": "1,2", "coaches": person_id("Grace"), "start": "2026-12-01", "quiet": "true"}
    assert stage.app.last["value"]["action"] == {
        "type": "Action.Execute",
        "verb": "go",
        "data": {**own("go"), **filled},
    }
    await box.get_by_label("Why").fill("<because>")
    await button(page, "Old").click()
    await stage.app.until(2)
    assert stage.app.last["value"] == {**own("old"), **filled, "why": "<because>"}


async def test_the_answer_to_a_press_replaces_the_card_or_is_said_below_it(stage: Stage, page: Page) -> None:
    await stage.show(shown=card(words("Before"), actions=(press("Go"),)))
    stage.app.reply(
        {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Noted, Sanne."},
        {
            "statusCode": 200,
            "type": "application/vnd.microsoft.card.adaptive",
            "value": {"type": "AdaptiveCard", "version": "1.5", "body": [words("After ✓")]},
        },
    )
    await button(page, "Go").click()
    await expect(page.get_by_test_id("noted")).to_have_text("Noted, Sanne.")
    await button(page, "Go").click()
    await expect(page.get_by_test_id("card")).to_have_text("After ✓")
    await expect(page.locator("article:focus")).to_have_count(1)


async def test_a_question_opens_below_its_button_and_what_is_required_is_asked_before_anything_is_sent(
    stage: Stage, page: Page
) -> None:
    question = {"type": "AdaptiveCard", "body": [words("Really?")], "actions": [press("Yes", style="destructive")]}
    await stage.show(
        shown=card(
            field("Text", "why", "Why", isRequired=True, errorMessage="Please say why."),
            actions=(press("Go"), {"type": "Action.ShowCard", "title": "Leave", "card": question}),
        )
    )
    await button(page, "Go").click()
    await expect(page.get_by_text("Please say why.")).to_be_visible()
    assert stage.app.heard == []
    await page.get_by_label("Why").fill("because")
    await button(page, "Leave").click()
    await expect(page.get_by_text("Really?")).to_be_visible()
    await button(page, "Yes").click()
    await stage.app.until(1)
    assert stage.app.last["value"]["action"]["verb"] == "yes"


async def test_what_is_half_typed_stays_when_others_answer_below_the_card(stage: Stage, page: Page) -> None:
    root = await stage.show(CHANNEL, card(field("Text", "why", "Why"), actions=(press("Go"),)))
    await page.get_by_test_id("place").filter(has_text="it-managers").click()
    await page.get_by_label("Why").fill("half a sen")
    await stage.act("say", as_="Grace", channel=CHANNEL, text="What is this?", thread=root)
    await expect(page.get_by_test_id("replies")).to_contain_text(said("practice-page-replies-one", count=1))
    await expect(page.get_by_label("Why")).to_have_value("half a sen")
    await expect(page.get_by_label("Why")).to_be_focused()


async def test_a_card_fits_a_phone_in_light_and_dark(stage: Stage, page: Page) -> None:
    """Nothing sticks out sideways, no button is cut off, and the inks follow without drawing again."""
    long = "Ongelooflijkeenwoordzonderspaties" * 3
    await stage.show(
        shown=card(
            words(f"{long} and more"),
            {"type": "FactSet", "facts": [{"title": "When", "value": long}]},
            actions=(press("I'll do it"), press("Done already"), press("Later"), press("Not for me")),
        )
    )
    await page.set_viewport_size(NARROW)
    paper = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await expect(button(page, "Not for me")).to_be_in_viewport()
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await page.evaluate("[...document.querySelectorAll('.card *')].every((e) => e.scrollWidth <= 390)")
        box = "getComputedStyle(document.querySelector('.ac-adaptiveCard'))"
        paper.append(await page.evaluate(f"{box}.backgroundColor"))
        await page.screenshot(path=shot(f"teams-card-{scheme}"))
    assert paper == ["rgb(255, 255, 255)", "rgb(41, 41, 41)"]


async def test_in_the_channel_only_a_mention_is_heard_and_threads_stand_aside(stage: Stage, page: Page) -> None:
    root = (await stage.api().conversations.create_activity(CHANNEL, message(text="Who joins?"))).id
    await page.get_by_test_id("place").filter(has_text="it-managers").click()
    await page.get_by_test_id("message").hover()
    await page.get_by_test_id("reply").click()
    reply = page.get_by_test_id("thread-composer")
    await reply.fill("Just us here")
    await reply.press("Enter")
    await expect(page.locator("#thread").get_by_text("Just us here")).to_be_visible()
    await reply.fill("@Pitstop join")
    await reply.press("Enter")
    await stage.app.until(1)
    assert stage.app.last["conversation"]["id"] == f"{CHANNEL};messageid={root}"
    assert "Just us" not in stage.app.last["text"]
    await expect(page.locator("#thread .mention")).to_have_text("@Pitstop")
    await expect(page.get_by_test_id("replies")).to_contain_text(said("practice-page-replies-other", count=2))
