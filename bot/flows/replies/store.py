"""Typed words as a reply: to what they belong, who may read them, and who hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.chat.port import MessageRef, Said
from bot.coaching.calendar import at_local, local_day, next_workday
from bot.coaching.intents import Intent
from bot.coaching.records.nudge import Answer, Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen
from bot.flows.coach.notice import told_to_coach
from bot.flows.context.nudge import NudgeContext, Participation, days_off
from bot.flows.given import Given
from bot.flows.messages.receipt import FILES, FORWARD, SHORT
from bot.flows.replies.answered_nudge import Meant
from bot.flows.screens.new import LONG_ONES, receipt, receipt_at
from bot.store.port import Record
from bot.store.port.heard import Heard
from bot.store.port.words import Confirmed, Places


@dataclass(frozen=True, kw_only=True)
class Filed:
    """As what words are kept, and what that changes."""

    kind: ReplyKind
    scope: Scope
    item: str | None = None
    question: int | None = None
    answers: str | None = None  # id of the coach's word
    changed: Sequence[Nudge] = ()


_HELD = Filed(kind=ReplyKind.HELD, scope=Scope.PRIVATE)


def reply_records(
    given: Given,
    event: Said,
    heard: Heard,
    scene: NudgeContext,
    meant: Meant,
    *,
    kept: bool,
    intent: Intent | None = None,
    edited_at: datetime | None = None,
    offer: MessageRef | None = None,
) -> list[Record]:
    """Return typed words as a reply to what they are meant for, with all that comes of it.

    They are confirmed where they were typed, or in place of an offer. Where only the person can tell which of several
    messages is meant, or whether they ask for something, the words are held for their author alone, and the
    confirmation asks.
    """
    row, is_held = scene.nudge, bool(meant.among) or intent is not None
    filed = _HELD if is_held else filing(scene, meant, event.at, kept=kept)
    reply = Reply(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=row.id,
        item=filed.item,
        week=row.week,
        kind=filed.kind,
        question=filed.question,
        text=event.text,
        scope=filed.scope,
        source=event.source,
        said_at=event.said_at,
        received_at=event.at,
        edited_at=edited_at,
        answers=filed.answers,
        intent=intent,
        among=",".join(places(meant)) if is_held else None,
        held_until=held_until(given, scene, given.now) if is_held else None,
    )
    detail = _detail(event, heard)
    confirmation = (
        receipt(given, reply, scene.member, event.conversation, thread=event.thread, detail=detail)
        if offer is None
        else receipt_at(given, reply, scene.member, offer, detail=detail)
    )
    return [*filed.changed, *told_to(given, heard, scene, reply), reply, confirmation]


def places(meant: Meant) -> Sequence[str]:
    """Return the ids of the messages that words may answer, if they are an answer; none for what would be a note."""
    alone = [] if meant.is_note else [(meant.word or meant.nudge).id]
    return meant.among or alone


def held_until(given: Given, run: Participation, at: datetime) -> datetime:
    """Return the end of the person's next working day."""
    tomorrow = local_day(at, run.zone) + timedelta(days=1)
    day = next_workday(tomorrow, run.member.hours.workdays, days_off(given, run))
    return at_local(day + timedelta(days=1), time(0, 0), run.zone)


def told_to(given: Given, heard: Heard, scene: NudgeContext, reply: Reply) -> list[Nudge]:
    """Return what tells a coach that a reply answers their word; nothing where it answers none."""
    found = heard.words.get(reply.answers or "")
    return told_to_coach(given, reply, found.author, scene.cohort, heard.told) if found is not None else []


def filing(scene: NudgeContext, meant: Meant, at: datetime, *, kept: bool) -> Filed:
    """Return as what words typed at a moment are kept, for whom, and what that changes.

    What belongs to an experiment that keeps no words, and is kept all the same, is a note of its week: it answers
    nothing. What answers a coach's word is for that coach alone, who hears that it is there.
    """
    row = scene.nudge
    scope = _scope(scene, meant)
    if meant.is_note:
        return Filed(kind=ReplyKind.NOTE, scope=scope)
    item = row.item if kept else None
    word = [replace(meant.word, question=1)] if meant.word is not None and not meant.word.question else []
    if not (kept and meant.asks):
        return Filed(kind=ReplyKind.TYPED, scope=scope, item=item, answers=meant.answers, changed=word)
    kind, question, changed = _answers(scene, at)
    return Filed(kind=kind, scope=scope, item=item, question=question, changed=changed)


def _detail(event: Said, heard: Heard) -> str:
    """Return what is in no record of how to confirm: in short, to who knows it from a few; what else is not kept."""
    beside = [FORWARD] if event.forwards else [FILES] if event.files else []
    return ",".join([*([SHORT] if heard.said_before >= LONG_ONES else []), *beside])


def confirmed_by(heard: Heard, scene: NudgeContext, records: Sequence[Record]) -> Confirmed | None:
    """Return what the receipt of a new reply shows, once these records are saved, as the store would tell it.

    None where more of it changes than the reply that is new, or more is shown than was read: then it is read.
    """
    match records:
        case [Reply(answers=None) as reply, Screen()] if scene.cohort.id == heard.runs[0][1].id:
            is_shared, who = reply.scope is not Scope.PRIVATE, heard.who
            post = heard.next_post if is_shared else None
            return Confirmed(
                reply=replace(reply, version=1),
                nudge=scene.nudge,
                enrollment=scene.enrollment,
                member=scene.member,
                cohort=scene.cohort,
                places=Places(
                    shares=(),
                    next_posts={post.cohort: post} if post else {},
                    coaches={},
                    readers={scene.cohort.id: who} if is_shared and who else {},
                ),
                who=who if reply.intent is not None else None,
            )
        case _:
            return None


def _scope(scene: NudgeContext, meant: Meant) -> Scope:
    """Return who may read typed words: what answers a coach is the coach's, unless that coach is gone."""
    if meant.answers is not None:
        return Scope.COACH
    return Scope.PRIVATE if meant.is_unread else scene.enrollment.scope


def keeps(scene: NudgeContext, meant: Meant) -> bool:
    """Whether what is typed to this message is kept without being asked for."""
    return meant.is_note or (not meant.is_quiet and (meant.is_work or scene.keeps_words))


def _answers(scene: NudgeContext, at: datetime) -> tuple[ReplyKind, int | None, list[Nudge]]:
    """Return as what the words are kept, which question they answer, and what that changes."""
    row = scene.nudge
    match row.kind:
        case Kind.DEBRIEF if row.question < len(scene.item.questions if scene.item else ()) and not _is_left(row):
            number = row.question + 1
            return ReplyKind.DEBRIEF, number, [replace(row, question=number, asked_at=at)]
        case Kind.CHECK if row.answer is not Answer.UNNOTICED:
            return ReplyKind.CHECK, None, [] if row.question else [replace(row, question=1)]
        case Kind.KEEP if row.answer is None:
            return ReplyKind.KEEP, None, [replace(row, answer=Answer.DONE, answered_at=at)]
        case _:
            return ReplyKind.TYPED, None, []


def _is_left(row: Nudge) -> bool:
    return row.answer in (Answer.SKIPPED, Answer.DONE)
