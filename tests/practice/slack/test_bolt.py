"""The real Bolt app lives in the practice workspace as it does in the real one."""

from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.commands.server import listen
from tests.practice.staging import SECRET, TOKEN, field, modal, staged
from tests.serving import serving

TEXT = {"type": "plain_text_input"}


def bolt(slack_url: str) -> AsyncApp:
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415

    client = AsyncWebClient(TOKEN, base_url=slack_url, retry_handlers=[])
    app = AsyncApp(signing_secret=SECRET, client=client, process_before_response=True)

    @app.command("/coach")
    async def command(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(field("why", TEXT)))

    @app.view("plan.make")
    async def submitted(ack: Any, body: Any, client: Any) -> None:
        why = body["view"]["state"]["values"]["why"]["why"]["value"]
        if len(why) < 3:
            await ack(response_action="errors", errors={"why": "Longer"})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"You said: {why}")

    @app.event("message")
    async def said(event: Any, say: Any) -> None:
        await say(text=f"Heard: {event['text']}", thread_ts=event["ts"])

    return app


async def test_bolt_hears_commands_forms_and_words() -> None:
    door = listen("127.0.0.1", 0)
    async with staged(bot_url=f"http://127.0.0.1:{door.getsockname()[1]}/slack/events") as stage:
        handler = AsyncSlackRequestHandler(bolt(f"{stage.url}/practice/slack/api/"))

        async def events(request: Request) -> Response:
            return await handler.handle(request)

        async with serving(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]), door):
            driver = stage.driver
            await driver.command("Sanne", "it-managers", "start")
            form = await driver.modal("Sanne")
            assert form
            assert await driver.submit("Sanne", form, driver.fill(form, {"why": "x"})) == {"why": "Longer"}
            assert await driver.submit("Sanne", form, driver.fill(form, {"why": "time"})) == {}
            answer = await driver.until(lambda: driver.last("Sanne", "dm"))
            assert answer
            assert answer["text"] == "You said: time"
            ts = await driver.say("Sanne", "dm", "Hello")
            (reply,) = await driver.messages("Sanne", "dm", thread=ts)
            assert reply["text"] == "Heard: Hello"
