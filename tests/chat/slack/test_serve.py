import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.chat.port import Ambiguous, Command, FormErrors, Press, Said, Submitted
from bot.chat.slack.serve import SlackError
from bot.chat.slack.settings import SlackSettings
from bot.store.port.inbox import Arrival
from tests.chat.slack.conftest import FORM, JSON, SECRET, T0, FixedClock, Reception, signed
from tests.chat.slack.incoming.test_parse import COMMAND, VIEW, event, message, press

Json = dict[str, Any]


async def post(address: str, body: bytes, kind: str = JSON) -> tuple[int, str]:
    """Bring a body as Slack does and return status and answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=signed(body, kind)) as response,
    ):
        return response.status, await response.text()


async def bring(address: str, payload: Json) -> tuple[int, str]:
    if payload.get("type") in {"event_callback", "url_verification", "app_rate_limited"}:
        return await post(address, json.dumps(payload).encode())
    if "command" in payload:
        return await post(address, urlencode(payload).encode(), FORM)
    return await post(address, urlencode({"payload": json.dumps(payload)}).encode(), FORM)


@pytest.mark.parametrize(
    ("payload", "kind"),
    [(event(message()), Said), (COMMAND, Command), (press(), Press), (VIEW, Submitted)],
)
async def test_each_kind_is_acknowledged_and_handled(
    address: str, reception: Reception, payload: Json, kind: type
) -> None:
    assert await bring(address, payload) == (200, "")
    assert [type(incoming) for incoming in await reception.drained()] == [kind]
    assert reception.handled[0].workspace == "w1"


async def test_what_was_read_on_the_way_in_is_what_is_handled(address: str, reception: Reception) -> None:
    """A body is read once; what is taken up from the file is read anew, and says the same."""
    await bring(address, event(message()))
    [handled] = await reception.drained()
    [(said, read)] = reception.read
    assert read is handled
    kept = Arrival(id="x", workspace="w1", platform="slack", lane="U1", body=json.dumps(said), at=T0, attempt=2)
    await reception.home.handle(kept)
    assert reception.handled[1] == replace(handled, attempt=2)


async def test_a_command_may_say_payload(address: str, reception: Reception) -> None:
    """Bolt's own reader takes such a form for something else."""
    await bring(address, {**COMMAND, "text": "log payload=x"})
    assert [each.text for each in await reception.drained() if isinstance(each, Command)] == ["log payload=x"]


async def test_what_is_wrong_with_a_form_is_shown_in_it(address: str, reception: Reception) -> None:
    reception.answer = FormErrors({"on": "This day has passed."})
    status, answer = await bring(address, VIEW)
    assert status == 200
    assert json.loads(answer) == {"response_action": "errors", "errors": {"on": "This day has passed."}}


async def test_a_form_without_errors_closes(address: str, reception: Reception) -> None:
    reception.answer = FormErrors({})
    assert await bring(address, VIEW) == (200, "")


async def test_slack_is_told_the_challenge(address: str) -> None:
    status, answer = await bring(address, {"type": "url_verification", "challenge": "c4", "token": "x"})
    assert (status, json.loads(answer)) == (200, {"challenge": "c4"})


@pytest.mark.parametrize(
    "payload",
    [
        press(actions=[{"type": "static_select", "action_id": "x", "block_id": "y"}]),
        {**VIEW, "type": "view_closed"},
        {"type": "shortcut", "callback_id": "x", "team": {"id": "T1"}},
        {"type": "block_suggestion", "action_id": "x", "team": {"id": "T1"}},
        {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1},
        event({"type": "reaction_added", "user": "U1", "item": {"type": "message"}}),
        event({"type": "assistant_thread_started", "assistant_thread": {}}),
        event(message(bot_id="B1")),
    ],
)
async def test_what_means_nothing_is_acknowledged(address: str, reception: Reception, payload: Json) -> None:
    """Slack counts everything else as a failure, and in the end sends nothing to anybody."""
    assert await bring(address, payload) == (200, "")
    assert await reception.drained() == []


async def test_a_team_that_is_not_ours_is_acknowledged_and_forgotten(address: str, reception: Reception) -> None:
    assert await bring(address, {**COMMAND, "team_id": "T9"}) == (200, "")
    assert await reception.drained() == []
    assert reception.calls == []


