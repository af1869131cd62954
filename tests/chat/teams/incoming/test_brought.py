"""What Teams brings, and what somebody makes it bring, to the whole bot: kept, refused or forgotten, never harmful."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.conversation_reference import ConversationReference
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind
from bot.practice.app import PRACTICE_CLIENT
from bot.practice.faults import Fault
from bot.practice.teams.keys import signer
from bot.practice.teams.world import TENANT
from bot.runtime.inbox import PATIENCE
from tests import content
from tests.chat.teams.conftest import post
from tests.chat.teams.incoming.test_parse import CHANNEL as ELSEWHERE
from tests.chat.teams.incoming.test_parse import activity
from tests.conftest import CHANNEL, World, living
from tests.driver import Json
from tests.flows.replies.test_typed import TUESDAY, replies
from tests.flows.talk import begin, member_of, run_of
from tests.waiting import a_while, until

BOT = f"28:{PRACTICE_CLIENT}"
PRIVATE = "zeppelin in my private words"


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """Brings to a bot what the practice Teams would never make, signed as it signs."""

    world: World
    number: count = field(default_factory=lambda: count(1_768_300_000_000))

    @property
    def service(self) -> str:
        """Return where the bot is told to call."""
        return f"{self.world.url}/practice/teams/connector/"

    async def bring(self, who: str, kind: str, where: str = "dm", **changes: Any) -> tuple[int, Any]:
        """Bring an activity of somebody's, and wait until it is handled; return how it was answered."""
        said = await self.activity(who, kind, where, **changes)
        answer = await self.post(said, said["serviceUrl"])
        await self.world.bot.inbox.drained()
        return answer

    async def activity(self, who: str, kind: str, where: str = "dm", **changes: Any) -> Json:
        """Return an activity of somebody's, unlike all others."""
        name = str(next(self.number))
        is_direct = where == "dm"
        conversation = {
            "conversationType": "personal" if is_direct else "channel",
            "tenantId": TENANT,
            "id": await self.world.driver.channel(who, where),
        }
        told = {
            "id": name,
            "localTimestamp": f"{name} of its own",
            "serviceUrl": self.service,
            "from": {"id": f"29:1{who.lower()}", "aadObjectId": await self.world.driver.person(who), "name": who},
            "recipient": {"id": BOT},
            "conversation": conversation,
            "channelData": {"tenant": {"id": TENANT}},
            "locale": "en-GB",
        }
        return activity(kind, **{**told, **changes})

    async def post(self, said: Any, service: str) -> tuple[int, Any]:
        """Bring exactly this, with a token for that service url."""
        token = signer().token(PRACTICE_CLIENT, service)
        address = f"{self.world.url}/api/messages"
        return await post(address, json.dumps(said).encode(), {"Authorization": f"Bearer {token}"})

    async def sees(self, who: str, where: str = "dm") -> list[str]:
        """Return everything that stands in a conversation of somebody's, also pages and forms."""
        seen = await self.world.driver.state(who)
        place = await self.world.driver.channel(who, where)
        shown = [*seen["messages"][place], *seen["modals"], *([seen["home"]] if seen["home"] else [])]
        return [f"{each['ts']} {self.world.driver.texts(each)}" for each in shown if each["place"] == place]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A bot that lives in Teams."""
    async with living(tmp_path, platform="teams") as alive:
        yield alive


@pytest.fixture
def carrier(world: World) -> Carrier:
    return Carrier(world=world)


def pressed(data: Json, on: str, **changes: Any) -> Json:
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    return {"name": "adaptiveCard/action", "replyToId": on, "value": value, **changes}


# --- what means nothing


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("installationUpdate", {"action": "add-upgrade"}),
        ("installationUpdate", {"action": "remove-upgrade"}),
        ("installationUpdate", {"action": "sparkle"}),
        ("installationUpdate", {}),
        ("conversationUpdate", {"membersAdded": [{"id": BOT}, {"id": "29:1sanne"}]}),
        ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}),
        ("typing", {}),
        ("event", {"name": "application/vnd.microsoft.meetingEnd"}),
        ("invoke", {"name": "task/fetch", "value": {"data": {}}}),
        ("invoke", {"name": "signin/verifyState"}),
        ("invoke", {"name": "composeExtension/queryLink", "value": {"url": "https://x.y"}}),
        ("trace", {"value": {"deep": [[[]]]}}),
        ("somethingNew", {"text": "help"}),
    ],
    ids=range(13),
)
async def test_what_means_nothing_is_acknowledged_and_sends_nothing(
    world: World, carrier: Carrier, caplog: pytest.LogCaptureFixture, kind: str, changes: Json
) -> None:
    for who in ("Sanne", "Iris"):
        await world.driver.command(who, "dm", "help")
    before = [await carrier.sees(who) for who in ("Sanne", "Iris")]
    for who in ("Sanne", "Iris"):
        assert await carrier.bring(who, kind, **changes) == (200, {})
    await world.settle()
    assert [await carrier.sees(who) for who in ("Sanne", "Iris")] == before
    assert "not handled" not in caplog.text


async def test_an_upgrade_changes_nothing_of_who_shut_us_out(world: World, carrier: Carrier) -> None:
    await begin(world, "Sanne")
    await world.driver.act("remove_app", **{"as": await world.driver.person("Sanne")})
    member = await member_of(world, "Sanne")
    calls = len(world.line.calls)
    for action in ("add-upgrade", "remove-upgrade"):
        assert await carrier.bring("Sanne", "installationUpdate", action=action) == (200, {})
    assert await member_of(world, "Sanne") == member
    assert (await run_of(world, "Sanne")).stands_still
    assert len(world.line.calls) == calls


async def test_a_team_that_lets_us_in_is_not_written_to_one_by_one(world: World, carrier: Carrier) -> None:
    marit = await world.driver.person("Marit")
    await world.driver.act("remove_from_team", **{"as": marit})
    calls = len(world.line.calls)
    await world.driver.act("add_to_team", **{"as": marit})
    await world.bot.inbox.drained()
    assert [method for method, _ in world.line.calls[calls:]] == ["send"]  # the introduction, in the channel
    for each in (await world.driver.state())["people"]:
        assert await carrier.sees(each["id"]) == []


# --- who cannot be reached


@pytest.mark.parametrize("verb", ["join", "help", "status"])
async def test_who_has_not_added_the_app_is_told_how_where_they_asked(
    world: World, carrier: Carrier, caplog: pytest.LogCaptureFixture, verb: str
) -> None:
    """Also when they had it once, whether or not we knew them."""
    await begin(world, "Sanne")
    await world.driver.command("Grace", "dm", "help")
    for who in ("Sanne", "Grace", "Robin"):
        await world.driver.act("remove_app", **{"as": await world.driver.person(who)})
        before = await carrier.sees(who)
        await world.driver.command(who, CHANNEL, verb)
        assert content.said("out-of-reach") in (await carrier.sees(who, CHANNEL))[-1]
        assert await carrier.sees(who) == before
    assert "failed kind" not in caplog.text  # it is expected


# --- where conversations are reached


async def test_where_a_person_is_reached_follows_whatever_they_do(world: World, carrier: Carrier) -> None:
    store = world.bot.ports.store
    ways = [
        ("message", {"text": "hello"}),
        ("message", {"text": "help"}),
        ("message", {"text": "me"}),
        ("installationUpdate", {"action": "add"}),
        ("messageUpdate", {"text": "x", "channelData": {"tenant": {"id": TENANT}, "eventType": "editMessage"}}),
        ("invoke", pressed({"pitstop": {"button": "no.such", "value": ""}}, "1")),
    ]
    for number, (kind, changes) in enumerate(ways):
        address = f"{carrier.service}{number}/"
        assert (await carrier.bring("Sanne", kind, serviceUrl=address, **changes))[0] == 200
        (workspace,) = await store.workspaces()
        where, person = await world.driver.channel("Sanne", "dm"), await world.driver.person("Sanne")
        expected = ConversationReference(conversation=where, address=address, account="29:1sanne")
        assert await store.reach_to(workspace.id, person) == expected, kind
        assert workspace.external_id == TENANT


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}),
        ("typing", {}),
        ("installationUpdate", {"action": "add-upgrade"}),
        ("invoke", pressed({"pitstop": {"button": "form.close", "value": "x"}}, "1")),
        ("message", {"value": {"of": "somebody else's card"}}),
    ],
    ids=range(5),
)
async def test_where_a_known_person_is_reached_follows_also_what_means_nothing_else(
    world: World, carrier: Carrier, kind: str, changes: Json
) -> None:
    store = world.bot.ports.store
    await world.driver.command("Grace", "dm", "help")
    (workspace,) = await store.workspaces()
    address = f"{carrier.service}elsewhere/"
    for who, expected in (("Sanne", None), ("Iris", address)):  # nothing is kept of who never spoke to us
        if expected:
            await carrier.bring(who, "message", text="help")
        before = len(world.line.calls)
        assert (await carrier.bring(who, kind, serviceUrl=address, **changes))[0] == 200
        person = await world.driver.person(who)

        async def is_reached(person: str = person, expected: str | None = expected) -> bool:
            reached = await store.reach_to(workspace.id, person)
            return (reached.address if reached else None) == expected

        await until(is_reached)  # nobody waits for it
        await a_while(0 if expected else 0.1)
        assert await is_reached()
        assert not [name for name, _ in world.line.calls[before:] if "update" not in name]


async def test_what_the_bot_itself_does_tells_nothing_of_how_its_people_are_reached(
    world: World, carrier: Carrier
) -> None:
    await world.driver.command("Sanne", "dm", "help")
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    before = await store.reach_to(workspace.id, await world.driver.person("Sanne"))
    us = {"id": BOT, "role": "bot", "aadObjectId": await world.driver.person("Iris")}
    for kind in ("conversationUpdate", "message"):
        address = f"{carrier.service}elsewhere/"
        assert (await carrier.bring("Sanne", kind, serviceUrl=address, **{"from": us}))[0] == 200
    await a_while(0.1)
    assert before is not None
    assert await store.reach_to(workspace.id, await world.driver.person("Sanne")) == before


async def test_a_message_goes_where_its_person_was_heard_last(world: World, carrier: Carrier) -> None:
    await begin(world, "Sanne")
    nowhere = "http://127.0.0.1:9/connector/"
    await carrier.bring("Sanne", "message", text="hello", serviceUrl=nowhere)
    await world.driver.travel(TUESDAY)
    assert not [row for row in await world.rows("Sanne", Kind.NUDGE) if await world.stands(row)]
    await carrier.bring("Sanne", "message", text="hello again")
    await world.driver.travel("2026-01-13T12:00")
    assert [row for row in await world.rows("Sanne", Kind.NUDGE) if await world.stands(row)]


async def test_an_address_that_was_stored_once_is_still_looked_at_before_each_call(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """It may have come with a backup, or from a time when more was allowed."""
    await begin(world, "Sanne")
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    where, person = await world.driver.channel("Sanne", "dm"), await world.driver.person("Sanne")
    evil = ConversationReference(
        conversation=where, address="https://smba.trafficmanager.net.evil.example/", account="29:1sanne"
    )
    await store.keep_reach(workspace.id, person, evil)
    calls = len(world.line.calls)
    await world.driver.travel(TUESDAY)
    assert len(world.line.calls) == calls
    assert "outside the allow-list was refused" in caplog.text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9@evil.example/",
        "http://evil.example\\@127.0.0.1:9/",
        "http://127.0.0.1.evil.example/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::2]/",
        "http://127.0.0.1\u3002evil.example/",
        "http://ⓛocalhost/",
        "http://127.0.0.1:9/?x=http://evil.example/",
        "file:///etc/passwd",
        "x",
    ],
)
async def test_an_address_off_the_list_is_refused_also_with_a_token_for_it(
    world: World, carrier: Carrier, address: str
) -> None:
    await world.driver.command("Sanne", "dm", "help")
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    person = await world.driver.person("Sanne")
    before = await store.reach_to(workspace.id, person)
    said = await carrier.activity("Sanne", "message", text=PRIVATE, serviceUrl=address)
    status, answer = await carrier.post(said, address)
    assert status == 403
    assert "zeppelin" not in json.dumps(answer)
    assert await store.reach_to(workspace.id, person) == before


async def test_a_tenant_is_one_however_it_is_written(world: World, carrier: Carrier) -> None:
    for tenant in (TENANT, TENANT.upper()):
        place = {"conversationType": "personal", "tenantId": tenant, "id": await world.driver.channel("Sanne", "dm")}
        assert (await carrier.bring("Sanne", "message", text="help", conversation=place))[0] == 200
    assert len(await world.bot.ports.store.workspaces()) == 1
    assert (
        len(
            [
                each
                for each in await carrier.sees("Sanne")
                if content.said("help-intro", platform=world.driver.platform) in each
            ]
        )
        == 2
    )


# --- what stands before everybody


@pytest.mark.parametrize(
    "forged",
    [
        lambda on: ("invoke", pressed({"pitstop": {"button": "form.close", "value": PRIVATE}}, on)),
        lambda on: ("invoke", pressed({"pitstop": {"form": "no.such", "title": PRIVATE}}, on)),
        lambda on: ("invoke", pressed({"pitstop": {"form": "settings.save", "title": PRIVATE, "body": []}}, on)),
        lambda on: (
            "invoke",
            {**pressed({}, on, name="fileConsent/invoke"), "value": {"action": "decline", "context": {"file": "x"}}},
        ),
        lambda on: ("message", {"replyToId": on, "value": {"pitstop": {"button": "form.close", "value": PRIVATE}}}),
        lambda on: ("message", {"replyToId": on, "value": {"pitstop": {"form": "no.such", "title": PRIVATE}}}),
        lambda on: ("invoke", pressed({"pitstop": {"button": "no.such", "value": "", "aside": True}}, on)),
        lambda on: ("invoke", pressed({"pitstop": {"button": "no.such", "value": "", "home": True}}, on)),
    ],
    ids=range(8),
)
async def test_nobody_changes_what_stands_in_a_channel(world: World, carrier: Carrier, forged: Any) -> None:
    await begin(world)
    (before,) = await carrier.sees("Marit", CHANNEL)
    kind, changes = forged(before.partition(" ")[0])
    assert (await carrier.bring("Sanne", kind, CHANNEL, **changes))[0] == 200
    await a_while(0.1)  # an update of a card is not waited for
    assert await carrier.sees("Marit", CHANNEL) == [before]


# --- words


async def test_100_kilobytes_of_anything_are_kept_whole_and_answered(
    world: World, carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    said = "\u202eשלום 🏁 =cmd() <script> &amp; {{DATE(1)}} " * 2_500
    assert await carrier.bring("Sanne", "message", text=said.replace("&", "&amp;").replace("<", "&lt;")) == (200, {})
    assert [each.text for each in await replies(world, "Sanne")] == [said.strip()]
    assert content.said("card-noted") in (await carrier.sees("Sanne"))[-1]

    async def work(words: str) -> float:
        """Return the seconds of this process's own work until the words are dealt with."""
        began = time.process_time()
        assert await carrier.bring("Sanne", "message", text=words) == (200, {})
        await world.bot.inbox.drained()
        return time.process_time() - began

    for verb, word in (("pause ", "1 "), ("later ", "monday "), ("", "x")):
        half, whole = (f"/coach {verb}{word * (size // len(word))}" for size in (50_000, 100_000))
        assert await work(whole) < 3 * await work(half) + 1
    assert "not handled" not in caplog.text
    assert "failed kind" not in caplog.text


