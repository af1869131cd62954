"""A coach's week, decision by decision."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.chat.port import Facts, Message
from bot.coaching.language import Language
from bot.coaching.records.audit import Action, AuditEntry
from bot.coaching.records.cohort import CoachState, CohortState
from bot.coaching.records.commitment import CommitmentState
from bot.coaching.records.member import FRIDAY, THURSDAY, DigestTime, Member, MemberState
from bot.coaching.records.nudge import Kind, Nudge, NudgeState
from bot.coaching.records.reflection import Reflection
from bot.coaching.records.reply import Scope
from bot.coaching.rules.reading import Viewer
from bot.coaching.words import Words
from bot.flows.coach import digest, digest_settings
from bot.flows.messages import coach as messages
from bot.flows.participation.account import moved as lives_elsewhere
from bot.flows.participation.coach_role import RoleContext, accepted, declined
from bot.flows.settings.settings import settings_saved
from bot.store.port.shown import ShownDigest
from tests import content
from tests.flows.decisions.looks import buttons, quotes
from tests.flows.decisions.told import TUESDAY, form, given, person, press, said, saved, told
from tests.store.scene import a_coach, a_cohort, a_commitment, a_gate, a_grant, a_member, a_nudge, a_reflection, a_reply

CHANNEL: dict[str, Any] = {"enrollment": None, "item": None}
FRIDAY_AT_TEN = datetime(2026, 1, 16, 9, 0, tzinfo=UTC)
CARL = a_member("carl", digest=DigestTime(day=FRIDAY), zone="Europe/Amsterdam", language=Language.EN)
ANNA = a_member("anna")
COHORT = a_cohort(journey="twelve-weeks")
ROW = a_nudge(
    "d",
    "carl",
    kind=Kind.COACH_DIGEST,
    prompt="coach/digest",
    due_at=FRIDAY_AT_TEN,
    expires_at=FRIDAY_AT_TEN + timedelta(hours=4),
    local_date=date(2026, 1, 16),
    **CHANNEL,
)
POST = a_nudge(
    "monday", None, kind=Kind.TEAM_REFLECTION, week=2, due_at=datetime(2026, 1, 19, 8, 30, tzinfo=UTC), **CHANNEL
)
VIEWER = Viewer(at=TUESDAY, person="carl", coaches=frozenset({"c"}), grants=[a_grant("anna")], gate=a_gate())
REPLY, ANSWER = a_reply("r1"), a_reply("r2", answers="word")
PLAN = a_commitment("k1", due_on=date(2026, 1, 20))


def a_week(*told: Words, **changes: Any) -> ShownDigest:
    """Return carl's digest with what anna shared."""
    about = ShownDigest(
        viewer=VIEWER,
        nudge=ROW,
        member=CARL,
        cohort=COHORT,
        coached=[COHORT],
        replies=[(each, ANNA) for each in told if each in (REPLY, ANSWER)],
        promises=[(each, ANNA) for each in told if each not in (REPLY, ANSWER)],
        posts={"c": POST},
    )
    return replace(about, **changes)


# --- when it is due ---------------------------------------------------------------------------------------------


def test_it_is_made_noted_as_a_look_and_the_next_is_planned() -> None:
    decision = digest.made(given(FRIDAY_AT_TEN), a_week(REPLY, ANSWER, PLAN), [])
    built, look, row, following = decision.records
    assert isinstance(built, Reflection)
    assert (built.nudge, built.member, built.shared) == ("d", "carl", ("r1", "r2", "k1"))
    assert isinstance(look, AuditEntry)
    assert len(look.seen) == look.count
    assert (look.actor, look.subject, look.action, look.count) == ("carl", "anna", Action.DIGEST, 3)
    assert isinstance(row, Nudge)
    assert row.state is NudgeState.READY
    assert isinstance(following, Nudge)
    assert (following.kind, following.state, following.local_date) == (
        Kind.COACH_DIGEST,
        NudgeState.PLANNED,
        date(2026, 1, 23),
    )


