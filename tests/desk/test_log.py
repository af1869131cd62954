"""The coach's log at the desk: who sees what of it, narrowed, paged, answered and taken along."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.coaching.language import Language
from bot.coaching.records.audit import Action
from bot.coaching.records.cohort import CoachState
from bot.coaching.records.nudge import Kind
from bot.coaching.records.reply import ReplyKind, Scope
from bot.coaching.records.session import IDLE
from bot.coaching.words import taken_back
from bot.flows.desk.log import A_PAGE
from bot.flows.desk.log_file import A_PART
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import Browser, at_the_desk, looks, share
from tests.flows.talk import begin, member_of, run_of

pytestmark = pytest.mark.slack("a page is the same for both platforms")

HOSTILE = "<script>alert(1)</script> <!channel> & *bold* [x](javascript:1) \u202eevil\u202c {{ 7 * 7 }} {$name}"


async def test_a_coach_reads_what_is_shared_and_each_page_is_noted(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", HOSTILE)
    await share(world, "Grace", "keep out", scope=Scope.PRIVATE)
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk/log")
        assert HOSTILE in shown.words
        assert "<script>" not in shown.text
        assert "keep out" not in shown.text
        assert "Grace" not in shown.text, "who shared nothing is nowhere on it"
        assert await looks(world, "Sanne") == [(Action.READ, 1)]
        await coach.get("/desk/log")
        assert await looks(world, "Sanne") == [(Action.READ, 1)] * 2
        assert await looks(world, "Grace") == []


async def test_an_answer_is_shown_with_its_question(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "we agreed on a day", kind=ReplyKind.DEBRIEF, question=1)
    run = await run_of(world, "Sanne")
    cohort = await world.bot.ports.store.cohort(run.workspace, run.cohort)
    assert cohort is not None
    item = world.bot.ports.words.journeys()[cohort.journey].items[(await world.rows("Sanne", Kind.NUDGE))[0].item or ""]
    async with at_the_desk(world, "Marit") as coach:
        shown = await coach.get("/desk/log")
        assert world.bot.ports.words.body_of(item.questions[0], Language.EN, week=1) in shown.words
        assert "question 1" in shown.words


@pytest.mark.parametrize("who", ["Sanne", "Grace"])
async def test_the_log_is_not_there_for_who_may_not_know(world: World, who: str) -> None:
    await begin(world, "Sanne", "Grace")
    (said,) = await share(world, "Sanne", "for the coach alone")
    run = await run_of(world, "Sanne")
    paths = ["/desk/log", f"/desk/log?cohort={run.cohort}", "/desk/log.csv", "/desk/log.json", f"/desk/line/{said.id}"]
    async with at_the_desk(world, who) as mine:
        for path in paths:
            shown = await mine.get(path)
            assert (shown.status, "for the coach alone" in shown.text) == (404, False), path
        assert (await mine.post(f"/desk/line/{said.id}", text="hello")).status == 404
        assert "/desk/log" not in (await mine.get("/desk")).text, "who coaches nobody sees no way there"
    assert await looks(world, "Sanne") == []


async def test_a_shut_gate_and_a_right_that_ended_close_the_page_at_once(world: World) -> None:
    await begin(world, "Sanne")
    (said,) = await share(world, "Sanne", "for the coach")
    run, ports = await run_of(world, "Sanne"), world.bot.ports
    async with at_the_desk(world, "Marit") as coach:
        assert "for the coach" in (await coach.get("/desk/log")).text
        gate = await ports.store.gate(run.workspace)
        assert gate is not None
        await ports.save(replace(gate, closed_at=ports.now, closed_by=run.member))
        for path in ("/desk", "/desk/log", "/desk/log.csv", "/desk/log.json"):
            shown = await coach.get(path)
            assert "The log is closed" in shown.words, path
            assert "for the coach" not in shown.text
        assert (await coach.get(f"/desk/line/{said.id}")).status == 404
        marit = await member_of(world, "Marit")
        assert marit is not None
        role = await ports.store.coach(run.workspace, run.cohort, marit.id)
        assert role is not None
        await ports.save(replace(gate, id="anew", version=0))
        await ports.save(replace(role, state=CoachState.DECLINED))
        assert (await coach.get("/desk/log")).status == 404
        assert "Everything about you" in (await coach.get("/desk")).words


async def every_page(coach: Browser, path: str) -> list[str]:
    """Return all texts from a page on, page after page, as its links lead."""
    found: list[str] = []
    while path:
        shown = await coach.get(path)
        assert shown.status == 200
        found += shown.quotes
        path = next((each for each in shown.links if each.startswith("/desk/log?") and "before=" in each), "")
    return found


async def test_pages_follow_each_other_without_gap_or_double(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    count = 2 * A_PAGE + 3
    await share(world, "Sanne", *(f"number {number}" for number in range(count)))
    await share(world, "Grace", *(f"other {number}" for number in range(5)))
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    async with at_the_desk(world, "Marit") as coach:
        assert len(await every_page(coach, "/desk/log")) == count + 5
        narrowed = await every_page(coach, f"/desk/log?person={sanne.id}&week=1&item=")
        assert narrowed == [f"number {number}" for number in reversed(range(count))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("week=1", True),
        ("week=2", False),
        ("week=one", True),  # what is no week does not narrow
        ("week=-1", True),
        ("week=²", True),
        ("week=99999999999999999999999", True),
        ("person=nobody", False),
        ("person=nobody&week=1&item=none", False),
        ("item=" + "x" * 9000, False),
        ("person=%00", False),
        ("person=<script>", False),
        ("before=yesterday", True),
        ("before=2026-01-01T00:00:00%2B00:00|x", False),  # nothing was written before
        ("before=2026-01-01T00:00:00|x", True),  # a moment in no zone is no place
        ("before=9999-12-31T23:59:59-12:00|x", True),
        ("week=1&week=2", False),  # the last counts
        ("nothing=else", True),
        ("cohort=", True),
    ],
)
async def test_an_odd_filter_is_no_error(world: World, query: str, found: bool) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "here I am")
    async with at_the_desk(world, "Marit") as coach:
        for path in ("/desk/log", "/desk/log.csv", "/desk/log.json"):
            shown = await coach.get(f"{path}?{query}")
            assert (shown.status, "here I am" in shown.text) == (200, found), path
        assert "<script>" not in shown.text


async def test_an_open_page_learns_which_of_its_words_still_stand_and_that_is_no_look(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    kept, gone = await share(world, "Sanne", "still here", "taken back")
    (private,) = await share(world, "Grace", "apart", scope=Scope.PRIVATE)
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    ids = ",".join((kept.id, gone.id, private.id, "nothing"))
    async with at_the_desk(world, "Marit") as coach, at_the_desk(world, "Sanne") as mine:
        assert 'data-line="' in (await coach.get("/desk/log")).text
        noted = await looks(world, "Sanne")
        asked = f"/desk/still?cohort={run.cohort}&lines={ids}"
        assert set(json.loads((await coach.get(asked)).text)["stand"]) == {kept.id, gone.id}
        fresh = await ports.store.reply(gone.workspace, gone.id)
        assert fresh is not None
        await ports.save(taken_back(fresh, ports.now), withdraws=True)
        assert json.loads((await coach.get(asked)).text) == {"stand": [kept.id]}
        assert (await mine.get(asked)).status == 404, "who coaches nobody learns nothing"
        assert (await coach.get(f"/desk/still?cohort=other&lines={ids}")).status == 404
        assert await looks(world, "Sanne") == noted
        for _ in range(3):
            await world.passes(IDLE / 3)
            shown = await coach.get(asked)
        assert shown.status == 403, "what a page asks by itself keeps nobody signed in"


async def test_a_view_is_taken_along_as_a_file_and_noted(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    formulas = ["=cmd()", "+1", "-1", "@x", "\tx", "two\nlines", 'a "quote", a comma']
    await share(world, "Sanne", *formulas)
    await share(world, "Grace", "of somebody else")
    sanne = await member_of(world, "Sanne")
    assert sanne is not None
    async with at_the_desk(world, "Marit") as coach:
        sheet = await coach.get(f"/desk/log.csv?person={sanne.id}")
        assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert sheet.headers["Content-Disposition"] == 'attachment; filename="pitstop-2026-01-12-log.csv"'
        head, *rows = csv.reader(io.StringIO(sheet.text.removeprefix("\ufeff"), newline=""))
        assert head[2] == "Name"
        assert [row[-1].removeprefix("'") for row in reversed(rows)] == formulas
        assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@", "\t"))]
        told = json.loads((await coach.get(f"/desk/log.json?person={sanne.id}")).text)
        assert [each["text"] for each in reversed(told)] == formulas
        assert await looks(world, "Sanne") == [(Action.DOWNLOAD, len(formulas))] * 2
        assert await looks(world, "Grace") == []
        assert json.loads((await coach.get("/desk/log.json?person=nobody")).text) == []
        away = await coach.get("/desk/log.csv", **{"Sec-Fetch-Site": "cross-site"})
        assert away.status == 404, "a page of another site makes no browser fetch it"


async def test_a_large_view_leaves_in_parts_each_noted_as_it_is_read(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", *(f"number {number}" for number in range(2 * A_PART + 1)))
    async with at_the_desk(world, "Marit") as coach:
        told = json.loads((await coach.get("/desk/log.json")).text)
        assert [each["text"] for each in reversed(told)] == [f"number {number}" for number in range(2 * A_PART + 1)]
    assert sorted(await looks(world, "Sanne")) == [(Action.DOWNLOAD, 1), *[(Action.DOWNLOAD, A_PART)] * 2]


async def test_a_coach_of_two_teams_picks_one(world: World) -> None:
    await begin(world, "Sanne")
    await share(world, "Sanne", "of the first team")
    ports, run = world.bot.ports, await run_of(world, "Sanne")
    first, marit = await ports.store.cohort(run.workspace, run.cohort), await member_of(world, "Marit")
    assert first is not None
    assert marit is not None
    role = await ports.store.coach(run.workspace, run.cohort, marit.id)
    assert role is not None
    other = replace(first, id="other", channel="C-other", channel_name="#other", version=0)
    await ports.save(other, replace(role, id="other-role", cohort="other", version=0))
    async with at_the_desk(world, "Marit") as coach:
        assert "#other" in (await coach.get("/desk")).words
        shown = await coach.get("/desk/log?cohort=other")
        assert "Log of #other" in shown.words
        assert said("log-empty") in shown.words
        assert 'name="cohort"' in shown.text, "there is a way to the other one"
        assert "of the first team" in (await coach.get(f"/desk/log?cohort={first.id}")).text
        today = await coach.get("/desk")
        assert today.words.count("Nothing new.") == 2, "what was read in one team is not new because of the other"


async def test_kinds_and_what_nobody_answered_stand_in_the_address(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    (first,) = await share(world, "Sanne", "answered")
    marit, sanne = await member_of(world, "Marit"), await member_of(world, "Sanne")
    assert marit is not None
    assert sanne is not None
    await share(world, "Sanne", "well done", kind=ReplyKind.COACH, author=marit.id)
    await share(world, "Sanne", "not yet", kind=ReplyKind.NOTE)
    await share(world, "Grace", "nor this")
    async with at_the_desk(world, "Marit") as coach:

        async def texts(query: str) -> list[str]:
            shown, told = await coach.get(f"/desk/log?{query}"), await coach.get(f"/desk/log.json?{query}")
            assert shown.status == told.status == 200
            found: list[dict[str, Any]] = json.loads(told.text)
            assert [each["text"] for each in found] == shown.quotes, "a file is the view"
            return shown.quotes

        assert await texts("unanswered=yes") == ["nor this", "not yet"]
        assert await texts("kind=note&kind=coach") == ["not yet", "well done"]
        assert await texts(f"person={sanne.id}&person=nobody&unanswered=yes&week=1") == ["not yet"]
        assert await texts("kind=held&kind=request&kind=") == ["nor this", "not yet", "well done", "answered"]
        assert await texts("kind=coach&unanswered=yes") == []
        shown = await coach.get(f"/desk/log?kind=coach&unanswered=yes&person={sanne.id}&person=nobody&week=7&kind=x")
        assert said("desk-log-none-such") in shown.words
        assert said("desk-filter-odd") in shown.words
        for understood in ("desk-kind-coach", "desk-filter-unanswered", "desk-filter-gone"):
            assert shown.words.count(said(understood)) > 1, understood
        away = [each for each in shown.links if each.startswith("/desk/log?") and "week=7" in each]
        assert len(away) == 4, "each choice can be taken away alone"
        assert all("Grace" not in each for each in shown.links)
    assert first.text == "answered"
