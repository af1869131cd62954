"""How often the platforms let the bot call: decisions in tables, then over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.limits import Bucket, Limits, RateWindow, Rule, State, unlimited
from bot.practice.slack.api import METHODS
from bot.practice.slack.api.tiers import HUNDREDS, POST, TIERS, slack_limits, tiers
from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0, Stage, direct, modal, section, staged

CHANNEL = "C0ITMANAGERS"


def two_in_ten_seconds(method: str, where: str) -> Mapping[str, Sequence[Rule]]:
    del where
    return {method: (RateWindow(2, 10),)}


def at(seconds: float) -> datetime:
    return datetime(2026, 1, 12, 8, 0, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("rule", "calls", "now", "wait"),
    [
        (RateWindow(2, 10), [], 0, 0),  # nothing called
        (RateWindow(2, 10), [0], 0, 0),  # one left
        (RateWindow(2, 10), [0, 0], 0, 10),  # none left, and all come back at once
        (RateWindow(2, 10), [0, 4], 5, 5),  # the older one counts for ten seconds
        (RateWindow(2, 10), [0, 4], 10, 0),  # and no longer
        (RateWindow(2, 10), [0, 4, 10], 11, 3),  # then the next one is the oldest
        (RateWindow(2, 10), [0, 0], 2_000_000, 0),  # weeks later
        (Bucket(3, 1), [], 0, 0),  # full
        (Bucket(3, 1), [0, 0], 0, 0),  # one left
        (Bucket(3, 1), [0, 0, 0], 0, 1),  # empty: one comes back a second
        (Bucket(3, 1), [0, 0, 0], 0.25, 0.75),
        (Bucket(3, 1), [0, 0, 0], 1, 0),
        (Bucket(3, 1), [0, 0, 0, 1], 1, 1),  # used at once
        (Bucket(3, 1), [0, 0, 0], 3, 0),
        (Bucket(3, 1), [0, 0, 0, 3, 3], 3, 0),  # full again after three seconds
        (Bucket(3, 1), [0, 0, 0, 2_000_000], 2_000_000, 0),  # weeks later no fuller than full
        (Bucket(3, 1), [0, 0, 0, 2_000_000, 2_000_000, 2_000_000], 2_000_000, 1),
    ],
)
def test_a_rule_tells_how_long_to_wait(rule: Rule, calls: list[float], now: float, wait: float) -> None:
    state: State = ()
    for call in calls:
        assert rule.wait(state, at(call)) == 0
        state = rule.after(state, at(call))
    assert rule.wait(state, at(now)) == wait


@pytest.mark.parametrize(
    ("calls", "refused", "early"),
    [
        ([(0, 0), (0, 0)], 0, 0),  # all of the tier
        ([(0, 0), (0, 0), (0, 10)], 1, 0),  # one too many: told to wait
        ([(0, 0), (0, 0), (0, 10), (10, 0)], 1, 0),  # waited
        ([(0, 0), (0, 0), (0, 10), (9.5, 1)], 2, 1),  # did not wait
        ([(0, 0), (3, 0), (3, 7), (10, 0), (10, 3)], 2, 0),  # waited, and found room for one alone
        ([(0, 0), (0, 0), (0.5, 10), (10, 0)], 1, 0),  # Retry-After is rounded up: who comes before has room
    ],
)
def test_calls_that_are_refused_are_counted(calls: list[tuple[float, int]], refused: int, early: int) -> None:
    limits = Limits(two_in_ten_seconds)
    assert [limits.spend("chat.update", "", at(now)) for now, _ in calls] == [wait for _, wait in calls]
    assert limits.refused.total() == refused
    assert limits.early.total() == early


def test_a_method_that_is_held_does_not_hold_another() -> None:
    limits = Limits(two_in_ten_seconds)
    assert [limits.spend(method, "", at(0)) for method in ("a", "a", "a", "b", "b", "b")] == [0, 0, 10, 0, 0, 10]


def test_what_is_refused_by_one_rule_uses_up_no_other() -> None:
    limits = slack_limits()
    calls = [limits.spend(POST, "C1", at(0)) for _ in range(HUNDREDS.calls)]
    assert calls.count(0) == 5
    assert set(calls[5:]) == {1}
    assert [limits.spend(POST, f"C{n}", at(0)) for n in range(2, HUNDREDS.calls)].count(0) == HUNDREDS.calls - 5
    assert limits.spend(POST, "C9999", at(0)) == 60


def test_without_limits_everything_is_let_through() -> None:
    limits = Limits(unlimited)
    assert not any(limits.spend("chat.update", "", at(0)) for _ in range(10_000))


def test_what_was_called_can_be_forgotten() -> None:
    limits = slack_limits()
    for _ in range(60):
        limits.spend("chat.update", "", at(0))
    limits.clear()
    assert limits.spend("chat.update", "", at(0)) == 0
    assert not limits.refused


def test_every_method_has_its_tier() -> None:
    assert set(TIERS) == set(METHODS)
    assert {name: rules for method in TIERS for name, rules in tiers(method, "C1").items()}.keys() == {
        *METHODS,
        f"{POST} C1",
    }


@pytest.mark.parametrize(
    ("method", "most"),
    [
        ("chat.update", 50),
        ("conversations.open", 50),
        ("conversations.history", 50),
        ("conversations.replies", 50),
        ("chat.delete", 50),
        ("views.publish", 100),
        ("views.open", 100),
        ("views.update", 100),
        ("users.info", 100),
        ("chat.postEphemeral", 100),
        ("users.list", 20),
    ],
)
async def test_a_tier_is_so_many_a_minute_and_a_minute_later_so_many_again(method: str, most: int) -> None:
    """Calls count before Slack looks at what is asked: these ask for nothing that there is."""
    async with staged(limits=slack_limits(), clock=TravelClock(T0, runs=False)) as stage:
        for _ in range(2):
            assert "ratelimited" not in [await error_of(stage, method) for _ in range(most)]
            with pytest.raises(SlackApiError) as refused:
                await stage.slack.api_call(method, json={})
            assert refused.value.response.status_code == 429
            assert refused.value.response.headers["Retry-After"] == "60"
            assert refused.value.response.data == {"ok": False, "error": "ratelimited"}
            assert (await stage.slack.auth_test())["ok"] is True
            stage.practice.clock.leap(timedelta(seconds=59))
            assert await error_of(stage, method) == "ratelimited"
            stage.practice.clock.leap(timedelta(seconds=1))
        assert stage.practice.site.limits.refused == {method: 4}
        assert stage.practice.site.limits.early == {method: 2}


async def test_several_hundred_messages_a_minute_in_the_workspace() -> None:
    async with staged(limits=slack_limits(), clock=TravelClock(T0, runs=False)) as stage:
        people = ("U0MARIT", "U0SANNE", "U0GRACE", "U0ARJUN", "U0ROBIN")
        places = [CHANNEL, *[await direct(stage, person) for person in people]]
        for _ in range(10):
            for place in places:
                for _ in range(5):
                    await stage.slack.chat_postMessage(channel=place, text="Hi")
            stage.practice.clock.leap(timedelta(seconds=5))
        with pytest.raises(SlackApiError) as refused:
            await stage.slack.chat_postMessage(channel=CHANNEL, text="Hi")
        assert refused.value.response.headers["Retry-After"] == "10"


async def test_a_persons_id_and_their_conversation_are_one_channel() -> None:
    async with staged(limits=slack_limits(), clock=TravelClock(T0, runs=False)) as stage:
        channel = await direct(stage)
        for place in ("U0SANNE", channel, "U0SANNE", channel, "U0SANNE"):
            await stage.slack.chat_postMessage(channel=place, text="Hi")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await stage.slack.chat_postMessage(channel=channel, text="Hi")


async def test_a_response_url_has_no_tier() -> None:
    """It stands for chat.update when that is held: five times, whatever else is called."""
    async with staged(limits=slack_limits(), clock=TravelClock(T0, runs=False)) as stage:
        for _ in range(50):
            await error_of(stage, "chat.update")
        await stage.driver.command("Sanne", "it-managers", "help")
        url = stage.app.last.data["response_url"]
        answers = []
        for _ in range(6):
            async with stage.session.post(url, json={"text": "Hi"}) as response:
                answers.append((response.status, await response.text()))
        assert [status for status, _ in answers] == [200] * 5 + [404]
        assert "used_url" in answers[-1][1]


async def test_a_trip_through_time_refills_what_was_called(stage: Stage) -> None:
    stage.practice.site.limits = slack_limits()
    channel = await direct(stage)
    ts = (await stage.slack.chat_postMessage(channel=channel, text="Hi"))["ts"]
    for _ in range(3):
        for _ in range(50):
            await stage.slack.chat_update(channel=channel, ts=ts, text="Hi", blocks=[section()])
        await stage.driver.travel((stage.practice.clock.now() + timedelta(days=7)).isoformat())
    assert not stage.practice.site.limits.refused


async def test_a_clock_that_stands_moves_only_when_it_is_told_to() -> None:
    clock = TravelClock(T0, runs=False)
    assert (clock.now(), clock.now()) == (T0, T0)
    clock.leap(timedelta(minutes=1))
    assert clock.now() == T0 + timedelta(minutes=1)
    clock.set(T0)
    assert clock.now() == T0 + timedelta(minutes=1)
    assert clock.ahead == timedelta(minutes=1)
    clock.reset()
    assert clock.now() == T0


async def test_a_form_that_is_refused_for_its_tier_can_be_opened_after_it() -> None:
    """The refusal comes before the trigger is looked at, which stays unused."""
    async with staged(limits=slack_limits(), clock=TravelClock(T0, runs=False)) as stage:
        trigger = stage.practice.site.triggers.give("U0SANNE")
        for _ in range(100):
            await error_of(stage, "views.open")
        with pytest.raises(SlackApiError, match="ratelimited"):
            await stage.slack.views_open(trigger_id=trigger, view=modal(section()))
        stage.practice.clock.leap(timedelta(minutes=1))
        assert (await stage.slack.views_open(trigger_id=trigger, view=modal(section())))["ok"] is True


async def error_of(stage: Stage, method: str) -> str:
    """Call a method with nothing asked; return Slack's error, empty when there is none."""
    try:
        await stage.slack.api_call(method, json={})
    except SlackApiError as error:
        return str(error.response["error"])
    return ""
