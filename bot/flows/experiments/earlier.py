"""The experiments of the weeks before somebody joined: they come when their person presses for one."""

from collections.abc import Awaitable, Callable

from bot.chat.port import Press
from bot.coaching.records.nudge import Kind
from bot.flows.agenda.schedule import planned
from bot.flows.agenda.upcoming import week_now
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import today
from bot.flows.context.person import PersonContext
from bot.flows.given import Given
from bot.flows.handling.person import by_press
from bot.flows.messages.own_page import not_had
from bot.flows.messages.phrase import line
from bot.flows.participation.next_step import at_this_moment, had_one_today
from bot.flows.ports import Ports


def send_earlier(given: Given, about: PersonContext, press: Press) -> Decision:
    """Send one of them now, below nothing else that came today."""
    course = about.course
    run, _, item = press.value.partition(":")
    if course is None or course.enrollment.id != run:
        return Decision(refuses="press-stale")
    step = next((each for each in not_had(given, course) if each.item == item), None)
    if step is None:
        return Decision(refuses="press-stale", again=(course.member.id,))
    if had_one_today(given, course):
        return Decision(says=line(given.words, course.language, "earlier-one-a-day"))
    row = planned(
        given,
        course,
        kind=Kind.NUDGE,
        prompt=step.prompt,
        occurrence=f"earlier-{item}",
        item=step.item,
        week=week_now(given, course),
        day=today(given, course),
        hour=course.member.hours.first_time,
    )
    return Decision(
        records=[at_this_moment(given, course, row)],
        pages=True,
        also=(course.member.id,),
        says=line(given.words, course.language, "next-coming"),
    )


PRESSES: dict[str, Callable[[Ports, Press], Awaitable[None]]] = {"earlier.send": by_press(send_earlier)}
