"""From a member's own page: letting one coach read, and stopping that."""

from collections.abc import Sequence

from bot.chat.port import Press
from bot.coaching.records.cohort import Coach
from bot.coaching.records.member import Member
from bot.coaching.rules.who_reads import NAMED
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_press
from bot.flows.reading.grants import let, taken_back

STOP, EARLIER = "reading.stop", "reading.let-earlier"


def changed(given: Given, about: PersonContext, press: Press) -> Decision:
    """Return what a member lets one coach of their team read from this press on; what stands already is shown."""
    course = about.course
    if course is None or course.who is None:
        return Decision(refuses="press-stale")
    found = course.who.role(press.value)
    if found is None:
        return Decision(refuses="press-stale", again=(course.member.id,))
    who, reader = course.who, found[1]
    if press.button == STOP:
        ended = taken_back(given, who.granted_to(reader.id))
        return Decision(records=ended, withdraws=bool(ended), pages=True, again=() if ended else (course.member.id,))
    if not _may_be_let(course, found):
        return Decision(refuses="reading-coach-gone", again=(course.member.id,))
    earlier = press.button == EARLIER
    stands = who.whole(reader.id)
    if stands is not None and stands.includes_earlier >= earlier:  # a double press
        return Decision(again=(course.member.id,))
    return Decision(records=let(given, course.member, course.cohort, reader, who, earlier=earlier), pages=True)


def _may_be_let(course: ParticipationContext, found: tuple[Coach, Member]) -> bool:
    """Whether somebody coaches here, and is not the person themselves."""
    return found[0].state in NAMED and found[1].id != course.member.id


BUTTONS: Sequence[str] = (STOP, "reading.let", EARLIER)
PRESSES = dict.fromkeys(BUTTONS, by_press(changed, reads=True))
