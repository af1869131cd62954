"""A coach who is erased: who let them read is told once that they read no more, without a name."""

from collections.abc import Sequence

from bot.coaching.records.member import Member
from bot.coaching.records.nudge import Nudge
from bot.coaching.records.reading import ReadGrant
from bot.flows.agenda.reading_news import GONE, told
from bot.flows.context.nudge import within
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.reading.new_coach import Run


async def tell_members(ports: Ports, coach: Member) -> None:
    """Plan what tells who let a coach read that this is over; saved once, also when it is handled twice."""
    lets = await ports.store.grants_to(coach.workspace, coach.id)
    cohorts = dict.fromkeys(each.cohort for each in lets)
    runs = [run for cohort in cohorts for run in await ports.store.runs_in(coach.workspace, cohort)]
    news = gone(ports.given(), coach, runs, lets)
    if news and await ports.store.nudge(coach.workspace, news[0].id) is None:
        await ports.save(*news)


def gone(given: Given, coach: Member, runs: Sequence[Run], lets: Sequence[ReadGrant]) -> list[Nudge]:
    """Return what tells each of the people concerned; nothing of it says who the coach was."""
    concerned = {(each.member, each.cohort) for each in lets if each.member != coach.id}
    return [
        told(given, within(given, member, run, cohort), GONE, "", occurrence=given.new_id())
        for run, member, cohort in runs
        if (member.id, cohort.id) in concerned
    ]