def test_what_waits_for_the_post_is_told_of_and_nobody_is_looked_at_for_it() -> None:
    """Its author pressed for the channel; a private note among it is not the coach's to read."""
    private = a_reply("r3", scope=Scope.PRIVATE, shared_at=TUESDAY)
    decision = digest.made(given(FRIDAY_AT_TEN), a_week(), [private])
    assert not any(isinstance(each, AuditEntry) for each in decision.records)
    (built,) = [each for each in decision.records if isinstance(each, Reflection)]
    assert built.shared == ("r3",)
    assert saved(decision)["d"].state is NudgeState.READY


@pytest.mark.parametrize(
    ("about", "now", "state", "reason", "goes_on"),
    [
        (a_week(), FRIDAY_AT_TEN, NudgeState.CANCELLED, "nothing to tell", True),
        (
            a_week(REPLY, member=replace(CARL, state=MemberState.DEACTIVATED)),
            FRIDAY_AT_TEN,
            NudgeState.CANCELLED,
            "account deactivated",
            True,
        ),
        (a_week(REPLY, coached=()), FRIDAY_AT_TEN, NudgeState.CANCELLED, "coaches nobody", False),
        (
            a_week(REPLY, member=replace(CARL, digest=DigestTime(day=FRIDAY, is_off=True))),
            FRIDAY_AT_TEN,
            NudgeState.CANCELLED,
            "switched off",
            False,
        ),
        (a_week(REPLY), FRIDAY_AT_TEN + timedelta(hours=5), NudgeState.EXPIRED, "its window closed", True),
    ],
)
def test_what_does_not_come(about: ShownDigest, now: datetime, state: NudgeState, reason: str, goes_on: bool) -> None:
    decision = digest.made(given(now), about, [])
    row, *following = decision.records
    assert isinstance(row, Nudge)
    assert (row.state, row.reason) == (state, reason)
    assert bool(following) == goes_on


def test_after_the_last_team_ended_none_is_planned() -> None:
    ended = replace(COHORT, state=CohortState.ENDED)
    decision = digest.made(given(FRIDAY_AT_TEN), a_week(REPLY, coached=[ended]), [])
    assert saved(decision)["d"].state is NudgeState.READY
    assert not any(isinstance(each, Nudge) and each.id != "d" for each in decision.records)


@pytest.mark.parametrize(
    ("ended_at", "told_of"),
    [
        (FRIDAY_AT_TEN - timedelta(days=8), False),  # the digest before told it
        (FRIDAY_AT_TEN - timedelta(days=6), True),
        (FRIDAY_AT_TEN, True),
        (FRIDAY_AT_TEN + timedelta(days=1), False),  # after it
    ],
)
def test_that_a_team_has_ended_is_told_once(ended_at: datetime, told_of: bool) -> None:
    ended = replace(COHORT, state=CohortState.ENDED, ended_at=ended_at)
    about = a_week(coached=[ended], since=FRIDAY_AT_TEN - timedelta(days=7))
    row = saved(digest.made(given(FRIDAY_AT_TEN), about, []))["d"]
    assert row.state is (NudgeState.READY if told_of else NudgeState.CANCELLED)
    shown = composed(coached=[ended], since=FRIDAY_AT_TEN - timedelta(days=7))
    assert (content.said("digest-ended") in " ".join(str(getattr(part, "text", "")) for part in shown.parts)) == told_of


# --- what it says -----------------------------------------------------------------------------------------------


def composed(*words: Words, **changes: Any) -> Message:
    """Return carl's digest as it was made with these words."""
    held = tuple(each.id for each in words)
    released = [each for each in words if each.shared_at]
    about = a_week(
        *(each for each in words if each.scope is not Scope.PRIVATE),
        made=a_reflection("made", nudge="d", member="carl", shared=held, made_at=FRIDAY_AT_TEN),
        words=released,
    )
    return messages.digest(given(FRIDAY_AT_TEN), replace(about, **changes))


def facts(message: Message) -> list[tuple[str, str]]:
    return [row for part in message.parts if isinstance(part, Facts) for row in part.rows]


