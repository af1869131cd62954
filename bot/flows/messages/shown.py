"""What a message is composed from, loaded in one call to the store."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.coaching.records.cohort import Coach
from bot.coaching.records.commitment import Commitment
from bot.coaching.records.member import Member
from bot.coaching.records.pulse import PulseAnswer
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Reply
from bot.coaching.rules.card import in_order
from bot.coaching.words import Words
from bot.flows.context.nudge import AgendaContext
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.store.port.shown import ShownDigest, ShownNudge, ShownPost, ShownToCoach
from bot.store.port.words import NOWHERE, Confirmed, Places


@dataclass(frozen=True, kw_only=True)
class Shown(AgendaContext):
    """A message of a person's run with what it shows; what its kind never shows is empty."""

    places: Places = NOWHERE  # of the words of a look back, or of what was promised about the item
    habits: Sequence[Reply] = ()  # that the person kept, newest first, those of other runs included
    noticed: Sequence[Reply] = ()  # what a customer was seen to notice, newest first, those of other runs included
    pulse: Sequence[PulseAnswer] = ()  # of the run
    made: Reflection | None = None  # what a look back was built from
    words: Sequence[Words] = ()  # of it that still stand, in its order
    word: Reply | None = None  # of a coach, that the message brings
    author: Member | None = None  # of that word
    role: Coach | None = None  # of its author
    below: Sequence["Shown"] = ()  # the other messages of the same card, from its top to its end

    @property
    def promise(self) -> Commitment | None:
        """The plan or the change that the message asks about."""
        return next((each for each in self.promises if each.id == self.nudge.subject), None)

    @property
    def habit(self) -> Reply | None:
        """The habit this person chose to keep in this run, as long as its words stand."""
        return next((each for each in self.habits if each.text and each.enrollment == self.enrollment.id), None)


Context = Shown | ShownPost | ShownToCoach | ShownDigest


async def shown(ports: Ports, workspace: str, nudge: str) -> Context | None:
    """Return a message with all that it shows; None for one that is not there."""
    found = await ports.store.shown(workspace, nudge)
    return in_run(ports, found) if isinstance(found, ShownNudge) else found


def in_run(given: Given, found: ShownNudge) -> Shown:
    """Return a message of a run as it was read."""
    read = {each.name: getattr(found, each.name) for each in fields(found)}
    below = {each.nudge.id: in_run(given, each) for each in found.below}
    order = in_order(each.nudge for each in found.below)
    read["below"] = [below[row.id] for row in order]
    return Shown(journey=given.words.journeys()[found.cohort.journey], **read)


def confirming(given: Given, found: Confirmed) -> Shown:
    """Return the message that a reply belongs to, as it was read with it."""
    return Shown(
        member=found.member,
        enrollment=found.enrollment,
        cohort=found.cohort,
        journey=given.words.journeys()[found.cohort.journey],
        nudge=found.nudge,
        agenda=found.agenda,
        promises=found.promises,
        places=found.places,
        who=found.who,
    )
