"""What a member grants to coaches by a press: to all that the card names, or for one text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.reading import ReadGrant
from bot.flows.context.given import Given

NAMED = frozenset({CoachState.INVITED, CoachState.ACTIVE})  # whom a card names; who has not said yes reads nothing


def named(coaches: Iterable[tuple[Coach, Member]]) -> list[Member]:
    """Return the coaches that a card names, in the order of naming."""
    return [person for role, person in coaches if role.state in NAMED]


def granted(
    given: Given,
    member: Member,
    cohort: Cohort,
    readers: Iterable[Member],
    *,
    before: Sequence[ReadGrant],
    includes_earlier: bool = False,
) -> list[ReadGrant]:
    """Return what lets these coaches read all that a member shares in a cohort; `before` are the grants that stand.

    Nobody is their own reader. What is granted already stays as it was given, but for earlier texts that are let in
    now; what stands until a moment alone stays beside the new one.
    """
    found, known = [], {each.coach: each for each in before if each.is_whole and each.cohort == cohort.id}
    for reader in readers:
        stands = known.get(reader.id)
        if reader.id == member.id or (stands is not None and stands.includes_earlier >= includes_earlier):
            continue
        fresh = stands or ReadGrant(
            id=given.new_id(),
            workspace=cohort.workspace,
            member=member.id,
            coach=reader.id,
            cohort=cohort.id,
            from_at=given.now,
            wording=given.words.wording(),
            given_at=given.now,
        )
        found.append(replace(fresh, includes_earlier=includes_earlier))
    return found