async def test_what_could_not_be_handled_is_kept_and_tried_again(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    """And what was said stands in no log."""
    reception.failing = RuntimeError("my private words")
    assert await bring(address, event(message(text="my private words"))) == (200, "")
    assert await reception.drained() == []
    assert "RuntimeError at " in caplog.text
    assert "private" not in caplog.text
    reception.failing = None
    assert await reception.inbox.sweep() == 1
    (said,) = await reception.drained()
    assert (said.at, said.attempt) == (T0, 2)


@pytest.mark.parametrize("payload", [event(message()), COMMAND, press(), VIEW])
async def test_what_could_not_be_kept_is_not_acknowledged(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture, payload: Json
) -> None:
    caplog.set_level("DEBUG")
    await reception.store.close()
    assert await bring(address, payload) == (503, "")
    assert await reception.drained() == []
    assert "not kept" in caplog.text
    assert "Did it" not in caplog.text
    assert reception.acks == []


async def test_a_workspace_that_cannot_be_told_is_no_reason_to_acknowledge(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack itself is asked the first time; while it does not answer, the file stays empty."""
    reception.teams["T1"] = SlackError(Ambiguous(error="my private words"))
    assert await bring(address, event(message())) == (503, "")
    assert "not kept" in caplog.text
    assert "SlackError at " in caplog.text
    assert "private" not in caplog.text


async def test_what_is_acknowledged_is_kept_while_every_handler_hangs(address: str, reception: Reception) -> None:
    """Also for the same person; and the acknowledgements are counted."""
    reception.open.clear()
    for ts in ("1.1", "1.2", "1.3"):
        assert await bring(address, event(message(ts=ts))) == (200, "")
    assert await bring(address, COMMAND) == (200, "")
    assert await bring(address, press()) == (200, "")
    assert reception.handled == []
    assert (await reception.store.queue(T0)).inbox == 5
    assert len(reception.acks) == 5
    reception.open.set()
    assert [type(each) for each in await reception.drained()] == [Said, Said, Said, Command, Press]


async def test_a_form_whose_handler_hangs_says_so_and_closes_the_second_time(
    address: str, reception: Reception
) -> None:
    reception.open.clear()
    status, answer = await bring(address, VIEW)
    assert status == 200
    assert json.loads(answer)["errors"]["on"] == "In a moment."
    reception.open.set()
    assert len(await reception.drained()) == 1
    assert await bring(address, {**VIEW, "trigger_id": "another"}) == (200, "")
    assert len(await reception.drained()) == 1


async def test_a_form_with_errors_is_handled_again_and_an_accepted_one_is_not(
    address: str, reception: Reception
) -> None:
    reception.answer = FormErrors({"on": "This day has passed."})
    await bring(address, VIEW)
    reception.answer = None
    for _ in range(2):
        assert await bring(address, VIEW) == (200, "")
    assert len(await reception.drained()) == 2


async def test_what_slack_repeats_is_handled_once(address: str, reception: Reception) -> None:
    for payload in (event(message()), event(message(), event_id="Ev2"), COMMAND, COMMAND, press(), press()):
        assert await bring(address, payload) == (200, "")
    assert [type(each) for each in await reception.drained()] == [Said, Command, Press]


async def test_nothing_of_what_is_said_is_logged(
    address: str, reception: Reception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await bring(address, event(message(text="my private words")))
    await bring(address, {**COMMAND, "text": "my private words"})
    await bring(address, {**COMMAND, "text": "my private words", "team_id": "T9"})
    await bring(address, {**VIEW, "callback_id": "my private words", "type": "view_closed"})
    await bring(address, {"type": "url_verification", "challenge": "my private words"})
    assert len(await reception.drained()) == 2
    assert "private" not in caplog.text


async def test_slack_is_not_asked_who_we_are_with_each_request(address: str, reception: Reception) -> None:
    for ts in ("1.1", "1.2", "1.3"):
        await bring(address, event(message(ts=ts)))
    assert len(await reception.drained()) == 3
    assert reception.calls == []


@pytest.fixture
def distributed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of an app for many workspaces, which Bolt reads by itself."""
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-other")


async def test_the_environment_of_a_distributed_app_changes_nothing(
    distributed: None, address: str, reception: Reception
) -> None:
    assert await bring(address, event(message())) == (200, "")
    assert len(await reception.drained()) == 1
    assert reception.calls == []


async def test_an_unreachable_slack_is_said_so(clock: FixedClock, reception: Reception) -> None:
    settings = SlackSettings(bot_token="xoxb-1", signing_secret=SECRET, api_url="http://127.0.0.1:9/api/")
    wired = reception.wired(settings, clock)
    with pytest.raises(SlackError, match="ClientConnectorError"):
        await wired.identity()
    await wired.stop()
