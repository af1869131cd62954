"""What a person says their words were: a request, which is done; or an answer, filed where it would have been."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.chat.port import Command, Press
from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.words import narrowed
from bot.flows.agenda.postpone import left
from bot.flows.context.decision import Decision
from bot.flows.context.identify import known
from bot.flows.context.nudge import PressContext, press_context_of
from bot.flows.context.person import PersonContext, person_of
from bot.flows.experiments import later, planned_day
from bot.flows.given import Given
from bot.flows.handling.carry_out import carry_out
from bot.flows.handling.ownership import refuse
from bot.flows.handling.words import OwnWords, by_press
from bot.flows.messages.parts import button
from bot.flows.messages.phrase import line
from bot.flows.participation import leave, next_step, pause, usage
from bot.flows.participation.pause import stands_still, unstopped
from bot.flows.ports import Ports
from bot.flows.replies.held import noted, requested, settling
from bot.store.port import Record

SAYS_OF_STOP = frozenset({"intent.stop", "intent.undo", "intent.leave"})
Decide = Callable[[Given, PersonContext, Reply | None, Press], Decision]


def by_offer(decide: Decide) -> Callable[[Ports, Press], Awaitable[None]]:
    """Return the flow of a button under words that seem to ask for something, or under no words that are kept."""

    async def flow(ports: Ports, press: Press) -> None:
        about, reply = await person_of(ports, press), await _reply_of(ports, press)
        if about.member is None or (press.value and reply is None):
            await refuse(ports, press)
        elif reply is not None and reply.author != about.member.id:
            await refuse(ports, press, "press-foreign")
        else:  # what is known to be an answer is no request, whatever is asked for beside it
            asked = reply if reply is not None and reply.intent is not None else None
            decision = decide(ports.given(), about, asked, press)
            if press.button in SAYS_OF_STOP:
                decision = settling(decision, await ports.store.stops_of(press.workspace, about.member.id))
            await carry_out(ports, press, decision)

    return flow


async def _reply_of(ports: Ports, press: Press) -> Reply | None:
    return await ports.store.reply(press.workspace, press.value) if press.value else None


# --- stop -------------------------------------------------------------------------------------------------------


def stop(given: Given, about: PersonContext, reply: Reply | None, _press: Press) -> Decision:
    """Stop: every run stands still until its person lets it go on; one whose weeks are over is left."""
    still = stands_still(given, [each for each in about.courses if each.enrollment.state is not EnrollmentState.LEFT])
    over = [each for each in about.courses if each.enrollment.state is EnrollmentState.COMPLETED]
    gone = [record for course in over for record in left(given, about, course, "stop")]
    decision = Decision(records=[*still, *gone, *requested(given, reply)], withdraws=True, pages=True)
    return _seen(reply, decision) if reply is not None else _said_in_place(given, about, decision)


def _said_in_place(given: Given, about: PersonContext, decision: Decision) -> Decision:
    """Say that it all stopped, where no words are kept and so no card shows it."""
    if about.course is None:
        return decision
    way_back = (button(given, about.course.language, name, "") for name in ("intent.undo", "intent.leave"))
    return replace(decision, says=line(given.words, about.course.language, "asked-stop-done", *way_back), replaces=True)


def undo(given: Given, about: PersonContext, reply: Reply | None, _press: Press) -> Decision:
    """Go on after all: everything as it was before the stop."""
    goes_on = unstopped(given, about.courses)
    is_note = reply is not None and reply.kind is ReplyKind.TYPED
    told = [noted(reply)] if reply is not None and is_note else requested(given, reply)
    decision = Decision(records=[*goes_on, *told], withdraws=not is_note, pages=True)
    if reply is not None or about.course is None:
        return _seen(reply, decision)
    return replace(decision, says=line(given.words, about.course.language, "request-stop"), replaces=True)


def leaves(given: Given, about: PersonContext, reply: Reply | None, press: Press) -> Decision:
    """Leave for good, as by the command."""
    decision = leave.leave(given, about, _command("leave", press))
    return replace(decision, records=[*decision.records, *requested(given, reply)])


def _seen(reply: Reply | None, decision: Decision) -> Decision:
    """Show the card once more, whatever changed: pressed twice, or on another device too, it shows how things stand."""
    return replace(decision, again=(reply.id,)) if reply is not None and not decision.records else decision


async def goes_on(ports: Ports, incoming: Command | Press) -> None:
    """Whoever lets their run go on has answered whether they want it to stop."""
    member = await known(ports, incoming)
    stops = await ports.store.stops_of(member.workspace, member.id) if member is not None else ()
    if stops:
        await ports.save(*(noted(each) for each in stops))


# --- what a command does ----------------------------------------------------------------------------------------

DOES: Mapping[str, tuple[Callable[[Given, PersonContext, Command], Decision], str]] = {
    "intent.pause": (pause.pause, "pause"),
    "intent.later": (later.whatever_is_open, "later"),
    "intent.next": (next_step.next_, "next"),
    "intent.help": (usage.help_, "help"),
}


def does(given: Given, about: PersonContext, reply: Reply | None, press: Press) -> Decision:
    """Do what a command does, now that it is known to have been meant."""
    decide, verb = DOES[press.button]
    decision = decide(given, about, _command(verb, press))
    return replace(decision, records=[*decision.records, *requested(given, reply)], withdraws=True)


def _command(verb: str, press: Press) -> Command:
    return Command(
        workspace=press.workspace,
        person=press.person,
        event_id="",
        at=press.at,
        conversation="",
        conversation_name="",
        text=verb,
        trigger=press.trigger,
        is_direct=True,
        aside=press.ref.aside or "" if press.ref else "",
    )


# --- done, and not done -----------------------------------------------------------------------------------------

ON_THE_DAY: Mapping[str, Callable[[Given, PressContext, Press], Decision]] = {
    "intent.done": planned_day.day_done,
    "intent.drop": planned_day.day_drop,
}


async def on_the_day(ports: Ports, press: Press) -> None:
    """Count the day's plan or change as done, or let it go, as its own button does; nothing of it is posted."""
    reply = await _reply_of(ports, press)
    about = await press_context_of(ports, press.workspace, reply.nudge) if reply is not None else None
    if reply is None or about is None or about.nudge.kind is not Kind.DAY_OF:
        await refuse(ports, press)
    elif about.member.external_id != press.person:
        await refuse(ports, press, "press-foreign")
    elif reply.intent is None or about.enrollment.state is EnrollmentState.LEFT:
        await ports.again(reply.workspace, reply.id)
    else:
        await carry_out(ports, press, counted(ports.given(), about, reply, press))


