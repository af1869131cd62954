"""What stands in the bot's file when a storm begins: people on a journey, and much to be sent to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.coaching.language import Language
from bot.coaching.records.cohort import Coach, CoachState, Cohort
from bot.coaching.records.enrollment import Enrollment
from bot.coaching.records.member import Hours, Member
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reading import Gate, GateKind, ReadGrant
from bot.coaching.records.reply import Reply, ReplyKind, Scope
from bot.coaching.records.workspace import Workspace
from bot.store.port import Record, Store
from bot.store.sqlite.file.open import open_store
from tests.conftest import shipped_words
from tests.faults.town import Town

WORKSPACE, COHORT, COACH_ID = "w", "c", "coach"
JOURNEY = "twelve-weeks"
ITEMS = (
    "people-before-systems",
    "ask-your-partner",
    "experience-top-service",
    "watch-a-perfect-team",
    "find-a-service-manager",
)
AT_ONCE = 500  # records in one transaction
WINDOW = timedelta(hours=4)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is put on the agenda: so many messages for each person, a share of them late or short."""

    each: int
    due_over: float = 0.0  # seconds over which a tenth of them become due
    short: float = 0.0  # share whose window closes within `short_window`
    short_window: float = 20.0  # seconds


def enrolled(town: Town, now: datetime) -> list[Record]:
    """Return the workspace, its cohort with a coach, and everybody on the journey."""
    monday = (now - timedelta(days=now.weekday())).date()
    records: list[Record] = [
        Workspace(id=WORKSPACE, platform=town.platform, external_id=town.tenant, name="Practice", bot=town.bot),
        Member(id=COACH_ID, workspace=WORKSPACE, external_id=town.coach, name="Marit", language=Language.NL),
        Cohort(
            id=COHORT,
            workspace=WORKSPACE,
            channel=town.channel,
            channel_name="it-managers",
            journey=JOURNEY,
            language=Language.EN,
            pace=1,
            hours=Hours(),
            zone="Europe/Amsterdam",
            country=None,
            starts_on=monday,
            started_by=COACH_ID,
            started_at=now,
        ),
        Coach(
            id="role",
            workspace=WORKSPACE,
            cohort=COHORT,
            member=COACH_ID,
            state=CoachState.ACTIVE,
            named_by=COACH_ID,
            named_at=now,
        ),
        Gate(
            id="gate",
            workspace=WORKSPACE,
            kind=GateKind.AGREED,
            who_agreed="the works council",
            agreed_on=monday,
            recorded_by=COACH_ID,
            recorded_at=now,
            wording=shipped_words().wording(),
        ),
    ]
    for number, person in enumerate(town.people):
        known = (
            town.direct_of(person) if number % 2 else None
        )  # the others' conversation is opened with the first message
        records += [
            Member(
                id=person,
                workspace=WORKSPACE,
                external_id=person,
                name=person.title(),
                language=Language.NL if number % 3 else Language.EN,
                zone="Europe/Amsterdam",
                direct=known,
            ),
            Enrollment(
                id=run_of(person),
                workspace=WORKSPACE,
                cohort=COHORT,
                member=person,
                scope=Scope.COACH,
                starts_on=monday,
                joined_at=now,
            ),
            ReadGrant(
                id=f"grant-{person}",
                workspace=WORKSPACE,
                member=person,
                coach=COACH_ID,
                cohort=COHORT,
                from_at=now,
                includes_earlier=True,
                wording=shipped_words().wording(),
                given_at=now,
            ),
        ]
    return records


def run_of(person: str) -> str:
    """Return the id of a person's run."""
    return f"run-{person}"


def row(person: str, kind: Kind, name: str, due_at: datetime, **more: object) -> Nudge:
    """Return a message for a person, due at a moment."""
    item = str(more.pop("item", "")) or None
    given = {"prompt": f"{item}/{kind}", "state": NudgeState.READY, "week": 1, "expires_at": due_at + WINDOW, **more}
    return Nudge(
        id=f"{person}-{name}",
        workspace=WORKSPACE,
        cohort=COHORT,
        enrollment=run_of(person),
        member=person,
        kind=kind,
        occurrence=name,
        item=item,
        local_date=due_at.date(),
        local_time=due_at.time().replace(tzinfo=None, microsecond=0),
        zone="Europe/Amsterdam",
        due_at=due_at,
        **given,  # type: ignore[arg-type]
    )


def _burst(person: str, wanted: Wanted, now: datetime) -> Iterator[Record]:
    """Yield a person's messages in order: the welcome and the coach's word go by way of the planner."""
    moments = (now - timedelta(seconds=60) + timedelta(milliseconds=number) for number in range(1_000_000))
    first = row(person, Kind.NUDGE, "n0", next(moments), item=ITEMS[0])
    word = Reply(
        id=f"{person}-word",
        workspace=WORKSPACE,
        cohort=COHORT,
        enrollment=run_of(person),
        member=person,
        author=COACH_ID,
        nudge=first.id,
        item=first.item,
        week=1,
        kind=ReplyKind.COACH,
        text="Well done.",
        scope=Scope.COACH,
        received_at=now,
    )
    planned = {"state": NudgeState.PLANNED}
    varied = [
        first,
        row(person, Kind.WELCOME, "join", next(moments), prompt="welcome/welcome", week=0, **planned),
        row(person, Kind.PULSE, "before", next(moments), prompt="pulse/before", week=0),
        row(person, Kind.KEEP, "keep", next(moments), prompt="keep/keep", week=11),
        row(person, Kind.BOOSTER, "boost", next(moments), prompt="boosters/week-16", week=16),
        row(person, Kind.COACH_WORD, "word", next(moments), prompt="coach/word", subject=word.id, **planned),
    ]
    more = [
        row(person, Kind.NUDGE, f"n{number}", next(moments), item=ITEMS[number % len(ITEMS)])
        for number in range(1, wanted.each)
    ]
    rows = (varied + more)[: wanted.each]
    yield from rows[:1]
    if any(each.kind is Kind.COACH_WORD for each in rows):
        yield word
    yield from rows[1:]


def agenda(town: Town, wanted: Wanted, now: datetime) -> list[Record]:
    """Return everything that is to be sent: most of it due, some a little later, some only for a short while."""
    records: list[Record] = []
    for number, person in enumerate(town.people):
        mine = list(_burst(person, wanted, now))
        if wanted.due_over and number % 10 == 0:
            mine = [_later(each, timedelta(seconds=wanted.due_over * number / len(town.people))) for each in mine]
        if wanted.short and number % round(1 / wanted.short) == 1:
            end = now + timedelta(seconds=wanted.short_window)
            mine = [replace(each, expires_at=end) if isinstance(each, Nudge) else each for each in mine]
        records += mine
    return records


def _later(record: Record, by: timedelta) -> Record:
    if not isinstance(record, Nudge):
        return record
    return replace(record, due_at=record.due_at + timedelta(seconds=60) + by, expires_at=record.expires_at + by)


async def filled(town: Town, *groups: Sequence[Record]) -> None:
    """Write records into the bot's file, and how everybody is reached."""
    store: Store = open_store(town.file)
    try:
        for group in groups:
            for begin in range(0, len(group), AT_ONCE):
                await store.save(*group[begin : begin + AT_ONCE])
        for person in (town.coach, *town.people):
            if reach := town.reach_of(person):
                await store.keep_reach(WORKSPACE, person, reach)
    finally:
        await store.close()


def present() -> datetime:
    """Return the real moment: the bot's processes live in it."""
    return datetime.now(UTC)  # noqa: TID251  # real processes know no other clock
