"""Somebody is heard of: it is noted, and what stood still because nothing was heard goes on, said in one line."""

from dataclasses import replace

from bot.chat.port import Command, Deleted, Edited, HomeOpened, Incoming, Press, Said, Submitted, Undeleted
from bot.coaching.records.member import MemberState
from bot.coaching.records.nudge import Kind
from bot.coaching.verbs import Verb, read
from bot.flows.agenda.silence import at_its_end, said
from bot.flows.context.decision import Decision
from bot.flows.context.person import PersonContext, person_of
from bot.flows.given import Given
from bot.flows.participation.pause import unstopped
from bot.flows.ports import Ports
from bot.store.port import Record

SIGNS = (Command, Press, Submitted, Said, Edited, Deleted, Undeleted, HomeOpened)
SAY_IT_THEMSELVES = frozenset({Verb.RESUME, Verb.LEAVE, Verb.FORGET})  # that it goes on, or ends
_ENDING = "erase."  # begins the buttons and the form by which somebody ends it
_RESUMING = "resume.now"


async def heard(ports: Ports, incoming: Incoming) -> None:
    """Note that a person did something; let their run go on where it waits for that.

    Who only looks at their own page is there; the page says how the journey goes on, and they decide.
    """
    if not isinstance(incoming, SIGNS):
        return
    is_typed = isinstance(incoming, Said | Edited)
    is_awaited = await ports.store.sign(incoming.workspace, incoming.person, ports.now, is_typed=is_typed)
    if is_awaited and lets_go_on(incoming):
        about = await person_of(ports, incoming)
        await ports.save(*back_again(ports.given(), about).records, pages=True)


def lets_go_on(incoming: Incoming) -> bool:
    """Whether what somebody did lets their run go on by itself: not where that is what they asked for, or its end."""
    match incoming:
        case HomeOpened():
            return False
        case Command():
            return read(incoming.text).verb not in SAY_IT_THEMSELVES
        case Press(button="command.run"):
            return read(incoming.value).verb not in SAY_IT_THEMSELVES
        case Press():
            return incoming.button != _RESUMING and not incoming.button.startswith(_ENDING)
        case Submitted():
            return not incoming.form.startswith(_ENDING)
        case _:
            return True


def back_again(given: Given, about: PersonContext) -> Decision:
    """Return every run that waited for its person as it was, going on or paused, each with the line that says so.

    Whoever is heard of is there, also where their account was taken to be out of reach.
    """
    records: list[Record] = []
    for course in about.courses:
        if course.enrollment.silent_on is not None:
            prompt = "back-closing" if at_its_end(given, course) else "back"
            records += [*unstopped(given, [course]), said(given, course, Kind.BACK, prompt)]
    if records and about.member is not None and about.member.state is MemberState.DEACTIVATED:
        records.append(replace(about.member, state=MemberState.ACTIVE))
    return Decision(records=records)
