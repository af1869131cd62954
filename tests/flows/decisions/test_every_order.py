"""Every order of deeds of a week: at most three cards, one a working day, and nothing dropped that was promised."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.coaching.calendar import local_day, week_of
from bot.coaching.records.commitment import Commitment, CommitmentKind
from bot.coaching.records.nudge import RESUME, Answer, Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.rules.card import is_card
from bot.coaching.rules.due import MOST_A_WEEK, UNCOUNTED
from bot.flows.context.decision import Decision
from bot.flows.context.nudge import PressContext
from bot.flows.context.person import ParticipationContext
from bot.flows.debrief import dialogue
from bot.flows.due.card import FULL, card
from bot.flows.experiments import answers, change, later, plan, planned_day
from bot.flows.given import Moment
from bot.flows.reflections.own_week import back_of
from tests.flows.decisions.told import begun, form, given, person, press

LAST_DEED = datetime(2026, 1, 21, tzinfo=UTC)  # the second week has begun, with the question what became of it
END = datetime(2026, 2, 2, tzinfo=UTC)
THURSDAYS = {row.id: row.local_date for row in begun().agenda if row.kind is Kind.REFLECTION}
WORDS = {"first": "it is quiet", "second": "I ask Wim"}


@dataclass(frozen=True)
class Life:
    """Somebody's run as it stands, with what was done so far."""

    course: ParticipationContext
    words: Sequence[Commitment] = ()  # in no look back yet
    done: tuple[str, ...] = ()
    looked_back: Sequence[str] = field(default=())  # ids of what was written that stood in one
    promised: Sequence[tuple[str, date, datetime]] = ()  # id of the message, the day it was put on, and when
    ids: int = 0

    def given(self, now: datetime) -> Moment:
        """Return what is given at a moment; every id is new."""
        return replace(given(now), new_id=Ids(self.ids))

    def after(self, decision: Decision, did: str = "", now: datetime = END) -> "Life":
        """Return the life once a decision is saved."""
        rows = {row.id: row for row in self.course.agenda}
        promises = {each.id: each for each in self.course.promises}
        written, back, promised = list(self.words), list(self.looked_back), list(self.promised)
        for record in decision.records:
            if isinstance(record, Nudge):
                is_new = record.id not in rows and record.kind in (Kind.DAY_OF, Kind.DEBRIEF)
                promised += [(record.id, record.local_date, now)] if is_new else []
                rows[record.id] = record
            elif isinstance(record, Commitment):
                written += [] if record.id in promises else [record]
                promises[record.id] = record
            elif isinstance(record, Reflection):
                back += record.shared
                written = []
        agenda = sorted(rows.values(), key=lambda row: row.due_at)
        course = replace(self.course, agenda=agenda, promises=list(promises.values())[::-1])
        told = (*self.done, did) if did else self.done
        return Life(course=course, words=written, done=told, looked_back=back, promised=promised, ids=self.ids + 10)


class Ids:
    """Makes ids, beginning at a number."""

    def __init__(self, first: int) -> None:
        self.next = first

    def __call__(self) -> str:
        self.next += 1
        return f"new-{self.next:03}"


def around(life: Life, row: Nudge) -> PressContext:
    """Return the situation of a press on a message."""
    course = life.course
    return PressContext(
        member=course.member,
        enrollment=course.enrollment,
        cohort=course.cohort,
        journey=course.journey,
        nudge=row,
        agenda=course.agenda,
        promises=course.promises,
        answers=(),
    )


def deeds(life: Life, row: Nudge, now: datetime) -> Iterator[tuple[str, Decision | None]]:
    """Yield what somebody can do with a message, each by its name."""
    about, at, today = around(life, row), life.given(now), local_day(now, life.course.zone)
    days = {ahead: str(today + timedelta(days=ahead)) for ahead in range(5)}
    yield "nothing", None
    match row.kind:
        case Kind.NUDGE:
            yield "done", answers.done(at, about, press("nudge.done", row.id))
            yield "not for me", answers.not_for_me(at, about, press("nudge.no", row.id))
            for ahead in (0, 1, 2, 3):
                yield f"plan +{ahead}", plan.plan_made(at, about, form("plan.make", row.id, day=days[ahead], **WORDS))
            for when in ("tomorrow", "next_week"):
                yield f"later {when}", later.later_set(at, about, form("later.set", row.id, when=when))
        case Kind.DAY_OF:
            yield "did it", planned_day.day_done(at, about, press("day.done", row.id))
            yield "dropped", planned_day.day_drop(at, about, press("day.drop", row.id))
            yield "moved", planned_day.day_moved(at, about, form("day.moved", row.id, day=days[1]))
        case Kind.FOLLOW_UP | Kind.UNDONE:
            root = answers.reminded_of(about)
            made = form("plan.make", root.id, day=days[1], **WORDS)
            yield "did it", answers.follow_done(at, about, press("follow.done", row.id))
            yield "plan +1", plan.plan_made(at, around(life, root), made)
            yield "let go", answers.undone_drop(at, about, press("undone.drop", row.id))
        case Kind.DEBRIEF if row.subject is None:
            yield "tomorrow", dialogue.tomorrow(at, about, press("debrief.tomorrow", f"{row.id}:{row.question}"))
            finished = around(life, replace(row, question=4))
            for ahead in (1, 3):
                chosen = form("transfer.save", row.id, day=days[ahead], **WORDS)
                yield f"change +{ahead}", change.transfer_saved(at, finished, chosen)


