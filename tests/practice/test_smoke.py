from tests.practice.conftest import Stage


async def test_smoke(stage: Stage) -> None:
    print(await stage.slack.auth_test())
    opened = await stage.slack.conversations_open(users="U0SANNE")
    posted = await stage.slack.chat_postMessage(channel=opened["channel"]["id"], text="Hello", metadata={"event_type":"x","event_payload":{"nudge":"1"}}, blocks=[{"type":"section","text":{"type":"mrkdwn","text":"Hi"}},{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Done"},"action_id":"nudge.done","value":"1"}]}])
    h = await stage.slack.conversations_history(channel=posted["channel"], include_all_metadata=True)
    print(h.data)
    m = await stage.driver.last("Sanne", "dm")
    await stage.driver.click("Sanne", m, "Done")
    print(stage.app.last.data)
    await stage.driver.say("Sanne", "dm", "I <did> it", thread_ts=m["ts"], files=1)
    print(stage.app.last.data)
    await stage.driver.command("Sanne", "leads", "start")
    print(stage.app.last)
    print(await stage.driver.state("Sanne"))
