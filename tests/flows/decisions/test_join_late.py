"""Joining a journey that the others are on, decision by decision: what is asked, and what comes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import Body, RadioField
from bot.coaching.language import Language
from bot.coaching.records.cohort import Cohort
from bot.coaching.records.enrollment import Enrollment, EnrollmentState
from bot.coaching.records.nudge import Answer, Kind, Nudge, NudgeState
from bot.flows.agenda.upcoming import progress
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.experiments.earlier import send_earlier
from bot.flows.messages.own_page import not_had
from bot.flows.participation.join import agreed, asked_to_join
from bot.store.port.people import AroundCohort
from tests import content
from tests.flows.decisions.test_join import consent
from tests.flows.decisions.told import MONDAY_BEFORE, given, person, press, said, saved, shipped_words, told, wrong
from tests.store.scene import a_coach, a_cohort, a_member, a_workspace

COHORT = a_cohort(journey="twelve-weeks", country=None, starts_on=MONDAY_BEFORE.date())
LAST = "Monday 13 July"  # on which the channel stops at the latest
OFFER = AroundCohort(cohort=COHORT, workspace=a_workspace(), coaches=[(a_coach(), a_member("carl"))])
NEW = person(member=a_member("anna"))


def week(number: int, days: float = 0) -> datetime:
    """Return a moment in a week of the cohort, so many days after its Monday, nine o'clock in Amsterdam."""
    return datetime(2026, 1, 12, 8, 0, tzinfo=UTC) + timedelta(weeks=number - 1, days=days)


def card(now: datetime, cohort: Cohort = COHORT, language: Language = Language.EN) -> tuple[list[str], str]:
    """Return the options of the question where to begin, and all that the consent card says."""
    about = person(member=a_member("anna", language=language))
    offer = AroundCohort(cohort=cohort, workspace=a_workspace(), coaches=[])
    shown = asked_to_join(given(now), about, press("cohort.join", "c"), offer).opens
    assert shown is not None
    asked = [each for each in shown.parts if isinstance(each, RadioField) and each.id == "begin"]
    assert all(each.chosen is None for each in asked)
    options = [f"{option.value}: {option.label}" for each in asked for option in each.options]
    return options, " ".join(str(part.text) for part in shown.parts if isinstance(part, Body))


@pytest.mark.parametrize(
    ("now", "options", "says"),
    [
        (week(0), 0, ""),
        (week(1, 4), 0, ""),
        (week(2), 2, told("consent-late", week=2, weeks=12, day=LAST)),
        (week(5, 2), 2, told("consent-late", week=5, weeks=12, day=LAST)),
        (week(10, 4), 2, told("consent-late", week=10, weeks=12, day=LAST)),
        (week(11), 0, content.said("consent-last")),
        (week(20), 0, told("consent-last", week=12, weeks=12, day=LAST)),
    ],
)
def test_where_to_begin_is_asked_where_there_is_a_choice(now: datetime, options: int, says: str) -> None:
    asked, text = card(now)
    assert len(asked) == options
    assert says in text
    assert (LAST in text) == bool(says)


def test_in_dutch_and_at_half_speed_the_week_is_the_channels() -> None:
    asked, text = card(week(5), replace(COHORT, pace=2), Language.NL)
    assert asked[1] == f"together: {content.whole('begin-together', content.NL, week=3)}"
    assert content.said("consent-late", content.NL, week=3, weeks=12) in text


def joined(now: datetime, **values: str) -> ParticipationContext:
    """Return the run of anna who joins at that moment."""
    decision = agreed(given(now), NEW, consent(**values), OFFER)
    found = list(saved(decision).values())
    (run,) = [each for each in found if isinstance(each, Enrollment)]
    member = next(each for each in found if type(each) is type(NEW.member))
    rows = sorted((each for each in found if isinstance(each, Nudge)), key=lambda row: row.due_at)
    journey = shipped_words().journeys()["twelve-weeks"]
    return ParticipationContext(
        member=member, enrollment=run, cohort=COHORT, journey=journey, agenda=rows, others=(), promises=()
    )


def coming(run: ParticipationContext) -> list[str]:
    """Return what comes first after the welcome, each with its day."""
    rows = [row for row in run.agenda if row.occurrence != "join"]
    return [f"{row.local_date:%a %d %b} {row.kind} {row.item or ''}".strip() for row in rows[:3]]


