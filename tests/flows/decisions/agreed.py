"""A workspace with one team, told in records, for decisions about who may read there."""

from typing import Any

from bot.coaching.records.member import Member
from bot.coaching.records.reading import Seat
from bot.flows.agreement.context import Granting, ReadingContext
from bot.store.port.people import AroundCohort
from tests.flows.decisions.told import course
from tests.store.scene import T0, a_coach, a_cohort, a_grant, a_member, a_workspace, an_enrollment

ANNA, CARL, OLGA = a_member("anna"), a_member("carl"), a_member("olga")


def team(*coaches: tuple[Any, Member], name: str = "c") -> AroundCohort:
    """Return a team that Carl coaches, unless other coaches are named."""
    return AroundCohort(
        cohort=a_cohort(name, journey="twelve-weeks"), workspace=a_workspace(), coaches=coaches or ((a_coach(), CARL),)
    )


def a_seat(member: str = "olga", **changes: Any) -> Seat:
    """Return the council's seat of somebody."""
    return Seat(id=f"seat-{member}", workspace="w", member=member, named_by="anna", named_at=T0, **changes)


def lets_read(member: str = "anna", *, coaches: tuple[str, ...] = ("carl",), **changes: Any) -> Granting:
    """Return somebody on the journey who lets these coaches read."""
    run = course(member=a_member(member), enrollment=an_enrollment(member, **changes))
    return Granting(run=run, grants=[a_grant(member, coach) for coach in coaches])


def around(**changes: Any) -> ReadingContext:
    """Return Anna, an admin, in a workspace where nothing is recorded yet."""
    return ReadingContext(
        **{"member": ANNA, "workspace": a_workspace(), "is_admin": True, "teams": [team()], **changes}
    )
