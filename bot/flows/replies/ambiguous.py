"""Words that several questions may be about: held for their author alone, who says by a press where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.port import Press
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.coaching.records.screen import Screen
from bot.flows.context.decision import Decision, carry_out
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation, nudge_context_in, within
from bot.flows.messages.parts import label_of
from bot.flows.messages.receipt import Choice, choice_label
from bot.flows.ports import Ports
from bot.flows.replies.answered_nudge import Meant, behind
from bot.flows.replies.store import filing, told_to
from bot.store.port.heard import Heard


@dataclass(frozen=True, kw_only=True)
class OnHold:
    """Held words with all that decides where they may go."""

    reply: Reply
    heard: Heard
    run: Participation
    among: Sequence[str]  # ids of the messages of which one is meant


async def on_hold(ports: Ports, reply: Reply, person: str, screen: Screen | None) -> OnHold | None:
    """Return words that are held, with what is known of their author; None when they are not that person's."""
    heard = await ports.store.heard(reply.workspace, person)
    found = next((each for each in heard.runs if each[0].id == reply.enrollment), None)
    if heard.member is None or found is None or heard.member.id != reply.author:
        return None
    among = screen.detail.split(",") if screen is not None and screen.detail else []
    return OnHold(reply=reply, heard=heard, run=within(ports, heard.member, *found), among=among)


def choices(given: Given, held: OnHold) -> list[Choice]:
    """Return the places of which their author is to choose one, each once, as they are called on a button."""
    rows = {row.id: row for row in held.heard.nudges}
    return [Choice(nudge=each, label=_label(given, held, rows[each])) for each in held.among if each in rows]


def _label(given: Given, held: OnHold, row: Nudge) -> str:
    words, run = given.words, held.run
    about = label_of(given, run, row)
    word = held.heard.words.get(row.subject or "")
    if row.kind is Kind.COACH_WORD and word is not None:
        return choice_label(words.say("held-coach", run.language, name=word.author.name))
    item = run.journey.items.get(row.item) if row.item else None
    if row.kind is Kind.DEBRIEF and item is not None and row.question < len(item.questions):
        return choice_label(words.say("held-debrief", run.language, about=about, number=row.question + 1))
    if row.kind is Kind.CHECK:
        return choice_label(words.say("held-check", run.language, about=about))
    return choice_label(about)


def put(given: Given, held: OnHold, nudge: str) -> Decision:
    """Put held words where their author says they belong; what was pressed last is what the next ones answer."""
    row = next((each for each in held.heard.nudges if each.id == nudge and nudge in held.among), None)
    if row is None:
        return Decision(refuses="press-stale", again=(held.reply.id,))
    pressed = replace(row, asked_at=given.now)
    heard = replace(held.heard, nudges=[pressed if each.id == row.id else each for each in held.heard.nudges])
    meant = behind(pressed, heard)
    decision = _filed(given, replace(held, heard=heard), meant)
    known = {record.id for record in decision.records}
    return replace(decision, records=[*decision.records, *([] if row.id in known else [pressed])])


def note(given: Given, held: OnHold) -> Decision:
    """Let held words be a note by themselves, for whom their author chose to write."""
    row = next(each for each in held.heard.nudges if each.id == held.reply.nudge)
    return _filed(given, held, Meant(nudge=row, asks=False, is_note=True))


def _filed(given: Given, held: OnHold, meant: Meant) -> Decision:
    scene = nudge_context_in(given, held.heard, held.run, meant.nudge)
    filed = filing(scene, meant, given.now, kept=True)
    reply = replace(
        held.reply,
        nudge=meant.nudge.id,
        item=filed.item,
        week=meant.nudge.week,
        kind=filed.kind,
        question=filed.question,
        scope=filed.scope,
        answers=filed.answers,
        held_until=None,
    )
    return Decision(records=[*filed.changed, *told_to(given, held.heard, scene, reply), reply], pages=True)


async def _pressed(ports: Ports, press: Press, *, puts: bool) -> None:
    reply_id, _, nudge = press.value.partition(":")
    reply = await ports.store.reply(press.workspace, reply_id)
    screen = await ports.store.screen(press.workspace, reply_id)
    held = await on_hold(ports, reply, press.person, screen) if reply is not None else None
    if held is None or held.reply.kind is not ReplyKind.HELD or held.reply.text is None:
        decision = Decision(refuses="press-stale", again=(reply_id,))
    elif held.run.enrollment.state is EnrollmentState.LEFT:
        decision = Decision(refuses="press-left-words")
    else:
        given = ports.given()
        decision = put(given, held, nudge) if puts else note(given, held)
    await carry_out(ports, press, decision)


async def put_pressed(ports: Ports, press: Press) -> None:
    """Here: this is what the words belong to."""
    await _pressed(ports, press, puts=True)


async def note_pressed(ports: Ports, press: Press) -> None:
    """A note by itself: they belong to none of it."""
    await _pressed(ports, press, puts=False)


PRESSES = {"reply.put": put_pressed, "reply.note": note_pressed}
