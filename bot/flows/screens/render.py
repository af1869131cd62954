"""What a screen looks like now, and which records it shows: a function of what is stored."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise, takewhile

from bot.chat.port import Heading, Message, Quote
from bot.coaching.language import Language
from bot.coaching.records.nudge import ABOUT_READING, Kind, Nudge
from bot.coaching.records.reply import ReplyKind
from bot.coaching.records.screen import (
    Screen,
    ScreenKind,
    base_subjects,
    pending_key,
    pulse_key,
    reader_subjects,
    settings_key,
    typing_key,
)
from bot.coaching.words import Words
from bot.flows.context.held import on_hold
from bot.flows.context.nudge import AgendaContext, Participation
from bot.flows.context.pending import standing
from bot.flows.context.person import person_called
from bot.flows.messages import composed, receipt
from bot.flows.messages.own_page import page, stranger_page
from bot.flows.messages.own_words import page_of
from bot.flows.messages.phrase import line
from bot.flows.messages.shown import Shown, confirming, shown
from bot.flows.ports import Ports
from bot.flows.screens import questions
from bot.store.port.shown import ShownDigest, ShownPost, ShownToCoach
from bot.store.port.words import Confirmed

# The messages that say, in one of their states, whether typed words are kept.
SAY_WHAT_IS_KEPT = frozenset(
    {
        Kind.NUDGE,
        Kind.FOLLOW_UP,
        Kind.UNDONE,
        Kind.DAY_OF,
        Kind.DEBRIEF,
        Kind.CHECK,
        Kind.KEEP,
        Kind.BOOSTER,
        Kind.COACH_WORD,
    }
)


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A screen as it is to look, and the subjects under which it changes."""

    message: Message
    filled: Message | None = None  # the same with what was just typed into its questions, which is stored nowhere
    subjects: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A name for what it looks like, without its words."""
        return digest_of(self.message)

    @property
    def shows_words(self) -> bool:
        """Whether words that somebody typed stand in it."""
        return any(isinstance(each, Quote) for each in self.message.parts)

    @property
    def wordless(self) -> Message:
        """The same as far as the first words that somebody typed: what asks about them stands below them."""
        above = tuple(takewhile(lambda each: not isinstance(each, Quote), self.message.parts))
        return replace(self.message, parts=above or (Heading(self.message.fallback),))


def digest_of(message: Message) -> str:
    """Return a name for what a message looks like: the same for the same, and none of its words."""
    return blake2b(repr(message).encode("utf-8", "replace"), digest_size=12).hexdigest()


async def rendered(ports: Ports, screen: Screen) -> Rendering | None:
    """Return a screen as it is to look now; None when there is nothing to show any more."""
    rendering = await _rendered(ports, screen)
    if rendering is None or screen.asks is None:
        return rendering
    message, filled = await questions.shown(ports, screen, rendering.message)
    return replace(rendering, message=message, filled=filled)


async def _rendered(ports: Ports, screen: Screen) -> Rendering | None:
    match screen.kind:
        case ScreenKind.NUDGE:
            return await nudge_rendered(ports, screen.workspace, screen.about)
        case ScreenKind.RECEIPT:
            found = ports.confirms.pop(screen.id, None) or await ports.store.confirmed(screen.workspace, screen.about)
            return await _receipt(ports, screen, found) if found else None
        case ScreenKind.PAGE:
            return await _page(ports, screen)
        case ScreenKind.NOTICE:
            return await _notice(ports, screen)
        case ScreenKind.FORM | ScreenKind.LOG:
            return None  # see `to_coach`


async def nudge_rendered(ports: Ports, workspace: str, nudge: str) -> Rendering | None:
    """Return the message of a nudge; None when it is not there any more."""
    about = await shown(ports, workspace, nudge)
    if about is None:
        return None
    message = replace(composed(ports.given(), about), key=about.nudge.id)
    if isinstance(about, ShownDigest):
        return Rendering(message=message, subjects=tuple(sorted({*base_subjects(about.nudge), *_told_in(about)})))
    subjects: set[str] = set()
    for each in (about, *(about.below if isinstance(about, Shown) else ())):
        subjects |= {*base_subjects(each.nudge), *_shown_in(each)}
        if isinstance(each, Shown) and (each.places.readers or each.nudge.kind is Kind.WELCOME):
            subjects |= _readers(each)
        if isinstance(each, Shown) and each.nudge.kind in SAY_WHAT_IS_KEPT:
            subjects |= _typing(each) | _pending(ports, each)
    return Rendering(message=message, subjects=tuple(sorted(subjects)))


def _typing(run: Participation) -> set[str]:
    """Return under what it changes whether typed words are kept, and who reads them.

    That is each item about home, and the one that follows it; and what the person chose.
    """
    items = run.journey.items
    order = [step.item for step in run.journey.steps if step.kind is Kind.NUDGE and step.item is not None]
    about_home = {item for item in order if not items[item].keeps_words}
    after = {following for item, following in pairwise(order) if item in about_home}
    return {run.enrollment.id, *(typing_key(run.enrollment.id, item) for item in about_home | after)}


def _pending(ports: Ports, about: AgendaContext) -> set[str]:
    """Return under what it changes that words answer this message; one that they answer no more stays so."""
    if not standing(ports.given(), about).is_pending:
        return set()
    return {pending_key(about.enrollment.id)} | (_readers(about) if about.who is not None else set())


def _readers(run: Participation) -> set[str]:
    """Return under what it changes who reads what a person shares."""
    return {*reader_subjects(run.member.workspace, run.member.id, run.cohort.id)}


def _shown_in(about: Shown | ShownPost | ShownToCoach) -> tuple[str, ...]:
    """Return what a nudge's message shows beside what the nudge itself tells."""
    row = about.nudge
    if not isinstance(about, ShownToCoach) and about.made is not None:
        promises = about.promises if isinstance(about, Shown) else ()  # changes that are open
        return (*about.made.shared, *(each.id for each in promises))
    match row.kind:
        case Kind.INVITATION | Kind.COACH_WORD | Kind.COACH_ASK:
            is_asked = row.kind is Kind.COACH_ASK  # which says when their digest comes
            return (row.cohort, *([settings_key(row.member or "")] if is_asked else []))
        case Kind.CLOSING | Kind.SILENCE | Kind.READING_ASK | Kind.READING_NEWS:
            return (row.enrollment or "", *_of_the_run(row))
        case Kind.WELCOME:
            return (settings_key(row.member or ""), row.enrollment or "")
        case Kind.BOOSTER | Kind.CLOSING if isinstance(about, Shown):
            said: list[Words] = [*about.habits, *about.noticed, *about.promises]
            return tuple(each.id for each in said)
        case _:
            return ()


