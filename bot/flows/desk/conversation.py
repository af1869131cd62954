"""One line of the log with what came before it about the same message, and the coach's answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.port import Submitted
from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.reply import Reply
from bot.coaching.rules.reading import deciding, may_read
from bot.coaching.words import Words, written_at
from bot.flows.coach.answer import LONGEST, Shared, answered, shared
from bot.flows.desk.entry import Visitor
from bot.flows.desk.line import ShownLine, line_shown
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port import Conflict
from bot.store.port.readers import AroundLine, LogEntry


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What a coach and a person wrote about one message, as far as the coach may read it; oldest first."""

    about: Shared
    lines: Sequence[ShownLine]


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What is wrong with an answer, in words, with what was typed."""

    told: str
    typed: str


async def conversation(ports: Ports, visitor: Visitor, line: str) -> Conversation | None:
    """Return a line with what stands around it, noted as one look; None when it is not theirs to read, or gone."""
    found = await _found(ports, visitor, line)
    about = shared(ports.given(), visitor.about, found) if found else None
    if found is None or about is None:
        return None
    texts = readable(found)
    await ports.save(_look(ports.given(), about, texts))
    return Conversation(about=about, lines=[_line(ports.given(), visitor, about, each) for each in texts])


async def answer(ports: Ports, visitor: Visitor, line: str, text: str) -> Wrong | None:
    """Keep the coach's answer and put it on its way to the person; return what is wrong with it instead."""
    if len(text) > LONGEST:
        return Wrong(told=ports.words.say("desk-answer-long", visitor.language, most=LONGEST), typed=text)
    try:
        return await _answered(ports, visitor, line, text)
    except Conflict:  # whom it is for is gone since it was decided
        return Wrong(told=ports.words.say("log-gone", visitor.language), typed=text)


async def _answered(ports: Ports, visitor: Visitor, line: str, text: str) -> Wrong | None:
    member = visitor.member
    found = await _found(ports, visitor, line)
    about = shared(ports.given(), visitor.about, found) if found else None
    form = Submitted(
        workspace=member.workspace,
        person=member.external_id,
        event_id="",
        at=ports.now,
        form="log.write",
        subject=line,
        values={"text": text},
        trigger="",
    )
    decision = answered(ports.given(), about, form, visitor.language)
    if decision.wrong is not None:
        return Wrong(told=next(iter(decision.wrong.errors.values())), typed=text)
    if decision.records:
        await ports.save(*decision.records)
    return None


async def _found(ports: Ports, visitor: Visitor, line: str) -> AroundLine | None:
    member = visitor.member
    return await ports.store.around_line(member.workspace, line, reader=member.id, at=ports.now)


def readable(found: AroundLine) -> list[Words]:
    """Return what stands about a line's message and may be read by who asks, oldest first, the line among it."""
    said = {each.id: each for each in found.said}
    record = found.record
    texts: list[Words] = [each for each in found.said if each.id != record.id]
    ended_at = found.enrollment.ended_at
    kept = [each for each in texts if may_read(found.viewer, deciding(each, _word(each, said), ended_at))]
    return sorted([*kept, record], key=lambda each: (written_at(each), each.id))


def _word(written: Words, said: dict[str, Reply]) -> Reply | None:
    return said.get(written.answers or "") if isinstance(written, Reply) else None


def _look(given: Given, about: Shared, texts: Sequence[Words]) -> AuditEntry:
    """Return the look at what is not the coach's own."""
    others = [each for each in texts if isinstance(each, Commitment) or each.author != about.coach.id]
    return AuditEntry(
        id=given.new_id(),
        workspace=about.cohort.workspace,
        cohort=about.cohort.id,
        actor=about.coach.id,
        subject=about.run.member.id,
        action=Action.READ,
        count=len(others),
        at=given.now,
        seen=tuple(SeenText(id=each.id, edition=each.edition) for each in others),
    )


def _line(given: Given, visitor: Visitor, about: Shared, written: Words) -> ShownLine:
    reply = written if isinstance(written, Reply) else None
    words = f"{written.first}\n{written.second}" if isinstance(written, Commitment) else written.text or ""
    entry = LogEntry(
        id=written.id,
        at=written_at(written),
        member=written.member,
        name=_name(given, visitor, about, written),
        item=written.item,
        week=written.week,
        kind=written.kind,
        question=reply.question if reply else None,
        text=words,
        scope=written.scope,
        nudge=written.nudge,
        answers=reply.answers if reply else None,
    )
    return line_shown(given, visitor.language, visitor.zone, about.run.cohort, entry)


def _name(given: Given, visitor: Visitor, about: Shared, written: Words) -> str:
    author = written.author if isinstance(written, Reply) else written.member
    known = {about.run.member.id: about.run.member.name, visitor.member.id: visitor.member.name}
    return known.get(author) or given.words.say("desk-other-coach", visitor.language)
