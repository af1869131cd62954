"""Words that seem to ask for something: held, and the person is asked what they meant.

What is held is stored as private and filed nowhere. A press does what was asked for, and the words go; or it keeps them
as the answer they were. Unanswered they become a private note; nothing more is sent to who may have asked for that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.port import Button, Buttons, Said
from bot.coaching.intents import Intent, Tier, meaning_of
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.rules.pause import stopped
from bot.flows.agenda.schedule import replanned
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import Participation, is_home, nudge_context_in, today, within
from bot.flows.context.person import ParticipationContext
from bot.flows.messages.experiment import outcome
from bot.flows.messages.offer import unheld
from bot.flows.participation.typed_pause import BREAKABLE
from bot.flows.replies.answered_nudge import Meant, belongs_to
from bot.flows.replies.match import gone, unkept
from bot.flows.replies.not_kept import not_kept
from bot.flows.replies.store import confirmed_by, held_until, keeps
from bot.flows.screens.new import receipt
from bot.store.port import Record
from bot.store.port.heard import Heard

# Only on the day of a plan or a change they are more than an answer.
OF_A_DAY = frozenset({Intent.DONE, Intent.NOT_DONE})


def asks(
    given: Given, event: Said, heard: Heard, run: Participation, back: Sequence[Record], *, edited_at: datetime | None
) -> Decision | None:
    """Return what becomes of words that seem to ask for something; None for an answer.

    What answers a coach is the coach's, but for a whole message that says *stop*.
    """
    meaning = meaning_of(event.text, given.words.intents(run.language))
    if meaning is None:
        return None
    if meaning.intent in OF_A_DAY:
        day = _day_in_question(given, heard, run)
        meant = Meant(nudge=day) if day is not None and heard.answers in (None, day.id) else None
    else:
        meant = belongs_to(given, event, heard, run)
    if meant is None:
        return None
    acts = meaning.intent is Intent.STOP and meaning.tier is Tier.ACT
    if (meant.answers is not None or meant.is_unread) and not acts:
        return None
    still = _stopped(given, heard, run) if acts else []
    scene = nudge_context_in(given, heard, run, meant.nudge)
    agenda = [row for row in heard.nudges if row.enrollment == run.enrollment.id]
    if is_home(given, run, agenda, event.at) or not keeps(scene, meant):
        own = (each for each in still if isinstance(each, Enrollment) and each.id == scene.enrollment.id)
        scene = replace(scene, enrollment=next(own, scene.enrollment))
        value = meant.nudge.id if meaning.intent in OF_A_DAY else ""
        says = unheld(given, scene, meaning.intent, value, *_keep_buttons(given, run, event))
        return Decision(records=[*back, *still], says=says, answered_as=unkept(event), scrubs=True)
    held = _held(given, event, scene, meant, meaning.intent, edited_at)
    stands = scene.enrollment.stands_still or any(each.id == scene.enrollment.id for each in still)
    if acts and stands:  # done: the words are there for as long as it may turn out that they were an answer
        held = replace(held, kind=ReplyKind.REQUEST)
    card = receipt(given, held, scene.member, event.conversation, thread=event.thread)
    records = [*back, *still, held, card]
    return Decision(records=records, unless=gone(event), confirms=confirmed_by(heard, scene, records))


def _held(
    given: Given, event: Said, scene: Participation, meant: Meant, intent: Intent, edited_at: datetime | None
) -> Reply:
    """Return words as they are held: for nobody but who typed them, under what they would have answered."""
    row = meant.nudge
    return Reply(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=row.id,
        item=row.item,
        week=row.week,
        kind=ReplyKind.HELD,
        text=event.text,
        scope=Scope.PRIVATE,
        source=event.source,
        said_at=event.said_at,
        received_at=event.at,
        edited_at=edited_at,
        intent=intent,
        held_until=held_until(given, scene, event.at),
    )


def _day_in_question(given: Given, heard: Heard, run: Participation) -> Nudge | None:
    """Return the question of today's plan or change, while it asks and nothing newer came."""
    sent = [row for row in heard.nudges if row.enrollment == run.enrollment.id and row.sent_at is not None]
    newest = max(sent, key=lambda row: (row.sent_at, row.due_at), default=None)
    if newest is None or newest.kind is not Kind.DAY_OF or newest.local_date != today(given, run):
        return None
    plan = heard.promises.get(newest.subject or "")
    return newest if plan is not None and outcome(newest, plan) is None else None


def _keep_buttons(given: Given, run: Participation, event: Said) -> tuple[Button, ...]:
    """Return the buttons that keep words after all, where nothing is kept without being asked for."""
    told = not_kept(given, run, event, "said-forgotten")
    return next((part.buttons for part in told.parts if isinstance(part, Buttons)), ())


def _stopped(given: Given, heard: Heard, run: Participation) -> list[Record]:
    """Return every run of a person standing still."""
    runs = (within(given, run.member, enrollment, cohort) for enrollment, cohort in heard.runs)
    courses = [
        ParticipationContext(
            member=each.member,
            enrollment=each.enrollment,
            cohort=each.cohort,
            journey=each.journey,
            agenda=[row for row in heard.nudges if row.enrollment == each.enrollment.id],
            others=(),
            promises=(),
        )
        for each in runs
    ]
    return stands_still(given, courses)


def noted(reply: Reply) -> Reply:
    """Return held words as a private note."""
    return replace(reply, kind=ReplyKind.TYPED, held_until=None)


def stands_still(given: Given, courses: Sequence[ParticipationContext]) -> list[Record]:
    """Return these runs standing still, until their person lets them go on."""
    records: list[Record] = []
    for course in courses:
        if course.enrollment.state in BREAKABLE and not course.enrollment.stands_still:
            still = stopped(course.enrollment, today(given, course))
            records += [still, *replanned(given, course.after(still))]
    return records
