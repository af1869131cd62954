"""Leaving, taking one's data along, and wiping it."""

import asyncio
import csv
import io
import json

import pytest

from bot.chat.port import Command
from bot.coaching.language import Language
from bot.coaching.records.nudge import NudgeState
from bot.flows.privacy import erase
from bot.flows.privacy.sheet import CODES, COLUMNS, TABLES, as_csv, meanings
from bot.store.port.inbox import Arrival
from tests.conftest import CHANNEL, World, shipped_words
from tests.content import NL, said, title, whole
from tests.flows.talk import (
    ask,
    ask_and_say_yes,
    begin,
    click_home,
    common,
    form_text,
    home_text,
    member_of,
    run_of,
    submitted,
)
from tests.stored import audit_of

TYPED = {
    "slack": {
        "command": "/coach",
        "text": "moved",
        "token": "SECRET",
        "response_url": "SECRET",
        "trigger_id": "SECRET",
    },
    "teams": {
        "type": "message",
        "id": "SECRET",
        "text": "<at>Pitstop</at> moved",
        "serviceUrl": "https://SECRET",
        "from": {"id": "29:SECRET", "aadObjectId": "SECRET"},
        "recipient": {"id": "28:SECRET"},
        "conversation": {"id": "19:SECRET", "conversationType": "channel"},
        "entities": [{"type": "mention", "text": "<at>Pitstop</at>", "mentioned": {"id": "28:SECRET"}}],
    },
}


async def files(world: World, who: str) -> dict[str, bytes]:
    """Return the files somebody is given, by the end of their names."""
    return {name.rpartition(".")[2]: content for name, content in (await world.driver.files(who)).items()}


async def file_names(world: World, who: str) -> list[str]:
    """Return the names of the files in somebody's direct conversation."""
    return [file["name"] for message in await world.direct(who) for file in message["files"]]


# --- leaving ----------------------------------------------------------------------------------------------------


async def test_who_leaves_hears_nothing_more_and_may_come_back(world: World) -> None:
    await begin(world, "Sanne")
    told = await ask(world, "Sanne", "leave")
    assert said("leave-done") in told
    assert said("erase-open-button") in told
    run = await run_of(world, "Sanne")
    assert run.ended_at is not None
    rows = await world.bot.ports.store.nudges_of(run.workspace, run.id)
    assert {row.state for row in rows} <= {NudgeState.SENT, NudgeState.CANCELLED}
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-02-10T12:00")
    assert len(await world.direct("Sanne")) == before
    assert said("leave-nothing") in await ask(world, "Sanne", "leave")
    await world.join("Sanne")
    assert said("status-week", week=1) in await ask(world, "Sanne", "status")


async def test_leaving_works_from_a_pause_and_from_the_direct_conversation(world: World) -> None:
    await begin(world, "Sanne", language="nl")
    await ask_and_say_yes(world, "Sanne", "pauze 3 februari")
    assert said("leave-done", NL) in await ask(world, "Sanne", "stop", "dm")
    assert (await run_of(world, "Sanne")).paused_until is None


async def test_who_is_in_no_journey_has_nothing_to_leave(world: World) -> None:
    assert said("leave-nothing", NL) in await ask(world, "Iris", "stoppen")
    assert said("leave-nothing") in await ask(world, "Iris", "leave")


# --- taking along -----------------------------------------------------------------------------------------------


async def test_export_hands_over_everything_in_two_files(world: World) -> None:
    await begin(world, "Sanne", scope="private")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.say("Sanne", "dm", "=HYPERLINK(1) één")
    assert said("export-done", platform=world.driver.platform) in await ask(world, "Sanne", "export")
    found = await files(world, "Sanne")
    tables = json.loads(found["json"])
    assert tables["reply"][0]["text"] == "=HYPERLINK(1) één"
    assert [entry["action"] for entry in tables["audit"]] == ["export"]
    rows = list(csv.DictReader(io.StringIO(found["csv"].decode("utf-8-sig"))))
    assert said("export-table-reply") in {row[said("export-what")] for row in rows}
    assert {said("export-nudge-kind-nudge"), said("export-nudge-state-sent")} <= {
        row[said("export-column-kind")] for row in rows
    } | {row[said("export-column-state")] for row in rows}
    assert {"table": "nudge", "column": "state", "code": "sent", "means": said("export-nudge-state-sent")} in tables[
        "meaning"
    ]
    assert "'=HYPERLINK(1) één" in [row[said("export-column-text")] for row in rows]
    ids = {str(row[name]) for held in tables.values() for row in held for name in ("id", "workspace") if row.get(name)}
    assert not any(value in ids for row in rows for value in row.values())


