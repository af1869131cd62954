"""The promise of the consent card: words go 90 days after a journey ends."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.records.enrollment import EnrollmentState
from bot.coaching.records.member import MemberState
from bot.coaching.records.workspace import WorkspaceState
from bot.flows.privacy.retention import REST_KEPT, retain
from bot.store.port import Store, StoreError
from tests.conftest import World
from tests.flows.replies.test_typed import TUESDAY, replies
from tests.flows.talk import ask, begin, home_text
from tests.runtime.posting import T0, Amid, FakeChat, HandClock, file_in, ports_of, several
from tests.statements import trace
from tests.store.scene import a_cohort, a_member, a_nudge, a_reply, a_workspace, an_enrollment


async def test_words_vanish_ninety_days_after_the_end_and_no_sooner(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "Wim was glad")
    await world.click("Sanne", "nudge.plan")
    await world.fill("Sanne", first="Wim calls", second="I listen")
    await world.driver.travel("2026-01-14T12:00")
    ts = await world.driver.say("Sanne", "dm", "and I smiled")
    await ask(world, "Sanne", "leave")
    await world.driver.travel("2026-04-13T12:00")  # day 89
    assert await retain(world.bot.ports) == 0
    assert {reply.text for reply in await replies(world, "Sanne")} == {"Wim was glad", "and I smiled"}
    await world.driver.travel("2026-04-14T14:00")  # day 90
    assert await replies(world, "Sanne") == []
    log = await ask(world, "Marit", "log", "dm")
    assert "glad" not in log
    assert "listen" not in log
    await world.driver.open_home("Sanne")
    assert "glad" not in await home_text(world, "Sanne")
    await world.driver.edit("Sanne", "dm", ts, "here again")  # gone is gone
    assert await replies(world, "Sanne") == []
    assert await retain(world.bot.ports) == 0


async def test_nothing_of_a_person_is_left_a_year_after_the_end(world: World) -> None:
    await begin(world, "Sanne", "Grace", scope="coach")
    await world.driver.travel(TUESDAY)
    await world.driver.say("Sanne", "dm", "Wim was glad")
    await ask(world, "Sanne", "leave")
    store = world.bot.ports.store
    (workspace,) = await store.workspaces()
    await world.driver.travel("2027-01-12T12:00")  # day 364
    assert await store.member_of(workspace.id, await world.driver.person("Sanne")) is not None
    await world.driver.travel("2027-01-14T12:00")
    assert await store.member_of(workspace.id, await world.driver.person("Sanne")) is None
    assert (
        await store.member_of(workspace.id, await world.driver.person("Marit")) is not None
    )  # the coach knows no end of the journey
    assert (
        await store.member_of(workspace.id, await world.driver.person("Grace")) is not None
    )  # her weeks ended in April


GONE = several("gone", 5)


async def test_however_many_people_go_the_file_is_written_anew_once(tmp_path: Path) -> None:
    store, clock = file_in(tmp_path), HandClock()
    long_ago = T0 - REST_KEPT - timedelta(days=1)
    await store.save(a_workspace(), a_member("here", met_at=T0), *(a_member(name, met_at=long_ago) for name in GONE))
    said: list[str] = []
    await trace(store, said.append)
    assert await retain(ports_of(store, FakeChat(clock), clock)) == len(GONE)
    assert "VACUUM" not in said, "nobody waits for it"
    await store.close()
    assert said.count("VACUUM") == 1


async def test_who_cannot_be_erased_holds_up_nobody_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store, clock = file_in(tmp_path), HandClock()
    long_ago = T0 - REST_KEPT - timedelta(days=1)
    await store.save(a_workspace(), *(a_member(name, met_at=long_ago) for name in GONE))

    async def erase(workspace: str, member: str, **how: Any) -> int:
        if member == GONE[0]:
            raise StoreError("it is referred to")
        return await store.erase(workspace, member, **how)

    assert await retain(ports_of(Amid(store, erase=erase), FakeChat(clock), clock)) == len(GONE) - 1
    assert f"not erased member={GONE[0]}" in caplog.text
    assert [name for name in GONE if await store.member("w", name)] == GONE[:1]
    await store.close()


async def away_for(tmp_path: Path, days: int) -> tuple[int, Store]:
    """Let a workspace remove the app, and a person of another one be switched off; return how much went after it."""
    store, clock = file_in(tmp_path), HandClock()
    gone, off = a_workspace("gone", external_id="T2", state=WorkspaceState.UNINSTALLED), a_workspace()
    await store.save(off, gone, replace(a_member("dora", met_at=T0), workspace="gone"))
    anna = a_member("anna", met_at=T0, direct="D1", state=MemberState.DEACTIVATED)
    await store.save(anna, a_cohort(), an_enrollment("anna"), a_member("bram", met_at=T0), an_enrollment("bram"))
    ports = ports_of(store, FakeChat(clock), clock)
    assert await retain(ports) == 0
    clock.go(days=days, seconds=1)
    return await retain(ports), store


@pytest.mark.parametrize(("days", "went"), [(29, 0), (30, 2)])
async def test_an_account_that_is_gone_and_a_workspace_without_the_app_go_after_thirty_days(
    tmp_path: Path, days: int, went: int
) -> None:
    count, store = await away_for(tmp_path, days)
    assert count == went
    assert (await store.member("w", "anna") is None) is bool(went)
    assert (await store.member("gone", "dora") is None) is bool(went)
    assert await store.member("w", "bram") is not None
    await store.close()


async def test_who_is_back_before_that_stays_as_they_were_and_nobody_is_opted_in(tmp_path: Path) -> None:
    store, clock = file_in(tmp_path), HandClock()
    anna, bram = a_member("anna", met_at=T0), a_member("bram", met_at=T0 + timedelta(days=9))
    await store.save(a_workspace(state=WorkspaceState.UNINSTALLED), anna, bram, a_cohort(), an_enrollment("anna"))
    ports = ports_of(store, FakeChat(clock), clock)
    await retain(ports)
    clock.go(days=29)
    assert len(await store.enrollments_of("w", "anna")) == 1
    known = await store.workspace("w")
    assert known is not None
    await store.save(replace(known, state=WorkspaceState.ACTIVE))
    await retain(ports)
    clock.go(days=2)
    await retain(ports)
    assert await store.member("w", "anna") is not None
    assert await store.enrollments_of("w", "bram") == []
    await store.close()


@pytest.mark.parametrize(("days", "stays"), [(29, True), (30, True), (31, False)])
async def test_who_joined_nothing_goes_thirty_days_after_we_met(tmp_path: Path, days: int, *, stays: bool) -> None:
    store, clock = file_in(tmp_path), HandClock()
    await store.save(a_workspace(), a_member("dora", met_at=T0 - timedelta(days=days)))
    await retain(ports_of(store, FakeChat(clock), clock))
    assert (await store.member("w", "dora") is not None) is stays
    await store.close()


@pytest.mark.parametrize(
    ("team_days", "days", "stays"), [(30, 29, True), (30, 31, False), (90, 31, True), (90, 91, False)]
)
async def test_each_team_keeps_words_for_its_own_days(
    tmp_path: Path, team_days: int, days: int, *, stays: bool
) -> None:
    store, clock = file_in(tmp_path), HandClock()
    left = an_enrollment("anna", state=EnrollmentState.LEFT, ended_at=T0)
    await store.save(a_workspace(), a_member("anna", met_at=T0), a_cohort(words_days=team_days), left)
    await store.save(a_cohort("other", words_days=7), a_nudge("n-anna"), a_reply("r1", text="Wim was glad"))
    clock.go(days=days)
    await retain(ports_of(store, FakeChat(clock), clock))
    reply = await store.reply("w", "r1")
    assert reply is not None
    assert (reply.text == "Wim was glad") is stays
    await store.close()
