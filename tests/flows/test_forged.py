"""What a press or a form says of itself proves nothing: who presses decides, whatever stands in it."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.port import Chat, Deleted, Edited, FormErrors, MessageRef, Press, Said, Sent, Submitted
from bot.coaching.intents import Intent
from bot.coaching.records.commitment import CommitmentKind
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Reply
from bot.coaching.records.workspace import Workspace
from bot.flows.dispatch import FORMS, PRESSES, receive
from bot.practice.faults import Fault
from tests.conftest import CHANNEL, World
from tests.flows.replies.test_typed import TUESDAY, replies, typed
from tests.flows.talk import ask, begin, common, member_of, submitted
from tests.stored import commitments_of, stored

SECRET = "zeppelin in my private words"
TABLES = ("member", "enrollment", "opt_in", "nudge", "commitment", "reply", "reflection", "pulse", "coach", "cohort")
FILLED = dict.fromkeys(("text", "first", "second", "answer"), "FORGED") | {
    "day": "2026-01-16",
    "at": "10:00",
    "scope": "coach",
    "language": "en",
    "zone": "UTC",
    "when": "hour",
    "journey": "twelve-weeks",
}

Row = tuple[Any, ...]
SILENT = {"form.cancel", "export.make", "desk.open"}  # no form is open; the same export twice; a link was followed
SHOWING = ("send", "whisper", "respond", "update", "delete", "open_form", "close_form", "show_home", "send_file")


class Mirror:
    """A chat that shows everything here instead of on the platform, where a limit would hold most of it back."""

    def __init__(self, chat: Chat) -> None:
        self.shown: list[tuple[str, object]] = []
        self.silent: set[str] = set()  # what was answered with nothing
        self._chat = chat

    def __getattr__(self, name: str) -> Any:
        if name not in SHOWING:
            return getattr(self._chat, name)

        async def show(*given: object, **named: object) -> Sent:
            self.shown.append((name, (given, named)))
            return Sent(ref=MessageRef(workspace="w", conversation="D", message=str(len(self.shown))))

        return show

    async def open_direct(self, workspace: str, person: str, *, anew: bool = False) -> str:
        del anew
        return f"to {person} of {workspace}"


async def all_sent_in(world: World, about: dict[str, Any], ids: Sequence[str], **more: Any) -> Mirror:
    """Press every button and send in every form there is, with every id there is; return what was shown."""
    mirror = Mirror(world.bot.ports.chat)
    ports = replace(world.bot.ports, chat=mirror)
    for value in values(ids):
        presses = [Press(**about, button=name, value=value, ref=None, **more) for name in PRESSES]
        forms = [Submitted(**about, form=name, subject=value, values=FILLED) for name in FORMS]
        for incoming in (*presses, *forms):
            before = len(mirror.shown)
            if answer := await receive(ports, incoming):
                mirror.shown.append(("answered", answer))
            if len(mirror.shown) == before:
                mirror.silent.add(incoming.button if isinstance(incoming, Press) else incoming.form)
    return mirror


def hers(world: World, *ids: str) -> dict[str, list[Row]]:
    """Return every record that names one of these ids."""
    with sqlite3.connect(world.database_url.removeprefix("sqlite:///")) as connection:
        found = {
            table: [row for row in connection.execute(query) if set(ids) & set(row)]
            for table, query in ((table, f"SELECT * FROM {table} ORDER BY id") for table in TABLES)  # noqa: S608
        }
    connection.close()
    return found


@pytest.fixture
async def ids(world: World) -> Sequence[str]:
    """Let Sanne get something, say, ask, plan and change something private; return the ids of all of it."""
    await begin(world, "Sanne", scope="private")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", SECRET)
    await world.driver.say("Sanne", "dm", "please leave me alone")
    await world.click("Sanne", "nudge.plan")
    assert await world.fill("Sanne", first=SECRET, second="I listen", day="2026-01-14") == {}
    store = world.bot.ports.store
    member = await member_of(world, "Sanne")
    assert member is not None
    (run,) = await store.enrollments_of(member.workspace, member.id)
    rows = await store.nudges_of(run.workspace, run.id)
    plans = commitments_of(store, member.id)
    said = stored(store, Reply, member=member.id)
    asked = [next(row for row in rows if row.kind is kind) for kind in (Kind.NUDGE, Kind.UNDONE, Kind.REFLECTION)]
    change = replace(plans[0], id="her-change", kind=CommitmentKind.TRANSFER, version=0)
    await store.save(change)
    assert plans
    assert {each.intent for each in said} == {None, Intent.STOP}
    return [member.id, run.id, *(each.id for each in (*asked, *plans, change, *said))]


def values(ids: Sequence[str]) -> list[str]:
    """Return what a button of somebody could carry."""
    return [*ids, *(f"{each}:{place}" for each in ids[2:] for place in (0, 1))]


async def test_whoever_presses_and_sends_in_what_is_anothers_changes_and_learns_nothing(
    world: World, ids: Sequence[str]
) -> None:
    before = hers(world, *ids)
    mirror = await all_sent_in(world, await common(world, "Arjun"), ids, at_home=True)
    assert hers(world, *ids) == before
    assert mirror.silent == SILENT
    assert "zeppelin" not in repr(mirror.shown)
    for text in (await world.screen("Arjun")).values():
        assert "zeppelin" not in text
    for message in await world.driver.messages("Arjun", CHANNEL):
        assert "zeppelin" not in world.driver.texts(message)


async def test_whoever_is_of_another_workspace_changes_nothing_here_whatever_they_are_called(
    world: World, ids: Sequence[str]
) -> None:
    platform = world.driver.platform

    async def met(_: str) -> Workspace:
        return Workspace(id="w2", platform=platform, external_id="t2", name="Others", bot="b2", practice=True)

    assert await world.bot.workspaces.of(platform, "t2", met) == "w2"
    namesake = await world.driver.person("Sanne")
    await world.bot.ports.store.save(Member(id="m2", workspace="w2", external_id=namesake, name="Sanne"))
    before = hers(world, *ids)
    mirror = await all_sent_in(world, {**await common(world, "Sanne"), "workspace": "w2"}, ids)
    assert hers(world, *ids) == before
    assert mirror.silent == SILENT
    assert "zeppelin" not in repr(mirror.shown)


async def test_a_journey_begins_only_where_somebody_asked_for_it(world: World) -> None:
    """The form says for which channel it is, and who sends it in can make it say anything."""
    theirs = await world.driver.channel("Grace", "dm")
    await world.driver.command("Marit", CHANNEL, "start")
    form = await world.form("Marit")
    typed_in = world.driver.fill(form, {"language": "en"})
    filled = {name.rpartition("|")[2]: value for name, value in typed_in.items() if isinstance(value, str) and value}
    for channel in (theirs, "19:anywhere@thread.tacv2", ""):
        sent = await submitted(world, "Marit", "cohort.start", f"{channel}|it-managers", **{"language": "en", **filled})
        answer = await receive(world.bot.ports, sent)
        assert answer == FormErrors({"journey": world.says("form-stale")})
    assert hers(world, theirs)["cohort"] == []
    assert await world.direct("Grace") == []
    assert await world.driver.submit("Marit", form, typed_in) == {}  # the real one counts
    channel = await world.driver.channel("Marit", CHANNEL)
    about = await common(world, "Marit")
    assert await world.bot.ports.store.cohort_in(about["workspace"], channel)


CHANGES: list[Callable[[Said, str], Edited | Deleted]] = [
    lambda said, person: Edited(
        workspace=said.workspace,
        person=person,
        event_id="edited",
        at=said.at + timedelta(minutes=1),
        conversation=said.conversation,
        message=said.message,
        text="I never said that",
    ),
    lambda said, person: Deleted(
        workspace=said.workspace,
        person=person,
        event_id="deleted",
        at=said.at + timedelta(minutes=1),
        conversation=said.conversation,
        message=said.message,
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=["edited", "deleted"])
async def test_words_are_changed_and_taken_back_by_who_said_them_alone(
    world: World, change: Callable[[Said, str], Edited | Deleted]
) -> None:
    await begin(world, "Sanne", "Arjun")
    await world.driver.travel(TUESDAY)
    said = await typed(world, "Sanne", "I said so", "1768294900.1")
    await receive(world.bot.ports, said)
    for another in ("Arjun", "Iris"):  # one of the journey, and a stranger
        await receive(world.bot.ports, change(said, await world.driver.person(another)))
    assert [each.text for each in await replies(world, "Sanne")] == ["I said so"]
    await receive(world.bot.ports, change(said, said.person))
    assert [each.text for each in await replies(world, "Sanne")] != ["I said so"]


@pytest.mark.parametrize("world", ["teams"], indirect=True)  # in Slack nothing is sent twice
async def test_a_forged_press_shows_nobody_the_message_of_another(world: World) -> None:
    """Where a message came twice, the very copy that was pressed follows: when it is one."""
    await begin(world, "Sanne")
    world.line.faults["chat.postMessage"] = [Fault(status=500, accept=True)]
    await world.driver.travel("2026-01-13T12:00")
    row = await world.row("Sanne", Kind.NUDGE)
    assert await world.bot.ports.store.doubts(row.workspace, row.id)
    await ask(world, "Arjun", "help", "dm")
    await world.click("Sanne", "nudge.plan")
    assert await world.fill("Sanne", first=SECRET, second="I listen", day="2026-01-14") == {}
    about = await common(world, "Arjun")
    for where in ("dm", CHANNEL):
        message = (await world.driver.messages("Arjun", where))[-1]
        before = world.driver.texts(message)
        place = await world.driver.channel("Arjun", where)
        ref = MessageRef(workspace=about["workspace"], conversation=place, message=message["ts"])
        await receive(world.bot.ports, Press(**about, button="nudge.done", value=row.id, ref=ref))
        shown = {each["ts"]: world.driver.texts(each) for each in await world.driver.messages("Arjun", where)}
        assert shown[message["ts"]] == before
        assert not any("zeppelin" in text for text in shown.values())