async def test_a_receipt_names_each_look_with_its_place_in_the_audit(world: World) -> None:
    await begin(world, "Sanne")
    assert said("proof-done", count=0) in await ask(world, "Sanne", "proof")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.say("Sanne", "dm", "they rang back, delighted")
    await ask(world, "Marit", "log")
    assert said("proof-done", count=1) in await ask(world, "Sanne", "receipt")
    found = json.loads((await files(world, "Sanne"))["json"])
    [chain] = await world.bot.ports.store.chains(lambda _: None)
    assert [set(each) for each in found["looks"]] == [{"at", "what", "texts", "hash"}]
    assert {each["hash"] for each in found["looks"]} | {found["head"]} <= chain.hashes
    assert "delighted" not in json.dumps(found)
    assert said("export-nothing") in await ask(world, "Iris", "proof")


async def test_of_what_could_not_be_handled_the_export_shows_what_the_person_did(world: World) -> None:
    await begin(world, "Sanne")
    now = world.bot.ports.clock.now()
    (workspace,) = await world.bot.ports.store.workspaces()
    typed = TYPED[world.driver.platform]
    broken = Arrival(
        id="trigger:SECRET",
        workspace=workspace.id,
        platform=world.driver.platform,
        lane=await world.driver.person("Sanne"),
        body=json.dumps(typed),
        at=now,
    )
    await world.bot.ports.store.arrive(broken, lease_until=now)
    await world.bot.ports.store.give_up(broken, at=now, reason="TypeError", lease_until=now)
    await ask(world, "Sanne", "export")
    found = await files(world, "Sanne")
    (row,) = json.loads(found["json"])["inbox"]
    assert row == {"state": "dead", "received_at": row["received_at"], "did": "command", "text": "moved"}
    assert not any(b"SECRET" in content for content in found.values())