async def test_a_message_taken_back_before_it_comes_is_not_kept(world: World, carrier: Carrier) -> None:
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    gone = {"tenant": {"id": TENANT}, "eventType": "softDeleteMessage"}
    assert (await carrier.bring("Sanne", "messageDelete", id="1768294900001", channelData=gone))[0] == 200
    assert (await carrier.bring("Sanne", "message", id="1768294900001", text=PRIVATE))[0] == 200
    assert await replies(world, "Sanne") == []
    assert not any("zeppelin" in each for each in await carrier.sees("Sanne"))


async def test_the_same_three_times_at_once_and_again_under_another_id_is_one(world: World, carrier: Carrier) -> None:
    """Words, a deed and a form, in one go."""
    await begin(world, "Sanne")
    await world.driver.travel(TUESDAY)
    nudge = await world.row("Sanne", Kind.NUDGE)
    stands = await world.stands(nudge)
    assert stands
    said = await carrier.activity("Sanne", "message", text=PRIVATE)
    done = await carrier.activity(
        "Sanne", "invoke", **pressed({"pitstop": {"button": "nudge.done", "value": nudge.id}}, stands)
    )
    later = {"timestamp": "2026-01-13T12:00:09.000Z"}
    copies = [*[said] * 3, *[done] * 3, {**said, **later, "id": "1768294999999"}, {**done, **later, "id": "f:again"}]
    answers = await asyncio.gather(*(carrier.post(each, carrier.service) for each in copies))
    assert {status for status, _ in answers} == {200}
    await world.bot.inbox.drained()
    assert [each.text for each in await replies(world, "Sanne")] == [PRIVATE]
    assert len([each for each in await carrier.sees("Sanne") if content.said("card-noted") in each]) == 1
    assert (await run_of(world, "Sanne")).state is EnrollmentState.ACTIVE


