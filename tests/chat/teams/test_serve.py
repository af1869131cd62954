import asyncio
import json
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.chat.port import (
    ChecksField,
    Command,
    Deleted,
    Form,
    FormErrors,
    HomeOpened,
    LetIn,
    MessageRef,
    Option,
    Press,
    RadioField,
    Said,
    ShutOut,
    Submitted,
    TextField,
)
from bot.chat.teams.rendering import fields
from bot.chat.teams.serve import teams
from bot.chat.teams.settings import TeamsSettings
from tests.chat.slack.conftest import T0, FixedClock, Serve
from tests.chat.teams.conftest import Nowhere, Reception, bring
from tests.chat.teams.incoming.authority import TENANT
from tests.chat.teams.incoming.test_parse import (
    BUTTON,
    CARD,
    CHANNEL,
    CHAT,
    FORM,
    GROUP,
    PERSON,
    SENT,
    TEAM,
    THREAD,
    acted,
    activity,
    changed,
    in_channel,
    installed,
    message,
    submitted,
)
from tests.waiting import turns

Json = dict[str, Any]

NOTED = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "teams-noted in nl-NL"}
NOT_OURS = {
    "statusCode": 400,
    "type": "application/vnd.microsoft.error",
    "value": {"code": "BadRequest", "message": ""},
}
REF = MessageRef(workspace="w1", conversation=CHAT, message=CARD)
CLOSE = {"pitstop": {"button": "form.close", "value": "Your plan"}}
PLAN = fields.form(
    Form(
        id="plan.make",
        subject="n1",
        title="Your plan",
        submit="Keep it",
        close="Rather not",
        parts=(
            TextField(id="if", label="If", missing="Which moment is it?"),
            RadioField(id="scope", label="Who", options=(Option("coach", "My coach"), Option("private", "Only me"))),
            ChecksField(id="days", label="Days", options=(Option("1", "Mo"), Option("3", "We")), required=False),
        ),
    )
)
FILLED = {**PLAN["actions"][0]["data"], "if": "When it rains", "scope": "coach", "days": "1,3"}
PLANNED = acted(FILLED)