async def test_export_works_from_home(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    await click_home(world, "Sanne", "export.make")
    assert said("export-done", platform=world.driver.platform) in await form_text(
        world, "Sanne"
    )  # nobody on Home sees a whisper


async def test_a_doubled_click_exports_once(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.open_home("Sanne")
    await asyncio.gather(*(click_home(world, "Sanne", "export.make") for _ in range(2)))
    assert await file_names(world, "Sanne") == ["pitstop-2026-01-12.json", "pitstop-2026-01-12.csv"]
    await ask(world, "Sanne", "export")
    assert len(await file_names(world, "Sanne")) == 4  # whoever asks again gets it again


@pytest.mark.slack("Teams tells the chat of everybody who ever acted, so none has to be opened")
async def test_without_a_conversation_nothing_is_exported_but_wiping_works(world: World) -> None:
    """A switched-off account cannot be written to."""
    await world.start()
    await world.driver.command("Iris", CHANNEL, "settings")
    assert await world.fill("Iris", language="en", zone="UTC") == {}
    await world.driver.profile("Iris", deleted=True)
    command = Command(
        **await common(world, "Iris"),
        conversation=await world.driver.channel("Iris", CHANNEL),
        conversation_name=CHANNEL,
        text="export",
        is_direct=False,
        aside="",
    )
    await world.bot.handle(command)
    member = await member_of(world, "Iris")
    assert member is not None
    assert audit_of(world.bot.ports.store, member.id) == []
    form = await submitted(world, "Iris", "erase.yes", "", agreed=("yes",))
    assert await erase.erase_confirmed(world.bot.ports, form) is None
    assert await member_of(world, "Iris") is None


async def test_there_is_nothing_to_export_of_a_stranger(world: World) -> None:
    assert said("export-nothing") in await ask(world, "Iris", "export")
    assert said("export-nothing", NL) in await ask(world, "Iris", "exporteer")


@pytest.mark.parametrize("language", Language)
def test_the_sheet_is_read_in_the_persons_language_without_ids(language: Language) -> None:
    wrote = {"item": "people-before-systems", "text": "a,b", "scope": "private", "kind": "note"}
    tables = {
        "reply": [{"id": "r1", "member": "m1", **wrote}],
        "pulse": [{"id": "p1", "value": 3, "wave": "before"}],
        "nudge": [{"id": "n1", "kind": "follow_up", "state": "expired"}],
        "screen": [{"id": "s1"}],
        "member": [],
    }
    columns = ("item", "kind", "text", "scope", "wave", "value", "state")
    item = title("people-before-systems/item", language)
    note, private, before, reminder, late = (
        whole(key, language)
        for key in (
            "export-reply-kind-note",
            "scope-private",
            "export-pulse-wave-before",
            "export-nudge-kind-follow_up",
            "export-nudge-state-expired",
        )
    )
    read = io.StringIO(as_csv(tables, shipped_words(), language).decode("utf-8-sig"))
    assert list(csv.reader(read)) == [
        [whole("export-what", language), *(whole(f"export-column-{each}", language) for each in columns)],
        [whole("export-table-reply", language), item, note, "a,b", private, "", "", ""],
        [whole("export-table-pulse", language), "", "", "", "", before, "3", ""],
        [whole("export-table-nudge", language), "", reminder, "", "", "", "", late],
    ]
    means = {
        (each["table"], each["column"], each["code"]): each["means"]
        for each in meanings(tables, shipped_words(), language)
    }
    assert set(means) == {
        ("reply", "kind", "note"),
        ("pulse", "wave", "before"),
        ("nudge", "kind", "follow_up"),
        ("nudge", "state", "expired"),
    }
    assert means["nudge", "state", "expired"] == late


def test_everything_in_the_sheet_has_a_name_in_both_languages() -> None:
    for language in Language:
        for key in (*(f"export-table-{each}" for each in TABLES), *(f"export-column-{each}" for each in COLUMNS)):
            assert shipped_words().say(key, language)
        for (table, column), codes in CODES.items():
            assert all(shipped_words().say(f"export-{table}-{column}-{code}", language) for code in codes)


# --- wiping -----------------------------------------------------------------------------------------------------


async def test_wiping_takes_everything_and_says_what_stays(world: World) -> None:
    await begin(world, "Sanne")
    await world.driver.travel("2026-01-13T10:00")
    await world.driver.say("Sanne", "dm", "gone tomorrow")
    await world.driver.command("Sanne", CHANNEL, "forget me")
    warning = await form_text(world, "Sanne")
    assert said("erase-stays", platform=world.driver.platform) in warning
    refused = await erase.erase_confirmed(world.bot.ports, await submitted(world, "Sanne", "erase.yes", ""))
    assert refused is not None
    assert said("erase-not-agreed") in refused.errors["agreed"]
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    assert world.says("erase-done") in await world.text("Sanne")
    assert await member_of(world, "Sanne") is None
    await world.driver.travel("2026-01-13T10:10")
    left = [world.driver.texts(each) for each in await world.direct("Sanne") if world.is_bots(each)]
    assert [each for each in left if said("home-join", NL) not in each] == [world.says("erase-done")]
    before = len(await world.direct("Sanne"))
    await world.driver.travel("2026-02-10T12:00")
    assert len(await world.direct("Sanne")) == before
    await world.driver.open_home("Sanne")
    assert said("home-join", NL) in await home_text(world, "Sanne")  # a stranger again
    assert "gone tomorrow" not in await ask(world, "Marit", "log")
    form = await submitted(world, "Sanne", "erase.yes", "", agreed=("yes",))
    assert await erase.erase_confirmed(world.bot.ports, form) is None
    assert said("erase-nothing") in await ask(world, "Sanne", "forget")


async def test_wiping_takes_what_was_quoted_out_of_the_channel(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel("2026-01-13T17:00")
    await world.driver.say("Sanne", "dm", "Wim was glad I called")
    await world.click("Sanne", "words.share")
    await world.driver.say("Grace", "dm", "I asked the bakery")
    await world.click("Grace", "words.share")
    await world.driver.travel("2026-01-20T17:00")
    await world.driver.say("Grace", "dm", "a week later")
    await world.click("Grace", "words.share")
    await world.driver.travel("2026-01-26T12:00")

    async def quoted() -> str:
        return "\n".join(map(world.driver.texts, await world.driver.messages("Iris", CHANNEL)))

    assert "Wim was glad I called" in await quoted()
    await world.driver.command("Sanne", "dm", "wis")
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    seen = await quoted()
    assert "Wim was glad I called" not in seen
    assert "I asked the bakery" in seen
    assert "a week later" in seen


async def test_the_button_after_leaving_wipes_too(world: World) -> None:
    await begin(world, "Sanne")
    await ask(world, "Sanne", "leave")
    await world.click("Sanne", "erase.open", CHANNEL)
    assert await world.fill("Sanne", agreed=("yes",)) == {}
    assert await member_of(world, "Sanne") is None