@pytest.mark.parametrize(
    ("now", "begin", "comes", "progresses"),
    [
        # with week 1: as if nobody else were there
        (week(5), "first", ["Tue 10 Feb nudge people-before-systems"], told("status-week", week=1, weeks=12)),
        (week(5, 2), "first", ["Tue 17 Feb nudge people-before-systems"], told("status-week", week=0, weeks=12)),
        (
            week(5, 2),
            "",
            ["Tue 17 Feb nudge people-before-systems"],
            told("status-week", week=0, weeks=12),
        ),  # from a card of week 1
        # with the others: the week's first moment is still ahead
        (week(5), "together", ["Tue 10 Feb nudge experience-top-service"], told("status-week", week=5, weeks=12)),
        # it has passed: on the next working day, and its reminder no sooner
        (
            week(5, 1.2),
            "together",
            ["Wed 11 Feb nudge experience-top-service", "Thu 12 Feb"],
            told("status-week", week=5, weeks=12),
        ),
        # on Thursday evening: on Friday; asked about after time to try it
        (
            week(5, 3.5),
            "together",
            ["Fri 13 Feb nudge experience-top-service", "Tue 17 Feb undone experience-top-service"],
            told("status-week", week=5, weeks=12),
        ),
        # in the second week of the item: still time to try
        (
            week(6, 1.2),
            "together",
            ["Wed 18 Feb nudge experience-top-service", "Thu 19 Feb refl"],
            told("status-week", week=6, weeks=12),
        ),
        # no time to try it before the next one: that one
        (week(6, 4), "together", ["Tue 24 Feb nudge watch-a-perfect-team"], told("status-week", week=6, weeks=12)),
        (week(10, 4), "together", ["Mon 23 Mar nudge find-a-service-manager"], told("status-week", week=10, weeks=12)),
    ],
)
def test_what_comes_first_is_what_was_chosen(now: datetime, begin: str, comes: list[str], progresses: str) -> None:
    run = joined(now, **({"begin": begin} if begin else {}), language="en")
    assert [got[: len(each)] for got, each in zip(coming(run), comes, strict=False)] == comes
    assert progress(given(now), run).startswith(progresses)
    kinds = [row.kind for row in run.agenda]
    assert kinds[:2] == [Kind.WELCOME, Kind.PULSE]  # where things stand before this person begins
    assert kinds[-3:] == [Kind.CLOSING, Kind.BOOSTER, Kind.BOOSTER]
    assert len({row.local_date for row in run.agenda if row.kind is Kind.NUDGE}) == kinds.count(Kind.NUDGE)


def test_of_the_others_weeks_nothing_past_is_planned_and_all_that_is_ahead_comes_when_theirs_does() -> None:
    alone, together = joined(week(0), language="en"), joined(week(5), begin="together", language="en")
    ahead = {(row.prompt, row.occurrence): row.due_at for row in alone.agenda if row.due_at > week(5)}
    assert {(row.prompt, row.occurrence): row.due_at for row in together.agenda if row.occurrence != "join"} == ahead


@pytest.mark.parametrize("now", [week(11), week(1)])
def test_what_was_chosen_too_late_stays_on_the_screen(now: datetime) -> None:
    decision = agreed(given(now), NEW, consent(begin="together", language="en"), OFFER)
    assert wrong(decision, "begin", "join-too-late")


# --- the experiments that were before ---------------------------------------------------------------------------


def late(**changes: Any) -> ParticipationContext:
    """Return the run of anna, who began with week 5."""
    run = joined(week(5), begin="together", language="en")
    return replace(run, enrollment=replace(run.enrollment, **changes))


def asked_for(about: PersonContext, item: str, now: datetime) -> Any:
    return send_earlier(given(now), about, press("earlier.send", f"new-1:{item}"))


def test_the_own_page_offers_what_was_before_and_each_comes_once() -> None:
    run = late()
    assert [step.item for step in not_had(given(week(5)), run)] == ["people-before-systems", "ask-your-partner"]
    assert [step.item for step in not_had(given(week(8)), run)] == ["people-before-systems", "ask-your-partner"]
    decision = asked_for(person(run), "ask-your-partner", week(5))
    (row,) = decision.records
    assert (row.kind, row.item, row.state, row.week) == (Kind.NUDGE, "ask-your-partner", NudgeState.READY, 5)
    assert said(decision) == told("next-coming")
    after = replace(run, agenda=[*run.agenda, row])
    again = asked_for(person(after), "ask-your-partner", week(5))  # twice, or on another device
    assert (again.records, again.refuses, again.again) == ((), "press-stale", ("anna",))
    other = asked_for(person(after), "people-before-systems", week(5))
    assert (other.records, said(other)) == ((), told("earlier-one-a-day"))
    later = replace(row, state=NudgeState.SENT, sent_at=week(5), answer=Answer.DONE)
    tomorrow = asked_for(person(replace(run, agenda=[*run.agenda, later])), "people-before-systems", week(5, 1.2))
    assert len(tomorrow.records) == 1


@pytest.mark.parametrize(
    "about",
    [
        person(),
        person(late(state=EnrollmentState.LEFT)),
        person(late(state=EnrollmentState.PAUSED, paused_until=week(9).date())),
        person(late(state=EnrollmentState.COMPLETED)),
        person(late(id="another")),
    ],
)
def test_pressed_where_it_does_not_fit_nothing_comes(about: PersonContext) -> None:
    assert asked_for(about, "ask-your-partner", week(6)).refuses == "press-stale"


def test_who_began_with_week_1_is_offered_nothing_of_before() -> None:
    run = joined(week(5), begin="first", language="en")
    assert [not_had(given(week(number)), run) for number in (5, 9, 16)] == [[], [], []]
