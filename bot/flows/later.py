"""Putting a nudge off to another day; in the midst of a debrief, going on with that tomorrow."""

from dataclasses import replace
from datetime import date
from typing import Literal

from bot.chat.port import (
    Command,
    DateField,
    Form,
    FormErrors,
    Heading,
    Option,
    Press,
    RadioField,
    Submitted,
)
from bot.coaching.agenda import snoozed
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import AFTER, Answer, Kind, NudgeState
from bot.coaching.verbs import read
from bot.flows.answer import FARTHEST, debrief_after, reminders
from bot.flows.asking import Questions, makes
from bot.flows.compose.parts import label_of
from bot.flows.debrief import offer_tomorrow
from bot.flows.given import Given
from bot.flows.meet import known, language_of
from bot.flows.plan import planned
from bot.flows.ports import Ports
from bot.flows.scene import Scene, current_run, days_off, scene_of, today
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import line, open_form, tell


async def later(ports: Ports, press: Press) -> None:
    """Ask when the nudge shall come back."""
    scene = await pressed(ports, press, Kind.NUDGE)
    if scene is None:
        return
    if scene.nudge.answer is not None:
        await stale(ports, press, scene)
        return
    await open_form(ports, press, later_form(ports, scene))


async def later_by_command(ports: Ports, command: Command, _rest: str) -> None:
    """`/coach later`: put the newest nudge off, or else the debrief, while it is open and the journey goes on."""
    member = await known(ports, command)
    run = await current_run(ports, member) if member else None
    if run is None:
        language = await language_of(ports, command, command.conversation, read(command.text).language)
        await tell(ports, command, line(ports.words, language, "not-in"))
        return
    is_over = run.enrollment.state is EnrollmentState.COMPLETED
    rows = () if is_over else await ports.store.nudges_of(run.enrollment.id)
    newest = {row.kind: row for row in rows if row.state is NudgeState.SENT}
    nudge, looking_back = newest.get(Kind.NUDGE), newest.get(Kind.DEBRIEF)
    if nudge is not None and nudge.answer is None:
        await open_form(ports, command, later_form(ports, await scene_of(ports, nudge)))
        return
    offer = await offer_tomorrow(ports, looking_back) if looking_back else None
    await tell(ports, command, offer or line(ports.words, run.language, "later-nothing"))


@makes("later.set")
async def later_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form anew."""
    return Questions(form=later_form(ports, scene), are_open=scene.nudge.answer is None)


def later_form(given: Given, scene: Scene) -> Form:
    """Return the form that asks when: tomorrow, next week, or a day."""
    words, language = given.words, scene.language
    options = tuple(Option(value, words.say(f"later-{value}", language)) for value in ("tomorrow", "next_week", "pick"))
    return Form(
        id="later.set",
        subject=scene.nudge.id,
        title=words.say("form-later-title", language),
        submit=words.say("form-later-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Heading(label_of(given, scene, scene.nudge)),
            RadioField(id="when", label=words.say("later-when", language), options=options),
            DateField(
                id="day",
                label=words.say("later-day", language),
                required=False,
                hint=words.say("later-day-hint", language),
            ),
        ),
    )


async def later_set(ports: Ports, form: Submitted) -> FormErrors | None:
    """Put the nudge off: it comes back as a new row."""
    scene = await sent_in(ports, form, "when", Kind.NUDGE)
    if isinstance(scene, FormErrors):
        return scene
    row, words, language = scene.nudge, ports.words, scene.language
    if row.answer is not None:
        return await kept_open(ports, form, "when")
    choice = _choice(str(form.values.get("when", "")), form.values.get("day"))
    if choice is None:
        return FormErrors({"day": words.say("later-day-missing", language)})
    when = snoozed(choice, ports.now, scene.member.hours, scene.zone, days_off(ports, scene), at=row.local_time)
    if when is None:
        return FormErrors({"day": words.say("day-past", language)})
    if (when[0] - today(ports, scene)).days > FARTHEST:
        return FormErrors({"day": words.say("day-far", language)})
    back = planned(
        ports,
        scene,
        kind=Kind.NUDGE,
        prompt=row.prompt,
        occurrence=f"{AFTER}{row.id}",
        item=row.item,
        week=row.week,
        day=when[0],
        hour=when[1],
    )
    put_off = replace(row, answer=Answer.LATER, answered_at=ports.now)
    along = (*reminders(ports, scene, row, Answer.LATER), *debrief_after(ports, scene, when[0]))
    await ports.save(put_off, back, *along)
    return None


def _choice(when: str, day: str | tuple[str, ...] | None) -> Literal["tomorrow", "next_week"] | date | None:
    if when == "tomorrow":
        return "tomorrow"
    if when == "next_week":
        return "next_week"
    return date.fromisoformat(day) if isinstance(day, str) and day else None


PRESSES = {"nudge.later": later}
FORMS = {"later.set": later_set}
