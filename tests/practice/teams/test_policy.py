"""The bot's messages in Teams end as they do in a real tenant."""

from datetime import timedelta

import httpx
import pytest
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from microsoft_teams.api.models import Account

from bot.practice.policy import Removal
from bot.practice.teams.api.rates import teams_limits
from bot.practice.teams.world import TENANT
from bot.practice.time.clock import TravelClock
from tests.practice.staging import T0
from tests.practice.teams.staging import Refused, Stage, message, person_id, staged


def opening() -> CreateConversationParams:
    return CreateConversationParams(members=[Account(id=person_id("Sanne"))], tenant_id=TENANT)


async def refused(call: object) -> tuple[int, str]:
    with pytest.raises(httpx.HTTPStatusError) as error:
        await call  # type: ignore[misc]
    return error.value.response.status_code, error.value.response.json()["error"]["code"]


async def test_a_message_that_may_not_be_changed_or_removed_is_forbidden() -> None:
    async with staged(clock=TravelClock(T0, runs=False)) as stage:
        activities = stage.api().conversations
        sent = await activities.create_activity("a:1sanne", message(text="One"))
        stage.practice.site.policy.edit_window = timedelta(minutes=1)
        await activities.update_activity("a:1sanne", sent.id, message(text="Two"))
        stage.practice.clock.leap(timedelta(minutes=1))
        update = activities.update_activity("a:1sanne", sent.id, message(text="Three"))
        assert await refused(update) == (403, "MessageWritesBlocked")
        stage.practice.site.policy.removal = Removal.FORBIDDEN
        assert await refused(activities.delete_activity("a:1sanne", sent.id)) == (403, "MessageWritesBlocked")
        assert [each["text"] for each in await stage.messages()] == ["Two"]


async def test_a_message_that_was_wiped_is_not_found_and_the_bot_is_not_told(stage: Stage) -> None:
    activities = stage.api().conversations
    sent = await activities.create_activity("a:1sanne", message(text="One"))
    await stage.act("wipe", channel="a:1sanne", id=sent.id)
    update = activities.update_activity("a:1sanne", sent.id, message(text="Two"))
    assert await refused(update) == (404, "ActivityNotFoundInConversation")
    delete = activities.delete_activity("a:1sanne", sent.id)
    assert await refused(delete) == (404, "ActivityNotFoundInConversation")
    assert stage.app.heard == []
    with pytest.raises(Refused, match="message_not_found"):
        await stage.act("wipe", channel="a:1sanne", id=sent.id)


async def test_every_call_counts_in_the_tenant() -> None:
    async with staged(limits=None, clock=TravelClock(T0, runs=False)) as stage:
        people = ("sanne", "grace", "arjun", "marit", "robin", "iris")
        for person in people:
            for _ in range(7):
                await stage.api().conversations.create_activity(f"a:1{person}", message(text="Hi"))
        for _ in range(8):
            await stage.api().conversations.create(opening())
        assert await refused(stage.api().conversations.create(opening())) == (429, "Throttled")
        stage.practice.clock.leap(timedelta(seconds=1))
        await stage.api().conversations.create(opening())


@pytest.mark.parametrize(
    ("calls", "now", "wait"),
    [
        ([0] * 7, 0, 1),  # seven in one second
        ([0] * 7 + [1], 1, 1),  # eight in two
        ([number / 2.5 for number in range(60)], 24, 6),  # sixty in thirty
        ([number / 2 for number in range(60)], 30, 0),  # two a second may go on
        ([number * 0.6 for number in range(1_800)], 1_080, 2_520),  # 1,800 in an hour
    ],
)
def test_a_conversation_takes_so_many_calls(calls: list[float], now: float, wait: int) -> None:
    limits = teams_limits()
    assert not any(limits.spend("send", "a:1sanne", T0 + timedelta(seconds=call)) for call in calls)
    assert limits.spend("update", "a:1sanne", T0 + timedelta(seconds=now)) == wait
    assert limits.spend("send", "a:1grace", T0 + timedelta(seconds=now)) == 0