def counted(given: Given, about: PressContext, reply: Reply, press: Press) -> Decision:
    """Return a plan's day as it was said to have gone; settled by its own button before, it stays as it is."""
    decision = ON_THE_DAY[press.button](given, about, press)
    return Decision(records=[*decision.records, *requested(given, reply)], withdraws=True)


# --- what was no answer -----------------------------------------------------------------------------------------


def unfiled(given: Given, about: OwnWords[Reply], _press: Press) -> Decision:
    """This is no answer: it becomes a private note of its week, and the question it seemed to answer is asked again."""
    reply, root = about.words, about.nudge
    if about.unchanging or reply.answers is not None or reply.intent is not None:
        return Decision(refuses="press-stale", again=(reply.id,))
    fresh = replace(narrowed(reply, Scope.PRIVATE, given.now), kind=ReplyKind.TYPED, question=None, item=None)
    unasked: list[Record] = []
    if reply.kind is ReplyKind.DEBRIEF and root.question == reply.question:
        unasked = [replace(root, question=root.question - 1)]
    elif reply.kind is ReplyKind.KEEP and root.answer is not None:
        unasked = [replace(root, answer=None, answered_at=None)]
    records = [] if fresh == reply else [fresh, *unasked]
    return Decision(records=records, withdraws=True, pages=True, also=(root.id,), again=(reply.id,))


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {
    "intent.stop": by_offer(stop),
    "intent.undo": by_offer(undo),
    "intent.leave": by_offer(leaves),
    "intent.unfile": by_press(unfiled, Reply),
    **{name: by_offer(does) for name in DOES},
    **dict.fromkeys(ON_THE_DAY, on_the_day),
}
