"""A coach's one message a week: when it is due, what it tells is fixed, noted as a look, and the next one planned."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.coaching.calendar import local_day
from bot.coaching.records.audit import Action, AuditEntry, SeenText
from bot.coaching.records.cohort import Cohort, CohortState
from bot.coaching.records.member import Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.rules.digest import caught_up, next_digest, placed
from bot.coaching.rules.overdue import Here
from bot.coaching.words import Words
from bot.flows.context.decision import Decision
from bot.flows.given import Given
from bot.flows.ports import Ports
from bot.flows.reflections.unposted import not_yet_posted, released
from bot.store.port.shown import NewText, ShownDigest

SWITCHED_OFF = "switched off"


def planned(given: Given, member: Member, cohorts: Sequence[Cohort]) -> list[Nudge]:
    """Return the next digest of a coach of these cohorts; none when they want none, or none of these goes on."""
    going = [each for each in cohorts if each.state is CohortState.ACTIVE]
    if member.digest is None or member.digest.is_off or not going:
        return []
    cohort = going[0]
    zone = member.zone or cohort.zone
    when = next_digest(member.digest, given.now, zone, member.hours, days_off(given, member, given.now.date()))
    row = Nudge(
        id=given.new_id(),
        workspace=member.workspace,
        cohort=cohort.id,
        member=member.id,
        kind=Kind.COACH_DIGEST,
        prompt="coach/digest",
        occurrence=given.new_id(),  # one at a time: the next is planned with the one before it, or with the role
        week=0,
        local_date=when[0],
        local_time=when[1],
        zone=zone,
        due_at=given.now,
        expires_at=given.now,
    )
    return [placed(row, when, zone, member.hours)]


def moved(given: Given, digest: Nudge | None, member: Member, cohorts: Sequence[Cohort]) -> list[Nudge]:
    """Return what becomes of the digest that is planned, now that this is when its coach wants it."""
    if digest is None:
        return planned(given, member, cohorts)
    if member.digest is None or member.digest.is_off:
        return [replace(digest, state=NudgeState.CANCELLED, reason=SWITCHED_OFF)]
    zone = member.zone or digest.zone
    when = next_digest(member.digest, given.now, zone, member.hours, days_off(given, member, given.now.date()))
    fresh = placed(digest, when, zone, member.hours)
    return [fresh] if fresh != digest else []


def days_off(given: Given, member: Member, day: date) -> frozenset[date]:
    """Return the public holidays that a coach keeps, around a day."""
    return given.holidays(member.country, (day.year - 1, day.year, day.year + 1, day.year + 2))


async def come_due(ports: Ports, row: Nudge) -> bool:
    """Make the digest that is due, or leave it when there is nothing to tell; the next one is planned with it."""
    about = await ports.store.digest_made(row, ports.now)
    waiting = [
        words
        for each in about.coached
        for words in await not_yet_posted(ports.store, each.workspace, await released(ports.store, each))
    ]
    await ports.save(*made(ports.given(), about, waiting).records)
    return True


def made(given: Given, about: ShownDigest, waiting: Sequence[Words]) -> Decision:
    """Return what becomes of a digest that is due; `waiting` is what waits for the next posts.

    Whose words it counts or shows is noted, one look a person. The next one is planned in any case.
    """
    row = about.nudge
    told: list[tuple[Words, Member]] = [*about.replies, *about.promises]
    posted = [each.id for each in waiting if each.cohort in about.posts]
    following = planned(given, about.member, about.coached)
    ended = [each for each in about.coached if each.has_ended(about.since, given.now)]
    if reason := _withheld(given, about, is_empty=not (told or posted or ended)):
        state = NudgeState.EXPIRED if row.expires_at <= given.now else NudgeState.CANCELLED
        return Decision(records=[replace(row, state=state, reason=reason), *following])
    built = Reflection(
        id=given.new_id(),
        workspace=row.workspace,
        cohort=row.cohort,
        member=about.member.id,
        nudge=row.id,
        week=0,
        tried=0,
        shared=tuple(dict.fromkeys([*(words.id for words, _ in told), *posted])),
        made_at=given.now,
    )
    looks = looked(given, about.member, [(words, person.id) for words, person in told])
    return Decision(records=[built, *looks, replace(row, state=NudgeState.READY, reason=None), *following])


def looked(given: Given, coach: Member, told: Sequence[tuple[Words | NewText, str]]) -> list[AuditEntry]:
    """Return that a coach was told of these texts, each with the id of its person: one look a person and team."""
    by_person: defaultdict[tuple[str, str], list[Words | NewText]] = defaultdict(list)
    for words, person in told:
        by_person[words.cohort, person].append(words)
    return [
        AuditEntry(
            id=given.new_id(),
            workspace=coach.workspace,
            cohort=cohort,
            actor=coach.id,
            subject=subject,
            action=Action.DIGEST,
            count=len(texts),
            at=given.now,
            seen=tuple(SeenText(id=each.id, edition=each.edition) for each in texts),
        )
        for (cohort, subject), texts in by_person.items()
    ]


def _withheld(given: Given, about: ShownDigest, *, is_empty: bool) -> str:
    """Return why a digest does not come; an empty string when it does."""
    wish = about.member.digest
    reasons = (
        (about.member.state is MemberState.DEACTIVATED, "account deactivated"),
        (not about.coached, "coaches nobody"),
        (about.viewer.gate is None, "nobody may read"),
        (wish is None or wish.is_off, SWITCHED_OFF),
        (is_empty, "nothing to tell"),
        (about.nudge.expires_at <= given.now, "its window closed"),
    )
    return next((reason for applies, reason in reasons if applies), "")


async def recovered(ports: Ports, row: Nudge) -> Nudge:
    """Return a digest that nobody was there to send, at the coach's next working hour."""
    member = await ports.store.member(row.workspace, row.member or "")
    assert member is not None, "foreign keys hold"
    given = ports.given()
    zone = member.zone or row.zone
    holidays = days_off(given, member, local_day(given.now, zone))
    return caught_up(row, Here(now=given.now, zone=zone, hours=member.hours, holidays=holidays))
