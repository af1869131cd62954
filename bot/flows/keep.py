"""Week 11: the one habit to keep."""

from dataclasses import replace

from bot.chat.port import Form, FormErrors, Press, Submitted, TextField
from bot.coaching.nudge import Answer, Kind
from bot.coaching.reply import Reply, ReplyKind, Scope
from bot.flows.asking import Questions, makes
from bot.flows.debrief import confirmed, scope_field, was_kept
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.scene import Scene
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import open_form

LONGEST = 500


async def write(ports: Ports, press: Press) -> None:
    """Ask for the habit in a form."""
    scene = await pressed(ports, press, Kind.KEEP)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    await open_form(ports, press, _form(ports, scene))


@makes("keep.save")
async def keep_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=_form(ports, scene), are_open=scene.nudge.answer is None)


def _form(given: Given, scene: Scene) -> Form:
    words, language = given.words, scene.language
    return Form(
        id="keep.save",
        subject=scene.nudge.id,
        title=words.say("form-keep-title", language),
        submit=words.say("form-keep-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            TextField(id="text", label=words.say("keep-label", language), multiline=True, longest=LONGEST),
            scope_field(given, scene, scene.enrollment.scope),
        ),
    )


async def saved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the habit."""
    scene = await sent_in(ports, form, "text", Kind.KEEP)
    if isinstance(scene, FormErrors):
        return scene
    row, text, reply_id = scene.nudge, str(form.values.get("text", "")), ports.new_id()
    if await was_kept(ports, reply_id):
        return None
    if row.answer is not None or not text:
        return await kept_open(ports, form, "text", "press-stale" if text else "words-missing")
    now = ports.now
    reply = Reply(
        id=reply_id,
        workspace=row.workspace,
        cohort=row.cohort,
        enrollment=scene.enrollment.id,
        member=scene.member.id,
        author=scene.member.id,
        nudge=row.id,
        item=None,
        week=row.week,
        kind=ReplyKind.KEEP,
        text=text,
        scope=Scope(str(form.values["scope"])),
        received_at=now,
    )
    await ports.save(reply, replace(row, answer=Answer.DONE, answered_at=now), *await confirmed(ports, scene, reply))
    return None


PRESSES = {"keep.write": write}
FORMS = {"keep.save": saved}
