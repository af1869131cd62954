"""A real browser plays the people of the practice Teams: they type, take back, get files, and have the app or not."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.coaching.language import Language
from tests.browser.watching import MARKS, NARROW, shot, watching
from tests.conftest import shipped_words
from tests.content import NL, said
from tests.practice.teams.staging import CHANNEL, Stage, attachment, card, message, person_id, staged

pytestmark = MARKS

WORDS = shipped_words()
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
COMMANDS = 12  # as many as Teams offers of an app


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """Serve a practice Teams whose page has words, with an app that answers nothing."""
    async with staged(page_words=lambda spoken: WORDS.phrases_under("practice-", Language(spoken))) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def page(stage: Stage, chromium: Browser) -> AsyncIterator[Page]:
    """Look at Sanne's chat."""
    async with watching(chromium, f"{stage.url}/practice/teams#as={person_id('Sanne')}&in=a:1sanne") as page:
        yield page


async def type_in(page: Page, text: str) -> None:
    """Type into the composer and send."""
    box = page.get_by_test_id("composer")
    await box.fill(text)
    await box.press("Enter")


async def test_the_commands_are_offered_and_taken_by_keyboard(stage: Stage, page: Page) -> None:
    """In the chat bare, in the channel behind a mention."""
    await page.get_by_test_id("commands").click()
    await expect(page.get_by_role("option")).to_have_count(COMMANDS)
    box = page.get_by_test_id("composer")
    await box.fill("sett")
    await box.press("Tab")
    await expect(box).to_have_value("settings")
    await box.press("Enter")
    await stage.app.until(1)
    assert stage.app.last["text"] == "settings"
    await page.get_by_test_id("place").filter(has_text="it-managers").click()
    await page.get_by_test_id("mention").click()
    await expect(box).to_have_value("@Pitstop ")
    await page.keyboard.type("sta")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await stage.app.until(2)
    assert stage.app.last["text"] == "<at>Pitstop</at> start"


async def test_an_answer_quotes_what_it_answers(stage: Stage, page: Page) -> None:
    experiment = message(card(text="Ask your partner tonight"))
    experiment.summary = "Ask your partner tonight, and tell me what you heard: it is worth more than a survey"
    await stage.api().conversations.create_activity("a:1sanne", experiment)
    asked = page.get_by_test_id("message").first
    await expect(asked).to_be_visible()
    await asked.hover()
    await asked.get_by_test_id("reply").click()
    chip = page.get_by_test_id("quote-chip")
    await expect(chip).to_contain_text("Ask your partner")
    await page.screenshot(path=shot("teams-quoting"))
    await chip.click()
    await expect(chip).to_be_hidden()
    await asked.hover()
    await asked.get_by_test_id("reply").click()
    await type_in(page, "Done on Monday")
    await expect(page.get_by_test_id("quoted")).to_contain_text("Ask your partner")
    await expect(chip).to_be_hidden()
    (first, *_) = await stage.messages()
    assert stage.app.last["entities"][0]["quotedReply"]["messageId"] == first["id"]
    await type_in(page, "Nothing quoted")
    await expect(page.get_by_test_id("quoted")).to_have_count(1)
    await page.screenshot(path=shot("teams-quoted"))
    await page.set_viewport_size(NARROW)
    await page.screenshot(path=shot("teams-quoted-narrow"))


async def test_own_messages_are_changed_taken_back_and_brought_back(stage: Stage, page: Page) -> None:
    await type_in(page, "She said no")
    await expect(page.get_by_test_id("message")).to_be_visible()
    await page.get_by_test_id("message").hover()
    await page.get_by_test_id("message-menu").click()
    await page.get_by_role("menuitem", name=said("practice-page-edit")).click()
    editor = page.get_by_test_id("editor").get_by_role("textbox")
    await editor.fill("She said yes")
    await editor.press("Enter")
    await expect(page.get_by_test_id("edited")).to_be_visible()
    await page.get_by_test_id("message").hover()
    await page.get_by_test_id("message-menu").click()
    await page.get_by_role("menuitem", name=said("practice-page-delete")).click()
    await page.get_by_test_id("dialog-confirm").click()
    await expect(page.get_by_text(said("practice-page-was-deleted"))).to_be_visible()
    await page.get_by_test_id("undo").click()
    await expect(page.get_by_test_id("message").get_by_text("She said yes")).to_be_visible()
    await stage.app.until(4)
    kinds = [(each["type"], each["channelData"].get("eventType")) for each in stage.app.heard]
    changes = [("messageUpdate", "editMessage"), ("messageDelete", "softDeleteMessage")]
    assert kinds == [("message", None), *changes, ("messageUpdate", "undeleteMessage")]


