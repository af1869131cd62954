"""Week 11: the one habit to keep."""

from dataclasses import replace

from bot.chat.port import Form, Press, Submitted, TextField
from bot.coaching.records.nudge import Answer, Kind
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.flows.context.acting_on_nudge import by_form, by_press, outdated, stays_open
from bot.flows.context.decision import Decision
from bot.flows.context.given import Given
from bot.flows.context.nudge import NudgeContext, PressContext
from bot.flows.debrief.dialogue import confirmed, scope_field
from bot.flows.screens.questions import Questions, makes

LONGEST = 500


def write(given: Given, about: PressContext, _press: Press) -> Decision:
    """Ask for the habit in a form."""
    return outdated(about) if about.nudge.answer is not None else Decision(opens=_form(given, about))


@makes("keep.save")
def keep_questions(given: Given, about: PressContext, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_form(given, about), are_open=about.nudge.answer is None)


def _form(given: Given, scene: NudgeContext) -> Form:
    words, language = given.words, scene.language
    return Form(
        id="keep.save",
        subject=scene.nudge.id,
        title=words.say("form-keep-title", language),
        submit=words.say("form-keep-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            TextField(
                id="text",
                label=words.say("keep-label", language),
                multiline=True,
                longest=LONGEST,
                missing=words.say("words-missing", language),
            ),
            scope_field(given, scene, scene.enrollment.scope),
        ),
    )


def saved(given: Given, about: PressContext, form: Submitted) -> Decision:
    """Keep the habit."""
    row, text, now = about.nudge, str(form.values.get("text", "")), given.now
    if row.answer is not None or not text:
        told = "form-sent" if row.answer is Answer.DONE else "form-stale"
        return stays_open(given, about, "text", told if text else "words-missing")
    reply = Reply(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=about.enrollment.id,
        member=about.member.id,
        author=about.member.id,
        nudge=row.id,
        item=None,
        week=row.week,
        kind=ReplyKind.KEEP,
        text=text,
        scope=Scope(str(form.values["scope"])),
        received_at=now,
    )
    answered = replace(row, answer=Answer.DONE, answered_at=now)
    return Decision(records=[reply, answered, confirmed(given, about, reply)])


PRESSES = {"keep.write": by_press(write, Kind.KEEP)}
FORMS = {"keep.save": by_form(saved, "text", Kind.KEEP)}
