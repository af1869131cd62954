"""Taking one's data along: everything about a person, as two files in their own conversation."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

from bot.chat.port import Command, Place, Press, Sent
from bot.coaching.calendar import local_day
from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.member import Member
from bot.coaching.rules.reading import UNFILED
from bot.coaching.verbs import Verb
from bot.flows.context.decision import Decision
from bot.flows.context.person import person_of
from bot.flows.given import Given
from bot.flows.messages.phrase import line
from bot.flows.participation.start_form import DEFAULT_ZONE
from bot.flows.ports import Ports
from bot.flows.privacy.sheet import Tables, as_csv, meanings
from bot.flows.private_answer import direct, tell
from bot.words.port import Words

DOUBLED = timedelta(seconds=5)  # between two clicks that are one


async def export(ports: Ports, incoming: Command | Press, _rest: str = "") -> None:
    """`/coach export`, and its button on Home: note it, and hand everything over."""
    about = await person_of(ports, incoming, channel="")
    member, language, export_id = about.member, about.language(incoming), ports.new_id()
    if member is None:
        await tell(ports, incoming, line(ports.words, language, "export-nothing"))
        return
    if isinstance(incoming, Press) and is_doubled(
        incoming, await ports.store.newest_look(member.workspace, member.id), export_id
    ):
        return
    conversation = await direct(ports, member)
    if conversation is None:
        await tell(ports, incoming, line(ports.words, language, "export-failed"))
        return
    tables = await taken_along(ports, member, export_id)
    place = Place(workspace=member.workspace, conversation=conversation)
    key = "export-done" if await _handed_over(ports, place, member, language, tables) else "export-failed"
    await tell(ports, incoming, line(ports.words, language, key))


async def taken_along(ports: Ports, member: Member, export_id: str) -> Tables:
    """Return everything about a person; that it leaves is noted before, and stands in it."""
    before = await ports.store.export(member.workspace, member.id)
    if records := noted(ports.given(), member, before, export_id).records:
        await ports.save(*records)
    tables = await ports.store.export(member.workspace, member.id)
    return in_own_words(tables, partial(ports.chat.told, member.workspace))


def named(ports: Ports, member: Member) -> str:
    """Return what a person's files are called, without what comes after the dot."""
    return f"pitstop-{local_day(ports.now, member.zone or DEFAULT_ZONE).isoformat()}"


def is_doubled(press: Press, newest: AuditEntry | None, export_id: str) -> bool:
    """Tell whether a press is the second one of a doubled click; `newest` is the last look at the person's data."""
    if newest is None or newest.id == export_id or newest.actor != newest.subject:
        return False
    return newest.action is Action.EXPORT and newest.at >= press.at - DOUBLED


def noted(given: Given, member: Member, before: Tables, export_id: str) -> Decision:
    """Return the export as it is noted, once: cut off before it was handed over, it is there already."""
    if any(row["id"] == export_id for row in before.get("audit", ())):
        return Decision()
    entry = AuditEntry(
        id=export_id,
        workspace=member.workspace,
        cohort=None,
        actor=member.id,
        subject=member.id,
        action=Action.EXPORT,
        count=len(before.get("reply", ())),
        at=given.now,
        seen=tuple(SeenText(id=str(row["id"]), edition=int(str(row["edition"]))) for row in before.get("reply", ())),
    )
    return Decision(records=[entry])


async def _handed_over(ports: Ports, place: Place, member: Member, language: Language, tables: Tables) -> bool:
    """Send both files; return whether both are there."""
    words = ports.words
    name = named(ports, member)
    files = (
        (
            f"{name}.json",
            with_meanings(tables, words, language),
            words.say("export-json", language),
        ),
        (f"{name}.csv", as_csv(tables, words, language), words.say("export-csv", language)),
    )
    outcomes = [await ports.chat.send_file(place, *file) for file in files]
    return all(isinstance(each, Sent) for each in outcomes)


def in_own_words(tables: Tables, told: Callable[[str], Mapping[str, object]]) -> Tables:
    """Return the tables with what the person did in place of what the platform sent of it."""
    done = [
        {
            "state": row["state"],
            "received_at": row["received_at"],
            **(told(str(row["body"])) if row["body"] else {}),  # words fade in time
        }
        for row in tables.get("inbox", ())
    ]
    return {**tables, "inbox": done}


def for_others(tables: Tables) -> Tables:
    """Return the tables without words that are held: until their author says what they are nobody else has them."""
    replies = [{**row, "text": None} if row["kind"] in UNFILED else row for row in tables.get("reply", ())]
    return {**tables, "reply": replies}


def with_meanings(tables: Tables, words: Words, language: Language) -> bytes:
    """Return everything as one JSON document, with what its codes say."""
    return as_json({**tables, "meaning": meanings(tables, words, language)})


def as_json(tables: Tables) -> bytes:
    """Return everything as one JSON document."""
    return json.dumps(tables, ensure_ascii=False, indent=2).encode()


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {Verb.EXPORT: export}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"export.make": export}
