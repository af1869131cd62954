"""A member's own page: all that is theirs, nothing of anybody else, and who read it."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from bot.coaching.records.audit import Action
from bot.coaching.records.reply import ReplyKind, Scope
from bot.flows.desk.mine import A_PAGE
from tests.conftest import World
from tests.content import said
from tests.desk.browsing import at_the_desk, share
from tests.flows.talk import begin, member_of
from tests.stored import audit_of

pytestmark = pytest.mark.slack("a page is the same for both platforms")


async def test_a_member_sees_their_own_words_and_nobody_elses(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", "mine, for my coach", "<b>mine</b>")
    await share(world, "Sanne", "mine alone", scope=Scope.PRIVATE)
    await share(world, "Grace", "somebody else's")
    await world.driver.travel("2026-01-13T17:00")
    await world.click("Sanne", "I'll do it")
    await world.fill("Sanne", first="a customer calls", second="listen")
    async with at_the_desk(world, "Sanne") as mine:
        shown = await mine.get("/desk/me")
        assert shown.words.count("If a customer calls") == 2, "as what is ahead, and as what was written"
        assert said("scope-private") in shown.words
        assert said("scope-names", names="Marit") in shown.words
        assert said("desk-reader-from", coach="Marit", team="#it-managers") in shown.words
        assert "Week 1 of 12" in shown.words
        assert "mine alone" in shown.words
        assert "<b>mine</b>" in shown.words
        assert "<b>mine</b>" not in shown.text
        assert "somebody else" not in shown.text
        assert "/coach forget" in shown.words


async def test_a_coach_who_takes_part_in_nothing_has_a_page_too(world: World) -> None:
    await begin(world, "Sanne")
    async with at_the_desk(world, "Marit") as mine:
        shown = await mine.get("/desk/me")
        assert said("desk-me-journey-none") in shown.words
        assert said("desk-me-readers-none") in shown.words


async def test_words_come_page_by_page(world: World) -> None:
    await begin(world, "Sanne")
    count = 2 * A_PAGE + 1
    await share(world, "Sanne", *(f"number {number}" for number in range(count)))
    found, path = [], "/desk/me"
    async with at_the_desk(world, "Sanne") as mine:
        while path:
            shown = await mine.get(path)
            found += re.findall(r"number \d+", shown.words)
            path = next((each for each in shown.links if "before=" in each), "")
        assert found == [f"number {number}" for number in reversed(range(count))]
        assert (await mine.get("/desk/me?before=" + "x" * 5000)).status == 200
        assert (await mine.get("/desk/me/looks?before=" + "x" * 5000)).status == 200


async def test_who_read_what_is_listed_with_the_texts_page_by_page(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", "the first", "the second", "the third", "the fourth")
    async with at_the_desk(world, "Marit") as coach:
        for _ in range(A_PAGE):
            await coach.get("/desk/log")
            await world.passes(timedelta(minutes=1))
        await coach.get("/desk/log.csv")
    async with at_the_desk(world, "Sanne") as mine, at_the_desk(world, "Grace") as other:
        newest = await mine.get("/desk/me/looks")
        assert newest.words.count(said("audit-read", who="Marit", count=4)) == A_PAGE - 1
        assert newest.words.count(said("audit-download", who="Marit", count=4)) == 1
        assert "the fourth" in newest.words
        assert "and 1 more" in newest.words
        (older,) = [each for each in newest.links if "before=" in each]
        last = await mine.get(older)
        assert last.words.count(said("audit-read", who="Marit", count=4)) == 1
        assert "Nobody yet." in (await other.get("/desk/me/looks")).words
        # the place of somebody else's look leads to no look of theirs
        assert "Marit read" not in (await other.get(older)).words


async def test_words_of_others_that_a_coach_looked_at_beside_them_are_not_listed(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    grace = await member_of(world, "Grace")
    assert grace is not None
    (said,) = await share(world, "Sanne", "my own words")
    await share(world, "Sanne", "of another coach", kind=ReplyKind.COACH, author=grace.id)
    async with at_the_desk(world, "Marit") as coach:
        assert "of another coach" in (await coach.get(f"/desk/line/{said.id}")).text
    async with at_the_desk(world, "Sanne") as mine:
        shown = await mine.get("/desk/me/looks")
        assert "my own words" in shown.words
        assert "of another coach" not in shown.words
        assert "and 1 more" in shown.words


async def test_everything_is_handed_over_as_two_files_and_noted(world: World) -> None:
    await begin(world, "Sanne", "Grace")
    await share(world, "Sanne", "=mine")
    await share(world, "Grace", "somebody else's")
    member = await member_of(world, "Sanne")
    assert member is not None
    async with at_the_desk(world, "Sanne") as mine:
        told = json.loads((await mine.get("/desk/me/export.json")).text)
        assert [row["text"] for row in told["reply"]] == ["=mine"]
        assert [row["member"] for row in told["session"]] == [member.id]
        assert mine.cookie not in json.dumps(told)
        assert told["meaning"]
        sheet = await mine.get("/desk/me/export.csv")
        rows = list(csv.reader(io.StringIO(sheet.text.removeprefix("\ufeff"), newline="")))
        assert any("'=mine" in row for row in rows)
        assert any(row[0] == "You at the desk" for row in rows)
        assert "somebody else" not in sheet.text
        away = await mine.get("/desk/me/export.csv", **{"Sec-Fetch-Site": "cross-site"})
        assert away.status == 404
    noted = audit_of(world.bot.ports.store, member.id)
    assert [(each.actor, each.action) for each in noted] == [(member.id, Action.EXPORT)] * 2
