"""What a member grants to coaches by a press: to all that the card names, or for one text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.coaching.records.cohort import Coach, Cohort
from bot.coaching.records.member import Member
from bot.coaching.records.reading import EndedBy, ReadGrant
from bot.coaching.rules.who_reads import NAMED, WhoReads
from bot.flows.given import Given


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


def let(
    given: Given, member: Member, cohort: Cohort, reader: Member, who: WhoReads, *, earlier: bool
) -> list[ReadGrant]:
    """Return what lets one coach read from now on, or earlier texts too.

    Who let them read earlier texts before, and now says "from now on", takes those back.
    """
    stands = who.whole(reader.id)
    narrows = stands is not None and stands.includes_earlier and not earlier
    over = [stands.ended(given.now, EndedBy.MEMBER)] if stands is not None and narrows else []
    before = [each for each in who.grants if not narrows or each != stands]
    return [*over, *granted(given, member, cohort, [reader], before=before, includes_earlier=earlier)]


def taken_back(given: Given, grants: Iterable[ReadGrant]) -> list[ReadGrant]:
    """Return grants as their member ends them."""
    return [each.ended(given.now, EndedBy.MEMBER) for each in grants]
