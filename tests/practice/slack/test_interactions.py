"""Commands, presses and forms, as the app hears of them and as its answers are shown."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.practice.slack.triggers import Triggers
from tests.driver import Refused
from tests.practice.staging import Stage, actions, button, field, modal, option, plain, section, staged
from tests.waiting import Deadlines

Json = dict[str, Any]

TEXT = {"type": "plain_text_input"}
PICK: Json = {"type": "static_select", "action_id": "week", "options": [option("this"), option("next")]}


async def posted(stage: Stage, *elements: Json) -> Json:
    await stage.slack.chat_postMessage(
        channel="U0SANNE", text="Nudge", blocks=[section(), actions(*(elements or (button(),)))]
    )
    seen = await stage.driver.last("Sanne", "dm")
    assert seen
    return seen


async def opened(stage: Stage, *blocks: Json, **more: object) -> Json:
    await stage.driver.command("Sanne", "it-managers", "start")
    trigger = stage.app.last.data["trigger_id"]
    await stage.slack.views_open(trigger_id=trigger, view=modal(*blocks, **more))
    seen = await stage.driver.modal("Sanne")
    assert seen
    return seen


@pytest.mark.parametrize(
    ("channel", "name"), [("it-managers", "it-managers"), ("leads", "privategroup"), ("dm", "directmessage")]
)
async def test_a_command_says_where_it_was_typed(stage: Stage, channel: str, name: str) -> None:
    await stage.driver.command("Sanne", channel, "pause until friday")
    form = stage.app.last.data
    assert (form["command"], form["text"]) == ("/coach", "pause until friday")
    assert (form["channel_name"], form["user_id"]) == (name, "U0SANNE")


async def test_the_answer_to_a_command_is_for_who_typed_it(stage: Stage) -> None:
    stage.app.reply(PlainTextResponse("Welcome"))
    await stage.driver.command("Sanne", "service-desk", "help")
    seen = await stage.driver.last("Sanne", "service-desk")
    assert seen
    assert (seen["text"], seen["ephemeral"]) == ("Welcome", True)
    assert await stage.driver.last("Grace", "service-desk") is None


async def test_the_answer_to_a_command_can_be_for_everybody(stage: Stage) -> None:
    stage.app.reply(JSONResponse({"response_type": "in_channel", "text": "Hello", "blocks": [section("All")]}))
    await stage.driver.command("Sanne", "service-desk", "status")
    seen = await stage.driver.last("Grace", "service-desk")
    assert seen
    assert stage.driver.texts(seen) == "All"


async def test_a_response_url_works_five_times_where_the_bot_is_not(stage: Stage) -> None:
    await stage.driver.command("Sanne", "leads", "help")
    client = AsyncWebhookClient(stage.app.last.data["response_url"], session=stage.session, retry_handlers=[])
    answers = [await client.send(text=str(n)) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert len(await stage.driver.messages("Sanne", "leads")) == 5
    assert await stage.driver.messages("Grace", "leads") == []


async def test_a_response_url_lives_for_half_an_hour(stage: Stage) -> None:
    await stage.driver.command("Sanne", "leads", "help")
    client = AsyncWebhookClient(stage.app.last.data["response_url"], session=stage.session, retry_handlers=[])
    await stage.driver.travel("2026-11-24T09:31:00+00:00")
    assert "expired_url" in (await client.send(text="late")).body


async def test_a_bad_answer_to_a_response_url_is_refused_and_not_counted(stage: Stage) -> None:
    await stage.driver.command("Sanne", "leads", "help")
    client = AsyncWebhookClient(stage.app.last.data["response_url"], session=stage.session, retry_handlers=[])
    assert "no_text" in (await client.send(text="")).body
    assert "invalid_blocks" in (await client.send(blocks=[{"type": "poem"}])).body
    assert [(await client.send(text="x")).status_code for _ in range(5)] == [200] * 5


async def test_a_press_carries_the_message_and_its_metadata(stage: Stage) -> None:
    metadata = {"event_type": "pitstop_nudge", "event_payload": {"nudge": "n1"}}
    await stage.slack.chat_postMessage(
        channel="U0SANNE", text="Nudge", blocks=[actions(button(), PICK)], metadata=metadata
    )
    message = await stage.driver.last("Sanne", "dm")
    assert message
    await stage.driver.click("Sanne", message, "Done", week="next")
    payload = stage.app.last.data
    assert payload["type"] == "block_actions"
    assert payload["actions"][0]["value"] == "n1"
    assert payload["message"]["metadata"] == metadata
    assert payload["container"]["message_ts"] == message["ts"]
    assert payload["state"]["values"]["row"]["week"]["selected_option"]["value"] == "next"


async def test_choosing_in_a_message_is_brought(stage: Stage) -> None:
    message = await posted(stage, PICK, {"type": "datepicker", "action_id": "day"})
    await stage.driver.choose("Sanne", message, "week", "this")
    assert stage.app.last.data["actions"][0]["selected_option"]["value"] == "this"
    await stage.driver.choose("Sanne", message, "day", "2026-12-01")
    assert stage.app.last.data["actions"][0]["selected_date"] == "2026-12-01"


async def test_what_is_filled_in_on_a_message_is_brought_with_the_press(stage: Stage) -> None:
    """And nothing is checked: what a field demands, Slack keeps to in views alone."""
    fields = [field("why", {"type": "plain_text_input"}), field("day", {"type": "datepicker"})]
    await stage.slack.chat_postMessage(channel="U0SANNE", text="?", blocks=[*fields, actions(button())])
    message = await stage.driver.last("Sanne", "dm")
    assert message
    await stage.driver.send("Sanne", message, "Done", why="<!channel>")
    values = stage.app.last.data["state"]["values"]
    assert values["why"]["why"] == {"type": "plain_text_input", "value": "<!channel>"}
    assert values["day"]["day"]["selected_date"] is None


async def test_a_press_on_what_has_changed_since_still_arrives(stage: Stage) -> None:
    message = await posted(stage)
    await stage.slack.chat_update(channel="D0SANNE", ts=str(message["ts"]), text="Done", blocks=[section()])
    await stage.driver.click("Sanne", message, "Done")
    assert stage.app.last.data["actions"][0]["action_id"] == "nudge.done"


async def test_the_message_that_was_pressed_can_be_replaced_and_taken_away(stage: Stage) -> None:
    await stage.slack.chat_postEphemeral(channel="C0ITMANAGERS", user="U0SANNE", text="?", blocks=[actions(button())])
    message = await stage.driver.last("Sanne", "it-managers")
    assert message
    await stage.driver.click("Sanne", message, "Done")
    payload = stage.app.last.data
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    client = AsyncWebhookClient(payload["response_url"], session=stage.session, retry_handlers=[])
    await client.send(text="Thanks", replace_original=True)
    (only,) = await stage.driver.messages("Sanne", "it-managers")
    assert (only["text"], only["ephemeral"], only["blocks"]) == ("Thanks", True, [])
    await client.send(text="More")
    assert len(await stage.driver.messages("Sanne", "it-managers")) == 2
    await client.send(delete_original=True)
    (only,) = await stage.driver.messages("Sanne", "it-managers")
    assert only["text"] == "More"


async def test_who_cannot_see_a_message_cannot_press_it(stage: Stage) -> None:
    message = await posted(stage)
    with pytest.raises(Refused) as refused:
        await stage.driver.click("Grace", message, "Done")
    assert refused.value.error == "channel_not_found"
    await stage.driver.profile("Sanne", deleted=True)
    with pytest.raises(Refused) as refused:
        await stage.driver.click("Sanne", message, "Done")
    assert refused.value.error == "account_inactive"


async def test_an_app_that_fails_is_shown_so(stage: Stage) -> None:
    message = await posted(stage)
    stage.app.reply(Response(status_code=500))
    with pytest.raises(Refused) as refused:
        await stage.driver.click("Sanne", message, "Done")
    assert refused.value.error == "dispatch_failed"
    assert len(stage.app.heard) == 1


async def test_an_app_that_is_too_slow_is_shown_so() -> None:
    deadlines = Deadlines()
    async with staged(deadline=deadlines) as stage:
        stage.app.may_answer.clear()
        stage.app.when_heard = deadlines.pass_by
        with pytest.raises(Refused) as refused:
            await stage.driver.command("Sanne", "dm", "help")
        assert (refused.value.error, deadlines.begun) == ("operation_timeout", [3.0])
        stage.app.may_answer.set()


async def test_a_trigger_opens_one_form_once(stage: Stage) -> None:
    view = await opened(stage, section("Read this"))
    assert stage.driver.texts(view) == "A form\nRead this\nSend\nClose"
    trigger = stage.app.last.data["trigger_id"]
    for given, error in ((trigger, "exchanged_trigger_id"), ("1.2", "invalid_trigger_id")):
        with pytest.raises(SlackApiError) as refused:
            await stage.slack.views_open(trigger_id=given, view=modal(section()))
        assert refused.value.response["error"] == error


async def test_a_trigger_does_not_live_long() -> None:
    seconds = 0.0
    async with staged(triggers=Triggers(steady=lambda: seconds)) as stage:
        await stage.driver.command("Sanne", "dm", "start")
        seconds = 3.001
        trigger = stage.app.last.data["trigger_id"]
        with pytest.raises(SlackApiError) as refused:
            await stage.slack.views_open(trigger_id=trigger, view=modal(section()))
        assert refused.value.response["error"] == "expired_trigger_id"


async def test_a_form_brings_every_field_filled_or_not(stage: Stage) -> None:
    view = await opened(
        stage,
        field("why", {**TEXT, "initial_value": "because"}),
        field("how", TEXT, optional=True),
        field("pace", {"type": "radio_buttons", "options": [option("one"), option("two")]}),
        field("lang", {"type": "static_select", "options": [option("en"), option("nl")]}),
        field("days", {"type": "checkboxes", "options": [option("mon"), option("tue")]}),
        field("on", {"type": "datepicker"}),
        field("at", {"type": "timepicker", "initial_time": "10:00"}),
        field("who", {"type": "multi_users_select"}),
    )
    state = stage.driver.fill(
        view,
        {"pace": "two", "lang": "Nl", "days": ("mon", "tue"), "on": "2026-12-01", "who": ("Sanne", "U0GRACE")},
    )
    assert await stage.driver.submit("Sanne", view, state) == {}
    payload = stage.app.last.data
    values = {name: block[name] for name, block in payload["view"]["state"]["values"].items()}
    assert payload["type"] == "view_submission"
    assert (payload["view"]["callback_id"], payload["view"]["private_metadata"]) == ("plan.make", "n1")
    assert values["why"]["value"] == "because"
    assert values["how"]["value"] is None
    assert values["pace"]["selected_option"]["value"] == "two"
    assert values["lang"]["selected_option"]["value"] == "nl"
    assert [each["value"] for each in values["days"]["selected_options"]] == ["mon", "tue"]
    assert values["on"]["selected_date"] == "2026-12-01"
    assert values["at"]["selected_time"] == "10:00"
    assert values["who"]["selected_users"] == ["U0SANNE", "U0GRACE"]
    assert await stage.driver.modal("Sanne") is None


async def test_a_form_with_a_required_field_empty_does_not_reach_the_app(stage: Stage) -> None:
    view = await opened(stage, field("why", TEXT), field("max", {**TEXT, "max_length": 3}))
    heard = len(stage.app.heard)
    errors = await stage.driver.submit("Sanne", view, stage.driver.fill(view, {"max": "four"}))
    assert errors == {"why": "practice-required", "max": "practice-too-long"}
    assert len(stage.app.heard) == heard


async def test_errors_of_the_app_stand_in_the_form_until_it_is_accepted(stage: Stage) -> None:
    view = await opened(stage, field("on", {"type": "datepicker"}))
    stage.app.reply(JSONResponse({"response_action": "errors", "errors": {"on": "In the past"}}))
    state = stage.driver.fill(view, {"on": "2020-01-01"})
    assert await stage.driver.submit("Sanne", view, state) == {"on": "In the past"}
    still = await stage.driver.modal("Sanne")
    assert still
    assert still["errors"] == {"on": "In the past"}
    assert await stage.driver.submit("Sanne", view, state) == {}


async def test_a_form_can_become_another_and_have_one_on_top(stage: Stage) -> None:
    view = await opened(stage, section())
    stage.app.reply(JSONResponse({"response_action": "update", "view": modal(section("Second"))}))
    await stage.driver.submit("Sanne", view)
    second = await stage.driver.modal("Sanne")
    assert second
    assert second["id"] == view["id"]
    assert "Second" in stage.driver.texts(second)
    stage.app.reply(JSONResponse({"response_action": "push", "view": modal(section("Third"))}))
    await stage.driver.submit("Sanne", second)
    third = await stage.driver.modal("Sanne")
    assert third
    assert third["id"] != view["id"]
    assert len((await stage.driver.state("Sanne"))["modals"]) == 2
    stage.app.reply(JSONResponse({"response_action": "clear"}))
    await stage.driver.submit("Sanne", third)
    assert await stage.driver.modal("Sanne") is None


async def test_a_form_that_slack_would_not_show_is_a_failure_of_the_app(stage: Stage) -> None:
    view = await opened(stage, section())
    stage.app.reply(JSONResponse({"response_action": "update", "view": {"type": "modal"}}))
    with pytest.raises(Refused) as refused:
        await stage.driver.submit("Sanne", view)
    assert refused.value.error == "dispatch_failed"
    assert refused.value.answer["response_metadata"]["messages"]


async def test_a_form_that_is_gone_or_has_no_button_cannot_be_sent_in(stage: Stage) -> None:
    view = await opened(stage, section(), submit=None)
    with pytest.raises(Refused) as refused:
        await stage.driver.submit("Sanne", view)
    assert refused.value.error == "view_not_submittable"
    await stage.driver.close("Sanne", view)
    with pytest.raises(Refused) as refused:
        await stage.driver.submit("Sanne", view)
    assert refused.value.error == "view_not_found"


async def test_closing_is_brought_only_when_the_form_asks_for_it(stage: Stage) -> None:
    view = await opened(stage, section())
    await stage.driver.close("Sanne", view)
    assert stage.app.last.kind == "command"
    view = await opened(stage, section(), notify_on_close=True)
    await stage.driver.close("Sanne", view)
    assert (stage.app.last.kind, stage.app.last.data["is_cleared"]) == ("view_closed", False)


async def test_a_press_in_a_form_can_push_at_most_three_forms(stage: Stage) -> None:
    for depth in range(3):
        view = (
            await stage.driver.modal("Sanne")
            if depth
            else await opened(stage, field("why", {**TEXT, "initial_value": "x"}), actions(button("More")))
        )
        assert view
        await stage.driver.click("Sanne", view, "More")
        payload = stage.app.last.data
        assert payload["container"] == {"type": "view", "view_id": view["id"]}
        push = stage.slack.views_push(trigger_id=payload["trigger_id"], view=modal(section(), actions(button("More"))))
        if depth < 2:
            assert (await push)["view"]["previous_view_id"] == view["id"]
        else:
            with pytest.raises(SlackApiError) as refused:
                await push
            assert refused.value.response["error"] == "push_limit_reached"


async def test_a_view_is_updated_only_from_what_the_app_saw(stage: Stage) -> None:
    view = await opened(stage, section(), external_id="mine")
    first = await stage.slack.views_update(view_id=str(view["id"]), view=modal(section("Two"), external_id="mine"))
    await stage.slack.views_update(external_id="mine", view=modal(section("Three"), external_id="mine"))
    for arguments, error in (
        ({"view_id": view["id"], "hash": first["view"]["hash"]}, "hash_conflict"),
        ({"view_id": "V0NOWHERE"}, "not_found"),
    ):
        with pytest.raises(SlackApiError) as refused:
            await stage.slack.views_update(view=modal(section()), **arguments)
        assert refused.value.response["error"] == error


async def test_no_two_views_have_one_id_of_the_apps_own(stage: Stage) -> None:
    view = await opened(stage, section(), external_id="mine")
    with pytest.raises(SlackApiError) as refused:
        await opened(stage, section(), external_id="mine")
    assert refused.value.response["error"] == "duplicate_external_id"
    await stage.driver.command("Grace", "it-managers", "start")
    trigger = stage.app.last.data["trigger_id"]
    await stage.slack.views_open(trigger_id=trigger, view=modal(section(), external_id="hers"))
    with pytest.raises(SlackApiError) as refused:
        await stage.slack.views_update(external_id="hers", view=modal(section(), external_id="mine"))
    assert refused.value.response["error"] == "duplicate_external_id"
    await stage.driver.close("Sanne", view)
    await stage.slack.views_update(external_id="hers", view=modal(section(), external_id="mine"))


async def test_a_modal_stays_on_the_device_on_which_it_was_opened(stage: Stage) -> None:
    first = await opened(stage, field("why", TEXT), external_id="first")
    second = await opened(stage, section("Later"))
    assert (await stage.driver.state("Sanne"))["modals"] == [second]
    await stage.slack.views_update(external_id="first", view=modal(field("why", TEXT)))
    assert await stage.driver.submit("Sanne", first, {"why": {"why": {"type": "plain_text_input", "value": "x"}}}) == {}
    assert stage.app.last.data["view"]["id"] == first["id"]
    with pytest.raises(Refused) as gone:
        await stage.driver.close("Sanne", first)
    assert gone.value.error == "view_not_found"


async def test_the_home_is_shown_pressed_and_shown_anew(stage: Stage) -> None:
    assert await stage.driver.home("Sanne") is None
    home = {"type": "home", "blocks": [section("Week 1"), actions(button("Pause", "home.pause"))]}
    published = await stage.slack.views_publish(user_id="U0SANNE", view=home)
    seen = await stage.driver.home("Sanne")
    assert seen
    await stage.driver.click("Sanne", seen, "Pause")
    assert stage.app.last.data["view"]["id"] == published["view"]["id"]
    again = {"type": "home", "blocks": [section("Week 2")]}
    await stage.slack.views_publish(user_id="U0SANNE", view=again, hash=published["view"]["hash"])
    seen = await stage.driver.home("Sanne")
    assert seen
    assert stage.driver.texts(seen) == "Week 2"
    with pytest.raises(SlackApiError) as refused:
        await stage.slack.views_publish(user_id="U0SANNE", view=again, hash=published["view"]["hash"])
    assert refused.value.response["error"] == "hash_conflict"
    with pytest.raises(SlackApiError) as refused:
        await stage.slack.views_publish(user_id="U0NOBODY", view=again)
    assert refused.value.response["error"] == "user_not_found"


async def test_the_home_knows_what_it_showed_when_it_is_opened_again(stage: Stage) -> None:
    home = {"type": "home", "blocks": [section("Week 1")]}
    await stage.slack.views_publish(user_id="U0SANNE", view=home)
    await stage.driver.open_home("Sanne")
    assert stage.app.last.data["event"]["view"]["type"] == "home"


async def test_confirmations_and_labels_survive_the_journey(stage: Stage) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}
    message = await posted(stage, {**button("Erase", "data.erase"), "confirm": confirm})
    assert stage.driver.labels(message) == ["Erase"]
    assert stage.driver.button(message, "data.")["action_id"] == "data.erase"
    with pytest.raises(LookupError, match="nothing to press"):
        stage.driver.button(message, "Keep")
