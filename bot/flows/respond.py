"""The coach answers a person through the bot, and reads a long line whole."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time, timedelta

from bot.chat.port import Form, FormErrors, Press, Quote, Submitted, TextField
from bot.coaching.audit import Action, AuditEntry
from bot.coaching.cohort import Cohort
from bot.coaching.commitment import Commitment
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.language import Language
from bot.coaching.member import Member, MemberState
from bot.coaching.nudge import Kind, Nudge
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.coaching.words import has_words
from bot.flows import forms
from bot.flows.compose.parts import note, short, text_of
from bot.flows.given import Given
from bot.flows.home import to_read, whole
from bot.flows.meet import known, language_of
from bot.flows.plan import at_once, planned
from bot.flows.ports import Ports
from bot.flows.scene import Run, run_of, today
from bot.flows.screens.to_coach import form_to_coach
from bot.flows.show import refuse
from bot.flows.tell import line, open_form, tell

LONGEST = 3000
TWICE = timedelta(minutes=5)  # the same words to the same person within this are one answer sent in twice


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One line of the log with the person who shared it, as an active coach may see it."""

    coach: Member
    cohort: Cohort
    run: Run
    record: Reply | Commitment

    @property
    def reachable(self) -> bool:
        """Whether this person can still be written to."""
        left = self.run.enrollment.state is EnrollmentState.LEFT
        return not left and self.run.member.state is MemberState.ACTIVE


async def coached(ports: Ports, member: Member | None, cohort: str) -> Cohort | None:
    """Return the cohort when this person is an active coach of it."""
    cohorts = await ports.store.coached_by(member.id) if member else ()
    return next((each for each in cohorts if each.id == cohort), None)


def is_shared(record: Reply | Commitment) -> bool:
    """Whether there are words here that a coach may read; a plan of which only the day is kept has none."""
    return has_words(record) and record.scope is not Scope.PRIVATE


async def shared(ports: Ports, incoming: Press | Submitted, entry: str) -> Shared | None:
    """Return a line of the log when it still stands, is still shared, and the asker coaches its cohort."""
    record = await _record(ports, entry)
    if record is None or not is_shared(record) or (isinstance(record, Reply) and record.kind is ReplyKind.COACH):
        return None
    coach = await known(ports, incoming)
    cohort = await coached(ports, coach, record.cohort)
    enrollment = await ports.store.enrollment(record.enrollment)
    if coach is None or cohort is None or enrollment is None or not await is_for(ports, coach, record):
        return None
    return Shared(coach=coach, cohort=cohort, run=await run_of(ports, enrollment), record=record)


async def is_for(ports: Ports, coach: Member, record: Reply | Commitment) -> bool:
    """Whether a coach of the cohort may read this line: what answers a coach's word is for that coach alone."""
    if isinstance(record, Commitment) or record.answers is None:
        return True
    word = await ports.store.reply(record.answers)
    return word is not None and word.author == coach.id


async def log_read(ports: Ports, press: Press) -> None:
    """Show a long line whole; that it was read is noted first."""
    about = await shared(ports, press, press.value)
    if about is None:
        await refuse(ports, press, "log-gone")
        return
    await ports.save(_look(ports, about, Action.READ))
    language = await language_of(ports, press, None, None)
    form = to_read(ports, language, "line", *whole(_text(ports, about)))
    await _open(ports, press, about, form)


async def log_answer(ports: Ports, press: Press) -> None:
    """Ask the coach what to say to the person."""
    about = await shared(ports, press, press.value)
    if about is None or not about.reachable:
        await refuse(ports, press, "log-gone")
        return
    words, language = ports.words, await language_of(ports, press, None, None)
    name = about.run.member.name
    form = Form(
        id="log.write",
        subject=about.record.id,
        title=words.say("form-log-title", language),
        submit=words.say("form-log-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Quote(short(_text(ports, about)), label=name),
            TextField(
                id="text",
                label=words.say("log-answer-label", language),
                multiline=True,
                longest=LONGEST,
            ),
            note(ports, language, "log-answer-note", name=name),
        ),
    )
    await _open(ports, press, about, form)


async def _open(ports: Ports, press: Press, about: Shared, form: Form) -> None:
    """Open a form that shows what a person shared, known before it stands."""
    await open_form(ports, press, form, screen=form_to_coach(ports, about.coach, about.record))


async def log_written(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the coach's answer and put it on its way to the person, under the nudge it is about."""
    words, language = ports.words, await language_of(ports, form, None, None)
    about = await shared(ports, form, form.subject)
    text = str(form.values.get("text", "")).strip()
    if about is None:
        await forms.answered(ports, form)
        return _gone(ports, language, text)
    if not about.reachable:
        return FormErrors({"text": words.say("log-gone", language)})
    if not text:
        return FormErrors({"text": words.say("log-answer-empty", language)})
    if not await _is_repeated(ports, about, text):
        answer = _answer(ports, about, text)
        await ports.save(answer, _on_its_way(ports, about, answer), _look(ports, about, Action.ANSWER))
    await forms.answered(ports, form)
    await tell(ports, form, line(words, language, "log-answered", name=about.run.member.name))
    return None


def _gone(given: Given, language: Language, text: str) -> FormErrors:
    """Refuse an answer to words that are not the coach's to see any more; the coach's own stay readable."""
    own = [Quote(text, label=given.words.say("form-closed-typed", language))] if text else []
    wrong = {"text": given.words.say("log-gone", language)}
    return FormErrors(wrong, instead=forms.notice(given, language, *own))


async def _record(ports: Ports, entry: str) -> Reply | Commitment | None:
    return await ports.store.reply(entry) or await ports.store.commitment(entry)


async def _is_repeated(ports: Ports, about: Shared, text: str) -> bool:
    since = ports.now - TWICE
    return any(
        (said.author, said.text) == (about.coach.id, text) and said.received_at >= since
        for said in await ports.store.replies_to(about.record.nudge)
    )


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
    return at_once(given, about.run, row)


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
    )


def _text(given: Given, about: Shared) -> str:
    return text_of(given, about.coach.language or about.run.language, about.record)


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"log.read": log_read, "log.answer": log_answer}
FORMS: dict[str, Callable[[Ports, Submitted], Awaitable[FormErrors | None]]] = {"log.write": log_written}
