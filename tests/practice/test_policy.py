"""The app's messages, forms and addresses end as they do in a real workspace."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.policy import Policy, Removal
from bot.practice.time.clock import TravelClock
from tests.driver import Refused
from tests.practice.staging import T0, Stage, actions, button, direct, modal, section, staged

CHANNEL = "C0ITMANAGERS"


@pytest.mark.parametrize(
    ("window", "age", "may"),
    [
        (None, 40_000_000, True),  # no window: for ever
        (timedelta(minutes=5), 0, True),
        (timedelta(minutes=5), 299, True),
        (timedelta(minutes=5), 300, False),
        (timedelta(0), 0, False),  # never
    ],
)
def test_a_message_may_be_changed_within_the_window(window: timedelta | None, age: float, may: bool) -> None:
    posted = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    assert Policy(edit_window=window).may_change(posted, posted + timedelta(seconds=age)) is may


async def refusal(call: object) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call  # type: ignore[misc]
    return str(refused.value.response["error"])


async def test_after_the_edit_window_a_message_stands_as_it_is() -> None:
    async with staged(clock=TravelClock(T0, runs=False)) as stage:
        channel = await direct(stage)
        ts = (await stage.slack.chat_postMessage(channel=channel, text="One"))["ts"]
        stage.practice.site.policy.edit_window = timedelta(minutes=1)
        await stage.slack.chat_update(channel=channel, ts=ts, text="Two")
        stage.practice.clock.leap(timedelta(minutes=1))
        assert await refusal(stage.slack.chat_update(channel=channel, ts=ts, text="Three")) == "edit_window_closed"
        assert stage.practice.world.posts[channel][ts].text == "Two"


async def test_after_the_edit_window_a_response_url_still_replaces_the_message() -> None:
    async with staged(policy=Policy(edit_window=timedelta(0))) as stage:
        posted = await stage.slack.chat_postMessage(channel=CHANNEL, text="One", blocks=[actions(button())])
        message = {"channel": CHANNEL, **posted["message"]}
        await stage.driver.click("Sanne", message, "Done")
        answer = {"replace_original": True, "text": "Two"}
        async with stage.session.post(stage.app.last.data["response_url"], json=answer) as response:
            assert response.status == 200
        assert stage.practice.world.posts[CHANNEL][posted["ts"]].text == "Two"


@pytest.mark.parametrize("removal", [Removal.EXPORTED, Removal.FORBIDDEN])
async def test_a_workspace_can_keep_every_message(stage: Stage, removal: Removal) -> None:
    ts = (await stage.slack.chat_postMessage(channel=CHANNEL, text="One"))["ts"]
    stage.practice.site.policy.removal = removal
    assert await refusal(stage.slack.chat_delete(channel=CHANNEL, ts=ts)) == removal
    assert ts in stage.practice.world.posts[CHANNEL]
    stage.practice.site.policy.removal = Removal.ALLOWED
    await stage.slack.chat_delete(channel=CHANNEL, ts=ts)


async def test_a_message_that_was_wiped_is_not_found_and_the_app_is_not_told(stage: Stage) -> None:
    ts = (await stage.slack.chat_postMessage(channel=CHANNEL, text="One"))["ts"]
    await stage.driver.act("wipe", channel=CHANNEL, ts=ts)
    assert await refusal(stage.slack.chat_update(channel=CHANNEL, ts=ts, text="Two")) == "message_not_found"
    assert await refusal(stage.slack.chat_delete(channel=CHANNEL, ts=ts)) == "message_not_found"
    assert stage.app.heard == []
    with pytest.raises(Refused, match="message_not_found"):
        await stage.driver.act("wipe", channel=CHANNEL, ts=ts)


async def test_whoever_opens_slack_anew_sees_no_ephemeral_and_no_form(stage: Stage) -> None:
    """Until then a form can be updated; afterwards it is found nowhere. Others keep theirs."""
    for person in ("Sanne", "Grace"):
        await stage.slack.chat_postEphemeral(channel=CHANNEL, user=f"U0{person.upper()}", text="For you")
        await stage.driver.command(person, "it-managers", "start")
        view = modal(section(), external_id=person, notify_on_close=True)
        await stage.slack.views_open(trigger_id=stage.app.last.data["trigger_id"], view=view)
    await stage.slack.views_update(external_id="Sanne", view=modal(section("Two"), external_id="Sanne"))
    await stage.driver.act("reload", **{"as": "U0SANNE"})
    assert await stage.driver.modal("Sanne") is None
    assert await stage.driver.messages("Sanne", "it-managers") == []
    again = stage.slack.views_update(external_id="Sanne", view=modal(section("Three"), external_id="Sanne"))
    assert await refusal(again) == "not_found"
    assert [heard.kind for heard in stage.app.heard] == ["command", "command"]
    assert await stage.driver.modal("Grace")
    assert len(await stage.driver.messages("Grace", "it-managers")) == 1
