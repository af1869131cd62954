"""What people press on cards, what goes with it, and what the bot answers."""

from typing import Any

import pytest
from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    Choice,
    ChoiceSetInput,
    DateInput,
    ShowCardAction,
    TextBlock,
    TextInput,
    ToggleInput,
)
from starlette.responses import Response

from tests.practice.teams.staging import (
    ADAPTIVE,
    CHANNEL,
    PRESSED,
    Json,
    Refused,
    Stage,
    button,
    card,
    message,
    person_id,
    staged,
)
from tests.waiting import Deadlines

NOTED = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Noted."}


def answer(text: str = "Done") -> Json:
    """Return an answer with a card."""
    return {"statusCode": 200, "type": ADAPTIVE, "value": plain(card(text=text))}


def plain(shown: AdaptiveCard) -> Json:
    """Return a card as it travels."""
    return shown.model_dump(by_alias=True, exclude_none=True)


def pressed(name: str, who: str = "Sanne", channel: str = "a:1sanne", **more: Any) -> Json:
    """Return the deed of pressing the usual button."""
    return {"as_": who, "channel": channel, "id": name, **PRESSED, **more}


async def test_a_press_arrives_as_an_invoke_and_its_words_come_back(stage: Stage) -> None:
    name = await stage.show()
    stage.app.reply(NOTED)
    assert (await stage.act("press", **pressed(name)))["noted"] == "Noted."
    heard = stage.app.last
    assert (heard["type"], heard["name"], heard["replyToId"]) == ("invoke", "adaptiveCard/action", name)
    assert heard["value"] == {"action": {"type": "Action.Execute", **PRESSED}, "trigger": "manual"}
    assert heard["conversation"]["id"] == "a:1sanne"
    assert heard["localTimezone"] == "Europe/Amsterdam"


async def test_a_card_in_answer_stands_in_the_place_of_the_other(stage: Stage) -> None:
    name = await stage.show()
    stage.app.reply(answer("After"))
    assert (await stage.act("press", **pressed(name)))["card"] is True
    (shown,) = await stage.messages()
    assert shown["card"]["body"][0]["text"] == "After"
    await stage.act("press", **pressed(name))


async def test_a_card_in_answer_is_seen_by_who_pressed_until_everybody_gets_another(stage: Stage) -> None:
    name = await stage.show(CHANNEL)
    stage.app.reply(answer("Grace has joined"))
    await stage.act("press", **pressed(name, "Grace", CHANNEL))
    assert stage.app.last["conversation"]["id"] == f"{CHANNEL};messageid={name}"

    async def seen_by(who: str) -> str:
        return str((await stage.messages(CHANNEL, who))[0]["card"]["body"][0]["text"])

    assert [await seen_by("Grace"), await seen_by("Sanne")] == ["Grace has joined", "Hello"]
    await stage.api().conversations.update_activity(CHANNEL, name, message(card(text="All")))
    assert [await seen_by("Grace"), await seen_by("Sanne")] == ["All", "All"]


async def test_inputs_go_along_as_they_began_or_were_changed(stage: Stage) -> None:
    choices = [Choice(title="One", value="1"), Choice(title="Two", value="2")]
    name = await stage.show(
        shown=card(
            TextInput(id="words", label="Words", value="As it was"),
            TextInput(id="none", label="None"),
            DateInput(id="day", label="Day", value="2026-12-01"),
            ToggleInput(id="sure", title="Sure", value="false"),
            ChoiceSetInput(id="one", label="One", choices=choices),
            ChoiceSetInput(id="many", label="Many", choices=choices, is_multi_select=True, value="1"),
        )
    )
    await stage.act("press", **pressed(name, inputs={"day": "2026-12-24", "sure": True, "many": "1,2"}))
    assert stage.app.last["value"]["action"]["data"] == {
        **PRESSED["data"],
        "words": "As it was",
        "none": "",
        "day": "2026-12-24",
        "sure": "true",
        "many": "1,2",
    }


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"words": "Say something."}),  # required and empty
        ({"words": "x" * 11}, {"words": "Say something."}),  # too long
        ({"words": "Hi", "one": "3"}, {"one": "practice-required"}),  # not one of the choices
    ],
)
async def test_the_client_says_what_is_wrong_before_anything_is_sent(
    stage: Stage, given: Json, errors: dict[str, str]
) -> None:
    words = TextInput(id="words", label="Words", is_required=True, error_message="Say something.", max_length=10)
    name = await stage.show(
        shown=card(words, ChoiceSetInput(id="one", label="One", choices=[Choice(title="One", value="1")]))
    )
    with pytest.raises(Refused) as refused:
        await stage.act("press", **pressed(name, inputs=given))
    assert (refused.value.error, refused.value.answer["errors"]) == ("invalid_input", errors)
    assert stage.app.heard == []


