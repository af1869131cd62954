"""Joining with a journey that is there already, decision by decision: asked, taken along, gone on with, begun again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.chat.port import Body
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.enrollment import Enrollment, EnrollmentState, OptIn
from bot.coaching.records.nudge import AGAIN, Kind, Nudge, NudgeState
from bot.coaching.records.reply import Scope
from bot.flows.agenda.postpone import left
from bot.flows.agenda.schedule import replanned
from bot.flows.agenda.upcoming import next_words, progress
from bot.flows.context.decision import Decision
from bot.flows.context.person import ParticipationContext, PersonContext
from bot.flows.messages.harvest import reflection
from bot.flows.messages.welcome import welcome
from bot.flows.participation.consent import How, card_key
from bot.flows.participation.join import agreed, asked_how, asked_to_join
from bot.store.port.people import AroundCohort
from bot.store.port.words import Places
from tests import content
from tests.flows.decisions.looks import buttons, shown
from tests.flows.decisions.test_join import consent
from tests.flows.decisions.told import begun, given, person, press, pressable, said, saved, sent, told, wrong
from tests.store.scene import a_cohort, a_nudge, a_reflection, a_reply, a_workspace

LATER = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)  # Wednesday of week 5
HERE = a_cohort("c2", journey="twelve-weeks", starts_on=date(2026, 2, 9), channel_name="ops", pace=2)
OFFER = AroundCohort(cohort=HERE, workspace=a_workspace(), coaches=[])


def subject(way: str = "", run: str = "") -> str:
    """Return the subject of the consent card of c2."""
    return How("c2", card_key(given(), OFFER), way, run).subject


def in_week_5(**changes: Any) -> ParticipationContext:
    """Return the run of anna in cohort c, in its fifth week: what was due until now was sent."""
    run = begun()
    rows = [
        replace(row, state=NudgeState.SENT, sent_at=row.due_at) if row.due_at <= LATER else row for row in run.agenda
    ]
    word = a_nudge("word", kind=Kind.COACH_WORD, prompt="coach/word", item=None, week=4, due_at=LATER)
    return replace(
        run,
        agenda=[*rows, replace(word, enrollment=run.enrollment.id, state=NudgeState.SENT, sent_at=LATER)],
        enrollment=replace(run.enrollment, **changes),
    )


def dropped(at: datetime = LATER, **changes: Any) -> ParticipationContext:
    """Return the same run as it was left at a moment."""
    run = in_week_5()
    after = run.after(*left(given(at), person(run), run, "left"))
    return replace(after, enrollment=replace(after.enrollment, **changes))


UNTIL = date(2026, 3, 2)
THREE = ["join.along", "join.anew", "join.stay"]
EARLIER = a_cohort(journey="twelve-weeks", channel=HERE.channel, state=CohortState.ENDED)
WAYS: list[tuple[str, PersonContext, list[str], str]] = [
    (
        "under way elsewhere",
        person(in_week_5()),
        ["join.along", "join.anew", "join.stay"],
        content.said("join-moving", week=5, there="desk"),
    ),
    (
        "paused elsewhere",
        person(in_week_5(state=EnrollmentState.PAUSED, paused_until=UNTIL)),
        ["join.along", "join.anew", "join.stay"],
        "desk",
    ),
    (
        "on another journey",
        person(replace(in_week_5(), cohort=a_cohort(journey="taster"))),
        ["join.anew", "join.stay"],
        content.said("join-other-journey"),
    ),
    (
        "in the round before",
        person(replace(in_week_5(), cohort=EARLIER)),
        THREE,
        told("join-next-round", week=5),
    ),
    ("left before the end", person(dropped()), ["join.along", "join.anew"], told("join-second", week=5)),
    ("left, and forgotten by now", person(dropped(ended_at=LATER - timedelta(days=91))), [], ""),
    ("through", person(replace(in_week_5(state=EnrollmentState.COMPLETED), agenda=[])), [], ""),
    ("new", person(), [], ""),
]


@pytest.mark.parametrize(("about", "buttons", "says"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_what_becomes_of_a_run_is_asked_and_nothing_is_done(
    about: PersonContext, buttons: list[str], says: str
) -> None:
    decision = asked_to_join(given(LATER), about, press("cohort.join", "c2"), OFFER)
    assert [name for name, _ in pressable(decision)] == buttons
    assert says in said(decision)
    assert (decision.records, decision.opens is None) == ((), bool(buttons))


def card(about: PersonContext, button: str, offer: AroundCohort = OFFER) -> Decision:
    return asked_how(given(LATER), about, press(button, "c2"), offer)


@pytest.mark.parametrize(
    ("about", "button", "names", "says"),
    [
        (
            person(in_week_5()),
            "join.along",
            subject("along", "run-anna"),
            content.said("consent-along", week=5, there="desk"),
        ),
        (
            person(in_week_5()),
            "join.anew",
            subject("anew", "run-anna"),
            told("consent-ends", there="desk"),
        ),
        (
            person(dropped()),
            "join.along",
            subject("along", "run-anna"),
            content.said("consent-along"),
        ),
        (person(dropped()), "join.anew", subject("anew"), told("consent-bot")),
        (
            person(replace(in_week_5(), cohort=EARLIER)),
            "join.along",
            subject("along", "run-anna"),
            content.said("consent-round"),
        ),
        # pressed late: it is over by itself, so there is nothing to choose any more
        (
            person(in_week_5(state=EnrollmentState.COMPLETED)),
            "join.along",
            subject(),
            told("consent-bot"),
        ),
    ],
)
def test_each_choice_is_agreed_to_on_its_own_card(about: PersonContext, button: str, names: str, says: str) -> None:
    form = card(about, button).opens
    assert form is not None
    assert form.subject == names
    assert says in " ".join(str(part.text) for part in form.parts if isinstance(part, Body))


def test_a_second_round_is_told_as_one() -> None:
    """Who was welcomed to this journey before and is through with it has nothing to choose."""
    hello = a_nudge("hello", kind=Kind.WELCOME, item=None, week=0, state=NudgeState.SENT, sent_at=LATER)
    about = person(replace(in_week_5(state=EnrollmentState.COMPLETED), agenda=[hello]))
    form = asked_to_join(given(LATER), about, press("cohort.join", "c2"), OFFER).opens
    assert form is not None
    assert told("consent-again") in " ".join(str(part.text) for part in form.parts if isinstance(part, Body))


def test_who_stays_changes_nothing_and_a_cohort_that_ended_takes_nobody() -> None:
    decision = card(person(in_week_5()), "join.stay")
    assert (decision.records, said(decision), decision.replaces) == ((), told("join-stayed"), True)
    over = replace(OFFER, cohort=replace(HERE, state=CohortState.ENDED))
    assert said(card(person(in_week_5()), "join.along", over)) == told("join-ended")


def test_pressed_late_it_is_asked_anew() -> None:
    """They left there since: staying is no choice any more, and nothing is said of a next message."""
    decision = card(person(dropped()), "join.stay")
    assert [name for name, _ in pressable(decision)] == ["join.along", "join.anew"]
    other = replace(in_week_5(), cohort=a_cohort(journey="taster"))  # whose journey cannot come along
    assert [name for name, _ in pressable(card(person(other), "join.along"))] == ["join.anew", "join.stay"]


def test_what_was_put_off_to_a_day_that_passed_comes_after_all() -> None:
    row = a_nudge("back", occurrence="after-n", local_date=date(2026, 2, 3), state=NudgeState.CANCELLED, reason="left")
    run = dropped()
    stands = saved(agree(person(replace(run, agenda=[*run.agenda, row])), "along"))["back"]
    assert (stands.state, stands.local_date) == (NudgeState.PLANNED, date(2026, 2, 12))  # the next working day


def agree(about: PersonContext, way: str, run: str = "run-anna", now: datetime = LATER, **values: str) -> Decision:
    form = replace(
        consent(**({"scope": "private", "language": "en"} | values)),
        subject=subject(way, run),
    )
    return agreed(given(now), about, form, OFFER)


def test_what_is_taken_along_goes_on_from_its_week_at_its_pace_and_agreed_to_anew() -> None:
    run = in_week_5()
    records = saved(agree(person(run), "along"))
    fresh, (opt_in,) = records["run-anna"], [each for each in records.values() if isinstance(each, OptIn)]
    assert (fresh.cohort, fresh.scope, fresh.state, fresh.pace) == ("c2", Scope.PRIVATE, EnrollmentState.ACTIVE, 1)
    assert (opt_in.cohort, opt_in.enrollment, opt_in.scope) == ("c2", "run-anna", Scope.PRIVATE)
    after = replace(run, cohort=HERE).after(*records.values())
    assert sorted(row.due_at for row in after.agenda) == sorted(row.due_at for row in run.agenda)
    assert {row.cohort for row in after.agenda if row.kind is not Kind.COACH_WORD} == {"c2"}
    assert [row.cohort for row in after.agenda if row.kind is Kind.COACH_WORD] == ["c"]  # between the two of them
    assert progress(given(LATER), after) == progress(given(LATER), run)


ASKED = a_nudge("ask", kind=Kind.READING_ASK, prompt="reading/new-coach", item=None, week=0, due_at=LATER)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (NudgeState.PLANNED, NudgeState.CANCELLED),
        (NudgeState.READY, NudgeState.CANCELLED),
        (NudgeState.SENT, None),  # it says for itself that it does not matter any more
    ],
)
def test_a_question_about_who_reads_stays_behind(state: NudgeState, to: NudgeState | None) -> None:
    run = in_week_5()
    row = replace(ASKED, state=state, enrollment=run.enrollment.id)
    stands = saved(agree(person(replace(run, agenda=[*run.agenda, row])), "along")).get("ask")
    assert (stands.state if stands else None) == to
    assert stands is None or stands.cohort == "c"


def test_a_question_about_who_reads_does_not_come_back_with_the_run() -> None:
    run, row = dropped(), replace(ASKED, state=NudgeState.CANCELLED, reason="left", local_date=LATER.date())
    assert "ask" not in saved(agree(person(replace(run, agenda=[*run.agenda, row])), "along"))


def test_a_question_about_who_reads_keeps_its_moment_in_a_pause() -> None:
    run = in_week_5(state=EnrollmentState.PAUSED, paused_until=UNTIL, paused_on=LATER.date())
    row = replace(ASKED, due_at=LATER + timedelta(hours=12))
    assert "ask" not in {each.id for each in replanned(given(LATER), replace(run, agenda=[*run.agenda, row]))}


def test_a_pause_comes_along_as_it_is() -> None:
    paused = in_week_5(state=EnrollmentState.PAUSED, paused_until=UNTIL, paused_on=LATER.date())
    fresh = saved(agree(person(paused), "along"))["run-anna"]
    assert (fresh.state, fresh.paused_until, fresh.cohort) == (EnrollmentState.PAUSED, UNTIL, "c2")


def test_a_message_on_its_way_is_left_alone() -> None:
    run = in_week_5()
    flying = replace(run, agenda=[replace(row, state=NudgeState.SENDING) for row in run.agenda[-1:]])
    assert not any(isinstance(each, Nudge) for each in agree(person(flying), "along").records)


@pytest.mark.parametrize("weeks_away", [0, 3, 12])
def test_who_left_goes_on_with_what_did_not_come_from_now_on(weeks_away: int) -> None:
    run, now = dropped(), LATER + timedelta(weeks=weeks_away)
    decision = agree(person(run), "along", now=now)
    after = replace(run, cohort=HERE).after(*decision.records)
    fresh = after.enrollment
    assert (fresh.state, fresh.ended_at, fresh.resumed_at) == (EnrollmentState.ACTIVE, None, now)
    ahead = [row for row in after.agenda if row.state is NudgeState.PLANNED]
    was_ahead = [row for row in in_week_5().agenda if row.state is NudgeState.PLANNED]
    assert [(row.prompt, row.occurrence) for row in ahead] == [(row.prompt, row.occurrence) for row in was_ahead]
    assert all(row.due_at > now and row.answered_at is None and row.reason is None for row in ahead)
    assert ahead[0].due_at < now + timedelta(days=8)
    assert ahead[1].local_date - ahead[0].local_date == was_ahead[1].local_date - was_ahead[0].local_date
    assert progress(given(now), after).startswith(told("status-week", week=5, weeks=12))
    assert next_words(given(now), after) in said(decision)


@pytest.mark.parametrize(("day", "comes"), [(date(2026, 2, 10), False), (date(2026, 3, 30), True)])
def test_a_plan_is_asked_about_when_its_day_is_still_to_come(day: date, comes: bool) -> None:
    row = a_nudge(
        "day",
        kind=Kind.DAY_OF,
        prompt="people-before-systems/day-of",
        occurrence="p",
        subject="p",
        local_date=day,
        due_at=datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=14),
        state=NudgeState.CANCELLED,
        reason="left",
    )
    run = dropped()
    records = saved(agree(person(replace(run, agenda=[*run.agenda, row])), "along"))
    stands = records.get("day", row)
    assert (stands.state is NudgeState.PLANNED) == comes
    assert stands.local_date == day


def test_begun_again_the_other_run_is_left_and_nothing_claims_a_first_time() -> None:
    shared = a_reply("let-in", enrollment="run-anna", shared_at=LATER)
    run = in_week_5()
    hello = replace(run.agenda[0], id="hello", kind=Kind.WELCOME, prompt="welcome/welcome", sent_at=LATER)
    about = person(replace(run, agenda=[hello, *run.agenda]), shared=[shared])
    decision = agree(about, "anew")
    records = saved(decision)
    assert records["run-anna"].state is EnrollmentState.LEFT
    assert (records["let-in"].shared_at, decision.withdraws) == (None, True)
    runs = [each for each in records.values() if isinstance(each, Enrollment) and each.id != "run-anna"]
    assert [(each.cohort, each.state) for each in runs] == [("c2", EnrollmentState.ACTIVE)]
    joins = [each.occurrence for each in records.values() if isinstance(each, Nudge) and each.kind is Kind.WELCOME]
    assert joins == [AGAIN]


@pytest.mark.parametrize(
    ("occurrence", "title"), [("join", content.title("welcome/welcome")), (AGAIN, told("welcome-again-title"))]
)
def test_who_is_welcomed_again_reads_another_welcome(occurrence: str, title: str) -> None:
    row = sent("w", Kind.WELCOME, prompt="welcome/welcome", week=0, item=None, occurrence=occurrence)
    looks = welcome(given(), shown(row))
    assert looks.fallback == title
    assert buttons(looks) == ["welcome.ok", "settings.open"]


@pytest.mark.parametrize(("cohort", "asked"), [("c", ["words.share", "words.keep_out"]), ("old", [])])
def test_a_review_asks_for_the_channel_only_what_was_written_in_it(cohort: str, asked: list[str]) -> None:
    row = sent("l", Kind.REFLECTION, prompt="reflections/personal", week=2, item=None)
    text = a_reply("r", cohort=cohort)
    posts = {name: sent(name, Kind.TEAM_REFLECTION) for name in ("c", "old")}
    places = Places(shares=(), next_posts=posts, coaches={})
    scene = shown(row, made=a_reflection("m", nudge="l", shared=("r",)), words=[text], places=places)
    assert [name for name in buttons(reflection(given(), scene)) if name.startswith("words.")] == asked


def test_sent_in_twice_or_on_two_devices_it_counts_once() -> None:
    moved = replace(in_week_5(cohort="c2"), cohort=HERE)
    decision = agree(person(moved), "along")
    assert (decision.records, decision.wrong) == ((), None)
    assert said(decision).startswith(content.said("join-goes-on", week=5))
    assert wrong(agree(person(moved), "anew", run="another"), "scope", "join-already")


@pytest.mark.parametrize(
    ("about", "way", "run", "key"),
    [
        (person(in_week_5()), "anew", "", "join-elsewhere"),  # joined elsewhere since the card was opened
        (person(in_week_5(id="another")), "along", "run-anna", "join-elsewhere"),
        (person(in_week_5(state=EnrollmentState.COMPLETED)), "along", "run-anna", "form-stale"),
        (person(), "along", "run-anna", "form-stale"),
        (person(dropped(ended_at=LATER - timedelta(days=91))), "along", "run-anna", "form-stale"),
    ],
)
def test_sent_in_late_it_stays_on_the_screen(about: PersonContext, way: str, run: str, key: str) -> None:
    assert wrong(agree(about, way, run), "scope", key)


def test_a_run_that_completed_meanwhile_is_not_left_by_beginning_again() -> None:
    about = person(in_week_5(state=EnrollmentState.COMPLETED))
    assert "run-anna" not in saved(agree(about, "anew"))
