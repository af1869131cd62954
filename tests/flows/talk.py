"""What several dialogues need: typing a command and reading its answer, and looking behind the screen."""

from datetime import date, timedelta
from typing import Any

from bot.chat.port import Press, Submitted
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Member
from tests.conftest import CHANNEL, T0, World
from tests.content import said
from tests.driver import Json
from tests.remembered import remembered

BY_MARIT = said("scope-names", names="Marit")  # who reads what is shared with the coach


@remembered
async def begin(world: World, *people: str, **values: str) -> None:
    """Start a journey, let Marit coach it, and let people join it."""
    await world.start()
    await world.coach()
    for who in people:
        await world.join(who, **values)


async def did_it(world: World, *people: str, at: str = "2026-01-19T12:00") -> None:
    """Let people press *done* on the newest experiment: its debrief comes the working day after, Tuesday 20 January."""
    await world.driver.travel(at)
    for who in people:
        await world.click(who, "nudge.done")


async def live_on(world: World, to: str, *people: str) -> None:
    """Travel to a moment; on the way these people do something every ten days, so that they are not silent."""
    store = world.bot.ports.store
    while (step := await world.driver.now() + timedelta(days=10)).date() < date.fromisoformat(to[:10]):
        await world.driver.travel(f"{step:%Y-%m-%dT%H:%M}")
        for who in people:
            member = await member_of(world, who)
            assert member is not None
            await store.sign(member.workspace, member.external_id, world.bot.ports.now)
    await world.driver.travel(to)


async def ask(world: World, who: str, text: str, channel: str = CHANNEL) -> str:
    """Type a command and return what its answer says."""
    before = await world.view(who)
    await world.driver.command(who, channel, text)
    view = await world.view(who)
    if view is not None and (before is None or view["id"] != before["id"]):
        return world.driver.texts(view)
    return await world.text(who, channel)


async def ask_and_say_yes(world: World, who: str, text: str, channel: str = CHANNEL) -> str:
    """Type a pause with its day, say yes to the day that is said back, and return what the answer says."""
    await ask(world, who, text, channel)
    await world.click(who, "pause.until", channel)
    return await world.text(who, channel)


async def the_log(world: World, channel: str = "dm", who: str = "Marit") -> Json:
    """Return the log as a coach has it before them: in a view, or as the newest message."""
    return await world.view(who) or await world.latest(who, channel)


async def form_text(world: World, who: str) -> str:
    """Return the words of the form somebody has open."""
    return world.driver.texts(await world.form(who))


async def direct_text(world: World, who: str) -> str:
    """Return the words of everything that stands in somebody's conversation with the bot."""
    return "\n".join(world.driver.texts(each) for each in await world.direct(who))


async def home_text(world: World, who: str) -> str:
    """Return the words of somebody's Home as it stands."""
    home = await world.driver.home(who)
    assert home is not None
    return world.driver.texts(home)


async def click_home(world: World, who: str, which: str) -> None:
    """Press a button on somebody's Home."""
    home = await world.driver.home(who)
    assert home is not None
    await world.driver.click(who, home, which)


async def member_of(world: World, who: str) -> Member | None:
    """Return the record of somebody, or None for a stranger."""
    store = world.bot.ports.store
    workspace = (await store.workspaces())[0]
    return await store.member_of(workspace.id, await world.driver.person(who))


async def run_of(world: World, who: str) -> Enrollment:
    """Return somebody's newest enrollment."""
    member = await member_of(world, who)
    assert member is not None
    return (await world.bot.ports.store.enrollments_of(member.workspace, member.id))[0]


async def common(world: World, who: str) -> dict[str, Any]:
    """Return what every made-up press or form of somebody carries."""
    workspace = (await world.bot.ports.store.workspaces())[0]
    person = await world.driver.person(who)
    return {"workspace": workspace.id, "person": person, "event_id": "", "at": T0, "trigger": ""}


async def with_trigger(world: World, who: str) -> dict[str, Any]:
    """Return the same with what opens a view."""
    person = await common(world, who)
    if world.driver.platform != "slack":
        return person | {"trigger": person["person"]}
    return person | {"trigger": world.practice.site.triggers.give(person["person"])}


async def moved(world: World, who: str, zone: str) -> None:
    """Let somebody move to another zone, and be heard of: Teams tells it with the next thing they do."""
    await world.driver.profile(who, tz=zone)
    await ask(world, who, "help", "dm")


async def press(world: World, who: str, button: str, value: str) -> str:
    """Press a button that is not, or no longer, on the screen; return what the presser is told."""
    await world.bot.handle(Press(**await common(world, who), button=button, value=value, ref=None, at_home=True))
    return await world.text(who)


async def openings(world: World, who: str) -> list[str]:
    """Return the ids of the forms somebody opened, oldest first."""
    member = await member_of(world, who)
    assert member is not None
    return [
        str(row["opening"]) for row in (await world.bot.ports.store.export(member.workspace, member.id))["open_form"]
    ]


async def submitted(world: World, who: str, form: str, subject: str, **values: str | tuple[str, ...]) -> Submitted:
    """Return a form as it would arrive, whether or not it was ever open."""
    return Submitted(**await common(world, who), form=form, subject=subject, values=values)