def card(answer: Any) -> Json:
    assert (answer["statusCode"], answer["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    assert answer["value"]["type"] == "AdaptiveCard"
    return answer["value"]


async def later(reception: Reception) -> None:
    """Let happen what nobody waits for."""
    await turns(100)


@pytest.mark.parametrize(
    ("brought", "kind", "answer"),
    [
        (message(), Said, {}),
        (message(text="help"), Command, {}),
        (message(text="me"), HomeOpened, {}),
        (in_channel("<at>Pitstop</at> start"), Command, {}),
        (installed("add"), LetIn, {}),
        (acted(BUTTON), Press, NOTED),
        (submitted(BUTTON), Press, {}),
    ],
    ids=range(7),
)
async def test_each_kind_is_acknowledged_and_handled(
    address: str, reception: Reception, brought: Json, kind: type, answer: Json
) -> None:
    assert await bring(address, brought) == (200, answer)
    assert [type(incoming) for incoming in await reception.drained()] == [kind]
    assert (reception.handled[0].workspace, reception.handled[0].attempt) == ("w1", 1)
    assert len(reception.acks) == 1


async def test_what_is_kept_is_what_came_in_the_lane_of_who_did_it(address: str, reception: Reception) -> None:
    await bring(address, message())
    (arrival,) = reception.arrivals
    assert json.loads(arrival.body) == message()
    assert (arrival.id, arrival.platform, arrival.lane, arrival.at) == (f"said:{CHAT}:{SENT}", "teams", PERSON, T0)
    assert len(arrival.echo) == 64
    assert arrival.echo_for == 600


@pytest.mark.parametrize(
    ("told", "called", "name"),
    [
        ({"channel": {"id": "19:x", "name": "it-managers"}, "team": {"id": "19:t"}}, "asked", "it-managers"),
        ({"channel": {"id": "19:x"}, "team": {"id": "19:t"}}, "asked", f"asked 19:t {CHANNEL}"),
        ({"channel": {"id": "19:x"}, "teamsTeamId": "19:t"}, "asked", f"asked 19:t {CHANNEL}"),
        ({"channel": {"id": "19:x"}, "team": {"id": "19:t"}}, "", "teams-nameless in nl-NL"),
        ({}, "", "teams-nameless in nl-NL"),  # a group chat
    ],
    ids=range(5),
)
async def test_a_command_says_what_people_call_the_channel(
    address: str, reception: Reception, told: Json, called: str, name: str
) -> None:
    reception.hands.called = called
    brought = in_channel("<at>Pitstop</at> start", channelData={"tenant": {"id": TENANT}, **told})
    assert await bring(address, brought) == (200, {})
    (command,) = await reception.drained()
    assert isinstance(command, Command)
    assert command.conversation_name == name


@pytest.mark.parametrize(
    "brought",
    [PLANNED, changed("softDeleteMessage", "messageDelete"), installed("add"), installed("remove")],
    ids=range(4),
)
async def test_what_may_be_done_again_soon_is_no_echo(address: str, reception: Reception, brought: Json) -> None:
    await bring(address, brought)
    assert [each.echo_for for each in reception.arrivals] == [0.0]


async def test_who_lets_us_in_and_out_and_in_again_is_believed(address: str, reception: Reception) -> None:
    for number, action in enumerate(["add", "remove", "add", "remove"]):
        await bring(address, installed(action, id=f"f:{number}", localTimestamp=None))
    assert [type(each) for each in await reception.drained()] == [LetIn, ShutOut, LetIn, ShutOut]


async def test_two_messages_taken_back_at_once_are_both_taken_back(address: str, reception: Reception) -> None:
    for name in ("1", "2"):
        gone = changed("softDeleteMessage", "messageDelete", id=name, text=None, localTimestamp=None)
        await bring(address, gone)
    assert [type(each) for each in await reception.drained()] == [Deleted, Deleted]


# --- forms


async def test_a_form_that_was_accepted_closes(address: str, reception: Reception) -> None:
    status, answer = await bring(address, PLANNED)
    assert (status, card(answer)) == (200, fields.closed("Your plan", "✓"))
    (form,) = await reception.drained()
    assert isinstance(form, Submitted)
    assert form.values == {"if": "When it rains", "scope": "coach", "days": ("1", "3")}
    await later(reception)
    assert reception.hands.shown == [(REF, fields.closed("Your plan", "✓"))]  # also when our answer is lost


async def test_a_form_with_errors_stays_with_what_was_typed_and_what_is_wrong(
    address: str, reception: Reception
) -> None:
    reception.answer = FormErrors({"if": "This day has passed."})
    _, answer = await bring(address, PLANNED)
    shown = json.dumps(card(answer), ensure_ascii=False)
    assert shown.index("This day has passed.") < shown.index("When it rains")
    inputs = {each["id"]: each.get("value") for each in card(answer)["body"] if "id" in each}
    assert inputs == {"if": "When it rains", "scope": "coach", "days": "1,3"}
    assert card(answer)["actions"] == PLAN["actions"]
    await later(reception)
    assert reception.hands.shown == []  # what is being typed is not touched


async def test_a_press_is_answered_in_the_language_its_person_chose_not_the_clients(
    address: str, reception: Reception
) -> None:
    reception.nowhere.language = "en"
    assert await bring(address, acted(BUTTON)) == (200, {**NOTED, "value": "teams-noted in en"})


async def test_a_form_that_was_not_filled_in_stays_and_says_where_and_reaches_nobody(
    address: str, reception: Reception
) -> None:
    """Teams' own clients do not let it go; others may."""
    empty = {**FILLED, "if": " ", "days": ""}
    _, answer = await bring(address, acted(empty))
    assert (
        json.dumps(card(answer)).count("Which moment is it?") == 4
    )  # above the field, in it, and in what both kinds of button carry
    inputs = {each["id"]: each.get("value") for each in card(answer)["body"] if "id" in each}
    assert inputs == {"if": None, "scope": "coach", "days": None}
    assert await bring(address, submitted(empty, id="2")) == (200, {})
    await later(reception)
    assert [shown for _, shown in reception.hands.shown] == [card(answer)]
    assert reception.arrivals == []
    _, answer = await bring(address, PLANNED)
    assert card(answer) == fields.closed("Your plan", "✓")


async def test_a_form_with_errors_is_handled_again_and_an_accepted_one_is_not(
    address: str, reception: Reception
) -> None:
    reception.answer = FormErrors({"if": "This day has passed."})
    await bring(address, PLANNED)
    reception.answer = None
    for number in range(2):
        _, answer = await bring(address, {**PLANNED, "id": f"f:again{number}"})
        assert card(answer) == fields.closed("Your plan", "✓")
    assert len(await reception.drained()) == 2


async def test_a_form_whose_handler_hangs_says_so_and_closes_the_second_time(
    address: str, reception: Reception
) -> None:
    reception.open.clear()
    _, answer = await bring(address, PLANNED)
    assert "In a moment." in json.dumps(card(answer))
    reception.open.set()
    assert len(await reception.drained()) == 1
    _, answer = await bring(address, PLANNED)
    assert card(answer) == fields.closed("Your plan", "✓")
    assert len(await reception.drained()) == 1


async def test_a_form_left_open_says_that_what_came_first_counts(address: str, reception: Reception) -> None:
    before = fields.closed("Your plan", "✓", "teams-form-before in nl-NL")
    await bring(address, PLANNED)
    _, answer = await bring(address, acted({**FILLED, "if": "When it snows"}, id="f:2"))
    assert card(answer) == before
    await bring(address, submitted({**FILLED, "if": "When it snows"}, id="3"))
    await later(reception)
    assert [shown for _, shown in reception.hands.shown] == [fields.closed("Your plan", "✓"), before, before]
    (form,) = await reception.drained()
    assert isinstance(form, Submitted)
    assert form.values["if"] == "When it rains"


async def test_another_process_knows_which_form_counts(
    address: str, reception: Reception, settings: TeamsSettings, clock: FixedClock, serve: Serve
) -> None:
    await bring(address, PLANNED)
    await reception.drained()
    first = reception.home
    other = f"{await serve(Starlette(routes=reception.received(settings, clock).routes))}/api/messages"
    _, same = await bring(other, {**PLANNED, "id": "f:again"})
    _, another = await bring(other, acted({**FILLED, "if": "When it snows"}, id="f:2"))
    await first.stop()
    assert card(same) == fields.closed("Your plan", "✓")
    assert card(another) == fields.closed("Your plan", "✓", "teams-form-before in nl-NL")
    assert len(await reception.drained()) == 1


async def test_a_form_of_an_older_client_is_answered_by_an_update(address: str, reception: Reception) -> None:
    reception.answer = FormErrors({"if": "This day has passed."})
    assert await bring(address, submitted(FILLED)) == (200, {})
    reception.answer = None
    assert await bring(address, submitted(FILLED, id="2")) == (200, {})
    await later(reception)
    (ref, wrong), (same, closed) = reception.hands.shown
    assert ref == same == REF
    assert "This day has passed." in json.dumps(wrong)
    assert closed == fields.closed("Your plan", "✓")


async def test_a_form_that_is_put_away_reaches_nobody(address: str, reception: Reception) -> None:
    _, answer = await bring(address, acted(CLOSE))
    assert card(answer) == fields.closed("Your plan", "✕")
    assert await bring(address, submitted(CLOSE)) == (200, {})
    await later(reception)
    assert reception.hands.shown == [(REF, fields.closed("Your plan", "✕"))] * 2
    assert reception.arrivals == []


async def test_an_answer_to_teams_does_not_wait_for_teams(address: str, reception: Reception) -> None:
    reception.hands.free.clear()
    assert await bring(address, submitted(FILLED)) == (200, {})
    assert await bring(address, acted({}, name="fileConsent/invoke")) == (200, {})
    assert (reception.hands.shown, reception.hands.answered) == ([], [])


async def test_an_update_that_fails_is_noted_without_a_word_of_it(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    reception.hands.failing = RuntimeError("my private words")
    assert await bring(address, submitted(FILLED)) == (200, {})
    await later(reception)
    assert "RuntimeError at " in caplog.text
    assert "private" not in caplog.text


HOSTILE: list[Any] = [
    None,
    "x",
    [],
    {},
    [None],
    [[]],
    [{}],
    [{"type": []}],
    [{"type": "Input.Text", "id": {}}],
    [{"type": "Input.Text", "id": "if", "value": {"a": 1}}],
    [{"type": "Input.ChoiceSet", "id": "days", "isMultiSelect": True, "value": [1]}],
    [{"type": "TextBlock", "text": "x" * 60_000}],
    [{"type": "TextBlock", "text": "x"}] * 2_000,
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", ["plan.make", "what.ever"])
async def test_a_form_that_carries_something_else_does_no_harm(
    address: str, reception: Reception, body: Any, name: str
) -> None:
    reception.answer = FormErrors({"if": "This day has passed."})
    for ours in ({"body": body}, {"body": body, "title": body, "close": body, "submit": body, "subject": body}):
        data = {"if": "x", "days": "1,,3", "pitstop": {"form": name, **ours}}
        status, answer = await bring(address, acted(data))
        assert status == 200
        assert "This day has passed." in json.dumps(card(answer))


# --- files


async def test_a_file_that_was_wanted_or_not_is_the_adapters_own_business(address: str, reception: Reception) -> None:
    value = {"type": "fileUpload", "action": "accept", "context": {"file": "x"}, "uploadInfo": {"uploadUrl": "u"}}
    assert await bring(address, acted({}, name="fileConsent/invoke", value=value)) == (200, {})
    assert await bring(address, acted({}, name="fileConsent/invoke", value=None, replyToId=None)) == (200, {})
    await later(reception)
    assert reception.hands.answered == [(REF, value, "nl-NL")]
    assert reception.arrivals == []


# --- what means nothing


@pytest.mark.parametrize(
    ("brought", "answer"),
    [
        (activity("somethingNew"), {}),
        (activity("typing"), {}),
        (activity("conversationUpdate", membersAdded=[{"id": "28:x"}]), {}),
        (activity("event", name="application/vnd.microsoft.meetingStart", value={}), {}),
        (activity("messageReaction", reactionsAdded=[{"type": "like"}]), {}),
        (installed("add-upgrade"), {}),
        (installed("remove-upgrade"), {}),
        (changed("sparkle"), {}),
        (acted(FORM, name="task/fetch"), {}),
        (acted(FORM, name="composeExtension/query"), {}),
        (acted(FORM, name="something/new"), {}),
        (acted(FORM, name=None), {}),
        (acted({"button": "of somebody else"}), NOT_OURS),
        (acted(None, value=None), NOT_OURS),
        (submitted({"button": "of somebody else"}), {}),
        (message(**{"from": {"id": "28:bot"}}), {}),
        # Forms and files stand in our own conversations alone; in a channel the pressed card is everybody's.
        (acted(FORM, **TEAM), NOT_OURS),
        (acted(CLOSE, **TEAM), NOT_OURS),
        (acted(CLOSE, conversation=GROUP), NOT_OURS),
        (acted(FORM, conversation={"id": THREAD}), NOT_OURS),
        (submitted(FORM, **TEAM), {}),
        (submitted(CLOSE, **TEAM), {}),
        (acted({}, name="fileConsent/invoke", value={"action": "decline"}, **TEAM), {}),
    ],
    ids=range(23),
)
async def test_what_means_nothing_is_acknowledged(
    address: str, reception: Reception, brought: Json, answer: Json
) -> None:
    assert await bring(address, brought) == (200, answer)
    await later(reception)
    assert reception.arrivals == []
    assert (reception.hands.shown, reception.hands.answered) == ([], [])


async def test_a_tenant_that_nobody_met_is_acknowledged_and_forgotten(address: str, reception: Reception) -> None:
    reception.teams = {}
    assert await bring(address, message()) == (200, {})
    assert await bring(address, PLANNED) == (200, NOT_OURS)
    assert reception.arrivals == []


# --- what goes wrong


async def test_what_could_not_be_handled_is_kept_and_tried_again(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    """And what was said stands in no log."""
    reception.failing = RuntimeError("my private words")
    assert await bring(address, message(text="my private words")) == (200, {})
    assert await reception.drained() == []
    assert "RuntimeError at " in caplog.text
    assert "private" not in caplog.text
    reception.failing = None
    assert await reception.inbox.sweep() == 1
    (said,) = await reception.drained()
    assert (said.at, said.attempt) == (T0, 2)


@pytest.mark.parametrize("brought", [message(), message(text="help"), acted(BUTTON), PLANNED], ids=range(4))
async def test_what_could_not_be_kept_is_not_acknowledged(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture, brought: Json
) -> None:
    await reception.store.close()
    assert await bring(address, brought) == (503, None)
    assert await reception.drained() == []
    assert "not done" in caplog.text
    assert "Did it" not in caplog.text
    assert reception.acks == []


async def test_a_workspace_that_cannot_be_told_is_no_reason_to_acknowledge(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    reception.teams[TENANT] = RuntimeError("my private words")
    assert await bring(address, message()) == (503, None)
    assert "RuntimeError at " in caplog.text
    assert "private" not in caplog.text


async def test_what_is_acknowledged_is_kept_while_every_handler_hangs(address: str, reception: Reception) -> None:
    """Also for the same person."""
    reception.open.clear()
    for number in range(3):
        assert await bring(address, message(id=f"{number}", text=f"Did {number}")) == (200, {})
    assert await bring(address, acted(BUTTON)) == (200, NOTED)
    assert reception.handled == []
    assert (await reception.store.queue(T0)).inbox == 4
    reception.open.set()
    assert [type(each) for each in await reception.drained()] == [Said, Said, Said, Press]


async def test_what_teams_repeats_is_handled_once(address: str, reception: Reception) -> None:
    """Also three times at once."""
    for brought in (message(), acted(BUTTON), installed("add"), changed("editMessage")):
        answers = await asyncio.gather(*[bring(address, brought) for _ in range(3)])
        assert {status for status, _ in answers} == {200}
    assert len(await reception.drained()) == 4


@pytest.mark.parametrize("brought", [message(), acted(BUTTON), submitted(BUTTON), PLANNED], ids=range(4))
async def test_what_comes_again_as_if_it_were_new_is_handled_once(
    address: str, reception: Reception, brought: Json
) -> None:
    first = await bring(address, brought)
    assert await bring(address, {**brought, "id": "new", "timestamp": "2026-11-24T09:00:30.000Z"}) == first
    assert len(await reception.drained()) == 1


async def test_the_same_words_of_another_moment_are_said_twice(address: str, reception: Reception) -> None:
    await bring(address, message())
    await bring(address, message(id="new", localTimestamp="2026-11-24T10:00:09.000+01:00"))
    assert len(await reception.drained()) == 2


async def test_a_form_that_is_sent_in_three_times_at_once_is_handled_once(address: str, reception: Reception) -> None:
    answers = await asyncio.gather(*[bring(address, {**PLANNED, "id": f"f:{number}"}) for number in range(3)])
    assert [card(answer) for _, answer in answers] == [fields.closed("Your plan", "✓")] * 3
    assert len(await reception.drained()) == 1


async def test_the_keys_are_there_once_it_started(
    settings: TeamsSettings, reception: Reception, clock: FixedClock
) -> None:
    home = reception.received(settings, clock)
    await home.start()
    await home.stop()
    assert [route.path for route in home.routes] == ["/api/messages"]


async def test_the_real_thing_is_wired_with_hands_of_its_own(
    settings: TeamsSettings, reception: Reception, clock: FixedClock
) -> None:
    home, chat = teams(
        settings,
        clock,
        reception.workspace_of,
        reception.accept,
        reception.handle,
        reception.busy,
        say=lambda key, _locale, **_: key,
        reaches=Nowhere(),
    )
    assert home.platform == "teams"
    assert not chat.looks_back("w1")
    await home.stop()
