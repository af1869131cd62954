"""Leaving, taking one's data along, and wiping it."""

import csv
import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

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
from bot.flows import home
from bot.flows.compose.parts import button
from bot.flows.meet import known, language_of
from bot.flows.plan import withdrawn
from bot.flows.ports import Ports
from bot.flows.scene import Run, current_run, run_of
from bot.flows.show import again
from bot.flows.start import DEFAULT_ZONE
from bot.flows.tell import direct, line, open_form, tell
from bot.flows.unquote import quoting

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that starts with one of these
AGREED = "yes"
MOST_QUOTED = 10_000  # own words looked for in what a channel was shown

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
    now = ports.clock.now()
    ended = replace(run.enrollment, state=EnrollmentState.LEFT, paused_on=None, paused_until=None, ended_at=now)
    await ports.store.save(ended, *await withdrawn(ports, run.enrollment.id, "left", now))
    offer = button(ports, run.language, "erase.open", "", style=Style.DANGER)
    await tell(ports, command, line(ports.words, run.language, "leave-done", offer))
    await home.refresh(ports, member)


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
    under_way = f"export:{member.id}:{incoming.at:%Y-%m-%d %H:%M}"  # a doubled click is answered once
    if not await ports.store.first_sight(under_way, incoming.at):
        return
    try:
        await _handed_over(ports, incoming, member, language)
    finally:
        await ports.store.forget_sight(under_way)


async def _handed_over(ports: Ports, incoming: Incoming, member: Member, language: Language) -> None:
    conversation = await direct(ports, member)
    if conversation is None:
        await tell(ports, incoming, line(ports.words, language, "export-failed"))
        return
    tables = await _taken_along(ports, member)
    place = Place(workspace=member.workspace, conversation=conversation)
    name = f"pitstop-{local_day(ports.clock.now(), member.zone or DEFAULT_ZONE).isoformat()}"
    comments = (ports.words.say("export-json", language), ports.words.say("export-csv", language))
    files = ((f"{name}.json", as_json(tables), comments[0]), (f"{name}.csv", as_csv(tables), comments[1]))
    outcomes = [await ports.chat.send_file(place, *file) for file in files]
    key = "export-done" if all(isinstance(each, Sent) for each in outcomes) else "export-failed"
    await tell(ports, incoming, line(ports.words, language, key))


async def _taken_along(ports: Ports, member: Member) -> Tables:
    """Return every row about a person, the export itself noted among them."""
    before = await ports.store.export(member.id)
    entry = AuditEntry(
        id=ports.new_id(),
        workspace=member.workspace,
        cohort=None,
        actor=member.id,
        subject=member.id,
        action=Action.EXPORT,
        count=len(before.get("reply", ())),
        at=ports.clock.now(),
    )
    await ports.store.save(entry)
    return await ports.store.export(member.id)


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


def erase_form(ports: Ports, language: Language) -> Form:
    """Return the form that tells exactly what goes and what stays, with one box to tick."""
    words = ports.words
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
    if member is None:
        return None
    language = await language_of(ports, form, None, None)
    if AGREED not in form.values.get("agreed", ()):
        return FormErrors({"agreed": ports.words.say("erase-not-agreed", language)})
    conversation, posts = await direct(ports, member), await _quoted(ports, member)
    await ports.store.erase(member.id, at=ports.clock.now(), audit_id=ports.new_id())
    if conversation is not None:
        place = Place(workspace=member.workspace, conversation=conversation)
        await ports.chat.send(place, line(ports.words, language, "erase-done"))
    await home.stranger_view(ports, member.workspace, member.external_id)
    for post in posts:
        await again(ports, post)
    return None


async def _quoted(ports: Ports, member: Member) -> tuple[str, ...]:
    """Return the posts in channels that quote this person."""
    said = {reply.id for reply in await ports.store.replies_of(member.id, limit=MOST_QUOTED)}
    cohorts = {enrollment.cohort for enrollment in await ports.store.enrollments_of(member.id)}
    return tuple([post for cohort in cohorts for post in await quoting(ports, cohort, said)])


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