async def test_inputs_behind_show_card_go_only_with_the_actions_there(stage: Stage) -> None:
    inner = AdaptiveCard(body=[TextInput(id="why", label="Why")], actions=[button("nudge.skip")])
    row = ActionSet(actions=[ShowCardAction(title="Skip", card=inner)])
    name = await stage.show(shown=card(TextInput(id="words", label="Words"), row))
    await stage.act("press", **pressed(name))
    assert set(stage.app.last["value"]["action"]["data"]) == {"pitstop", "words"}
    skip = {"data": {"pitstop": {"button": "nudge.skip"}}, "verb": "nudge.skip"}
    await stage.act("press", **pressed(name, **skip, inputs={"why": "No time"}))
    data = stage.app.last["value"]["action"]["data"]
    assert (data["why"], data["words"]) == ("No time", "")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"data": {"pitstop": {"button": "nudge.erase"}}}, "action_not_found"),
        ({"verb": "nudge.erase"}, "action_not_found"),
        ({"inputs": {"other": "x"}}, "input_not_found"),
        ({"inputs": []}, "invalid_arguments"),
        ({"id": "1"}, "message_not_found"),
        ({"channel": "a:1grace"}, "channel_not_found"),
    ],
)
async def test_what_is_not_on_the_card_cannot_be_pressed(stage: Stage, more: Json, error: str) -> None:
    name = await stage.show()
    with pytest.raises(Refused) as refused:
        await stage.act("press", **{**pressed(name), **more})
    assert refused.value.error == error
    assert stage.app.heard == []


async def test_a_forged_press_is_brought_as_it_is(stage: Stage) -> None:
    name = await stage.show()
    forged = {"data": {"pitstop": {"button": "nudge.erase"}}, "verb": "x", "inputs": {"any": "thing"}}
    await stage.act("press", **pressed(name, **forged, forged=True))
    action = stage.app.last["value"]["action"]
    assert action == {"type": "Action.Execute", "verb": "x", "data": {**forged["data"], "any": "thing"}}


async def test_the_fallback_arrives_as_a_message_with_a_value(stage: Stage) -> None:
    name = await stage.show(shown=card(TextInput(id="words", label="Words")))
    await stage.act("press", **pressed(name, submit=True, inputs={"words": "Hi"}))
    heard = stage.app.last
    assert (heard["type"], heard["replyToId"], heard.get("text")) == ("message", name, None)
    assert heard["value"] == {**PRESSED["data"], "words": "Hi"}
    assert heard["id"] != name


async def test_an_action_that_is_switched_off_cannot_be_pressed(stage: Stage) -> None:
    off = button("nudge.off")
    off.is_enabled = False
    name = await stage.show(shown=card(ActionSet(actions=[off])))
    with pytest.raises(Refused) as refused:
        await stage.act("press", **pressed(name, data={"pitstop": {"button": "nudge.off"}}, verb="nudge.off"))
    assert refused.value.error == "action_disabled"


@pytest.mark.parametrize(
    "bad",
    [
        Response(status_code=500),
        Response(status_code=401),
        {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"code": "x", "message": "No"}},
        {"statusCode": 200, "type": ADAPTIVE, "value": {"type": "AdaptiveCard"}},
    ],
)
async def test_a_bad_answer_is_told_to_who_pressed(stage: Stage, bad: Any) -> None:
    name = await stage.show()
    stage.app.reply(bad)
    with pytest.raises(Refused) as refused:
        await stage.act("press", **pressed(name))
    assert refused.value.error == "dispatch_failed"
    assert (await stage.messages())[0]["card"]["body"][0]["text"] == "Hello"


async def test_a_press_that_is_not_answered_in_time_is_told_and_comes_once() -> None:
    deadlines = Deadlines()
    async with staged(deadline=deadlines) as stage:
        name = await stage.show()
        stage.app.may_answer.clear()
        stage.app.when_heard = deadlines.pass_by
        with pytest.raises(Refused) as refused:
            await stage.act("press", **pressed(name))
        assert refused.value.error == "operation_timeout"
        assert len(stage.app.heard) == 1
        stage.app.may_answer.set()


async def test_who_pressed_is_who_pressed(stage: Stage) -> None:
    name = await stage.show(CHANNEL, card(TextBlock(text="For everybody")))
    for who in ("Iris", "Arjun"):
        await stage.act("press", **pressed(name, who, CHANNEL))
        assert stage.app.last["from"]["aadObjectId"] == person_id(who)
