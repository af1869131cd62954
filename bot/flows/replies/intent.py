"""Words that seem to ask for something: done, or held, and the person is asked what they meant.

A whole message of the published list is done at once, where that can be undone or only asks for a day. Everything else
is held; see `held` for how that ends. Nothing more is sent to who may have asked for that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.port import Button, Buttons, Message, Said
from bot.coaching.intents import Intent, Meaning, Tier, meaning_of
from bot.coaching.language import Language
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, is_home, nudge_context_in, today, within
from bot.flows.context.person import ParticipationContext
from bot.flows.given import Given
from bot.flows.messages.experiment import outcome
from bot.flows.messages.offer import unheld
from bot.flows.messages.parts import help_parts
from bot.flows.participation.pause import stands_still
from bot.flows.replies.answered_nudge import Meant, belongs_to
from bot.flows.replies.match import gone, unkept
from bot.flows.replies.not_kept import not_kept
from bot.flows.replies.store import confirmed_by, keeps, reply_records
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
    acts = meaning.tier is Tier.ACT
    stops = acts and meaning.intent is Intent.STOP
    if (meant.answers is not None or meant.is_unread) and not stops:
        return None
    still = stands_still(given, courses_of(given, heard, run)) if stops else []
    scene = nudge_context_in(given, heard, run, meant.nudge)
    agenda = [row for row in heard.nudges if row.enrollment == run.enrollment.id]
    if is_home(given, run, agenda, event.at) or not keeps(scene, meant):
        own = (each for each in still if isinstance(each, Enrollment) and each.id == scene.enrollment.id)
        scene = replace(scene, enrollment=next(own, scene.enrollment))
        value = meant.nudge.id if meaning.intent in OF_A_DAY else ""
        says = unheld(given, scene, meaning.intent, value, *_keep_buttons(given, run, event))
        return Decision(records=[*back, *still], says=says, answered_as=unkept(event), scrubs=True)
    is_done = acts and (
        not stops or scene.enrollment.stands_still or any(each.id == scene.enrollment.id for each in still)
    )
    made = reply_records(given, event, heard, scene, meant, kept=True, intent=meaning.intent, edited_at=edited_at)
    records = [*back, *still, *(_acted_on(each) if is_done and isinstance(each, Reply) else each for each in made)]
    scrubs = any(isinstance(each, Reply) and each.text is None for each in records)
    return Decision(records=records, unless=gone(event), confirms=confirmed_by(heard, scene, records), scrubs=scrubs)


def asks_for_help(given: Given, event: Said, language: Language) -> Message | None:
    """Return the list of what can be asked for, to whoever asks for it in so many words, in no journey either."""
    meaning = meaning_of(event.text, given.words.intents(language))
    if meaning != Meaning(intent=Intent.HELP, tier=Tier.ACT):
        return None
    parts = tuple(help_parts(given, language))
    return Message(fallback=given.words.say("help-title", language), parts=parts)


def _acted_on(held: Reply) -> Reply:
    """Return words as a request that is done; they are there for as long as they may turn out to be an answer."""
    done = replace(held, kind=ReplyKind.REQUEST)
    return done if held.among else replace(done, text=None, among=None, held_until=None)


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


def courses_of(given: Given, heard: Heard, run: Participation) -> list[ParticipationContext]:
    """Return every run of a person, as far as it is known when they type."""
    runs = (within(given, run.member, enrollment, cohort) for enrollment, cohort in heard.runs)
    return [
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
