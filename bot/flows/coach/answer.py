"""The coach answers a person through the bot, and reads a long line whole."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.chat.port import Form, FormErrors, Press, Quote, Submitted, TextField
from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.rules.reading import deciding, may_look, may_read
from bot.flows.agenda.schedule import at_once, planned
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import Participation, today, within
from bot.flows.context.person import PersonContext, person_of
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.messages.parts import note, short, text_of
from bot.flows.messages.phrase import line
from bot.flows.participation.own_page import to_read, whole
from bot.flows.ports import Ports
from bot.flows.private_answer import open_form
from bot.flows.screens import open_forms
from bot.flows.screens.for_coach import form_to_coach
from bot.store.port.readers import AroundLine

LONGEST = 3000
TWICE = timedelta(minutes=5)  # the same words to the same person within this are one answer sent in twice


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One line of the log with the person who shared it, as an active coach may see it."""

    coach: Member
    cohort: Cohort
    run: Participation
    record: Reply | Commitment
    said: Sequence[Reply] = ()  # all that stands about the same message

    @property
    def reachable(self) -> bool:
        """Whether this person can still be written to."""
        left = self.run.enrollment.state is EnrollmentState.LEFT
        return not left and self.run.member.state is MemberState.ACTIVE


async def coached(ports: Ports, member: Member | None, cohort: str) -> Cohort | None:
    """Return the cohort when this person is an active coach of it."""
    cohorts = await ports.store.coached_by(member.workspace, member.id) if member else ()
    return next((each for each in cohorts if each.id == cohort), None)


async def line_of(ports: Ports, incoming: Press | Submitted, entry: str) -> tuple[PersonContext, Shared | None]:
    """Return who asks, and a line of the log as they may see it now; None for who may not, and for what is gone."""
    asker = await person_of(ports, incoming)
    reader = asker.member.id if asker.member else ""
    found = await ports.store.around_line(incoming.workspace, entry, reader=reader, at=ports.now)
    return asker, shared(ports.given(), asker, found) if found else None


def shared(given: Given, about: PersonContext, found: AroundLine) -> Shared | None:
    """Return a line that still stands, when the asker coaches its cohort and may read it; their own word is none."""
    record, coach = found.record, about.member
    cohort = next((each for each in about.coached if each.id == record.cohort), None)
    is_word = isinstance(record, Reply) and record.kind is ReplyKind.COACH
    if coach is None or cohort is None or is_word or not may_look(found.viewer, cohort.id):
        return None
    if not may_read(found.viewer, deciding(record, found.word, found.enrollment.ended_at)):
        return None
    run = within(given, found.member, found.enrollment, found.cohort)
    return Shared(coach=coach, cohort=cohort, run=run, record=record, said=found.said)


async def log_read(ports: Ports, press: Press) -> None:
    """Show a long line whole; that it was read is noted first."""
    asker, about = await line_of(ports, press, press.value)
    await _carried(ports, press, about, read_whole(ports.given(), about, asker.language(press)))


def read_whole(given: Given, about: Shared | None, language: Language) -> Decision:
    """Return a line in a form, and the look at it."""
    if about is None:
        return Decision(refuses="log-gone")
    form = to_read(given, language, "line", *whole(_whole_text(given, about, language)))
    return Decision(records=[_look(given, about, Action.READ)], opens=form)


async def log_answer(ports: Ports, press: Press) -> None:
    """Ask the coach what to say to the person."""
    asker, about = await line_of(ports, press, press.value)
    await _carried(ports, press, about, to_answer(ports.given(), about, asker.language(press)))


def to_answer(given: Given, about: Shared | None, language: Language) -> Decision:
    """Return the form that asks what to say, below what it is about."""
    if about is None or not about.reachable:
        return Decision(refuses="log-gone")
    words, name = given.words, about.run.member.name
    form = Form(
        id="log.write",
        subject=about.record.id,
        title=words.say("form-log-title", language),
        submit=words.say("form-log-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Quote(short(_whole_text(given, about, language)), label=name),
            TextField(
                id="text",
                label=words.say("log-answer-label", language),
                multiline=True,
                longest=LONGEST,
                missing=words.say("log-answer-empty", language),
            ),
            note(given, language, "log-answer-note", name=name),
        ),
    )
    return Decision(opens=form)


