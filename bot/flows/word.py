"""Answering the coach's word in a form: for that coach alone, also in weeks in which typed words are not kept."""

from bot.chat.port import Form, FormErrors, Press, Submitted, TextField
from bot.coaching.nudge import Kind
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.flows.asking import Questions, makes
from bot.flows.belong import behind
from bot.flows.coach_heard import told_to_coach
from bot.flows.compose.parts import note
from bot.flows.debrief import LONGEST, confirmed, was_kept
from bot.flows.ports import Ports
from bot.flows.scene import Scene
from bot.flows.show import kept_open, pressed, refuse, sent_in
from bot.flows.tell import open_form


async def answer(ports: Ports, press: Press) -> None:
    """Ask for the answer."""
    scene = await pressed(ports, press, Kind.COACH_WORD)
    if scene is None:
        return
    heard = await ports.store.heard(press.workspace, press.person)
    if behind(scene.nudge, heard).answers is None:
        await refuse(ports, press, "word-no-coach")
        return
    await open_form(ports, press, await _form(ports, scene))


@makes("word.answered")
async def word_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form anew."""
    heard = await ports.store.heard(scene.member.workspace, scene.member.external_id)
    is_open = behind(scene.nudge, heard).answers is not None
    return Questions(form=await _form(ports, scene), are_open=is_open)


async def _form(ports: Ports, scene: Scene) -> Form:
    words, language = ports.words, scene.language
    word = await ports.store.reply(scene.nudge.subject or "")
    author = await ports.store.member(word.author) if word else None
    return Form(
        id="word.answered",
        subject=scene.nudge.id,
        title=words.say("form-answer-title", language),
        submit=words.say("form-log-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            TextField(id="text", label=words.say("answer-label", language), multiline=True, longest=LONGEST),
            note(ports, language, "word-answer-note", name=author.name if author else ""),
        ),
    )


async def answered(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the answer for the coach who wrote, and let them know."""
    scene = await sent_in(ports, form, "text", Kind.COACH_WORD)
    if isinstance(scene, FormErrors):
        return scene
    text, reply_id = str(form.values.get("text", "")), ports.new_id()
    if await was_kept(ports, reply_id):
        return None
    heard = await ports.store.heard(form.workspace, form.person)
    meant = behind(scene.nudge, heard)
    if meant.answers is None:
        return await kept_open(ports, form, "text", "word-no-coach")
    if not text.strip():
        return await kept_open(ports, form, "text", "words-missing")
    about = meant.nudge
    reply = Reply(
        id=reply_id,
        workspace=about.workspace,
        cohort=about.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=about.id,
        item=about.item,
        week=about.week,
        kind=ReplyKind.TYPED,
        text=text,
        scope=Scope.COACH,
        received_at=ports.now,
        answers=meant.answers,
    )
    await ports.save(reply, *told_to_coach(ports, reply, heard), *await confirmed(ports, scene, reply))
    return None


PRESSES = {"word.answer": answer}
FORMS = {"word.answered": answered}