def lived(life: Life, now: datetime) -> Iterator[tuple[Life, datetime]]:
    """Yield every way in which a life goes on from its next moment to the end."""
    ahead = [row for row in life.course.agenda if row.state is NudgeState.PLANNED and row.kind not in UNCOUNTED]
    moment = min((max(row.due_at, row.not_before or row.due_at) for row in ahead), default=END)
    if moment >= END:
        yield life, now
        return
    now = max(now, moment)
    backs = {row.id: back_of(life.given(now), life.course, life.words, was_quiet=False) for row in ahead}
    ruled = life.after(card(life.given(now), person(life.course), life.course, backs))
    assert ruled.course.agenda != life.course.agenda, "something moves, or it is looked at for ever"
    came = [row for row in ruled.course.agenda if row.state is NudgeState.READY]
    sent = {row.id: replace(row, state=NudgeState.SENT, sent_at=now) for row in came}
    below = [row for row in ruled.course.agenda if row.card in sent and row.state is NudgeState.PLANNED]
    sent |= {row.id: replace(row, state=NudgeState.SENT, sent_at=now, not_before=None) for row in below}
    ruled = ruled.after(Decision(records=list(sent.values())))
    yield from pressed(ruled, [row.id for row in sent.values()], now)


def pressed(life: Life, names: Sequence[str], now: datetime) -> Iterator[tuple[Life, datetime]]:
    """Yield every way to answer the messages that came at a moment, and to live on."""
    if not names or now >= LAST_DEED:
        yield from lived(life, now + timedelta(minutes=5))
        return
    row = next(each for each in life.course.agenda if each.id == names[0])
    for did, decision in deeds(life, row, now + timedelta(minutes=1)):
        if decision is None:
            yield from pressed(life, names[1:], now)
        elif decision.records:
            yield from pressed(life.after(decision, f"{row.kind} {did}", now), names[1:], now)


def cards(life: Life) -> list[Nudge]:
    """Return what somebody got, each card once."""
    rows = life.course.agenda
    return [row for row in rows if row.sent_at is not None and row.kind not in UNCOUNTED and is_card(row)]


def day_of(row: Nudge) -> date:
    """Return the day on which a message came."""
    assert row.sent_at is not None
    return local_day(row.sent_at, row.zone)


def dropped(life: Life) -> list[str]:
    """Return what somebody was promised and did not get."""
    rows, promises = life.course.agenda, life.course.promises
    asked = {row.subject for row in rows if row.kind is Kind.DAY_OF and row.state is NudgeState.SENT}
    lost = [f"the day of {each.kind}" for each in promises if each.is_open and each.id not in asked]
    done = {row.item for row in rows if row.kind is Kind.NUDGE and row.answer is Answer.DONE}
    came = {row.item for row in rows if row.kind is Kind.DEBRIEF and row.state is NudgeState.SENT}
    lost += [f"the debrief of {item}" for item in done - came]
    resumed = [row for row in rows if row.occurrence.startswith(RESUME)]
    lost += ["going on with the debrief" for row in resumed if row.state is not NudgeState.SENT]
    put_off = [row for row in rows if row.occurrence.startswith("after-")]
    lost += ["the experiment put off" for row in put_off if row.state is not NudgeState.SENT]
    written = {each.id for each in promises if each.first}
    lost += ["the look back on what was written"] if written - set(life.looked_back) else []
    lost += [f"{row.kind}: {row.state}" for row in rows if row.state in (NudgeState.EXPIRED, NudgeState.DEAD)]
    lost += [f"{row.kind}: {row.reason}" for row in rows if row.reason == FULL and row.kind is not Kind.FOLLOW_UP]
    return lost


def late(life: Life) -> list[str]:
    """Return what came on another day than its own, though there was room."""
    got = [(day_of(row), row) for row in cards(life)]
    came = {row.id: day_of(row) for row in life.course.agenda if row.sent_at is not None}
    found = []
    for name, day, made in life.promised:
        week = [each for each, row in got if week_of(each) == week_of(day) and row.sent_at and row.sent_at <= made]
        others = {other for _, other, _ in life.promised if week_of(other) == week_of(day) and other < day}
        if name in came and came[name] != day and len(week) + len(others - {*week}) < MOST_A_WEEK:
            found.append(f"{day} came on {came[name]}")
    days = {day for day, _ in got}
    found += [f"look back of {day}" for name, day in THURSDAYS.items() if came.get(name, day) != day and day in days]
    return found


def test_every_order_of_a_weeks_deeds_keeps_the_rhythm() -> None:
    run = begun()
    agenda = [row for row in run.agenda if row.due_at < END and row.kind not in UNCOUNTED]
    lives, most, kinds = 0, Counter[int](), set[str]()
    for life, _ in lived(Life(course=replace(run, agenda=agenda)), given().now - timedelta(hours=1)):
        lives += 1
        got = cards(life)
        weeks = Counter(week_of(day_of(row)) for row in got)
        most[max(weeks.values())] += 1
        assert max(weeks.values()) <= MOST_A_WEEK, (life.done, weeks)
        days = Counter(day_of(row) for row in got if not row.is_promised)
        assert max(days.values()) == 1, (life.done, days)
        assert not dropped(life), (life.done, dropped(life))
        assert not late(life), (life.done, late(life))
        kinds |= {each.kind for each in life.course.promises}
    assert lives > 300
    assert kinds == set(CommitmentKind)
    assert most[MOST_A_WEEK]  # the limit is reached, or it was not tried