def _of_the_run(row: Nudge) -> tuple[str, ...]:
    """Return what else changes a message that shows how a run stands: the pulse, or who reads in it."""
    if row.kind in ABOUT_READING:
        return reader_subjects(row.workspace, row.member or "", row.cohort)
    return (pulse_key(row.enrollment or ""),)


def _told_in(about: ShownDigest) -> tuple[str, ...]:
    """Return what a coach's digest tells of, whose it is, and the teams they must still coach to be told."""
    people = {person.id for _, person in (*about.replies, *about.promises)}
    cohorts = {about.nudge.cohort, *(each.id for each in about.coached)}
    return (*(about.made.shared if about.made else ()), *people, *cohorts, settings_key(about.member.id))


async def _receipt(ports: Ports, screen: Screen, found: Confirmed) -> Rendering | None:
    reply = found.reply
    if (
        reply.text is None and reply.kind is not ReplyKind.REQUEST and not screen.message
    ):  # taken back before it was confirmed
        return None
    given, scene = ports.given(), confirming(ports, found)
    if reply.kind is ReplyKind.HELD and reply.intent is None and reply.text is not None:
        held = await on_hold(ports, reply, screen.person)
        offered = receipt.choices(given, held) if held else []
        asks = receipt.held(given, scene, reply, offered, detail=screen.detail.split(","))
        among = {choice.nudge for choice in offered}  # each says which of its questions is open
        return Rendering(message=replace(asks, key=screen.id), subjects=tuple(sorted({reply.id, reply.nudge} | among)))
    looks = receipt.card(given, scene, reply, found.places, detail=screen.detail.split(","))
    subjects = {reply.id, reply.nudge} | ({reply.cohort} if reply.answers else set())
    if found.places.readers or found.who is not None:
        subjects |= _readers(scene)
    if reply.intent is not None:  # it says whether anything still comes
        subjects.add(reply.enrollment)
    if reply.kind is ReplyKind.DEBRIEF:  # the next question stands below it
        subjects |= _typing(scene) | _pending(ports, scene)
        if reply.text is not None:
            looks = replace(looks, parts=(*looks.parts, *receipt.next_question(given, scene, reply, found.answers)))
    return Rendering(message=replace(looks, key=screen.id), subjects=tuple(sorted(subjects)))


async def _page(ports: Ports, screen: Screen) -> Rendering | None:
    about = await page_of(ports, screen)
    member = about.member
    if member is None:  # a stranger; or somebody who is erased, of whom nothing stays
        return None if screen.about else Rendering(message=stranger_page(ports), subjects=(screen.id,))
    beside = _readers(about.course) if about.course is not None else set()
    return Rendering(message=page(ports.given(), about, member), subjects=tuple(sorted({member.id} | beside)))


async def _notice(ports: Ports, screen: Screen) -> Rendering:
    about = await person_called(ports, screen.workspace, screen.about)
    return Rendering(message=line(ports.words, about.spoken or Language.EN, screen.detail), subjects=(screen.id,))
