"""The one change brought back to work: one change, one owner, one date."""

from dataclasses import replace
from datetime import date

from bot.chat.port import (
    Body,
    DateField,
    Form,
    FormErrors,
    Note,
    Press,
    Submitted,
    TextField,
)
from bot.coaching.agenda import check_moment
from bot.coaching.commitment import CommitmentKind
from bot.coaching.journey import Item
from bot.coaching.nudge import Answer, Kind, Nudge
from bot.flows.asking import Questions, makes
from bot.flows.compose.experiment import item_of
from bot.flows.compose.parts import scope_line
from bot.flows.given import Given
from bot.flows.plan import free_day, planned
from bot.flows.ports import Ports
from bot.flows.promise import LONGEST, ask_on_the_day, day_error, halves, missing, promise
from bot.flows.scene import Scene, days_off
from bot.flows.show import kept_open, pressed, sent_in, stale
from bot.flows.tell import open_form


async def transfer_open(ports: Ports, press: Press) -> None:
    """Ask for one change, one owner, one date."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return
    if await _transferred(ports, scene.nudge):
        await stale(ports, press, scene)
        return
    await open_form(ports, press, _transfer_form(ports, scene, item_of(scene)))


@makes("transfer.save")
async def transfer_questions(ports: Ports, scene: Scene, _subject: str) -> Questions:
    """Return the form anew."""
    is_open = not await _transferred(ports, scene.nudge)
    return Questions(form=_transfer_form(ports, scene, item_of(scene)), are_open=is_open)


async def _transferred(ports: Ports, root: Nudge) -> bool:
    return root.answer is Answer.SKIPPED or any(
        each.kind is CommitmentKind.TRANSFER for each in await ports.store.commitments_for(root.id)
    )


def _transfer_form(given: Given, scene: Scene, item: Item) -> Form:
    words, language, week = given.words, scene.language, scene.nudge.week
    scope = scope_line(given, language, scene.enrollment.scope)
    return Form(
        id="transfer.save",
        subject=scene.nudge.id,
        title=words.say("form-transfer-title", language),
        submit=words.say("form-transfer-submit", language),
        close=words.say("form-cancel", language),
        parts=(
            Body(words.body_of(item.transfer, language, week=week)),
            TextField(
                id="first",
                label=words.say("transfer-change-label", language),
                placeholder=words.body_of(item.transfer_change, language),
                longest=LONGEST,
            ),
            TextField(
                id="second",
                label=words.say("transfer-owner-label", language),
                placeholder=words.body_of(item.transfer_owner, language),
                longest=LONGEST,
            ),
            DateField(id="day", label=words.say("transfer-day-label", language)),
            Note(words.body("plan-scope", language, scope=scope)),
        ),
    )


async def transfer_saved(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the transfer; ask on its day, and four weeks later whether a customer noticed."""
    scene = await sent_in(ports, form, "day", Kind.DEBRIEF)
    if isinstance(scene, FormErrors):
        return scene
    if await _transferred(ports, scene.nudge):
        return await kept_open(ports, form, "day")
    first, second = halves(form)
    if incomplete := missing(ports, scene, first, second):
        return incomplete
    day = date.fromisoformat(str(form.values["day"]))
    if error := day_error(ports, scene, day):
        return FormErrors({"day": error})
    made = promise(ports, scene, CommitmentKind.TRANSFER, first, second, day)
    when = check_moment(day, scene.member.hours, scene.zone, days_off(ports, scene))
    check = planned(
        ports,
        scene,
        kind=Kind.CHECK,
        prompt=f"{made.item}/check",
        occurrence=scene.nudge.id,  # one a debrief: a second submit of the same form finds it taken
        item=made.item,
        week=scene.nudge.week,
        day=free_day(ports, scene, scene.agenda, when[0]),
        hour=when[1],
        subject=made.id,
    )
    closed = replace(scene.nudge, answer=Answer.DONE, answered_at=ports.now)
    await ports.save(made, check, closed, *await ask_on_the_day(ports, scene, made))
    return None


async def transfer_skip(ports: Ports, press: Press) -> None:
    """No change this time."""
    scene = await pressed(ports, press, Kind.DEBRIEF)
    if scene is None:
        return
    if await _transferred(ports, scene.nudge):
        await stale(ports, press, scene)
        return
    await ports.save(replace(scene.nudge, answer=Answer.SKIPPED, answered_at=ports.now))


PRESSES = {"transfer.make": transfer_open, "transfer.skip": transfer_skip}
FORMS = {"transfer.save": transfer_saved}
