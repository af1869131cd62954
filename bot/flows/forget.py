"""Leaving, taking one's data along, and wiping it."""

import csv
import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from bot.chat.port import (
    Body,
    ChecksField,
    Command,
    Form,
    FormErrors,
    Incoming,
    Option,
    Place,
    Press,
    Sent,
    Style,
    Submitted,
)
from bot.coaching.audit import Action, AuditEntry
from bot.coaching.calendar import local_day
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.member import Member
from bot.coaching.verbs import Verb, read
from bot.flows.compose.parts import button
from bot.flows.given import Given
from bot.flows.hold import withdrawn
from bot.flows.meet import known, language_of
from bot.flows.ports import Ports
from bot.flows.scene import Run, current_run, run_of
from bot.flows.start import DEFAULT_ZONE
from bot.flows.tell import direct, line, open_form, tell
from bot.flows.withdraw import out_of_channel

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that starts with one of these
AGREED = "yes"
DOUBLED = timedelta(seconds=5)  # between two clicks that are one

Tables = Mapping[str, Sequence[Mapping[str, object]]]


# --- leaving ----------------------------------------------------------------------------------------------------


async def leave(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach leave`: at once, without a question back."""
    member = await known(ports, command)
    run = await _run_here(ports, command, member) if member else None
    if member is None or run is None:
        heard = read(command.text).language
        language = await language_of(ports, command, command.conversation, heard)
        await tell(ports, command, line(ports.words, language, "leave-nothing"))
        return
    now = ports.now
    await ports.save(
        run.enrollment.left(now),
        *withdrawn(await ports.store.nudges_of(run.enrollment.id), "left", now),
        *await out_of_channel(ports.store, member, now, enrollment=run.enrollment.id),
        withdraws=True,
    )
    offer = button(ports, run.language, "erase.open", "", style=Style.DANGER)
    await tell(ports, command, line(ports.words, run.language, "leave-done", offer))


async def _run_here(ports: Ports, command: Command, member: Member) -> Run | None:
    """Return the run of the channel the command was typed in, else the one the person is in now."""
    cohort = await ports.store.cohort_in(command.workspace, command.conversation)
    here = await ports.store.enrollment_in(cohort.id, member.id) if cohort else None
    if here is not None and here.state is not EnrollmentState.LEFT:
        return await run_of(ports, here)
    return await current_run(ports, member)


# --- taking along -----------------------------------------------------------------------------------------------


async def export(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach export`: everything about the person, as two files in the direct conversation."""
    await _export(ports, command)


async def export_make(ports: Ports, press: Press) -> None:
    """The export button on Home."""
    await _export(ports, press)


async def _export(ports: Ports, incoming: Incoming) -> None:
    member = await known(ports, incoming)
    language = await language_of(ports, incoming, None, _heard(incoming))
    if member is None:
        await tell(ports, incoming, line(ports.words, language, "export-nothing"))
        return
    export_id = ports.new_id()
    if not await _is_doubled(ports, incoming, member, export_id):
        await _handed_over(ports, incoming, member, language, export_id)


async def _is_doubled(ports: Ports, incoming: Incoming, member: Member, export_id: str) -> bool:
    """Tell whether a press is the second one of a doubled click."""
    since = incoming.at - DOUBLED
    return isinstance(incoming, Press) and any(
        entry.action is Action.EXPORT and entry.actor == member.id and entry.at >= since and entry.id != export_id
        for entry in await ports.store.audit_of(member.id, limit=1)
    )


async def _handed_over(ports: Ports, incoming: Incoming, member: Member, language: Language, export_id: str) -> None:
    conversation = await direct(ports, member)
    if conversation is None:
        await tell(ports, incoming, line(ports.words, language, "export-failed"))
        return
    tables = await _taken_along(ports, member, export_id)
    place = Place(workspace=member.workspace, conversation=conversation)
    name = f"pitstop-{local_day(ports.now, member.zone or DEFAULT_ZONE).isoformat()}"
    comments = (ports.words.say("export-json", language), ports.words.say("export-csv", language))
    files = ((f"{name}.json", as_json(tables), comments[0]), (f"{name}.csv", as_csv(tables), comments[1]))
    outcomes = [await ports.chat.send_file(place, *file) for file in files]
    key = "export-done" if all(isinstance(each, Sent) for each in outcomes) else "export-failed"
    await tell(ports, incoming, line(ports.words, language, key))


async def _taken_along(ports: Ports, member: Member, export_id: str) -> Tables:
    """Return every row about a person, the export itself noted among them, once."""
    before = await ports.store.export(member.id)
    if any(row["id"] == export_id for row in before.get("audit", ())):  # noted before it was cut off
        return in_own_words(before, partial(ports.chat.told, member.workspace))
    entry = AuditEntry(
        id=export_id,
        workspace=member.workspace,
        cohort=None,
        actor=member.id,
        subject=member.id,
        action=Action.EXPORT,
        count=len(before.get("reply", ())),
        at=ports.now,
    )
    await ports.save(entry)
    return in_own_words(await ports.store.export(member.id), partial(ports.chat.told, member.workspace))


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


def as_json(tables: Tables) -> bytes:
    """Return everything as one JSON document."""
    return json.dumps(tables, ensure_ascii=False, indent=2).encode()


def as_csv(tables: Tables) -> bytes:
    """Return everything as one sheet, a row for each record, safe to open in a spreadsheet."""
    columns = list(dict.fromkeys(column for rows in tables.values() for row in rows for column in row))
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(["table", *columns])
    for table, rows in tables.items():
        for row in rows:
            writer.writerow([table, *(cell(row.get(column)) for column in columns)])
    return sheet.getvalue().encode("utf-8-sig")  # without the mark Excel takes é for two letters


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


# --- wiping -----------------------------------------------------------------------------------------------------


async def forget(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach forget`: say what goes, and ask once."""
    await _ask(ports, command)


async def erase_open(ports: Ports, press: Press) -> None:
    """The erase button, on Home and after leaving."""
    await _ask(ports, press)


async def _ask(ports: Ports, incoming: Command | Press) -> None:
    language = await language_of(ports, incoming, None, _heard(incoming))
    if await known(ports, incoming) is None:
        await tell(ports, incoming, line(ports.words, language, "erase-nothing"))
        return
    await open_form(ports, incoming, erase_form(ports, language))


def erase_form(given: Given, language: Language) -> Form:
    """Return the form that tells exactly what goes and what stays, with one box to tick."""
    words = given.words
    return Form(
        id="erase.yes",
        title=words.say("form-erase-title", language),
        submit=words.say("form-erase-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body("erase-goes", language)),
            Body(words.body("erase-stays", language)),
            ChecksField(
                id="agreed",
                label=words.say("erase-agree", language),
                options=(Option(AGREED, words.say("erase-agree-option", language)),),
            ),
        ),
    )


async def erase_confirmed(ports: Ports, form: Submitted) -> FormErrors | None:
    """Wipe everything about the person; sent in a second time there is nothing left to wipe."""
    member = await known(ports, form)
    language = await language_of(ports, form, None, None)
    if member is None:
        if form.attempt > 1:  # wiped, and cut off before it was said
            await _last_word(ports, form, await ports.chat.open_direct(form.workspace, form.person), language)
        return None
    if AGREED not in form.values.get("agreed", ()):
        return FormErrors({"agreed": ports.words.say("erase-not-agreed", language)})
    audit_id, conversation = ports.new_id(), await direct(ports, member)
    await erased(ports, member, audit_id=audit_id)
    await _last_word(ports, form, conversation, language)
    return None


async def erased(ports: Ports, member: Member, *, audit_id: str, actor: str | None = None) -> int:
    """Wipe everything about a person, mark what shows them, and return how many replies went."""
    went = await ports.store.erase(member.id, at=ports.now, audit_id=audit_id, actor=actor, hold=ports.hold)
    ports.held.extend(await ports.store.held_screens(ports.holder))
    return went


async def _last_word(ports: Ports, form: Submitted, conversation: object, language: Language) -> None:
    if isinstance(conversation, str):
        place = Place(workspace=form.workspace, conversation=conversation)
        await ports.chat.send(place, line(ports.words, language, "erase-done"))


def _heard(incoming: Incoming) -> Language | None:
    return read(incoming.text).language if isinstance(incoming, Command) else None


COMMANDS: dict[Verb, Callable[[Ports, Command, str], Awaitable[None]]] = {
    Verb.LEAVE: leave,
    Verb.EXPORT: export,
    Verb.FORGET: forget,
}
PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "export.make": export_make,
    "erase.open": erase_open,
}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"erase.yes": erase_confirmed}
