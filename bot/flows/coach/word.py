"""Answering the coach's word in a form: for that coach alone, also in weeks in which typed words are not kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.port import Form, Press, Submitted, TextField
from bot.coaching.records.cohort import Coach, CoachState
from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Kind, Nudge
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.coach.notice import told_to_coach
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext, around
from bot.flows.debrief.dialogue import LONGEST, confirmed
from bot.flows.given import Given
from bot.flows.handling.nudge import by_form_on, by_press_on, stays_open
from bot.flows.messages.parts import note
from bot.flows.ports import Ports
from bot.flows.screens.questions import Questions, makes_from


@dataclass(frozen=True, kw_only=True)
class Answering(PressContext):
    """A person's message that brought a coach's word, with that word."""

    word: Reply | None
    under: Nudge | None  # the message it was written under
    author: Member | None
    role: Coach | None  # of its author
    answered: Sequence[tuple[Reply, Nudge | None]]  # by this person to coaches, with what told them of it

    @property
    def reads(self) -> bool:
        """Whether who wrote it is still there to read an answer."""
        return self.role is not None and self.role.state is CoachState.ACTIVE


async def _answering(ports: Ports, workspace: str, nudge: str) -> Answering | None:
    found = await ports.store.around_word(workspace, nudge)
    if found is None:
        return None
    return Answering(
        **around(ports, found),
        word=found.word,
        under=found.about,
        author=found.author,
        role=found.role,
        answered=found.answered,
    )


def answer(given: Given, about: Answering, _press: Press) -> Decision:
    """Ask for the answer."""
    return Decision(opens=_form(given, about)) if about.reads else Decision(refuses="word-no-coach")


@makes_from("word.answered", _answering)
def word_questions(given: Given, about: Answering, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_form(given, about), are_open=about.reads)


def _form(given: Given, about: Answering) -> Form:
    words, language = given.words, about.language
    return Form(
        id="word.answered",
        subject=about.nudge.id,
        title=words.say("form-answer-title", language),
        submit=words.say("form-log-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            TextField(
                id="text",
                label=words.say("answer-label", language),
                multiline=True,
                longest=LONGEST,
                missing=words.say("words-missing", language),
            ),
            note(given, language, "word-answer-note", name=about.author.name if about.author else ""),
        ),
    )


def answered(given: Given, about: Answering, form: Submitted) -> Decision:
    """Keep the answer for the coach who wrote, and let them know."""
    text, reply_id = str(form.values.get("text", "")), given.new_id()
    if any(reply.id == reply_id for reply, _ in about.answered):  # kept, and cut off before it was shown
        return Decision()
    if about.word is None or about.author is None or not about.reads:
        return stays_open(given, about, "text", "word-no-coach")
    if not text.strip():
        return stays_open(given, about, "text", "words-missing")
    under = about.under or about.nudge
    reply = Reply(
        id=reply_id,
        workspace=under.workspace,
        cohort=under.cohort,
        enrollment=about.enrollment.id,
        member=about.member.id,
        author=about.member.id,
        nudge=under.id,
        item=under.item,
        week=under.week,
        kind=ReplyKind.TYPED,
        text=text,
        scope=Scope.COACH,
        received_at=given.now,
        answers=about.word.id,
    )
    told = told_to_coach(given, reply, about.author, about.cohort, about.answered)
    return Decision(records=[reply, *told, confirmed(given, about, reply)])


PRESSES = {"word.answer": by_press_on(_answering, answer, Kind.COACH_WORD)}
FORMS = {"word.answered": by_form_on(_answering, answered, "text", Kind.COACH_WORD)}
