"""The words of a plan or a change: changed, narrowed, let into the channel, or taken back."""

from dataclasses import replace

from bot.chat.port import Form, FormErrors, FormPart, Incoming, Press, Submitted, TextField
from bot.coaching.commitment import Commitment, CommitmentKind, CommitmentState
from bot.coaching.enrollment import EnrollmentState
from bot.coaching.nudge import Answer
from bot.coaching.reply import Scope
from bot.coaching.words import narrowed, taken_back, withdrawn
from bot.flows.debrief import scope_field
from bot.flows.meet import language_of
from bot.flows.ports import Ports
from bot.flows.promise import LONGEST, halves, missing
from bot.flows.scene import Scene, scene_of
from bot.flows.share import filled_from, own_words, read_subject, share_field, ticked
from bot.flows.show import kept_open, refuse
from bot.flows.tell import line, open_form, tell
from bot.store.port import Record

LABELS = {CommitmentKind.PLAN: ("plan-if", "plan-then"), CommitmentKind.TRANSFER: ("transfer-change", "transfer-owner")}


async def _own(ports: Ports, incoming: Incoming, commitment_id: str) -> tuple[Commitment, Scene] | None:
    """Return a plan or change with its words, when it is the person's own."""
    words = await own_words(ports, incoming, commitment_id)
    about = await ports.store.nudge(words.nudge) if isinstance(words, Commitment) else None
    return (words, await scene_of(ports, about)) if isinstance(words, Commitment) and about else None


async def change(ports: Ports, press: Press) -> None:
    """Open the words of a plan or change; its day is moved elsewhere."""
    found = await _own(ports, press, press.value)
    if found is None:
        await refuse(ports, press)
        return
    made, scene = found
    if scene.enrollment.state is EnrollmentState.LEFT:
        await refuse(ports, press, "press-left-words")
        return
    await open_form(ports, press, await _form(ports, scene, made))


async def _form(ports: Ports, scene: Scene, made: Commitment) -> Form:
    words, language = ports.words, scene.language
    first, second = (words.say(f"{name}-label", language) for name in LABELS[made.kind])
    parts: list[FormPart] = [
        TextField(id="first", label=first, value=made.first, longest=LONGEST),
        TextField(id="second", label=second, value=made.second, longest=LONGEST),
        scope_field(ports, scene, made.scope),
        *await share_field(ports, language, made),
    ]
    return Form(
        id="plan.changed",
        subject=filled_from(made),
        title=words.say(f"form-{made.kind}-title", language),
        submit=words.say("form-change-submit", language),
        close=words.say("form-cancel", language),
        parts=tuple(parts),
        shows=(made.id,),
    )


async def changed(ports: Ports, form: Submitted) -> FormErrors | None:
    """Keep the change; changed words leave the channel unless they are let in anew."""
    commitment_id, edition, _ = read_subject(form.subject)
    found = await _own(ports, form, commitment_id)
    if found is None:
        return await kept_open(ports, form, "first")
    made, scene = found
    if scene.enrollment.state is EnrollmentState.LEFT:
        return await kept_open(ports, form, "first", "press-left-words")
    first, second = halves(form)
    if edition != str(made.edition):
        if form.attempt == 1 or (first, second) != (made.first, made.second):
            return await kept_open(ports, form, "first", "form-changed")
        return None  # stored, and cut off before it was shown
    if incomplete := missing(ports, scene, first, second):
        return incomplete
    now = ports.now
    fresh = narrowed(made, Scope(str(form.values.get("scope", made.scope))), now)
    if (first, second) != (made.first, made.second):
        fresh = replace(withdrawn(fresh, now), first=first, second=second, edition=made.edition + 1)
    fresh = ticked(form, fresh, now)
    words_stand = fresh.edition == made.edition and fresh.scope is not Scope.PRIVATE
    if fresh != made:
        await ports.save(fresh, withdraws=not words_stand, pages=True)
    return None


async def delete(ports: Ports, press: Press) -> None:
    """Take the words of a plan or change back for good; what was still open is dropped with them."""
    found = await _own(ports, press, press.value)
    if found is None:
        await refuse(ports, press)
        await ports.again(press.value)
        return
    made, scene = found
    now = ports.now
    gone = taken_back(made, now)
    records: list[Record] = []
    if made.is_open:
        gone = replace(gone, state=CommitmentState.DROPPED, closed_at=now)
        if made.kind is CommitmentKind.PLAN and scene.nudge.answer is Answer.PLANNED:
            records.append(replace(scene.nudge, answer=None, answered_at=None))
    await ports.save(gone, *records, withdraws=True)
    if not press.at_home:
        language = await language_of(ports, press, None, None)
        await tell(ports, press, line(ports.words, language, "promise-deleted"))


PRESSES = {"plan.change": change, "plan.delete": delete}
FORMS = {"plan.changed": changed}
