from tests.conftest import World

async def test_look(world: World) -> None:
    d = world.driver
    async def show(who, ch="dm"):
        m = await world.latest(who, ch)
        print(f"--- {who} {ch}"); print(d.texts(m)); print(d.labels(m))
    async def cmd(who, text, ch="it-managers"):
        await d.command(who, ch, text)
        print(f"=== {who}: /coach {text}")
        await show(who, ch)
    await cmd("Iris", ""); await cmd("Iris", "statsu"); await cmd("Iris", "status"); await cmd("Iris", "hulp")
    await d.open_home("Iris"); print(d.texts(await d.home("Iris")))
    await world.start(); await world.coach()
    await cmd("Iris", "status")
    await cmd("Iris","log"); await cmd("Iris","pauze"); await cmd("Iris","leave"); await cmd("Iris","export"); await cmd("Iris","forget")
    await world.join("Sanne", language="nl")
    for t in ("status","next","volgende","pause 2020-01-01","pause 20 jan 2038","pauze tot 3 februari","pause","resume","resume"):
        await cmd("Sanne", t)
    m = await d.modal("Sanne"); print(m and d.texts(m))
    await d.close("Sanne", m) if m else None
    await d.command("Sanne","it-managers","settings")
    m = await world.form("Sanne"); print(d.texts(m)); 
    print(await world.fill("Sanne", zone="Amsterdm", first_time="07:00", second_day="0"))
    print(await world.fill("Sanne", language="en", zone="Europe/Amsterdam", first_time="09:30", second_day="3"))
    await show("Sanne")
    await d.travel("2026-01-13T10:00"); await show("Sanne")
    await d.say("Sanne","dm","I tried *it* <!channel> =cmd()"); await world.settle(); await show("Sanne")
    await d.open_home("Sanne"); h=await d.home("Sanne"); print(d.texts(h)); print(d.labels(h))
    await cmd("Marit","log")
    await world.click("Marit","log.answer","it-managers")
    m = await world.form("Marit"); print(d.texts(m)); print(await world.fill("Marit", text="Nice!"))
    await world.settle(); await show("Marit"); await show("Sanne"); 
    print([ (x["text"], x["thread_ts"]) for x in await d.messages("Sanne","dm")])
    await cmd("Marit","log")
    await d.click("Sanne", await d.home("Sanne"), "audit.open"); print(d.texts(await world.form("Sanne"))); await d.close("Sanne", await world.form("Sanne"))
    await cmd("Sanne","export"); await show("Sanne")
    await cmd("Sanne","leave")
    await cmd("Sanne","forget"); m=await world.form("Sanne"); print(d.texts(m)); print(await world.fill("Sanne")); print(await world.fill("Sanne", agreed=("yes",)))
    await show("Sanne"); print(d.texts(await d.home("Sanne")))
    await cmd("Marit","log")
    await cmd("Marit","status")