async def test_a_form_is_answered_in_time_while_the_connector_hangs(world: World, carrier: Carrier) -> None:
    await world.driver.command("Marit", CHANNEL, "start")
    form = await world.form("Marit")
    late = asyncio.Event()
    world.line.faults["chat.postMessage"] = [Fault(until=late)]
    data = form["card"]["actions"][0]["data"] | world.driver.fill(form, {"language": "en"})
    said = await carrier.activity("Marit", "invoke", **pressed(data, form["ts"]))
    answering = asyncio.create_task(carrier.post(said, carrier.service))
    await until(lambda: not world.line.faults["chat.postMessage"])
    world.deadlines.pass_by(PATIENCE)
    status, answer = await answering
    late.set()
    assert status == 200
    assert world.says("form-busy") in json.dumps(answer, ensure_ascii=False)


async def test_a_press_of_no_card_we_know_is_refused_kindly(world: World, carrier: Carrier) -> None:
    await begin(world, "Sanne")
    for on, button, value in (("1", "nudge.done", "no such"), ("x" * 5_000, "x" * 5_000, "y" * 5_000)):
        assert (await carrier.bring("Sanne", "invoke", **pressed({"pitstop": {"button": button, "value": value}}, on)))[
            0
        ] == 200
        assert content.said("press-stale") in (await carrier.sees("Sanne"))[-1]
    place = {"conversationType": "channel", "tenantId": TENANT, "id": ELSEWHERE}
    data = {"pitstop": {"button": "cohort.join", "value": "no such"}}
    assert (await carrier.bring("Sanne", "invoke", **pressed(data, "1", conversation=place)))[0] == 200


# --- the language that comes along


async def test_a_language_told_along_is_spoken_until_somebody_chooses_one(world: World, carrier: Carrier) -> None:
    for locale, language in (("nl-BE", content.NL), ("en-US", content.EN), ("fr-FR", content.EN)):
        await carrier.bring("Iris", "message", text="hello there", locale=locale)
        assert content.said("said-stranger", language) in (await carrier.sees("Iris"))[-1]
    await begin(world, "Sanne", language="nl")
    await carrier.bring("Sanne", "message", text="hello there", locale="en-US")
    assert content.said("card-noted-note", content.NL, week=0) in (await carrier.sees("Sanne"))[-1]


async def test_the_language_told_along_stands_in_the_consent_form_and_is_asked_for_where_none_is(world: World) -> None:
    await begin(world)
    for locale, preset in (("nl-NL", "nl"), ("en-GB", "en"), ("fr-FR", None)):
        await world.driver.profile("Grace", locale=locale)
        await world.driver.command("Grace", CHANNEL, "join")
        form = await world.form("Grace")
        assert world.driver.preset(form, "language") == preset
    told = await world.driver.submit("Grace", form, world.driver.fill(form, {"scope": "coach"}))
    assert set(told) == {"language"}