async def _carried(ports: Ports, press: Press, about: Shared | None, decision: Decision) -> None:
    """Carry out what was decided; a form that shows what a person shared is known before it stands."""
    form = decision.opens
    await carry_out(ports, press, replace(decision, opens=None))
    if form is not None and about is not None:
        await open_form(ports, press, form, screen=form_to_coach(ports, about.coach, about.record))


async def log_written(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the coach's answer and put it on its way to the person, under the nudge it is about."""
    asker, about = await line_of(ports, form, form.subject)
    wrong = await carry_out(ports, form, answered(ports.given(), about, form, asker.language(form)))
    if wrong is None or wrong.instead is not None:
        await open_forms.answered(ports, form)
    return wrong


def answered(given: Given, about: Shared | None, form: Submitted, language: Language) -> Decision:
    """Return a coach's answer on its way to the person, once."""
    text = str(form.values.get("text", "")).strip()
    if about is None:
        return Decision(wrong=_gone(given, language, text))
    if not about.reachable:
        return Decision(wrong=FormErrors({"text": given.words.say("log-gone", language)}))
    if not text:
        return Decision(wrong=FormErrors({"text": given.words.say("log-answer-empty", language)}))
    says = line(given.words, language, "log-answered", name=about.run.member.name)
    if is_repeated(given, about, text):
        return Decision(says=says)
    answer = _answer(given, about, text)
    look = _look(given, about, Action.ANSWER)
    return Decision(records=[answer, _on_its_way(given, about, answer), look], says=says)


def is_repeated(given: Given, about: Shared, text: str) -> bool:
    """Whether the coach said these very words a moment ago: one answer that was sent in twice."""
    since = given.now - TWICE
    return any((said.author, said.text) == (about.coach.id, text) and said.received_at >= since for said in about.said)


def _gone(given: Given, language: Language, text: str) -> FormErrors:
    """Refuse an answer to words that are not the coach's to see any more; the coach's own stay readable."""
    own = [Quote(text, label=given.words.say("form-closed-typed", language))] if text else []
    wrong = {"text": given.words.say("log-gone", language)}
    return FormErrors(wrong, instead=open_forms.notice(given, language, *own))


def _answer(given: Given, about: Shared, text: str) -> Reply:
    record = about.record
    return Reply(
        id=given.new_id(),
        workspace=record.workspace,
        cohort=record.cohort,
        enrollment=record.enrollment,
        member=record.member,
        author=about.coach.id,
        nudge=record.nudge,
        item=record.item,
        week=record.week,
        kind=ReplyKind.COACH,
        text=text,
        scope=Scope.COACH,
        received_at=given.now,
    )


def _on_its_way(given: Given, about: Shared, answer: Reply) -> Nudge:
    row = planned(
        given,
        about.run,
        kind=Kind.COACH_WORD,
        prompt="coach/word",
        occurrence=answer.id,
        item=answer.item,
        week=answer.week,
        day=today(given, about.run),
        hour=time(0, 0),
        subject=answer.id,
    )
    return replace(at_once(given, about.run, row), cohort=answer.cohort)  # also to who moved to another team since


def _look(given: Given, about: Shared, action: Action) -> AuditEntry:
    return AuditEntry(
        id=given.new_id(),
        workspace=about.cohort.workspace,
        cohort=about.cohort.id,
        actor=about.coach.id,
        subject=about.run.member.id,
        action=action,
        count=1,
        at=given.now,
        seen=(SeenText(id=about.record.id, edition=about.record.edition),),
    )


def _whole_text(given: Given, about: Shared, language: Language) -> str:
    return text_of(given, language, about.record)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"log.read": log_read, "log.answer": log_answer}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"log.write": log_written}