def test_it_counts_person_by_person_and_shows_promises_whose_day_comes() -> None:
    message = composed(REPLY, ANSWER, PLAN)
    assert facts(message) == [("Anna", f"{told('digest-texts', count=2)} · {told('digest-answers', count=1)}")]
    assert REPLY.text not in repr(message)
    assert PLAN.first in quotes(message)[0]
    assert buttons(message) == ["log.open", "digest.open"]
    assert "Monday 19 January" in repr(message)


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, state=CommitmentState.DONE),
        replace(PLAN, due_on=date(2026, 1, 23)),  # a week later
        replace(PLAN, due_on=date(2026, 1, 15)),  # the day before
    ],
)
def test_a_promise_that_is_kept_or_of_another_week_is_counted_and_not_shown(plan: Words) -> None:
    message = composed(plan)
    assert not quotes(message)
    assert facts(message) == [("Anna", told("digest-texts", count=1))]


def test_a_promise_told_of_before_is_not_new_again() -> None:
    message = composed(PLAN, since=FRIDAY_AT_TEN - timedelta(days=1))
    assert not facts(message)
    assert quotes(message)


def test_a_private_text_let_into_the_channel_is_a_number_in_the_preview() -> None:
    private = a_reply("r3", scope=Scope.PRIVATE, shared_at=TUESDAY)
    message = composed(private)
    assert told("digest-post", day="Monday 19 January", count=1).replace("*", "") in repr(message).replace("*", "")
    assert private.text not in repr(message)
    assert not facts(message)


@pytest.mark.parametrize(
    "changes",
    [{"replies": (), "promises": ()}, {"coached": ()}],
    ids=["taken back, or narrowed", "no coach any more"],
)
def test_of_what_is_not_the_coachs_any_more_nothing_stands(changes: dict[str, Any]) -> None:
    message = composed(REPLY, PLAN, **changes)
    assert told("coach-digest-gone") in repr(message)
    assert "Anna" not in repr(message)


def test_two_teams_are_told_apart_and_one_without_news_is_left_out() -> None:
    other, quiet = replace(COHORT, id="c2", channel_name="ops"), replace(COHORT, id="c3", channel_name="hr")
    there = replace(REPLY, id="r9", cohort="c2")
    about = a_week(REPLY, coached=[COHORT, other, quiet], replies=[(REPLY, ANNA), (there, a_member("bram"))])
    made = a_reflection("made", nudge="d", member="carl", shared=("r1", "r9"), made_at=FRIDAY_AT_TEN)
    message = messages.digest(given(), replace(about, made=made))
    assert buttons(message) == ["log.open", "log.open", "digest.open"]
    assert "hr" not in [getattr(part, "text", "") for part in message.parts]
    assert facts(message) == [("Anna", told("digest-texts", count=1)), ("Bram", told("digest-texts", count=1))]


# --- accepting --------------------------------------------------------------------------------------------------


YES = replace(press("coach.accept", "c"), inputs={"coach.manager": "no"})


def asked(**changes: Any) -> RoleContext:
    """Return carl, who was asked to coach."""
    about = RoleContext(
        member=a_member("carl"), role=a_coach(state=CoachState.INVITED), cohort=a_cohort(language=Language.NL)
    )
    return replace(about, **changes)


@pytest.mark.parametrize(
    ("inputs", "language", "wish"),
    [
        ({}, Language.NL, DigestTime(day=FRIDAY)),
        (
            {"coach.language": "en", "coach.day": "3", "coach.hour": "14:00"},
            Language.EN,
            DigestTime(day=THURSDAY, hour=time(14, 0)),
        ),
        ({"coach.language": "xx", "coach.day": "6", "coach.hour": "23:00"}, Language.NL, DigestTime(day=FRIDAY)),
        ({"coach.day": "x", "coach.hour": "soon"}, Language.NL, DigestTime(day=FRIDAY)),
    ],
)
def test_a_yes_keeps_when_and_in_which_language(inputs: dict[str, str], language: Language, wish: DigestTime) -> None:
    decision = accepted(given(), asked(), replace(YES, inputs=YES.inputs | inputs))
    after = saved(decision)
    assert (after["coach-carl"].state, after["coach-carl"].answered_at) == (CoachState.ACTIVE, TUESDAY)
    carl = after["carl"]
    assert isinstance(carl, Member)
    assert (carl.language, carl.digest, carl.country) == (language, wish, "NL")
    (row,) = [each for each in decision.records if isinstance(each, Nudge)]
    assert (row.kind, row.member, row.cohort) == (Kind.COACH_DIGEST, "carl", "c")
    assert row.local_date == date(2026, 1, 16 if wish.day == FRIDAY else 15)


