"""Typed words as a reply: to what they belong, who may read them, and who hears of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.port import MessageRef, Said
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.screen import Screen
from bot.flows.coach.notice import told_to_coach
from bot.flows.context.given import Given
from bot.flows.context.nudge import NudgeContext
from bot.flows.replies.answered_nudge import Meant
from bot.flows.screens.new import receipt, receipt_at
from bot.store.port import Record
from bot.store.port.heard import Heard
from bot.store.port.words import Confirmed, Places

KIND_OF = {Kind.DEBRIEF: ReplyKind.DEBRIEF, Kind.CHECK: ReplyKind.CHECK, Kind.KEEP: ReplyKind.KEEP}


def reply_records(
    given: Given,
    event: Said,
    heard: Heard,
    scene: NudgeContext,
    meant: Meant,
    *,
    kept: bool,
    edited_at: datetime | None = None,
    offer: MessageRef | None = None,
) -> list[Record]:
    """Return typed words as a reply to the message they are meant for, with all that comes of it.

    They are confirmed where they were typed, or in place of an offer. What belongs to an experiment that keeps no
    words, and is kept all the same, is a note of its week: it answers nothing. What answers a coach's word is for that
    coach alone, who hears that it is there.
    """
    row = scene.nudge
    kind, question, answered = _answers(given, scene) if kept and meant.asks else (ReplyKind.TYPED, None, [])
    reply = Reply(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=row.id,
        item=row.item if kept else None,
        week=row.week,
        kind=kind,
        question=question,
        text=event.text,
        scope=_scope(scene, meant),
        source=event.source,
        said_at=event.said_at,
        received_at=event.at,
        edited_at=edited_at,
        answers=meant.answers,
    )
    confirmation = (
        receipt(given, reply, scene.member, event.conversation, thread=event.thread, several=meant.several)
        if offer is None
        else receipt_at(given, reply, scene.member, offer)
    )
    found = heard.words.get(meant.answers or "")
    told = told_to_coach(given, reply, found.author, scene.cohort, heard.told) if found is not None else []
    return [*answered, *told, reply, confirmation]


def confirmed_by(heard: Heard, scene: NudgeContext, records: Sequence[Record]) -> Confirmed | None:
    """Return what the receipt of a new reply shows, once these records are saved, as the store would tell it.

    None where more of it changes than the reply that is new, or more is shown than was read: then it is read.
    """
    match records:
        case [Reply(answers=None) as reply, Screen()] if scene.cohort.id == heard.runs[0][1].id:
            post = heard.next_post if reply.scope is not Scope.PRIVATE else None
            return Confirmed(
                reply=replace(reply, version=1),
                nudge=scene.nudge,
                enrollment=scene.enrollment,
                member=scene.member,
                cohort=scene.cohort,
                places=Places(shares=(), next_posts={post.cohort: post} if post else {}, coaches={}),
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
    return not meant.is_quiet and (meant.is_work or scene.keeps_words)


def _answers(given: Given, scene: NudgeContext) -> tuple[ReplyKind, int | None, list[Record]]:
    """Return as what the words are kept, which question they answer, and what that changes."""
    row = scene.nudge
    kind = KIND_OF.get(row.kind, ReplyKind.TYPED)
    if kind is ReplyKind.DEBRIEF:
        if row.question >= len(scene.item.questions if scene.item else ()) or row.answer is Answer.SKIPPED:
            return ReplyKind.TYPED, None, []
        return kind, row.question + 1, [replace(row, question=row.question + 1)]
    if kind is ReplyKind.KEEP and row.answer is None:
        return kind, None, [replace(row, answer=Answer.DONE, answered_at=given.now)]
    return kind, None, []