@pytest.mark.parametrize(
    ("answer", "says"),
    [("accept", said("practice-teams-file-accepted")), ("decline", said("practice-teams-file-declined"))],
)
async def test_a_file_is_agreed_to_or_not(stage: Stage, page: Page, answer: str, says: str) -> None:
    content = {"description": "Everything about you", "sizeInBytes": 12, "acceptContext": {"n": 1}}
    await stage.api().conversations.create_activity("a:1sanne", attachment(CONSENT, content, name="me.zip"))
    await expect(page.get_by_test_id("file")).to_contain_text("Everything about you")
    await page.get_by_test_id(f"file-{answer}").click()
    await expect(page.get_by_test_id("file")).to_contain_text(says)
    assert stage.app.last["value"]["action"] == answer


async def test_without_the_app_nobody_writes_to_it_until_it_is_added_again(stage: Stage, page: Page) -> None:
    await page.get_by_test_id("person-menu").click()
    await page.get_by_role("menuitem", name=said("practice-page-remove-bot")).click()
    await page.get_by_test_id("dialog-confirm").click()
    await expect(page.get_by_test_id("composer")).to_be_hidden()
    await page.get_by_test_id("add-app").click()
    await expect(page.get_by_test_id("composer")).to_be_visible()
    actions = [each["action"] for each in stage.app.heard if each["type"] == "installationUpdate"]
    assert actions == ["remove", "add"]


async def test_the_team_has_the_app_or_not(stage: Stage, page: Page) -> None:
    await page.get_by_test_id("place").filter(has_text="it-managers").click()
    await page.get_by_test_id("channel-menu").click()
    await page.get_by_role("menuitem", name=said("practice-teams-remove-from-team")).click()
    await expect(page.get_by_text(said("practice-teams-without-bot"))).to_be_visible()
    await page.get_by_test_id("channel-menu").click()
    await page.get_by_role("menuitem", name=said("practice-teams-add-to-team")).click()
    await expect(page.get_by_text(said("practice-teams-without-bot"))).to_be_hidden()


async def test_the_guide_leads_to_the_first_command(stage: Stage, page: Page) -> None:
    await page.get_by_test_id("guide-1").click()
    await expect(page.get_by_test_id("composer")).to_have_value("@Pitstop start")
    await expect(page.get_by_test_id("conversation-title")).to_have_text("it-managers")
    await page.get_by_test_id("composer").press("Enter")
    await stage.app.until(1)
    assert stage.app.last["from"]["aadObjectId"] == person_id("Marit")
    assert stage.app.last["conversation"]["id"].startswith(CHANNEL)


async def test_the_page_says_everything_in_both_languages(stage: Stage, page: Page) -> None:
    """No key of the words is ever seen, and the switch to the other chat is there."""
    for language, chat in (
        ("nl", said("practice-page-write-to", NL, name="Pitstop")),
        ("en", said("practice-page-write-to", name="Pitstop")),
    ):
        await page.get_by_test_id(f"language-{language}").click()
        await expect(page.get_by_placeholder(chat)).to_be_visible()
        await page.get_by_test_id("guide-open").click()
        labels = "[...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel).join('\\n')"
        seen = await page.locator("body").inner_text() + await page.evaluate(labels)
        assert re.findall(r"\b(?:guide|command|verb|error|tab|travel|practice)-[a-z0-9-]+", seen) == []
        await page.screenshot(path=shot(f"teams-guide-{language}"))
    await expect(page.get_by_test_id("side-slack")).to_have_attribute("href", "/practice")
    await expect(page.get_by_test_id("side-teams")).to_have_attribute("aria-current", "page")


async def test_a_phone_reaches_the_chat_the_channel_and_the_people(stage: Stage, page: Page) -> None:
    await page.set_viewport_size(NARROW)
    for tab, title in (("team", "it-managers"), ("talk", "Pitstop")):
        await page.get_by_test_id(f"tab-{tab}").click()
        await expect(page.get_by_test_id("conversation-title")).to_have_text(title)
        await expect(page.get_by_test_id(f"tab-{tab}")).to_have_attribute("aria-current", "page")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_test_id("tab-list").click()
    await page.get_by_test_id("person").filter(has_text="Grace").click()
    await expect(page.get_by_test_id("tab-list")).to_contain_text("Grace")
