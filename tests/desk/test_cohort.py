"""A team's page: what a coach leaves out of the next post is not in it, and its author hears of it once."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CohortState
from bot.coaching.records.pulse import Tally, Wave
from bot.coaching.records.reply import Scope
from bot.coaching.words import kept_out
from bot.flows.desk.cohort.left_out import MOST_TRIES, Changed, Fate, PostLine, Ruling, changed, leave_out
from bot.flows.desk.entry import recognized
from bot.flows.given import Given
from tests.conftest import CHANNEL, World
from tests.content import said
from tests.desk.browsing import at_the_desk, browser, looks, share, told_in_channel
from tests.flows.talk import begin, direct_text, member_of, run_of

pytestmark = pytest.mark.slack("a page is the same for both platforms")

HERE = "/desk/cohort"
POSTED = "2026-01-19T10:00"  # the first post was made at half past nine
OUT = said("reading-left-out-title")
ABOUT, TODAY = "People before systems", "Monday 12 January"


async def channel_text(world: World) -> str:
    """Return all that the team's channel was told, threads included."""
    return "\n".join(world.driver.texts(each) for each in await world.driver.messages("Sanne", CHANNEL))


async def test_a_line_left_out_is_not_in_the_post_and_its_author_hears_of_it_once(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    stays, goes = await share(world, "Sanne", "this may stand", "this may not", shared_at=world.bot.ports.now)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get(HERE)
        assert {"this may stand", "this may not"} <= set(shown.quotes)
        left = await coach.post(f"{HERE}/out/{goes.id}")
        assert said("desk-post-said-out") in left.words
        for again in await asyncio.gather(*(coach.post(f"{HERE}/out/{goes.id}") for _ in range(3))):
            assert said("desk-post-said-out") in again.words
        assert f"{HERE}/back/{goes.id}" in left.text
        assert f"{HERE}/out/{stays.id}" in left.text
        await world.passes(timedelta(minutes=11))
        await coach.post(f"{HERE}/back/{goes.id}")
        await world.settle()
        told = said("reading-left-out-back", about=ABOUT, day=TODAY)
        assert told in await direct_text(world, "Sanne"), "the message says how it is now"
        await coach.post(f"{HERE}/out/{goes.id}")
    await world.driver.travel(POSTED)
    posted = await channel_text(world)
    assert ("this may stand" in posted, "this may not" in posted) == (True, False)
    heard = await direct_text(world, "Sanne")
    told = said("reading-left-out", coach="Marit", about=ABOUT, day=TODAY).replace("**", "*")
    assert (heard.count(OUT), told in heard) == (1, True)
    ports = world.bot.ports
    kept = await ports.store.reply(goes.workspace, goes.id)
    assert kept is not None
    assert (kept.text, kept.edition, kept.shared_at is None) == (goes.text, goes.edition, False)
    async with at_the_desk(world, "Marit") as coach:
        for deed, line in (("out", stays), ("back", goes)):
            assert said("desk-post-said-posted") in (await coach.post(f"{HERE}/{deed}/{line.id}")).words
        assert f"{HERE}/back/" not in (await coach.get(HERE)).text


async def test_who_puts_a_line_back_within_ten_minutes_is_not_talked_about(world: World) -> None:
    await begin(world, "Sanne")
    (line,) = await share(world, "Sanne", "an odd moment", shared_at=world.bot.ports.now)
    async with at_the_desk(world, "Marit") as coach:
        await coach.post(f"{HERE}/out/{line.id}")
        assert said("desk-post-said-back") in (await coach.post(f"{HERE}/back/{line.id}")).words
    await world.driver.travel(POSTED)
    assert OUT not in await direct_text(world, "Sanne")
    assert "an odd moment" in await channel_text(world)


async def test_a_line_its_author_took_out_first_is_gone(world: World) -> None:
    await begin(world, "Sanne")
    (line,) = await share(world, "Sanne", "on second thought", shared_at=world.bot.ports.now)
    async with at_the_desk(world, "Marit") as coach:
        await coach.get(HERE)
        ports = world.bot.ports
        before = await ports.store.reply(line.workspace, line.id)
        assert before is not None
        await ports.save(kept_out(before, ports.now))
        for deed in ("out", "back"):
            assert said("desk-post-said-gone") in (await coach.post(f"{HERE}/{deed}/{line.id}")).words
        assert f"{HERE}/out/" not in (await coach.get(HERE)).text


@pytest.mark.parametrize(("times", "fate"), [(1, Fate.OUT), (MOST_TRIES, Fate.GONE)])
async def test_a_line_that_somebody_changes_at_this_moment_is_looked_at_anew(
    world: World, times: int, fate: Fate
) -> None:
    await begin(world, "Sanne")
    (line,) = await share(world, "Sanne", "in two minds", shared_at=world.bot.ports.now)
    tried = []

    def late(given: Given, about: PostLine) -> Ruling:
        tried.append(about)
        read_before = -1 if len(tried) <= times else 0
        words = about.about.record
        return leave_out(
            given,
            replace(about, about=replace(about.about, record=replace(words, version=words.version + read_before))),
        )

    async with at_the_desk(world, "Marit") as coach:
        visitor = await recognized(world.bot.ports, coach.cookie)
        assert visitor is not None
        changed_to = await changed(world.bot.ports, visitor, line.id, late)
    assert changed_to == Changed(cohort=line.cohort, fate=fate)
    assert len(tried) == min(times + 1, MOST_TRIES)


async def test_only_what_a_coach_may_read_is_shown_and_each_look_is_noted(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    now = world.bot.ports.now
    await share(world, "Grace", "a private note for the channel", scope=Scope.PRIVATE, shared_at=now)
    await share(world, "Sanne", "<b>for</b> both", shared_at=now)
    await share(world, "Sanne", "for the coach")
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get(HERE)
        assert "a private note" not in shown.text
        assert said("desk-preview-hidden", count=1) in shown.words
        assert "&lt;b&gt;for&lt;/b&gt; both" in shown.quotes
        assert "for the coach" in shown.quotes
        once = await looks(world, "Sanne")
        assert sorted(once) == [(Action.PREVIEW, 1), (Action.PREVIEW, 2)], "one in the post, two about the week"
        await coach.get(HERE)
        assert len(await looks(world, "Sanne")) == len(once) + 1, "the same post is the same look"
        assert said("desk-since-never") in (await coach.get("/desk")).words, "it is no reading of the log"
    assert await looks(world, "Grace") == []


async def test_a_line_of_another_team_a_shut_gate_and_a_stranger(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    now = world.bot.ports.now
    (line,) = await share(world, "Sanne", "not for everybody", shared_at=now)
    (private,) = await share(world, "Sanne", "kept apart", scope=Scope.PRIVATE, shared_at=now)
    ways = [f"{HERE}/{deed}/{each}" for deed in ("out", "back") for each in (line.id, private.id, "nothing")]
    async with browser(world) as nobody, at_the_desk(world, "Grace") as other, at_the_desk(world, "Marit") as coach:
        assert (await nobody.get(HERE)).status == 403
        assert (await other.get(HERE)).status == 404
        assert (await coach.get(f"{HERE}?cohort=another")).status == 404
        for way in ways:
            assert (await nobody.post(way)).status == 403
            assert (await other.post(way)).status == 404
            if line.id not in way:
                assert (await coach.post(way)).status == 404
        ports = world.bot.ports
        gate = await ports.store.gate(line.workspace)
        assert gate is not None
        await ports.save(replace(gate, closed_at=ports.now, closed_by=line.member))
        for shown in (await coach.get(HERE), await coach.post(ways[0])):
            assert said("desk-shut-title") in shown.words
            assert "not for everybody" not in shown.text
    kept = await ports.store.reply(line.workspace, line.id)
    assert kept is not None
    assert kept.left_out_at is None


async def test_a_line_leaves_an_open_page_when_it_leaves_the_post(world: World) -> None:
    await begin(world, "Sanne")
    goes, stays = await share(world, "Sanne", "out of it", "in it", shared_at=world.bot.ports.now)
    async with at_the_desk(world, "Marit") as coach:
        asked = [each for line in (goes, stays) for each in (line.id, f"post:{line.id}")]
        way = f"/desk/still?cohort={goes.cohort}&lines={','.join([*asked, 'post:', 'post:nothing'])}"
        assert json.loads((await coach.get(way)).text)["stand"] == asked
        shown = await coach.get(HERE)
        assert all(f'data-line="{each}"' in shown.text for each in asked)
        await coach.post(f"{HERE}/out/{goes.id}")
        assert json.loads((await coach.get(way)).text)["stand"] == [goes.id, stays.id, f"post:{stays.id}"]


async def test_figures_are_pictures_with_a_table_and_the_page_stays_small(world: World) -> None:
    await begin(world, "Sanne")
    answers = [Tally(wave=Wave.BEFORE, question="promise", value=value, people=3) for value in (3, 4)]
    few = Tally(wave=Wave.BEFORE, question="talking", value=1, people=4)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get(HERE)
        assert "<svg" not in shown.text
        for empty in ("desk-tried-few", "desk-tried-none", "desk-pulse-few", "desk-preview-none"):
            assert said(empty) in shown.words
        await told_in_channel(world, 2, 4, *answers, few)
        await told_in_channel(world, 3, 17)
        shown = await coach.get(HERE)
        assert 'aria-label="Week 3: 17"' in shown.text
        assert "At the start: 3: 3×, 4: 3×." in shown.text
        assert "<td>3: 3×, 4: 3×</td>" in shown.text
        assert said("pulse-question-talking") not in shown.words, "four people are no figure"
        for inline in ("style=", "<style", "<script>", "onload"):
            assert inline not in shown.text
        assert len(shown.text.encode()) < 60_000


async def test_a_team_before_its_journey_in_a_week_of_no_experiment_and_after_it(world: World) -> None:
    await begin(world, "Sanne")
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    (line,) = await share(world, "Sanne", "too late", shared_at=ports.now)
    cohort = await ports.store.cohort(run.workspace, run.cohort)
    assert cohort is not None
    await ports.save(replace(cohort, starts_on=cohort.starts_on - timedelta(days=70)))
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get(HERE)
        assert said("desk-week-number", week=11, weeks=12) in shown.words
        assert said("desk-week-free") in shown.words
        cohort = await ports.store.cohort(run.workspace, run.cohort)
        assert cohort is not None
        await ports.save(replace(cohort, starts_on=cohort.starts_on + timedelta(days=98)))
        assert "The journey begins on" in (await coach.get(HERE)).words
        cohort = await ports.store.cohort(run.workspace, run.cohort)
        assert cohort is not None
        await ports.save(replace(cohort, state=CohortState.ENDED, ended_at=ports.now))
        shown = await coach.get(HERE)
        assert {said("desk-week-over") in shown.words, said("desk-preview-over") in shown.words} == {True}
        assert said("desk-post-said-none") in (await coach.post(f"{HERE}/out/{line.id}")).words


async def test_nothing_else_is_said_by_an_address(world: World) -> None:
    await begin(world, "Sanne")
    marit = await member_of(world, "Marit")
    assert marit is not None
    async with at_the_desk(world, "Marit") as coach:
        for fate in Fate:
            assert said(f"desk-post-said-{fate}") in (await coach.get(f"{HERE}?said={fate}")).words
        assert 'role="status"' not in (await coach.get(f"{HERE}?said=<b>")).text