def test_a_second_team_joins_the_same_digest() -> None:
    about = asked(member=CARL, digest=ROW, coached=[replace(COHORT, id="c0")])
    assert set(saved(accepted(given(), about, YES))) == {"coach-carl"}
    again = asked(member=CARL)  # the team before it has ended
    assert [each.kind for each in accepted(given(), again, YES).records if isinstance(each, Nudge)]


def test_a_no_plans_nothing() -> None:
    assert [type(each).__name__ for each in declined(given(), asked(), press("coach.decline", "c")).records] == [
        "Coach"
    ]


# --- changing it ------------------------------------------------------------------------------------------------

COACH = person(member=CARL, coached=[COHORT], digest=ROW)


def sent_in(**values: str) -> Any:
    filled = {
        "often": "weekly",
        "day": "4",
        "hour": "10:00",
        "language": "en",
        "zone": "Europe/Amsterdam",
        "country": "none",
    }
    return form("digest.save", digest_settings.carrying("", filled), **(filled | values))


def test_another_day_hour_and_zone_move_the_one_that_is_planned() -> None:
    values = {"day": "3", "hour": "15:30", "zone": "Europe/London", "language": "nl", "country": "NL"}
    after = saved(digest_settings.saved(given(), COACH, sent_in(**values)))
    assert after["carl"].digest == DigestTime(day=THURSDAY, hour=time(15, 30))
    assert (after["carl"].language, after["carl"].zone, after["carl"].country) == (Language.NL, "Europe/London", "NL")
    assert (after["d"].local_date, after["d"].due_at) == (date(2026, 1, 15), datetime(2026, 1, 15, 15, 30, tzinfo=UTC))


def test_switched_off_and_on_again() -> None:
    after = saved(off := digest_settings.saved(given(), COACH, sent_in(often="never")))
    assert (after["d"].state, after["d"].reason) == (NudgeState.CANCELLED, "switched off")
    assert said(off) == told("digest-off")
    silent = replace(COACH, member=after["carl"], digest=None)
    on = digest_settings.saved(
        given(), silent, replace(sent_in(), subject=digest_settings.carrying("", {"often": "never"}))
    )
    assert [each.local_date for each in on.records if isinstance(each, Nudge)] == [date(2026, 1, 16)]


@pytest.mark.parametrize(
    ("values", "field"), [({"hour": "20:00"}, "hour"), ({"zone": "Nowhere/Land"}, "zone")], ids=["quiet", "no zone"]
)
def test_what_is_wrong_is_said_at_its_field(values: dict[str, str], field: str) -> None:
    decision = digest_settings.saved(given(), COACH, sent_in(**values))
    assert not decision.records
    assert decision.wrong is not None
    assert set(decision.wrong.errors) == {field}


@pytest.mark.parametrize("about", [person(member=CARL), person()])
def test_who_coaches_nobody_changes_nothing(about: Any) -> None:
    assert digest_settings.opened(given(), about, press("digest.open", "")).refuses == "press-stale"
    assert not digest_settings.saved(given(), about, sent_in()).records


def test_whoever_lives_elsewhere_gets_it_by_the_clock_there() -> None:
    after = {each.id: each for each in lives_elsewhere(given(), COACH, replace(CARL, zone="America/New_York"))}
    assert after["d"].due_at == datetime(2026, 1, 16, 15, 0, tzinfo=UTC)
    values = {"language": "en", "zone": "America/New_York"}
    assert (
        saved(settings_saved(given(), COACH, form("settings.save", ":{}", **values)))["d"].due_at == after["d"].due_at
    )
